import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { Queue } from '#shared/contract/work'
import { bornBy, DALIANG, file, play } from '../e2e/scenes'
import type { Person } from './client'
import { type County, caseOf, openCounty } from './county'
import { choose, deliver } from './deliver'
import { applicationOf } from './filing'

// What is against somebody is served on themselves: by hand or post, on the phone with their own word, whoever holds a phone.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
})
afterAll(() => county.close())

const born = (name: string) => bornBy(county)(name)
const window = () => county.as('zhao-min')
const today = async () => (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
const rowsOf = async (staff: Person, id: string) =>
  (await staff.send<Queue>('GET', '/api/work/cases?tab=to-do')).body.items.filter(
    ({ caseId }) => caseId === id,
  )
const waysOf = async (person: Person, id: string) => (await caseOf(person, id)).against?.ways

async function declined(name: string, agrees = false) {
  const owner = await born(name)
  const id = await file(county, owner, 'LX-036')
  if (agrees) expect((await choose(owner.person, id, { method: 'electronic' })).status).toBe(200)
  await play(county, id, [['window', 'decline', { reason: '摊点在县城' }]])
  return { owner, id, clerk: await window() }
}

test('not accepted, of somebody with a phone who has agreed to nothing: the window serves it, and the ways run from then', async () => {
  const { owner, id, clerk } = await declined('路没说')
  expect(await waysOf(owner.person, id)).toMatchObject({ servedOn: null, reviewUntil: null })
  const [row] = await rowsOf(clerk, id)
  expect(row).toMatchObject({ firstAction: '送达不予受理决定书', dueOn: '2026-03-16' })
  const takenOn = await today()
  expect((await deliver(clerk, id, 'hand-over', { of: 'decline', takenOn })).status).toBe(200)
  expect(await waysOf(owner.person, id)).toMatchObject({ servedOn: takenOn, reviewUntil: '2026-05-06' })
  expect(await rowsOf(clerk, id)).toEqual([])
})

test('of who had agreed it is served as it is signed, and nobody has to', async () => {
  const { owner, id, clerk } = await declined('路同意', true)
  expect(await waysOf(owner.person, id)).toMatchObject({ servedOn: await today() })
  expect(await rowsOf(clerk, id)).toEqual([])
})

test('who agrees when it has come is served on that day, and the proof says by which word', async () => {
  const { owner, id, clerk } = await declined('路后说')
  await county.door('POST', 'clock', { advanceWorkingDays: 2 })
  const offered = (await caseOf(owner.person, id)).delivery?.choices
  expect(offered?.find(({ method }) => method === 'electronic')?.label).toContain('今天就算送到')
  expect((await choose(owner.person, id, { method: 'electronic' })).status).toBe(200)
  expect(await waysOf(owner.person, id)).toMatchObject({ servedOn: await today() })
  expect(await rowsOf(clerk, id)).toEqual([])
  const view = await caseOf(owner.person, id)
  expect(view.delivery).toMatchObject({ choices: [], papers: [{ of: 'decline', awaited: false }] })
  const proof = view.documents.find(({ kind }) => kind === 'service')
  const { paragraphs } = (
    await owner.person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${proof?.id}`)
  ).body
  expect(paragraphs).toContain('受送达人同意电子送达，文书在送达日期到达受送达人的手机')
})

test('of who has no phone the notice before a revocation goes by hand, whoever filed it on theirs', async () => {
  const helper = await born('路帮忙')
  const { body } = await county.door<{ idNumber: string }>('POST', 'people', {
    name: '路没手机',
    birth: '1944-03-05',
    villageCode: DALIANG,
  })
  const input = await applicationOf(county, helper.person, 'LX-005', { name: '路没手机', ...body })
  const filed = await helper.person.send<{ id: string }>('POST', '/api/cases', {
    body: { ...input, agent: true },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const { id } = filed.body
  const clerk = await window()
  const version = async () => (await caseOf(clerk, id)).version
  await play(county, id, [['village', 'verify']])
  await clerk.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version: await version(), reason: '看了身份证' },
  })
  await play(county, id, [
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'pickup' }],
  ])
  const reviewer = await county.as('sun-zhiyuan')
  const proposal = { action: 'propose-revocation', basis: 'unqualified', reason: '户口在外县' }
  const proposed = await reviewer.send('POST', `/api/cases/${id}/after-decision`, {
    body: { version: (await caseOf(reviewer, id)).version, ...proposal },
  })
  expect(proposed.status, JSON.stringify(proposed.body)).toBe(200)
  expect(await rowsOf(clerk, id)).toMatchObject([{ firstAction: '送达拟撤销告知书' }])
  expect((await caseOf(helper.person, id)).revocation).toMatchObject({ speakUntil: null, maySayAll: false })
  const say = async (more: object) =>
    helper.person.send('POST', `/api/cases/${id}/statement`, {
      body: { version: (await caseOf(helper.person, id)).version, statement: '她没有意见', ...more },
    })
  expect((await say({ isAll: true })).status).toBe(409)
  expect((await say({})).status).toBe(200)
  const decider = await county.as('wu-deming')
  const revoke = { action: 'revoke-decision', reason: '户口在外县' }
  const revoked = await decider.send('POST', `/api/cases/${id}/after-decision`, {
    body: { version: (await caseOf(decider, id)).version, ...revoke },
  })
  expect(revoked).toMatchObject({ status: 409, body: { code: 'case.hearing-unserved' } })
})

/** Filed by a son, whose mother agrees to the phone and closes her account before anything is decided. */
async function goneAfterAgreeing(name: string) {
  const [owner, son] = [await born(name), await born('路儿子')]
  const of = { name, idNumber: owner.idNumber }
  const id = await file(county, { person: son.person, ...of, agent: true }, 'LX-005')
  expect((await choose(owner.person, id, { method: 'electronic' })).status).toBe(200)
  expect((await owner.person.send('POST', '/api/account/closing', { body: {} })).status).toBe(200)
  await play(county, id, [['village', 'verify']])
  return { id, son, clerk: await window() }
}

test('who agreed to the phone and has closed the account is refused by hand or by post, and no day runs before', async () => {
  const { id, son, clerk } = await goneAfterAgreeing('路注销')
  await play(county, id, [
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '年龄没到八十' }],
    ['window', 'conclude'],
  ])
  const { papers = [] } = (await caseOf(clerk, id)).delivery ?? {}
  expect(papers).toMatchObject([{ of: 'result', served: null, acts: expect.arrayContaining(['post']) }])
  expect(await waysOf(son.person, id)).toMatchObject({ servedOn: null, reviewUntil: null })
})

test('nor is a case that ends for their silence served on a phone that is theirs no more', async () => {
  const { id } = await goneAfterAgreeing('路没回音')
  await play(county, id, [
    [
      'window',
      'request-correction',
      { reason: '看不清', items: [{ kind: 'material', name: '居民户口簿', reason: '看不清' }] },
    ],
  ])
  for (const days of [10, 6]) {
    await county.door('POST', 'clock', { advanceWorkingDays: days })
    await county.app.jobs['remind-of-deadlines']()
  }
  // Its session has run out with the days.
  const { status, delivery } = await caseOf(await window(), id)
  expect(status).toBe('terminated')
  expect(delivery?.papers).toMatchObject([{ of: 'termination', served: null, awaited: true }])
})
