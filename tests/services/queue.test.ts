import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Queue } from '#shared/contract/work'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { listTasks } from '../../functions/features/desk/queue-queries'
import { faultsOf, nodesOf, type PlanNode } from '../bench/explain'
import type { County, Person } from '../product/county'
import { fileCase } from './applications'
import { openOnServices } from './counties'

// The plan of a queue at a size at which PostgreSQL has a choice: no step of it may grow with the work of the county.
const MANY = 20_000
const BUSY = 'zhao-min'
const IDLE = 'town-window-341821103-1'

let county: County
let resident: Person
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)

beforeAll(async () => {
  county = (await openOnServices()).county
  resident = await county.as('li-jianguo')
  const { id } = await fileCase(resident, 'LX-017', 1)
  for (const staff of [BUSY, IDLE]) await county.as(staff)
  // As in a county, many people have filed a few each.
  await rows(sql`insert into profiles select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(),
      'id_number_index', gen_random_uuid(), 'identity_index', gen_random_uuid(), 'phone_index', gen_random_uuid()))).*
    from cases c join profiles p on p.id = c.filed_by, generate_series(1, ${MANY / 10}::int) where c.id = ${id}::uuid`)
  await rows(sql`with people as (select array_agg(id) as ids from profiles where staff_id is null),
    made as (insert into cases
      select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'case_number', gen_random_uuid(),
        'filed_by', ids[1 + n % cardinality(ids)], 'applicant_index', gen_random_uuid(), 'duplicate_guard', null, 'duplicate_index', null, 'key_index', null))).*
      from cases c, people, generate_series(1, ${MANY}::int) n where c.id = ${id}::uuid returning id)
    insert into case_tasks select (jsonb_populate_record(t, jsonb_build_object('case_id', m.id,
        'sort_on', date '2026-11-24' + (random() * 60)::int))).*
      from made m, case_tasks t where t.case_id = ${id}::uuid`)
  await rows(sql`vacuum analyze case_tasks`)
  await rows(sql`vacuum analyze cases`)
  await rows(sql`vacuum analyze profiles`)
}, 120_000)
afterAll(() => county.close())

async function planOf(
  staff: string,
  after: Parameters<typeof listTasks>[2]['after'] = null,
  tab: keyof Queue['counts'] = 'to-do',
) {
  const [session] = await rows<{ hash: string }>(sql`select s.token_hash as hash from sessions s
    join profiles p on p.id = s.profile_id where p.staff_id = ${staff}`)
  const plans: PlanNode[] = []
  const explained = {
    ...county.services.database,
    rows: async (statement: ReturnType<typeof sql>) => {
      const [row] = await rows<Record<string, readonly { readonly Plan: PlanNode }[]>>(
        sql`explain (analyze, buffers, format json) ${statement}`,
      )
      plans.push(...(row?.['QUERY PLAN'] ?? []).map(({ Plan }) => Plan))
      return []
    },
  } as typeof county.services.database
  const page = { tab, after, size: 21 }
  await listTasks(explained, session?.hash ?? '', page, county.services.clock.now())
  const [plan] = plans
  if (!plan) throw new Error('no plan')
  return plan
}

/** Rows that a step of the plan has given, all its rounds together. */
const given = (node: PlanNode) => node['Actual Rows'] * node['Actual Loops']

function expectShort(plan: PlanNode, mostRows: number) {
  const nodes = nodesOf(plan)
  expect(nodes.length).toBeGreaterThan(10)
  expect(faultsOf(plan, ['case_tasks', 'cases'])).toEqual([])
  for (const node of nodes) expect(given(node), JSON.stringify(node)).toBeLessThanOrEqual(mostRows)
}

it('reads a page and a thousand to count, on the first page and far behind', async () => {
  expectShort(await planOf(BUSY), 1_000)
  const [far] = await rows<{ caseId: string; stepKey: string; partUnitId: string; sortOn: string }>(
    sql`select case_id as "caseId", step_key as "stepKey", part_unit_id as "partUnitId", sort_on::text as "sortOn"
      from case_tasks order by sort_on, case_id offset ${MANY - 100}::int limit 1`,
  )
  if (!far) throw new Error('no task')
  expectShort(await planOf(BUSY, { ...far, sortOn: plainDate(far.sortOn) }), 1_000)
})

it('reads nothing where there is no work', async () => {
  expectShort(await planOf(IDLE), 40)
  expectShort(await planOf(IDLE, null, 'unstaffed'), 40)
})
