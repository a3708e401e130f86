import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { bornBy, file, play } from '../e2e/scenes'
import { act, type County, caseOf, openCounty } from './county'
import { choose, deliver } from './deliver'
import { applicationOf } from './filing'

// A reason is the same however it is set; what ended for want of an answer says where one may object; a wish is whose it is.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
})
afterAll(() => county.close())

const born = (name: string) => bornBy(county)(name)
const today = async () => (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
async function after(staffId: string, id: string, body: object) {
  const staff = await county.as(staffId)
  const { version } = await caseOf(staff, id)
  return staff.send<{ code?: string }>('POST', `/api/cases/${id}/after-decision`, {
    body: { version, ...body },
  })
}
const OK = { status: 200 }

test('what fell is not refused again for the very reason, with a full stop or without', async () => {
  const owner = await born('陶句号')
  const id = await file(county, owner, 'LX-005')
  const reason = '年龄算错了，没到八十'
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason }],
    ['window', 'conclude'],
  ])
  const proposal = { action: 'propose-revocation', basis: 'other', reason: '出生日期看错了' }
  expect(await after('sun-zhiyuan', id, proposal)).toMatchObject(OK)
  expect(await after('wu-deming', id, { action: 'revoke-decision', reason: '核了，看错了' })).toMatchObject(
    OK,
  )
  const other = await county.as('li-kai')
  for (const same of [`${reason}。`, '年龄算错了 没到八十', '“年龄算错了”，没到八十！'])
    expect(await act(other, id, 'refuse', { reason: same })).toMatchObject({
      status: 422,
      body: { code: 'case.same-refusal' },
    })
  expect(await act(other, id, 'refuse', { reason: '户口不在本县' })).toMatchObject(OK)
})

test('who withdraws after a refusal fell is not told on the next form that it ended for that reason', async () => {
  const owner = await born('陶再来')
  const id = await file(county, owner, 'LX-005')
  const reason = '资料不全'
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason }],
    ['window', 'conclude'],
  ])
  const again = async () =>
    (await owner.person.send<{ reason: string | null }>('POST', `/api/cases/${id}/again`)).body.reason
  expect(await again()).toBe(reason)
  const proposal = { action: 'propose-revocation', basis: 'other', reason: '资料是全的' }
  expect(await after('sun-zhiyuan', id, proposal)).toMatchObject(OK)
  expect(await after('wu-deming', id, { action: 'revoke-decision', reason: '核了，是全的' })).toMatchObject(
    OK,
  )
  const { version } = await caseOf(owner.person, id)
  const withdrawn = await owner.person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })
  expect(withdrawn.status, JSON.stringify(withdrawn.body)).toBe(200)
  expect(await again()).toBeNull()
})

test('what was weighed when a decision was kept is nothing new, however it is set', async () => {
  const owner = await born('陶新事')
  const id = await file(county, owner, 'LX-005')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
  ])
  const proposal = { action: 'propose-revocation', basis: 'unqualified', reason: '户口在外县' }
  const keep = { action: 'keep-decision', reason: '核了，户口在本县' }
  expect(await after('sun-zhiyuan', id, proposal)).toMatchObject(OK)
  expect(await after('wu-deming', id, keep)).toMatchObject(OK)
  const again = (newFact: string) => after('sun-zhiyuan', id, { ...proposal, newFact })
  const known = { status: 422, body: { code: 'case.new-fact-missing' } }
  expect(await again('户口在外县。')).toMatchObject(known)
  expect(await again('派出所来函，2025年迁出了')).toMatchObject(OK)
  expect(await after('wu-deming', id, keep)).toMatchObject(OK)
  expect(await again('派出所来函 2025年迁出了！')).toMatchObject(known)
})

async function lapsed(name: string, agrees = false) {
  const owner = await born(name)
  const id = await file(county, owner, 'LX-005')
  if (agrees) expect((await choose(owner.person, id, { method: 'electronic' })).status).toBe(200)
  await play(county, id, [['village', 'verify']])
  const asked = await act(await county.as('zhao-min'), id, 'request-correction', {
    reason: '照片看不清',
    items: [{ kind: 'field', name: 'bankCard', reason: '卡号不对' }],
  })
  expect(asked.status, JSON.stringify(asked.body)).toBe(200)
  await county.door('POST', 'clock', { advanceWorkingDays: 18 })
  expect((await caseOf(owner.person, id)).status).toBe('terminated')
  return { owner, id }
}

test('what ended for want of an answer says on its page and in its message where one may object, and until when', async () => {
  const { owner, id } = await lapsed('陶没补')
  const view = await caseOf(owner.person, id)
  const paper = view.documents.find(({ title }) => title === '终止办理通知书')
  expect(view.outcome).toMatchObject({ key: 'lapsed', documentId: paper?.id })
  expect(view.against).toMatchObject({
    documentTitle: '终止办理通知书',
    organName: paper?.organName,
    remedy: expect.stringContaining('60 日内'),
    ways: { servedOn: null, reviewUntil: null },
  })
  const told = (await owner.person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ page }) =>
    page.includes(id),
  )
  expect(told[0]?.lines.join()).toContain('不服怎么办，点开就看到')
  const takenOn = await today()
  const handed = await deliver(await county.as('zhao-min'), id, 'hand-over', { of: 'termination', takenOn })
  expect(handed.status, JSON.stringify(handed.body)).toBe(200)
  expect((await caseOf(owner.person, id)).against?.ways).toMatchObject({
    servedOn: takenOn,
    reviewUntil: expect.any(String),
    suitUntil: expect.any(String),
  })
})

test('of who had agreed to be served on the phone the days run from the day on which it ended', async () => {
  const { owner, id } = await lapsed('陶手机', true)
  const { against } = await caseOf(owner.person, id)
  expect(against?.ways).toMatchObject({ servedOn: against?.on, reviewUntil: expect.any(String) })
})

test('how a stranger wanted the papers of somebody else is forgotten once that one stands at the counter', async () => {
  const [stranger, owner] = [await bornBy(county)('生人甲', 2), await born('陶本人')]
  const body = await applicationOf(county, stranger.person, 'LX-005', {
    name: '陶本人',
    idNumber: owner.idNumber,
  })
  const delivery = { method: 'post', address: '郎溪县十字镇 99 号' }
  const filed = await stranger.person.send<{ id: string }>('POST', '/api/cases', {
    body: { ...body, agent: true, delivery },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const { id } = filed.body
  const clerk = await county.as('zhao-min')
  expect((await caseOf(clerk, id)).delivery?.choice?.method).toBe('post')
  const { version } = await caseOf(clerk, id)
  const confirmed = await clerk.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version, reason: '本人带身份证来了' },
  })
  expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200)
  expect((await caseOf(clerk, id)).delivery?.choice ?? null).toBeNull()
})
