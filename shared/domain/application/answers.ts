import type { PlainDate } from '../kernel/plain-date'
import type { FieldKind, SimpleField } from '../service-item/item'

export interface Point {
  readonly lat: number
  readonly lng: number
}

/** `lat` and `lng` come together, or the place is told in words alone. */
export interface Place extends Partial<Point> {
  readonly address: string
}

export interface Slot {
  readonly date: PlainDate
  readonly half: string
}

export interface DateRange {
  readonly from: PlainDate
  readonly to: PlainDate
}

/** What each kind of field holds once it is checked. */
export interface AnswerByKind {
  text: string
  textarea: string
  number: number
  /** A decimal number as text, in the field's unit. */
  money: string
  date: PlainDate
  daterange: DateRange
  slot: Slot
  radio: string
  select: string
  multiselect: readonly string[]
  checkbox: boolean
  idcard: string
  uscc: string
  phone: string
  bankcard: string
  village: string
  region: { readonly province: string; readonly city: string }
  location: Place
  polygon: readonly Point[]
  /** Ids of uploads. */
  image: readonly string[]
  scopePicker: readonly string[]
  /** A policy's code, or its name in the applicant's own words. */
  policyPicker: string | { readonly other: string }
  table: readonly Row[]
}

export type Row = Readonly<Record<string, AnswerByKind[SimpleField['kind']]>>
export type Answer = AnswerByKind[FieldKind]

/** Checked answers by field key, in the one form that is stored: trimmed, absent ones left out. */
export type Answers = Readonly<Record<string, Answer>>

export type FaultCode =
  | 'field.unknown'
  | 'field.wrong-type'
  | 'field.required'
  | 'field.too-short'
  | 'field.too-long'
  | 'field.too-small'
  | 'field.too-large'
  | 'field.too-precise'
  | 'field.too-few'
  | 'field.too-many'
  | 'field.twice'
  | 'field.not-an-option'
  | 'field.not-together'
  | 'field.must-be-true'
  | 'field.wrong-form'
  | 'field.wrong-check-digit'
  | 'field.no-day'
  | 'field.too-early'
  | 'field.too-late'
  | 'field.ends-before-start'
  | 'field.not-a-working-day'
  | 'field.age-outside'
  | 'field.differs-from-number'
  | 'material.required'

export interface AnswerFault {
  /** RFC 6901, from the body of the request: `/answers/members/0/mId`. */
  readonly pointer: string
  readonly code: FaultCode
  /** What is wrong, for whoever fills in the form; never repeats what was typed. */
  readonly message: string
}

/** What the rules need to know of the day and of the county. */
export interface AnswerContext {
  readonly today: PlainDate
  /** Somebody applies for another (代办). */
  readonly agent: boolean
  readonly villageCodes: ReadonlySet<string>
  readonly regionCodes: ReadonlySet<string>
  readonly scopeCodes: ReadonlySet<string>
  readonly policyCodes: ReadonlySet<string>
  /** Undefined when that year's calendar is not published: weekdays then count as working days. */
  readonly isWorkingDay: (date: PlainDate) => boolean | undefined
}
