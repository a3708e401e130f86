import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { bornBy, file, play } from '../e2e/scenes'
import { type County, caseOf, openCounty, type Person, sendAll } from './county'
import { choose, deliver } from './deliver'
import { disowning } from './disowning'

// Who has died says nothing and has nothing served since that day; who lives has nothing served by another's hand.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const { filedFor, disown } = disowning(() => county)
const born = (name: string, level: 0 | 3 = 3) => bornBy(county)(name, level)
const today = async () => (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
const setClock = async (to: string) => {
  await county.services.database.rows(sql`update sessions set expires_at = '2099-01-01'`)
  await county.door('POST', 'clock', { set: `${to}:00+08:00` })
}
const window = () => county.as('zhao-min')
const after = async (person: Person, id: string, body: object, door: string) => {
  const { version } = await caseOf(person, id)
  return person.send<{ code?: string; errors?: { pointer: string }[] }>('POST', `/api/cases/${id}/${door}`, {
    body: { version, ...body },
  })
}
const dying = async (id: string, diedOn?: string) =>
  after(
    await window(),
    id,
    { action: 'record', diedOn: diedOn ?? (await today()), proof: '死亡医学证明书' },
    'death',
  )
const takingBack = async (id: string) =>
  after(await window(), id, { action: 'withdraw', reason: '同名的另一个人' }, 'death')
const proposing = async (id: string) =>
  after(
    await county.as('sun-zhiyuan'),
    id,
    { action: 'propose-revocation', basis: 'unqualified', reason: '户口本是假的，核对过了' },
    'after-decision',
  )
const revoking = async (id: string) =>
  after(
    await county.as('wu-deming'),
    id,
    { action: 'revoke-decision', reason: '查实了，材料是假的' },
    'after-decision',
  )
const toFamily = async (id: string, of: 'result' | 'revocation-notice') =>
  deliver(await window(), id, 'hand-over', {
    of,
    takenOn: await today(),
    taker: { name: '陶儿', power: 'family' },
  })
const paperOf = async (id: string, of: string) =>
  (await caseOf(await window(), id)).delivery?.papers.find((each) => each.of === of)
const linesOf = async (person: Person, id: string) => {
  const { caseNumber } = await caseOf(person, id)
  const { items } = (await person.send<Inbox>('GET', '/api/inbox')).body
  return items.filter(({ lines }) => lines.some((line) => line.includes(caseNumber))).map(({ lines }) => lines[0])
}

async function granted(name: string) {
  const elder = await born(name)
  const id = await file(county, elder, 'LX-005')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'pickup' }],
  ])
  return { ...elder, id }
}
async function refused(name: string, wish: 'electronic' | 'pickup') {
  const elder = await born(name)
  const id = await file(county, elder, 'LX-005')
  expect((await choose(elder.person, id, { method: wish })).status).toBe(200)
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '户口在外县' }],
    ['window', 'conclude'],
  ])
  return { ...elder, id }
}

test('the account of who has died says nothing before a revocation, gives nothing up and rates nothing', async () => {
  const { person, id } = await granted('陶甲')
  expect((await caseOf(person, id)).mayRate).toBe(true)
  expect((await dying(id)).status).toBe(200)
  expect((await proposing(id)).status).toBe(200)
  await sendAll(county)
  const own = await caseOf(person, id)
  expect(own.revocation).toMatchObject({ maySpeak: false, maySayAll: false })
  expect(own.mayRate).toBe(false)
  expect((await after(person, id, { statement: '没有要说的', isAll: true }, 'statement')).status).toBe(409)
  expect((await after(person, id, { statement: '我没死' }, 'statement')).status).toBe(409)
  expect((await person.send('POST', `/api/cases/${id}/rating`, { body: { level: 1, reasons: [] } })).status).toBe(409)
  expect(await revoking(id)).toMatchObject({ status: 409, body: { code: 'case.hearing-unserved' } })
  // The family has it, and its days.
  expect((await toFamily(id, 'revocation-notice')).status).toBe(200)
  expect(await revoking(id)).toMatchObject({ status: 409, body: { code: 'case.hearing-open' } })
})
