import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DeliverPaper } from '#shared/contract/delivery'
import type { Inbox } from '#shared/contract/reminder'
import { bornBy, file, play } from '../e2e/scenes'
import { type County, caseOf, openCounty, type Person, sendAll } from './county'
import { deliver } from './deliver'

// What was begun for one of them serves not the other: days to speak, a notice that hangs, a letter on its way.
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
const window = () => county.as('zhao-min')
const after = async (person: Person, id: string, body: object, door: string) => {
  const { version } = await caseOf(person, id)
  const { status, body: answer } = await person.send<{ code?: string }>('POST', `/api/cases/${id}/${door}`, {
    body: { version, ...body },
  })
  return status === 200 ? 200 : answer.code
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
const delivering = async (id: string, action: string, body: object) => {
  const { status, body: answer } = await deliver(
    await window(),
    id,
    action as DeliverPaper['action'],
    body as never,
  )
  return status === 200 ? 200 : answer.code
}
const paperOf = async (id: string, of = 'result') =>
  (await caseOf(await window(), id)).delivery?.papers.find((each) => each.of === of)
const newestLine = async (person: Person, id: string) => {
  const { caseNumber } = await caseOf(person, id)
  const { items } = (await person.send<Inbox>('GET', '/api/inbox')).body
  return items.find(({ lines }) => lines.some((line) => line.includes(caseNumber)))?.lines[0]
}

async function granted(name: string) {
  const elder = await bornBy(county)(name, 3)
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
async function refused(name: string) {
  const elder = await bornBy(county)(name, 3)
  const id = await file(county, elder, 'LX-005')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '户口在外县' }],
    ['window', 'conclude'],
  ])
  return { ...elder, id }
}
const LETTER = { of: 'result', carrier: 'ems', trackingNumber: '1023456789012' }
const NOTICE = { of: 'result', place: '村口公告栏', reason: '找不到人' }
async function returned(id: string) {
  const day = await today()
  expect(await delivering(id, 'post', { ...LETTER, postedOn: day })).toBe(200)
  expect(await delivering(id, 'record-return', { of: 'result', returnedOn: day, reason: '没有人在' })).toBe(
    200,
  )
}

test('while days to speak run a record of a death ends them: nothing is revoked before somebody else had days of their own', async () => {
  await setClock('2026-11-24T10:00')
  const { person, id } = await granted('贺庚')
  const takenOn = await today()
  expect(await proposing(id)).toBe(200)
  expect(await delivering(id, 'hand-over', { of: 'revocation-notice', takenOn })).toBe(200)
  const first = (await caseOf(person, id)).revocation?.speakUntil
  await setClock('2026-11-25T10:00')
  expect(await dying(id)).toBe(200)
  await setClock('2026-12-03T10:00')
  expect(await revoking(id)).toBe('case.hearing-unserved')
  expect((await paperOf(id, 'revocation-notice'))?.acts).toContain('hand-over')
  // The family's own.
  const taker = { name: '贺庚儿', power: 'family' }
  expect(await delivering(id, 'hand-over', { of: 'revocation-notice', takenOn: await today(), taker })).toBe(
    200,
  )
  expect(await revoking(id)).toBe('case.hearing-open')
  // They live: theirs run anew from the day on which they hear of it.
  expect(await takingBack(id)).toBe(200)
  const { revocation } = await caseOf(person, id)
  expect(revocation).toMatchObject({ maySpeak: true, speakUntil: '2026-12-10' })
  expect(revocation?.speakUntil).not.toBe(first)
  expect(await revoking(id)).toBe('case.hearing-open')
  expect(await after(person, id, { statement: '材料是真的' }, 'statement')).toBe(200)
})

test('whose days to speak were over before they died had them', async () => {
  await setClock('2026-12-03T10:00')
  const { id } = await granted('贺辛')
  expect(await proposing(id)).toBe(200)
  expect(await delivering(id, 'hand-over', { of: 'revocation-notice', takenOn: await today() })).toBe(200)
  await setClock('2026-12-11T10:00')
  expect(await dying(id)).toBe(200)
  expect(await revoking(id)).toBe(200)
})

test('revoked on a notice that a family took, in error: who lives reads that it is being taken back, and whoever revoked that they were not heard', async () => {
  const { person, id } = await granted('贺壬')
  expect(await dying(id)).toBe(200)
  expect(await proposing(id)).toBe(200)
  const taker = { name: '贺壬儿', power: 'family' }
  const handed = { of: 'revocation-notice', takenOn: await today(), taker }
  expect(await delivering(id, 'hand-over', handed)).toBe(200)
  await setClock('2026-12-21T10:00')
  expect(await revoking(id)).toBe(200)
  expect(await takingBack(id)).toBe(200)
  expect(await newestLine(person, id)).toContain('正在收回撤销，收回了告诉你')
  await sendAll(county)
  expect(await newestLine(await county.as('wu-deming'), id)).toContain('撤销以前没有听到申请人的意见')
})

test('put up in the name of who died before its days were over it serves nobody, whichever is written down first', async () => {
  await setClock('2026-12-22T10:00')
  const [first, later, over] = [await refused('贺甲'), await refused('贺乙'), await refused('贺丙')]
  for (const { id } of [first, later, over]) {
    await returned(id)
    expect(await delivering(id, 'announce', NOTICE)).toBe(200)
  }
  await setClock('2026-12-28T10:00')
  expect(await dying(first.id, '2026-12-28')).toBe(200)
  expect(await paperOf(first.id)).toMatchObject({ forFamily: true, announced: null, served: null })
  await setClock('2027-01-25T10:00')
  expect(await delivering(first.id, 'record-announced', { of: 'result' })).toBe('case.action-not-allowed')
  expect(await delivering(later.id, 'record-announced', { of: 'result' })).toBe(200)
  expect(await dying(later.id, '2026-12-28')).toBe(200)
  for (const { id } of [first, later]) {
    const paper = await paperOf(id)
    expect(paper).toMatchObject({ forFamily: true, announced: null, served: null })
    expect(paper?.acts).toEqual(expect.arrayContaining(['post', 'hand-over']))
  }
  // Its days were over while they lived: it is theirs, though that is written down after.
  expect(await dying(over.id, '2027-01-24')).toBe(200)
  expect(await paperOf(over.id)).not.toHaveProperty('forFamily')
  expect(await delivering(over.id, 'record-announced', { of: 'result' })).toBe(200)
  expect((await caseOf(over.person, over.id)).against?.ways?.servedOn).toBe('2027-01-21')
  // Nobody has died: it hangs as it hung.
  expect(await takingBack(first.id)).toBe(200)
  expect(await delivering(first.id, 'record-announced', { of: 'result' })).toBe(200)
  expect((await caseOf(first.person, first.id)).against?.ways?.servedOn).toBe('2027-01-21')
})

test('what hangs for a family, or is on its way to them, serves nobody who lives', async () => {
  await setClock('2027-01-26T10:00')
  const [hung, posted, before] = [await refused('贺丁'), await refused('贺戊'), await refused('贺己')]
  expect(await delivering(before.id, 'post', { ...LETTER, postedOn: await today() })).toBe(200)
  for (const { id } of [hung, posted, before]) expect(await dying(id)).toBe(200)
  await returned(hung.id)
  expect(await delivering(hung.id, 'announce', { ...NOTICE, family: '贺丁儿' })).toBe(200)
  expect(await delivering(posted.id, 'post', { ...LETTER, postedOn: await today() })).toBe(200)
  await setClock('2027-01-28T10:00')
  for (const { id, person } of [hung, posted]) {
    expect(await takingBack(id)).toBe(200)
    expect(await newestLine(person, id)).toContain('有文书还没送到你，会交给你本人')
    expect(await paperOf(id)).toMatchObject({ announced: null, served: null })
  }
  await setClock('2027-03-03T10:00')
  expect(await delivering(hung.id, 'record-announced', { of: 'result' })).toBe('case.action-not-allowed')
  const receipt = { of: 'result', receivedOn: '2027-01-29' }
  expect(await delivering(posted.id, 'record-receipt', receipt)).toBe('case.not-posted')
  for (const { id, person } of [hung, posted]) {
    expect((await caseOf(person, id)).against?.ways?.servedOn).toBeNull()
    const handed = { of: 'result', takenOn: await today() }
    expect(await delivering(id, 'hand-over', handed)).toBe(200)
  }
  // What was on its way to them before is on its way to them yet.
  expect(await takingBack(before.id)).toBe(200)
  expect(await delivering(before.id, 'record-receipt', receipt)).toBe(200)
  expect((await caseOf(before.person, before.id)).against?.ways?.servedOn).toBe('2027-01-29')
})
