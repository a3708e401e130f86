import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument, CaseList } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import type { Home } from '#shared/contract/service-item'
import type { Queue } from '#shared/contract/work'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { bornBy, file, play } from '../e2e/scenes'
import { wordsOfPdf } from '../pdf-text'
import { allowanceOf } from './allowance'
import type { Person } from './client'
import { act, type County, caseOf, openCounty } from './county'

// A decision found wrong after it was signed: corrected, questioned, kept or revoked, and never before its holder was heard.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-03-02T09:42:00+08:00' })
})
afterAll(() => county.close())

type Refused = { readonly code?: string; readonly errors?: readonly { readonly pointer: string }[] }

const REVIEWER = 'sun-zhiyuan'
const APPROVER = 'wu-deming'
const born = (name: string) => bornBy(county)(name)

const GRANTED = [
  ['village', 'verify'],
  ['window', 'accept'],
  ['reviewer', 'grant'],
] as const
const CONCLUDED = [...GRANTED, ['window', 'conclude']] as const
const REFUSED = [
  ['village', 'verify'],
  ['window', 'accept'],
  ['reviewer', 'refuse', { reason: '年龄算错了，没到八十' }],
  ['window', 'conclude'],
] as const

async function after(person: Person, id: string, body: object, door = 'after-decision') {
  const { version } = await caseOf(person, id)
  return person.send<Refused>('POST', `/api/cases/${id}/${door}`, { body: { version, ...body } })
}
const by = async (staffId: string, id: string, body: object) => after(await county.as(staffId), id, body)

const PROPOSAL = {
  action: 'propose-revocation',
  basis: 'unqualified',
  reason: '户口在外县，迁来还没满一年',
} as const
const REVOKE = { action: 'revoke-decision', reason: '说的情况查了，没有新的材料，不采纳' } as const

async function filedAgain(owner: Awaited<ReturnType<typeof born>>) {
  const body = await allowanceOf(owner.person, owner)
  return (await owner.person.send('POST', '/api/cases', { body })).status
}

async function proposed(name: string, acts: Parameters<typeof play>[2] = CONCLUDED) {
  const owner = await born(name)
  const id = await file(county, owner, 'LX-005')
  await play(county, id, acts)
  const done = await by(REVIEWER, id, PROPOSAL)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  return { id, owner, approver: await county.as(APPROVER) }
}

const documentsOf = async (person: Person, id: string) => (await caseOf(person, id)).documents
const read = async (person: Person, id: string, documentId: string) =>
  (await person.send<CaseDocument>('GET', `/api/cases/${id}/documents/${documentId}`)).body
const kindOf = async (person: Person, id: string, kind: string) => {
  const found = (await documentsOf(person, id)).findLast((each) => each.kind === kind)
  if (!found) throw new Error(`no ${kind}`)
  return found
}
const listed = async (person: Person, id: string) =>
  (await person.send<CaseList>('GET', '/api/cases')).body.items.find((each) => each.id === id)
const told = async (person: Person, title: RegExp) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter((each) => title.test(each.title))

test('whoever is to lose a grant is asked first, with the last day, and it is theirs to do', async () => {
  const { id, owner, approver } = await proposed('陶先听')
  const view = await caseOf(owner.person, id)
  expect(view.revocation).toMatchObject({
    ground: '申请人不具备申请资格，或者不符合法定条件',
    reason: PROPOSAL.reason,
    speakUntil: '2026-03-09',
    maySpeak: true,
    statements: [],
  })
  expect(view.outcome).toMatchObject({ key: 'granted' })
  expect(await listed(owner.person, id)).toMatchObject({ waitsForMe: 'statement', dueOn: '2026-03-09' })
  const home = (await owner.person.send<Home>('GET', '/api/home')).body
  expect(home.me?.todos).toMatchObject([{ kind: 'statement', caseId: id, dueOn: '2026-03-09' }])
  expect(await told(owner.person, /先听你说/)).toHaveLength(1)
  const paper = await read(owner.person, id, (await kindOf(owner.person, id, 'revocation-notice')).id)
  expect(paper.paragraphs.join('')).toMatch(/陈述、申辩，请在2026年3月9日以前（含当天，5 个工作日内）提出/)
  expect(paper.recipient).toContain('陶先听')
  // Whose it is to decide has come to see it, and waits.
  expect((await caseOf(approver, id)).staff?.afterDecision).toMatchObject({
    allowed: ['keep-decision'],
    waitsBecause: expect.stringContaining('等申请人陈述、申辩，到 3月9日'),
  })
  expect(await after(approver, id, REVOKE)).toMatchObject({
    status: 409,
    body: { code: 'case.hearing-open' },
  })
  expect(await told(approver, /拟撤销，请你定/)).toHaveLength(1)
})

test('who has spoken is heard on the paper; what was granted is revoked, ends, and says why and what may be done', async () => {
  const { id, owner, approver } = await proposed('陶说话')
  expect(await filedAgain(owner)).toBe(409)
  const words = '我一直住在大梁，户口是去年迁回来的'
  expect((await after(owner.person, id, { statement: words }, 'statement')).status).toBe(200)
  expect(await after(approver, id, REVOKE)).toMatchObject({ body: { code: 'case.hearing-open' } })
  const all = { statement: '户口本也给窗口看过了', isAll: true }
  expect((await after(owner.person, id, all, 'statement')).status).toBe(200)
  expect(await listed(owner.person, id)).toMatchObject({ waitsForMe: expect.not.stringMatching('statement') })
  expect(await told(approver, /申请人说了意见/)).toHaveLength(2)
  expect(await by(REVIEWER, id, REVOKE)).toMatchObject({ status: 403, body: { code: 'case.not-your-task' } })
  const done = await after(approver, id, REVOKE)
  expect(done, JSON.stringify(done.body)).toMatchObject({
    status: 200,
    body: { status: 'revoked', outcome: { key: 'revoked', word: '撤销了', tone: 'bad' } },
  })
  const view = await caseOf(owner.person, id)
  expect(view).toMatchObject({ revocation: null, pay: null, mayRate: true, applyAgain: true })
  expect(view.nowText).toBe('撤销了')
  expect(view.against).toMatchObject({
    documentTitle: '撤销决定书',
    reason: REVOKE.reason,
    ways: { reviewAuthority: '郎溪县人民政府', servedOn: null, reviewUntil: null },
  })
  const paper = await read(owner.person, id, view.outcome.documentId ?? '')
  const text = paper.paragraphs.join('\n')
  expect(paper.title).toBe('撤销决定书')
  expect(text).toContain(words)
  expect(text).toContain(REVOKE.reason)
  expect(text).toMatch(/停止发放/)
  expect(text).toMatch(/60 日内向郎溪县人民政府申请行政复议/)
  const old = (await documentsOf(owner.person, id)).find(({ kind }) => kind === 'confirm')
  expect(old?.mark).toMatchObject({ kind: 'revoked', words: `已撤销，见${paper.documentNumber}` })
  const sheet = await owner.person.fetchFile(`/api/cases/${id}/documents/${old?.id}`, {
    Accept: 'application/pdf',
  })
  expect(await wordsOfPdf(sheet.bytes)).toContain(`已撤销，见${paper.documentNumber}`)
  expect(await listed(owner.person, id)).toMatchObject({ waitsForMe: 'result', outcome: { key: 'revoked' } })
  expect(await told(owner.person, /撤销了/)).toHaveLength(1)
  // One may say what one thinks of it, and apply anew: what was revoked bars nothing.
  const rated = await owner.person.send('POST', `/api/cases/${id}/rating`, { body: { level: 4 } })
  expect(rated.status, JSON.stringify(rated.body)).toBeLessThan(300)
  expect((await owner.person.send('POST', `/api/cases/${id}/again`)).status).toBe(200)
  expect(await filedAgain(owner)).toBe(201)
  // Nothing more happens to it.
  expect(await after(approver, id, REVOKE)).toMatchObject({ status: 409, body: { code: 'case.undecided' } })
})

test('the last day over, nobody said anything: it may be revoked, and the paper says so', async () => {
  const { id, owner, approver } = await proposed('陶没说')
  await county.door('POST', 'clock', { advanceWorkingDays: 5 })
  expect(await after(approver, id, REVOKE)).toMatchObject({ status: 409 })
  await county.door('POST', 'clock', { advanceWorkingDays: 1 })
  // The day is over: nothing is asked of them any more.
  expect(await listed(owner.person, id)).toMatchObject({ waitsForMe: expect.not.stringMatching('statement') })
  expect((await after(approver, id, REVOKE)).status).toBe(200)
  const view = await caseOf(owner.person, id)
  const paper = await read(owner.person, id, view.outcome.documentId ?? '')
  expect(paper.paragraphs.join('')).toContain('没有收到你的陈述、申辩')
})

test('what was said at a counter is written down, and what is kept goes on', async () => {
  const { id, owner, approver } = await proposed('陶照发', GRANTED)
  expect(
    (await by('zhao-min', id, { action: 'record-statement', statement: '本人来窗口说，材料是真的' })).status,
  ).toBe(200)
  expect((await caseOf(owner.person, id)).revocation?.statements).toMatchObject([
    { words: '本人来窗口说，材料是真的' },
  ])
  const kept = await after(approver, id, { action: 'keep-decision', reason: '核过了，户口满一年' })
  expect(kept.status).toBe(200)
  expect(JSON.stringify(await told(owner.person, /决定不撤销了/))).toContain('听了意见，原来的决定照样算数')
  const paper = await read(owner.person, id, (await kindOf(owner.person, id, 'revocation-kept')).id)
  expect(paper).toMatchObject({
    title: '不撤销告知书',
    documentNumber: expect.stringMatching(/不撤〔2026〕\d+号$/),
  })
  expect(paper.paragraphs.join('')).toMatch(/本人来窗口说，材料是真的.*核过了，户口满一年.*不撤销这个决定/)
  const view = await caseOf(owner.person, id)
  expect(view).toMatchObject({ revocation: null, outcome: { key: 'granted', word: '批准了' } })
  // It was weighed once: whoever proposes it again says what has been found since.
  expect(await by(REVIEWER, id, PROPOSAL)).toMatchObject({
    status: 422,
    body: { code: 'case.new-fact-missing' },
  })
  const newFact = '派出所来函：迁入日期是今年一月'
  expect((await by(REVIEWER, id, { ...PROPOSAL, newFact })).status).toBe(200)
  const notice = await read(owner.person, id, (await kindOf(owner.person, id, 'revocation-notice')).id)
  expect(notice.paragraphs.join('')).toContain(`新查明的：${newFact}`)
  expect((await after(approver, id, { action: 'keep-decision', reason: '还是没有错' })).status).toBe(200)
  await play(county, id, [['window', 'conclude']])
  expect((await caseOf(owner.person, id)).outcome.word).toBe('办好了')
})

test('whoever filed it for the owner neither ends the owner’s days nor reads what the owner says', async () => {
  const owner = await born('陶本人')
  const helper = await born('陶帮办')
  const body = { ...(await allowanceOf(helper.person, owner)), agent: true }
  const filed = await helper.person.send<{ id: string }>('POST', '/api/cases', { body })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const { id } = filed.body
  await play(county, id, GRANTED.slice(0, 2))
  const window = await county.as('zhao-min')
  const shown = { version: (await caseOf(window, id)).version, reason: '本人和身份证都在面前' }
  const confirmed = await window.send('POST', `/api/cases/${id}/identity-confirmation`, { body: shown })
  expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200)
  await play(county, id, GRANTED.slice(2))
  expect((await by(REVIEWER, id, PROPOSAL)).status).toBe(200)
  const say = ({ person }: typeof owner, statement: string, more = {}) =>
    after(person, id, { statement, ...more }, 'statement')
  expect((await caseOf(helper.person, id)).revocation).toMatchObject({ maySpeak: true, maySayAll: false })
  expect((await say(helper, '他没有意见', { isAll: true })).status).toBe(409)
  expect((await say(helper, '户口本在我这里')).status).toBe(200)
  // She has said nothing herself.
  expect(await told(owner.person, /你的意见记下了/)).toEqual([])
  expect(await told(owner.person, /帮办的人说了意见/)).toHaveLength(1)
  expect(await listed(owner.person, id)).toMatchObject({ waitsForMe: 'statement' })
  const secret = '我有慢性病，全靠这笔钱'
  expect((await say(owner, secret, { isAll: true })).status).toBe(200)
  expect((await after(await county.as(APPROVER), id, REVOKE)).status).toBe(200)
  const paperOf = async ({ person }: typeof owner) =>
    (await read(person, id, (await kindOf(person, id, 'revocation')).id)).paragraphs.join('\n')
  expect(await paperOf(owner)).toContain(secret)
  const seen = await paperOf(helper)
  expect(seen).toContain('你陈述、申辩：（内容只给申请人看）')
  expect(seen).toContain('帮办的人陈述、申辩：户口本在我这里')
  expect(JSON.stringify(await caseOf(owner.person, id))).toContain(secret)
  expect(JSON.stringify([seen, await caseOf(helper.person, id)])).not.toContain(secret)
})

test('a refusal that was wrong falls without waiting, and is decided anew with days of its own', async () => {
  const approver = await county.as(APPROVER)
  const other = await born('陶没批')
  const refused = await file(county, other, 'LX-005')
  await play(county, refused, REFUSED)
  const wrong = await by(REVIEWER, refused, { ...PROPOSAL, basis: 'unqualified' })
  expect(wrong).toMatchObject({
    status: 422,
    body: { code: 'case.target-unknown', errors: [{ pointer: '/basis' }] },
  })
  expect(
    (await by(REVIEWER, refused, { ...PROPOSAL, basis: 'other', reason: '出生日期看错了' })).status,
  ).toBe(200)
  const before = await caseOf(other.person, refused)
  expect(before.revocation).toMatchObject({ speakUntil: null, isAsked: false, maySayAll: false })
  expect(await listed(other.person, refused)).toMatchObject({
    waitsForMe: expect.not.stringMatching('statement'),
  })
  expect(await told(other.person, /先听你说/)).toHaveLength(0)
  expect(await told(other.person, /没批的决定可能错了/)).toHaveLength(1)
  const notice = await read(
    other.person,
    refused,
    (await kindOf(other.person, refused, 'revocation-notice')).id,
  )
  expect([...notice.paragraphs, notice.plain].join('')).not.toMatch(/陈述|有话先说/)
  const done = await after(approver, refused, { ...REVOKE, reason: '出生日期看错了，重新作决定' })
  expect(done).toMatchObject({ status: 200, body: { status: 'examining', outcome: { key: 'open' } } })
  const view = await caseOf(other.person, refused)
  expect(view).toMatchObject({ decision: null, against: null, mayRate: false, applyAgain: false })
  expect(view.dueOn).not.toBeNull()
  expect(view.timeline[0]).toMatchObject({ title: '没批的决定撤销了，重新作决定' })
  const old = view.documents.find(({ kind }) => kind === 'deny')
  expect(old?.mark?.kind).toBe('revoked')
  const paper = await read(other.person, refused, (await kindOf(other.person, refused, 'revocation')).id)
  expect(paper.paragraphs.join('')).not.toContain('陈述')
  expect(await told(other.person, /重新办了/)).toHaveLength(1)
  await play(county, refused, [
    ['reviewer', 'grant'],
    ['window', 'conclude'],
  ])
  const again = await caseOf(other.person, refused)
  expect(again.outcome).toMatchObject({ key: 'granted', word: '办好了' })
  expect(again.documents.find(({ kind }) => kind === 'confirm')?.mark).toBeNull()
})

test('a slip of the pen is put right by a paper of its own, and the decision stays as it is', async () => {
  const owner = await born('陶笔误')
  const id = await file(county, owner, 'LX-005')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '户籍在大粱村，户囗簿没有带' }],
    ['window', 'conclude'],
  ])
  const slip = { action: 'correct-decision', reason: '录的时候打错了字' }
  const correct = (written: string, corrected: string, who = 'li-kai') =>
    by(who, id, { ...slip, written, corrected })
  expect(await correct('陶笔误', '陶笔误')).toMatchObject({ status: 422, body: { code: 'case.slip-same' } })
  expect(await correct('张三', '张山')).toMatchObject({ status: 422, body: { code: 'case.slip-unwritten' } })
  expect(await correct('2026', '2025')).toMatchObject({
    status: 422,
    body: { code: 'case.slip-repeated' },
  })
  expect(await correct('不予', '准予')).toMatchObject({ status: 422, body: { code: 'case.slip-decides' } })
  const before = await caseOf(owner.person, id)
  expect(await correct('陶笔误', '陶毕武')).toMatchObject({ status: 422, body: { code: 'case.slip-holder' } })
  // Whoever wrote the reason does not say alone that another word was meant.
  expect(await correct('大粱村', '大梁村', REVIEWER)).toMatchObject({
    status: 409,
    body: { code: 'case.own-slip' },
  })
  expect((await caseOf(await county.as(REVIEWER), id)).staff?.afterDecision?.allowed).not.toContain(
    'correct-decision',
  )
  expect((await caseOf(await county.as('li-kai'), id)).staff?.afterDecision?.allowed).toContain(
    'correct-decision',
  )
  expect((await correct('大粱村', '大梁村')).status).toBe(200)
  expect((await correct('户囗簿', '户口簿')).status).toBe(200)
  // What was put in would be another reason.
  expect(await correct('没有带', '没有本人带')).toMatchObject({
    status: 422,
    body: { code: 'case.slip-another' },
  })
  const view = await caseOf(owner.person, id)
  expect([view.status, view.outcome.key, view.dueOn]).toEqual([before.status, 'refused', before.dueOn])
  const papers = view.documents.filter(({ kind }) => kind === 'amendment')
  const old = view.documents.find(({ kind }) => kind === 'deny')
  expect(old?.mark).toMatchObject({
    kind: 'corrected',
    words: `已更正，见${papers.map(({ documentNumber }) => documentNumber).join('、')}`,
  })
  const paper = await read(owner.person, id, papers[0]?.id ?? '')
  expect(paper.title).toBe('更正通知书')
  expect(paper.paragraphs).toEqual(
    expect.arrayContaining([
      `更正的文书：《${old?.title}》（${old?.documentNumber}）`,
      '原文为：大粱村',
      '更正为：大梁村',
    ]),
  )
})

const ADVICE = { ...PROPOSAL, action: 'advise-revocation', reason: '群众举报不符合条件' } as const

async function advisedBySupervisor(name: string) {
  const owner = await born(name)
  const id = await file(county, owner, 'LX-005')
  await play(county, id, CONCLUDED)
  const supervisor = await county.as('supervisor-1')
  const look = await supervisor.send('POST', `/api/work/cases/${id}/looks`, {
    body: { reason: ADVICE.reason },
  })
  expect(look.status, JSON.stringify(look.body)).toBeLessThan(300)
  // It signs nothing in the organ's name.
  expect(await after(supervisor, id, PROPOSAL)).toMatchObject({ body: { code: 'case.not-your-task' } })
  const advised = await after(supervisor, id, ADVICE)
  expect(advised.status, JSON.stringify(advised.body)).toBe(200)
  return { id, owner, supervisor, approver: await county.as(APPROVER) }
}

test('the county’s supervisor proposes to the organ, issues no paper, and the organ alone revokes', async () => {
  const { id, owner, supervisor, approver } = await advisedBySupervisor('陶督查')
  const seen = await caseOf(owner.person, id)
  expect(seen).toMatchObject({ revocation: null, outcome: { key: 'granted' } })
  expect(JSON.stringify(seen)).not.toContain(ADVICE.reason)
  expect(seen.documents.filter(({ kind }) => kind === 'revocation-notice')).toEqual([])
  expect(await told(approver, /督查建议撤销/)).toHaveLength(1)
  expect((await caseOf(approver, id)).staff?.afterDecision).toMatchObject({
    allowed: expect.arrayContaining(['decline-advice', 'propose-revocation']),
    advice: { title: '督查建议撤销', reason: ADVICE.reason },
  })
  expect((await by(REVIEWER, id, PROPOSAL)).status).toBe(200)
  expect(await told(supervisor, /机关拟撤销/)).toHaveLength(1)
  const all = { statement: '我符合条件，有户口本', isAll: true }
  expect((await after(owner.person, id, all, 'statement')).status).toBe(200)
  expect((await by('supervisor-1', id, REVOKE)).status).toBe(403)
  const { version } = await caseOf(owner.person, id)
  const leader = await county.as('county-leader')
  const body = { version, ...REVOKE }
  expect((await leader.send('POST', `/api/cases/${id}/after-decision`, { body })).status).toBe(404)
  expect((await after(approver, id, REVOKE)).status).toBe(200)
  const paper = await read(owner.person, id, (await kindOf(owner.person, id, 'revocation')).id)
  expect(paper.organName).toContain('梅渚镇')
  expect(await told(supervisor, /决定撤销了/)).toHaveLength(1)
})

test('the organ that stands by its decision says why to the supervisor, and the holder hears of nothing', async () => {
  const { id, owner, supervisor, approver } = await advisedBySupervisor('陶没错')
  const decline = { action: 'decline-advice', reason: '户口查过了，满一年' }
  expect((await after(approver, id, decline)).status).toBe(200)
  expect(await told(supervisor, /机关不撤销/)).toHaveLength(1)
  const view = await caseOf(supervisor, id)
  expect(view.staff?.afterDecision?.advice).toBeNull()
  expect(JSON.stringify(view.timeline)).toContain(decline.reason)
  expect(JSON.stringify(await caseOf(owner.person, id))).not.toContain(decline.reason)
})

const queueRow = async (person: Person, id: string) =>
  (await person.send<Queue>('GET', '/api/work/cases?tab=to-do')).body.items.find(
    ({ caseId }) => caseId === id,
  )

test('what is proposed stands in the queue of who settles it, with a last day of which they are reminded', async () => {
  const { id, owner, approver } = await proposed('陶限期')
  const row = await queueRow(approver, id)
  const { revocation, staff } = await caseOf(approver, id)
  expect(row).toMatchObject({
    stepName: '拟撤销',
    note: '等你定撤不撤',
    firstAction: '定撤不撤',
    dueOn: staff?.afterDecision?.settleBy,
  })
  // Ten working days after the last one to speak: nobody is late while the holder may still say something.
  expect((row?.dueOn ?? '') > (revocation?.speakUntil ?? '9')).toBe(true)
  const toldOf = async (title: RegExp) =>
    (await told(approver, title)).filter(({ page }) => page?.endsWith(id))
  await county.door('POST', 'clock', { advanceWorkingDays: 15 })
  await county.app.jobs['remind-of-deadlines']()
  expect((await queueRow(approver, id))?.light?.kind).toBe('today')
  expect(await toldOf(/今天 17:30 前办好/)).toHaveLength(1)
  await county.door('POST', 'clock', { advanceWorkingDays: 1 })
  await county.app.jobs['remind-of-deadlines']()
  expect(await toldOf(/超期 1 个工作日/)).toHaveLength(1)
  expect((await after(approver, id, REVOKE)).status).toBe(200)
  expect(await queueRow(approver, id)).toBeUndefined()
  expect((await caseOf(owner.person, id)).outcome.key).toBe('revoked')
})

test('what is asked from above stands in the organ’s queue until it is answered', async () => {
  const { id, approver } = await advisedBySupervisor('陶答复')
  expect(await queueRow(approver, id)).toMatchObject({ note: '等你答复督查', firstAction: '答复' })
  await after(approver, id, { action: 'decline-advice', reason: '户口查过了，满一年' })
  expect(await queueRow(approver, id)).toBeUndefined()
})

test('that nothing is paid meanwhile is told on the paper, in the message and on the page', async () => {
  const { id, owner, approver } = await proposed('陶停发', GRANTED)
  expect((await caseOf(owner.person, id)).revocation).toMatchObject({ isHeldBack: true })
  const paper = await read(owner.person, id, (await kindOf(owner.person, id, 'revocation-notice')).id)
  expect(paper.paragraphs.join('')).toContain('定下来以前，这项钱先不发')
  const [message] = await told(owner.person, /先听你说/)
  expect(JSON.stringify(message)).toContain('先不发钱')
  expect((await after(approver, id, { action: 'keep-decision', reason: '没有错' })).status).toBe(200)
  const [kept] = await told(owner.person, /决定不撤销了/)
  expect(JSON.stringify(kept)).toContain('重新核过了，原来的决定照样算数，先停下的钱接着发')
})

test('whoever has it to pay hears that the money waits, and that it goes on', async () => {
  const owner = await born('陶付款')
  const id = await file(county, owner, 'LX-010')
  const steps = [
    ['zhao-min', 'accept'],
    ['reviewer-disabled-1', 'pass'],
    ['approver-civil-1', 'grant'],
  ] as const
  for (const [staffId, action] of steps)
    expect((await act(await county.as(staffId), id, action)).status, action).toBe(200)
  const payer = await county.as('window-civil')
  const toldPayer = async (title: RegExp) =>
    (await told(payer, title)).filter(({ page }) => page?.includes(id))
  expect((await by('approver-civil-1', id, PROPOSAL)).status).toBe(200)
  expect(await toldPayer(/先不要发钱/)).toHaveLength(1)
  const kept = await by('approver-civil-2', id, { action: 'keep-decision', reason: '没有错' })
  expect(kept.status, JSON.stringify(kept.body)).toBe(200)
  expect(await toldPayer(/接着发钱/)).toHaveLength(1)
})

test('each of these cases is in its row what its events say', async () => {
  const lines: string[] = []
  await rebuildCases({ services: county.services, words: [], print: (line) => lines.push(line) })
  expect(lines).toEqual([expect.stringMatching(/，0 件和记录对不上。$/)])
})

test('ten times a day is said what there is to say: whoever weighs it is kept from it by no stream of words', async () => {
  const { id, owner } = await proposed('陶常说')
  const braked = (title: string, detail: string) => ({
    status: 429,
    body: { code: 'request.rate-limited', title, detail: expect.stringContaining(detail) },
  })
  for (let time = 1; time <= 10; time += 1)
    expect((await after(owner.person, id, { statement: `第 ${time} 次说` }, 'statement')).status).toBe(200)
  expect(await after(owner.person, id, { statement: '再说一次' }, 'statement')).toMatchObject(
    braked('今天不能再说了', '到窗口当面说'),
  )
  const record = { action: 'record-statement', statement: '他到窗口说的' }
  for (let time = 1; time <= 10; time += 1) expect((await by('zhao-min', id, record)).status).toBe(200)
  expect(await by('zhao-min', id, record)).toMatchObject(braked('今天不能再记了', '请同事记'))
})

test('what is refused is no word that was said', async () => {
  const owner = await born('陶早说')
  const id = await file(county, owner, 'LX-005')
  await play(county, id, CONCLUDED)
  for (let time = 1; time <= 11; time += 1) {
    expect((await after(owner.person, id, { statement: '先说一声' }, 'statement')).status).toBe(409)
    const record = { action: 'record-statement', statement: '先说一声' }
    expect((await by('zhao-min', id, record)).status).toBe(409)
  }
  expect((await by(REVIEWER, id, PROPOSAL)).status).toBe(200)
  expect((await after(owner.person, id, { statement: '迁来三年了' }, 'statement')).status).toBe(200)
  expect((await by('zhao-min', id, { action: 'record-statement', statement: '迁来三年了' })).status).toBe(200)
})
