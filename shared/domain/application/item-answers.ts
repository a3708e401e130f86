import { isUnderFourteen } from '../account/guardian'
import { birthOfIdNumber, isIdNumber } from '../kernel/digits'
import { pointerTo } from '../kernel/json-pointer'
import { findPlainDate, type PlainDate } from '../kernel/plain-date'
import type { Field, ServiceItem, SimpleField } from '../service-item/item'
import type { Answer, AnswerByKind, Answers } from './answers'
import { decimalToText, findDecimal } from './field-kinds/decimal'
import { plainNumber } from './from-number'

type Form = Pick<ServiceItem, 'fields'>

interface Entry {
  readonly field: SimpleField
  readonly value: Answer
  readonly pointer: string
}

/** Every answer outside of tables and in their rows, with the field it answers. */
function entriesOf(fields: readonly Field[], answers: Answers, pointer: string): readonly Entry[] {
  return fields.flatMap((field) => {
    const value = answers[field.key]
    const here = pointerTo(pointer, field.key)
    if (value === undefined) return []
    if (field.kind !== 'table') return [{ field, value, pointer: here }]
    const rows = Array.isArray(value) ? (value as AnswerByKind['table']) : []
    return rows.flatMap((row, index) => entriesOf(field.columns, row, pointerTo(here, index)))
  })
}

/** The photos that the answers name, field by field in the order of the form, rows of tables included. */
export const photosOf = (item: Form, answers: Answers) =>
  entriesOf(item.fields, answers, '').flatMap(({ field, value }) =>
    field.kind === 'image' ? [{ label: field.label, ids: value as AnswerByKind['image'] }] : [],
  )

/** The uploads of them all. */
export const uploadIdsOf = (item: Form, answers: Answers): readonly string[] =>
  photosOf(item, answers).flatMap(({ ids }) => ids)

/** The person whom an answer names by a number or by a day of birth; of what is still being typed whoever is named already. */
const birthIn = ({ field, value }: Entry) => {
  if (field.kind === 'idcard') {
    const number = plainNumber(value)
    return isIdNumber(number) ? birthOfIdNumber(number) : undefined
  }
  return field.kind === 'date' && field.ofBirth ? findPlainDate(String(value)) : undefined
}

/**
 * The numbers and days of birth of whoever is under fourteen on that day, rows of tables included: a guardian agrees to their
 * use, whoever the applicant is. Whoever is still to be born is nobody yet. 个人信息保护法 第31条
 */
export const childrenIn = (item: Form, answers: Answers, today: PlainDate): readonly string[] =>
  entriesOf(item.fields, answers, '').flatMap((entry) => {
    const birth = birthIn(entry)
    return birth !== undefined && birth <= today && isUnderFourteen(birth, today)
      ? [entry.value as string]
      : []
  })

export interface SlotRequest {
  readonly fieldKey: string
  readonly date: PlainDate
  readonly half: string
  /** Applications that one half day takes. */
  readonly capacity: number
}

/** The half days that the answers ask for; the submitting transaction keeps their capacity. */
export const slotsOf = (item: Form, answers: Answers): readonly SlotRequest[] =>
  entriesOf(item.fields, answers, '').flatMap(({ field, value }) =>
    field.kind === 'slot'
      ? [{ fieldKey: field.key, ...(value as AnswerByKind['slot']), capacity: field.capacity }]
      : [],
  )

export interface IdentityFields {
  readonly name: string | null
  readonly idNumber: string | null
  readonly mobile: string | null
  readonly villageCode: string | null
}

/** The keys of the fields that tell who applies and in which village; null where the form does not ask. */
export function identityFieldsOf(item: Form): IdentityFields {
  const keyOf = (source: string) => item.fields.find(({ prefill }) => prefill === source)?.key ?? null
  return {
    name: keyOf('identity.name'),
    idNumber: keyOf('identity.idNo'),
    mobile: keyOf('identity.mobile'),
    villageCode: keyOf('profile.villageCode'),
  }
}

export interface ApplicantFields {
  /** A firm, unless the form asks for a person's number: whoever founds a firm is the applicant as a person. */
  readonly kind: 'person' | 'firm'
  readonly name: string | null
  /** Of the ID number or the credit code; null where the form asks for neither, and whoever files is the applicant. */
  readonly number: string | null
}

/** The keys of the fields that tell for whom an application is. */
export function applicantFieldsOf(item: Form): ApplicantFields {
  const { name, idNumber } = identityFieldsOf(item)
  const keyOf = (source: string) => item.fields.find(({ prefill }) => prefill === source)?.key ?? null
  const creditCode = keyOf('licence:LIC-BIZ.uscc')
  return idNumber === null && creditCode !== null
    ? { kind: 'firm', name: keyOf('licence:LIC-BIZ.name'), number: creditCode }
    : { kind: 'person', name, number: idNumber }
}

/** A person of their own number: without one whoever files is the applicant, and a firm acts by its powers. */
export function isForOthers(item: Form) {
  const { kind, number } = applicantFieldsOf(item)
  return kind === 'person' && number !== null
}

type KeyedForm = Form & Pick<ServiceItem, 'duplicateKeys'>

/** The item's duplicate keys that the form asks for, the applicant's own number left out. */
export function fieldsApart(item: KeyedForm): readonly Field[] {
  const { number } = applicantFieldsOf(item)
  return item.fields.filter(({ key }) => key !== number && item.duplicateKeys?.includes(key))
}

/**
 * What tells a second application of the same applicant from the first, by the labels of those fields. Null where one at a
 * time is the rule; empty for a firm's item without keys, where a second is another shop.
 */
export function toldApartBy(item: KeyedForm): readonly string[] | null {
  if (item.duplicateKeys === null) return applicantFieldsOf(item).kind === 'firm' ? [] : null
  const asked = fieldsApart(item)
  return asked.length === 0 ? null : asked.map(({ label }) => label)
}

/** What nobody may change once the applicant is confirmed. */
export function identityKeysOf(item: Form): readonly string[] {
  const { name, number } = applicantFieldsOf(item)
  return [name, number].filter((key) => key !== null)
}

type CredentialValue = (credentialCode: string, field: string) => string | undefined

const LICENCE_KEY = /^licence:([^.]+)\.(.+)$/

/** Invoice `№ ３４００-1234` is invoice 34001234. A leading zero is part of a number that is written as text. */
const canonicalText = (text: string) =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\u2212]+/gu, '')
    .replace(/^(?:NO[.:]*(?=\d)|号[.:]*|#)/, '')

function canonical(value: unknown, ofText: (text: string) => string): unknown {
  if (typeof value === 'string') return ofText(value)
  if (Array.isArray(value)) return value.map((entry) => JSON.stringify(canonical(entry, ofText))).sort()
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .map(([key, entry]) => [key, canonical(entry, ofText)])
    .sort(([left], [right]) => (String(left) < String(right) ? -1 : 1))
}

const amountText = (text: string) => {
  const amount = findDecimal(text)
  return amount === undefined ? text : decimalToText(amount)
}

/** By the kind of the field: a day is written in one way only, and an amount has no leading zeros. */
function canonicalAnswer({ fields }: Form, key: string, value: unknown) {
  const kind = fields.find((field) => field.key === key)?.kind
  if (kind === 'date' || kind === 'daterange') return canonical(value, (text) => text)
  return canonical(value, kind === 'money' ? amountText : canonicalText)
}

/**
 * One text for applications that are the same (查重): equal answers to the item's duplicate keys. Null when the item
 * names none, or when one of them has no value: one pending case a person and item is then the rule.
 * Holds personal data: keep its keyed digest only.
 */
export function duplicateKeyOf(
  item: Pick<ServiceItem, 'duplicateKeys' | 'fields'>,
  answers: Answers,
  credentialValue: CredentialValue,
): string | null {
  if (item.duplicateKeys === null || item.duplicateKeys.length === 0) return null
  const parts = item.duplicateKeys.map((key) => {
    const [, code, field] = LICENCE_KEY.exec(key) ?? []
    return [key, code && field ? credentialValue(code, field) : answers[key]] as const
  })
  if (parts.some(([, value]) => value === undefined)) return null
  return JSON.stringify(parts.map(([key, value]) => [key, canonicalAnswer(item, key, value)]))
}

const isPeriod = ({ fields }: Form, key: string) =>
  fields.some((field) => field.key === key && field.kind === 'daterange')

/** The item with the keys that are no periods: what applications for different periods have in common. */
export function apartFromPeriods<Item extends Pick<ServiceItem, 'duplicateKeys' | 'fields'>>(
  item: Item,
): Item {
  const others = item.duplicateKeys?.filter((key) => !isPeriod(item, key)) ?? []
  return others.length === 0 ? item : { ...item, duplicateKeys: others }
}

/**
 * The labels of the periods among the item's duplicate keys, where two applications overlap in all of them; empty where
 * no key is a period, null where they do not overlap. First and last day count.
 */
export function overlappingPeriods(
  item: Pick<ServiceItem, 'duplicateKeys' | 'fields'>,
  left: Answers,
  right: Answers,
): readonly string[] | null {
  const periods = item.fields.filter(
    ({ key, kind }) => kind === 'daterange' && item.duplicateKeys?.includes(key),
  )
  const overlap = periods.every(({ key }) => {
    const [one, other] = [left[key], right[key]] as readonly (AnswerByKind['daterange'] | undefined)[]
    return one !== undefined && other !== undefined && one.from <= other.to && other.from <= one.to
  })
  return overlap ? periods.map(({ label }) => label) : null
}
