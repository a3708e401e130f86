import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseChanged } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// What a village had done is worth nothing where the applicant lives in another one.
const DALIANG = '341821105200'
const LIMING = '341821105203'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

async function file(itemId: string) {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const name = '周桂英'
  const { person, idNumber } = await newcomer(county, {
    name,
    birth: '1944-03-05',
    villageCode: DALIANG,
    level: 3,
  })
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => person.upload()))
  const input = validInput(item, createRandom(7), {
    ...packContext(dayIn(county.services.clock.now())),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { name, idNumber, mobile: '15400000001' },
    villageCode: DALIANG,
  })
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: itemId, ...input },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return { person, ...filed.body }
}

const supplement = async (person: Person, id: string, answers: Record<string, unknown>) =>
  person.send<CaseChanged>('POST', `/api/cases/${id}/supplement`, {
    body: { version: (await caseOf(person, id)).version, answers },
  })

/** Somebody who holds a role in a unit. */
async function holderOf(role: 'village-agent' | 'town-window', unitId: string) {
  const { holders } = await county.app.reference.current()
  return county.as(holders(role, unitId)[0]?.id ?? '')
}

const allowedTo = async (person: Person, id: string) =>
  (await caseOf(person, id)).staff?.allowed.map(({ action }) => action) ?? []
const askForVillage = async (window: Person, id: string) =>
  act(window, id, 'request-correction', {
    reason: '村填错了',
    items: [{ kind: 'field', name: 'villageCode', reason: '村填错了' }],
  })
const toldOf = async (person: Person, caseNumber: string) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ lines }) =>
    lines.some((line) => line.includes(caseNumber)),
  )

test('a village that had looked at a case of another town sees it no more, and the right one may look', async () => {
  const { person, id, caseNumber } = await file('LX-005')
  const [before, window] = [await holderOf('village-agent', DALIANG), await county.as('zhao-min')]
  await act(before, id, 'verify')
  await askForVillage(window, id)
  const elsewhere = '341821101203'
  expect((await supplement(person, id, { villageCode: elsewhere })).status).toBe(200)
  expect(await allowedTo(await holderOf('village-agent', elsewhere), id)).toContain('verify')
  const there = await holderOf('town-window', elsewhere.slice(0, 9))
  expect(await allowedTo(there, id)).toContain('accept')
  for (const lost of [before, window]) {
    expect(await caseOf(lost, id)).toMatchObject({ viewer: 'former', answers: [] })
    expect((await toldOf(lost, caseNumber)).map(({ title }) => title)).toContain('高龄津贴：转给别的单位了')
  }
})

test('a house in another village than was written is verified and published there before it is accepted', async () => {
  const { person, id, caseNumber } = await file('LX-025')
  const window = await county.as('zhao-min')
  const before = await holderOf('village-agent', DALIANG)
  await act(before, id, 'verify')
  await act(before, id, 'publish-notice')
  await county.door('POST', 'clock', { advanceWorkingDays: 12 })
  expect((await act(before, id, 'close-notice')).status).toBe(200)
  expect((await caseOf(person, id)).dueOn).not.toBeNull()
  await askForVillage(window, id)
  const moved = await supplement(person, id, { villageCode: LIMING })
  expect(moved, JSON.stringify(moved.body)).toMatchObject({ status: 200, body: { dueOn: null } })
  const there = await holderOf('village-agent', LIMING)
  expect(await allowedTo(there, id)).toContain('verify')
  expect((await toldOf(there, caseNumber)).map(({ title }) => title)).toContain('新办件：村民建房')
  expect(await allowedTo(window, id)).not.toContain('accept')
  const lost = await caseOf(before, id)
  expect(lost).toMatchObject({ viewer: 'former', answers: [], papers: [] })
  expect(lost.nowText).toContain('黎明')
  expect((await toldOf(before, caseNumber))[0]).toMatchObject({ title: '村民建房：转给别的单位了' })
  const queue = await before.send<Queue>('GET', '/api/work/cases')
  expect(queue.body.items.map(({ caseId }) => caseId)).not.toContain(id)
  await act(there, id, 'verify')
  await act(there, id, 'publish-notice')
  await county.door('POST', 'clock', { advanceWorkingDays: 12 })
  expect((await act(there, id, 'close-notice')).status).toBe(200)
  expect((await act(window, id, 'accept')).status).toBe(200)
})
