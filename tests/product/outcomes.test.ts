import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList, CaseView } from '#shared/contract/case'
import type { Home } from '#shared/contract/service-item'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'
import { otherEnds } from './ends'

// One outcome, one word, one tone, one document: on every list, page, message and paper, however a case stands or ends.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

type Outcome = CaseView['outcome']

let people = 0
async function filed(itemId: string) {
  people += 1
  const name = `严春${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'.charAt(people)}`
  const born = await newcomer(county, { name, birth: '1944-03-05', villageCode: DALIANG, level: 3 })
  return { ...born, id: await file(county, { ...born, name }, itemId) }
}
type Filed = Awaited<ReturnType<typeof filed>>

const WINDOW = 'zhao-min'
const REVIEWER = 'sun-zhiyuan'
const NOTICE = { reason: '看不清', items: [{ kind: 'material', name: '居民身份证', reason: '重拍' }] }
const advance = (workingDays: number) => county.door('POST', 'clock', { advanceWorkingDays: workingDays })

async function done(staff: string, id: string, ...acts: (readonly [Parameters<typeof act>[2], object?])[]) {
  for (const [action, more] of acts) {
    const { status, body } = await act(await county.as(staff), id, action, { ...more })
    expect(status, JSON.stringify(body)).toBe(200)
  }
}
const accepted = (id: string) => done(WINDOW, id, ['accept'])
const refused = async (id: string) => {
  await accepted(id)
  await done(REVIEWER, id, ['refuse', { reason: '不是本县户口' }])
}
const granted = async (id: string) => {
  await accepted(id)
  await done(REVIEWER, id, ['grant'])
}

/** As whoever waits reads it: staff alone are warned before the day is over. */
const calmly = (outcome: Outcome | null | undefined) =>
  outcome?.tone === 'soon' ? { ...outcome, tone: 'calm' } : outcome

/** Every place of the product that says what a case has come to. */
async function placesOf({ person, personId, id }: Filed, staff: string) {
  const view = await caseOf(person, id)
  const member = await county.as(staff)
  const { items } = (await person.send<CaseList>('GET', '/api/cases')).body
  const { me } = (await person.send<Home>('GET', '/api/home')).body
  const seen = await caseOf(member, id)
  const found = await member.send<Queue>('POST', '/api/work/cases/search', { body: { q: view.caseNumber } })
  const queued = async (tab: string) =>
    (await member.send<Queue>('GET', `/api/work/cases?tab=${tab}`)).body.items
  const tabs = await Promise.all(['to-do', 'waits-for-applicant', 'paused'].map(queued))
  const { messages } = (
    await county.door<{ messages: { title: string; lines: string[]; caseIds: string[] }[] }>(
      'GET',
      `messages?person=${personId}`,
    )
  ).body
  const mine = ({ caseId }: { readonly caseId: string }) => caseId === id
  return {
    view,
    listed: items.find((each) => each.id === id),
    atHome: [...(me?.todos ?? []), ...(me?.running ?? [])].filter(mine),
    forStaff: seen.outcome,
    isTheirs: seen.staff?.allowed.some(({ action }) => action !== 'transfer') === true,
    searched: found.body.items.filter(mine),
    queued: tabs.flat().filter(mine),
    messages: messages.filter(({ caseIds }) => caseIds.includes(id)),
  }
}

interface Told {
  readonly key: Outcome['key']
  readonly word: string | RegExp
  readonly tone: Outcome['tone']
  /** The kind of the document that tells it. */
  readonly paper: string | null
  /** What the newest entry of the history that tells it begins with. */
  readonly history: string
  /** What a message says; null where none tells it. */
  readonly message: string | null
  readonly atHome: boolean
}

async function isToldAlike(live: Filed, staff: string, told: Told) {
  const { view, listed, atHome, forStaff, isTheirs, searched, queued, messages } = await placesOf(live, staff)
  const { outcome } = view
  expect(outcome).toMatchObject({ key: told.key, tone: told.tone })
  expect(outcome.word).toMatch(told.word)
  const paper = view.documents.find(({ id }) => id === outcome.documentId)
  expect(paper?.kind ?? null).toBe(told.paper)
  if (told.paper === null) expect(outcome.documentId).toBeNull()
  expect(listed?.outcome).toEqual(outcome)
  expect(atHome.map((each) => each.outcome)).toEqual(told.atHome ? [outcome] : [])
  expect(calmly(forStaff)).toEqual(outcome)
  expect(searched.map((each) => calmly(each.outcome))).toEqual([outcome])
  // Whoever has something to do finds it in their queue.
  if (isTheirs) expect(queued.length).toBeGreaterThan(0)
  for (const each of queued) expect(calmly(each.outcome)).toEqual(outcome)
  expect(view.timeline.map(({ title }) => title)).toContainEqual(expect.stringContaining(told.history))
  const said = messages.map(({ title, lines }) => [title, ...lines].join('\n'))
  if (told.message !== null) expect(said).toContainEqual(expect.stringContaining(told.message))
  const member = await county.as(staff)
  const { nowText, timeline } = await caseOf(member, live.id)
  const others = otherEnds(outcome)
  const places = {
    messages: said,
    now: [view.nowText, listed?.statusText, nowText],
    home: atHome.flatMap((each) => Object.values(each).filter((text) => typeof text === 'string')),
    history: [...view.timeline, ...timeline].flatMap(({ title, note }) => [title, note ?? '']),
    lists: [...searched, ...queued].map((each) => JSON.stringify(each)),
  }
  for (const [place, words] of Object.entries(places))
    for (const word of others)
      expect(
        words.filter((text) => text?.includes(word)),
        place,
      ).toEqual([])
  return { view, atHome, queued }
}

const ALLOWANCE = 'LX-005'

test.each<[string, string, (live: Filed) => Promise<unknown>, Told, string?]>([
  [
    'filed',
    ALLOWANCE,
    async () => {},
    {
      key: 'open',
      word: '等着受理',
      tone: 'calm',
      paper: null,
      history: '提交申请',
      message: '收到了',
      atHome: true,
    },
  ],
  [
    'accepted',
    ALLOWANCE,
    ({ id }) => accepted(id),
    {
      key: 'open',
      word: '正在办',
      tone: 'calm',
      paper: 'acceptance',
      history: '受理了',
      message: '受理了',
      atHome: true,
    },
  ],
  [
    'asked for more',
    ALLOWANCE,
    ({ id }) => done(WINDOW, id, ['request-correction', NOTICE]),
    {
      key: 'correcting',
      word: '要补 1 样',
      tone: 'calm',
      paper: 'correction',
      history: '要补 1 样',
      message: '要补 1 样',
      atHome: true,
    },
  ],
  [
    'refused',
    ALLOWANCE,
    ({ id }) => refused(id),
    {
      key: 'refused',
      word: '没批',
      tone: 'bad',
      paper: 'deny',
      history: '没批',
      message: '高龄津贴没批',
      atHome: true,
    },
  ],
  [
    'refused and concluded on another day',
    ALLOWANCE,
    async ({ id }) => {
      await refused(id)
      await advance(1)
      await done(WINDOW, id, ['conclude'])
    },
    {
      key: 'refused',
      word: '没批',
      tone: 'bad',
      paper: 'deny',
      history: '没批',
      message: '没批，办结了',
      atHome: true,
    },
  ],
  [
    'refused, concluded and handed over',
    ALLOWANCE,
    async ({ id }) => {
      await refused(id)
      await done(WINDOW, id, ['conclude'], ['deliver', { method: 'pickup' }])
    },
    {
      key: 'refused',
      word: '没批',
      tone: 'bad',
      paper: 'deny',
      history: '没批',
      message: '没批，理由和不服怎么办都写在决定书里',
      atHome: true,
    },
  ],
  [
    'granted',
    ALLOWANCE,
    ({ id }) => granted(id),
    {
      key: 'granted',
      word: '批准了',
      tone: 'good',
      paper: 'confirm',
      history: '批准了',
      message: '批准了',
      atHome: true,
    },
  ],
  [
    'declined',
    ALLOWANCE,
    ({ id }) => done(WINDOW, id, ['decline', { reason: '不归这里办' }]),
    {
      key: 'declined',
      word: '没受理',
      tone: 'bad',
      paper: 'decline',
      history: '没受理',
      message: '高龄津贴没受理',
      atHome: true,
    },
  ],
  [
    'withdrawn',
    ALLOWANCE,
    async ({ person, id }) => {
      const { version } = await caseOf(person, id)
      await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })
    },
    {
      key: 'withdrawn',
      word: '撤回了',
      tone: 'bad',
      paper: null,
      history: '撤回了',
      message: '高龄津贴撤回了',
      atHome: false,
    },
  ],
  [
    'ended by a death',
    ALLOWANCE,
    ({ id }) => done(WINDOW, id, ['terminate', { reason: 'deceased' }]),
    {
      key: 'terminated',
      word: '停了',
      tone: 'bad',
      paper: null,
      history: '停了',
      message: '高龄津贴的申请停了',
      atHome: true,
    },
  ],
  [
    'stopped by a special procedure',
    'LX-026',
    async ({ id }) => {
      await done('window-forest', id, ['accept'])
      await done(
        'reviewer-forest-1',
        id,
        ['pass'],
        ['suspend', { reason: '送省里看树种', basis: 'appraisal', expectedDays: 9 }],
      )
    },
    {
      key: 'suspended',
      word: '暂停计时',
      tone: 'paused',
      paper: 'suspension',
      history: '暂停计时',
      message: '暂停计时',
      atHome: true,
    },
    'reviewer-forest-1',
  ],
  [
    'given more time',
    'LX-038',
    async ({ id }) => {
      await done('window-transport', id, ['accept'])
      await done('reviewer-transport-1', id, ['request-approval', { for: 'extend', reason: '检测没回来' }])
      await done('approver-transport-1', id, ['extend', { reason: '属实' }])
    },
    {
      key: 'open',
      word: '正在办，延长了期限',
      tone: 'calm',
      paper: 'extension',
      history: '延长了期限',
      message: '延长了期限',
      atHome: true,
    },
    'reviewer-transport-1',
  ],
])('%s: all places say the same', async (_how, itemId, live, told, staff = WINDOW) => {
  const born = await filed(itemId)
  await live(born)
  await isToldAlike(born, staff, told)
})

test('what stands still is told by its own procedure, wherever it is read', async () => {
  const born = await filed('LX-026')
  const { id } = born
  await done('window-forest', id, ['accept'])
  const reviewer = 'reviewer-forest-1'
  await done(
    reviewer,
    id,
    ['pass'],
    ['suspend', { reason: '送省里看树种', basis: 'appraisal', expectedDays: 9 }],
  )
  const { view, listed, atHome, messages } = await placesOf(born, reviewer)
  const because = { because: 'special-procedure', stepName: '现场核查', procedure: '鉴定' }
  const now = '等鉴定做完，这段不算时限'
  expect(view).toMatchObject({ dueBecause: because, nowText: now })
  for (const place of [listed, ...atHome])
    expect(place).toMatchObject({ dueBecause: because, statusText: now })
  expect(atHome).toHaveLength(1)
  const said = messages.filter(({ title }) => title.includes('暂停计时')).map(({ lines }) => lines[0])
  expect(said).toEqual([expect.stringContaining('因鉴定暂停')])
  await done(reviewer, id, ['resume'])
  expect((await caseOf(born.person, id)).nowText).not.toContain('鉴定')
})

test('granted and concluded: all places say the same, and the paper is the one that was issued', async () => {
  const born = await filed(ALLOWANCE)
  await granted(born.id)
  await done(WINDOW, born.id, ['conclude'])
  const { view } = await isToldAlike(born, WINDOW, {
    key: 'granted',
    word: '办好了',
    tone: 'good',
    paper: 'confirm',
    history: '批准了',
    message: '高龄津贴办好了',
    atHome: true,
  })
  const paper = view.documents.find(({ id }) => id === view.outcome.documentId)
  expect(paper).toMatchObject({ title: '高龄津贴发放决定', documentNumber: view.decision?.documentNumber })
  expect(view.decision?.documentTitle).toBe('高龄津贴发放决定')
})

test('what is left of a refusal is done by who reads that it is one', async () => {
  const born = await filed(ALLOWANCE)
  await refused(born.id)
  const { queued } = await placesOf(born, WINDOW)
  expect(queued).toMatchObject([{ stepKey: 'finish', outcome: { key: 'refused', word: '没批' } }])
})

test('a village that does not hang its notice is late by its own limit, in all places alike', async () => {
  const born = await filed('LX-025')
  const village = 'wang-lixin'
  await done(village, born.id, ['verify'])
  const until = (await caseOf(born.person, born.id)).dueBecause
  const unpublished = { days: 5, unit: 'calendar' }
  const stage = { because: 'stage', step: 'publicity', unpublished }
  expect(until).toMatchObject({ ...stage, until: expect.stringMatching(/^2026-/) as unknown })
  const open = { key: 'open', word: '等着受理', tone: 'calm', paper: null } as const
  await isToldAlike(born, village, { ...open, history: '村里核实', message: null, atHome: true })
  await advance(3)
  const late = { key: 'late', word: /^超了 \d 个工作日$/, tone: 'late', paper: null } as const
  const { view, atHome } = await isToldAlike(born, village, {
    ...late,
    history: '村里核实',
    message: null,
    atHome: true,
  })
  // By when it was to hang stays said, whom to ask is told, and nothing was promised that could be broken.
  expect(view).toMatchObject({ dueOn: null, dueBecause: until, light: { kind: 'late' } })
  expect(view.ask).toMatchObject({ shortName: '大梁村' })
  expect(atHome).toMatchObject([{ dueOn: null, dueBecause: until }])
  await done(village, born.id, ['publish-notice'])
  expect((await caseOf(born.person, born.id)).outcome).toMatchObject({ key: 'open', tone: 'calm' })
})

test('time alone: its last day, late, silence and a notice that nobody answers', async () => {
  await county.door('POST', 'clock', { set: '2026-12-02T09:00:00+08:00' })
  const [late, silent, asked] = [await filed(ALLOWANCE), await filed(ALLOWANCE), await filed(ALLOWANCE)]
  await accepted(late.id)
  await done(WINDOW, asked.id, ['request-correction', NOTICE])
  await advance(6)
  await isToldAlike(silent, WINDOW, {
    key: 'open',
    word: '正在办，已经算受理了',
    tone: 'calm',
    paper: 'acceptance',
    history: '已经算受理了',
    message: '已经算受理了',
    atHome: true,
  })
  expect((await caseOf(silent.person, silent.id)).nowText).toMatch(/，已经算受理了$/)
  await advance(4)
  // Who waits is not alarmed while the day is not over; who works on it is warned.
  expect(await caseOf(late.person, late.id)).toMatchObject({
    light: { kind: 'today' },
    outcome: { key: 'open', tone: 'calm' },
  })
  expect((await caseOf(await county.as(REVIEWER), late.id)).outcome.tone).toBe('soon')
  await advance(1)
  const told = { key: 'late', word: /^超了 1 个工作日$/, tone: 'late', paper: null } as const
  await isToldAlike(late, REVIEWER, { ...told, history: '受理了', message: null, atHome: true })
  await advance(5)
  await isToldAlike(asked, WINDOW, {
    key: 'lapsed',
    word: '停了',
    tone: 'bad',
    paper: 'termination',
    history: '停了',
    message: '高龄津贴的申请停了',
    atHome: true,
  })
  // Who kept silent has not died: no row and no card of theirs speaks of a family.
  const clerk = await county.as(WINDOW)
  const queue = await clerk.send<Queue>('GET', '/api/work/cases?tab=to-do')
  const row = queue.body.items.find(({ caseId }) => caseId === asked.id)
  expect(row?.note).toBe('要当面给或者寄，登记哪天收到')
  const { delivery } = await caseOf(clerk, asked.id)
  expect(delivery?.papers).toMatchObject([{ of: 'termination', awaited: true }])
  expect(delivery?.papers[0]).not.toHaveProperty('forFamily')
  expect(delivery?.papers[0]?.acts).toContain('leave')
  await county.door('POST', 'clock', { advanceHours: 24 * 8 })
  const { atHome } = await placesOf(asked, WINDOW)
  expect(atHome).toEqual([])
})

test.each([
  ['LX-034', ['qian-xiaoli', 'li-wanqing', 'zhao-gang', 'approver-market-1'], '食品安全法》第三十五条'],
  [
    'LX-028',
    ['window-agri', 'reviewer-agri-1', 'reviewer-agri-2', 'approver-agri-1'],
    '农药管理条例》（国务院令第677号）第二十四、二十五条',
  ],
] as const)(
  '%s: a firm is named, and the law of the item is cited, by the paper and by its draft',
  async (itemId, [window, reviewer, colleague, approver], law) => {
    const born = await filed(itemId)
    const { person, id } = born
    const { answers } = await caseOf(person, id)
    const firm = answers.find(({ key }) => key === 'entName')?.text ?? ''
    expect(firm.length).toBeGreaterThan(1)
    expect((await placesOf(born, window)).listed?.applicantMasked).toBe(firm)
    await done(window, id, ['accept'])
    await done(
      reviewer,
      id,
      ['pass'],
      ['record-visit', { officerIds: [reviewer, colleague], reason: '去看过' }],
      ['pass'],
    )
    const [draft] = (await caseOf(await county.as(approver), id)).staff?.decisionDrafts ?? []
    expect(draft?.legalBasis[0]).toContain(law)
    const reason = '场地没有配套的设备'
    await done(approver, id, ['refuse', { reason }])
    const { decision } = await caseOf(person, id)
    expect(decision?.recipient).toContain(firm)
    if (!decision) throw new Error('undecided')
    const [said, why, remedy] = decision.paragraphs
    expect(said).toMatch(
      /^你单位于\d{4}年\d+月\d+日申请“.+”，\d{4}年\d+月\d+日受理。经审查，不符合规定的条件，根据/,
    )
    expect(said).toContain(law)
    expect(said).toMatch(/不予办理。$/)
    expect(why).toBe(`理由：${reason}`)
    expect(remedy).toMatch(/60 日内向.+申请行政复议，或者在 6 个月内向.+起诉/)
  },
)
