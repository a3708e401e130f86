import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { act, type County, caseOf, openCounty } from './county'
import { fileProject, LOOKERS } from './project'

// What the firm brings to the notice of all departments is looked at by those that asked, and nobody waits for them beyond the law.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const PAPER = '各阶段材料按清单一次上传'
const FIELD = { kind: 'field', name: 'projectName', reason: '和备案表上的不一样' }
const paper = (reason: string) => ({ kind: 'material', name: PAPER, reason })
const does = async (staffId: string, id: string, action: Parameters<typeof act>[2], more: object = {}) => {
  const { status, body } = await act(await county.as(staffId), id, action, { ...more })
  return { status, body: body as { code?: string } }
}
const done = async (staffId: string, id: string, action: Parameters<typeof act>[2], more: object = {}) =>
  expect(await does(staffId, id, action, more)).toMatchObject({ status: 200 })
const rowOf = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Queue>('GET', '/api/work/cases')).body.items.find(
    ({ caseId }) => caseId === id,
  )
const toldOf = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body.items.filter(({ page }) =>
    page.includes(id),
  ).length
const staffOf = async (staffId: string, id: string) => (await caseOf(await county.as(staffId), id)).staff
const warningOf = async (id: string) =>
  (await staffOf('zhou-min', id))?.allowed.find(({ action }) => action === 'accept')?.warning

async function asked() {
  const { person, id } = await fileProject(county)
  await done(LOOKERS.nr, id, 'draft-correction', { items: [paper('标出退让红线的距离')] })
  await done(LOOKERS.water, id, 'draft-correction', { items: [paper('标出雨水排口'), FIELD] })
  for (const unit of ['eco', 'housing', 'emergency'] as const) await done(LOOKERS[unit], id, 'draft-nothing')
  const items = ((await staffOf('zhou-min', id))?.departmentDrafts?.joined ?? []).map(
    ({ kind, name, reason }) => ({ kind, name, reason }),
  )
  await done('zhou-min', id, 'request-correction', { reason: '补两样，就接着办', items })
  return { person, id }
}

test('those who asked look at what came, item by item; the officer reads each by name, and is told before accepting', async () => {
  const { person, id } = await asked()
  expect((await staffOf('zhou-min', id))?.departmentDrafts?.looks).toBeNull()
  const before = await toldOf(LOOKERS.nr, id)
  const { version } = await caseOf(person, id)
  const supplied = await person.send('POST', `/api/cases/${id}/supplement`, {
    body: {
      version,
      answers: { projectName: '年产 3 万吨稻米精深加工项目' },
      materials: [{ name: PAPER, files: [await person.upload()] }],
    },
  })
  expect(supplied, JSON.stringify(supplied.body)).toMatchObject({ status: 200 })
  // A row and one reminder for each that asked, nothing for the others.
  expect(await rowOf(LOOKERS.nr, id)).toMatchObject({ firstAction: '看补来的', dueOn: expect.any(String) })
  expect(await rowOf(LOOKERS.eco, id)).toBeUndefined()
  expect((await toldOf(LOOKERS.nr, id)) - before).toBe(1)
  expect((await staffOf(LOOKERS.nr, id))?.correctionChoices.map(({ name }) => name)).toEqual([PAPER])
  const looks = (await staffOf('zhou-min', id))?.departmentDrafts?.looks
  expect(looks?.units.map(({ unitId, state }) => [unitId, state])).toEqual([
    ['nr', 'awaited'],
    ['water', 'awaited'],
  ])
  expect(await warningOf(id)).toMatch(
    /自规局还没看完.*水利局还没看完.*受理最晚 .*还剩 \d 个工作日，过了视为受理/,
  )
  // Nothing new, and nothing of another department.
  expect(await does(LOOKERS.nr, id, 'draft-correction', { items: [FIELD] })).toMatchObject({
    status: 422,
    body: { code: 'case.look-unasked' },
  })
  await done(LOOKERS.water, id, 'draft-correction', { items: [paper('雨水排口还是没标')] })
  await done(LOOKERS.nr, id, 'draft-nothing')
  expect(await rowOf(LOOKERS.nr, id)).toBeUndefined()
  const said = (await staffOf('zhou-min', id))?.departmentDrafts?.looks?.units
  expect(said).toMatchObject([
    { unitId: 'nr', state: 'enough', who: expect.any(String), items: [{ name: PAPER, isEnough: true }] },
    {
      unitId: 'water',
      state: 'lacking',
      items: [
        { name: PAPER, isEnough: false, reason: '雨水排口还是没标' },
        { name: 'projectName', isEnough: true },
      ],
    },
  ])
  expect(await warningOf(id)).toMatch(/^县?水利局说还不行：各阶段材料按清单一次上传。/)
  // Between organs: the firm reads none of it.
  expect(JSON.stringify(await caseOf(person, id))).not.toContain('雨水排口还是没标')
  // A page from before the last look accepts nothing; the newest does, whatever was said.
  const officer = await county.as('zhou-min')
  const target = { action: 'accept', stepKey: 'accept', unitId: 'msb-office' }
  const now = await caseOf(officer, id)
  expect(
    await officer.send('POST', `/api/cases/${id}/actions`, { body: { ...target, version: now.version - 1 } }),
  ).toMatchObject({ status: 409, body: { code: 'case.state-changed' } })
  await done('zhou-min', id, 'accept')
  expect((await staffOf('zhou-min', id))?.departmentDrafts?.looks).toBeNull()
})

test('who does not look keeps nobody: on the law’s day silence accepts, and no row is left', async () => {
  const { person, id } = await asked()
  const { version } = await caseOf(person, id)
  await person.send('POST', `/api/cases/${id}/supplement`, {
    body: {
      version,
      materials: [{ name: PAPER, files: [await person.upload()] }],
      answers: { projectName: '年产 3 万吨' },
    },
  })
  await county.door('POST', 'clock', { advanceWorkingDays: 3 })
  const looks = (await staffOf('zhou-min', id))?.departmentDrafts?.looks
  expect(looks?.units.map(({ state }) => state)).toEqual(['silent', 'silent'])
  expect(await warningOf(id)).toContain('到期没有看')
  await county.door('POST', 'clock', { advanceWorkingDays: 4 })
  await county.app.jobs['run-deadlines']()
  expect((await caseOf(person, id)).nowText).not.toContain('等着受理')
  expect(await rowOf(LOOKERS.nr, id)).not.toMatchObject({ firstAction: '看补来的' })
})

test('however the officer words it, what each department wrote stands in the notice, on its page and on the firm’s', async () => {
  const { person, id } = await fileProject(county)
  await done(LOOKERS.nr, id, 'draft-correction', { items: [paper('标出退让红线的距离')] })
  await done(LOOKERS.water, id, 'draft-correction', { items: [paper('标出雨水排口'), FIELD] })
  for (const unit of ['eco', 'housing', 'emergency'] as const) await done(LOOKERS[unit], id, 'draft-nothing')
  const words = '一张图上标两样：退让红线的距离、雨水排口'
  await done('zhou-min', id, 'request-correction', { reason: '补两样', items: [paper(words), FIELD] })
  const view = await caseOf(person, id)
  expect(view.correction?.items.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(
      /^一张图上标两样：退让红线的距离、雨水排口；.*自规局写的：标出退让红线的距离；.*水利局写的：标出雨水排口$/,
    ),
    FIELD.reason,
  ])
  const notice = view.documents.findLast(({ kind }) => kind === 'correction')
  const { paragraphs } = (await person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${notice?.id}`))
    .body
  const said = paragraphs.join('\n')
  expect(said).toMatch(/自规局写的：标出退让红线的距离/)
  expect(said).toMatch(/水利局写的：标出雨水排口/)
  expect(said.split(FIELD.reason)).toHaveLength(2)
  expect(said).toContain('行政许可法》第三十二条')
  const { version } = view
  const supplied = await person.send('POST', `/api/cases/${id}/supplement`, {
    body: {
      version,
      answers: { projectName: '年产 3 万吨稻米精深加工项目' },
      materials: [{ name: PAPER, files: [await person.upload()] }],
    },
  })
  expect(supplied.status).toBe(200)
  const looks = (await staffOf('zhou-min', id))?.departmentDrafts?.looks
  expect(looks?.units[0]).toMatchObject({ unitId: 'nr', items: [{ reason: '标出退让红线的距离' }] })

  // What came is not right yet: the second notice holds their words, too, and once where the officer has them already.
  await done(LOOKERS.nr, id, 'draft-correction', { items: [paper('红线标了，没标到厘米')] })
  await done('zhou-min', id, 'request-approval', { for: 'request-correction', reason: '自规、水利说还不行' })
  // It waits for whoever has still to look: what came to their own question is looked at before anything else is asked.
  const other = { reason: '准补一次', items: [paper('还差一处')] }
  const supervisor = await county.as('supervisor-1')
  const { version: seen } = await caseOf(supervisor, id)
  const body = {
    ...other,
    action: 'request-correction',
    stepKey: 'accept',
    unitId: 'msb-office',
    version: seen,
  }
  expect(await supervisor.send('POST', `/api/cases/${id}/actions`, { body })).toMatchObject({
    status: 409,
    body: { code: 'case.drafts-awaited' },
  })
  await done(LOOKERS.water, id, 'draft-correction', { items: [paper('雨水排口还是没标')] })
  // All that is not right yet is told at once, as in the first notice.
  const left = { action: 'request-correction', stepKey: 'accept', unitId: 'msb-office', reason: '准补一次' }
  const { version: looked, staff: before } = await caseOf(supervisor, id)
  expect(
    await supervisor.send('POST', `/api/cases/${id}/actions`, {
      body: { ...left, version: looked, items: [FIELD] },
    }),
  ).toMatchObject({ status: 422, body: { code: 'case.draft-left-out' } })
  expect(before?.departmentDrafts?.joined).toEqual([
    expect.objectContaining({
      name: PAPER,
      reason: expect.stringMatching(/自规局：红线标了，没标到厘米；.*水利局：雨水排口还是没标$/),
    }),
  ])
  const [frame] = before?.correctionDrafts ?? []
  const again = paper('还差两处：雨水排口还是没标，别的看自规局的')
  await done('supervisor-1', id, 'request-correction', { reason: '准补一次', items: [again] })
  expect((await caseOf(person, id)).correction?.items.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^还差两处：雨水排口还是没标，别的看自规局的；.*自规局写的：红线标了，没标到厘米$/),
  ])
  // Why once more is said in the words of whoever signs it, on the firm's page and on the paper as it was read before.
  const second = await caseOf(person, id)
  expect(second.correction?.reason).toBe('准补一次')
  const paperId = second.documents.findLast(({ kind }) => kind === 'correction')?.id
  const issued = (await person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${paperId}`)).body
  expect(issued.paragraphs[0]).toBe(frame?.opening)
  expect(issued.paragraphs.slice(-1 - (frame?.closing.length ?? 0))).toEqual([
    '理由：准补一次',
    ...(frame?.closing ?? []),
  ])
})
