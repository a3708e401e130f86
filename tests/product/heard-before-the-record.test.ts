import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bornBy, file, play } from '../e2e/scenes'
import { type County, caseOf, openCounty } from './county'
import { death } from './death'
import { deliver } from './deliver'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const today = async () => (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
const setClock = async (to: string) => {
  await county.services.database.rows(sql`update sessions set expires_at = '2099-01-01'`)
  await county.door('POST', 'clock', { set: `${to}:00+08:00` })
}
async function post(who: string, id: string, door: string, body: object) {
  const person = await county.as(who)
  const { version } = await caseOf(person, id)
  const answer = await person.send('POST', `/api/cases/${id}/${door}`, { body: { version, ...body } })
  return answer.status
}

test('whose days to speak were over before a death was recorded in error was heard: nothing is taken back', async () => {
  await setClock('2026-12-10T10:00')
  const elder = await bornBy(county)('贺丑', 3)
  const id = await file(county, elder, 'LX-005')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'pickup' }],
  ])
  const proposal = { action: 'propose-revocation', basis: 'unqualified', reason: '户口本是假的' }
  expect(await post('sun-zhiyuan', id, 'after-decision', proposal)).toBe(200)
  const clerk = await county.as('zhao-min')
  const handed = { of: 'revocation-notice' as const, takenOn: (await today()) as never }
  expect((await deliver(clerk, id, 'hand-over', handed)).status).toBe(200)
  await setClock('2026-12-21T10:00')
  const record = { action: 'record', diedOn: '2026-12-15', proof: '死亡医学证明书' }
  expect(await post('zhao-min', id, 'death', record)).toBe(200)
  const taker = { name: '贺家女', power: 'family' as const }
  const again = { ...handed, takenOn: (await today()) as never, taker }
  expect((await deliver(await county.as('zhao-min'), id, 'hand-over', again)).status).toBe(200)
  await setClock('2026-12-30T10:00')
  const revoke = { action: 'revoke-decision', reason: '查实了，材料是假的' }
  expect(await post('wu-deming', id, 'after-decision', revoke)).toBe(200)
  await death(county, id, 'withdraw')
  const { staff } = await caseOf(await county.as('wu-deming'), id)
  expect(staff?.afterDecision?.unheard ?? false).toBe(false)
  const back = { action: 'keep-decision', reason: '撤销以前没有听到申请人的意见' }
  expect(await post('wu-deming', id, 'after-decision', back)).not.toBe(200)
})
