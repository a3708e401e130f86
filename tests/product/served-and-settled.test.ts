import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Queue } from '#shared/contract/work'
import { bornBy, file } from '../e2e/scenes'
import { act, type County, caseOf, openCounty } from './county'

// Where the step that decides is the one that hands over, its share has rows of those who serve and of those who settle.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
})
afterAll(() => county.close())

const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
interface TaskRow {
  readonly role: string
  readonly unit: string
  readonly approval: boolean
  readonly settles: string | null
  readonly serve: string | null
}
const tasksOf = (id: string) =>
  rows<TaskRow>(sql`select role, unit_id as unit, approval, line::jsonb->>'settles' as settles, line::jsonb->>'serve' as serve
    from case_tasks where case_id = ${id}::uuid order by approval, role, unit_id`)
const versionOf = async (id: string) =>
  (await rows<{ version: number }>(sql`select version from cases where id = ${id}::uuid`))[0]?.version

async function holderOf({ role, unit }: TaskRow) {
  const { holders } = await county.app.reference.current()
  return county.as(holders(role as Parameters<typeof holders>[0], unit)[0]?.id ?? '')
}

/** Whoever has it does what comes next, until it is granted. */
async function grant(id: string) {
  for (let acts = 0; acts < 8; acts += 1)
    for (const task of await tasksOf(id)) {
      const staff = await holderOf(task)
      const { staff: seen, status } = await caseOf(staff, id)
      if (status === 'granted') return staff
      const next = (['verify', 'accept', 'pass', 'grant'] as const).find((each) =>
        seen?.allowed.some(({ action }) => action === each),
      )
      if (next) expect((await act(staff, id, next)).status, next).toBe(200)
    }
  throw new Error('not granted')
}

/** Whoever of the organ may. */
async function propose(id: string) {
  const members = await rows<{
    id: string
  }>(sql`select distinct r.staff_id as id from staff_roles r join staff s on s.id = r.staff_id
    and s.active where r.unit_id = (select state->>'organUnitId' from cases where id = ${id}::uuid) order by r.staff_id`)
  const tried: unknown[] = []
  for (const member of members) {
    const staff = await county.as(member.id)
    const { version } = await caseOf(staff, id)
    if (version === undefined) continue
    const body = { version, action: 'propose-revocation', basis: 'unqualified', reason: '条件不够' }
    const sent = await staff.send('POST', `/api/cases/${id}/after-decision`, { body })
    if (sent.status === 200) return member.id
    tried.push([member.id, sent.body])
  }
  throw new Error(`nobody proposes: ${JSON.stringify(tried)}`)
}

test.each(['LX-002', 'LX-017', 'LX-020', 'LX-031', 'LX-032'])(
  '%s: one row of each pool, those who serve told to serve, those who settle to settle, and nothing by night',
  async (itemId) => {
    const owner = await bornBy(county, '1970-05-20')('端送达')
    const id = await file(county, owner, itemId)
    await grant(id)
    const before = await tasksOf(id)
    await propose(id)
    const after = await tasksOf(id)
    expect(after.filter(({ approval }) => !approval)).toEqual(before.filter(({ approval }) => !approval))
    expect(after.filter(({ approval }) => approval).map(({ settles, serve }) => [settles, serve])).toEqual(
      after.filter(({ approval }) => approval).map(() => ['revocation', null]),
    )
    const settled = await versionOf(id)
    for (let night = 0; night < 2; night += 1) await county.app.jobs['run-deadlines']()
    expect(await versionOf(id)).toBe(settled)
  },
)

test.each(['LX-020', 'LX-032'])(
  '%s: one pool serves and settles: its row tells both, each with its day',
  async (itemId) => {
    const owner = await bornBy(county, '1970-05-20')('端两样')
    const id = await file(county, owner, itemId)
    await grant(id)
    const proposer = await propose(id)
    const [task] = (await tasksOf(id)).filter(({ approval }) => !approval)
    const { holders } = await county.app.reference.current()
    const held = holders(task?.role as Parameters<typeof holders>[0], task?.unit ?? '')
    expect(held.map(({ id }) => id)).toContain(proposer)
    expect(held.length).toBeGreaterThan(1)
    for (const { id: staffId } of held) {
      const { items } = (await (await county.as(staffId)).send<Queue>('GET', '/api/work/cases?tab=to-do'))
        .body
      const own = items.filter(({ caseId }) => caseId === id)
      expect(own).toHaveLength(1)
      const settles = staffId === proposer ? '是你提的，由另一个人定' : '等你定撤不撤'
      expect(own[0]).toMatchObject({
        stepName: expect.stringMatching(/.+、拟撤销$/),
        note: expect.stringMatching(new RegExp(`，最晚 .+；${settles}，最晚 `)),
      })
    }
  },
)
