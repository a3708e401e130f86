import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { bornBy, file, play } from '../e2e/scenes'
import { certify, examine, fileForFirm } from './certifying'
import { type County, caseOf, openCounty, type Person } from './county'
import { choose, deliver } from './deliver'
import { disowning } from './disowning'

// Whom a decision was made for has died: the decision stands, its papers go to the family, and nothing reaches the phone of the dead.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
})
afterAll(() => county.close())

const { filedFor } = disowning(() => county)
const born = (name: string, level: 0 | 3 = 3) => bornBy(county)(name, level)
const today = async () => (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
const toldOf = async (person: Person, caseNumber: string) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ lines }) =>
    lines.some((line) => line.includes(caseNumber)),
  )
const PROOF = '家属拿来的死亡医学证明书，看过原件'
const dying = async (staff: Person, id: string, more: object = {}) => {
  const { version } = await caseOf(staff, id)
  return staff.send<{ code?: string; errors?: { pointer: string }[] }>('POST', `/api/cases/${id}/death`, {
    body: { version, action: 'record', diedOn: await today(), proof: PROOF, ...more },
  })
}
const takingBack = async (staff: Person, id: string, reason = '同名的另一个人') => {
  const { version } = await caseOf(staff, id)
  return staff.send<{ code?: string }>('POST', `/api/cases/${id}/death`, {
    body: { version, action: 'withdraw', reason },
  })
}
const window = () => county.as('zhao-min')
const SON = { name: '潘有才', power: 'family' } as const

async function granted(id: string) {
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
  ])
}
async function refused(name: string) {
  const elder = await born(name)
  const id = await file(county, elder, 'LX-005')
  expect((await choose(elder.person, id, { method: 'electronic' })).status).toBe(200)
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '户口在外县' }],
  ])
  return { ...elder, id }
}

test('a granted result goes into the hand of the family, who are named, and no phone of the dead hears of it', async () => {
  const elder = await born('潘过去')
  const id = await file(county, elder, 'LX-005')
  await granted(id)
  const clerk = await window()
  expect((await caseOf(clerk, id)).delivery?.deathActs).toEqual(['record'])
  const { caseNumber } = await caseOf(clerk, id)
  const titles = async () => (await toldOf(elder.person, caseNumber)).map(({ title }) => title)
  const before = await titles()
  const recorded = await dying(clerk, id)
  expect(recorded.status, JSON.stringify(recorded.body)).toBe(200)
  const view = await caseOf(clerk, id)
  expect(view.decision).toMatchObject({ kind: 'granted' })
  expect(view.timeline[0]).toMatchObject({ type: 'applicant-death-recorded' })
  expect(view.timeline[0]?.note).toContain(PROOF)
  expect(view.delivery).toMatchObject({ death: { on: await today() }, deathActs: ['withdraw'] })
  expect(view.delivery?.papers).toMatchObject([{ of: 'result', forFamily: true }])
  expect(view.staff?.allowed.map(({ action }) => action)).not.toContain('deliver')
  const queue = await clerk.send<Queue>('GET', '/api/work/cases?tab=to-do')
  expect(queue.body.items.find(({ caseId }) => caseId === id)).toMatchObject({
    firstAction: '送达决定',
    note: '要当面给家属或者寄，登记哪天收到',
  })
  // The phone is nobody's word any more, and the counter hands nothing to the dead.
  expect((await caseOf(elder.person, id)).delivery?.choices).toEqual([])
  expect((await choose(elder.person, id, { method: 'electronic' })).status).toBe(409)
  const takenOn = await today()
  expect(await deliver(clerk, id, 'hand-over', { of: 'result', takenOn })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/taker' }] },
  })
  const agent = { name: '潘有才', power: 'agent' } as const
  expect((await deliver(clerk, id, 'hand-over', { of: 'result', takenOn, taker: agent })).status).toBe(422)
  const handed = await deliver(clerk, id, 'hand-over', { of: 'result', takenOn, taker: SON })
  expect(handed.status, JSON.stringify(handed.body)).toBe(200)
  const after = await caseOf(clerk, id)
  expect(after.timeline[0]?.note).toContain('收的人：潘有才，家属')
  const proof = after.documents.findLast(({ kind }) => kind === 'service')
  const { paragraphs } = (await clerk.send<CaseDocument>('GET', `/api/cases/${id}/documents/${proof?.id}`))
    .body
  expect(paragraphs.join()).toContain('收到文书的家属：潘有才，家属')
  expect(paragraphs.join()).not.toContain('受送达人本人收到')
  expect(await titles()).toEqual(before)
  // What waited for its hour rings no more.
  await county.door('POST', 'clock', { advanceMinutes: 5 })
  const waiting = (await toldOf(elder.person, caseNumber)).map(({ channel }) => channel)
  expect(new Set(waiting)).toEqual(new Set(['inbox']))
})

test('whoever filed it for them is told what the family does, and of each paper from then on', async () => {
  const elder = await born('潘老人', 0)
  const son = await born('潘有福')
  const id = await filedFor(son.person, elder)
  await play(county, id, [['village', 'verify']])
  const clerk = await window()
  const { version } = await caseOf(clerk, id)
  await clerk.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version, reason: '看了身份证' },
  })
  await play(county, id, [
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
  ])
  expect((await dying(clerk, id)).status).toBe(200)
  const { caseNumber } = await caseOf(clerk, id)
  const [newest] = await toldOf(son.person, caseNumber)
  expect(newest?.lines[0]).toContain('决定不变，文书交给家里人')
  const takenOn = await today()
  const handed = await deliver(clerk, id, 'hand-over', { of: 'result', takenOn, taker: SON })
  expect(handed.status, JSON.stringify(handed.body)).toBe(200)
  expect((await toldOf(son.person, caseNumber))[0]?.lines[0]).toContain('交给家里人了')
})

test('where staff typed it, their window is told what the family does', async () => {
  const elder = await born('潘秀英', 0)
  const typist = await county.as('qian-li')
  const id = await file(
    county,
    { person: typist, name: elder.name, idNumber: elder.idNumber, channel: 'window' } as never,
    'LX-005',
  )
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '户口在外县' }],
  ])
  const clerk = await window()
  expect((await dying(clerk, id)).status).toBe(200)
  const { caseNumber } = await caseOf(clerk, id)
  expect(JSON.stringify(await toldOf(typist, caseNumber))).toContain('决定不变，文书交给家里人')
})

test('a refusal on the dead one’s phone since the day they died is owed to the family, and may be put up for them by name', async () => {
  const { person, id } = await refused('潘没看到')
  const clerk = await window()
  expect((await caseOf(person, id)).against?.ways?.servedOn).toBe(await today())
  await play(county, id, [['window', 'conclude']])
  expect((await dying(clerk, id)).status).toBe(200)
  const view = await caseOf(clerk, id)
  expect((await caseOf(person, id)).against?.ways?.servedOn).toBeNull()
  expect(view.delivery?.papers).toMatchObject([{ of: 'result', forFamily: true, served: null }])
  const day = await today()
  const letter = { of: 'result', carrier: 'ems', trackingNumber: '1023456789012', postedOn: day } as const
  expect((await deliver(clerk, id, 'post', letter)).status).toBe(200)
  const returned = { of: 'result', returnedOn: day, reason: '没有人在' } as const
  expect((await deliver(clerk, id, 'record-return', returned)).status).toBe(200)
  const left = { of: 'result', witnesses: ['大梁村 王芳', '大梁村 李强'], refusal: '家属拒收' }
  expect((await deliver(clerk, id, 'leave', left as never)).status).toBe(409)
  const notice = { of: 'result', place: '村口公告栏', reason: '找不到家属' } as const
  const put = await deliver(clerk, id, 'announce', { ...notice, family: '潘有才、潘有福' })
  expect(put.status, JSON.stringify(put.body)).toBe(200)
  expect((await caseOf(clerk, id)).timeline[0]?.note).toContain('写给家属：潘有才、潘有福')
  await county.services.database.rows(sql`update sessions set expires_at = '2099-01-01'`)
  await county.door('POST', 'clock', { advanceWorkingDays: 25 })
  expect((await deliver(clerk, id, 'record-announced', { of: 'result' })).status).toBe(200)
  const proof = (await caseOf(clerk, id)).documents.findLast(({ kind }) => kind === 'service')
  const { paragraphs } = (await clerk.send<CaseDocument>('GET', `/api/cases/${id}/documents/${proof?.id}`))
    .body
  expect(paragraphs.join()).toContain('公告写给的家属：潘有才、潘有福')
})

test('what they had on their phone while they lived stays theirs, and stays as it was told', async () => {
  const { person, id } = await refused('潘看到了')
  const had = (await caseOf(person, id)).against?.ways?.servedOn
  await county.door('POST', 'clock', { advanceWorkingDays: 2 })
  const clerk = await window()
  expect((await dying(clerk, id)).status).toBe(200)
  const view = await caseOf(clerk, id)
  expect((await caseOf(person, id)).against?.ways?.servedOn).toBe(had)
  expect(view.delivery?.papers[0]).not.toHaveProperty('forFamily')
})

test('the paper of what ended for a death before the decision may be put up for the family, too', async () => {
  const elder = await born('潘公告')
  const id = await file(county, elder, 'LX-005')
  await play(county, id, [['window', 'terminate', { reason: 'deceased' }]])
  const clerk = await window()
  const day = await today()
  const of = 'termination' as const
  await deliver(clerk, id, 'post', { of, carrier: 'ems', trackingNumber: '1023456789012', postedOn: day })
  await deliver(clerk, id, 'record-return', { of, returnedOn: day, reason: '没有人在' })
  const notice = { of, place: '村口公告栏', reason: '找不到家属', family: '潘公告的近亲属' } as const
  expect((await deliver(clerk, id, 'announce', notice)).status).toBe(200)
})

test('the account of the dead is not asked to apply once more in their name, and is again where it was an error', async () => {
  const { person, id } = await refused('潘再申')
  const again = () => person.send('POST', `/api/cases/${id}/again`)
  expect((await caseOf(person, id)).applyAgain).toBe(true)
  const clerk = await window()
  expect((await dying(clerk, id)).status).toBe(200)
  expect((await caseOf(person, id)).applyAgain).toBe(false)
  expect((await again()).status).toBe(409)
  expect((await takingBack(clerk, id)).status).toBe(200)
  expect((await caseOf(person, id)).applyAgain).toBe(true)
})

test('recorded in error it is taken back with a reason, and all goes to them again', async () => {
  const elder = await born('潘没死')
  const id = await file(county, elder, 'LX-005')
  expect((await choose(elder.person, id, { method: 'pickup' })).status).toBe(200)
  await granted(id)
  const clerk = await window()
  expect((await takingBack(clerk, id)).status).toBe(409)
  expect((await dying(clerk, id)).status).toBe(200)
  expect((await dying(clerk, id)).status).toBe(409)
  expect((await takingBack(clerk, id)).status).toBe(200)
  const view = await caseOf(clerk, id)
  expect(view.timeline[0]).toMatchObject({ type: 'death-record-withdrawn' })
  expect(view.timeline[0]?.note).toContain('同名的另一个人')
  expect(view.delivery?.papers[0]).not.toHaveProperty('forFamily')
  const own = await caseOf(elder.person, id)
  expect(own.delivery?.choice?.method).toBe('pickup')
  expect((await toldOf(elder.person, view.caseNumber))[0]?.lines[0]).toContain('记错了')
  const takenOn = await today()
  expect((await deliver(clerk, id, 'hand-over', { of: 'result', takenOn })).status).toBe(200)
})

test('only of a person, after the decision, by who hands its papers over, and of no day to come', async () => {
  const elder = await born('潘早了')
  const id = await file(county, elder, 'LX-005')
  await play(county, id, [['village', 'verify']])
  const clerk = await window()
  expect((await dying(clerk, id)).status).toBe(409)
  await play(county, id, [
    ['window', 'accept'],
    ['reviewer', 'grant'],
  ])
  expect((await dying(elder.person, id)).status).toBe(403)
  expect((await dying(await county.as('wang-lixin'), id)).status).toBe(403)
  expect(await dying(clerk, id, { diedOn: '2027-01-01' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/diedOn' }] },
  })
  const stranger = await born('潘外人')
  const body = { version: 1, action: 'record', diedOn: await today(), proof: PROOF }
  expect((await stranger.person.send('POST', `/api/cases/${id}/death`, { body })).status).toBe(404)
  // A firm does not die.
  const firm = await fileForFirm(county)
  await examine(county, firm.id)
  await certify(county, firm.id)
  expect((await dying(await county.as('window-health'), firm.id)).status).toBe(409)
})
