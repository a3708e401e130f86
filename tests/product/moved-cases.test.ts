import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseChanged } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
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
async function holderOf(role: 'village-agent' | 'town-window' | 'town-reviewer', unitId: string) {
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

test('a case that one town hands to another is accepted, decided and sealed there', async () => {
  const { person, id } = await file('LX-018', 3)
  await act(await holderOf('village-agent', DALIANG), id, 'verify')
  const window = await county.as('zhao-min')
  const toUnitId = (await caseOf(window, id)).staff?.transferTargets[0]?.unitId ?? ''
  expect((await act(window, id, 'transfer', { reason: '户口已经迁到那边', toUnitId })).status).toBe(200)
  const there = await holderOf('town-window', toUnitId)
  expect((await act(there, id, 'accept')).status).toBe(200)
  const tasks = await county.services.database.rows<{ unitId: string }>(
    sql`select distinct unit_id as "unitId" from case_tasks where case_id = ${id}::uuid`,
  )
  expect(tasks).toEqual([{ unitId: toUnitId }])
  expect((await act(await holderOf('town-reviewer', toUnitId), id, 'grant')).status).toBe(200)
  expect((await act(there, id, 'conclude')).status).toBe(200)
  const { documents } = await caseOf(person, id)
  const { units } = await county.app.reference.current()
  const name = units.get(toUnitId)?.name ?? ''
  expect(documents.length).toBeGreaterThan(1)
  for (const { organName, documentNumber } of documents) {
    expect(organName).toContain(name)
    expect(documentNumber).not.toContain('梅')
  }
})

test('whoever is handed a share has its days from then on, in row, queue, page and message alike', async () => {
  const { id } = await file('LX-005', 3)
  const window = await county.as('zhao-min')
  await county.door('POST', 'clock', { advanceWorkingDays: 2 })
  const toUnitId = (await caseOf(window, id)).staff?.transferTargets[0]?.unitId ?? ''
  expect((await act(window, id, 'transfer', { reason: '人搬到那个镇了', toUnitId })).status).toBe(200)
  const there = await holderOf('town-window', toUnitId)
  const { rows } = county.services.database
  const [row] = await rows<{ openedAt: string; dueOn: string }>(sql`select opened_at::text as "openedAt",
    due_on::text as "dueOn" from case_tasks where case_id = ${id}::uuid and part_unit_id = ${toUnitId}`)
  const today = dayIn(county.services.clock.now())
  expect(dayIn(new Date(row?.openedAt ?? '').toISOString() as Instant)).toBe(today)
  const dueOn = row?.dueOn ?? ''
  expect(dueOn > today).toBe(true)
  const view = await caseOf(there, id)
  expect(view.staff?.clocks.find(({ kind }) => kind === 'step')?.dueOn).toBe(dueOn)
  const queue = await there.send<Queue>('GET', '/api/work/cases')
  expect(queue.body.items.find(({ caseId }) => caseId === id)?.dueOn).toBe(dueOn)
  const told = (await there.send<Inbox>('GET', '/api/inbox')).body.items.find(({ lines }) =>
    lines.some((line) => line.includes(view.caseNumber)),
  )
  expect(told?.lines[0]).toContain(`最晚 ${Number(dueOn.slice(5, 7))}月${Number(dueOn.slice(8))}日`)
})

test('a receipt that a confirmation makes is dated to it, whenever the case learns of it', async () => {
  const { person, personId, id } = await file('LX-005', 2)
  const window = await county.as('zhao-min')
  await act(window, id, 'request-correction', {
    reason: '证件号看不清',
    items: [{ kind: 'field', name: 'idNo', reason: '看不清' }],
  })
  await county.door('POST', 'clock', { advanceWorkingDays: 1 })
  const { body } = await county.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  await person.send('POST', '/api/account/identity-confirmation', { body: { code: body.code } })
  const confirmedBy = county.services.clock.now()
  const before = (await caseOf(person, id)).dueOn
  expect(before).not.toBeNull()
  await county.door('POST', 'clock', { advanceWorkingDays: 2 })
  expect((await caseOf(person, id)).dueOn).toBe(before)
  expect((await act(window, id, 'accept')).status).toBe(200)
  const { dueOn, timeline } = await caseOf(person, id)
  expect(dueOn).toBe(before)
  const at = timeline.find(({ type }) => type === 'identity-confirmed')?.at ?? ''
  expect(at !== '' && at <= confirmedBy, at).toBe(true)
  const told = (await person.send<Inbox>('GET', '/api/inbox')).body.items.map(({ title }) => title)
  expect(told).toContain('高龄津贴不用再补')
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
