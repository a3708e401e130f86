import { expect, it } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { addDays, dayIn, instantAt, type PlainDate, plainDate, weekdayOf } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { dueOf } from '../../time-limit/clock'
import { taskDue } from '../clock/clocks'
import type { CaseActor } from '../context'
import { evolve, replay } from '../evolve'
import {
  APPLICANT,
  act,
  attempt,
  calendarOf,
  everybody,
  file,
  type Journey,
  later,
  onDay,
  staff,
} from '../journeys/case-fixture'
import { movedEarlier } from '../journeys/deadlines'
import { brokenRules } from '../journeys/invariants'
import { driveTo, driveToEnd, step } from '../journeys/sensible-acts'
import type { AfterDecisionCommand } from '../revocation/after-decision-command'
import { openRevocation, speakUntil } from '../revocation/revocation'
import { openParts } from '../state'
import type { DeliveryCommand } from './delivery'
import { deliveryClock } from './delivery-clock'
import type { ServedPaper } from './delivery-state'
import { announcedUntil } from './served-without-them'

function itemOf(id: string): ServiceItem {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}

function does(
  journey: Journey,
  command: DeliveryCommand | AfterDecisionCommand,
  who: CaseActor = everybody(journey),
): Journey {
  const tried = attempt(journey, command, who)
  if (!tried.ok) throw new Error(`${command.type}: ${tried.error.code}`)
  expect([command.type, brokenRules(journey, tried.value), movedEarlier(journey, tried.value)]).toEqual([
    command.type,
    [],
    [],
  ])
  return tried.value
}

const post = (journey: Journey, of: Exclude<ServedPaper, 'revocation'> = 'result') =>
  does(journey, {
    type: 'post',
    of,
    carrier: 'ems',
    trackingDigest: 'number',
    postedOn: dayIn(journey.now),
  })
const comesBack = (journey: Journey, of: Exclude<ServedPaper, 'revocation'> = 'result') =>
  does(journey, { type: 'record-return', of, returnedOn: dayIn(journey.now), reasonDigest: 'gone' })

/** What the row of whoever serves it goes by, and what the page says of the same. */
function daysOf(journey: Journey): readonly [row: PlainDate | null, page: PlainDate | null] {
  const { item, state } = journey
  const [open] = openParts(state)
  if (!open) throw new Error('nothing is open')
  const clock = deliveryClock(item, state)
  const row = taskDue(item, state, open.step, open.part, calendarOf(journey))
  const page = clock && dueOf(clock, calendarOf(journey))
  return [row.kind === 'on' ? row.on : null, page?.kind === 'on' ? page.on : null]
}

function concluded(item: ServiceItem, goal: 'granted' | 'refused'): Journey {
  let journey = file(item, '2026-03-02')
  while (journey.state.concludedAt === null) journey = step(journey, goal)
  return journey
}

it('a result that is to be served has one day, in the row and on the page, whatever the post does with it', () => {
  const before = concluded(itemOf('LX-001'), 'refused')
  const sent = post(before)
  const back = comesBack(later(sent, 1))
  const again = post(later(back, 1))
  for (const journey of [before, sent, back, again])
    expect(daysOf(journey)).toEqual(['2026-03-16', '2026-03-16'])
})

it('where nothing sets a limit, the row goes by the letter that went last, also when it has come back', () => {
  const item = itemOf('LX-028')
  const steps = item.steps.map((each) => ({ ...each, legalDeliverDays: null }))
  const before = concluded({ ...item, typeCode: '07', steps }, 'granted')
  expect(daysOf(before)[1]).toBeNull()
  const sent = post(before)
  const back = comesBack(later(sent, 1))
  expect(daysOf(back)).toEqual(daysOf(sent))
  const again = post(later(back, 1))
  expect(daysOf(again).every((day) => day !== null && day > (daysOf(sent)[0] ?? ''))).toBe(true)
})

it('what is put up after the end touches nothing but its paper', () => {
  const declined = act(driveTo(file(itemOf('LX-036'), '2026-03-02'), 'accept'), 'decline')
  const back = comesBack(post(declined, 'decline'), 'decline')
  const announced = does(back, {
    type: 'announce',
    of: 'decline',
    placeDigest: 'wall',
    reasonDigest: 'gone',
  })
  expect(announced.events.at(-1)?.type).toBe('announced')
})

const dayAfter = (day: PlainDate) => addDays(day, 1)
const upUntil = ({ state }: Journey, of: ServedPaper) => {
  const announced = state.services?.find((each) => each.of === of)?.announced
  if (!announced) throw new Error('not put up')
  return announcedUntil(announced)
}

it('what is put up is served with the end of its thirtieth day, or of the first working day after it', () => {
  const declined = act(driveTo(file(itemOf('LX-036'), '2026-08-27'), 'accept'), 'decline')
  const back = comesBack(post(declined, 'decline'), 'decline')
  const places = { placeDigest: 'wall', reasonDigest: 'gone' }
  // The thirtieth day is the first of the days off of 1 October.
  const up = does(onDay(back, plainDate('2026-09-01')), { type: 'announce', of: 'decline', ...places })
  const until = plainDate('2026-10-08')
  expect(upUntil(up, 'decline')).toBe(until)
  const before = onDay(up, until)
  expect(() => does(before, { type: 'record-announced', of: 'decline' })).toThrow()
  const after = does(later(before, 1), { type: 'record-announced', of: 'decline' })
  expect(after.events.at(-1)).toMatchObject({ type: 'served', on: '2026-10-08' })
})

const OF_NOTICE = { of: 'revocation-notice' } as const
const HANDED = (journey: Journey) =>
  does(journey, { ...OF_NOTICE, type: 'hand-over', takenOn: dayIn(journey.now), takerDigest: null })
const LEFT = (journey: Journey) =>
  does(journey, { ...OF_NOTICE, type: 'leave', witnessesDigest: 'two', refusalDigest: 'no' })
const RECEIVED = (journey: Journey) =>
  does(post(journey, 'revocation-notice'), {
    ...OF_NOTICE,
    type: 'record-receipt',
    receivedOn: dayIn(journey.now),
  })
const ANNOUNCED = (journey: Journey) => {
  const back = comesBack(post(journey, 'revocation-notice'), 'revocation-notice')
  const up = does(back, { ...OF_NOTICE, type: 'announce', placeDigest: 'wall', reasonDigest: 'gone' })
  return does(onDay(up, dayAfter(upUntil(up, 'revocation-notice'))), {
    ...OF_NOTICE,
    type: 'record-announced',
  })
}
const AGREED = (journey: Journey) =>
  does(journey, { type: 'choose-delivery', method: 'electronic', addressDigest: null }, APPLICANT)

/** The Saturday after the day works, and the calendar is published anew. */
function worksOnSaturday(journey: Journey): Journey {
  const known = calendarOf(journey).get(2026)
  if (!known) throw new Error('no calendar')
  const days = [1, 2, 3, 4, 5, 6, 7].map((ahead) => addDays(dayIn(journey.now), ahead))
  const workDays = new Set([...known.workDays, ...days.filter((day) => weekdayOf(day) === 5)])
  return { ...journey, calendar: new Map([[2026, { ...known, workDays }]]) as WorkingCalendar }
}

it.each([
  ['handed over', HANDED, false],
  ['left', LEFT, false],
  ['received by post', RECEIVED, false],
  ['put up', ANNOUNCED, false],
  ['handed over', HANDED, true],
  ['left', LEFT, true],
  ['received by post', RECEIVED, true],
  ['put up', ANNOUNCED, true],
  ['agreed to on the phone', AGREED, true],
])(
  'a notice that is %s gives a day to speak that no calendar takes back (unreached: %s)',
  (_how, serve, isHelped) => {
    const granted = driveToEnd(file(itemOf('LX-005'), '2026-03-02'), 'granted').at(-1)
    if (!granted) throw new Error('nothing was driven')
    const begun: Journey = { ...onDay(granted, '2026-03-02'), ...(isHelped ? { isHelped } : {}) }
    const { organUnitId: unitId } = begun.state
    const deciders = [{ role: 'town-approver', unitId }] as const
    const proposed = does(
      begun,
      { type: 'propose-revocation', reasonDigest: 'why', basis: 'procedure', speakDays: 5, deciders },
      { ...staff({ role: 'town-approver', unitId }), staffId: 'wu' },
    )
    expect(openRevocation(proposed.state)?.speakUntil).toBe(isHelped ? undefined : '2026-03-09')
    const served = serve(onDay(proposed, '2026-03-06'))
    const until = (journey: Journey) => {
      const open = openRevocation(journey.state)
      return open && speakUntil(open, calendarOf(journey))
    }
    const known = until(served)
    expect(known).toEqual({ kind: 'on', on: openRevocation(served.state)?.speakUntil })
    if (serve !== ANNOUNCED) expect(known).toEqual({ kind: 'on', on: '2026-03-13' })
    expect(until(worksOnSaturday(served))).toEqual(known)
    expect(replay(served.item, served.events)).toEqual(served.state)
  },
)

it('a notice that was served before its day was kept goes by the calendar as before', () => {
  const event = { at: instantAt(plainDate('2026-03-06'), 600), stepKey: 'finish', unitId: 'town' }
  const { state, item } = file(itemOf('LX-005'), '2026-03-02')
  const open = {
    basis: 'procedure',
    reasonDigest: 'why',
    decided: 'granted',
    decidedAt: state.filedAt,
    proposedAt: state.filedAt,
    speakDays: 5,
    deciders: [],
    heard: [],
    answeredAt: null,
    revoked: null,
  } as const
  const served = {
    ...event,
    ...OF_NOTICE,
    type: 'served',
    method: 'pickup',
    on: plainDate('2026-03-06'),
  } as const
  const [after] = evolve(item, { ...state, revocations: [open] }, served).revocations ?? []
  expect(after).toEqual({ ...open, servedOn: '2026-03-06' })
})
