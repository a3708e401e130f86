import type pg from 'pg'
import type { RoundTrip } from '../services/postgres-tap.mjs'

export interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Sort Space Type'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Temp Written Blocks'?: number
  readonly Plans?: readonly PlanNode[]
}

interface Explanation {
  readonly Plan: PlanNode
  readonly 'Planning Time': number
  readonly 'Execution Time': number
  readonly JIT?: unknown
}

export const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/**
 * Tables that do not grow with cases: reference data, rows of a day, a number or a county, and what expires or is there
 * for a few people. Every other table is one that grows.
 */
const STEADY = [
  ...[
    'units',
    'service_points',
    'staff',
    'staff_roles',
    // A few a unit, by their key.
    'reply_templates',
    'invitations',
    // Of two minutes each, and one a person at most.
    'desk_logins',
    'second_factors',
    'reference_data',
    'event_log',
    'job_runs',
  ],
  ...[
    'service_items',
    'calendar_years',
    'former_calendars',
    'calendar_drafts',
    'county_facts',
    'pack_rows',
    'enterprises',
    'enterprise_agents',
  ],
  ...['case_number_days', 'document_counters', 'slot_counters', 'received_pushes', 'discarded_files'],
]
/** Fewer rows than this are read from end to end rightly. */
const FEW = 300

/** The tables that grow with cases, all of which must have been filled. */
export async function growingTables(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{
    name: string
    rows: number
  }>(`select c.relname as name, c.reltuples::int as rows
    from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`)
  const growing = rows.filter(({ name }) => !STEADY.includes(name))
  const empty = growing.filter((table) => table.rows < FEW).map(({ name }) => name)
  if (empty.length > 0) throw new Error(`not filled, so their plans say nothing: ${empty.join(', ')}`)
  return growing.map(({ name }) => name)
}

/** What a plan must not have: each in a word or two, with the table where it has one. */
export function faultsOf(plan: PlanNode, growing: readonly string[]): readonly string[] {
  const faults = nodesOf(plan).flatMap((node) => {
    const table = node['Relation Name']
    const scanned = node['Node Type'] === 'Seq Scan' && table !== undefined && growing.includes(table)
    return [
      ...(scanned ? [`Seq Scan of ${table}`] : []),
      ...((node['Sort Space Type'] ?? 'Memory') === 'Memory' ? [] : ['sort on disk']),
    ]
  })
  return [...new Set([...faults, ...((plan['Temp Written Blocks'] ?? 0) > 0 ? ['spills to disk'] : [])])]
}

/** A page, and what is counted to a thousand four times: more grows with the work of a county. */
const MANY = 10_000

/** Rows of growing tables that the plan has looked at. */
const rowsRead = (plan: PlanNode, growing: readonly string[]) =>
  nodesOf(plan)
    .filter((node) => growing.includes(node['Relation Name'] ?? '') && node['Node Type'].endsWith('Scan'))
    .reduce(
      (sum, node) =>
        sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      0,
    )

export interface Explained {
  readonly faults: readonly string[]
  /** Of the plan that a connection keeps. */
  readonly milliseconds: number
  readonly planning: number
  readonly rows: number
  readonly compiled: boolean
}

/** A connection plans a prepared statement for its values so many times before it may keep one plan for all. */
const PLANNED_ANEW = 5

/**
 * The plans of a statement, as a connection makes them: the first, and the one that it keeps. What it writes is undone;
 * `before` runs first in the same transaction. A statement of which `writes` is said must have written.
 */
export async function explain(
  client: pg.Client,
  { text, values }: RoundTrip,
  growing: readonly string[],
  { before, writes = false }: { readonly before?: string | undefined; readonly writes?: boolean } = {},
): Promise<Explained> {
  const literal = (value: string | null) => (value === null ? 'null' : client.escapeLiteral(value))
  const call = `execute explained${values.length === 0 ? '' : `(${values.map(literal).join(', ')})`}`
  const analyzed = async (): Promise<Explanation> => {
    await client.query('begin')
    try {
      if (before !== undefined) await client.query(before)
      const written = await rowsWritten(client)
      const { rows } = await client.query(`explain (analyze, buffers, format json) ${call}`)
      if (writes && (await rowsWritten(client)) === written)
        throw new Error(`wrote nothing: ${text.slice(0, 200)}`)
      return rows[0]['QUERY PLAN'][0]
    } finally {
      await client.query('rollback')
    }
  }
  await client.query(`prepare explained as ${text}`)
  try {
    const first = await analyzed()
    for (let times = 1; times < PLANNED_ANEW; times += 1) await client.query(`explain ${call}`)
    const kept = await analyzed()
    const isKept = (await genericPlans(client)) > 0
    const faults = [first, kept].flatMap(({ Plan }) => [
      ...faultsOf(Plan, growing),
      ...(rowsRead(Plan, growing) > MANY ? ['reads many rows'] : []),
    ])
    return {
      faults: [...new Set([...faults, ...(isKept ? [] : ['planned anew each time'])])],
      milliseconds: kept['Execution Time'],
      planning: kept['Planning Time'],
      rows: rowsRead(kept.Plan, growing),
      compiled: kept.JIT !== undefined,
    }
  } finally {
    await client.query('deallocate explained')
  }
}

/** How often the statement was run by the plan that fits all values. */
async function genericPlans(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ plans: number }>(
    `select generic_plans::int as plans from pg_prepared_statements where name = 'explained'`,
  )
  return rows[0]?.plans ?? 0
}

/** Rows that this connection has written so far, whether they were kept or not. */
async function rowsWritten(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ written: number }>(
    'select coalesce(sum(n_tup_ins + n_tup_upd), 0)::int as written from pg_stat_xact_user_tables',
  )
  return rows[0]?.written ?? 0
}
