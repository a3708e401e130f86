import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import { act, type County, caseOf, openCounty } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// Five departments decide each its own part of a project; the office that handed it round hands over what they decided.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const does = async (staffId: string, id: string, ...how: [Parameters<typeof act>[2], object?]) => {
  const [action, more] = how
  const { status, body } = await act(await county.as(staffId), id, action, { ...more })
  expect({ staffId, action, status, body }).toMatchObject({ status: 200 })
}
const IN_TURN = ['nr', 'eco', 'water', 'emergency', 'housing'] as const
const REASON = '水土保持方案缺弃渣场设计'

async function decided(...refusing: readonly (typeof IN_TURN)[number][]) {
  const { person, id } = await fileProject(county)
  await nothingMissing(county, id)
  await does('zhou-min', id, 'accept')
  for (const unit of IN_TURN)
    await (refusing.includes(unit)
      ? does(LOOKERS[unit], id, 'fail', { reason: REASON })
      : does(LOOKERS[unit], id, 'pass'))
  if (refusing.length > 0) await does('zhou-min', id, 'convene')
  return { person, id }
}
const wholeOf = async (person: Awaited<ReturnType<typeof decided>>['person'], id: string, documentId = '') =>
  (await person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${documentId}`)).body

test('a department that refuses signs for itself, and the firm reads why and where to object before all is done', async () => {
  const { person, id } = await fileProject(county)
  await nothingMissing(county, id)
  await does('zhou-min', id, 'accept')
  const officer = await county.as(LOOKERS.water)
  const { staff } = await caseOf(officer, id)
  // The paper as it will go out is before whoever signs it.
  expect(staff?.decisionDrafts.find(({ action }) => action === 'fail')).toMatchObject({
    unitId: 'water',
    organName: '郎溪县水利局',
    part: '生产建设项目水土保持方案审批',
    legalBasis: ['《中华人民共和国水土保持法》第二十五条'],
    remedy: expect.stringContaining('郎溪县人民政府'),
  })
  await does(LOOKERS.water, id, 'fail', { reason: REASON })
  await does(LOOKERS.eco, id, 'pass')
  const { lanes, documents, decision, outcome } = await caseOf(person, id)
  expect([decision, outcome.key]).toEqual([null, 'open'])
  const water = lanes?.units.find(({ unitId }) => unitId === 'water')
  expect(water).toMatchObject({
    decides: '生产建设项目水土保持方案审批',
    words: expect.stringMatching(/没批$/),
    decision: {
      granted: false,
      documentTitle: '不予行政许可决定书',
      documentNumber: expect.stringMatching(/^郎水联不许〔2026〕1号$/),
      reason: REASON,
      until: null,
    },
  })
  // Told at once, by whom and of what; what was granted is told with all the others.
  const told = (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ page }) =>
    page.includes(id),
  )
  expect(told.flatMap(({ title, lines }) => (title.endsWith('有一样没批') ? [lines[0]] : []))).toEqual([
    expect.stringMatching(/^[^：]*水[^：]*：生产建设项目水土保持方案审批没批.*不同意怎么办/),
  ])
  expect(JSON.stringify(told)).not.toContain('环境')
  // Its city's office reviews what the branch has decided; nobody reviews what was granted.
  expect(lanes?.units.find(({ unitId }) => unitId === 'eco')?.decision).toMatchObject({
    granted: true,
    documentNumber: '郎环联许〔2026〕1号',
    remedy: null,
  })
  expect(documents.map(({ kind }) => kind).slice(-2)).toEqual(['own-refuse', 'own-grant'])
  const paper = await wholeOf(person, id, water?.decision?.documentId)
  expect(paper.organName).toBe('郎溪县水利局')
  expect(paper.paragraphs.join('')).toMatch(
    new RegExp(`其中的“生产建设项目水土保持方案审批”由本机关决定。.*不予办理。.*${REASON}.*申请行政复议`),
  )
  // Both read the same picture.
  expect((await caseOf(await county.as('zhou-min'), id)).lanes).toEqual(lanes)
})

test('where one refuses the others stand, the office hands over all together, and nothing says that it went well', async () => {
  const { person, id } = await decided('water')
  const officer = await county.as('zhou-min')
  const { staff } = await caseOf(officer, id)
  expect(staff?.allowed.find(({ action }) => action === 'grant')).toMatchObject({
    label: '统一出件',
    reasonRequired: false,
  })
  expect(staff?.allowed.map(({ action }) => action)).not.toContain('refuse')
  expect(staff?.decisionDrafts.find(({ action }) => action === 'grant')?.packet?.join('')).toContain(
    '不另作决定',
  )
  await does('zhou-min', id, 'grant')
  await does('zhou-min', id, 'conclude')
  const { outcome, decision, timeline } = await caseOf(person, id)
  expect(outcome).toMatchObject({ key: 'granted', word: '批了 4 样，没批 1 样', tone: 'bad' })
  expect(decision).toMatchObject({ documentTitle: '并联审批统一出件单', remedy: null })
  expect(decision?.paragraphs.join('')).toMatch(
    /水土保持方案审批：不予，《不予行政许可决定书》（郎水联不许〔2026〕\d+号）.*准予的各自有效/,
  )
  expect(timeline.map(({ title }) => title)).toContain('出件了，批了 4 样，没批 1 样')
  const told = (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(
    ({ page }) => page?.includes(id) ?? false,
  )
  expect(JSON.stringify(told)).toContain('没批')
  expect(JSON.stringify(told)).not.toMatch(/办好了(?!再告诉你)|批准了/)
  // The days for 复议 count from the day on which they had the papers.
  await does('zhou-min', id, 'deliver', { method: 'pickup' })
  const { lanes } = await caseOf(person, id)
  const dated = lanes?.units.flatMap(({ decision: own }) => own?.until ?? [])
  expect(dated).toEqual([
    {
      servedOn: (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10),
      review: null,
      suit: null,
    },
  ])
  // What each has decided each puts right; the office has decided nothing that it could revoke.
  expect((await caseOf(officer, id)).staff?.afterDecision?.allowed ?? []).toEqual([])
})

test('where all refuse it is refused, by reasons of their own', async () => {
  const { person, id } = await decided(...IN_TURN)
  await does('zhou-min', id, 'grant')
  const { outcome, against, lanes } = await caseOf(person, id)
  expect(outcome).toMatchObject({ key: 'refused', word: '没批' })
  expect(against).toMatchObject({ reason: null, remedy: null })
  expect(lanes?.units.map(({ decision }) => decision?.reason)).toEqual(Array(5).fill(REASON))
  expect(lanes?.units.find(({ unitId }) => unitId === 'eco')?.decision?.remedy).toContain('宣城市人民政府')
})
