import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { bornBy, file, play } from '../e2e/scenes'
import { type County, caseOf, openCounty, type Person, sendAll } from './county'
import { death } from './death'
import { deliver } from './deliver'

// Revoked while a record of a death stood that was wrong: who lives was not heard, and whoever revoked takes it back. 行政许可法 第7条
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
const after = async (who: string, id: string, body: object) => {
  const person = await county.as(who)
  const { version } = await caseOf(person, id)
  const { status, body: answer } = await person.send<{ code?: string }>(
    'POST',
    `/api/cases/${id}/after-decision`,
    { body: { version, ...body } },
  )
  return status === 200 ? 200 : answer.code
}
const proposing = (id: string) =>
  after('sun-zhiyuan', id, { action: 'propose-revocation', basis: 'unqualified', reason: '户口本是假的' })
const revoking = (id: string) =>
  after('wu-deming', id, { action: 'revoke-decision', reason: '查实了，材料是假的' })
const takingBack = (id: string, who = 'wu-deming') =>
  after(who, id, { action: 'keep-decision', reason: '撤销以前没有听到申请人的意见' })
const newestLine = async (person: Person, id: string) => {
  const { caseNumber } = await caseOf(person, id)
  const { items } = (await person.send<Inbox>('GET', '/api/inbox')).body
  return items.find(({ lines }) => lines.some((line) => line.includes(caseNumber)))?.lines[0]
}
const rowOf = async (who: string, id: string) => {
  const { caseNumber } = await caseOf(await county.as(who), id)
  const { items } = (await (await county.as(who)).send<Queue>('GET', '/api/work/cases')).body
  return items.find((row) => row.caseNumber === caseNumber)
}

const FIRST = [
  ['village', 'verify'],
  ['window', 'accept'],
  ['reviewer', 'grant'],
] as const
const ALL = [...FIRST, ['window', 'conclude'], ['window', 'deliver', { method: 'pickup' }]] as const
async function granted(name: string, steps: Parameters<typeof play>[2]) {
  const elder = await bornBy(county)(name, 3)
  const id = await file(county, elder, 'LX-005')
  await play(county, id, steps)
  return { ...elder, id }
}
/** Recorded in error, revoked on a notice that a family took, and taken back. */
async function revokedUnheard(id: string, days: readonly [string, string]) {
  await setClock(days[0])
  await death(county, id, 'record')
  expect(await proposing(id)).toBe(200)
  const taker = { name: '贺家儿', power: 'family' as const }
  const handed = { of: 'revocation-notice' as const, takenOn: (await today()) as never, taker }
  expect((await deliver(await county.as('zhao-min'), id, 'hand-over', handed)).status).toBe(200)
  await setClock(days[1])
  expect(await revoking(id)).toBe(200)
  expect(await takingBack(id)).toBe('case.undecided')
  await death(county, id, 'withdraw')
}

test('who revoked takes it back: the grant stands again, and falls only once its holder was heard', async () => {
  await setClock('2026-11-24T10:00')
  const { person, id } = await granted('贺壬', ALL)
  const before = await caseOf(person, id)
  await revokedUnheard(id, ['2026-11-25T10:00', '2026-12-09T10:00'])
  expect((await caseOf(person, id)).status).toBe('revoked')

  expect(await rowOf('wu-deming', id)).toMatchObject({
    stepName: '没听申请人说就撤销了',
    firstAction: '收回撤销',
    dueOn: '2026-12-23',
  })
  const view = await caseOf(await county.as('wu-deming'), id)
  expect(view.staff?.afterDecision).toMatchObject({
    allowed: ['keep-decision'],
    unheard: true,
    settleBy: '2026-12-23',
  })
  // Nobody else takes back what that organ has revoked.
  expect(await takingBack(id, 'zhao-min')).toBe('case.revoked-unheard')
  expect(await takingBack(id)).toBe(200)
  expect(await takingBack(id)).not.toBe(200)

  const now = await caseOf(person, id)
  expect(now).toMatchObject({ status: 'delivered', outcome: { key: before.outcome.key } })
  expect(await rowOf('wu-deming', id)).toBeUndefined()
  expect(await newestLine(person, id)).toBe(
    '前面的撤销没有先听你说，收回了，原来的决定照样算数，先停下的钱接着发，停下时该发的补发',
  )
  const mark = (kind: string) => now.documents.find((each) => each.kind === kind)?.mark
  const [grant] = before.documents.filter(({ kind }) => kind === 'confirm')
  expect(grant).toBeDefined()
  expect(mark('confirm')).toBeNull()
  expect(mark('revocation')).toMatchObject({ kind: 'revoked' })
  const paper = now.documents.findLast(({ kind }) => kind === 'revocation-withdrawn')
  const { body } = await person.send<{ paragraphs: readonly string[] }>(
    'GET',
    `/api/cases/${id}/documents/${paper?.id}`,
  )
  const words = JSON.stringify(body)
  expect(words).toContain('登记错了')
  expect(words).toContain('本机关收回撤销决定')
  expect(words).not.toContain('没有收到你的陈述、申辩')
  // Nothing of it is to be served any more.
  expect(now.delivery?.papers.filter(({ of }) => of === 'revocation') ?? []).toEqual([])

  // It begins anew, and nothing has to have been found since.
  expect(await proposing(id)).toBe(200)
  expect((await caseOf(person, id)).revocation).toMatchObject({ maySpeak: true })
  expect(await revoking(id)).not.toBe(200)
})

test('who had their days before the record was heard: what was revoked stays so', async () => {
  await setClock('2026-12-10T10:00')
  const { person, id } = await granted('贺甲', ALL)
  expect(await proposing(id)).toBe(200)
  const takenOn = (await today()) as never
  expect(
    (await deliver(await county.as('zhao-min'), id, 'hand-over', { of: 'revocation-notice', takenOn }))
      .status,
  ).toBe(200)
  await setClock('2026-12-21T10:00')
  await death(county, id, 'record')
  expect(await revoking(id)).toBe(200)
  await death(county, id, 'withdraw')
  await sendAll(county)
  expect((await caseOf(person, id)).status).toBe('revoked')
  expect(await takingBack(id)).not.toBe(200)
  expect(await rowOf('wu-deming', id)).toBeUndefined()
})

test('of what was still under way its work goes on where it was', async () => {
  await setClock('2026-12-22T10:00')
  const { person, id } = await granted('贺癸', FIRST)
  const open = (await caseOf(person, id)).status
  const before = await rowOf('zhao-min', id)
  expect(before).toBeDefined()
  await revokedUnheard(id, ['2026-12-23T10:00', '2027-01-06T10:00'])
  expect(await takingBack(id)).toBe(200)
  expect((await caseOf(person, id)).status).toBe(open)
  expect(await rowOf('zhao-min', id)).toMatchObject({ stepName: before?.stepName })
  await play(county, id, [
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'pickup' }],
  ])
  expect((await caseOf(person, id)).status).toBe('delivered')
})
