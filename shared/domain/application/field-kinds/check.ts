import { pointerTo } from '../../kernel/json-pointer'
import { isWritten, isWrittenInLines, withoutUnseen } from '../../kernel/written'
import type { Field, FieldKind } from '../../service-item/item'
import type { AnswerContext, AnswerFault, FaultCode } from '../answers'

/** The variant of a field that has this kind. */
export type FieldOf<Kind extends FieldKind, Each = Field> = Each extends { readonly kind: FieldKind }
  ? Kind extends Each['kind']
    ? Each
    : never
  : never

/** Where a rule stands in the answers, and where it reports what is wrong there. */
export interface Check {
  readonly context: AnswerContext
  readonly pointer: string
  readonly at: (key: string | number) => Check
  /** Returns undefined, so that a rule can end with it. */
  readonly fault: (code: FaultCode, message: string) => undefined
}

export function checkAt(pointer: string, context: AnswerContext, faults: AnswerFault[]): Check {
  return {
    context,
    pointer,
    at: (key) => checkAt(pointerTo(pointer, key), context, faults),
    fault: (code, message) => {
      faults.push({ pointer, code, message })
      return undefined
    },
  }
}

/** A whole body may be 5 MB: what is longer than any field allows is refused unread. */
const LONGEST_TEXT = 5000
export const LONGEST_LIST = 200
const LONGEST_KEY = 100
const UNKNOWN_KEYS_NAMED = 20

export type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// Own keys only: `constructor` is no answer. Object.hasOwn is missing in iOS 14.
export const ownValue = (object: JsonObject, key: string): unknown =>
  Object.getOwnPropertyDescriptor(object, key)?.value

/** Nothing was given: null or blank text. */
export const isBlank = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

export const isBlankList = (value: unknown) => isBlank(value) || (Array.isArray(value) && value.length === 0)

/** An object of these parts, none of which was given. */
export const isBlankObject =
  (...parts: readonly string[]) =>
  (value: unknown) =>
    isBlank(value) ||
    (isObject(value) && Object.keys(value).every((key) => parts.includes(key) && isBlank(value[key])))

/** An object whose keys are all known; names those that are not, and goes on with the others. */
export function readObject(raw: unknown, known: readonly string[], check: Check): JsonObject | undefined {
  if (!isObject(raw)) return check.fault('field.wrong-type', '这里要一组内容')
  const unknown = Object.keys(raw).filter((key) => !known.includes(key))
  for (const key of unknown.slice(0, UNKNOWN_KEYS_NAMED)) {
    const place = key.length > LONGEST_KEY ? check : check.at(key)
    place.fault('field.unknown', '表里没有这一项')
  }
  return raw
}

export function readList(raw: unknown, check: Check): readonly unknown[] | undefined {
  if (!Array.isArray(raw)) return check.fault('field.wrong-type', '这里要一个列表')
  if (raw.length > LONGEST_LIST) {
    return check.fault('field.too-many', `最多 ${LONGEST_LIST} 个，现在 ${raw.length} 个`)
  }
  return raw
}

export function readText(raw: unknown, check: Check, lines = false): string | undefined {
  if (typeof raw !== 'string') return check.fault('field.wrong-type', '这里写文字')
  if (raw.length > LONGEST_TEXT) {
    return check.fault('field.too-long', `最多 ${LONGEST_TEXT} 个字，现在 ${raw.length} 个`)
  }
  const typed = raw.replace(/\r\n?/g, '\n').trim()
  const text = lines ? typed : withoutUnseen(typed).trim()
  if (!(lines ? isWrittenInLines(text) : isWritten(typed)) || (text === '' && typed !== '')) {
    return check.fault('field.wrong-form', '里面有看不见的字符，删掉重写一遍')
  }
  return text
}

/** Numbers are typed with blanks and full-width digits: `１５４ 1234` becomes `1541234`. */
export function readCode(raw: unknown, check: Check): string | undefined {
  return readText(raw, check)
    ?.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\s+/g, '')
}

export interface Counted {
  /** `个字`, `位` */
  readonly unit: string
  readonly min: number
  readonly max: number
}

/** Says by how much a text is too short or too long; true when its length is right. */
export function hasLength(text: string, { unit, min, max }: Counted, check: Check): boolean {
  const length = [...text].length
  if (length < min) {
    check.fault('field.too-short', `少 ${min - length} ${unit}。最少 ${min} ${unit}，现在 ${length} ${unit}`)
  } else if (length > max) {
    check.fault('field.too-long', `多 ${length - max} ${unit}。最多 ${max} ${unit}，现在 ${length} ${unit}`)
  }
  return length >= min && length <= max
}

/** The same for numbers that have one length: `少 1 位。手机号是 11 位，现在 10 位`. */
export function hasDigits(text: string, name: string, digits: number, check: Check): boolean {
  const { length } = text
  if (length === digits) return true
  const [code, word] =
    length < digits ? (['field.too-short', '少'] as const) : (['field.too-long', '多'] as const)
  check.fault(code, `${word} ${Math.abs(digits - length)} 位。${name}是 ${digits} 位，现在 ${length} 位`)
  return false
}

/** The patterns of the pack are anchored and run on texts whose length was checked before. */
export const fits = (pattern: string, text: string) => new RegExp(`^(?:${pattern})$`).test(text)

/** Checks how many there are; true when the count is right. */
export function hasCount(count: number, { unit, min, max }: Counted, check: Check): boolean {
  if (count < min) check.fault('field.too-few', `还差 ${min - count} ${unit}。最少 ${min} ${unit}`)
  if (count > max) check.fault('field.too-many', `多了 ${count - max} ${unit}。最多 ${max} ${unit}`)
  return count >= min && count <= max
}

/** A list of texts that `accepts` knows, none twice. */
export function readChosen(
  raw: unknown,
  size: Counted,
  accepts: (text: string) => boolean,
  check: Check,
  otherwise = '没有这个选项，重新选一个',
): readonly string[] | undefined {
  const list = readList(raw, check)
  if (!list || !hasCount(list.length, size, check)) return undefined
  const chosen: string[] = []
  list.forEach((entry, index) => {
    const place = check.at(index)
    const text = readText(entry, place)
    if (text === undefined) return
    if (!accepts(text)) place.fault('field.not-an-option', otherwise)
    else if (chosen.includes(text)) place.fault('field.twice', '这个选了两次，留一个就行')
    else chosen.push(text)
  })
  return chosen.length === list.length ? chosen : undefined
}
