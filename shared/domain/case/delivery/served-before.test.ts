import { describe, expect, it } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { addDays, dayIn, type PlainDate } from '../../kernel/plain-date'
import type { CaseActor } from '../context'
import type { CaseEvent } from '../events'
import { replay } from '../evolve'
import {
  APPLICANT,
  act,
  append,
  attempt,
  file,
  type Journey,
  later,
  nothingMissing,
} from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import type { AfterDecisionCommand } from '../revocation/after-decision-command'
import { stepOf } from '../route'
import type { CaseState } from '../state'
import { upgradeState } from '../upgrade'
import { servingShare } from './delivery-clock'
import type { ServedInApp, ServedPaper } from './delivery-state'
import { inAppOn, isServedInFull } from './in-app'
import { owedPapers } from './owed-papers'
import { remedyFrom, revocationServedOn } from './served-on'
import { signedAt } from './signed-at'

// Events and rows from before ADR 0113 knew one service: what came into the hand later bore the day of the hand, on its paper too.

function does(journey: Journey, command: Parameters<typeof attempt>[1], actor: CaseActor): Journey {
  const done = attempt(journey, command, actor)
  if (!done.ok) throw new Error(done.error.code)
  return done.value
}
const filed = (id: string) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return nothingMissing(file(item, '2026-03-02'))
}
const agree = (journey: Journey) =>
  does(journey, { type: 'choose-delivery', method: 'electronic', addressDigest: null }, APPLICANT)
const granted = () => act(act(driveTo(agree(filed('LX-028')), 'decide'), 'grant'), 'conclude')
const refused = () => act(act(driveTo(agree(filed('LX-028')), 'decide'), 'refuse'), 'conclude')

type Proposal = Extract<AfterDecisionCommand, { type: 'propose-revocation' }>

/** Proposed by one of whoever had to do with it, spoken to by the holder, revoked by another. */
function revoked(journey: Journey, of: Pick<Proposal, 'deciders' | 'unitId'>) {
  const pools = journey.state.steps.flatMap(({ key, parts }) =>
    parts.map(({ unitId }) => ({ role: stepOf(journey.item, key).role, unitId })),
  )
  const by = (staffId: string): CaseActor => ({
    kind: 'staff',
    staffId,
    pools: [...pools, ...of.deciders],
    isBarred: false,
  })
  const asked = { type: 'propose-revocation', basis: 'procedure', reasonDigest: 'why', speakDays: 5 } as const
  const open = does(journey, { ...asked, ...of }, by('one'))
  const heard = does(open, { type: 'speak', statementDigest: 'said', isAll: true }, APPLICANT)
  return does(heard, { type: 'revoke-decision', reasonDigest: 'weighed' }, by('other'))
}
const ownRevoked = () => {
  const there = act(agree(filed('LX-045')), 'accept')
  const deciders = [{ role: 'dept-approver', unitId: 'nr' }] as const
  return revoked(act(there, 'pass', { unitId: 'nr' }), { deciders, unitId: 'nr' })
}

const CASES = {
  result: { told: refused, from: (state: CaseState) => remedyFrom(state, 'refused') },
  decline: {
    told: () => act(agree(filed('LX-028')), 'decline'),
    from: (state: CaseState) => remedyFrom(state, 'declined'),
  },
  revocation: {
    told: () => {
      const told = granted()
      const run = told.state.steps.find(({ key }) => key === told.state.decision?.stepKey)
      return revoked(told, { deciders: [{ role: 'dept-approver', unitId: run?.parts[0]?.unitId ?? '' }] })
    },
    from: (state: CaseState) => remedyFrom(state, 'revoked'),
  },
} as const

/** As it was written down then, five days after it stood on their phone. */
function handed(told: Journey, of: ServedPaper, on: PlainDate): CaseEvent {
  const share = servingShare(told.item, told.state, of)
  if (!share) throw new Error(`nobody serves ${of}`)
  const base = { at: later(told, 5).now, ...share, method: 'pickup' } as const
  return of === 'result' ? { ...base, type: 'delivered', servedOn: on } : { ...base, type: 'served', of, on }
}
const stored = (state: object) => upgradeState(JSON.parse(JSON.stringify(state)))
const entry = (told: Journey, of: ServedPaper): ServedInApp => {
  const at = signedAt(told.state, of)
  if (at === null) throw new Error(`no ${of}`)
  return { of, signedAt: at, on: dayIn(at) }
}

describe.each(Object.entries(CASES))('%s', (key, { told: tell, from }) => {
  const of = key as keyof typeof CASES

  it('keeps the day of the hand that its paper says, replayed and as its row stands', () => {
    const told = tell()
    const phone = entry(told, of)
    expect(from(told.state)).toBe(phone.on)
    const hand = addDays(phone.on, 5)
    const state = replay(told.item, [...told.events, handed(told, of, hand)])
    expect(from(state)).toBe(hand)
    const { inApp: _gone, ...before } = state
    expect([from(stored(before)), stored(before)]).toEqual([hand, state])
    // As a rebuilding had written it meanwhile.
    const moved = { ...state, inApp: [phone] }
    expect([from(stored(moved)), stored(moved)]).toEqual([hand, state])
  })

  it('is served once where a copy was named: the day of the phone stands, both ways', () => {
    const told = tell()
    const { on } = entry(told, of)
    const copied = { ...handed(told, of, on), copyOn: addDays(on, 5) }
    const state = replay(told.item, [...told.events, copied])
    expect([from(state), from(stored(state)), stored(state)]).toEqual([on, on, state])
  })
})

describe('the revocation of one of several organs', () => {
  const servedOn = (state: CaseState) => {
    const [revocation] = state.revocations ?? []
    return revocation && revocationServedOn(state, revocation)
  }
  /** As a row had it: the day stood with the revocation itself. */
  const inOldRow = (
    { inApp: _list, ...state }: CaseState,
    inAppOn: PlainDate,
    inApp?: readonly ServedInApp[],
  ) => ({
    ...state,
    shape: 3,
    revocations: state.revocations?.map((each) => ({ ...each, inAppOn })),
    ...(inApp ? { inApp } : {}),
  })

  it('has its day in the one list, whatever row it stood in', () => {
    const told = ownRevoked()
    const phone = entry(told, 'revocation')
    expect(told.state.inApp).toEqual([phone])
    expect(told.state.revocations?.[0]).not.toHaveProperty('inAppOn')
    expect(servedOn(told.state)).toBe(phone.on)
    for (const list of [undefined, [phone]]) {
      const row = stored(inOldRow(told.state, phone.on, list))
      expect([row, servedOn(row)]).toEqual([told.state, phone.on])
      expect(stored(row)).toEqual(row)
    }
  })

  it('keeps the day of the hand, too', () => {
    const told = ownRevoked()
    const phone = entry(told, 'revocation')
    const hand = addDays(phone.on, 5)
    const state = replay(told.item, [...told.events, handed(told, 'revocation', hand)])
    const row = stored(inOldRow(state, phone.on, [phone]))
    expect([servedOn(state), servedOn(row), row]).toEqual([hand, hand, state])
  })
})

describe('what is granted', () => {
  it('is served by nobody as it is signed: no day stands of it, and none is left of a row that had one', () => {
    const told = granted()
    expect(told.state).not.toHaveProperty('inApp')
    const row = stored({ ...told.state, shape: 3, inApp: [entry(told, 'result')] })
    expect(row).toEqual(told.state)
    const other = append(told, [
      { type: 'delivery-chosen', at: later(told, 1).now, by: 'owner', method: 'pickup' },
    ])
    expect(other.state).not.toHaveProperty('inApp')
  })

  it('is owed with what one of several organs has refused, though the days against that run', () => {
    const there = act(agree(filed('LX-045')), 'accept')
    const judged = ['nr', 'eco', 'water', 'emergency', 'housing'].reduce(
      (next, unitId) => act(next, unitId === 'eco' ? 'fail' : 'pass', { unitId }),
      there,
    )
    const { state } = act(act(driveTo(judged, 'finish'), 'grant'), 'conclude')
    expect([inAppOn(state, 'result'), remedyFrom(state, 'refused')]).toEqual([
      entry({ ...judged, state }, 'result').on,
      entry({ ...judged, state }, 'result').on,
    ])
    expect([isServedInFull(state, 'result'), owedPapers(state)]).toEqual([false, ['result']])
  })

  it('is served on the phone on the day on which it is handed over there', () => {
    const week = later(granted(), 5)
    const { state } = act(week, 'deliver', { method: 'electronic' })
    expect([state.servedOn, state.deliveredBy]).toEqual([dayIn(week.now), 'electronic'])
  })
})
