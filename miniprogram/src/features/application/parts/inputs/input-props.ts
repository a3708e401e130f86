import type { FieldOf } from '#shared/domain/application/field-kinds/check'
import type { FieldKind } from '#shared/domain/service-item/item'

export interface InputProps<Kind extends FieldKind> {
  readonly field: FieldOf<Kind>
  /** Of the field in the page: its error and its label hang on it. */
  readonly id: string
  /** Of the answer: `members/0/mId`. */
  readonly path: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly isWrong: boolean
  /** Filled in from what is known, and not touched yet. */
  readonly isPrefilled: boolean
}

export const textOf = (value: unknown) =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

export const partOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const textsOf = (value: unknown) => listOf(value).filter((each) => typeof each === 'string')
