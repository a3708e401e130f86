import { isUnderFourteen } from '#shared/domain/account/guardian'
import type { Answers } from '#shared/domain/application/answers'
import { applicantFieldsOf, identityFieldsOf, slotsOf } from '#shared/domain/application/item-answers'
import type { Place } from '#shared/domain/case/events'
import type { FiledContent } from '#shared/domain/case/filed-content'
import { stepsFor } from '#shared/domain/case/route'
import type { Applicant, CaseState, Seat } from '#shared/domain/case/state'
import { birthOfIdNumber, maskName } from '#shared/domain/kernel/digits'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { decidingUnit } from '#shared/domain/organization/deciding-unit'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { type Cipher, identityIndexOf } from '../../../platform/ports/cipher'
import type { Reference } from '../../service-item'

/** Whom a case is for. */
export interface KnownApplicant {
  readonly applicant: Applicant
  /** Of a person, from their number. */
  readonly birth: PlainDate | null
  /** In full; stands in sealed texts alone. */
  readonly name: string | null
  /** For lists and queues: a person's name is masked, a firm's is public. */
  readonly masked: string
}

/** Whom answers are for, and where: what a case keeps of them in the clear, as digests, masks and codes. */
export interface AnswerFacts extends KnownApplicant {
  readonly villageId: string | null
  readonly place: Place
  readonly stepKeys: readonly string[]
  readonly seats: readonly Seat[]
}

const textAt = (answers: Answers, key: string | null) => {
  const answer = key === null ? undefined : answers[key]
  return typeof answer === 'string' ? answer : null
}

/** The village that the answers name; null where the form asks for none. */
export const villageIn = (item: ServiceItem, answers: Answers) =>
  textAt(answers, identityFieldsOf(item).villageCode)

const underFourteen = (birth: PlainDate | undefined, today: PlainDate) =>
  birth !== undefined && isUnderFourteen(birth, today)

/** A person as their account names them, or the card in hand. */
export interface Named {
  readonly name: string
  readonly idNumber: string
}

/** Somebody whom no answer names: whoever files for themselves (`takenFrom`), or whom staff name who type it. */
export const asNamed = (
  cipher: Cipher,
  { name, idNumber }: Named,
  { today, takenFrom }: { readonly today: PlainDate; readonly takenFrom: 'filer' | null },
): KnownApplicant => ({
  applicant: {
    kind: 'person',
    numberIndex: cipher.blindIndex('id-number', idNumber),
    identityIndex: identityIndexOf(cipher, name, idNumber),
    takenFrom,
    underFourteen: underFourteen(birthOfIdNumber(idNumber), today),
    disowned: false,
  },
  birth: birthOfIdNumber(idNumber) ?? null,
  name,
  masked: maskName(name),
})

/** As the case has it: answers that ask for no number do not change for whom it is. */
export const asKept = (
  item: ServiceItem,
  { applicant }: Pick<CaseState, 'applicant'>,
  { applicantName }: Pick<FiledContent, 'applicantName'>,
): KnownApplicant | null =>
  !asksNoNumber(item) || !applicant?.numberIndex || applicantName === null
    ? null
    : { applicant, birth: null, name: applicantName, masked: maskName(applicantName) }

/** It is for whoever files, or whom staff name who type it. */
export const asksNoNumber = (item: ServiceItem) => applicantFieldsOf(item).number === null

function applicantOf(cipher: Cipher, item: ServiceItem, answers: Answers, today: PlainDate): Applicant {
  const fields = applicantFieldsOf(item)
  const name = textAt(answers, fields.name)
  const number = textAt(answers, fields.number)
  if (fields.kind === 'firm') {
    const numberIndex = number === null ? null : cipher.blindIndex('credit-code', number)
    return {
      kind: 'firm',
      numberIndex,
      identityIndex: null,
      takenFrom: null,
      underFourteen: false,
      disowned: false,
    }
  }
  return {
    kind: 'person',
    numberIndex: number === null ? null : cipher.blindIndex('id-number', number),
    identityIndex: name === null || number === null ? null : identityIndexOf(cipher, name, number),
    takenFrom: null,
    underFourteen: underFourteen(number === null ? undefined : birthOfIdNumber(number), today),
    disowned: false,
  }
}

function whomFor(cipher: Cipher, item: ServiceItem, answers: Answers, today: PlainDate): KnownApplicant {
  const fields = applicantFieldsOf(item)
  const name = textAt(answers, fields.name)
  const number = textAt(answers, fields.number)
  const applicant = applicantOf(cipher, item, answers, today)
  return {
    applicant,
    birth: (fields.kind === 'person' && number !== null && birthOfIdNumber(number)) || null,
    name,
    masked: name === null ? '' : applicant.kind === 'firm' ? name : maskName(name),
  }
}

/** Everything that follows from checked answers, worked out anew whenever they change. `named`: for whom it is instead. */
export function factsOf(
  cipher: Cipher,
  reference: Reference,
  item: ServiceItem,
  answers: Answers,
  { named, today }: { readonly named: KnownApplicant | null; readonly today: PlainDate },
): AnswerFacts {
  const villageId = villageIn(item, answers)
  const townId = villageId === null ? null : (reference.units.get(villageId)?.parentId ?? null)
  return {
    ...(named ?? whomFor(cipher, item, answers, today)),
    villageId,
    place: {
      where: { villageId, townId, departmentId: item.departmentId },
      organUnitId: decidingUnit(item, townId),
    },
    stepKeys: stepsFor(item, answers).map(({ key }) => key),
    seats: slotsOf(item, answers).map(({ fieldKey, date, half }) => ({ fieldKey, on: date, half })),
  }
}
