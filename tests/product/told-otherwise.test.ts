import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { Inbox } from '#shared/contract/reminder'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { ALLOWANCE, allowanceOf } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// What a step finds against an application is told as it was found, and what others did in one's place by whom.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

let people = 0
async function resident(level: 2 | 3 = 3, birth: string = '1975-03-05') {
  people += 1
  const name = `阮${'甲乙丙丁戊己庚辛'.charAt(people)}明`
  return { ...(await newcomer(county, { name, birth, villageCode: ALLOWANCE.village, level })), name }
}

async function filed(itemId: string) {
  const { person, name, idNumber } = await resident()
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => person.upload()))
  const input = validInput(item, createRandom(7), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { name, idNumber, mobile: '15400000001' },
    villageCode: ALLOWANCE.village,
  })
  const answer = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: itemId, ...input },
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return { person, ...answer.body }
}

const titlesOf = async (person: Person) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.map(({ title, lines }) => `${title} ${lines[0]}`)
const done = async (answer: ReturnType<typeof act>) => {
  const { status, body } = await answer
  expect(status, JSON.stringify(body)).toBe(200)
}

test('a village that finds it otherwise, and an objection, are told as such and why', async () => {
  const { person, id } = await filed('LX-025')
  const agent = await county.as('wang-lixin')
  await done(act(agent, id, 'fail', { reason: '老宅没拆，一户两宅' }))
  const [told] = await titlesOf(person)
  expect(told).toContain('村里核实，情况不符')
  expect(told).not.toContain('你不用动')
  expect((await caseOf(person, id)).timeline[0]).toMatchObject({
    title: '村里核实：情况不符',
    note: '老宅没拆，一户两宅',
    isNo: true,
  })
  const waiting = await caseOf(person, id)
  expect(waiting).toMatchObject({
    light: { kind: 'today' },
    dueOn: null,
    dueBecause: { step: 'publicity', until: '2026-11-24', unpublished: { days: 5, unit: 'calendar' } },
  })
  expect(waiting.nowText).toMatch(/准备公示$/)
  await done(act(agent, id, 'publish-notice'))
  expect((await caseOf(person, id)).dueBecause).not.toHaveProperty('unpublished')
  await done(act(agent, id, 'record-objection', { reason: '邻居王某说占了他家的地' }))
  const [objected] = await titlesOf(person)
  expect(objected).toContain('公示收到异议')
  const { note } = (await caseOf(person, id)).timeline[0] ?? {}
  expect(note).toContain('重新核实')
  // Who objected is nothing for the applicant.
  expect(note).not.toContain('王某')
})

test('a step that does not agree says why to the applicant', async () => {
  const { person, id } = await filed('LX-026')
  const { holders } = await county.app.reference.current()
  const staffOf = (role: 'window' | 'dept-reviewer' | 'dept-approver') =>
    county.as(holders(role, 'forest')[0]?.id ?? '')
  await done(act(await staffOf('window'), id, 'accept'))
  await done(act(await staffOf('dept-reviewer'), id, 'fail', { reason: '超过采伐限额' }))
  const [first] = (await caseOf(person, id)).timeline
  expect(first?.title).toContain('不同意')
  expect(first).toMatchObject({ note: '超过采伐限额', isNo: true })
  const reviewer = await staffOf('dept-reviewer')
  const officerIds = (await caseOf(reviewer, id)).staff?.colleagues.map(({ staffId }) => staffId).slice(0, 2)
  await done(
    act(reviewer, id, 'record-visit', {
      officerIds: [...new Set([reviewer.id, ...(officerIds ?? [])])].slice(0, 2),
      reason: '看过',
    }),
  )
  await done(act(reviewer, id, 'pass'))
  const approver = await staffOf('dept-approver')
  expect((await caseOf(approver, id)).staff?.allowed.find(({ action }) => action === 'grant')).toMatchObject({
    reasonRequired: true,
  })
  expect(await act(approver, id, 'grant')).toMatchObject({
    status: 422,
    body: { code: 'case.reason-missing' },
  })
  await done(act(approver, id, 'grant', { reason: '限额已经调整' }))
})

test('what a window took back in the applicant’s place says so and why, and whoever had typed it hears', async () => {
  const elder = await resident(3, ALLOWANCE.born)
  const agent = await county.as('wang-lixin')
  const body = { ...(await allowanceOf(agent, elder)), channel: 'village', assisted: true }
  const created = await agent.send<CaseCreated>('POST', '/api/cases', { body })
  const { id, version } = created.body
  const window = await county.as('zhao-min')
  const taken = await window.send('POST', `/api/cases/${id}/withdrawal`, {
    body: { version, reason: '本人到镇上说不办了' },
  })
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
  expect((await caseOf(elder.person, id)).timeline[0]).toMatchObject({
    title: '窗口替你撤回了',
    note: '本人到镇上说不办了',
  })
  expect((await titlesOf(agent)).filter((each) => each.startsWith('高龄津贴撤回了'))).toHaveLength(1)
})

const added = async (person: Person, id: string, count: number) => {
  let { version } = await caseOf(person, id)
  let status = 0
  for (let time = 0; time < count; time += 1) {
    const answers = { mobile: `154000000${10 + (time % 80)}` }
    const answer = await person.send<{ version: number }>('POST', `/api/cases/${id}/additions`, {
      body: { version, answers },
    })
    status = answer.status
    if (status === 200) version = answer.body.version
  }
  return status
}

test.each([
  [3, 200],
  [2, 429],
] as const)('the 21st addition of a day by an account of level %i: %i', async (level, status) => {
  const owner = await resident(level, ALLOWANCE.born)
  const created = await owner.person.send<CaseCreated>('POST', '/api/cases', {
    body: await allowanceOf(owner.person, owner),
  })
  expect(await added(owner.person, created.body.id, 21)).toBe(status)
})
