import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { instantAt, plainDate } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { dueOf } from '../../time-limit/clock'
import {
  act,
  everybody,
  file,
  type Journey,
  later,
  offered,
  onDay,
  passTime,
  refusal,
  supplement,
} from '../journeys/case-fixture'
import { driveTo, step } from '../journeys/sensible-acts'
import { openParts } from '../state'
import { lightBasis } from './case-light'
import { acceptanceClock, dueOfCase, nearestDue, promisedClock, statutoryClock, taskDue } from './clocks'
import { provisionalDueOfCase } from './provisional-due'

const items = new Map(packItems().map((item) => [item.id, item]))
function itemOf(id: string) {
  const item = items.get(id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const fileOn = (id: string, day = '2026-11-24') => file(itemOf(id), day)

const dueOn = ({ item, state }: Journey) => dueOfCase(item, state, CALENDAR_2026)
const answerOf = (clock: ReturnType<typeof promisedClock>) => {
  const due = clock && dueOf(clock, CALENDAR_2026)
  return due?.kind === 'on' ? due.on : (due?.kind ?? null)
}
const promised = ({ item, state }: Journey) => answerOf(promisedClock(item, state))
const statutory = ({ item, state }: Journey) => answerOf(statutoryClock(item, state))
const acceptance = ({ item, state }: Journey) => answerOf(acceptanceClock(item, state))
const taskOf = ({ item, state }: Journey, stepKey: string) => {
  const open = openParts(state).find(({ step }) => step.key === stepKey)
  return open && taskDue(item, state, open.step, open.part, CALENDAR_2026)
}

describe('the promise', () => {
  test('stands from the submission, before anybody accepts', () => {
    expect(dueOn(fileOn('LX-005'))).toEqual({ kind: 'on', on: '2026-12-08', clock: 'promised' })
  })

  test('is not moved by the day of acceptance', () => {
    expect(dueOn(act(later(fileOn('LX-005'), 3), 'accept'))).toMatchObject({ on: '2026-12-08' })
  })

  test.each([
    ['2026-11-24', 17 * 60 + 30, '2026-11-24'],
    ['2026-11-24', 17 * 60 + 31, '2026-11-25'],
    ['2026-11-28', 600, '2026-11-30'],
  ])('of an item done on the spot, filed %s at minute %i, is %s', (day, minute, on) => {
    expect(dueOn(file(itemOf('LX-013'), day, { minute }))).toEqual({ kind: 'on', on, clock: 'promised' })
  })

  test('is kept by the last step that counts, not by the delivery', () => {
    const decided = step(driveTo(fileOn('LX-038'), 'decide'), 'granted')
    expect(decided.state).toMatchObject({ status: 'granted', promiseKeptAt: decided.now, concludedAt: null })
    const toConclude = driveTo(fileOn('LX-005'), 'finish')
    expect(toConclude.state.promiseKeptAt).toBeNull()
    expect(act(toConclude, 'conclude').state.promiseKeptAt).toBe(toConclude.now)
  })

  test('stands still during a publicity, while the law runs on', () => {
    const published = act(driveTo(fileOn('LX-007'), 'publicity'), 'publish-notice')
    expect([promised(published), statutory(published)]).toEqual(['paused', 'calendar-missing'])
    const early = act(driveTo(fileOn('LX-007', '2026-11-02'), 'publicity'), 'publish-notice')
    expect(statutory(early)).toBe('2026-12-14')
    // Seven days from the 2nd: for the applicant there is no date until they are over.
    expect(dueOn(early)).toEqual({
      kind: 'waits-for',
      stepKey: 'publicity',
      because: 'step',
      until: '2026-11-09',
      since: '2026-11-02',
      lawOn: '2026-12-14',
    })
    expect(provisionalDueOfCase(early.item, early.state, CALENDAR_2026, plainDate('2026-11-05'))).toBe(
      '2026-12-10',
    )
    // Published on 2 November, closed on the 10th: six working days (3rd to 10th) are given back.
    const closed = act(onDay(early, '2026-11-10'), 'close-notice')
    expect(promised(closed)).toBe('2026-12-15')
  })
})

describe("the law's limit", () => {
  test('runs from acceptance', () => {
    const filed = fileOn('LX-028')
    expect(statutory(filed)).toBeNull()
    expect(statutory(act(later(filed, 2), 'accept'))).toBe('2026-12-24')
  })

  test('runs from receipt where silence accepted', () => {
    const silent = passTime(onDay(fileOn('LX-028'), '2026-12-02'))
    expect(silent.state.accepted).toEqual({ on: '2026-11-24', bySilence: true })
    expect(statutory(silent)).toBe('2026-12-22')
    expect(passTime(onDay(fileOn('LX-028'), '2026-12-01')).state.accepted).toBeNull()
  })

  test('is in calendar days for the residence permit and the housing fund, moved on from a day off', () => {
    expect(statutory(act(fileOn('LX-003'), 'accept'))).toBe('2026-12-09')
    expect(statutory(act(fileOn('LX-049', '2026-11-26'), 'accept'))).toBe('2026-11-30')
  })

  test('runs from the application for legal aid, and from its supplement', () => {
    const filed = fileOn('LX-050')
    expect([promised(filed), statutory(filed)]).toEqual(['2026-11-27', '2026-12-01'])
    expect(statutory(act(later(filed, 2), 'accept'))).toBe('2026-12-01')
    const asked = act(filed, 'request-correction')
    expect([statutory(asked), dueOn(asked)]).toMatchObject([null, { kind: 'waits-for', stepKey: 'accept' }])
    expect(statutory(supplement(onDay(asked, '2026-12-01')))).toBe('2026-12-08')
  })

  test('grows once, by ten days with the approval of who may give it, until it is decided', () => {
    const there = driveTo(fileOn('LX-038', '2026-11-02'), 'decide')
    expect(statutory(there)).toBe('2026-11-30')
    const extended = act(there, 'extend')
    expect([statutory(extended), promised(extended)]).toEqual(['2026-12-14', promised(there)])
    expect(() => act(extended, 'extend')).toThrow('no extend')
    expect(() => act(act(fileOn('LX-032'), 'accept'), 'grant')).not.toThrow()
    expect(() => act(act(act(fileOn('LX-032'), 'accept'), 'grant'), 'extend')).toThrow('no extend')
  })

  test('is not prolonged, nor is that asked for, once it has run out', () => {
    const there = driveTo(fileOn('LX-038', '2026-11-02'), 'decide')
    expect(refusal(onDay(there, '2026-11-30'), 'extend', 'decide', everybody(there))).toBeUndefined()
    const over = onDay(there, '2026-12-01')
    expect(refusal(over, 'extend', 'decide', everybody(over))).toBe('case.limit-over')
    expect(offered(over).map(({ action }) => action)).not.toContain('extend')
  })

  test('stands still with the promise during an appraisal', () => {
    const there = driveTo(fileOn('LX-012'), 'assess')
    expect(dueOn(there)).toMatchObject({ kind: 'waits-for', stepKey: 'assess', because: 'step', until: null })
  })
})

describe('a share that is handed over', () => {
  test('has its own days anew, and no other clock has', () => {
    const filed = fileOn('LX-005')
    expect(taskOf(filed, 'accept')).toEqual({ kind: 'on', on: '2026-11-25' })
    const moved = act(onDay(filed, '2026-11-27'), 'transfer', { toUnitId: 'other', stepKey: 'accept' })
    expect(taskOf(moved, 'accept')).toEqual({ kind: 'on', on: '2026-11-30' })
    expect([acceptance(moved), promised(moved)]).toEqual([acceptance(filed), promised(filed)])
  })
})

describe('a village stage before the application', () => {
  test.each(['LX-025', 'LX-030'])('%s: receipt, completeness and both clocks begin at its end', (id) => {
    const filed = fileOn(id)
    const first = filed.item.steps[0]?.key
    expect(filed.state).toMatchObject({ receivedAt: null, completeAt: null })
    expect(dueOn(filed)).toMatchObject({ kind: 'waits-for', stepKey: first, because: 'stage' })
    expect([acceptance(filed), passTime(later(filed, 30)).events.length]).toEqual([null, 1])
    const received = driveTo(later(filed, 1), 'accept')
    expect(received.state).toMatchObject({ receivedAt: received.now, completeAt: received.now })
    expect(dueOn(received)).toMatchObject({ clock: 'promised' })
    expect(acceptance(received)).not.toBeNull()
  })

  test('its own limit is seen by the resident: of the check, of a publicity when it is to hang, and then when it may be closed, as its light counts', () => {
    const untilOf = (journey: Journey) => {
      const due = dueOn(journey)
      return due.kind === 'waits-for' ? [due.stepKey, due.until] : due
    }
    expect(untilOf(fileOn('LX-025'))).toEqual(['village', '2026-12-01'])
    expect(untilOf(fileOn('LX-030'))).toEqual(['assist', '2026-11-27'])
    const there = driveTo(later(fileOn('LX-025'), 1), 'publicity')
    expect(untilOf(there)).toEqual(['publicity', '2026-11-25'])
    const hanging = act(there, 'publish-notice')
    expect(untilOf(hanging)).toEqual(['publicity', '2026-12-01'])
    expect(lightBasis(hanging.item, hanging.state, CALENDAR_2026).due).toEqual({
      kind: 'on',
      on: '2026-12-01',
    })
  })

  test('while the applicant is asked after acceptance, the law runs on and no date is told', () => {
    const asked = act(driveTo(fileOn('LX-038', '2026-11-02'), 'review'), 'request-correction')
    expect(dueOn(asked)).toMatchObject({ kind: 'waits-for', stepKey: 'review', because: 'correction' })
    expect(statutory(asked)).toBe('2026-11-30')
  })

  test('the law’s last day was none where somebody was named again in its evening only', () => {
    const there = driveTo(fileOn('LX-038', '2026-11-02'), 'review')
    expect(statutory(there)).toBe('2026-11-30')
    const last = plainDate('2026-11-30')
    const namedAgainAt = (hour: number) => {
      const pause = {
        clock: 'statutory' as const,
        unitId: there.state.steps.find(({ key }) => key === 'review')?.parts[0]?.unitId ?? '',
        stepKey: 'review',
        because: 'applicant' as const,
        from: last,
        until: last,
        stoppedAt: instantAt(last, 10 * 60),
        goesOnAt: instantAt(last, hour * 60),
      }
      return statutory({ ...there, state: { ...there.state, pauses: [pause] } })
    }
    expect(namedAgainAt(14)).toBe('2026-11-30')
    expect(namedAgainAt(20)).toBe('2026-12-01')
  })

  test('an optional pre-check holds nothing up and is closed by acceptance', () => {
    const filed = fileOn('LX-005')
    expect(openParts(filed.state).map(({ step }) => step.key)).toEqual(['assist', 'accept'])
    expect(act(filed, 'accept').state.steps[0]).toMatchObject({ key: 'assist', status: 'skipped' })
    const verified = act(filed, 'verify')
    expect(openParts(verified.state).map(({ step }) => step.key)).toEqual(['accept'])
    expect(act(verified, 'accept').state.steps[0]).toMatchObject({ key: 'assist', status: 'done' })
  })
})

describe('a supplement before acceptance', () => {
  const asked = act(onDay(fileOn('LX-005'), '2026-11-25'), 'request-correction')
  const supplied = supplement(onDay(asked, '2026-12-02'))

  test('waits without a date, and without a clock of acceptance', () => {
    expect(dueOn(asked)).toEqual({
      kind: 'waits-for',
      stepKey: 'accept',
      because: 'correction',
      until: null,
      since: '2026-11-25',
    })
    expect([promised(asked), acceptance(asked)]).toEqual(['paused', null])
  })

  test('is a new receipt: promise, acceptance and the days of the counter start anew', () => {
    expect([promised(supplied), acceptance(supplied)]).toEqual(['2026-12-16', '2026-12-09'])
    expect(taskOf(supplied, 'accept')).toEqual({ kind: 'on', on: '2026-12-03' })
    expect(passTime(onDay(supplied, '2026-12-10')).state.accepted).toEqual({
      on: '2026-12-02',
      bySilence: true,
    })
  })
})

describe('a publicity that has not begun', () => {
  test.each([
    ['LX-025', 'stage', { days: 5, unit: 'calendar' }],
    ['LX-027', 'step', { days: 10, unit: 'calendar' }],
    ['LX-012', 'step', { days: 5, unit: 'working' }],
  ] as const)(
    'of %s has no last day: it is told by when it is to, and how long it will last',
    (id, because, unpublished) => {
      const there = driveTo(fileOn(id), 'publicity')
      const toPost = taskOf(there, 'publicity')
      expect(toPost).toMatchObject({ kind: 'on' })
      expect(dueOn(there)).toMatchObject({
        stepKey: 'publicity',
        because,
        until: toPost?.kind === 'on' && toPost.on,
        unpublished,
      })
      expect(dueOn(act(there, 'publish-notice'))).not.toHaveProperty('unpublished')
    },
  )
})

describe('when a share of a step is due', () => {
  test('a publicity on the first working day on which it may be closed', () => {
    const published = act(driveTo(fileOn('LX-027'), 'publicity'), 'publish-notice')
    // Ten calendar days from the 24th end on Friday, 4 December.
    expect(taskOf(published, 'publicity')).toEqual({ kind: 'on', on: '2026-12-07' })
  })

  test('an acceptance by the deadline of acceptance, where its own days are more', () => {
    expect(taskOf(fileOn('LX-010'), 'accept')).toEqual({ kind: 'on', on: '2026-12-01' })
  })
})

describe('what runs out first', () => {
  const nearestOf = ({ item, state }: Journey, stepKey: string) => {
    const open = openParts(state).find(({ step }) => step.key === stepKey)
    return open && nearestDue(item, state, open.step, open.part, CALENDAR_2026)
  }

  test('is the step, while it ends before the promise', () => {
    const toReview = act(fileOn('LX-005'), 'accept')
    expect(nearestOf(toReview, 'review')).toEqual({ due: { kind: 'on', on: '2026-12-04' }, days: 8 })
  })

  test('is the promise, where the steps before took its days', () => {
    const late = act(later(fileOn('LX-005'), 9), 'accept')
    expect(taskOf(late, 'review')).toMatchObject({ kind: 'on' })
    expect(nearestOf(late, 'review')).toEqual({ due: { kind: 'on', on: '2026-12-08' }, days: 10 })
  })

  test('is the step alone, once promise and law are kept', () => {
    const decided = step(driveTo(fileOn('LX-038'), 'decide'), 'granted')
    expect(nearestOf(decided, 'deliver')?.due).toEqual(taskOf(decided, 'deliver'))
  })
})
