import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseChanged } from '#shared/contract/case'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// Where a case goes, and when it ends, when something else has happened to it first.
const DALIANG = '341821105200'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

async function file(itemId: string, level: 2 | 3) {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const name = '周桂英'
  const { person, idNumber, personId } = await newcomer(county, {
    name,
    birth: '1944-03-05',
    villageCode: DALIANG,
    level,
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
  return { person, personId, ...filed.body }
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

test('a case that one village handed to another stays there when something else is put right', async () => {
  const { person, id } = await file('LX-013', 3)
  const agent = await holderOf('village-agent', DALIANG)
  const [target] = (await caseOf(agent, id)).staff?.transferTargets ?? []
  const toUnitId = target?.unitId ?? ''
  await act(agent, id, 'transfer', { reason: '人搬到那个村了', toUnitId })
  const there = await holderOf('village-agent', toUnitId)
  await act(there, id, 'request-correction', {
    reason: '手机号打不通',
    items: [{ kind: 'field', name: 'mobile', reason: '打不通' }],
  })
  expect((await supplement(person, id, { mobile: '15400000002' })).status).toBe(200)
  expect((await caseOf(there, id)).staff?.allowed.map(({ action }) => action)).toContain('accept')
})

test('a number that WeChat has confirmed since is asked for no more, and its case does not end for silence', async () => {
  const { person, personId, id } = await file('LX-005', 2)
  await act(await county.as('zhao-min'), id, 'request-correction', {
    reason: '证件号看不清',
    items: [{ kind: 'field', name: 'idNo', reason: '看不清' }],
  })
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  const confirmed = await person.send('POST', '/api/account/identity-confirmation', {
    body: { code: body.code },
  })
  expect(confirmed.status).toBe(200)
  const run = async (workingDays: number) => {
    await county.door('POST', 'clock', { advanceWorkingDays: workingDays })
    await county.app.jobs['run-deadlines']()
  }
  await run(0)
  expect((await caseOf(person, id)).status).toBe('submitted')
  await run(6)
  const { status, timeline } = await caseOf(person, id)
  expect(timeline.map(({ type }) => type)).not.toContain('correction-reminded')
  // Five working days from the confirmation: silence is acceptance.
  expect(status).toBe('accepted')
})
