import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { acceptanceClock, dueOfCase, promisedClock, taskDue } from '../clock/clocks'
import {
  APPLICANT,
  act,
  askingVillage,
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
} from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'

const OPENING = 8 * 60 + 30
const filed = file(askingVillage(packItems()), '2026-09-01')
const asked = act(later(filed, 1), 'request-correction')
const answered = supplement(onDay(asked, '2026-09-08'))

const stepsOf = ({ state }: Journey) =>
  state.steps.slice(0, 3).map(({ key, status, parts }) => [key, status, parts[0]?.unitId])
const dueOn = ({ item, state }: Journey) => dueOfCase(item, state, CALENDAR_2026)
const clocksOf = ({ item, state }: Journey) => [acceptanceClock(item, state), promisedClock(item, state)]
const villageDue = ({ item, state }: Journey) => {
  const [run] = state.steps
  const part = run?.parts[0]
  return run && part && taskDue(item, state, run, part, CALENDAR_2026)
}

describe('what a village asks for before it is an application', () => {
  test('answered: the village goes on with its own days anew, and nothing is received', () => {
    expect(answered.state).toMatchObject({ status: 'submitted', receivedAt: null, completeAt: null })
    expect(clocksOf(answered)).toEqual([null, null])
    expect(stepsOf(answered)).toEqual([
      ['village', 'open', 'village'],
      ['publicity', 'waiting', 'village'],
      ['accept', 'waiting', 'town'],
    ])
    expect([villageDue(filed), villageDue(answered)]).toEqual([
      { kind: 'on', on: '2026-09-08' },
      { kind: 'on', on: '2026-09-15' },
    ])
    expect(dueOn(answered)).toMatchObject({ kind: 'waits-for', stepKey: 'village', because: 'stage' })
    // Silence of the organ begins with the receipt.
    expect(passTime(later(answered, 30)).events).toHaveLength(answered.events.length)
  })

  test('the receipt is the end of the stage, and the organ accepts', () => {
    const received = driveTo(later(answered, 2), 'accept')
    expect(received.state).toMatchObject({
      receivedAt: received.now,
      completeAt: received.now,
      accepted: null,
    })
    expect(received.now > answered.now).toBe(true)
    expect(clocksOf(received).map((clock) => clock?.startedAt)).toEqual([received.now, received.now])
  })

  test('while it is not answered, the date waits for the applicant', () => {
    expect(dueOn(asked)).toMatchObject({ kind: 'waits-for', stepKey: 'village', because: 'correction' })
    expect(clocksOf(asked)).toEqual([null, null])
    expect(villageDue(asked)).toMatchObject({ kind: 'paused' })
  })

  test('not answered: reminded of once, and ended after five more working days, never received', () => {
    expect(passTime(onDay(asked, '2026-09-15', OPENING)).events).toHaveLength(asked.events.length)
    const reminded = passTime(onDay(asked, '2026-09-16', OPENING))
    expect(reminded.events.at(-1)?.type).toBe('correction-reminded')
    expect(passTime(onDay(reminded, '2026-09-22', 1439)).events).toHaveLength(reminded.events.length)
    expect(passTime(onDay(reminded, '2026-09-23', 5)).state).toMatchObject({
      status: 'terminated',
      receivedAt: null,
      accepted: null,
    })
  })

  test('asked by the organ afterwards is a second notice; its answer is the receipt', () => {
    const received = driveTo(answered, 'accept')
    const window = staff({ role: 'town-window', unitId: 'town' })
    expect(refusal(received, 'request-correction', 'accept', window)).toBe('case.second-correction')
    const approver = staff({ role: 'town-approver', unitId: 'town' })
    const requested = act(received, 'request-approval', { actor: window, for: 'request-correction' })
    const again = act(requested, 'request-correction', { actor: approver })
    expect(clocksOf(again)[0]).toBeNull()
    const complete = supplement(later(again, 1))
    expect(complete.state).toMatchObject({ receivedAt: complete.now, completeAt: complete.now })
    expect(clocksOf(complete).map((clock) => clock?.startedAt)).toEqual([complete.now, complete.now])
  })
})

describe('another village in the answer', () => {
  const elsewhere = (journey: Journey, type: 'supplement' | 'add') => {
    const where = { ...journey.state.where, villageId: 'other-village', townId: 'other-town' }
    const moved = { where, organUnitId: 'other-town', villageAnew: true } as const
    const facts = { ...factsOf(journey), moved }
    const done = attempt(
      later(journey, 1),
      { type, answersDigest: 'moved', facts, change: NO_CHANGE },
      APPLICANT,
    )
    if (!done.ok) throw new Error(done.error.code)
    return done.value
  }

  test('asked for by the village that had it: the right one begins', () => {
    const moved = elsewhere(asked, 'supplement')
    expect(moved.state).toMatchObject({ status: 'submitted', receivedAt: null, completeAt: null })
    expect(stepsOf(moved)).toEqual([
      ['village', 'open', 'other-village'],
      ['publicity', 'waiting', 'other-village'],
      ['accept', 'waiting', 'other-town'],
    ])
    expect(moved.state.steps[0]?.openedAt).not.toBeNull()
    expect(moved.state.steps[0]?.parts[0]?.openedAt).toBe(moved.now)
  })

  test('while the organ’s own notice is open: its answer is no receipt before the new village has looked', () => {
    const window = act(
      driveTo(file(askingVillage(packItems()), '2026-09-01'), 'accept'),
      'request-correction',
    )
    const moved = elsewhere(window, 'add')
    expect(stepsOf(moved).map(([, status]) => status)).toEqual(['open', 'waiting', 'waiting'])
    const supplied = supplement(later(moved, 1))
    expect(supplied.state).toMatchObject({ status: 'submitted', receivedAt: null, completeAt: null })
    expect(clocksOf(supplied)).toEqual([null, null])
    expect(supplied.state.steps[2]?.parts[0]?.openedAt).toBeNull()
    expect(refusal(supplied, 'accept', 'accept', everybody(supplied))).toBe('case.action-not-allowed')
    const received = driveTo(supplied, 'accept')
    expect(received.state.receivedAt).toBe(received.now)
  })
})
