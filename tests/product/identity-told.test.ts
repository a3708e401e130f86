import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseList } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Home, ServiceGuide } from '#shared/contract/service-item'
import { allowanceOf, fileAllowance } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// Nothing is granted while the identity is not shown: whoever waits is told so from the first day, wherever they look.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const ASKED = '批以前要核一次身份：本人在微信里核，或带身份证到窗口、村里'

async function applicant(name: string, level: 2 | 3) {
  const born = await newcomer(county, { name, birth: '1944-03-05', villageCode: '341821105200', level })
  return { ...born, id: (await fileAllowance(born.person, name, born.idNumber)).id }
}

const everywhere = async (person: Person, id: string) => ({
  page: (await caseOf(person, id)).identityAwaited,
  list: (await person.send<CaseList>('GET', '/api/cases')).body.items[0]?.identityAwaited,
  home: (await person.send<Home>('GET', '/api/home')).body.me?.running[0]?.identityAwaited,
})
const newest = async (person: Person) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items[0]?.lines[0]

test('an unconfirmed applicant is told on every page and in every message, and no more once confirmed', async () => {
  const { person, personId, id } = await applicant('沈未核', 2)
  const own = { words: ASKED, inWechat: true }
  expect(await everywhere(person, id)).toEqual({ page: own, list: own.words, home: own.words })
  expect(await newest(person)).toContain(ASKED)
  await act(await county.as('wang-lixin'), id, 'verify')
  expect(await newest(person)).toContain(ASKED)
  await act(await county.as('zhao-min'), id, 'accept')
  expect(await newest(person)).toContain(ASKED)
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  await person.send('POST', '/api/account/identity-confirmation', { body: { code: body.code } })
  expect(await everywhere(person, id)).toEqual({ page: null, list: null, home: null })
})

test('a confirmed applicant is asked for nothing, in the message of the filing neither', async () => {
  const { person, id } = await applicant('沈核过', 3)
  expect(await everywhere(person, id)).toEqual({ page: null, list: null, home: null })
  expect(await newest(person)).toBe('接下来交给我们，办到哪一步都告诉你')
})

test('a child of under fourteen reads in the guide already that a guardian applies, and nobody else', async () => {
  const guide = async (birth: string, level: 0 | 2) => {
    const born = await newcomer(county, { name: '沈小小', birth, villageCode: '341821105200', level })
    const { body } = await born.person.send<ServiceGuide>('GET', '/api/service-items/LX-015')
    return body.guardianUntil
  }
  expect(await guide('2014-06-01', 2)).toBe('2028-06-01')
  expect(await guide('1980-06-01', 2)).toBe(null)
  expect(await guide('1980-06-01', 0)).toBe(null)
  const { body } = await county.visitor.send<ServiceGuide>('GET', '/api/service-items/LX-015')
  expect(body.guardianUntil).toBe(null)
})

test('a name beside the number that is not the confirmed one is told as that, wherever it is read', async () => {
  const owner = await newcomer(county, {
    name: '沈实名',
    birth: '1944-03-05',
    villageCode: '341821105200',
    level: 3,
  })
  const agent = await county.as('wang-lixin')
  const typed = await allowanceOf(agent, { name: '沈错名', idNumber: owner.idNumber })
  const { id } = (
    await agent.send<CaseCreated>('POST', '/api/cases', {
      body: { ...typed, channel: 'village', assisted: true },
    })
  ).body
  const words = '批以前要核一次身份：名字和你核过的不一样，接过来就改成你的'
  const told = { page: { words, inWechat: false, otherName: true }, list: words, home: words }
  expect(await everywhere(owner.person, id)).toEqual(told)
  const before = await caseOf(owner.person, id)
  expect(before).toMatchObject({ mayTakeOver: true, enteredByStaff: true })
  expect((await caseOf(await county.as('zhao-min'), id)).staff?.identityBy).toBe('takeover')
  await owner.person.send('POST', `/api/cases/${id}/takeover`, { body: { version: before.version } })
  const after = await caseOf(owner.person, id)
  expect(after).toMatchObject({ identityConfirmed: true, identityAwaited: null, enteredByStaff: false })
})
