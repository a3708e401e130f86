import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { addDays, dayIn, type PlainDate, plainDate } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { dueOf } from '../../time-limit/clock'
import { nearestDue } from '../clock/clocks'
import type { CaseContext } from '../context'
import { decide } from '../decide'
import { evolve } from '../evolve'
import {
  APPLICANT,
  act,
  attempt,
  contextOf,
  everybody,
  file,
  type Journey,
  later,
  refusal,
} from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { stepOf } from '../route'
import type { CaseState } from '../state'
import { mayChooseDelivery } from './choose-delivery'
import { type DeliveryCommand, decideDelivery, whyNotDelivery } from './delivery'
import { isServedInApp } from './delivery-choice'
import { awaitedServices, deliveryClock, isDeliveredLate } from './delivery-clock'
import { serviceOf } from './evolve-delivery'
import { owedPapers } from './owed-papers'
import { remedyFrom } from './served-on'

const LETTER = { type: 'post', of: 'result', carrier: 'ems', trackingDigest: 'number' } as const
const filed = (id: string) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return file(item, '2026-03-02')
}
const on = (journey: Journey, more: Partial<CaseContext> = {}): CaseContext => ({
  ...contextOf(journey, everybody(journey)),
  ...more,
})
const at = (day: string) => `${day}T02:00:00.000Z` as CaseContext['now']

function does(journey: Journey, command: DeliveryCommand, more: Partial<CaseContext> = {}): Journey {
  const decided = decideDelivery(journey.item, journey.state, command, on(journey, more))
  if (!decided.ok) throw new Error(decided.error.code)
  const state = decided.value.reduce((before, event) => evolve(journey.item, before, event), journey.state)
  return { ...journey, state, events: [...journey.events, ...decided.value] }
}

/** A permit that is granted and concluded, or refused. */
const permit = (how: 'grant' | 'refuse' = 'grant') =>
  act(act(driveTo(filed('LX-028'), 'decide'), how), 'conclude')
const signedOn = ({ state }: Journey) => dayIn(state.decision?.at ?? state.filedAt)
const postedOn = (journey: Journey, day = dayIn(journey.now)) => ({ ...LETTER, postedOn: day })

describe('the days of a delivery (行政许可法 第44条)', () => {
  it('are ten working days from the decision, and the guide’s where it says otherwise', () => {
    const { item, state } = permit()
    expect(deliveryClock(item, state)).toMatchObject({ days: 10, startedAt: state.decision?.at })
    const steps = item.steps.map((step) => ({ ...step, legalDeliverDays: null }))
    expect(deliveryClock({ ...item, steps }, state)?.days).toBe(10)
    expect(deliveryClock({ ...item, steps, typeCode: '07' }, state)).toBeNull()
    const said = item.steps.map((step) => ({ ...step, legalDeliverDays: 3 }))
    expect(deliveryClock({ ...item, steps: said }, state)?.days).toBe(3)
  })

  it('are ten of a refusal too, as of whatever is served against somebody', () => {
    const { item, state } = permit('refuse')
    expect(deliveryClock(item, state)).toMatchObject({ days: 10, startedAt: state.decision?.at })
  })

  it('are told where the step itself has nothing more to do than wait for the post', () => {
    const journey = does(permit(), postedOn(permit()))
    const { item, state } = journey
    const run = state.steps.find(({ status }) => status === 'open')
    const part = run?.parts[0]
    if (!run || !part) throw new Error('nothing is open')
    const clock = deliveryClock(item, state)
    expect(nearestDue(item, state, run, part, CALENDAR_2026).due).toEqual(
      clock && dueOf(clock, CALENDAR_2026),
    )
  })

  it('late as a delivery makes no decision late', () => {
    const sent = does(permit(), postedOn(permit()))
    const kept = sent.state.promiseKeptAt
    const late = addDays(signedOn(sent), 40)
    const arrived = does(sent, { type: 'record-receipt', of: 'result', receivedOn: late }, { now: at(late) })
    expect(isDeliveredLate(arrived.item, arrived.state, CALENDAR_2026)).toBe(true)
    expect(arrived.state.promiseKeptAt).toBe(kept)
    const soon = does(sent, { type: 'record-receipt', of: 'result', receivedOn: signedOn(sent) })
    expect(isDeliveredLate(soon.item, soon.state, CALENDAR_2026)).toBe(false)
  })
})

describe('a letter', () => {
  it('serves on the day that its receipt bears, never before it was sent, and ends the case then', () => {
    const sent = does(permit('refuse'), postedOn(permit('refuse')))
    expect([sent.state.status, remedyFrom(sent.state, 'refused')]).toEqual(['concluded', null])
    const received = addDays(signedOn(sent), 3)
    const now = at(addDays(signedOn(sent), 5))
    const early = decideDelivery(
      sent.item,
      sent.state,
      { type: 'record-receipt', of: 'result', receivedOn: addDays(signedOn(sent), -1) },
      on(sent, { now }),
    )
    expect(early).toMatchObject({ ok: false, error: { field: 'receivedOn' } })
    const { state } = does(sent, { type: 'record-receipt', of: 'result', receivedOn: received }, { now })
    expect([state.status, state.deliveredBy, remedyFrom(state, 'refused')]).toEqual([
      'delivered',
      'post',
      received,
    ])
  })

  it('that comes back serves nobody, and may be sent again', () => {
    const sent = does(permit('refuse'), postedOn(permit('refuse')))
    const day = dayIn(sent.now)
    const back = does(sent, { type: 'record-return', of: 'result', returnedOn: day, reasonDigest: 'nobody' })
    expect([back.state.status, remedyFrom(back.state, 'refused')]).toEqual(['concluded', null])
    expect(whyNotDelivery(back.item, back.state, 'record-receipt', 'result', on(back))).toEqual({
      code: 'case.not-posted',
    })
    const again = does(back, postedOn(back))
    expect(serviceOf(again.state, 'result')?.posts).toHaveLength(2)
    expect(whyNotDelivery(again.item, again.state, 'post', 'result', on(again))).toEqual({
      code: 'case.posted-before',
    })
  })
})

const MOVES = ['post', 'record-receipt', 'record-return', 'hand-over'] as const
const move = fc.record({ type: fc.constantFrom(...MOVES), days: fc.integer({ min: -3, max: 30 }) })

function commandOf({ type, days }: { type: (typeof MOVES)[number]; days: number }, journey: Journey) {
  const day = addDays(signedOn(journey), days)
  switch (type) {
    case 'post':
      return postedOn(journey, day)
    case 'record-receipt':
      return { type, of: 'result', receivedOn: day } as const
    case 'record-return':
      return { type, of: 'result', returnedOn: day, reasonDigest: 'nobody' } as const
    case 'hand-over':
      return { type, of: 'result', takenOn: day, takerDigest: null } as const
  }
}

/** All states that the moves lead through, forty days after the decision; what is refused changes nothing. */
function statesAfter(begun: Journey, moves: readonly Parameters<typeof commandOf>[0][]) {
  const context = on(begun, { now: at(addDays(signedOn(begun), 40)) })
  const states = [begun.state]
  for (const each of moves) {
    const before = states.at(-1) ?? begun.state
    const decided = decideDelivery(begun.item, before, commandOf(each, begun), context)
    const events = decided.ok ? decided.value : []
    states.push(events.reduce<CaseState>((state, event) => evolve(begun.item, state, event), before))
  }
  return states
}

const check = (
  begun: Journey,
  rule: (states: readonly CaseState[], moves: readonly { type: string }[]) => void,
) =>
  fc.assert(
    fc.property(fc.array(move, { maxLength: 8 }), (moves) => rule(statesAfter(begun, moves), moves)),
    { numRuns: 150 },
  )

describe('whatever is written down, in any order', () => {
  it('has no remedy run before what it runs from was sent', () => {
    const begun = permit('refuse')
    check(begun, (states) => {
      for (const state of states.filter(({ deliveredAt }) => deliveredAt !== null)) {
        const from = remedyFrom(state, 'refused')
        const first = state.deliveredBy === 'post' && serviceOf(state, 'result')?.posts.at(-1)?.postedOn
        expect(from !== null && from >= (first || signedOn(begun))).toBe(true)
      }
    })
  })

  it('is served by no return', () => {
    check(permit('refuse'), (states, moves) => {
      for (const [index, { type }] of moves.entries())
        if (type === 'record-return') expect(states[index + 1]?.deliveredAt).toBe(states[index]?.deliveredAt)
    })
  })

  it('has no day of delivery that stands still', () => {
    const begun = permit()
    check(begun, (states) => {
      for (const state of states.filter(({ deliveredAt }) => deliveredAt === null))
        expect(deliveryClock(begun.item, state)).toEqual({
          startedAt: begun.state.decision?.at,
          days: 10,
          unit: 'working',
          pauses: [],
        })
    })
  })
})

describe('what the applicant wants', () => {
  it('is theirs to say until it is on its way', () => {
    const done = permit()
    const asked = { type: 'choose-delivery', method: 'post', addressDigest: 'address' } as const
    const chosen = does(done, asked, { actor: APPLICANT })
    expect(chosen.state.deliveryChoice).toMatchObject({ method: 'post', addressDigest: 'address' })
    const sent = does(chosen, postedOn(chosen))
    const late = decideDelivery(sent.item, sent.state, asked, on(sent, { actor: APPLICANT }))
    expect(late).toMatchObject({ ok: false })
    const nowhere = decideDelivery(
      done.item,
      done.state,
      { ...asked, addressDigest: null },
      on(done, { actor: APPLICANT }),
    )
    expect(nowhere).toMatchObject({ ok: false, error: { field: 'address' } })
  })

  it('lets the phone serve what is against them; without it, it only informs and is not offered', () => {
    const refused = permit('refuse')
    expect(() => act(refused, 'deliver', { method: 'electronic' })).toThrow('case.target-unknown')
    const agreed = does(
      refused,
      { type: 'choose-delivery', method: 'electronic', addressDigest: null },
      { actor: APPLICANT },
    )
    const { state } = act(agreed, 'deliver', { method: 'electronic' })
    expect(remedyFrom(state, 'refused')).toBe(dayIn(agreed.now))
    const { state: granted } = act(permit(), 'deliver', { method: 'electronic' })
    expect(granted.servedOn).toBeNull()
  })

  it('serves what is against them as it is signed, where they have said so: nobody has to hand it over', () => {
    const refused = permit('refuse')
    expect(remedyFrom(refused.state, 'refused')).toBeNull()
    const agreed = agree(refused)
    expect(remedyFrom(agreed.state, 'refused')).toBe(dayIn(agreed.now))
    expect(mayChooseDelivery(agreed.state, APPLICANT)).toBe(false)
    const later = { ...agreed, now: at(addDays(dayIn(agreed.now), 3)) }
    const { state } = act(later, 'deliver', { method: 'electronic' })
    expect([state.servedOn, remedyFrom(state, 'refused')]).toEqual([dayIn(agreed.now), dayIn(agreed.now)])
    const sent = does(refused, postedOn(refused))
    expect(remedyFrom(sent.state, 'refused')).toBeNull()
  })

  it('is followed, or whoever hands it over another way says why', () => {
    const agreed = agree(permit())
    expect(() => act(agreed, 'deliver', { method: 'pickup', reasonDigest: null })).toThrow(
      'case.reason-missing',
    )
    const { events } = act(agreed, 'deliver', { method: 'pickup', reasonDigest: 'came by' })
    expect(events.at(-1)).toMatchObject({ type: 'delivered', method: 'pickup', otherwiseDigest: 'came by' })
    const as = act(agreed, 'deliver', { method: 'electronic', reasonDigest: null })
    expect(as.events.at(-1)).not.toHaveProperty('otherwiseDigest')
  })

  it('what is in the post is not handed over to a phone: its receipt could not be written down', () => {
    const agreed = agree(permit())
    const sent = does(agreed, { ...postedOn(agreed), otherwiseDigest: 'why' })
    expect(() => act(sent, 'deliver', { method: 'electronic' })).toThrow('no deliver among')
    expect(() => act(sent, 'deliver', { method: 'pickup' })).toThrow('no deliver among')
    const open = sent.state.steps.find(({ status }) => status === 'open')
    expect(refusal(sent, 'deliver', open?.key ?? '', everybody(sent))).toBe('case.posted-before')
  })

  it('a letter has a number: it is not handed over like that', () => {
    expect(() => act(permit(), 'deliver', { method: 'post' })).toThrow('case.post-unnumbered')
  })
})

const IN_APP = { type: 'choose-delivery', method: 'electronic', addressDigest: null } as const
const agree = (journey: Journey) => does(journey, IN_APP, { actor: APPLICANT })

describe('what is not accepted', () => {
  const declined = () => act(filed('LX-028'), 'decline')

  it('waits to be served at the share that said so, and its ways run from that day', () => {
    const journey = declined()
    expect(awaitedServices(journey.item, journey.state)).toMatchObject([{ of: 'decline' }])
    expect(remedyFrom(journey.state, 'declined')).toBeNull()
    const day = plainDate(dayIn(journey.now))
    const { state } = does(journey, { type: 'hand-over', of: 'decline', takenOn: day, takerDigest: null })
    expect([remedyFrom(state, 'declined'), awaitedServices(journey.item, state), owedPapers(state)]).toEqual([
      day,
      [],
      [],
    ])
  })

  it('is served on the phone where they had said so, and on the day on which they say so afterwards', () => {
    const before = act(agree(filed('LX-028')), 'decline')
    expect(awaitedServices(before.item, before.state)).toEqual([])
    expect(remedyFrom(before.state, 'declined')).toBe(dayIn(before.now))
    const told = declined()
    const after = agree({ ...told, now: at(addDays(dayIn(told.now), 3)) })
    expect(awaitedServices(after.item, after.state)).toEqual([])
    expect(remedyFrom(after.state, 'declined')).toBe(addDays(dayIn(told.now), 3))
    expect(after.events.at(-1)).toMatchObject({ type: 'served', of: 'decline', method: 'electronic' })
  })
})

describe('whatever is against somebody', () => {
  /** Not accepted, of whom the phone is or is not. */
  function declinedTo(begun: Journey, isApplicantReached: boolean): Journey {
    const run = begun.state.steps.find(({ key }) => stepOf(begun.item, key).kind === 'accept')
    const target = { stepKey: run?.key ?? '', unitId: run?.parts[0]?.unitId ?? '' }
    const ready = driveTo(begun, target.stepKey)
    const command = { type: 'act', action: 'decline', ...target, reasonDigest: 'why' } as const
    const decided = decide(ready.item, ready.state, command, on(ready, { isApplicantReached }))
    if (!decided.ok) throw new Error(decided.error.code)
    return {
      ...ready,
      state: decided.value.reduce((next, each) => evolve(ready.item, next, each), ready.state),
    }
  }

  /** Of what is awaited: the last day of the row that has to serve it. */
  const rowsOf = ({ item, state }: Journey) =>
    awaitedServices(item, state).map(({ stepKey, unitId }) => {
      const run = state.steps.find(({ key }) => key === stepKey)
      const part = run?.parts.find((each) => each.unitId === unitId)
      return run && part && nearestDue(item, state, run, part, CALENDAR_2026).days
    })

  it('has a day from which remedies run, or a share that has ten days to serve it', () => {
    const paths = fc.record({
      id: fc.constantFrom('LX-005', 'LX-028', 'LX-036'),
      agrees: fc.boolean(),
      isApplicantReached: fc.boolean(),
      saysLater: fc.boolean(),
    })
    fc.assert(
      fc.property(paths, ({ id, agrees, isApplicantReached, saysLater }) => {
        const isServed = agrees && isApplicantReached
        const told = declinedTo(agrees ? agree(filed(id)) : filed(id), isApplicantReached)
        const last = saysLater && !isServed ? agree(told) : told
        const hasDay = remedyFrom(last.state, 'declined') !== null
        expect([hasDay, rowsOf(last)]).toEqual(saysLater || isServed ? [true, []] : [false, [10]])
      }),
      { numRuns: 60 },
    )
  })
})

describe('who would not take it, or is not found', () => {
  const LEAVE = { type: 'leave', of: 'result', witnessesDigest: 'two', refusalDigest: 'no' } as const
  const ANNOUNCE = { type: 'announce', of: 'result', placeDigest: 'wall', reasonDigest: 'gone' } as const
  const why = (journey: Journey, type: 'leave' | 'announce' | 'record-announced', now = journey.now) =>
    whyNotDelivery(journey.item, journey.state, type, 'result', on(journey, { now }))?.code
  const back = () => {
    const sent = does(permit('refuse'), postedOn(permit('refuse')))
    return does(sent, {
      type: 'record-return',
      of: 'result',
      returnedOn: dayIn(sent.now),
      reasonDigest: 'gone',
    })
  }

  it('has it on the day on which it is left with them before two, and that ends the case', () => {
    const journey = permit('refuse')
    const { state } = does(journey, LEAVE)
    expect([state.status, remedyFrom(state, 'refused')]).toEqual(['delivered', signedOn(journey)])
    expect(serviceOf(state, 'result')?.served).toMatchObject({ method: 'left', witnessesDigest: 'two' })
  })

  it.each(['result', 'decline'] as const)(
    'has no %s dated back: what is against them counts from when it was written',
    (of) => {
      const begun = of === 'result' ? back() : act(filed('LX-028'), 'decline')
      const late = { ...begun, now: at(addDays(dayIn(begun.now), 240)) }
      const day = dayIn(late.now)
      const handed = (takenOn: PlainDate) =>
        decideDelivery(late.item, late.state, { type: 'hand-over', of, takenOn, takerDigest: null }, on(late))
      for (const then of [dayIn(begun.now), addDays(day, -1)])
        expect(handed(then)).toMatchObject({ ok: false, error: { field: 'takenOn' } })
      expect(handed(day).ok).toBe(true)
      expect(serviceOf(does(late, { ...LEAVE, of }).state, of)?.served?.on).toBe(day)
      if (of === 'decline') return
      const up = does(late, ANNOUNCE)
      expect(serviceOf(up.state, of)?.announced?.on).toBe(day)
      expect([why(up, 'record-announced'), why(up, 'record-announced', at(addDays(day, 31)))]).toEqual([
        'case.announcement-runs',
        undefined,
      ])
    },
  )

  it('has nothing left or put up that gives them something', () => {
    expect([why(permit(), 'leave'), why(permit(), 'announce')]).toEqual([
      'case.action-not-allowed',
      'case.action-not-allowed',
    ])
  })

  it('is put up for only when a letter has come back, and has it when thirty days have passed', () => {
    expect(why(permit('refuse'), 'announce')).toBe('case.not-returned')
    const sent = does(permit('refuse'), postedOn(permit('refuse')))
    expect([why(sent, 'announce'), why(sent, 'leave')]).toEqual(['case.posted-before', 'case.posted-before'])
    const returned = back()
    const day = dayIn(returned.now)
    const up = does(returned, ANNOUNCE)
    expect(why(up, 'announce')).toBe('case.announcement-runs')
    expect(why(up, 'record-announced', at(addDays(day, 30)))).toBe('case.announcement-runs')
    const record = { type: 'record-announced', of: 'result' } as const
    const { state } = does(up, record, { now: at(addDays(day, 31)) })
    expect([state.status, remedyFrom(state, 'refused')]).toEqual(['delivered', addDays(day, 30)])
  })

  it('may still fetch what is put up', () => {
    const returned = back()
    const up = does(returned, ANNOUNCE)
    const takenOn = dayIn(returned.now)
    const { state } = does(up, { type: 'hand-over', of: 'result', takenOn, takerDigest: null })
    expect(remedyFrom(state, 'refused')).toBe(takenOn)
  })
})

describe('the word for the phone', () => {
  it('ends with the result: what is revoked later is served by hand, until it is said again', () => {
    const concluded = agree(permit())
    const done = act(concluded, 'deliver', { method: 'electronic' })
    const state = { ...done.state, status: 'delivered' } as const
    expect(isServedInApp(concluded.state, { isApplicantReached: true })).toBe(true)
    expect(isServedInApp(state, { isApplicantReached: true })).toBe(false)
    expect(isServedInApp(agreedAt(state, addDays(dayIn(done.now), 1)), { isApplicantReached: true })).toBe(
      true,
    )
  })

  const agreedAt = (state: CaseState, day: ReturnType<typeof plainDate>): CaseState => ({
    ...state,
    deliveryChoice: { at: at(day), by: 'owner', method: 'electronic' },
  })
})

it('of a refusal a letter is written down when it goes, so that no receipt ends its remedies in the same minute', () => {
  const refused = permit('refuse')
  const late = later(refused, 60)
  const posting = (day: PlainDate) => attempt(late, { ...LETTER, postedOn: day }, everybody(late)).ok
  expect(posting(dayIn(refused.now))).toBe(false)
  expect(posting(addDays(dayIn(late.now), -4))).toBe(false)
  expect(posting(dayIn(late.now))).toBe(true)
})
