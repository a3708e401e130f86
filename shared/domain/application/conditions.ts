import type { Condition, Field, ServiceItem } from '../service-item/item'
import { type JsonObject, LONGEST_LIST, ownValue } from './field-kinds/check'

/** The fields beside a field and what was answered to them; for a row, also the form around it. */
export interface Scope {
  readonly fields: readonly Field[]
  readonly values: JsonObject
  readonly agent: boolean
  readonly outer: Scope | undefined
}

const matches = ({ equals, oneOf }: Condition, value: string | boolean) =>
  value === equals || (typeof value === 'string' && (oneOf?.includes(value) ?? false))

function valuesOf(field: Field, raw: unknown): readonly (string | boolean)[] {
  if (field.kind === 'checkbox') return [raw === true]
  const list: readonly unknown[] = Array.isArray(raw) ? raw.slice(0, LONGEST_LIST) : [raw]
  return list.flatMap((entry) => (typeof entry === 'string' ? [entry.trim()] : []))
}

function holds(condition: Condition, scope: Scope, asked: readonly Field[]): boolean {
  if (condition.field === '_agent') return matches(condition, scope.agent)
  const field = scope.fields.find(({ key }) => key === condition.field)
  if (!field) return scope.outer !== undefined && holds(condition, scope.outer, asked)
  // A hidden field has no answer; fields that wait for each other stay hidden.
  if (asked.includes(field) || !isShown(field, scope, [...asked, field])) return false
  return valuesOf(field, ownValue(scope.values, field.key)).some((value) => matches(condition, value))
}

/** Whether a field is asked, checked and kept: its condition holds, on a field that is itself shown. */
export const isShown = (field: Field, scope: Scope, asked: readonly Field[] = []): boolean =>
  field.showWhen === null || holds(field.showWhen, scope, asked)

/** The fields to draw for what is answered so far; `agent` when somebody applies for another (代办). */
export const fieldsShown = (
  item: Pick<ServiceItem, 'fields'>,
  answers: JsonObject,
  agent: boolean,
): readonly Field[] =>
  item.fields.filter((field) =>
    isShown(field, { fields: item.fields, values: answers, agent, outer: undefined }),
  )
