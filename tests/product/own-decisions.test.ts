import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Queue } from '#shared/contract/work'
import { addDays, plainDate } from '#shared/domain/kernel/plain-date'
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
const REASON = '水土保恃方案缺弃渣场设计'

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
  const { person, id } = await decided('eco')
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
  // As the receipt will, what it hands over beside the packet is named before it is signed.
  const draft = staff?.decisionDrafts.find(({ action }) => action === 'grant')?.service?.paragraphs.join('')
  expect(draft).toMatch(/《不予行政许可决定书》（郎环联不许〔2026〕\d+号）/)
  expect(draft?.match(/《准予行政许可决定书》/g)).toHaveLength(4)
  await does('zhou-min', id, 'grant')
  await does('zhou-min', id, 'conclude')
  const { outcome, decision, timeline } = await caseOf(person, id)
  expect(outcome).toMatchObject({ key: 'granted', word: '批了 4 样，没批 1 样', tone: 'bad' })
  expect(decision).toMatchObject({ documentTitle: '并联审批统一出件单', remedy: null })
  expect(decision?.paragraphs.join('')).toMatch(
    /环境影响评价文件审批：不予，《不予行政许可决定书》（郎环联不许〔2026〕\d+号）.*准予的各自有效/,
  )
  expect(timeline.map(({ title }) => title)).toContain('出件了，批了 4 样，没批 1 样')
  const told = (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(
    ({ page }) => page?.includes(id) ?? false,
  )
  expect(JSON.stringify(told)).toContain('没批')
  expect(JSON.stringify(told)).not.toMatch(/办好了|批准了/)
  expect(told.map(({ title }) => title)).toContain('项目马上办：批了 4 样，没批 1 样')
  // The days for 复议 count from the day on which they had the papers.
  await does('zhou-min', id, 'deliver', { method: 'pickup' })
  const { lanes, documents } = await caseOf(person, id)
  // The 送达回证 names the packet and every decision that it serves.
  const service = documents.findLast(({ kind }) => kind === 'service')
  const named = (await wholeOf(person, id, service?.id)).paragraphs.join('')
  const served = documents.filter(({ kind }) => kind.startsWith('own-') || kind === 'packet')
  expect(served).toHaveLength(6)
  for (const { documentNumber } of served) expect(named).toContain(documentNumber)
  const dated = lanes?.units.flatMap(({ decision: own }) => own?.until ?? [])
  expect(dated).toMatchObject([
    {
      servedOn: (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10),
      review: null,
      suit: null,
    },
  ])
  // What each has decided each puts right; the office has decided nothing that it could revoke.
  expect((await caseOf(officer, id)).staff?.afterDecision?.allowed ?? []).toEqual([])
})

test('what rests on a refused permit is not granted: whoever decides it is told, reads it on top, and has the reason', async () => {
  const { person, id } = await fileProject(county)
  await nothingMissing(county, id)
  await does('zhou-min', id, 'accept')
  // Each reads its own day and its own name, not the next department's.
  const eco = await caseOf(await county.as(LOOKERS.eco), id)
  expect(eco.nowText).toBe('生态环境分局正在审核')
  const steps = eco.staff?.clocks.filter(({ kind }) => kind === 'step') ?? []
  expect(steps.map(({ label, others }) => [label.includes('生态环境'), others === true])).toEqual(
    steps.map(({ label }) => [label.includes('生态环境'), !label.includes('生态环境')]),
  )
  expect(steps.filter(({ others }) => !others)).toHaveLength(1)
  await does(LOOKERS.water, id, 'fail', { reason: REASON })
  await does(LOOKERS.nr, id, 'pass')
  const housing = await county.as(LOOKERS.housing)
  const { staff, version } = await caseOf(housing, id)
  expect(staff?.allowed.map(({ action }) => action)).toContain('fail')
  expect(staff?.allowed.map(({ action }) => action)).not.toContain('pass')
  expect(staff?.refusals).toEqual([
    {
      title: '县水利局没有准予“生产建设项目水土保持方案审批”',
      words: `理由：${REASON}。“建筑工程施工许可证核发”要以它为前提，不能准予，写明理由不予。`,
      reasons: [
        {
          stepKey: 'parallel',
          unitId: 'housing',
          reason: '郎溪县水利局没有准予“生产建设项目水土保持方案审批”，缺这个前提',
        },
      ],
    },
  ])
  const body = { action: 'pass', stepKey: 'parallel', unitId: 'housing', version }
  expect(await housing.send('POST', `/api/cases/${id}/actions`, { body })).toMatchObject({
    status: 409,
    body: { code: 'case.rests-on-refused' },
  })
  const told = (await housing.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ page }) =>
    page.includes(id),
  )
  expect(told.flatMap(({ lines }) => lines)).toContain(
    '县水利局没有准予“生产建设项目水土保持方案审批”，“建筑工程施工许可证核发”要以它为前提，不能准予，写明理由不予',
  )
  // The office that joins them reads it too, and has nothing to refuse itself.
  expect((await caseOf(await county.as('zhou-min'), id)).staff?.refusals).toMatchObject([
    {
      words: expect.stringContaining('县住建局的“建筑工程施工许可证核发”要以它为前提，也不能准予'),
      reasons: [],
    },
  ])
  await does(LOOKERS.housing, id, 'fail', { reason: staff?.refusals?.[0]?.reasons[0]?.reason })
  expect(
    (await caseOf(person, id)).lanes?.units.find(({ unitId }) => unitId === 'housing')?.decision,
  ).toMatchObject({
    granted: false,
  })
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

test('a slip in what one department signed is put right by that department, by a paper of its own that marks that one alone', async () => {
  const { person, id } = await fileProject(county)
  await nothingMissing(county, id)
  await does('zhou-min', id, 'accept')
  await does(LOOKERS.water, id, 'fail', { reason: REASON })
  await does(LOOKERS.eco, id, 'pass')
  const corrects = async (staffId: string, more: object = {}) => {
    const staff = await county.as(staffId)
    const { version } = await caseOf(staff, id)
    const body = { action: 'correct-decision', version, reason: '字写错了', ...more }
    return staff.send('POST', `/api/cases/${id}/after-decision`, { body })
  }
  const slip = { written: '保恃', corrected: '保持' }
  const allowedTo = async (staffId: string) =>
    (await caseOf(await county.as(staffId), id)).staff?.afterDecision?.allowed ?? []
  // Of nobody who has signed nothing, nor of the office that hands it round; what they did not write is not there to correct.
  expect(await allowedTo(LOOKERS.nr)).toEqual([])
  expect(await allowedTo('zhou-min')).toEqual([])
  expect((await corrects('zhou-min', slip)).status).not.toBe(200)
  expect(await corrects(LOOKERS.eco, slip)).toMatchObject({ body: { code: 'case.slip-unwritten' } })
  // A grant holds nothing that somebody has typed; it may be revoked.
  expect(await allowedTo(LOOKERS.eco)).toEqual(['propose-revocation'])
  // Whoever wrote the reason does not say alone that another word was meant.
  expect(await allowedTo(LOOKERS.water)).toEqual([])
  expect(await corrects(LOOKERS.water, slip)).toMatchObject({ status: 409, body: { code: 'case.own-slip' } })
  expect(await allowedTo('reviewer-water-2')).toEqual(['correct-decision'])
  const done = await corrects('reviewer-water-2', slip)
  expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200 })
  const { documents } = await caseOf(person, id)
  const own = (unit: RegExp) =>
    documents.find(({ kind, documentNumber }) => kind.startsWith('own-') && unit.test(documentNumber))
  const paper = documents.findLast(({ kind }) => kind === 'own-amendment')
  expect(paper?.documentNumber).toMatch(/^郎水联更/)
  expect(own(/水/)?.mark).toMatchObject({ kind: 'corrected', documentId: paper?.id })
  expect(own(/环/)?.mark).toBeNull()
  const whole = await wholeOf(person, id, paper?.id)
  expect(whole.organName).toBe('郎溪县水利局')
  expect(whole.paragraphs.join('')).toMatch(
    /其中的“生产建设项目水土保持方案审批”由本机关决定。.*不予.*郎水联不许/,
  )
  const told = (await person.send<Inbox>('GET', '/api/inbox')).body.items.find(({ page }) =>
    page.includes(id),
  )
  expect(told?.lines.join('')).toContain('水利局')
})

test('what they granted has the ten days of the law: shown, in the queue, and told when they are over', async () => {
  const { person, id } = await decided()
  const day = async () => (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
  const signedOn = await day()
  const clockNow = async () =>
    (await caseOf(await county.as('zhou-min'), id)).staff?.clocks.find(({ kind }) => kind === 'delivery')
  expect((await clockNow())?.explanation).toMatchObject({
    startedOn: signedOn,
    days: 10,
    basis: '行政许可法 第四十四条',
  })
  await does('zhou-min', id, 'grant')
  await does('zhou-min', id, 'conclude')
  const due = (await clockNow())?.dueOn
  expect(due).toEqual(expect.any(String))
  expect((await caseOf(person, id)).delivery?.dueOn).toBe(due)
  const rowOf = async () =>
    (await (await county.as('zhou-min')).send<Queue>('GET', '/api/work/cases')).body.items.find(
      ({ caseId }) => caseId === id,
    )
  const officer = await county.as('zhou-min')
  const { version } = await caseOf(officer, id)
  const letter = { action: 'post', of: 'result', carrier: 'ems', trackingNumber: '1234567890123' }
  const posted = await officer.send('POST', `/api/cases/${id}/delivery`, {
    body: { ...letter, version, postedOn: await day() },
  })
  expect(posted, JSON.stringify(posted.body)).toMatchObject({ status: 200 })
  expect((await rowOf())?.dueOn).toBe(due)
  await county.door('POST', 'clock', { set: `${addDays(plainDate(due ?? ''), 1)}T08:30:00+08:00` })
  await county.app.jobs['run-deadlines']()
  await county.app.jobs['remind-of-deadlines']()
  expect((await rowOf())?.light?.kind).toBe('late')
  const told = (await (await county.as('zhou-min')).send<Inbox>('GET', '/api/inbox')).body.items
  expect(
    told.filter(({ page, title }) => page.includes(id) && title.includes('超')).map(({ title }) => title),
  ).not.toEqual([])
})
