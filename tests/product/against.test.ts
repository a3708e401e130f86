import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AboutCounty } from '#shared/contract/account'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import type { CaseView } from '#shared/contract/case'
import type { Home, ServiceGuide } from '#shared/contract/service-item'
import { DALIANG, file, play } from '../e2e/scenes'
import { allowanceOf } from './allowance'
import type { Person } from './client'
import { type County, caseOf, newcomer, openCounty } from './county'
import { choose } from './deliver'

// What was decided against somebody says what they may do now and until when; who is asked is asked when somebody is there.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const born = async (name: string, birth = '1944-03-05') => ({
  name,
  ...(await newcomer(county, { name, birth, villageCode: DALIANG, level: 3 })),
})
const today = async () => (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
const REFUSE = [
  ['village', 'verify'],
  ['window', 'accept'],
  ['reviewer', 'refuse', { reason: '已经过了法定退休年龄' }],
] as const

test('not accepted: by whom, why, whom to ask, and both remedies without a day nobody knows', async () => {
  const owner = await born('焦再争')
  const id = await file(county, owner, 'LX-036')
  expect((await caseOf(owner.person, id)).against).toBeNull()
  await play(county, id, [['window', 'decline', { reason: '摊点在县城，归县市场监管局备案' }]])
  const { against, ask, outcome, decision } = await caseOf(owner.person, id)
  expect(decision).toBeNull()
  expect(outcome.documentId).not.toBeNull()
  expect(against).toMatchObject({
    on: await today(),
    organName: '郎溪县梅渚镇人民政府',
    documentTitle: '不予受理决定书',
    reason: '摊点在县城，归县市场监管局备案',
    deleted: false,
    ways: { reviewAuthority: '郎溪县人民政府', court: '郎溪县人民法院', servedOn: null, reviewUntil: null },
  } satisfies Record<string, unknown>)
  expect(ask).toMatchObject({
    shortName: '梅渚镇',
    phone: expect.stringMatching(/^0563-/),
    answered: { open: true },
  })
  expect(against?.remedy).toContain('收到后 60 日内')
})

/** Refused on one day, handed over on the next working day; what stands there then. */
async function servedNextDay(at: County, name: string) {
  const owner = {
    name,
    ...(await newcomer(at, { name, birth: '1944-03-05', villageCode: DALIANG, level: 3 })),
  }
  const id = await file(at, owner, 'LX-018')
  await play(at, id, REFUSE)
  expect((await caseOf(owner.person, id)).against?.ways).toMatchObject({ servedOn: null, reviewUntil: null })
  await play(at, id, [['window', 'conclude']])
  await at.door('POST', 'clock', { advanceWorkingDays: 1 })
  await choose(owner.person, id, { method: 'electronic' })
  await play(at, id, [['window', 'deliver', { method: 'electronic' }]])
  return (await caseOf(owner.person, id)).against
}

test('refused and served: the day of each, and the last days from the second', async () => {
  const spring = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
  const ways = { servedOn: '2026-03-03', reviewUntil: '2026-05-06', suitUntil: '2026-09-03' }
  const told = await servedNextDay(spring, '焦送达').finally(() => spring.close())
  expect(told).toMatchObject({ on: '2026-03-02', ways })
})

test('served: no last day in a year without a calendar', async () => {
  const refusedOn = await today()
  const told = await servedNextDay(county, '焦明年')
  expect(told).toMatchObject({
    on: refusedOn,
    ways: { servedOn: await today(), reviewUntil: null, suitUntil: null },
  })
})

test('who helped is named by what they said they are, as a word of its own, and to the applicant’s side alone', async () => {
  const mother = await born('焦有助')
  const son = await born('焦帮手', '1975-03-05')
  const own = await file(county, mother, 'LX-015')
  expect((await caseOf(mother.person, own)).helpedBy).toBeNull()
  const helpedWith = async (answers: object) => {
    const body = { ...(await allowanceOf(son.person, mother, { answers })), agent: true }
    const { body: filed } = await son.person.send<CaseCreated>('POST', '/api/cases', { body })
    const told = async (person: Person): Promise<CaseView['helpedBy']> =>
      (await caseOf(person, filed.id)).helpedBy
    const by = [await told(son.person), await told(mother.person), await told(await county.as('zhao-min'))]
    const { version } = await caseOf(son.person, filed.id)
    await son.person.send('POST', `/api/cases/${filed.id}/withdrawal`, { body: { version } })
    return by
  }
  for (const [agentRel, name] of [
    ['子女', '子女'],
    ['其他', null],
  ])
    expect(await helpedWith({ agentRel })).toEqual([
      { name, isReader: true },
      { name, isReader: false },
      null,
    ])
})

test('whoever decides is asked of nobody: what is decided against the applicant is worked out for them alone', async () => {
  const owner = await born('焦自读')
  const id = await file(county, owner, 'LX-018')
  await play(county, id, REFUSE)
  expect(await caseOf(owner.person, id)).toMatchObject({ against: {}, ask: {} })
  expect(await caseOf(await county.as('sun-zhiyuan'), id)).toMatchObject({ against: null, ask: null })
})

/** Whom a case that runs, one that is granted, an item, its form and the county’s contact name, as the phone is told now. */
async function askedEverywhere() {
  const owner = await born('焦各处')
  const running = await file(county, owner, 'LX-015')
  const granted = await file(county, owner, 'LX-018')
  await play(county, granted, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'electronic' }],
  ])
  const read = async <Told>(path: string) => (await owner.person.send<Told>('GET', path)).body
  const item = '/api/service-items/LX-009'
  return [
    (await caseOf(owner.person, running)).ask,
    (await caseOf(owner.person, granted)).ask,
    (await read<ServiceGuide>(item)).ask,
    (await read<ApplicationForm>(`${item}/form`)).ask,
    (await read<AboutCounty>('/api/about')).dataAsk,
  ]
}
const PHONE = expect.stringMatching(/^0563-/)

test('by day whoever is called is there: offices, and of a case in a village’s hands nobody yet', async () => {
  const [village, ...offices] = await askedEverywhere()
  expect(village).toMatchObject({ shortName: '大梁村', phone: PHONE, answered: { open: false } })
  for (const told of offices) expect(told).toMatchObject({ phone: PHONE, answered: { open: true } })
})

test('the service point says whether somebody is there, and is the number to call only then', async () => {
  const { person } = await born('焦晚上')
  await person.send('POST', '/api/account', { body: { villageCode: DALIANG } })
  const pointAt = async (time: string) => {
    await county.door('POST', 'clock', { set: `${await today()}T${time}:00+08:00` })
    return (await person.send<Home>('GET', '/api/home')).body.me?.servicePoint
  }
  const now = await pointAt('10:00')
  expect(now).toMatchObject({
    callNow: false,
    hoursText: expect.stringMatching(/。现在没人，.+ 18:30 起有人$/),
  })
  const evening = await pointAt('19:00')
  expect(evening).toMatchObject({ callNow: true, hoursText: expect.stringMatching(/。现在有人，到 20:30$/) })
})

test('by night the same say from when somebody is there', async () => {
  await county.door('POST', 'clock', { set: `${await today()}T22:00:00+08:00` })
  for (const told of await askedEverywhere())
    expect(told).toMatchObject({ answered: { open: false, hours: expect.stringMatching(/^现在没人，/) } })
})
