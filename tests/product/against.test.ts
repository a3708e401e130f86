import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import type { Home } from '#shared/contract/service-item'
import { DALIANG, file, play } from '../e2e/scenes'
import { type County, caseOf, newcomer, openCounty } from './county'

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

test('refused and served: the day is told, and no last day in a year without a calendar', async () => {
  const owner = await born('焦送达')
  const id = await file(county, owner, 'LX-018')
  await play(county, id, REFUSE)
  expect((await caseOf(owner.person, id)).against?.ways).toMatchObject({ servedOn: null, reviewUntil: null })
  await play(county, id, [
    ['window', 'conclude'],
    ['window', 'deliver', { method: 'electronic' }],
  ])
  const ways = { servedOn: await today(), reviewUntil: null, suitUntil: null }
  expect((await caseOf(owner.person, id)).against?.ways).toMatchObject(ways)
})

test('what went by post is served on a day that nobody has recorded', async () => {
  const owner = await born('焦寄出')
  const id = await file(county, owner, 'LX-005')
  await play(county, id, [...REFUSE, ['window', 'conclude'], ['window', 'deliver', { method: 'post' }]])
  expect((await caseOf(owner.person, id)).against?.ways).toMatchObject({ servedOn: null, reviewUntil: null })
})

test('who helped is named by what they are to the applicant, and nobody where nobody did', async () => {
  const mother = await born('焦有助')
  const son = await born('焦帮手', '1975-03-05')
  const own = await file(county, mother, 'LX-015')
  expect((await caseOf(mother.person, own)).helper).toBeNull()
  const { name, idNumber } = mother
  const helped = await file(county, { person: son.person, name, idNumber, agent: true }, 'LX-005')
  const told = async (person: typeof son.person): Promise<CaseView['helper']> =>
    (await caseOf(person, helped)).helper
  expect(await told(son.person)).not.toBeNull()
  expect(await told(mother.person)).toBe(await told(son.person))
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
