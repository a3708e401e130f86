import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { act, type County, caseOf, openCounty } from './county'
import { fileProject, LOOKERS } from './project'

// Before the one notice goes out its sender gives a department's draft back; what it asked stands meanwhile.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const PAPER = '各阶段材料按清单一次上传'
const paper = (reason: string) => ({ kind: 'material', name: PAPER, reason })
const WHY = '红线退让多少米没写清楚'
const OFFICER = 'zhou-min'

const does = async (
  staffId: string,
  id: string,
  ...how: [Parameters<typeof act>[2], Record<string, unknown>?]
) => {
  const { status, body } = await act(await county.as(staffId), id, ...how)
  return { status, body: body as { code?: string; errors?: { pointer: string }[] } }
}
const seenBy = async (staffId: string, id: string) => caseOf(await county.as(staffId), id)
const unitOf = async (id: string, unitId: string) =>
  (await seenBy(OFFICER, id)).staff?.departmentDrafts?.units.find((unit) => unit.unitId === unitId)
const rowOf = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Queue>('GET', '/api/work/cases')).body.items.find(
    ({ caseId }) => caseId === id,
  )
const toldOf = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body.items.filter(({ page }) =>
    page.includes(id),
  )

/** One department asks for one thing, the others need nothing. */
async function asked() {
  const { person, id } = await fileProject(county)
  await does(LOOKERS.nr, id, 'draft-correction', { items: [paper('标出退让红线的距离')] })
  for (const unit of ['eco', 'water', 'housing', 'emergency'] as const)
    await does(LOOKERS[unit], id, 'draft-nothing')
  return { person, id }
}
const RETURN = { toUnitId: 'nr', reason: WHY }

/** Whether it is offered or not. */
async function sends(who: string, id: string, more: Record<string, unknown> = {}) {
  const { version } = await seenBy(OFFICER, id)
  const place = { action: 'return-draft', stepKey: 'accept', unitId: 'msb-office', version }
  const body = { ...place, ...RETURN, ...more }
  return (await county.as(who)).send('POST', `/api/cases/${id}/actions`, { body })
}

test('it is that department’s work again: in its queue, with the reason, told once', async () => {
  const { person, id } = await asked()
  expect(await rowOf(LOOKERS.nr, id)).toBeUndefined()
  expect(await unitOf(id, 'nr')).toMatchObject({ returned: null, returnable: true })
  expect(await unitOf(id, 'eco')).toMatchObject({ returned: null, returnable: false })
  const before = (await toldOf(LOOKERS.nr, id)).length
  expect(await does(OFFICER, id, 'return-draft', RETURN)).toMatchObject({ status: 200 })

  expect(await rowOf(LOOKERS.nr, id)).toMatchObject({
    firstAction: '写要补的',
    note: '要补的退回来改，为什么，点开看',
  })
  expect(await rowOf(LOOKERS.water, id)).toBeUndefined()
  const told = await toldOf(LOOKERS.nr, id)
  expect(told.length - before).toBe(1)
  expect(told.filter(({ title }) => title.endsWith('：要补的退回来改'))).toHaveLength(1)
  expect(JSON.stringify(told)).not.toContain(WHY)
  expect(await unitOf(id, 'nr')).toMatchObject({
    state: 'asks',
    items: [{ label: PAPER }],
    returned: { reason: WHY, who: expect.stringContaining('周敏'), dueOn: expect.any(String) },
    returnable: false,
  })
  expect((await seenBy(LOOKERS.nr, id)).timeline[0]).toMatchObject({
    type: 'draft-returned',
    note: expect.stringContaining(WHY),
  })

  const firm = await caseOf(person, id)
  expect(firm.timeline.map(({ type }) => type)).not.toContain('draft-returned')
  expect(JSON.stringify(firm)).not.toContain(WHY)

  expect(
    await does(LOOKERS.nr, id, 'draft-correction', { items: [paper('标出退让 5 米的红线')] }),
  ).toMatchObject({
    status: 200,
  })
  expect(await unitOf(id, 'nr')).toMatchObject({ returned: null, returnable: true })
  expect(await rowOf(LOOKERS.nr, id)).toBeUndefined()
})

test('no day moves, and the notice goes out in time without waiting for it', async () => {
  const { person, id } = await asked()
  const daysOf = async () => {
    const { staff } = await seenBy(OFFICER, id)
    return [staff?.clocks.map(({ kind, dueOn }) => [kind, dueOn]), (await rowOf(OFFICER, id))?.dueOn]
  }
  const before = await daysOf()
  await does(OFFICER, id, 'return-draft', RETURN)
  expect(await daysOf()).toEqual(before)
  const { staff } = await seenBy(OFFICER, id)
  expect(staff?.departmentDrafts).toMatchObject({ awaited: 0, joined: [{ name: PAPER }] })
  expect(
    await does(OFFICER, id, 'request-correction', { reason: '补一样', items: [paper('标出红线')] }),
  ).toMatchObject({
    status: 200,
  })
  expect((await caseOf(person, id)).correction?.items.map(({ name }) => name)).toEqual([PAPER])
  expect(await rowOf(LOOKERS.nr, id)).toBeUndefined()
  expect(await sends(OFFICER, id)).toMatchObject({
    status: 409,
    body: { code: 'case.action-not-allowed' },
  })
})

test('sent twice with one key it is done once; a second time it is refused', async () => {
  const { id } = await asked()
  const officer = await county.as(OFFICER)
  const { version } = await caseOf(officer, id)
  const body = { action: 'return-draft', stepKey: 'accept', unitId: 'msb-office', version, ...RETURN }
  const key = `give-back-${id}`
  const sent = [1, 2].map(() => officer.send('POST', `/api/cases/${id}/actions`, { body, key }))
  const [first, second] = [await sent[0], await sent[1]]
  expect(first).toMatchObject({ status: 200 })
  expect(second?.body).toEqual(first?.body)
  expect(
    (await toldOf(LOOKERS.nr, id)).filter(({ title }) => title.endsWith('：要补的退回来改')),
  ).toHaveLength(1)
  expect(await sends(OFFICER, id)).toMatchObject({
    status: 409,
    body: { code: 'case.draft-unreturnable' },
  })
})

test('who writes anew has read why, and who gives back has read the newest draft; nobody else’s page is the older for it', async () => {
  const { id } = await asked()
  const versions = { nr: 0, water: 0 }
  for (const unit of ['nr', 'water'] as const) versions[unit] = (await seenBy(LOOKERS[unit], id)).version
  await does(OFFICER, id, 'return-draft', RETURN)
  const from = async (unit: 'nr' | 'water') =>
    (await county.as(LOOKERS[unit])).send('POST', `/api/cases/${id}/actions`, {
      body: { action: 'draft-nothing', stepKey: 'look', unitId: unit, version: versions[unit] },
    })
  expect(await from('nr')).toMatchObject({ status: 409, body: { code: 'case.state-changed' } })
  expect(await from('water')).toMatchObject({ status: 200 })

  const officer = await county.as(OFFICER)
  const { version } = await caseOf(officer, id)
  await does(LOOKERS.nr, id, 'draft-correction', { items: [paper('标出退让 5 米的红线')] })
  expect(
    await officer.send('POST', `/api/cases/${id}/actions`, {
      body: { action: 'return-draft', stepKey: 'accept', unitId: 'msb-office', version, ...RETURN },
    }),
  ).toMatchObject({ status: 409, body: { code: 'case.state-changed' } })
})

test('a department gives nothing back, nobody outside sees the case, and a wrong unit or no reason changes nothing', async () => {
  const { person, id } = await asked()
  const { version } = await caseOf(person, id)
  expect(await sends(LOOKERS.water, id)).toMatchObject({ status: 403, body: { code: 'case.not-your-task' } })
  expect(await sends('zhao-min', id)).toMatchObject({ status: 404 })
  expect(await sends(OFFICER, id, { toUnitId: 'nowhere' })).toMatchObject({
    status: 422,
    body: { code: 'case.target-unknown', errors: [{ pointer: '/toUnitId' }] },
  })
  expect(await sends(OFFICER, id, { reason: undefined })).toMatchObject({ status: 400 })
  expect((await caseOf(person, id)).version).toBe(version)
})
