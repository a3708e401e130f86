import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// 当场办结: what whoever accepts a 即办件 could do one after the other, at once and by one signature.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const born = async (name: string, level: 2 | 3 = 3) => ({
  name,
  ...(await newcomer(county, { name, birth: '1963-05-20', villageCode: DALIANG, level })),
})
const offered = async (staff: Person, id: string) =>
  (await caseOf(staff, id)).staff?.allowed.map(({ action }) => action) ?? []
const settle = async (staff: Person, id: string, more: object = {}) => {
  const { version } = await caseOf(staff, id)
  return staff.send<{ code?: string; version?: number; status?: string }>(
    'POST',
    `/api/cases/${id}/actions`,
    {
      body: { action: 'settle', stepKey: 'accept', unitId: '341821105', version, ...more },
    },
  )
}
/** All but ids, numbers and the moment. */
const told = ({ timeline, documents, decision, outcome, staff, status }: CaseView) => ({
  timeline: timeline.map(({ type, title, who, note }) => ({ type, title, who, note })),
  documents: documents.map(({ kind, title, organName }) => ({ kind, title, organName })),
  decision: decision && { ...decision, documentNumber: null, recipient: null },
  outcome: { ...outcome, documentId: null },
  status,
  steps: staff?.steps,
  allowed: staff?.allowed,
})

test('one act leaves a case as the four of it would, with a document for each and one message', async () => {
  const window = await county.as('zhao-min')
  const [at, after] = [await born('石当场'), await born('石四步')]
  const [once, four] = [await file(county, at, 'LX-036'), await file(county, after, 'LX-036')]
  expect(await offered(window, once)).toContain('settle')
  const draft = (await caseOf(window, once)).staff?.decisionDrafts.find(({ action }) => action === 'settle')
  expect((await settle(window, once)).body).toMatchObject({ status: 'delivered' })
  for (const [action, more] of [
    ['accept'],
    ['grant'],
    ['conclude'],
    ['deliver', { method: 'electronic' }],
  ] as const)
    expect((await act(window, four, action, more)).status).toBe(200)
  const [seen, same] = [await caseOf(window, once), await caseOf(window, four)]
  expect(told(seen)).toEqual(told(same))
  expect(seen.timeline.map(({ type }) => type).slice(0, 4)).toEqual([
    'delivered',
    'concluded',
    'granted',
    'accepted',
  ])
  expect(seen.decision?.documentTitle).toBe(draft?.title)
  expect(seen.documents.map(({ kind }) => kind).sort()).toEqual(['acceptance', 'confirm', 'service'])
  const { body } = await county.door<{ messages: { title: string; caseIds: string[] }[] }>(
    'GET',
    `messages?person=${at.personId}`,
  )
  const about = body.messages.filter(({ caseIds }) => caseIds.includes(once)).map(({ title }) => title)
  expect(about).toEqual(['小吃摊备案办好了', '小吃摊备案收到了'])
})

test('sent twice under one key it is done once; whoever comes second is told', async () => {
  const [window, colleague] = [await county.as('zhao-min'), await county.as('qian-li')]
  const id = await file(county, await born('石两次'), 'LX-036')
  const { version } = await caseOf(window, id)
  const body = { action: 'settle', stepKey: 'accept', unitId: '341821105', version }
  const path = `/api/cases/${id}/actions`
  const first = await window.send('POST', path, { body, key: 'settle-once' })
  const again = await window.send('POST', path, { body, key: 'settle-once' })
  expect([first.status, again]).toMatchObject([200, { status: 200, body: first.body }])
  const late = await colleague.send('POST', path, { body })
  expect(late).toMatchObject({ status: 409, body: { code: 'case.state-changed' } })
  expect((await caseOf(window, id)).documents).toHaveLength(3)
})

test('what any of the four refuses is refused, and not offered', async () => {
  const window = await county.as('zhao-min')
  const unconfirmed = await file(county, await born('石未核', 2), 'LX-036')
  const applicant = await born('石村里')
  const toOthers = await file(county, applicant, 'LX-009')
  const accepted = await file(county, await born('石受理'), 'LX-036')
  await act(window, accepted, 'accept')
  const asked = await file(county, await born('石补正'), 'LX-036')
  await act(window, asked, 'request-correction', {
    reason: '号码打不通',
    items: [{ kind: 'field', name: 'mobile', reason: '手机号打不通' }],
  })
  const refusals = []
  for (const id of [unconfirmed, toOthers, accepted, asked]) {
    expect(await offered(window, id)).not.toContain('settle')
    const { status, body } = await settle(window, id)
    refusals.push([status, body.code])
  }
  expect(refusals).toEqual([
    [409, 'case.identity-unconfirmed'],
    [409, 'case.action-not-allowed'],
    [403, 'case.not-your-task'],
    [409, 'case.action-not-allowed'],
  ])
  // Who holds no step of it does not know it.
  const { version } = await caseOf(window, unconfirmed)
  const stranger = await (await county.as('sun-zhiyuan')).send('POST', `/api/cases/${unconfirmed}/actions`, {
    body: { action: 'settle', stepKey: 'accept', unitId: '341821105', version },
  })
  expect(stranger.status).toBe(404)
  expect((await caseOf(window, unconfirmed)).status).toBe('submitted')
})

test('a village settles at its door what it accepts and closes, and hands it over as it says', async () => {
  const agent = await county.as('wang-lixin')
  const id = await file(county, await born('石优待'), 'LX-006')
  const { version } = await caseOf(agent, id)
  const { status } = await agent.send('POST', `/api/cases/${id}/actions`, {
    body: { action: 'settle', stepKey: 'accept', unitId: DALIANG, version, method: 'pickup' },
  })
  expect(status).toBe(200)
  expect((await caseOf(agent, id)).timeline[0]?.title).toBe('结果送到了：窗口或村里拿')
})
