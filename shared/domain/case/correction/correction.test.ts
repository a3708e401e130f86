import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import type { ServiceItem } from '../../service-item/item'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { correctionDue, promisedClock } from '../clock/clocks'
import type { CaseEvent } from '../events'
import { replay } from '../evolve'
import {
  APPLICANT,
  act,
  attempt,
  everybody,
  factsOf,
  file,
  type Journey,
  later,
  NO_CHANGE,
  onDay,
  passTime,
  refusal,
  staff,
  supplement,
  withdraw,
} from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { openCorrection } from '../state'
import { noticeReason } from '../step/approvals'
import { payloadOf, upgradeEvent } from '../upgrade'
import { isDraftStep } from './draft-step'

/** As its guide was before departments looked beforehand: cases of that version go on so. */
const withoutLook = (item: ServiceItem): ServiceItem => ({
  ...item,
  steps: item.steps.filter((step) => !isDraftStep(step)),
})

function fileOn(id: string, day = '2026-11-24') {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return file(item, day)
}
const lastDay = ({ item, state }: Journey) => {
  const asked = openCorrection(state)
  return asked && correctionDue(item, state, asked, CALENDAR_2026)
}
const OPENING = 8 * 60 + 30
const typesOf = ({ events }: Journey) => events.map(({ type }) => type)

describe('the county’s rule', () => {
  const short = { limitDays: 3, graceDays: 2 }

  test('a notice runs by it from the day it goes out', () => {
    const asked = act({ ...fileOn('LX-038', '2026-11-02'), correctionRule: short }, 'request-correction')
    expect(lastDay(asked)).toEqual({ kind: 'on', on: '2026-11-05' })
    const reminded = passTime(onDay(asked, '2026-11-05', OPENING))
    expect(typesOf(reminded).at(-1)).toBe('correction-reminded')
    expect(lastDay(reminded)).toEqual({ kind: 'on', on: '2026-11-09' })
    expect(passTime(onDay(reminded, '2026-11-10', 5)).state.status).toBe('terminated')
  })

  test('a notice keeps the rule it went out under, and one from before rules were recorded has ten days and five', () => {
    const asked = act(fileOn('LX-038', '2026-11-02'), 'request-correction')
    const changed = { ...asked, correctionRule: short }
    const reminded = passTime(onDay(changed, '2026-11-16', OPENING))
    expect([lastDay(changed), lastDay(reminded)]).toEqual([
      { kind: 'on', on: '2026-11-16' },
      { kind: 'on', on: '2026-11-23' },
    ])
    const unrecorded = asked.events.map((event): CaseEvent => {
      if (event.type !== 'correction-requested') return event
      const { rule, shape, ...old } = JSON.parse(payloadOf(event))
      return upgradeEvent({ type: event.type, at: event.at, payload: JSON.stringify(old) })
    })
    const old = { ...changed, events: unrecorded, state: replay(asked.item, unrecorded) }
    expect(openCorrection(old.state)?.rule).toEqual({ limitDays: 10, graceDays: 5 })
    expect(lastDay(old)).toEqual({ kind: 'on', on: '2026-11-16' })
    expect(lastDay(passTime(onDay(old, '2026-11-16', OPENING)))).toEqual({ kind: 'on', on: '2026-11-23' })
  })
})

describe('before acceptance', () => {
  const asked = act(fileOn('LX-038', '2026-11-02'), 'request-correction')

  // Asked on; the tenth working day; the fifth after it; the first run after that.
  test.each([
    ['2026-11-02', '2026-11-16', '2026-11-23', '2026-11-24'],
    // Sunday, 20 September is worked; 25 to 27 September and 1 to 7 October are not.
    ['2026-09-10', '2026-09-23', '2026-10-08', '2026-10-09'],
    ['2026-09-07', '2026-09-20', '2026-09-28', '2026-09-29'],
    ['2026-09-17', '2026-10-08', '2026-10-14', '2026-10-15'],
    ['2026-04-20', '2026-05-07', '2026-05-13', '2026-05-14'],
  ])(
    'asked on %s: reminded of at 8:30 on %s, the last day; five more until %s; ended on %s',
    (askedOn, last, grace, over) => {
      const notice = act(fileOn('LX-038', askedOn), 'request-correction')
      expect(lastDay(notice)).toEqual({ kind: 'on', on: last })
      expect(passTime(onDay(notice, last, OPENING - 1)).events).toHaveLength(notice.events.length)
      const reminded = passTime(onDay(notice, last, OPENING))
      expect(typesOf(reminded).at(-1)).toBe('correction-reminded')
      expect(lastDay(reminded)).toEqual({ kind: 'on', on: grace })
      expect(passTime(onDay(reminded, grace, 1439)).events).toHaveLength(reminded.events.length)
      const ended = passTime(onDay(reminded, over, 5))
      expect(ended.state).toMatchObject({ status: 'terminated', endedAt: ended.now })
      expect(openCorrection(ended.state)).toBeUndefined()
    },
  )

  test('a run that was missed reminds in the next office hour, and five days are left from then', () => {
    expect(passTime(onDay(asked, '2026-11-18', 5)).events).toHaveLength(asked.events.length)
    const reminded = passTime(onDay(asked, '2026-11-18', OPENING))
    expect(lastDay(reminded)).toEqual({ kind: 'on', on: '2026-11-25' })
  })

  test('reminded of in the old year, it ends only when the calendar of the new one is there', () => {
    const late = act(fileOn('LX-038', '2026-12-17'), 'request-correction')
    const reminded = passTime(onDay(late, '2026-12-31', OPENING))
    expect(typesOf(reminded).at(-1)).toBe('correction-reminded')
    expect(lastDay(reminded)).toEqual({ kind: 'calendar-missing', year: 2027 })
    expect(passTime(later(reminded, 100)).events).toHaveLength(reminded.events.length)
  })

  test('an answer after the reminder is in time', () => {
    const supplied = supplement(onDay(passTime(onDay(asked, '2026-11-16')), '2026-11-23'))
    expect(supplied.state).toMatchObject({ status: 'submitted', receivedAt: supplied.now, accepted: null })
  })

  test('nothing ends while the date is unknown', () => {
    const late = act(fileOn('LX-038', '2026-12-28'), 'request-correction')
    expect(lastDay(late)).toEqual({ kind: 'calendar-missing', year: 2027 })
    expect(passTime(later(late, 200)).events).toHaveLength(late.events.length)
  })

  test('the counter stands still meanwhile', () => {
    for (const action of ['accept', 'decline', 'transfer', 'request-correction'] as const) {
      expect([action, refusal(asked, action, 'accept', everybody(asked))]).toEqual([
        action,
        'case.action-not-allowed',
      ])
    }
  })

  test('whoever has withdrawn is asked no longer', () => {
    const gone = withdraw(asked)
    expect(openCorrection(gone.state)).toBeUndefined()
    expect(
      attempt(
        gone,
        { type: 'supplement', answersDigest: 'late', facts: factsOf(gone), change: NO_CHANGE },
        APPLICANT,
      ).ok,
    ).toBe(false)
    expect(passTime(later(gone, 90))).toEqual(later(gone, 90))
  })
})

describe('after acceptance', () => {
  const review = (id: string, day: string) => act(driveTo(fileOn(id, day), 'review'), 'request-correction')

  test('the promise stands still, and the reviewer decides on what is there', () => {
    const asked = review('LX-038', '2026-11-02')
    expect(asked.state.status).toBe('correcting')
    expect(lastDay(asked)).toEqual({ kind: 'on', on: '2026-11-16' })
    const reminded = passTime(onDay(asked, '2026-11-16', OPENING))
    expect(typesOf(reminded).at(-1)).toBe('correction-reminded')
    expect(lastDay(reminded)).toEqual({ kind: 'on', on: '2026-11-16' })
    expect(passTime(onDay(reminded, '2026-11-16', 1439)).events).toHaveLength(reminded.events.length)
    const lapsed = passTime(onDay(reminded, '2026-11-17'))
    expect(typesOf(lapsed).at(-1)).toBe('correction-lapsed')
    expect(typesOf(passTime(onDay(asked, '2026-11-17'))).at(-1)).toBe('correction-lapsed')
    expect(lapsed.state).toMatchObject({ status: 'accepted', endedAt: null })
    expect(promisedClock(lapsed.item, lapsed.state)?.pauses).toEqual([
      { from: '2026-11-02', until: '2026-11-17', goesOnAt: lapsed.now },
    ])
    expect(refusal(lapsed, 'pass', 'review', everybody(lapsed))).toBeUndefined()
    const reviewer = staff({ role: 'dept-reviewer', unitId: 'transport' })
    expect(refusal(lapsed, 'request-correction', 'review', reviewer)).toBe('case.second-correction')
  })

  test('the period ends three working days before the law does', () => {
    // Fifteen calendar days from the 24th: Wednesday, 9 December.
    expect(lastDay(review('LX-003', '2026-11-24'))).toEqual({ kind: 'on', on: '2026-12-04' })
  })

  test('without a law the period is ten working days', () => {
    expect(lastDay(review('LX-005', '2026-11-24'))).toEqual({ kind: 'on', on: '2026-12-08' })
  })

  test('nobody is asked who could not answer in time', () => {
    const there = driveTo(fileOn('LX-049'), 'review')
    expect(refusal(there, 'request-correction', 'review', everybody(there))).toBe('case.action-not-allowed')
    const resident = driveTo(fileOn('LX-003'), 'review')
    expect(
      refusal(onDay(resident, '2026-12-03'), 'request-correction', 'review', everybody(resident)),
    ).toBeUndefined()
    expect(refusal(onDay(resident, '2026-12-04'), 'request-correction', 'review', everybody(resident))).toBe(
      'case.action-not-allowed',
    )
  })

  test('the supplement moves neither receipt nor acceptance', () => {
    const asked = review('LX-038', '2026-11-02')
    const supplied = supplement(onDay(asked, '2026-11-05'))
    const { receivedAt, completeAt, accepted } = asked.state
    expect(supplied.state).toMatchObject({ receivedAt, completeAt, accepted, status: 'accepted' })
  })
})

describe('a second notice', () => {
  const once = supplement(act(fileOn('LX-005'), 'request-correction'))
  const ask = (actor: Parameters<typeof refusal>[3], more = {}) =>
    refusal(once, 'request-correction', 'accept', actor, more)

  test('is not for the counter', () => {
    expect(ask(staff({ role: 'town-window', unitId: 'town' }))).toBe('case.second-correction')
  })

  test.each([
    ['the approver of the unit, once the counter asks for it', 'town-approver', 'town', true],
    ["the county's supervisor", 'supervisor', 'county', false],
  ] as const)('is for %s, with a reason', (_who, role, unitId, onRequest) => {
    const approver = staff({ role, unitId })
    if (onRequest) expect(ask(approver)).toBe('case.not-your-task')
    const window = staff({ role: 'town-window', unitId: 'town' })
    const headless = { ...once, isHeadless: true as const }
    const there = onRequest ? act(once, 'request-approval', { actor: window }) : headless
    if (!onRequest) expect(ask(approver)).toBe('case.not-your-task')
    expect(refusal(there, 'request-correction', 'accept', approver, { reasonDigest: null })).toBe(
      'case.reason-missing',
    )
    const asked = act(there, 'request-correction', { actor: approver })
    expect(asked.events.at(-1)).toMatchObject({ type: 'correction-requested', second: true })
    expect(asked.state.approvals.map(({ granted }) => granted)).toEqual(onRequest ? [true] : [])
  })

  test('gives the reason of whoever signed it; one from before that goes on giving why it was asked for', () => {
    const window = staff({ role: 'town-window', unitId: 'town' })
    const there = act(once, 'request-approval', { actor: window, reasonDigest: 'the counter’s' })
    const approver = staff({ role: 'town-approver', unitId: 'town' })
    const { state, events } = act(there, 'request-correction', {
      actor: approver,
      reasonDigest: 'the signer’s',
    })
    const signed = events.at(-1)
    if (signed?.type !== 'correction-requested') throw new Error('no notice')
    expect(noticeReason(state, signed)).toBe('the signer’s')
    const { toldReason: _told, ...older } = signed
    expect(noticeReason(state, older)).toBe('the counter’s')
    const [first] = there.events.filter(({ type }) => type === 'correction-requested')
    expect(first).not.toHaveProperty('toldReason')
  })

  test("is not for another unit's approver, nor is the first for the supervisor", () => {
    expect(ask(staff({ role: 'dept-approver', unitId: 'civil' }))).toBe('case.not-your-task')
    const supervisor = staff({ role: 'supervisor', unitId: 'county' })
    expect(refusal(fileOn('LX-005'), 'request-correction', 'accept', supervisor)).toBe('case.not-your-task')
  })
})

describe('among units that answer at the same time', () => {
  // A guide from before its departments looked at the papers before acceptance.
  const there = driveTo(file(withoutLook(fileOn('LX-045').item), '2026-11-02'), 'parallel')
  const asked = act(there, 'request-correction', { unitId: 'nr' })
  const headless = { ...asked, isHeadless: true as const }
  const at = (unitId: string, action: 'pass' | 'request-correction', actor = everybody(asked)) =>
    refusal(headless, action, 'parallel', actor, { unitId })

  test('only who asked stands still, and the case goes on waiting for the answer', () => {
    expect([at('nr', 'pass'), at('eco', 'pass')]).toEqual(['case.action-not-allowed', undefined])
    expect(act(asked, 'pass', { unitId: 'eco' }).state.status).toBe('correcting')
  })

  test('there is one notice at a time, even for the supervisor', () => {
    for (const who of [everybody(asked), staff({ role: 'supervisor', unitId: 'county' })]) {
      expect(at('eco', 'request-correction', who)).toBe('case.action-not-allowed')
    }
  })

  test('a second one is for the approver of the unit that asks, not of its neighbour', () => {
    const supplied = act(supplement(asked), 'request-approval', {
      actor: staff({ role: 'dept-reviewer', unitId: 'eco' }),
      for: 'request-correction',
    })
    const by = (unitId: string) =>
      refusal(supplied, 'request-correction', 'parallel', staff({ role: 'dept-approver', unitId }), {
        unitId: 'eco',
      })
    expect([by('eco'), by('nr')]).toEqual([undefined, 'case.not-your-task'])
  })
})

test('the step that asked stands still, and begins anew, even where the case moves before the answer', () => {
  const asked = act(fileOn('LX-005'), 'request-correction')
  const moved = {
    where: { ...asked.state.where, villageId: 'far-village', townId: 'far-town' },
    organUnitId: 'far-town',
    villageAnew: false,
  }
  const facts = { ...factsOf(asked), moved }
  const added = attempt(
    later(asked, 1),
    { type: 'add', answersDigest: 'elsewhere', facts, change: NO_CHANGE },
    APPLICANT,
  )
  if (!added.ok) throw new Error(added.error.code)
  expect(refusal(added.value, 'accept', 'accept', everybody(added.value))).toBe('case.action-not-allowed')
  const answered = supplement(later(added.value, 2))
  const accepting = answered.state.steps.find(({ key }) => key === 'accept')
  expect(accepting?.parts).toMatchObject([{ unitId: 'far-town', openedAt: answered.now }])
})

describe('a village that was written wrongly', () => {
  const elsewhere = { villageId: 'other-village', townId: 'other-town', departmentId: 'dept' }
  const movedBy = (journey: Journey, facts = { villageAnew: true }, where = elsewhere) => {
    const moved = { where: { ...journey.state.where, ...where }, organUnitId: where.townId, ...facts }
    const answered = attempt(
      later(journey, 1),
      {
        type: 'supplement',
        answersDigest: 'moved',
        facts: { ...factsOf(journey), moved },
        change: NO_CHANGE,
      },
      APPLICANT,
    )
    if (!answered.ok) throw new Error(answered.error.code)
    return answered.value
  }
  const agent = (unitId: string) => staff({ role: 'village-agent', unitId })
  const stepsOf = ({ state }: Journey) =>
    state.steps.map(({ key, status, parts }) => [key, status, parts[0]?.unitId])
  const accepting = act(driveTo(fileOn('LX-025', '2026-09-01'), 'accept'), 'request-correction')

  test('has its stage begun anew by the right one: the receipt is its end, and nothing is accepted before', () => {
    const moved = movedBy(accepting)
    expect(stepsOf(moved).slice(0, 3)).toEqual([
      ['village', 'open', 'other-village'],
      ['publicity', 'waiting', 'other-village'],
      ['accept', 'waiting', 'other-town'],
    ])
    expect(moved.state).toMatchObject({ status: 'submitted', receivedAt: null, completeAt: null })
    expect(promisedClock(moved.item, moved.state)).toBeNull()
    expect(moved.state.transfers.map(({ unitId, toUnitId }) => [unitId, toUnitId])).toEqual([
      ['village', 'other-village'],
      ['village', 'other-village'],
      ['town', 'other-town'],
    ])
    expect(refusal(moved, 'accept', 'accept', everybody(moved))).toBe('case.action-not-allowed')
    expect(refusal(moved, 'verify', 'village', agent('village'))).toBe('case.not-your-task')
    const received = driveTo(moved, 'accept')
    expect(received.state.receivedAt).toBe(received.now)
    expect(received.state.steps.flatMap(({ parts }) => parts).filter((part) => part.openedBefore)).toEqual([])
  })

  test('keeps its window where the town is the same', () => {
    const same = { ...elsewhere, townId: 'town' }
    const moved = movedBy(accepting, { villageAnew: true }, same)
    const window = moved.state.steps.find(({ key }) => key === 'accept')
    expect(window?.parts).toMatchObject([{ unitId: 'town', status: 'waiting', openedBefore: true }])
  })

  test('of a check that nobody waits for: it may be done again, and the window goes on', () => {
    const checked = act(act(fileOn('LX-005'), 'verify'), 'request-correction')
    const moved = movedBy(checked)
    expect(stepsOf(moved).slice(0, 2)).toEqual([
      ['assist', 'open', 'other-village'],
      ['accept', 'open', 'other-town'],
    ])
    expect(moved.state.receivedAt).toBe(moved.now)
  })

  test('in a case of before that was recorded leaves what was done as it was', () => {
    const moved = movedBy(accepting, { villageAnew: false })
    expect(stepsOf(moved).slice(0, 3)).toEqual([
      ['village', 'done', 'village'],
      ['publicity', 'done', 'village'],
      ['accept', 'open', 'other-town'],
    ])
  })
})
