import type { Field } from '#shared/domain/service-item/item'
import type { RawAnswers } from './raw-answers'

type Table = Extract<Field, { kind: 'table' }>

/** The option by which a row says that it is about who applies. */
const SELF = '本人'

/**
 * The row of who applies, from what stands in the form around the table, or in `known` by the path of its cell; undefined
 * while nothing of it is known. Nothing is typed twice: 国务院关于在线政务服务的若干规定（国务院令第716号）.
 */
export function rowOfApplicant(
  table: Table,
  fields: readonly Field[],
  answers: RawAnswers,
  known: RawAnswers,
) {
  const cells = table.columns.flatMap((column): [string, unknown][] => {
    const around = fields.find(({ prefill }) => prefill !== null && prefill === column.prefill)
    const value = around ? answers[around.key] : known[`${table.key}/0/${column.key}`]
    return value === undefined || value === '' ? [] : [[column.key, value]]
  })
  if (cells.length === 0) return undefined
  const relations = table.columns.flatMap((column): [string, unknown][] =>
    'options' in column && column.options.includes(SELF) ? [[column.key, SELF]] : [],
  )
  return Object.fromEntries([...cells, ...relations])
}

/** Tables that nobody has touched begin with the row of who applies. */
export function withFirstRows(fields: readonly Field[], answers: RawAnswers, known: RawAnswers): RawAnswers {
  const rows = fields.flatMap((field): [string, unknown][] => {
    if (field.kind !== 'table' || answers[field.key] !== undefined) return []
    const row = rowOfApplicant(field, fields, answers, known)
    return row === undefined ? [] : [[field.key, [row]]]
  })
  return rows.length === 0 ? answers : { ...answers, ...Object.fromEntries(rows) }
}
