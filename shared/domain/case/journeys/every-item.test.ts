import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn, plainDate } from '../../kernel/plain-date'
import type { Condition, ServiceItem } from '../../service-item/item'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { dueOfCase, taskDue } from '../clock/clocks'
import { provisionalDueOfCase } from '../clock/provisional-due'
import { replay } from '../evolve'
import { decidedShares } from '../parallel/share-decisions'
import { stepOf } from '../route'
import { openParts } from '../state'
import { mayWithdraw } from '../whose/applicant-acts'
import { APPLICANT, act, attempt, file, type Journey, offered, withdraw } from './case-fixture'
import { driveToEnd, type Goal } from './sensible-acts'

const DAYS = ['2026-11-24', '2026-12-28'] as const
const GOALS = ['granted', 'refused'] as const

/** Answers that take the case through as many steps as the item has, and those that leave out the conditional ones. */
const answersMeeting = ({ steps }: ServiceItem) =>
  Object.fromEntries(
    steps.flatMap(({ when }): [string, Condition['equals']][] => (when ? [[when.field, when.equals]] : [])),
  )
const otherAnswers = ({ steps }: ServiceItem) =>
  Object.fromEntries(steps.flatMap(({ when }) => (when ? [[when.field, '否']] : [])))

const cases = packItems().flatMap((item) =>
  DAYS.flatMap((day) =>
    GOALS.flatMap((goal) =>
      [answersMeeting(item), ...(Object.keys(otherAnswers(item)).length > 0 ? [otherAnswers(item)] : [])].map(
        (answers) => ({ id: item.id, day, goal, item, answers }),
      ),
    ),
  ),
)

test('there are 52 items', () => {
  expect(packItems()).toHaveLength(52)
})

const checkDates = (journey: Journey) => {
  const { item, state, now } = journey
  const due = dueOfCase(item, state, CALENDAR_2026)
  if (due.kind === 'calendar-missing') expect(due.year).toBe(2027)
  if (due.kind === 'waits-for') expect(stepOf(item, due.stepKey).key).toBe(due.stepKey)
  expect(provisionalDueOfCase(item, state, CALENDAR_2026, dayIn(now))).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  for (const { step, part } of openParts(state)) {
    expect(['on', 'paused', 'calendar-missing']).toContain(
      taskDue(item, state, step, part, CALENDAR_2026).kind,
    )
  }
}

describe.each(cases)('$id filed on $day to be $goal', ({ item, day, goal, answers }) => {
  const stations = driveToEnd(file(item, day, { answers }), goal)
  const [last] = stations.slice(-1)

  test('comes to its end through its own steps', () => {
    const { state, events } = last ?? file(item, day)
    expect(state).toMatchObject({ status: 'delivered', version: events.length })
    expect(state.decision).toMatchObject({
      kind: goal,
      stepKey: item.steps.find(({ decides }) => decides)?.key,
    })
    expect(state.promiseKeptAt).not.toBeNull()
    expect(state.receivedAt).not.toBeNull()
    expect(state.paidOn === null).toBe(!(goal === 'granted' && item.steps.some(pays)))
    expect(replay(item, events)).toEqual(state)
  })

  test('has dates that can be told, or a word for their absence, at every station', () => {
    stations.forEach(checkDates)
  })

  test('can be withdrawn at every station before the decision and at none after', () => {
    for (const station of stations) {
      const isOpen = station.state.decision === null && decidedShares(item, station.state).length === 0
      expect(mayWithdraw(station.state, APPLICANT)).toBe(isOpen)
      if (isOpen) {
        const gone = withdraw(station)
        expect(gone.state).toMatchObject({ status: 'withdrawn', endedAt: station.now })
        expect(openParts(gone.state)).toEqual([])
        expect(offered(gone)).toEqual([])
      } else {
        expect(attempt(station, { type: 'withdraw', reasonDigest: null }, APPLICANT).ok).toBe(false)
      }
    }
  })
})

const pays = ({ actions }: ServiceItem['steps'][number]) => actions.includes('pay')
const followUpsOf = ({ steps }: ServiceItem) => steps.filter(({ followUp }) => followUp)

describe.each(packItems().filter((item) => followUpsOf(item).length > 0))(
  '$id has a check afterwards',
  (item) => {
    const answers = { ...answersMeeting(item), commit: '是' }
    const end = (goal: Goal) => driveToEnd(file(item, '2026-11-24', { answers }), goal)
    const [followUp] = followUpsOf(item)
    const runIn = ({ state }: Journey) => state.steps.find(({ key }) => key === followUp?.key)

    test('opened when a grant is concluded, workable after delivery, without touching the case', () => {
      const stations = end('granted')
      expect(
        stations.filter(({ state }) => state.concludedAt === null).map((each) => runIn(each)?.status),
      ).not.toContain('open')
      expect(
        stations.filter(({ state }) => state.concludedAt !== null).map((each) => runIn(each)?.status),
      ).not.toContain('waiting')
      const [delivered] = stations.slice(-1)
      if (!delivered) throw new Error('no stations')
      const checked = act(act(delivered, 'record-visit'), 'pass')
      expect(runIn(checked)?.status).toBe('done')
      const uncounted = { steps: [], version: 0, decidingVersion: 0 }
      expect({ ...checked.state, ...uncounted }).toEqual({ ...delivered.state, ...uncounted })
    })

    test('leaves the status alone when it comes between conclusion and delivery', () => {
      const concluded = end('granted').find(({ state }) => state.status === 'concluded')
      if (!concluded) throw new Error('never concluded')
      const stepKey = followUp?.key ?? ''
      const checked = act(act(concluded, 'record-visit', { stepKey }), 'fail', { stepKey })
      expect(checked.state.status).toBe('concluded')
      expect(act(checked, 'deliver').state.status).toBe('delivered')
    })

    test('skipped after a refusal', () => {
      expect(runIn(end('refused').at(-1) ?? file(item, '2026-11-24'))?.status).toBe('skipped')
    })
  },
)

test('at 2026-12-28 a promise of more than three days has no date, and the year is named', () => {
  for (const item of packItems().filter(
    ({ promisedDays, steps }) =>
      promisedDays > 3 && !steps.some(({ completesApplication }) => completesApplication),
  )) {
    const { state } = file(item, '2026-12-28')
    const due = dueOfCase(item, state, CALENDAR_2026)
    expect([item.id, due]).toEqual([
      item.id,
      item.id === 'LX-050'
        ? { kind: 'on', on: plainDate('2026-12-31'), clock: 'promised' }
        : { kind: 'calendar-missing', year: 2027 },
    ])
  }
})
