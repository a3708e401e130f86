import fc from 'fast-check'
import { test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { promiseOnTime } from '../case/clock/broken-promise'
import { dueOfCase, lawsDay } from '../case/clock/clocks'
import { awaitsNoDay, datesMoved } from '../case/clock/moved-dates'
import { brokenPromise } from '../case/clock/new-day'
import { lawStops } from '../case/evolve-suspension'
import {
  act,
  append,
  file,
  type Journey,
  later,
  nothingMissing,
  offered,
  passTime,
  staff,
} from '../case/journeys/case-fixture'
import { dayWords } from '../kernel/day-words'
import { dayIn, type PlainDate } from '../kernel/plain-date'
import { isWorkingDay, type WorkingCalendar } from '../time-limit/calendar'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { tellResident } from './resident'

// 行政许可法 第42、45条: the law's last day, once somebody was told it, is never another one without a word.

/** The law's day as the pages of whoever applied have it: of an extension, beside what is waited for, or of a promise that has no new day. */
function lawShown({ item, state }: Journey, calendar: WorkingCalendar): PlainDate | null {
  if (awaitsNoDay(state)) return null
  const due = dueOfCase(item, state, calendar)
  const law = lawsDay(item, state, calendar)
  if (law?.kind !== 'on') return null
  const isWaited = due.kind === 'waits-for' && due.lawOn !== undefined && due.because !== 'correction'
  const isProlonged = state.extension !== null && state.extension.undated === undefined
  return isWaited || isProlonged || brokenPromise(state)?.unnamed === true ? law.on : null
}

/** What is said with the events that came: in messages, or as the day that the history tells of an event. */
function saidSince(before: Journey, after: Journey, calendar: WorkingCalendar) {
  const { item, state } = after
  return after.events.slice(before.events.length).map((event) => {
    const today = dayIn(event.at)
    const told = {
      caseId: 'case',
      caseNumber: '3418212603020001',
      item,
      before: before.state,
      after: state,
      due: dueOfCase(item, state, calendar),
      newCard: null,
    }
    const words = { calendar, units: new Map(), unitName: () => '', holders: () => [] }
    const message = tellResident(event, told, words)
    return { type: event.type, today, said: message?.lines.join('。') ?? '' }
  })
}

const STOP = { basis: 'expert-review', expectedDays: 5 } as const
const ACTS = [
  'accept',
  'draft-nothing',
  'pass',
  'suspend',
  'resume',
  'extend',
  'record-visit',
  'request-approval',
] as const
const move = fc.oneof(
  fc.record({
    kind: fc.constant('act' as const),
    action: fc.constantFrom(...ACTS),
    which: fc.nat({ max: 9 }),
  }),
  fc.record({
    kind: fc.constant('act' as const),
    action: fc.constantFrom(...ACTS),
    which: fc.nat({ max: 9 }),
  }),
  fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('year' as const), ahead: fc.integer({ min: 1, max: 40 }) }),
)
type Move = typeof move extends fc.Arbitrary<infer Drawn> ? Drawn : never

/** A day to come is off: as the job of the deadlines has it. */
function republished(journey: Journey, before: WorkingCalendar, ahead: number) {
  const year = before.get(2026)
  const day = dayIn(later(journey, ahead).now)
  if (!year || isWorkingDay(before, day) !== true) return { journey, calendar: before }
  const calendar = new Map([[2026, { ...year, offDays: new Set([...year.offDays, day]) }]])
  const { item, state, now } = journey
  const event = datesMoved(item, state, { before, now: calendar }, { at: now, year: 2026, isOwn: false })
  return { journey: append({ ...journey, calendar }, [event]), calendar }
}

function moved(journey: Journey, calendar: WorkingCalendar, each: Move) {
  if (each.kind === 'wait') return { journey: night(later(journey, each.days), calendar), calendar }
  // While it stands still it has no day that a year could move.
  if (each.kind === 'year')
    return lawStops(journey.state).length > 0
      ? { journey, calendar }
      : republished(journey, calendar, each.ahead)
  const open = offered(journey).filter(({ action }) => action === each.action)
  const chosen = open[each.which % Math.max(1, open.length)]
  if (!chosen) return { journey, calendar }
  const { action, stepKey, unitId } = chosen
  return {
    journey: act(journey, action, { stepKey, unitId, ...(action === 'suspend' ? STOP : {}) }),
    calendar,
  }
}

/** What a night finds: what time brings about by itself, and that a promise broke. */
function night(journey: Journey, calendar: WorkingCalendar): Journey {
  const next = passTime(journey)
  const nobody = { superiorsOf: () => [], supervisors: () => [] }
  return append(next, promiseOnTime(next.item, next.state, { now: next.now, calendar, ...nobody }))
}

const guide = (id: string) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const accepted = (id: string, promisedDays = guide(id).promisedDays) =>
  act(nothingMissing(file({ ...guide(id), promisedDays }, '2026-02-02')), 'accept')
const extended = (journey: Journey) => {
  const asked = act(journey, 'request-approval', {
    unitId: 'eco',
    for: 'extend',
    actor: staff({ role: 'dept-reviewer', unitId: 'eco' }),
  })
  return act(asked, 'extend', { actor: staff({ role: 'county-approver', unitId: 'gov-office' }) })
}
/** Where each walk begins. */
const STARTS: readonly (readonly [string, () => Journey])[] = [
  ['what was prolonged', () => act(act(accepted('LX-038'), 'pass'), 'extend')],
  ['a project', () => accepted('LX-045')],
  ['a project that was prolonged', () => extended(accepted('LX-045'))],
  ['a project whose law comes first', () => accepted('LX-045', 60)],
  ['a look at a site', () => act(accepted('LX-034'), 'pass')],
  ['a promise that ends with the law', () => accepted('LX-028', 20)],
]

test.each(STARTS)('%s: a day of the law that was told moves with a word', (_what, start) => {
  const begun = start()
  fc.assert(
    fc.property(fc.array(move, { minLength: 4, maxLength: 24 }), (moves) => {
      let journey = begun
      let calendar: WorkingCalendar = CALENDAR_2026
      let known = lawShown(journey, calendar)
      for (const each of moves) {
        const before = journey
        ;({ journey, calendar } = moved(before, calendar, each))
        const law = lawShown(journey, calendar)
        if (law === null) continue
        const said = saidSince(before, journey, calendar)
        const isSaid = said.some((one) => one.said.includes(dayWords(law, one.today)))
        if (known !== null && known !== law && !isSaid)
          throw new Error(`${JSON.stringify(each)} ${known} -> ${law}: ${JSON.stringify(said)}`)
        known = law
      }
    }),
    { numRuns: 100, seed: 34 },
  )
})
