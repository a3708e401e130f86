import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { addDays, dayIn } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { caseLight } from '../clock/case-light'
import type { CaseEvent, CaseEventType } from '../events'
import { evolve, replay } from '../evolve'
import {
  act,
  file,
  type Journey,
  later,
  offered,
  passTime,
  supplement,
  withdraw,
} from '../journeys/case-fixture'
import { driveTo, driveToEnd } from '../journeys/sensible-acts'
import { documentKindOf } from '../paper/document-kinds'
import { isPartAlone, stepOf } from '../route'
import type { CaseState } from '../state'
import { isUnread, outcomeAt, outcomeOf, overOn } from './outcome'
import { hasResult, isOver, OUTCOME_KEYS, type Outcome } from './outcome-words'

const items = packItems()
const itemOf = (id: string) => {
  const found = items.find((each) => each.id === id)
  if (!found) throw new Error(`no ${id}`)
  return found
}
/** Each event's document bears the place of the event. */
const documentsOf = ({ item, events, state }: Journey) =>
  events.flatMap((event, at) => {
    const kind = documentKindOf(event, item, state)
    return kind === null ? [] : [{ id: `${at}`, kind }]
  })
const toldOf = (journey: Journey, reader: 'applicant' | 'staff' = 'applicant') =>
  outcomeOf(journey.item, journey.state, {
    calendar: CALENDAR_2026,
    documents: documentsOf(journey),
    today: dayIn(journey.now),
    reader,
  })

const last = ({ events }: Journey, is: (event: CaseEvent) => boolean) => events.findLastIndex(is)
const isOf =
  (...types: CaseEventType[]) =>
  ({ type }: CaseEvent) =>
    types.includes(type)
const paperOf = (journey: Journey, type: CaseEventType) => {
  const at = last(journey, isOf(type))
  return at < 0 ? null : `${at}`
}

/** What became of it by the log alone, as one would tell it who has read no state. */
function endByTheLog(journey: Journey): Outcome | undefined {
  const end = journey.events.find(isOf('declined', 'withdrawn', 'terminated'))
  switch (end?.type) {
    case 'declined':
      return { key: 'declined', word: '没受理', tone: 'bad', documentId: paperOf(journey, 'declined') }
    case 'withdrawn':
      return { key: 'withdrawn', word: '撤回了', tone: 'bad', documentId: null }
    case 'terminated':
      return {
        key: end.cause === null ? 'lapsed' : 'terminated',
        word: '停了',
        tone: 'bad',
        documentId: end.cause === null ? paperOf(journey, 'terminated') : null,
      }
    default:
      return undefined
  }
}

const failsCheck =
  ({ item }: Journey) =>
  (event: CaseEvent) =>
    (event.type === 'verified' || event.type === 'examined') &&
    stepOf(item, event.stepKey).followUp &&
    event.outcome === 'failed'

function decisionByTheLog(journey: Journey): Outcome | undefined {
  const { events } = journey
  if (events.some(isOf('refused')))
    return { key: 'refused', word: '没批', tone: 'bad', documentId: paperOf(journey, 'refused') }
  if (!events.some(isOf('granted'))) return undefined
  const granted = { key: 'granted', documentId: paperOf(journey, 'granted') } as const
  if (events.some(failsCheck(journey))) return { ...granted, word: '再查，情况不符', tone: 'late' }
  return { ...granted, word: events.some(isOf('concluded')) ? '办好了' : '批准了', tone: 'good' }
}

const isWhole =
  ({ item }: Journey, type: 'clock-suspended' | 'clock-resumed') =>
  (event: CaseEvent) =>
    event.type === type && !isPartAlone(item, event)

function waitByTheLog(journey: Journey): Outcome | undefined {
  const stopped = last(journey, isWhole(journey, 'clock-suspended'))
  if (stopped > last(journey, isWhole(journey, 'clock-resumed')))
    return { key: 'suspended', word: '暂停计时', tone: 'paused', documentId: `${stopped}` }
  const at = last(journey, isOf('correction-requested'))
  const asked = journey.events[at]
  return asked?.type === 'correction-requested' &&
    at > last(journey, isOf('supplemented', 'correction-lapsed'))
    ? { key: 'correcting', word: `要补 ${asked.items.length} 样`, tone: 'calm', documentId: `${at}` }
    : undefined
}

function goingByTheLog(journey: Journey): Outcome {
  const { item, state, now, events } = journey
  const taken = events.find(isOf('accepted'))
  const isLonger = events.some(isOf('limit-extended'))
  const noes = events.filter(
    (event) => event.type === 'examined' && event.isDecision && event.outcome === 'failed',
  )
  const more = [
    ...(taken?.type === 'accepted' && taken.bySilence ? ['已经算受理了'] : []),
    ...(isLonger ? ['延长了期限'] : []),
    ...(noes.length > 0 ? [`有 ${noes.length} 样没批`] : []),
  ]
  const light = caseLight(item, state, dayIn(now), CALENDAR_2026)
  if (light.kind === 'late') {
    const word = [`超了 ${light.daysLate} 个工作日`, ...more].join('，')
    return { key: 'late', word, tone: 'late', documentId: null }
  }
  return {
    key: 'open',
    word: [taken ? '正在办' : '等着受理', ...more].join('，'),
    tone: light.kind === 'paused' ? 'paused' : 'calm',
    documentId: paperOf(journey, isLonger ? 'limit-extended' : 'accepted'),
  }
}

/** The end outranks the decision, that what stops it, that what is asked for, that the day. */
const byTheLog = (journey: Journey): Outcome =>
  endByTheLog(journey) ?? decisionByTheLog(journey) ?? waitByTheLog(journey) ?? goingByTheLog(journey)

const seen = new Set<Outcome['key']>()
function isToldByTheLog(journey: Journey) {
  const told = toldOf(journey)
  seen.add(told.key)
  expect(told, journey.events.map(({ type }) => type).join(' ')).toEqual(byTheLog(journey))
  const forStaff = toldOf(journey, 'staff')
  // Staff alone are warned before the day is over.
  expect({ ...forStaff, tone: forStaff.tone === 'soon' ? 'calm' : forStaff.tone }).toEqual(told)
  expect(isOver(told)).toBe(journey.state.endedAt !== null || journey.state.decision !== null)
  expect(hasResult(told)).toBe(journey.state.decision !== null)
}

/** Whatever may happen to a case next; time may take a fortnight. */
function anyStep(journey: Journey, choice: number): Journey {
  const timed = passTime(journey)
  if (timed.events.length > journey.events.length) return timed
  const open = offered(journey)
  const at = choice % (open.length + 3)
  const chosen = open[at]
  if (chosen) return act(journey, chosen.action, chosen)
  if (at === open.length && journey.state.status === 'correcting') return supplement(journey)
  if (at === open.length + 1 && choice % 29 === 0 && journey.state.decision === null && open.length > 0)
    return withdraw(journey)
  return later(journey, 1 + (choice % 14))
}

test('a case is told by what happened to it, at every station of any life', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...items),
      fc.array(fc.nat({ max: 10_000 }), { minLength: 4, maxLength: 18 }),
      (item: ServiceItem, choices) => {
        let here = file(item, '2026-03-02')
        isToldByTheLog(here)
        for (const choice of choices) {
          if (here.state.endedAt !== null) return
          here = anyStep(here, choice)
          isToldByTheLog(here)
        }
      },
    ),
    { numRuns: 600 },
  )
})

test.each(items)(
  '$id is told so on its way to a grant and to a refusal, before and after it is concluded',
  (item) => {
    for (const goal of ['granted', 'refused'] as const) {
      const stations = driveToEnd(file(item, '2026-03-02'), goal)
      for (const station of stations) isToldByTheLog(station)
      const told = stations.filter(({ state }) => state.decision !== null).map((each) => toldOf(each).word)
      expect([...new Set(told)]).toEqual(goal === 'granted' ? ['批准了', '办好了'] : ['没批'])
    }
  },
)

describe('each way to stand and to end', () => {
  const filed = file(itemOf('LX-005'), '2026-03-02')
  const asked = act(filed, 'request-correction')
  const permit = driveTo(file(itemOf('LX-034'), '2026-03-02'), 'site')

  test.each<[string, () => Journey, Partial<Outcome>]>([
    ['filed', () => filed, { key: 'open', word: '等着受理', tone: 'calm', documentId: null }],
    ['accepted', () => act(filed, 'accept'), { key: 'open', word: '正在办', documentId: '1' }],
    ['silence', () => passTime(later(filed, 8)), { key: 'open', word: '正在办，已经算受理了' }],
    ['asked', () => asked, { key: 'correcting', word: '要补 1 样', documentId: '1' }],
    ['declined', () => act(filed, 'decline'), { key: 'declined', word: '没受理', documentId: '1' }],
    ['withdrawn', () => withdraw(asked), { key: 'withdrawn', word: '撤回了', documentId: null }],
    [
      'died while asked',
      () => act(asked, 'terminate'),
      { key: 'terminated', word: '停了', documentId: null },
    ],
    [
      'died in the days after the reminder',
      () => act(passTime(later(asked, 14)), 'terminate'),
      { key: 'terminated', word: '停了', documentId: null },
    ],
    [
      'nothing came',
      () => passTime(later(passTime(later(asked, 20)), 20)),
      { key: 'lapsed', word: '停了', documentId: '3' },
    ],
    [
      'ended for a cause in the moment its notice lapsed',
      () =>
        act(
          passTime(later(passTime(later(act(act(filed, 'accept'), 'request-correction'), 14)), 20)),
          'terminate',
        ),
      { key: 'terminated', word: '停了', documentId: null },
    ],
    ['stopped', () => act(permit, 'suspend'), { key: 'suspended', word: '暂停计时', tone: 'paused' }],
    ['late', () => later(act(filed, 'accept'), 60), { key: 'late', tone: 'late', documentId: null }],
    [
      'late after silence',
      () => later(passTime(later(filed, 8)), 60),
      { word: expect.stringMatching(/^超了 \d+ 个工作日，已经算受理了$/) as unknown as string },
    ],
  ])('%s', (_way, live, outcome) => {
    const journey = live()
    isToldByTheLog(journey)
    expect(toldOf(journey)).toMatchObject(outcome)
  })

  test('a longer limit is told, and by its own paper', () => {
    const longer = act(driveTo(permit, 'decide'), 'extend')
    isToldByTheLog(longer)
    expect(toldOf(longer)).toMatchObject({
      key: 'open',
      word: '正在办，延长了期限',
      documentId: `${longer.events.length - 1}`,
    })
  })

  test('what a check finds otherwise after the grant is no more done well', () => {
    const urgent = file(itemOf('LX-009'), '2026-03-02', { answers: { kind: '急难型' } })
    const done = driveToEnd(urgent, 'granted').at(-1) ?? urgent
    const checked = act(done, 'fail')
    isToldByTheLog(done)
    isToldByTheLog(checked)
    expect(toldOf(done).word).toBe('办好了')
    expect(toldOf(checked)).toMatchObject({ key: 'granted', word: '再查，情况不符', tone: 'late' })
  })

  test('of what nobody applied for is told by whom it was said', () => {
    const { item, state, now } = filed
    const event: CaseEvent = { type: 'disowned', at: now, staffIds: [] }
    const journey = { ...filed, events: [...filed.events, event], state: evolve(item, state, event) }
    expect(toldOf(journey)).toEqual({
      key: 'open',
      word: '号码的主人说不是自己申请的',
      tone: 'paused',
      documentId: null,
    })
  })

  test('what was granted and revoked is told by the paper that revoked it, and by no other', () => {
    const done = driveToEnd(filed, 'granted').at(-1) ?? filed
    const { item, state, now } = done
    const about = { at: now, stepKey: 'review', unitId: state.organUnitId, reasonDigest: 'why' }
    const events: readonly CaseEvent[] = [
      { ...about, type: 'revocation-proposed', basis: 'fraud', speakDays: 5, deciders: [] },
      { ...about, type: 'decision-revoked', basis: 'fraud', decided: 'granted' },
    ]
    const after = events.reduce<CaseState>((each, event) => evolve(item, each, event), state)
    const journey = { ...done, events: [...done.events, ...events], state: after }
    const documentId = `${journey.events.length - 1}`
    expect(toldOf(journey)).toEqual({ key: 'revoked', word: '撤销了', tone: 'bad', documentId })
    expect(replay(item, journey.events)).toEqual(after)
    seen.add('revoked')
    const known: CaseState = {
      ...after,
      revocations: (after.revocations ?? []).map((each) => ({ ...each, unheardSince: now })),
    }
    expect(toldOf({ ...journey, state: known })).toEqual({
      key: 'taking-back',
      word: '正在收回撤销',
      tone: 'calm',
      documentId: null,
    })
    seen.add('taking-back')
  })

  test('each is seen in some life', () => {
    expect(OUTCOME_KEYS.filter((key) => !seen.has(key))).toEqual([])
  })
})

test('a day before the last and on it nobody who waits is alarmed', () => {
  const standing = { key: 'open', word: '正在办', tone: null, besides: [], documentId: null } as const
  for (const light of [{ kind: 'today' }, { kind: 'soon', daysLeft: 1 }] as const) {
    expect(outcomeAt(standing, light, 'applicant').tone).toBe('calm')
    expect(outcomeAt(standing, light, 'staff').tone).toBe('soon')
  }
})

test('an end is told for a week, a refusal from its decision until it is concluded', () => {
  const on = dayIn(file(itemOf('LX-005'), '2026-03-02').now)
  const ended = { status: 'terminated', overOn: on } as const
  expect([0, 6, 7].map((days) => isUnread({ key: 'lapsed' }, ended, addDays(on, days)))).toEqual([
    true,
    true,
    false,
  ])
  const refused = { status: 'refused', overOn: on } as const
  expect([0, 6, 7].map((days) => isUnread({ key: 'refused' }, refused, addDays(on, days)))).toEqual([
    true,
    true,
    false,
  ])
  expect(isUnread({ key: 'withdrawn' }, { status: 'withdrawn', overOn: on }, on)).toBe(false)
  expect(isUnread({ key: 'refused' }, { status: 'concluded', overOn: on }, on)).toBe(false)
  expect(isUnread({ key: 'granted' }, { status: 'delivered', overOn: on }, on)).toBe(false)
})

test('the last of decision, conclusion and end is the day of what is over', () => {
  const [decided, concluded, ended] = ['2026-03-02', '2026-03-03', '2026-03-04'].map(
    (day) => `${day}T02:00:00.000Z`,
  )
  const on = (state: object) =>
    overOn({ decision: null, concludedAt: null, endedAt: null, ...state } as CaseState)
  expect(on({})).toBeNull()
  expect(on({ decision: { at: decided } })).toBe('2026-03-02')
  expect(on({ decision: { at: decided }, concludedAt: concluded })).toBe('2026-03-03')
  expect(on({ decision: { at: decided }, concludedAt: concluded, endedAt: ended })).toBe('2026-03-04')
})
