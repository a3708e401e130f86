import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { addDays, dayIn, plainDate } from '../../kernel/plain-date'
import type { CaseActor } from '../context'
import { evolve } from '../evolve'
import {
  attempt,
  contextOf,
  everybody,
  file,
  type Journey,
  later,
  refusal,
  writtenFor,
} from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { waitingAgain } from '../route'
import { allowedActions } from '../step/actions'
import type { StepCommand } from '../step/step-command'
import { staffSight } from '../whose/visibility'
import { firstDay, officersOf } from './site-visit'
import { paperAfter, recordsIn } from './visit-history'
import { mendsOn, type VisitWritten, visitDay } from './visit-record'

const items = packItems()
const cutting = items.find(({ id }) => id === 'LX-026')
if (!cutting) throw new Error('no LX-026')
const there = driveTo(file(cutting, '2026-11-02'), 'site')
const part = ({ state }: Journey) => state.steps.find(({ key }) => key === 'site')?.parts[0]
const unitId = part(there)?.unitId ?? ''
const place = { stepKey: 'site', unitId, reasonDigest: null }
const whole = writtenFor(cutting, 'site')
const officer = (journey: Journey, staffId: string): CaseActor => ({ ...everybody(journey), staffId })

const does = (journey: Journey, staffId: string, command: StepCommand) =>
  attempt(journey, { type: 'act', ...command }, officer(journey, staffId))
const done = (journey: Journey, staffId: string, command: StepCommand) => {
  const tried = does(journey, staffId, command)
  if (!tried.ok) throw new Error(tried.error.code)
  return tried.value
}
const refused = (journey: Journey, staffId: string, command: StepCommand) => {
  const tried = does(journey, staffId, command)
  return tried.ok ? undefined : tried.error.code
}
const record = (more: Partial<VisitWritten> = {}, officerIds = ['first', 'second']): StepCommand => ({
  ...place,
  action: 'record-visit',
  officerIds,
  record: { ...whole, ...more },
})
const anew = (more: Partial<VisitWritten>) =>
  ({ ...record(more), paperId: 'paper', whyAnewDigest: 'why' }) as StepCommand
const sign = (recordDigest = 'record'): StepCommand => ({ ...place, action: 'sign-visit', recordDigest })

test('a record counts once everybody who was there has signed it, each by themselves', () => {
  const written = done(there, 'first', record())
  expect(part(written)?.visited).toBe(false)
  expect(refusal(written, 'pass', 'site', everybody(written))).toBe('case.visit-unsigned')
  expect(refused(written, 'first', sign())).toBe('case.not-your-task')
  expect(refused(written, 'third', sign())).toBe('case.not-your-task')
  const signed = done(written, 'second', sign())
  expect(part(signed)).toMatchObject({ visited: true, visit: { signedBy: ['first', 'second'] } })
  expect(refusal(signed, 'pass', 'site', everybody(signed))).toBeUndefined()
  expect(refused(signed, 'second', sign())).toBe('case.not-your-task')
})

test('whoever writes it for an organ that has nobody there signs nothing: both officers do', () => {
  const written = done(there, 'stand-in', record())
  const half = done(written, 'first', sign())
  expect(part(half)?.visited).toBe(false)
  expect(part(done(half, 'second', sign()))?.visited).toBe(true)
})

test('another record voids the signatures of the one before it, and nobody signs one that they have not read', () => {
  const written = done(there, 'first', record())
  const again = done(written, 'first', record({ digest: 'another' }))
  expect(refused(again, 'second', sign())).toBe('case.visit-changed')
  const signed = done(again, 'second', sign('another'))
  expect(refused(signed, 'second', record({ digest: 'third' }))).toBe('case.visit-why-anew')
  const late = done(signed, 'second', anew({ digest: 'third' }))
  const replaces = { documentId: 'paper', whyDigest: 'why' }
  expect(part(late)).toMatchObject({ visited: false, visit: { signedBy: ['second'], replaces } })
  // Before all have signed it is written anew without another reason, and still takes the place of that paper.
  expect(part(done(late, 'first', record({ digest: 'fourth' })))?.visit).toMatchObject({ replaces })
  expect(refusal(late, 'pass', 'site', everybody(late))).toBe('case.visit-unsigned')
})

const on = (day: string) => ({ visitedOn: plainDate(day) })
const orderFor = (journey: Journey, recheckOn: string) =>
  done(journey, 'first', {
    ...place,
    action: 'require-rectification',
    reasonDigest: 'reason',
    recheckOn: plainDate(recheckOn),
  })
const both = (journey: Journey, command: StepCommand, digest = 'record') =>
  done(done(journey, 'first', command), 'second', sign(digest))

test('the day of a visit is the day they were there, whenever it is sent: none before their turn, none to come', () => {
  const opened = dayIn(part(there)?.openedAt ?? there.now)
  const days = later(there, 3)
  expect(refused(days, 'first', record(on(addDays(opened, -1))))).toBe('case.visit-day')
  expect(refused(days, 'first', record(on(addDays(dayIn(days.now), 1))))).toBe('case.visit-day')
  const visit = part(done(days, 'first', record(on(opened))))?.visit
  expect(visit && [visitDay(visit), dayIn(visit.at)]).toEqual([opened, dayIn(days.now)])
})

test('who looked before the ordered day and sends it on that day has not looked on it', () => {
  const seen = both(there, record())
  const due = addDays(dayIn(there.now), 7)
  const onTheDay = later(orderFor(seen, due), 7)
  expect(dayIn(onTheDay.now)).toBe(due)
  const early = both(onTheDay, record({ digest: 'early', ...on(addDays(due, -1)) }), 'early')
  expect(refusal(early, 'fail', 'site', everybody(early))).toBe('case.visit-missing')
  const then = both(early, record({ digest: 'then', ...on(due) }), 'then')
  expect(refusal(then, 'fail', 'site', everybody(then))).toBeUndefined()
})

test('on the ordered day the page asks for each day what the act asks: of one before it the record of then is mended', () => {
  const seen = both(there, record())
  const due = addDays(dayIn(there.now), 7)
  const early = both(later(orderFor(seen, due), 6), record({ digest: 'early' }), 'early')
  const then = later(early, 1)
  const looked = part(then)
  expect(looked && [addDays(due, -1), due].map((day) => mendsOn(looked, day))).toEqual(['signed', null])
  const before = record({ digest: 'again', ...on(addDays(due, -1)) })
  expect(refused(then, 'first', before)).toBe('case.visit-why-anew')
  expect(refused(then, 'first', record({ digest: 'again', ...on(due) }))).toBeUndefined()
})

test('an order is answered on its own day, by what is seen on that day', () => {
  const ordered = orderFor(both(there, record()), addDays(dayIn(there.now), 7))
  const today = dayIn(ordered.now)
  const waiting = part(ordered)
  expect(waiting && firstDay(waiting, today)).toBe(today)
  const again = both(ordered, record({ digest: 'same day', ...on(today) }), 'same day')
  expect(part(again)).toMatchObject({ visited: true, rectifyBy: addDays(today, 7) })
  expect(refusal(again, 'pass', 'site', everybody(again))).toBeUndefined()
  expect(refusal(again, 'fail', 'site', everybody(again))).toBe('case.rectification-open')
})

test('a visit after an order, or after the case came back, takes the place of none', () => {
  const seen = both(there, record())
  const ordered = orderFor(seen, addDays(dayIn(there.now), 7))
  const again = done(later(ordered, 7), 'first', record({ digest: 'again' }))
  expect(part(again)?.visit?.replaces).toBeUndefined()
  const run = seen.state.steps.find(({ key }) => key === 'site')
  const back = run && waitingAgain(run).parts[0]
  expect(back).toMatchObject({ visited: false, officersBefore: ['first', 'second'] })
  expect(back?.visit).toBeUndefined()
  expect(back && officersOf({ steps: [{ ...run, parts: [back] }] })).toEqual(['first', 'second'])
})

test('an order is not answered by what was seen before it', () => {
  const seen = both(there, record())
  const ordered = orderFor(later(seen, 1), addDays(dayIn(there.now), 8))
  const before = record({ digest: 'old', ...on(dayIn(there.now)) })
  expect(refused(later(ordered, 2), 'first', before)).toBe('case.visit-day')
  expect(
    refused(later(ordered, 2), 'first', record({ digest: 'new', ...on(dayIn(ordered.now)) })),
  ).toBeUndefined()
  const run = ordered.state.steps.find(({ key }) => key === 'site')
  expect(run && waitingAgain(run).parts[0]?.orderedOn).toBeUndefined()
})

test('what was written stays to be read after another visit, with its own signatures', () => {
  const seen = both(there, record())
  const ordered = orderFor(seen, addDays(dayIn(there.now), 7))
  const again = done(later(ordered, 7), 'first', record({ digest: 'again' }, ['first', 'third']))
  expect(recordsIn(again.events).map(({ record: { digest, signedBy } }) => [digest, signedBy])).toEqual([
    ['record', ['first', 'second']],
    ['again', ['first']],
  ])
  expect(officersOf(again.state)).toEqual(['first', 'second', 'third'])
})

test('a paper is told by the one that took its place, once all have signed that', () => {
  const paper = both(there, record())
  const numbered = ({ events }: Journey) => events.map((event, at) => ({ ...event, id: `event-${at}` }))
  const first = `event-${paper.events.length - 1}`
  expect(paperAfter(numbered(paper), first)).toBeUndefined()
  const begun = done(paper, 'first', { ...anew({ digest: 'next' }), paperId: first } as StepCommand)
  expect(paperAfter(numbered(begun), first)).toBeNull()
  const signed = done(begun, 'second', sign('next'))
  expect(paperAfter(numbered(signed), first)).toBe(`event-${signed.events.length - 1}`)
})

test('each point of the list is answered, once, and what is not so is told', () => {
  const [first, ...others] = whole.findings
  if (!first) throw new Error('no points')
  const wrong = { ...first, answer: 'no' } as const
  expect([
    refused(there, 'first', record({ findings: others })),
    refused(there, 'first', record({ findings: [...whole.findings, { ...first, point: 'other' }] })),
    refused(there, 'first', record({ findings: [first, first, ...others.slice(1)] })),
    refused(there, 'first', record({ findings: [wrong, ...others] })),
    refused(there, 'first', record({ findings: [{ ...wrong, remarkDigest: 'why' }, ...others] })),
    refused(there, 'first', record({ onSite: 'remarked' })),
    refused(there, 'first', record({ onSite: 'refused' })),
    refused(there, 'first', record({}, ['first', 'first'])),
  ]).toEqual([
    'case.visit-points',
    'case.visit-points',
    'case.visit-points',
    'case.visit-remark',
    undefined,
    'case.visit-words',
    undefined,
    'case.officers-too-few',
  ])
})

test('what an older instance wrote down, without a record, counts at once as it did', () => {
  const recorded = done(there, 'first', record()).events.at(-1)
  if (recorded?.type !== 'visit-recorded') throw new Error('no visit')
  const { record: _none, ...older } = recorded
  const state = evolve(cutting, there.state, older)
  expect(part({ ...there, state })).toMatchObject({ visited: true, rectifyBy: null })
})

test('an officer sees the case that they sign, whichever role they hold; of another unit nobody does', () => {
  const written = done(there, 'first', record())
  const asking = (staffId: string) =>
    staffSight(
      { item: written.item, state: written.state, tasks: [] },
      {
        staffId,
        pools: [{ role: 'liaison', unitId }],
        isBarred: false,
        actedAt: [],
        isLooking: false,
      },
    )
  expect([asking('second'), asking('third')]).toEqual(['staff', null])
  const liaison: CaseActor = {
    kind: 'staff',
    staffId: 'second',
    pools: [{ role: 'liaison', unitId }],
    isBarred: false,
  }
  expect(allowedActions(written.item, written.state, contextOf(written, liaison))).toEqual([
    { action: 'sign-visit', stepKey: 'site', unitId },
  ])
})

test('every step of the pack at which a site is looked at has a list of its own', () => {
  const visiting = items.flatMap(({ id, steps }) =>
    steps.flatMap(({ key, actions, checklist }) =>
      actions.includes('record-visit') ? [{ at: `${id} ${key}`, points: checklist?.points.length ?? 0 }] : [],
    ),
  )
  expect(visiting.length).toBeGreaterThan(9)
  expect(visiting.filter(({ points }) => points < 3)).toEqual([])
})
