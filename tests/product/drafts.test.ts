import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// Departments say before acceptance what is missing, each for itself; whoever accepts sends one notice of all of it.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const PAPER = '各阶段材料按清单一次上传'
const paper = (reason: string) => ({ kind: 'material', name: PAPER, reason })
const FIELD = { kind: 'field', name: 'projectName', reason: '和备案表上的不一样' }

let people = 0
async function project() {
  people += 1
  const name = `钱联${'甲乙丙丁戊己庚辛'.charAt(people)}`
  const born = await newcomer(county, { name, birth: '1960-03-05', villageCode: DALIANG, level: 3 })
  return { ...born, id: await file(county, { ...born, name }, 'LX-045') }
}
const does = async (
  staffId: string,
  id: string,
  ...how: [Parameters<typeof act>[2], Record<string, unknown>?]
) => {
  const { status, body } = await act(await county.as(staffId), id, ...how)
  return { status, body: body as { code?: string; title?: string } }
}
const draftsOf = async (staffId: string, id: string) =>
  (await caseOf(await county.as(staffId), id)).staff?.departmentDrafts
const queueOf = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Queue>('GET', '/api/work/cases')).body.items.find(
    ({ caseId }) => caseId === id,
  )
const nameOf = async (unitId: string) =>
  (await county.app.reference.current()).units.get(unitId)?.shortName ?? '-'

test('each department has the papers and its own task at once, and whoever accepts sees who has not answered and by when', async () => {
  const { id } = await project()
  for (const staffId of Object.values(LOOKERS))
    expect(await queueOf(staffId, id), staffId).toMatchObject({ firstAction: '看材料齐不齐' })
  const seen = await caseOf(await county.as(LOOKERS.eco), id)
  expect(seen.papers.map(({ name }) => name)).toContain(PAPER)
  expect(
    (await does(LOOKERS.nr, id, 'draft-correction', { items: [paper('标出退让红线的距离')] })).status,
  ).toBe(200)
  expect((await does(LOOKERS.eco, id, 'draft-nothing')).status).toBe(200)
  // Each reads its own days, not the others'.
  const clocksOf = async (staffId: string) =>
    (await caseOf(await county.as(staffId), id)).staff?.clocks.filter(({ kind }) => kind === 'step').length
  expect([await clocksOf(LOOKERS.water), await clocksOf('zhou-min')]).toEqual([2, 1])
  const drafts = await draftsOf('zhou-min', id)
  expect(drafts).toMatchObject({ awaited: 3, open: true, dueOn: expect.any(String) })
  expect(drafts?.units).toMatchObject([
    {
      unitId: 'nr',
      state: 'asks',
      who: expect.stringContaining('何斌'),
      items: [{ label: PAPER, reason: '标出退让红线的距离' }],
    },
    { unitId: 'eco', state: 'nothing', items: [] },
    { unitId: 'water', state: 'awaited', who: null },
    { unitId: 'housing', state: 'awaited' },
    { unitId: 'emergency', state: 'awaited' },
  ])
  const officer = await county.as('zhou-min')
  const { version } = await caseOf(officer, id)
  for (const more of [
    { action: 'accept' },
    { action: 'request-correction', reason: '补两样', items: [paper('补上')] },
  ])
    expect(
      await officer.send('POST', `/api/cases/${id}/actions`, {
        body: { stepKey: 'accept', unitId: 'msb-office', version, ...more },
      }),
    ).toMatchObject({ status: 409, body: { code: 'case.drafts-awaited' } })
})

test('one notice of all of it goes to the firm in the name of whoever accepts; it reads no draft before', async () => {
  const { person, id } = await project()
  await does(LOOKERS.nr, id, 'draft-correction', { items: [paper('标出退让红线的距离')] })
  await does(LOOKERS.water, id, 'draft-correction', { items: [paper('标出雨水排口'), FIELD] })
  for (const unit of ['eco', 'housing', 'emergency'] as const) await does(LOOKERS[unit], id, 'draft-nothing')
  const before = await caseOf(person, id)
  expect(JSON.stringify(before)).not.toContain('雨水排口')
  expect(before.timeline.map(({ type }) => type)).not.toContain('correction-drafted')
  const drafts = await draftsOf('zhou-min', id)
  const [nr, water] = [await nameOf('nr'), await nameOf('water')]
  expect(drafts?.joined).toEqual([
    {
      kind: 'material',
      name: PAPER,
      label: PAPER,
      reason: `${nr}：标出退让红线的距离；${water}：标出雨水排口`,
      units: [nr, water],
    },
    expect.objectContaining({ name: 'projectName', units: [water] }),
  ])
  expect(
    await does('zhou-min', id, 'request-correction', { reason: '补一样', items: [paper('补上')] }),
  ).toMatchObject({
    status: 422,
    body: { code: 'case.draft-left-out' },
  })
  const items = (drafts?.joined ?? []).map(({ kind, name, reason }) => ({ kind, name, reason }))
  const [frame] = (await caseOf(await county.as('zhou-min'), id)).staff?.correctionDrafts ?? []
  expect(
    (await does('zhou-min', id, 'request-correction', { reason: '补两样，就接着办', items })).status,
  ).toBe(200)
  const { correction, documents } = await caseOf(person, id)
  expect(correction).toMatchObject({ title: '一次性补正告知书', askedBefore: null })
  expect(correction?.items.map(({ name }) => name)).toEqual([PAPER, 'projectName'])
  expect(correction?.byUnit).toContain('马上办')
  const notices = documents.filter(({ kind }) => kind === 'correction')
  expect(notices).toHaveLength(1)
  // What whoever sends it has read before is what goes out, each department's words once.
  const { paragraphs } = (
    await person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${notices[0]?.id}`)
  ).body
  expect(paragraphs).toEqual([
    frame?.opening,
    `1. ${PAPER}：${items[0]?.reason}`,
    expect.stringMatching(/^2\. .+：/),
    ...(frame?.closing ?? []),
  ])
  const told = (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ title }) =>
    title.includes('补'),
  )
  expect(told).toHaveLength(1)
  // Nothing is left to be done for a department, and it asks nothing by itself any more.
  expect(await queueOf(LOOKERS.nr, id)).toBeUndefined()
  expect((await caseOf(await county.as(LOOKERS.nr), id)).staff?.allowed).toEqual([])
})

test('a notice from a page that has not read the newest draft is not sent', async () => {
  const { id } = await project()
  await does(LOOKERS.nr, id, 'draft-correction', { items: [paper('标出退让红线的距离')] })
  for (const unit of ['eco', 'water', 'housing', 'emergency'] as const)
    await does(LOOKERS[unit], id, 'draft-nothing')
  const officer = await county.as('zhou-min')
  const { version } = await caseOf(officer, id)
  const reviewer = await county.as(LOOKERS.water)
  const older = await caseOf(reviewer, id)
  await does(LOOKERS.nr, id, 'draft-correction', { items: [paper('标出退让红线和道路的距离')] })
  expect(
    await officer.send('POST', `/api/cases/${id}/actions`, {
      body: {
        action: 'request-correction',
        stepKey: 'accept',
        unitId: 'msb-office',
        version,
        reason: '补一样',
        items: [paper('标出退让红线的距离')],
      },
    }),
  ).toMatchObject({ status: 409, body: { code: 'case.state-changed' } })
  // A colleague's page is none the older for it.
  expect(
    await reviewer.send('POST', `/api/cases/${id}/actions`, {
      body: { action: 'draft-nothing', stepKey: 'look', unitId: 'water', version: older.version },
    }),
  ).toMatchObject({ status: 200 })
  expect((await draftsOf('zhou-min', id))?.joined).toMatchObject([{ reason: '标出退让红线和道路的距离' }])
})

test('departments that answer in the same moment are all heard', async () => {
  const { id } = await project()
  const asked = await Promise.all(
    Object.values(LOOKERS).map((staffId) =>
      does(staffId, id, 'draft-correction', { items: [paper(`${staffId}要的`)] }),
    ),
  )
  expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  expect((await draftsOf('zhou-min', id))?.units.map(({ state }) => state)).toEqual(Array(5).fill('asks'))
})

test('what the county has on file is asked for by no department', async () => {
  const { id } = await fileProject(county)
  const { papers } = await caseOf(await county.as(LOOKERS.nr), id)
  const exempt = papers.filter(({ state }) => state === 'exempt')
  expect(exempt.map(({ name }) => name)).toEqual(['营业执照', '企业投资项目备案表'])
  const asks = (name: string) =>
    does(LOOKERS.nr, id, 'draft-correction', { items: [{ kind: 'material', name, reason: '再交一份' }] })
  for (const { name } of exempt)
    expect(await asks(name)).toMatchObject({ status: 422, body: { code: 'case.asked-on-file' } })
  expect(await asks('没有的')).toMatchObject({ status: 422, body: { code: 'case.target-unknown' } })
})

test('once all have looked and it is accepted, another notice is a second one that the approver answers for', async () => {
  const { id } = await project()
  await nothingMissing(county, id)
  expect((await does('zhou-min', id, 'accept')).status).toBe(200)
  const { staff } = await caseOf(await county.as(LOOKERS.nr), id)
  expect(staff?.allowed.map(({ action }) => action)).not.toContain('request-correction')
  expect(staff?.approvalChoices).toContainEqual(
    expect.objectContaining({ for: 'request-correction', label: '再次补正告知' }),
  )
})

test('what a department has asked for and came by itself is its task again, and nobody accepts before it has looked', async () => {
  const { person, id } = await project()
  await does(LOOKERS.nr, id, 'draft-correction', { items: [paper('标出退让红线的距离')] })
  for (const unit of ['eco', 'water', 'housing', 'emergency'] as const)
    await does(LOOKERS[unit], id, 'draft-nothing')
  expect(await queueOf(LOOKERS.nr, id)).toBeUndefined()
  const toldOf = async (staffId: string) =>
    (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body.items.filter(({ page }) =>
      page.includes(id),
    ).length
  const offeredTo = async (staffId: string) =>
    (await caseOf(await county.as(staffId), id)).staff?.allowed.map(({ action }) => action)
  expect(await offeredTo('zhou-min')).toContain('request-correction')
  const before = await toldOf(LOOKERS.nr)
  const { version } = await caseOf(person, id)
  const added = await person.send('POST', `/api/cases/${id}/additions`, {
    body: { version, materials: [{ name: PAPER, files: [await person.upload()] }] },
  })
  expect(added, JSON.stringify(added.body)).toMatchObject({ status: 200 })
  expect(await queueOf(LOOKERS.nr, id)).toMatchObject({ firstAction: '看材料齐不齐' })
  expect(await queueOf(LOOKERS.eco, id)).toBeUndefined()
  expect((await toldOf(LOOKERS.nr)) - before).toBe(1)
  expect(await draftsOf('zhou-min', id)).toMatchObject({
    awaited: 1,
    units: [{ unitId: 'nr', state: 'awaited', items: [{ label: PAPER, settled: true }] }, {}, {}, {}, {}],
  })
  expect(await offeredTo('zhou-min')).not.toContain('accept')
  await does(LOOKERS.nr, id, 'draft-correction', { items: [paper('红线还是没标')] })
  expect(await draftsOf('zhou-min', id)).toMatchObject({ awaited: 0, joined: [{ reason: '红线还是没标' }] })
  expect(await offeredTo('zhou-min')).not.toContain('accept')
  expect(await offeredTo('zhou-min')).toContain('request-correction')
})
