import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument, CaseList } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Home } from '#shared/contract/service-item'
import type { Queue } from '#shared/contract/work'
import type { Person } from './client'
import { act, type County, caseOf, openCounty } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// One of several departments takes back what it has granted of a project: it alone, after the firm was heard, and the others stand.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const HEAD = 'approver-nr-1'
const IN_TURN = ['nr', 'eco', 'water', 'emergency', 'housing'] as const
const does = async (staffId: string, id: string, action: Parameters<typeof act>[2], more: object = {}) => {
  const { status, body } = await act(await county.as(staffId), id, action, { ...more })
  expect({ staffId, action, status, body }).toMatchObject({ status: 200 })
}

async function begun() {
  const { person, id } = await fileProject(county)
  await nothingMissing(county, id)
  await does('zhou-min', id, 'accept')
  return { person, id }
}
async function handedOver() {
  const { person, id } = await begun()
  for (const unit of IN_TURN) await does(LOOKERS[unit], id, 'pass')
  await does('zhou-min', id, 'grant')
  await does('zhou-min', id, 'conclude')
  await does('zhou-min', id, 'deliver', { method: 'pickup' })
  return { person, id }
}

async function after(person: Person, id: string, body: object, door = 'after-decision') {
  const { version } = await caseOf(person, id)
  return person.send<{ code?: string }>('POST', `/api/cases/${id}/${door}`, { body: { version, ...body } })
}
const by = async (staffId: string, id: string, body: object) => after(await county.as(staffId), id, body)
const PROPOSAL = {
  action: 'propose-revocation',
  basis: 'unqualified',
  reason: '用地红线压占了永久基本农田',
} as const
const REVOKE = { action: 'revoke-decision', reason: '说的情况核了，图是错的，不采纳' } as const
const told = async (person: Person, id: string) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ page }) => page.includes(id))
const wholeOf = async (person: Person, id: string, documentId = '') =>
  (await person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${documentId}`)).body
const rowOf = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Queue>('GET', '/api/work/cases')).body.items.find(
    ({ caseId }) => caseId === id,
  )
const laneOf = async (person: Person, id: string, unit: string) =>
  (await caseOf(person, id)).lanes?.units.find(({ unitId }) => unitId === unit)

async function decided(id: string) {
  await serve(id, 'revocation-notice')
  await county.door('POST', 'clock', { advanceWorkingDays: 6 })
  const done = await by(HEAD, id, REVOKE)
  expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200 })
}

/** What goes by hand is handed over by the office that joins them. */
async function serve(id: string, of: 'revocation-notice' | 'revocation') {
  const office = await county.as('zhou-min')
  const { delivery, version } = await caseOf(office, id)
  const paper = delivery?.papers.find((each) => each.of === of)
  if (!paper?.awaited) return false
  const takenOn = (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
  const body = { action: 'hand-over', of, version, takenOn }
  const done = await office.send('POST', `/api/cases/${id}/delivery`, { body })
  expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200 })
  return true
}

test('the department that granted it proposes, the firm speaks, another of the department revokes, in its own name and number', async () => {
  const { person, id } = await handedOver()
  const nr = await county.as(LOOKERS.nr)
  expect((await caseOf(nr, id)).staff?.afterDecision?.allowed).toEqual(['propose-revocation'])
  // The office that joined them decides nothing, another department nothing of this, and a stranger knows of nothing.
  expect((await caseOf(await county.as('zhou-min'), id)).staff?.afterDecision?.allowed ?? []).toEqual([])
  expect(await by('zhou-min', id, PROPOSAL)).toMatchObject({
    status: 403,
    body: { code: 'case.not-your-task' },
  })
  const body = { ...PROPOSAL, version: 1 }
  const stranger = await county.as('sun-zhiyuan')
  expect(await stranger.send('POST', `/api/cases/${id}/after-decision`, { body })).toMatchObject({
    status: 404,
  })
  expect(await by(LOOKERS.nr, id, PROPOSAL)).toMatchObject({ status: 200 })

  // The firm reads which of the five, and that the others stand; the case is told as it was.
  const view = await caseOf(person, id)
  expect(view.revocation).toMatchObject({
    own: { unitName: expect.stringContaining('自然资源'), name: expect.stringContaining('规划许可') },
    reason: PROPOSAL.reason,
    ofRefusal: false,
    maySpeak: true,
  })
  expect(view.outcome).toMatchObject({ key: 'granted', tone: 'good' })
  const listed = (await person.send<CaseList>('GET', '/api/cases')).body.items.find((each) => each.id === id)
  const whose = '县自规局的“建设工程规划许可证核发”'
  expect(listed).toMatchObject({ waitsForMe: 'statement', speaksOf: whose })
  const [todo] = (await person.send<Home>('GET', '/api/home')).body.me?.todos ?? []
  expect(todo?.note).toBe(`${whose}可能有错，准备撤销。有话先说，听完再定`)
  const questioned = view.lanes?.units.filter(({ isQuestioned }) => isQuestioned)
  expect(questioned).toMatchObject([{ unitId: 'nr', state: 'passed' }])
  const notice = view.documents.findLast(({ kind }) => kind === 'revocation-notice')
  expect(notice?.documentNumber).toMatch(/^郎自规/)
  const paper = await wholeOf(person, id, notice?.id)
  expect(paper.organName).toContain('自然资源')
  expect(paper.paragraphs.join('')).toMatch(/其中的“.*规划许可.*”由本机关决定。.*准予办理.*郎自规.*拟撤销/)
  expect((await told(person, id)).flatMap(({ lines }) => lines).join()).toMatch(
    /自规局.*规划许可.*可能有错，准备撤销/,
  )

  // Whose it is to weigh it has it in the queue with its day; nobody else may.
  expect((await rowOf(HEAD, id))?.caseId).toBe(id)
  expect(await by(LOOKERS.eco, id, REVOKE)).toMatchObject({ status: 403 })
  expect(await by(LOOKERS.eco, id, PROPOSAL)).toMatchObject({
    status: 409,
    body: { code: 'case.revocation-open' },
  })
  expect((await after(person, id, { statement: '红线图是县里给的' }, 'statement')).status).toBe(200)
  const early = await by(HEAD, id, REVOKE)
  expect(early.status).toBe(409)
  expect(early.body.code).toMatch(/^case\.hearing-(open|unserved)$/)
  await serve(id, 'revocation-notice')
  await county.door('POST', 'clock', { advanceWorkingDays: 6 })
  expect(await by(LOOKERS.nr, id, REVOKE)).toMatchObject({ status: 403 })
  const done = await by(HEAD, id, REVOKE)
  expect(done, JSON.stringify(done.body)).toMatchObject({ status: 200 })

  // One word and one colour everywhere, and the others stand.
  const now = await caseOf(person, id)
  const word = '批了 4 样，撤销了 1 样'
  expect(now).toMatchObject({
    status: 'delivered',
    revocation: null,
    outcome: { key: 'granted', word, tone: 'bad' },
  })
  expect(
    (await person.send<CaseList>('GET', '/api/cases')).body.items.find((each) => each.id === id)?.outcome,
  ).toMatchObject({ word, tone: 'bad' })
  expect((await caseOf(await county.as('zhou-min'), id)).outcome).toMatchObject({ word, tone: 'bad' })
  const lane = await laneOf(person, id, 'nr')
  expect(lane).toMatchObject({
    state: 'revoked',
    words: expect.stringMatching(/撤销了$/),
    decision: {
      granted: true,
      revoked: {
        documentTitle: '撤销决定书',
        documentNumber: expect.stringMatching(/^郎自规/),
        reason: REVOKE.reason,
        remedy: expect.stringContaining('复议'),
      },
      resting: [expect.stringContaining('施工许可')],
    },
  })
  const revocation = await wholeOf(person, id, lane?.decision?.revoked?.documentId)
  expect(revocation.organName).toContain('自然资源')
  expect(revocation.paragraphs.join('')).toMatch(
    /红线图是县里给的.*行政许可法》第六十九条第一款第四项.*不再有效.*“.*施工许可.*”要以它准予为前提/,
  )
  // The old paper is marked, no other is, nor what joined them.
  const marked = now.documents.filter(({ mark }) => mark !== null)
  expect(marked.map(({ kind }) => kind)).toEqual(['own-grant'])
  expect(marked[0]).toMatchObject({
    mark: { kind: 'revoked', documentId: lane?.decision?.revoked?.documentId },
  })
  expect(now.timeline.map(({ title }) => title).join()).toMatch(/规划许可.*撤销了/)
  expect((await told(person, id)).some(({ title }) => title.endsWith('有一样撤销了'))).toBe(true)
  // 建筑法 第8条: who granted what rests on it hears it, and reads it on top of the case.
  const housing = await county.as(LOOKERS.housing)
  expect((await told(housing, id)).flatMap(({ lines }) => lines).join()).toMatch(
    /撤销了“.*规划许可.*施工许可.*看要不要撤销/,
  )
  expect((await caseOf(housing, id)).staff?.refusals?.[0]).toMatchObject({
    title: expect.stringContaining('撤销了'),
    words: expect.stringContaining('看要不要撤销'),
  })
  // It reaches the firm by hand where it has not said that the phone serves it, and the days of its remedies count from then.
  expect((await laneOf(person, id, 'nr'))?.decision?.revoked?.until?.servedOn ?? null).toBeNull()
  expect(await serve(id, 'revocation')).toBe(true)
  const { now: at } = (await county.door<{ now: string }>('GET', 'clock')).body
  expect((await laneOf(person, id, 'nr'))?.decision?.revoked?.until).toMatchObject({
    servedOn: at.slice(0, 10),
  })
  expect(await by(LOOKERS.nr, id, PROPOSAL)).toMatchObject({
    status: 409,
    body: { code: 'case.revoked-before' },
  })
})

test('before all have decided: what rests on it cannot be granted any more, and the packet says that it was revoked', async () => {
  const { person, id } = await begun()
  await does(LOOKERS.nr, id, 'pass')
  await does(LOOKERS.water, id, 'pass')
  const passOf = async () =>
    (await caseOf(await county.as(LOOKERS.housing), id)).staff?.allowed.find(
      ({ action }) => action === 'pass',
    )
  expect((await passOf())?.warning ?? null).toBeNull()
  expect(await by(LOOKERS.nr, id, PROPOSAL)).toMatchObject({ status: 200 })
  // Who has still to decide is told that what it rests on may fall, and is warned before it signs.
  expect((await passOf())?.warning).toMatch(/拟撤销“.*规划许可.*施工许可.*等它定下来再签/)
  await decided(id)
  const heard = (await told(await county.as(LOOKERS.housing), id)).map(({ title }) => title)
  for (const title of ['前面的许可拟撤销', '前面的许可撤销了'])
    expect(heard.filter((each) => each.endsWith(title))).toHaveLength(1)
  expect((await caseOf(person, id)).outcome.key).toMatch(/^(open|late)$/)
  const housing = await county.as(LOOKERS.housing)
  const { staff, version } = await caseOf(housing, id)
  expect(staff?.allowed.map(({ action }) => action)).not.toContain('pass')
  expect(staff?.refusals?.[0]?.title).toMatch(/撤销了“.*规划许可/)
  const body = { action: 'pass', stepKey: 'parallel', unitId: 'housing', version }
  expect(await housing.send('POST', `/api/cases/${id}/actions`, { body })).toMatchObject({
    status: 409,
    body: { code: 'case.rests-on-refused' },
  })
  await does(LOOKERS.housing, id, 'fail', { reason: staff?.refusals?.[0]?.reasons[0]?.reason ?? '缺前提' })
  await does(LOOKERS.eco, id, 'pass')
  await does(LOOKERS.emergency, id, 'pass')
  await does('zhou-min', id, 'convene')
  await does('zhou-min', id, 'grant')
  const { outcome, decision } = await caseOf(person, id)
  expect(outcome).toMatchObject({ word: '批了 3 样，没批 1 样，撤销了 1 样', tone: 'bad' })
  expect(decision?.paragraphs.join('')).toMatch(/规划许可.*准予（2026年.*撤销）/)
})

test('what is kept stays as it was; what was refused is not revoked here, in plain words', async () => {
  const { person, id } = await begun()
  await does(LOOKERS.nr, id, 'pass')
  await does(LOOKERS.water, id, 'fail', { reason: '缺弃渣场设计' })
  expect(await by(LOOKERS.water, id, { ...PROPOSAL, basis: 'procedure' })).toMatchObject({
    status: 409,
    body: { code: 'case.own-refusal-stands', title: expect.stringContaining('再申请') },
  })
  expect(await by(LOOKERS.nr, id, PROPOSAL)).toMatchObject({ status: 200 })
  const kept = await by(HEAD, id, { action: 'keep-decision', reason: '核过了，红线没有压占' })
  expect(kept, JSON.stringify(kept.body)).toMatchObject({ status: 200 })
  const view = await caseOf(person, id)
  expect(view.revocation).toBeNull()
  expect(await laneOf(person, id, 'nr')).toMatchObject({ state: 'passed', decision: { revoked: null } })
  const paper = view.documents.findLast(({ kind }) => kind === 'revocation-kept')
  expect((await wholeOf(person, id, paper?.id)).organName).toContain('自然资源')
  expect((await told(person, id)).flatMap(({ lines }) => lines).join()).toMatch(/规划许可.*照样算数/)
  expect(await by(LOOKERS.nr, id, PROPOSAL)).toMatchObject({
    status: 422,
    body: { code: 'case.new-fact-missing' },
  })
})

test('while it is open its lane says so and the packet is warned of; kept, who waited hears it once, and who has signed hears neither', async () => {
  const { person, id } = await begun()
  await does(LOOKERS.nr, id, 'pass')
  await does(LOOKERS.water, id, 'pass')
  const laneWords = async () => (await laneOf(person, id, 'nr'))?.words ?? ''
  expect(await laneWords()).not.toContain('准备撤销')
  expect((await by(LOOKERS.nr, id, PROPOSAL)).status).toBe(200)
  expect(await laneWords()).toContain('准备撤销')
  await serve(id, 'revocation-notice')
  await county.door('POST', 'clock', { advanceWorkingDays: 6 })
  const keep = { action: 'keep-decision', reason: '核了，没有压占' }
  expect((await by(HEAD, id, keep)).status).toBe(200)
  expect(await laneWords()).not.toContain('准备撤销')
  const housing = await county.as(LOOKERS.housing)
  const heard = async (ending: string) =>
    (await told(housing, id)).filter(({ title }) => title.endsWith(ending)).length
  expect([await heard('前面的许可拟撤销'), await heard('前面的许可不撤销了')]).toEqual([1, 1])

  for (const unit of ['eco', 'emergency', 'housing'] as const) await does(LOOKERS[unit], id, 'pass')
  const packet = async () =>
    (await caseOf(await county.as('zhou-min'), id)).staff?.allowed.find(({ action }) => action === 'grant')
  expect((await packet())?.warning ?? null).toBeNull()
  expect((await by(LOOKERS.nr, id, { ...PROPOSAL, newFact: '又查到一张旧图' })).status).toBe(200)
  expect((await packet())?.warning).toMatch(/拟撤销“.*规划许可.*现在出件写的还是准予/)
  expect([await heard('前面的许可拟撤销'), await heard('前面的许可不撤销了')]).toEqual([1, 1])
})
