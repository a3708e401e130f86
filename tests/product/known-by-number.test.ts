import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bornBy, file, play } from '../e2e/scenes'
import { certifiedFirm, fileForFirm } from './certifying'
import { type County, caseOf, openCounty, type Person } from './county'

// What was decided for the same holder before is told to whoever decides now, by the number and by nothing else.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const rows = (statement: Parameters<County['services']['database']['rows']>[0]) =>
  county.services.database.rows(statement)
async function after(person: Person, id: string, body: object, door = 'after-decision') {
  const { version } = await caseOf(person, id)
  const done = await person.send('POST', `/api/cases/${id}/${door}`, { body: { version, ...body } })
  expect(done.status, JSON.stringify(done.body)).toBe(200)
}
const warningOf = async (staffId: string, id: string, act: string) =>
  (await caseOf(await county.as(staffId), id)).staff?.allowed.find(({ action }) => action === act)?.warning

test('whoever got a permit by fraud is told of whatever the key of the next application and however many came between', async () => {
  const { owner, id } = await certifiedFirm(county)
  const proposal = { action: 'propose-revocation', basis: 'fraud', reason: '检测报告是假的' }
  await after(await county.as('approver-health-1'), id, proposal)
  await after(owner, id, { statement: '没什么说的', isAll: true }, 'statement')
  const revoke = { action: 'revoke-decision', reason: '查实了，报告是假的' }
  await after(await county.as('approver-health-2'), id, revoke)
  const again = await fileForFirm(county)
  expect(again.filed.status, JSON.stringify(again.filed.body)).toBe(201)
  const warned = () => warningOf('window-health', again.id, 'accept')
  expect(await warned()).toContain('因为欺骗')
  // Under another key, and behind many of the same one.
  await rows(
    sql`update cases set duplicate_index = 'elsewhere', key_index = 'elsewhere' where id = ${id}::uuid`,
  )
  await rows(sql`insert into cases select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
      'case_number', gen_random_uuid(), 'duplicate_guard', null, 'status', 'withdrawn', 'ended_at', c.filed_at))).*
    from cases c, generate_series(1, 30) where c.id = ${again.id}::uuid`)
  expect(await warned()).toContain('因为欺骗')
  // Of another holder with the very same key nothing is said.
  await rows(sql`update cases set duplicate_index = o.duplicate_index, key_index = o.key_index
    from cases o where cases.id = ${id}::uuid and o.id = ${again.id}::uuid`)
  await rows(sql`update cases set applicant_index = 'another' where id = ${id}::uuid`)
  expect((await warned()) ?? '').not.toContain('欺骗')
})

test('whoever grants what the same number has been granted already is told so, and nobody else', async () => {
  const owner = await bornBy(county)('陶两份')
  const first = await file(county, owner, 'LX-005')
  await play(county, first, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '年龄算错了，没到八十' }],
    ['window', 'conclude'],
  ])
  const second = await file(county, owner, 'LX-005')
  await play(county, second, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  expect((await warningOf('sun-zhiyuan', second, 'grant')) ?? '').not.toContain('已经批过')
  await play(county, second, [
    ['reviewer', 'grant'],
    ['window', 'conclude'],
  ])
  const proposal = { action: 'propose-revocation', basis: 'other', reason: '出生日期看错了' }
  await after(await county.as('sun-zhiyuan'), first, proposal)
  await after(await county.as('wu-deming'), first, { action: 'revoke-decision', reason: '核了，是看错了' })
  const warning = await warningOf('sun-zhiyuan', first, 'grant')
  expect(warning).toMatch(/同一个号码，\d{4}年\d+月\d+日已经批过一件/)
})

test('a refusal that came between hides no grant from whoever decides next', async () => {
  const owner = await bornBy(county)('陶三份')
  const decided = async (...acts: Parameters<typeof play>[2]) => {
    const id = await file(county, owner, 'LX-005')
    await play(county, id, [['village', 'verify'], ['window', 'accept'], ...acts])
    return id
  }
  await decided(['reviewer', 'grant'], ['window', 'conclude'], ['window', 'deliver', { method: 'pickup' }])
  await decided(['reviewer', 'refuse', { reason: '已经领过，不能重复' }], ['window', 'conclude'])
  const third = await decided()
  expect(await warningOf('sun-zhiyuan', third, 'grant')).toContain('已经批过一件')
})
