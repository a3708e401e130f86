import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'
import { renameAll } from './renamed'

// Which organ issues a document: by its own counter, in its own name or in another's, and by which article.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

/** What of a case has a value to who only takes what is said against its notice. */
const NOTICED = [
  'addable',
  'applicantKind',
  'documents',
  'filedAt',
  'id',
  'identityConfirmed',
  'itemName',
  'light',
  'nowText',
  'outcome',
  'phone',
  'plainName',
  'serviceItemId',
  'status',
  'version',
  'viewer',
  'villageName',
]

const [WINDOW, REVIEWER] = ['window-agri', 'reviewer-agri-1']

async function filed() {
  const name = '沈养殖'
  const born = await newcomer(county, { name, birth: '1970-05-20', villageCode: DALIANG, level: 3 })
  return { ...born, id: await file(county, { ...born, name, villageCode: DALIANG }, 'LX-027') }
}

async function done(
  staffId: string,
  id: string,
  ...acts: readonly (readonly [Parameters<typeof act>[2], Record<string, unknown>?])[]
) {
  const staff = await county.as(staffId)
  for (const [action, more] of acts) {
    const { status, body } = await act(staff, id, action, more)
    expect({ action, status, body }).toMatchObject({ action, status: 200 })
  }
}

async function documentsIn(person: Person, id: string) {
  const { documents } = await caseOf(person, id)
  const read = documents.map((each) =>
    person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${each.id}`),
  )
  return (await Promise.all(read)).map(({ body }) => body)
}

test('a permit is declined by the article by which the draft declines it', async () => {
  const { person, id } = await filed()
  const window = await county.as(WINDOW)
  const draft = (await caseOf(window, id)).staff?.decisionDrafts.find(({ action }) => action === 'decline')
  expect(draft?.legalBasis).toEqual(['《中华人民共和国行政许可法》第三十二条'])
  await done(WINDOW, id, ['decline', { reason: '不归这里办' }])
  const [paper] = await documentsIn(person, id)
  expect(paper?.paragraphs[0]).toContain(`根据${draft?.legalBasis.join('、')}，`)
})

test('what is decided in the county’s name is served in it, and numbered by who decides', async () => {
  const { person, id } = await filed()
  await done(WINDOW, id, ['accept'])
  await done(REVIEWER, id, ['pass', { reason: '看过了' }])
  await done(REVIEWER, id, ['publish-notice'])
  await county.door('POST', 'clock', { set: '2026-12-07T09:00:00+08:00' })
  await done(REVIEWER, id, ['close-notice'])
  await done('county-leader', id, ['grant'])
  await done(WINDOW, id, ['conclude'], ['deliver', { method: 'pickup' }])
  const before = await documentsIn(person, id)
  const issued = before.map(({ kind, organName, documentNumber }) => ({
    kind,
    organName,
    prefix: documentNumber.slice(0, 2),
  }))
  expect(issued).toEqual([
    { kind: 'acceptance', organName: '郎溪县农业农村局', prefix: expect.stringMatching(/^郎农/) },
    { kind: 'publicity', organName: '郎溪县农业农村局', prefix: expect.stringMatching(/^郎农/) },
    { kind: 'grant', organName: '郎溪县人民政府', prefix: '郎政' },
    { kind: 'service', organName: '郎溪县人民政府', prefix: '郎政' },
  ])
  expect(before[1]?.paragraphs[1]).toMatch(
    /^公示内容：水面的四至 [^；（]+；面积 [\d.]+ 亩；养殖品种 [^；]+；使用权期限 [^；]+。$/,
  )
  await renameAll(county)
  expect(await documentsIn(person, id)).toEqual(before)
})

test('what a village puts up is the organ’s that decides, where an objection to it is taken', async () => {
  // In the duty hours of the agent, who else is stood in for by the township.
  await county.door('POST', 'clock', { set: '2026-12-07T18:40:00+08:00' })
  const name = '沈建房'
  const born = await newcomer(county, { name, birth: '1970-05-20', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name, villageCode: DALIANG }, 'LX-025')
  await done('wang-lixin', id, ['verify'])
  const window = await county.as('zhao-min')
  const sees = async (person: Person) => (await person.send('GET', `/api/cases/${id}`)).status
  expect(await sees(window)).toBe(404)
  await done('wang-lixin', id, ['publish-notice'])
  const [notice] = await documentsIn(await county.as('wang-lixin'), id)
  const { phone } = await caseOf(born.person, id)
  expect(notice).toMatchObject({
    organName: expect.stringMatching(/梅渚镇.*人民政府$/),
    documentNumber: expect.stringMatching(/^梅政示〔2026〕/),
  })
  expect(notice?.paragraphs[1]).toMatch(/^公示内容：选址位置 [^；（]+；拟用面积 [\d.]+ ㎡；拟建层数 \d 层。$/)
  for (const mine of [born.idNumber, name]) expect(notice?.paragraphs.join()).not.toContain(mine)
  expect(notice?.paragraphs[2]).toContain(`在公示期内向本机关提出，电话 ${phone}。`)
  expect(await sees(await county.as('window-agri'))).toBe(404)
  // By what hangs there alone whoever reads it can say which case they mean.
  const { caseNumber: number, villageName } = await caseOf(born.person, id)
  expect(notice?.paragraphs[0]).toBe(
    `有一件“农村宅基地批准（村民建房）”申请（${villageName}，办件编号 ${number}）正在办理，现予公示。`,
  )
  const findsBy = async (q: string) =>
    (
      await window.send<{ items: { caseId: string }[] }>('POST', '/api/work/cases/search', {
        body: { q, tab: 'all' },
      })
    ).body.items.map(({ caseId }) => caseId)
  const [prefix, last] = (notice?.documentNumber ?? '').split(/〔2026〕|号/)
  for (const typed of [
    notice?.documentNumber ?? '',
    `${prefix}(2026)第${last}号`,
    `${prefix}［2026］${last}`,
  ])
    expect(await findsBy(typed)).toEqual([id])
  expect(await findsBy(`${prefix}〔2025〕${last}号`)).toEqual([])
  expect(await findsBy(`${notice?.documentNumber} ${name}`)).toEqual([])
  const { caseNumber, staff, ...seen } = await caseOf(window, id)
  expect(seen).toMatchObject({ answers: [], papers: [], timeline: [], documents: [{ kind: 'publicity' }] })
  // Given by name: of the case its number, item, place and day, the notice and the act; whatever is told of cases besides is not.
  const given = (all: object) =>
    Object.entries(all).flatMap(([key, value]) =>
      [null, false, '', 0].includes(value) || JSON.stringify(value) === '[]' ? [] : [key],
    )
  expect(given(seen).sort()).toEqual(NOTICED)
  expect(given(staff ?? {}).sort()).toEqual(['allowed', 'clocks', 'identityBy', 'steps'])
  expect(staff?.identityBy).toBe('counter')
  expect(staff?.steps).toEqual([expect.objectContaining({ kind: 'publicise', doneOn: null, parts: [] })])
  expect(staff?.clocks.map(({ kind }) => kind)).toEqual(['publicity'])
  const files = (await caseOf(born.person, id)).papers.flatMap((paper) => paper.files)
  expect(files.length).toBeGreaterThan(0)
  for (const file of files)
    expect((await window.send('GET', `/api/cases/${id}/files/${file.id}`)).status).toBe(404)
  const byName = await window.send<{ items: unknown[] }>('POST', '/api/work/cases/search', {
    body: { q: name, tab: 'all' },
  })
  expect(byName.body.items).toEqual([])
  expect(staff?.allowed.map(({ action }) => action)).toEqual(['record-objection'])
  const found = await window.send<{ items: { caseId: string }[] }>('POST', '/api/work/cases/search', {
    body: { q: caseNumber, tab: 'all' },
  })
  expect(found.body.items).toMatchObject([
    { caseId: id, applicantMasked: '', light: null, dueOn: null, outcome: { key: 'open', word: '有公示' } },
  ])
  await done('zhao-min', id, ['record-objection', { reason: '邻居说占了他家的路' }])
  expect((await caseOf(born.person, id)).timeline[0]).toMatchObject({
    type: 'objection-recorded',
    who: expect.stringMatching(/^梅渚镇.* 赵敏$/),
  })
  // Whoever comes second with theirs is heard by the same two, and nothing tells that somebody came before.
  expect(await sees(window)).toBe(200)
  const after = await caseOf(window, id)
  expect(given(after)).toEqual(expect.arrayContaining(given(seen)))
  expect(after.staff?.steps).toEqual(staff?.steps)
  await done('zhao-min', id, ['record-objection', { reason: '后面一家也说占了路', raisedOn: '2026-12-07' }])
  await done('wang-lixin', id, ['record-objection', { reason: '又来了一家' }])
  const village = await caseOf(await county.as('wang-lixin'), id)
  expect(village.timeline.filter(({ type }) => type === 'objection-recorded')).toHaveLength(3)
})

test('the organ of a village’s notice takes what is said in its days, and writes it down until it is closed', async () => {
  const name = '沈围墙'
  const born = await newcomer(county, { name, birth: '1970-05-20', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name, villageCode: DALIANG }, 'LX-025')
  await done('wang-lixin', id, ['verify'], ['publish-notice'])
  const { caseNumber } = await caseOf(born.person, id)
  const [window, village] = [await county.as('zhao-min'), await county.as('wang-lixin')]
  const look = async () => ({
    status: (await window.send('GET', `/api/cases/${id}`)).status,
    found: (
      await window.send<{ items: unknown[] }>('POST', '/api/work/cases/search', {
        body: { q: caseNumber, tab: 'all' },
      })
    ).body.items.length,
    village: (await caseOf(village, id)).staff?.allowed.some(({ action }) => action === 'record-objection'),
  })
  const target = (await caseOf(window, id)).staff?.allowed[0]
  // Five days from Monday 7 December end on a Saturday, so on Monday the 14th.
  await county.door('POST', 'clock', { set: '2026-12-14T23:50:00+08:00' })
  expect(await look()).toEqual({ status: 200, found: 1, village: true })
  await county.door('POST', 'clock', { set: '2026-12-15T00:05:00+08:00' })
  expect(await look()).toEqual({ status: 200, found: 1, village: true })
  // Over since yesterday, and to be closed today.
  expect(await caseOf(born.person, id)).toMatchObject({
    nowText: expect.stringMatching(/公示期满了，准备往下办$/),
    dueBecause: { kind: 'waits-for', until: '2026-12-15' },
  })
  const { version } = await caseOf(village, id)
  const body = { ...target, action: 'record-objection', reason: '迟了的', version }
  const late = async (person: Person, more: object = {}) => {
    const { label, stepName, unitName, shortName, reasonRequired, warning, ...asked } = body as Record<
      string,
      unknown
    >
    return person.send('POST', `/api/cases/${id}/actions`, { body: { ...asked, ...more } })
  }
  for (const person of [window, village])
    expect(await late(person)).toMatchObject({
      status: 409,
      body: { code: 'case.publicity-over', title: '公示期过了，异议要在公示期里提' },
    })
  expect(await late(window, { raisedOn: '2027-01-01' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/raisedOn' }] },
  })
  expect((await late(window, { raisedOn: '2026-12-14' })).status).toBe(200)
  const [told] = (await caseOf(village, id)).timeline
  expect(told).toMatchObject({ type: 'objection-recorded', note: expect.stringContaining('12月14日') })
})
