import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { addDays, plainDate } from '#shared/domain/kernel/plain-date'
import { act, type County, caseOf, openCounty } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// Whose it is to settle what waits after a decision goes by who is there now; where nobody is, somebody is told. 行政许可法 第60条, 第69条
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const SIGNER = LOOKERS.eco
const SECOND = 'reviewer-eco-2'
const HEAD = 'approver-nr-2'
const ADVICE = { action: 'advise-revocation', basis: 'abuse', reason: '举报说没有看现场' } as const
const PROPOSAL = { action: 'propose-revocation', basis: 'procedure', reason: '查了，没有看现场' } as const
const KEEP = { action: 'keep-decision', reason: '查过了，没有错' } as const

async function does(
  staffId: string,
  id: string,
  action: Parameters<typeof act>[2],
  more: Record<string, unknown> = {},
) {
  const { status, body } = await act(await county.as(staffId), id, action, more)
  expect({ staffId, status, body }).toMatchObject({ status: 200 })
}
/** Of several departments one has granted its own. The government sees it, being asked for more time. */
async function signed() {
  const { id } = await fileProject(county)
  await nothingMissing(county, id)
  await does('zhou-min', id, 'accept')
  await does(SIGNER, id, 'pass')
  await does(LOOKERS.water, id, 'request-approval', { for: 'extend', reason: '方案还要专家看' })
  return id
}
async function by(staffId: string, id: string, body: object) {
  const person = await county.as(staffId)
  const { version } = await caseOf(person, id)
  return person.send<{ code?: string }>('POST', `/api/cases/${id}/after-decision`, {
    body: { version, ...body },
  })
}
const afterOf = async (staffId: string, id: string) =>
  (await caseOf(await county.as(staffId), id)).staff?.afterDecision
const rowOf = async (staffId: string, id: string, tab = 'to-do') =>
  (await (await county.as(staffId)).send<Queue>('GET', `/api/work/cases?tab=${tab}`)).body.items.find(
    ({ caseId, note }) => caseId === id && note !== null,
  )
const linesOf = async (staffId: string, id: string, title: RegExp) =>
  (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body.items
    .filter(({ lines, page, title: said }) => (page + lines.join()).includes(id) && title.test(said))
    .map(({ lines }) => lines.join())
const numbered = async (staffId: string, id: string, title: RegExp) =>
  linesOf(staffId, (await caseOf(await county.as('zhou-min'), id)).caseNumber, title)
const revised = sql`update reference_data set revision = revision + 1, registry = registry + 1`
const secondIs = (unitId: 'eco' | 'emergency') =>
  county.services.database.rows(sql`with moved as (update staff_roles set unit_id = ${unitId}
    where staff_id = ${SECOND} and role = 'dept-reviewer') ${revised}`)
const job = () => county.app.jobs['run-deadlines']()

test('an order to a department of one: nothing is offered that can only fail, somebody is told, and it goes on once there are two', async () => {
  const id = await signed()
  await secondIs('emergency')
  expect(await by('county-leader', id, { ...ADVICE, unitId: 'eco' })).toMatchObject({ status: 200 })
  const after = await afterOf(SIGNER, id)
  expect(after).toMatchObject({
    waitsBecause: expect.stringContaining('没有第二个人能定撤不撤，要请管理员安排'),
  })
  expect(after?.allowed).not.toContain('propose-revocation')
  expect(await by(SIGNER, id, PROPOSAL)).toMatchObject({
    status: 409,
    body: { code: 'case.revoker-missing' },
  })
  expect(await rowOf(SIGNER, id)).toMatchObject({
    note: '本单位没有第二个人能定，要请管理员安排',
    firstAction: null,
  })
  for (const finder of ['he-jing', 'liaison-eco'])
    expect(await numbered(finder, id, /没有人能定/)).toEqual([expect.stringContaining('没有第二个人')])
  expect(await numbered('county-leader', id, /没有人能定/)).toEqual([
    expect.stringContaining('已经请管理员安排'),
  ])
  expect(await rowOf('he-jing', id, 'unstaffed')).toBeDefined()
  await job()
  expect(await numbered('he-jing', id, /没有人能定/)).toHaveLength(1)

  await secondIs('eco')
  await job()
  expect(await rowOf(SIGNER, id)).toMatchObject({ note: '等你发拟撤销告知书', firstAction: '重新审查' })
  expect(await rowOf('he-jing', id, 'unstaffed')).toBeUndefined()
  expect(await by(SIGNER, id, PROPOSAL)).toMatchObject({ status: 200 })
})

test('the only one who may decide leaves: it is told once, goes to the next who is there, and back', async () => {
  const id = await signed()
  expect(await by('county-leader', id, { ...ADVICE, unitId: 'eco' })).toMatchObject({ status: 200 })
  expect(await by(SIGNER, id, PROPOSAL)).toMatchObject({ status: 200 })
  expect(await rowOf(SECOND, id)).toMatchObject({ note: '等你定撤不撤' })
  await secondIs('emergency')
  // The page knows it before any job has run.
  expect((await afterOf(SIGNER, id))?.waitsBecause).toContain('本单位没有别人能定')
  expect(await by(SIGNER, id, KEEP)).toMatchObject({ status: 409, body: { code: 'case.own-proposal' } })
  await job()
  await job()
  expect(await rowOf(SIGNER, id)).toMatchObject({ note: '本单位没有第二个人能定，要请管理员安排' })
  for (const told of ['he-jing', 'liaison-eco', 'county-leader'])
    expect(await numbered(told, id, /没有人能定/), told).toHaveLength(1)

  // A head comes: the rank is another than the one it waited at.
  await county.services.database.rows(sql`with added as (insert into staff_roles (staff_id, role, unit_id, acting)
    values (${HEAD}, 'dept-approver', 'eco', false)) ${revised}`)
  await job()
  expect(await numbered(HEAD, id, /拟撤销，请你定/)).toHaveLength(1)
  expect(await rowOf(HEAD, id)).toMatchObject({ note: '等你定撤不撤' })
  expect(await by(HEAD, id, KEEP)).toMatchObject({ status: 200 })
  const { timeline } = await caseOf(await county.as(HEAD), id)
  expect(JSON.stringify(timeline)).toContain('没有人能定，告诉了管理员和联络员')
  await county.services.database.rows(
    sql`with gone as (delete from staff_roles where staff_id = ${HEAD} and unit_id = 'eco') ${revised}`,
  )
  await secondIs('eco')
})

test('a day off leaves nobody without somebody, before the day to settle and after it; a month does', async () => {
  const id = await signed()
  expect(await by('county-leader', id, { ...ADVICE, unitId: 'eco' })).toMatchObject({ status: 200 })
  await county.door('POST', 'clock', { advanceWorkingDays: 15 })
  const today = plainDate((await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10))
  const isAway = (days: number) =>
    county.services.database.rows(
      sql`with away as (update staff set leave = ${JSON.stringify([
        { from: today, to: addDays(today, days) },
      ])}::jsonb where id = ${SECOND}) ${revised}`,
    )
  await isAway(0)
  await job()
  expect(await numbered('he-jing', id, /没有人能定/)).toEqual([])
  expect(await rowOf(SIGNER, id)).toMatchObject({ firstAction: '重新审查' })
  await isAway(40)
  await job()
  expect(await numbered('he-jing', id, /没有人能定/)).toHaveLength(1)
  await county.services.database.rows(
    sql`with back as (update staff set leave = '[]'::jsonb where id = ${SECOND}) ${revised}`,
  )
  await job()
  expect(await rowOf(SIGNER, id)).toMatchObject({ firstAction: '重新审查' })
})

test('what another department has decided or hears is none of theirs', async () => {
  const id = await signed()
  await does(LOOKERS.nr, id, 'pass')
  const slip = { action: 'correct-decision', written: '规化', corrected: '规划', reason: '打错了' }
  expect(await by(SIGNER, id, { ...slip, unitId: 'nr' })).toMatchObject({
    status: 403,
    body: { code: 'case.not-your-task' },
  })
  expect(await by(LOOKERS.nr, id, PROPOSAL)).toMatchObject({ status: 200 })
  const said = { action: 'record-statement', statement: '当面说，材料是真的' }
  expect(await by(SECOND, id, { ...said, unitId: 'nr' })).toMatchObject({ status: 403 })
  expect(await by('zhou-min', id, said)).toMatchObject({ status: 200 })
})

test('who closes their account is nobody there from the next run of the deadlines on', async () => {
  const id = await signed()
  expect(await by('county-leader', id, { ...ADVICE, unitId: 'eco' })).toMatchObject({ status: 200 })
  const second = await county.as(SECOND)
  const closed = await second.send('POST', '/api/account/closing', { body: {} })
  expect(closed.status, JSON.stringify(closed.body)).toBe(200)
  await county.app.jobs['remind-of-deadlines']()
  expect(await numbered('he-jing', id, /没有人能定/)).toHaveLength(1)
  expect(await rowOf('he-jing', id, 'unstaffed')).toBeDefined()
})
