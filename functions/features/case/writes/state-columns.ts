import { type SQL, sql } from 'drizzle-orm'
import type { CaseDue } from '#shared/domain/case/clock/clocks'
import type { CaseState } from '#shared/domain/case/state'
import { instantText } from '../../../platform/db/parts/instant'

/** What the columns of a case say again of its state, and its date, by their names in the table. */
export const stateColumns = (state: CaseState, due: CaseDue) => ({
  status: state.status,
  version: state.version,
  due_on: due.kind === 'on' ? due.on : null,
  ended_at: state.endedAt,
  village_code: state.where.villageId,
  organ_unit_id: state.organUnitId,
  was_disowned: state.disownments.length > 0,
  channel: state.channel,
  src: state.src,
  assisted: state.assisted,
  entered_by: state.enteredBy,
})

export type StateColumns = Readonly<ReturnType<typeof stateColumns>>

const TYPES: Readonly<Record<keyof StateColumns, string>> = {
  status: 'text',
  version: 'int',
  due_on: 'date',
  ended_at: 'timestamptz',
  village_code: 'text',
  organ_unit_id: 'text',
  was_disowned: 'boolean',
  channel: 'text',
  src: 'text',
  assisted: 'boolean',
  entered_by: 'text',
}
const NAMES = Object.keys(TYPES)

// Of these columns, parts of statements.

/** `status, version, …` */
export const STATE_NAMES = NAMES.join(', ')

/** `status text, version int, …` */
export const STATE_TYPED = Object.entries(TYPES)
  .map(([name, type]) => `${name} ${type}`)
  .join(', ')

/** `status = m.status, …` of a row `m`. */
export const stateSet = (row: string): SQL =>
  sql.raw(NAMES.map((name) => `${name} = ${row}.${name}`).join(', '))

/** As the case `c` has them, in the form of `stateColumns`. */
export const STATE_COLUMNS: SQL = sql`json_build_object(${sql.join(
  NAMES.map(
    (name) =>
      sql`${sql.raw(`'${name}'`)}, ${name === 'ended_at' ? instantText('c.ended_at') : sql.raw(`c.${name}`)}`,
  ),
  sql`, `,
)})`
