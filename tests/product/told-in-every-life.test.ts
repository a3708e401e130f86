import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lightAt } from '#shared/domain/case/clock/case-light'
import { dueOfCase } from '#shared/domain/case/clock/clocks'
import type { CaseEvent } from '#shared/domain/case/events'
import { stations } from '#shared/domain/case/evolve'
import {
  act,
  file,
  type Journey,
  later,
  offered,
  passTime,
  supplement,
  withdraw,
} from '#shared/domain/case/journeys/case-fixture'
import { driveToEnd } from '#shared/domain/case/journeys/sensible-acts'
import { nowWords } from '#shared/domain/case/outcome/now-words'
import { type Issued, outcomeAt, outcomeOf, standingOf } from '#shared/domain/case/outcome/outcome'
import { isOver, type Outcome } from '#shared/domain/case/outcome/outcome-words'
import { documentKindOf, isIssuing } from '#shared/domain/case/paper/document-kinds'
import { issuedContent } from '#shared/domain/case/paper/issued-words'
import { ownDecision } from '#shared/domain/case/parallel/share-decisions'
import { openParts } from '#shared/domain/case/state'
import { dayIn, instantAt, plainDate } from '#shared/domain/kernel/plain-date'
import { tellResident } from '#shared/domain/reminder/resident'
import { CALENDAR_2026 } from '#shared/domain/time-limit/calendar-fixture'
import { lineColumns, readLine, standNow, standOn } from '../../functions/features/case/lists/case-line'
import { lineOn, taskLine } from '../../functions/features/case/lists/task-line'
import type { Reference } from '../../functions/features/service-item'
import { packItems } from '../generated-input'
import { otherEnds } from './ends'

// Whatever becomes of a case: list, queue, what is said now, messages and documents say of it what its outcome says.
const items = packItems()
const reference = {
  calendar: CALENDAR_2026,
  fact: () => ({ limitDays: 10, graceDays: 5 }),
  holders: () => [],
  units: new Map(),
  staff: new Map(),
  rolesOf: () => [],
} as unknown as Reference

/** Each event's document bears the place of the event. */
const documentsOf = ({ item, events, state }: Journey): readonly Issued[] =>
  events.flatMap((event, at) => {
    const kind = documentKindOf(event, item, state)
    return kind === null ? [] : [{ id: `${at}`, kind }]
  })
const outcomeIn = (journey: Journey, reader: 'applicant' | 'staff') =>
  outcomeOf(journey.item, journey.state, {
    calendar: CALENDAR_2026,
    documents: documentsOf(journey),
    today: dayIn(journey.now),
    reader,
  })

type Told = Pick<Journey, 'item' | 'state'>

/** Of a project that still goes on: what one of its departments has answered already. */
const OF_SHARES = /有 \d+ 样没批/g

/** Of how many departments' own answers it is told, as many there are. */
function saysNoOtherBut({ item, state }: Told, said: string, outcome: Pick<Outcome, 'key' | 'word'>) {
  const refused = state.steps.flatMap(({ key, parts }) =>
    parts.filter(
      ({ unitId, outcome: how }) => how === 'failed' && ownDecision(item, { stepKey: key, unitId }),
    ),
  )
  const words = said.replace(OF_SHARES, '')
  if (words !== said) expect(said).toContain(`有 ${refused.length} 样没批`)
  saysNoOther(words, outcome)
}

function saysNoOther(words: string, outcome: Pick<Outcome, 'key' | 'word'>) {
  for (const end of otherEnds(outcome)) expect(words, `${outcome.key} ${outcome.word}`).not.toContain(end)
}

/** As its last write left the case, read now; time may have gone on meanwhile. */
function isListedAlike(written: Journey, now: Journey) {
  const { item, state } = written
  const today = dayIn(now.now)
  const row = { item, state, reference, now: written.now, documents: documentsOf(written) }
  const { line } = lineColumns(row)
  const { stand } =
    line === null
      ? standNow({ ...row, now: now.now, filerConfirmed: null })
      : standOn(readLine(line), now.now, true)
  const light = lightAt(stand.light, today, CALENDAR_2026)
  const outcome = outcomeIn(now, 'applicant')
  const listed = outcomeAt(stand.standing, light, 'applicant')
  // What time brings is a document once it is written.
  expect({ ...listed, documentId: null }).toEqual({ ...outcome, documentId: null })
  saysNoOtherBut(written, stand.now.words, outcome)
  if (isOver(outcome) || outcome.key === 'correcting') expect(stand.now.words).toBe(outcome.word)
}

/** Each open share as its queue tells it. */
function isQueuedAlike(written: Journey, now: Journey) {
  const { item, state } = written
  const staffed = {
    item,
    state,
    reference,
    now: written.now,
    ownStaff: [],
    documents: documentsOf(written),
  }
  const today = dayIn(now.now)
  for (const { step: run, part } of openParts(state)) {
    const pool = { role: 'window', unitId: part.unitId } as const
    const line = taskLine(staffed, { run, part, holders: [pool], leaders: [], pool })
    const { outcome } = lineOn(line, today, { isFilerKnown: true, calendar: CALENDAR_2026 })
    expect({ ...outcome, documentId: null }).toEqual({ ...outcomeIn(now, 'staff'), documentId: null })
  }
}

const DECIDES = ['granted', 'refused', 'declined', 'withdrawn', 'terminated', 'concluded']

const NOW = { now: instantAt(plainDate('2026-11-24'), 600), calendar: CALENDAR_2026 }

function isToldAlike(
  {
    item,
    state,
    documents,
  }: { item: Journey['item']; state: Journey['state']; documents: readonly Issued[] },
  event: CaseEvent,
) {
  const standing = standingOf(item, state, { calendar: CALENDAR_2026, documents })
  for (const reader of ['applicant', 'staff'] as const)
    saysNoOtherBut({ item, state }, nowWords(item, state, standing, { reader, at: NOW }).words, standing)
  const told = {
    caseId: 'case',
    caseNumber: '3418212603020001',
    item,
    after: state,
    due: dueOfCase(item, state, CALENDAR_2026),
    newCard: null,
  }
  const message = tellResident(event, told, {
    calendar: CALENDAR_2026,
    units: new Map(),
    unitName: () => '镇里',
    holders: () => [],
  })
  // One of several organs says what became of its own part, by its name.
  const own = event.type === 'examined' ? ownDecision(item, event) : null
  if (message && own) expect(message.lines.join()).toContain(`${own.name}没批`)
  else if (message)
    saysNoOther([message.title, ...message.lines, ...Object.values(message.data)].join(), standing)
  if (DECIDES.includes(event.type)) expect(message?.title).toContain(standing.word)
  const kind = documentKindOf(event, item, state)
  if (!isIssuing(event) || kind === null) return
  const { paragraphs, plain } = issuedContent(event, {
    item,
    state,
    caseNumber: '3418212603020001',
    villageName: '大梁村',
    calendar: CALENDAR_2026,
    title: '',
    organ: '',
    phone: null,
    remedy: null,
    given: { result: null, validText: null, booked: null },
    servedPaper: null,
    decidedBy: null,
    certifiedBy: null,
    code: null,
    labelOf: ({ name }) => name,
    unitName: (unitId) => unitId,
    ownPapers: new Map(),
    staffName: (staffId) => staffId,
  })
  if (own) {
    expect(plain).toContain(own.name)
    return
  }
  saysNoOther([plain, ...paragraphs.map(({ said }) => said)].join(), standing)
  if (DECIDES.includes(event.type)) expect(plain).toContain(standing.word)
}

/** What was written since, told in the moment it was written. */
function areEventsTold({ item, events }: Journey, from: number) {
  const states = stations(item, events)
  for (const [at, event] of events.entries()) {
    const state = states[at]
    if (at < from || !state) continue
    isToldAlike({ item, state, documents: [] }, event)
  }
}

/** An act that is offered, an answer, or a withdrawal; null where a choice falls on none, and time passes. */
function anyAct(journey: Journey, choice: number): Journey | null {
  const open = offered(journey)
  const at = choice % (open.length + 3)
  const chosen = open[at]
  if (chosen) return act(journey, chosen.action, chosen)
  if (at === open.length && journey.state.status === 'correcting') return supplement(journey)
  return at === open.length + 1 && choice % 29 === 0 && journey.state.decision === null && open.length > 0
    ? withdraw(journey)
    : null
}

/** The job writes each night what the day has brought; until then the line has foretold it. */
function anyDays(start: Journey, days: number): Journey {
  let [here, written] = [start, start]
  for (let day = 0; day < days; day += 1) {
    const next = later(here, 1)
    const brought = passTime(next)
    const isWritten = brought.events.length > here.events.length
    if (isWritten || day === days - 1) {
      isListedAlike(written, brought)
      isQueuedAlike(written, brought)
    }
    if (isWritten) areEventsTold(brought, here.events.length)
    here = brought
    if (isWritten) written = brought
  }
  return here
}

test('at every station of any life all places say the outcome', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...items),
      fc.array(fc.nat({ max: 10_000 }), { minLength: 4, maxLength: 14 }),
      (item, choices) => {
        let here = file(item, '2026-03-02')
        areEventsTold(here, 0)
        for (const choice of choices) {
          if (here.state.endedAt !== null) return
          const acted = anyAct(here, choice)
          if (acted) {
            areEventsTold(acted, here.events.length)
            isListedAlike(acted, acted)
            isQueuedAlike(acted, acted)
          }
          here = acted ?? anyDays(here, 1 + (choice % 14))
        }
      },
    ),
    { numRuns: 150 },
  )
})

test('on the way to a grant or a refusal each place says so', () => {
  for (const [at, item] of items.entries()) {
    const goal = at % 2 === 0 ? 'granted' : 'refused'
    const [first, ...rest] = driveToEnd(file(item, '2026-03-02'), goal)
    let before = first
    for (const station of rest) {
      areEventsTold(station, before?.events.length ?? 0)
      isListedAlike(station, station)
      isQueuedAlike(station, station)
      before = station
    }
  }
})
