import type { AnswerFault } from '#shared/domain/application/answers'
import type { Field } from '#shared/domain/service-item/item'
import type { RawAnswers } from './raw-answers'

type Fault = Pick<AnswerFault, 'pointer' | 'message'>

/** What is wrong, by the path of the field: `members/0/mId`. */
export type Faults = ReadonlyMap<string, string>

/** An id that selectors can name: papers have Chinese names with brackets. */
export const idOfPath = (path: string) =>
  path.replace(/[^\w-]/g, (character) => (character === '/' ? '-' : character.charCodeAt(0).toString(16)))

/** How deep a field lies under which a fault is told: parts of a place or of a date share their field's line. */
function placeOf(fields: readonly Field[], path: string) {
  const [key = '', ...rest] = path.split('/')
  const field = fields.find((each) => each.key === key)
  return field?.kind === 'table' && rest.length >= 2 ? [key, ...rest.slice(0, 2)].join('/') : key
}

/** One line a field: the first fault wins. */
export function faultsByField(fields: readonly Field[], faults: readonly Fault[]): Faults {
  const byField = new Map<string, string>()
  for (const { pointer, message } of faults) {
    if (!pointer.startsWith('/answers/')) continue
    const place = placeOf(fields, pointer.slice('/answers/'.length))
    if (!byField.has(place)) byField.set(place, message)
  }
  return byField
}

export const belongsTo = (field: Field, path: string) =>
  path === field.key || path.startsWith(`${field.key}/`)

/** The faults of these fields, in the order in which they stand on the screen. */
export const faultsOf = (fields: readonly Field[], faults: Faults): readonly string[] =>
  fields.flatMap((field) => [...faults.keys()].filter((path) => belongsTo(field, path)).sort())

export function labelOf(fields: readonly Field[], path: string): string {
  const [key = '', , column] = path.split('/')
  const field = fields.find((each) => each.key === key)
  if (field?.kind === 'table' && column !== undefined) {
    return field.columns.find((each) => each.key === column)?.label ?? field.label
  }
  return field?.label ?? ''
}

/** A path of the faults: `bankCard`, or `members/0/mId`. */
function isEmptyAt(answers: RawAnswers, path: string) {
  const value = path
    .split('/')
    .reduce<unknown>(
      (within, key) => (within as Readonly<Record<string, unknown>> | undefined)?.[key],
      answers,
    )
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** How many of them have nothing in them. */
export const emptyAmong = (paths: readonly string[], answers: RawAnswers) =>
  paths.filter((path) => isEmptyAt(answers, path)).length
