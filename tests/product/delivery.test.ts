import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { bornBy, DALIANG, file, play } from '../e2e/scenes'
import type { Person } from './client'
import { act, type County, caseOf, openCounty } from './county'
import { choose, deliver } from './deliver'

// What was decided comes to whom it is for: by hand, by post with its receipt, on the phone where they agreed to it.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
})
afterAll(() => county.close())

const WINDOW = 'zhao-min'
const born = (name: string) => bornBy(county)(name)
const window = () => county.as(WINDOW)
const today = async () => (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
const pass = (days: number) => county.door('POST', 'clock', { advanceWorkingDays: days })

const REFUSED = [
  ['village', 'verify'],
  ['window', 'accept'],
  ['reviewer', 'refuse', { reason: '年龄没到八十' }],
  ['window', 'conclude'],
] as const
const letterOn = (postedOn: string) =>
  ({ of: 'result', carrier: 'ems', trackingNumber: '1023 4567 89012', postedOn }) as const

async function refused(name: string) {
  const owner = await born(name)
  const id = await file(county, owner, 'LX-005')
  await play(county, id, REFUSED)
  return { owner, id }
}

const waysOf = async (person: Person, id: string) => (await caseOf(person, id)).against?.ways
const serviceOf = async (person: Person, id: string) => {
  const { documents } = await caseOf(person, id)
  const paper = documents.findLast(({ kind }) => kind === 'service')
  return (await person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${paper?.id}`)).body
}
const titlesOf = async (person: Person) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.map(({ title }) => title)

test('what is posted is served on the day of its receipt, and remedies run from that day', async () => {
  const { owner, id } = await refused('焦邮寄')
  const address = '郎溪县梅渚镇大梁村 12 号'
  expect((await choose(owner.person, id, { method: 'post', address })).status).toBe(200)
  const clerk = await window()
  expect((await caseOf(clerk, id)).delivery?.choice).toMatchObject({ method: 'post', address })
  const reviewer = await caseOf(await county.as('sun-zhiyuan'), id)
  expect(reviewer.delivery?.choice).toMatchObject({ method: 'post', address: null })
  expect(JSON.stringify(reviewer)).not.toContain(address)
  const postedOn = await today()
  expect((await deliver(clerk, id, 'post', letterOn(postedOn))).status).toBe(200)
  expect((await choose(owner.person, id, { method: 'pickup' })).status).toBe(409)
  const onTheWay = await caseOf(owner.person, id)
  expect(onTheWay.delivery?.papers).toMatchObject([
    { of: 'result', posted: { carrier: '中国邮政 EMS', trackingNumber: '1023456789012', on: postedOn } },
  ])
  expect(onTheWay.against?.ways).toMatchObject({ servedOn: null, reviewUntil: null })
  expect(await titlesOf(owner.person)).toContain('高龄津贴：结果寄出了')
  await pass(3)
  const receivedOn = await today()
  expect((await deliver(clerk, id, 'record-receipt', { of: 'result', receivedOn })).status).toBe(200)
  expect(await waysOf(owner.person, id)).toMatchObject({ servedOn: receivedOn, reviewUntil: '2026-05-06' })
  const paper = await serviceOf(owner.person, id)
  expect(paper.paragraphs).toEqual([
    expect.stringMatching(/^送达的文书：《不予决定书》/),
    '送达方式：寄到家',
    '邮寄：中国邮政 EMS，2026年3月2日寄出，单号 1023456789012',
    '送达日期：2026年3月5日',
  ])
  expect((await caseOf(owner.person, id)).status).toBe('delivered')
})

test('a number that is none, a day that cannot be, and a receipt of what was never sent are refused', async () => {
  const { id } = await refused('焦单号')
  const clerk = await window()
  const day = await today()
  expect(
    await deliver(clerk, id, 'post', { ...letterOn(day), trackingNumber: 'EE876543217CN' }),
  ).toMatchObject({ status: 400, body: { errors: [{ pointer: '/trackingNumber' }] } })
  expect(await deliver(clerk, id, 'post', letterOn('2027-01-01'))).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/postedOn' }] },
  })
  expect(await deliver(clerk, id, 'record-receipt', { of: 'result', receivedOn: day })).toMatchObject({
    status: 409,
    body: { code: 'case.not-posted' },
  })
  const { owner, id: other } = await refused('焦别人')
  expect((await deliver(owner.person, other, 'post', letterOn(day))).status).toBe(403)
  expect(
    (await deliver(await county.as('qian-xiaoli'), other, 'post', letterOn(day)).catch(() => null))?.status,
  ).not.toBe(200)
})

test('how the owner wants it is read by them and by staff, where it goes by who posts it, and none of it by who filed it for them', async () => {
  const [owner, filer] = [await born('焦本人'), await born('焦帮办')]
  const of = { name: owner.name, idNumber: owner.idNumber }
  const id = await file(county, { person: filer.person, ...of, agent: true }, 'LX-005')
  expect((await choose(filer.person, id, { method: 'pickup' })).status).toBe(200)
  expect((await caseOf(filer.person, id)).delivery?.choice).toMatchObject({ method: 'pickup' })
  const address = '郎溪县梅渚镇大梁村 12 号'
  expect((await choose(owner.person, id, { method: 'post', address })).status).toBe(200)
  expect((await caseOf(owner.person, id)).delivery?.choice).toMatchObject({ method: 'post', address })
  // Nothing is to be posted yet.
  const clerk = await window()
  expect((await caseOf(clerk, id)).delivery?.choice).toMatchObject({ method: 'post', address: null })
  const read = await caseOf(filer.person, id)
  expect(read.delivery?.choice).toBeNull()
  expect(JSON.stringify(read)).not.toContain('寄到家')
  expect(JSON.stringify(read)).not.toContain('大梁村 12 号')
})

test('what comes back serves nobody and is theirs to send again; who fetches it for somebody is named', async () => {
  const { owner, id } = await refused('焦退回')
  const clerk = await window()
  const day = await today()
  await deliver(clerk, id, 'post', letterOn(day))
  const back = { of: 'result', returnedOn: day, reason: '没有人在家' } as const
  expect((await deliver(clerk, id, 'record-return', back)).status).toBe(200)
  expect(await waysOf(owner.person, id)).toMatchObject({ servedOn: null })
  expect((await caseOf(owner.person, id)).delivery?.papers).toMatchObject([
    { posted: { returnedOn: day }, returnedBecause: '没有人在家', served: null },
  ])
  const neighbour = { name: '焦小弟', power: 'representative' } as const
  const refusedTo = await deliver(clerk, id, 'hand-over', { of: 'result', takenOn: day, taker: neighbour })
  expect(refusedTo).toMatchObject({ status: 422, body: { errors: [{ pointer: '/taker/power' }] } })
  const herself = { name: '赵敏', power: 'family' } as const
  expect(await deliver(clerk, id, 'hand-over', { of: 'result', takenOn: day, taker: herself })).toMatchObject(
    {
      status: 422,
      body: { errors: [{ pointer: '/taker/name' }] },
    },
  )
  const taker = { name: '焦小弟', power: 'agent' } as const
  const handed = await deliver(clerk, id, 'hand-over', { of: 'result', takenOn: day, taker })
  expect(handed.status).toBe(200)
  expect(await waysOf(owner.person, id)).toMatchObject({ servedOn: day })
  expect((await serviceOf(owner.person, id)).paragraphs).toContain(
    '代收人和代收的凭据：焦小弟，本人写了委托书的代收人',
  )
})

test('on the phone it is served only with their word for it', async () => {
  const { owner, id } = await refused('焦手机')
  const clerk = await window()
  expect((await caseOf(clerk, id)).staff?.deliveryMethods).toEqual(['pickup'])
  expect((await choose(owner.person, id, { method: 'electronic' })).status).toBe(200)
  expect((await caseOf(clerk, id)).staff?.deliveryMethods).toEqual(['electronic', 'pickup'])
  // It stands on their phone, and they have said so: nobody has to hand it over for that.
  expect(await waysOf(owner.person, id)).toMatchObject({ servedOn: await today() })
  expect((await caseOf(owner.person, id)).delivery?.choices).toEqual([])
  expect((await act(clerk, id, 'deliver', { method: 'pickup' })).status).toBe(422)
  await play(county, id, [['window', 'deliver', { method: 'electronic' }]])
  expect(await waysOf(owner.person, id)).toMatchObject({ servedOn: await today() })
})

test('a permit has ten working days to be served, told to both sides; late is the delivery, not the decision', async () => {
  const owner = await born('焦许可')
  const id = await file(county, owner, 'LX-031')
  const market = await county.as('qian-xiaoli')
  for (const action of ['accept', 'grant', 'conclude'] as const)
    expect((await act(market, id, action)).status).toBe(200)
  const view = await caseOf(market, id)
  const clock = view.staff?.clocks.find(({ kind }) => kind === 'delivery')
  expect(clock).toMatchObject({ label: '送达', explanation: { basis: '行政许可法 第四十四条', days: 10 } })
  expect((await caseOf(owner.person, id)).delivery?.dueOn).toBe(clock?.dueOn)
  await deliver(market, id, 'post', letterOn(await today()))
  await pass(11)
  const late = await caseOf(market, id)
  expect(late.staff?.clocks.find(({ kind }) => kind === 'delivery')?.light.kind).toBe('late')
  await deliver(market, id, 'record-receipt', { of: 'result', receivedOn: await today() })
  const done = await caseOf(market, id)
  expect(done.timeline.find(({ type }) => type === 'delivered')?.note).toContain('过了送达的期限')
  expect(done.light.kind).not.toBe('late')
})

/** Typed by staff for somebody without a phone. */
async function typed(name: string, itemId: string) {
  const { body } = await county.door<{ idNumber: string }>('POST', 'people', {
    name,
    birth: '1944-03-05',
    villageCode: DALIANG,
  })
  const clerk = await window()
  const id = await file(county, { person: clerk, name, idNumber: body.idNumber, channel: 'window' }, itemId)
  return { clerk, id }
}
const rowsOf = async (staff: Person, id: string) =>
  (await staff.send<Queue>('GET', '/api/work/cases?tab=to-do')).body.items.filter(
    ({ caseId }) => caseId === id,
  )

test('not accepted, of somebody without a phone: a row of the window until it is served', async () => {
  const { clerk, id } = await typed('焦无机', 'LX-036')
  await play(county, id, [['window', 'decline', { reason: '摊点在县城' }]])
  expect(await rowsOf(clerk, id)).toMatchObject([
    { firstAction: '送达不予受理决定书', note: '手机上不算送达，当面给或者寄，登记哪天收到' },
  ])
  const day = await today()
  expect((await deliver(clerk, id, 'hand-over', { of: 'decline', takenOn: day })).status).toBe(200)
  expect(await rowsOf(clerk, id)).toEqual([])
  expect((await serviceOf(clerk, id)).paragraphs).toEqual([
    expect.stringMatching(/^送达的文书：《不予受理决定书》/),
    '送达方式：窗口或村里拿',
    expect.stringMatching(/^送达日期：2026年/),
    '受送达人本人收到',
    expect.stringContaining('签名'),
  ])
})

async function after(staffId: string, id: string, body: object) {
  const person = await county.as(staffId)
  const { version } = await caseOf(person, id)
  return person.send<{ code?: string }>('POST', `/api/cases/${id}/after-decision`, {
    body: { version, ...body },
  })
}
const PROPOSAL = { action: 'propose-revocation', basis: 'unqualified', reason: '户口在外县' } as const
const REVOKE = { action: 'revoke-decision', reason: '没有新的材料，不采纳' } as const

test('the days to speak begin with the service of the notice, and the ways with that of the revocation', async () => {
  const { clerk, id } = await typed('焦没送', 'LX-005')
  await clerk.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version: (await caseOf(clerk, id)).version, reason: '看了身份证' },
  })
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'pickup' }],
  ])
  expect((await after('sun-zhiyuan', id, PROPOSAL)).status).toBe(200)
  expect(await rowsOf(clerk, id)).toMatchObject([{ firstAction: '送达拟撤销告知书' }])
  await pass(8)
  expect(await after('wu-deming', id, REVOKE)).toMatchObject({
    status: 409,
    body: { code: 'case.hearing-unserved' },
  })
  expect((await caseOf(clerk, id)).revocation).toMatchObject({ speakUntil: null })
  const servedOn = await today()
  await deliver(clerk, id, 'hand-over', { of: 'revocation-notice', takenOn: servedOn })
  const { revocation } = await caseOf(clerk, id)
  expect(revocation?.speakUntil && revocation.speakUntil > servedOn).toBe(true)
  expect(await after('wu-deming', id, REVOKE)).toMatchObject({ body: { code: 'case.hearing-open' } })
  await pass(6)
  expect((await after('wu-deming', id, REVOKE)).status).toBe(200)
  expect(await rowsOf(clerk, id)).toMatchObject([{ firstAction: '送达撤销决定书' }])
  const last = await today()
  expect((await deliver(clerk, id, 'hand-over', { of: 'revocation', takenOn: last })).status).toBe(200)
  expect(await rowsOf(clerk, id)).toEqual([])
  await expectReplayed()
})

test('who reads of a revocation on the phone still has it served, and counts from that day', async () => {
  const owner = await born('焦撤销')
  const id = await file(county, owner, 'LX-005')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'electronic' }],
  ])
  await after('sun-zhiyuan', id, PROPOSAL)
  await pass(6)
  expect((await after('wu-deming', id, REVOKE)).status).toBe(200)
  expect(await waysOf(owner.person, id)).toMatchObject({ servedOn: null, reviewUntil: null })
  const clerk = await window()
  const on = await today()
  expect((await deliver(clerk, id, 'hand-over', { of: 'revocation', takenOn: on })).status).toBe(200)
  expect(await waysOf(owner.person, id)).toMatchObject({
    servedOn: on,
    reviewUntil: expect.stringMatching(/^2026/),
  })
})

test('what was said of papers that are theirs is not told beside one that came later, of which they are asked anew', async () => {
  const owner = await born('焦先说')
  const id = await file(county, owner, 'LX-005')
  const wishes = async () => (await caseOf(owner.person, id)).delivery
  const choose = async () => {
    const { version } = await caseOf(owner.person, id)
    const body = { version, method: 'electronic' }
    return (await owner.person.send('POST', `/api/cases/${id}/delivery-choice`, { body })).status
  }
  expect(await choose()).toBe(200)
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'electronic' }],
  ])
  expect((await wishes())?.choice).toMatchObject({ method: 'electronic' })
  await after('sun-zhiyuan', id, PROPOSAL)
  await pass(6)
  expect((await after('wu-deming', id, REVOKE)).status).toBe(200)
  const asked = await wishes()
  expect(asked).toMatchObject({
    choice: null,
    papers: [{ of: 'result' }, { of: 'revocation', awaited: true }],
  })
  expect(asked?.choices.map(({ method }) => method)).toContain('electronic')
  expect((await caseOf(await window(), id)).delivery?.choice).toBeNull()
  expect(await choose()).toBe(200)
  expect(await wishes()).toMatchObject({
    choice: { method: 'electronic' },
    papers: [{ of: 'result' }, { of: 'revocation', awaited: false, served: { on: await today() } }],
  })
})

/** What stands in the row is what its events come to. */
async function expectReplayed() {
  const lines: string[] = []
  await rebuildCases({ services: county.services, words: [], print: (line) => lines.push(line) })
  expect(lines).toEqual([expect.stringMatching(/，0 件和记录对不上。$/)])
}

test('what was theirs on the phone is served once: a word after a letter came back serves, and a copy on paper moves no day', async () => {
  const { owner, id } = await refused('焦先手机')
  const clerk = await window()
  const day = await today()
  expect((await deliver(clerk, id, 'post', letterOn(day))).status).toBe(200)
  const back = { of: 'result', returnedOn: day, reason: '没有人在家' } as const
  expect((await deliver(clerk, id, 'record-return', back)).status).toBe(200)
  expect((await choose(owner.person, id, { method: 'electronic' })).status).toBe(200)
  expect(await waysOf(owner.person, id)).toMatchObject({ servedOn: day })
  const read = (await caseOf(clerk, id)).delivery
  expect(read).toMatchObject({
    dueOn: null,
    papers: [{ served: { on: day }, acts: ['hand-over'], asksWhy: ['hand-over'] }],
  })
  await pass(1)
  const takenOn = await today()
  expect((await deliver(clerk, id, 'post', letterOn(takenOn))).status).toBe(409)
  expect((await choose(owner.person, id, { method: 'pickup' })).status).toBe(409)
  expect(await deliver(clerk, id, 'hand-over', { of: 'result', takenOn })).toMatchObject({
    status: 422,
    body: { code: 'case.reason-missing', errors: [{ pointer: '/reason' }] },
  })
  const why = { reason: '来窗口要了纸质的' }
  expect((await deliver(clerk, id, 'hand-over', { of: 'result', takenOn, ...why })).status).toBe(200)
  expect(await waysOf(owner.person, id)).toMatchObject({ servedOn: day })
  const { timeline } = await caseOf(clerk, id)
  expect(timeline[0]?.note).toContain('没照申请人选的送：来窗口要了纸质的')
  expect((await serviceOf(owner.person, id)).paragraphs).toEqual([
    expect.stringMatching(/^送达的文书：《不予决定书》/),
    '送达方式：电子件到手机',
    expect.stringMatching(/^送达日期：/),
    '受送达人同意电子送达，文书在送达日期到达受送达人的手机',
    expect.stringMatching(/^另给纸质文书：/),
    expect.stringContaining('受送达人（代收人）签名或者盖章'),
  ])
})

test('a grant is served by whoever hands it over: neither side reads that it was, whatever they choose', async () => {
  const owner = await born('焦批了')
  const id = await file(county, owner, 'LX-005')
  const clerk = await window()
  expect((await choose(owner.person, id, { method: 'electronic' })).status).toBe(200)
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
  ])
  const read = async () =>
    (await Promise.all([caseOf(owner.person, id), caseOf(clerk, id)])).map(({ delivery }) => delivery?.papers)
  const [theirs, atDesk] = await read()
  expect(theirs).toMatchObject([{ of: 'result', served: null, acts: [], asksWhy: [] }])
  expect(atDesk?.[0]?.served).toBeNull()
  expect(atDesk?.[0]?.acts).toContain('hand-over')
  expect(atDesk?.[0]?.asksWhy?.toSorted()).toEqual(['hand-over', 'post'])
  await pass(1)
  expect((await choose(owner.person, id, { method: 'pickup' })).status).toBe(200)
  expect(await read()).toMatchObject([[{ served: null }], [{ served: null, asksWhy: ['post'] }]])
  const takenOn = await today()
  expect((await deliver(clerk, id, 'hand-over', { of: 'result', takenOn })).status).toBe(200)
  expect((await caseOf(owner.person, id)).delivery?.papers).toMatchObject([{ served: { on: takenOn } }])
  await expectReplayed()
})

test('a reason that nothing asks for is kept nowhere: what stands in a case, its events name', async () => {
  const { owner, id } = await refused('焦先随口')
  expect((await choose(owner.person, id, { method: 'pickup' })).status).toBe(200)
  const kept = () =>
    county.services.database.rows<{ digest: string }>(
      sql`select digest from case_texts where case_id = ${id}::uuid and kind in ('note', 'reason')`,
    )
  const before = await kept()
  const said = { of: 'result', takenOn: await today(), reason: '照他选的，来窗口拿了' } as const
  expect((await deliver(await window(), id, 'hand-over', said)).status).toBe(200)
  expect(await kept()).toEqual(before)
})

test('nor is it where the result is handed over at the step, and the audit names none', async () => {
  const { owner, id } = await refused('焦随口说')
  expect((await choose(owner.person, id, { method: 'pickup' })).status).toBe(200)
  const named = () =>
    county.services.database.rows<{ digest: string }>(
      sql`select digest from case_texts where case_id = ${id}::uuid and kind in ('note', 'reason') union all
        select reason_digest from audit_entries where subject = ${`case:${id}`} and reason_digest is not null`,
    )
  const before = await named()
  const said = { method: 'pickup', reason: '照他选的，来窗口拿了' } as const
  expect((await act(await window(), id, 'deliver', said)).status).toBe(200)
  expect(await named()).toEqual(before)
})

test('a letter in the place of what they chose says why, where none has come back', async () => {
  const { owner, id } = await refused('焦寄去')
  const clerk = await window()
  expect((await choose(owner.person, id, { method: 'pickup' })).status).toBe(200)
  const letter = letterOn(await today())
  expect(await deliver(clerk, id, 'post', letter)).toMatchObject({
    status: 422,
    body: { code: 'case.reason-missing', errors: [{ pointer: '/reason' }] },
  })
  expect((await caseOf(clerk, id)).delivery?.papers[0]?.asksWhy).toContain('post')
  expect((await deliver(clerk, id, 'post', { ...letter, reason: '打电话说来不了' })).status).toBe(200)
  expect((await caseOf(owner.person, id)).timeline[0]?.note).toContain('没照申请人选的送：打电话说来不了')
  const back = { of: 'result', returnedOn: await today(), reason: '没有人在家' } as const
  expect((await deliver(clerk, id, 'record-return', back)).status).toBe(200)
  expect((await caseOf(clerk, id)).delivery?.papers[0]?.asksWhy).not.toContain('post')
  expect((await deliver(clerk, id, 'post', letter)).status).toBe(200)
})
