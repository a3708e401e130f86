import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { Inbox } from '#shared/contract/reminder'
import { ALLOWANCE, allowanceOf } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// The applicant is the party, whoever filed for them: they read who did, and hear what whoever filed it hears.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const born = async (name: string, birth: string = ALLOWANCE.born) => ({
  ...(await newcomer(county, { name, birth, villageCode: ALLOWANCE.village, level: 3 })),
  name,
})
const titlesOf = async (person: Person) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.map(({ title }) => title)

async function helped(mother: string, son: string) {
  const owner = await born(mother)
  const helper = await born(son, '1975-03-05')
  const answers = { agentRel: '子女' }
  const body = { ...(await allowanceOf(helper.person, owner, { answers })), agent: true }
  const { status, body: filed } = await helper.person.send<CaseCreated>('POST', '/api/cases', { body })
  expect({ status, filed }).toMatchObject({ status: 201 })
  return { owner, helper, id: filed.id }
}

const NOTICE = { reason: '看不清', items: [{ kind: 'material', name: '居民身份证', reason: '重拍' }] }
async function done(staffId: string, id: string, action: Parameters<typeof act>[2], more = {}) {
  expect(await act(await county.as(staffId), id, action, more)).toMatchObject({ status: 200 })
}
const filedIn = async (person: Person, id: string) =>
  (await caseOf(person, id)).timeline.find(({ type }) => type === 'filed')

test('the owner reads who filed it for them, and never that they did', async () => {
  const { owner, helper, id } = await helped('季桂兰', '季建国')
  const forYou = { title: '帮你提交了申请', who: '帮办的人（子女）' }
  expect(await filedIn(owner.person, id)).toMatchObject(forYou)
  expect(await filedIn(helper.person, id)).toMatchObject({ title: '提交申请', who: '你' })
  const { version } = await caseOf(owner.person, id)
  await owner.person.send('POST', `/api/cases/${id}/takeover`, { body: { version } })
  expect(await filedIn(owner.person, id)).toMatchObject(forYou)
})

test('owner and helper hear the same of what happens', async () => {
  const { owner, helper, id } = await helped('季秀英', '季建军')
  await done('wang-lixin', id, 'verify')
  await done('zhao-min', id, 'request-correction', NOTICE)
  await county.door('POST', 'clock', { advanceWorkingDays: 9 })
  await county.door('POST', 'clock', { advanceWorkingDays: 1 })
  await county.door('POST', 'clock', { advanceWorkingDays: 1 })
  const { version } = await caseOf(helper.person, id)
  const materials = [{ name: '居民身份证', files: [await helper.person.upload()] }]
  await helper.person.send('POST', `/api/cases/${id}/supplement`, { body: { version, materials } })
  await done('zhao-min', id, 'accept')
  const clerk = await county.as('zhao-min')
  const seen = await caseOf(clerk, id)
  const body = { version: seen.version, reason: '本人在面前' }
  expect(await clerk.send('POST', `/api/cases/${id}/identity-confirmation`, { body })).toMatchObject({
    status: 200,
  })
  await done('sun-zhiyuan', id, 'grant')
  await done('zhao-min', id, 'conclude')
  await done('zhao-min', id, 'deliver', { method: 'electronic' })
  const heard = await titlesOf(helper.person)
  expect(heard).toContain('高龄津贴办好了')
  // Each but for what they have done themselves.
  const own = (titles: readonly string[], mine: string) => titles.filter((title) => title !== mine)
  const byOwner = own(own(await titlesOf(owner.person), '高龄津贴有人帮你申请了'), '高龄津贴补了材料')
  expect(byOwner).toEqual(own(heard, '高龄津贴收到了'))
})
