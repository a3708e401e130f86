import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn, type Instant, type PlainDate } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import type { CaseActor } from '../context'
import { owedPapers } from '../delivery/owed-papers'
import { revocationServedOn } from '../delivery/served-on'
import { replay } from '../evolve'
import {
  APPLICANT,
  act,
  attempt,
  contextOf,
  everybody,
  file,
  type Journey,
  later,
  nothingMissing,
} from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { outcomeOf } from '../outcome/outcome'
import { documentKindOf, issuingOrgan } from '../paper/document-kinds'
import { packetWords } from '../paper/own-decision-words'
import { revoked as revokedWords } from '../paper/revocation-words'
import { whyNotAfter } from '../revocation/after-decision'
import type { AfterDecisionCommand } from '../revocation/after-decision-command'
import { keptAwayWords } from '../revocation/got-by-fraud'
import { openHearing, speakUntil } from '../revocation/revocation'
import { settlingsOf } from '../revocation/settling'
import { maySpeak } from '../revocation/speaking'
import type { CaseState } from '../state'
import { lanesOf } from './lanes'
import { partlyWords, refusedBefore, tallyOf } from './share-decisions'

const project = packItems().find(({ id }) => id === 'LX-045')
if (!project) throw new Error('no LX-045')
const there = act(nothingMissing(file(project, '2026-11-02')), 'accept')

const staff = (
  role: 'dept-reviewer' | 'dept-approver' | 'project-officer',
  unitId: string,
  staffId: string,
) => ({ kind: 'staff', staffId, pools: [{ role, unitId }], isBarred: false }) as const satisfies CaseActor
const NR = staff('dept-reviewer', 'nr', 'nr-1')
const HEAD = staff('dept-approver', 'nr', 'nr-2')
const ECO = staff('dept-reviewer', 'eco', 'eco-1')
const OFFICE = staff('project-officer', 'msb-office', 'msb-1')

const judged = (...refusing: readonly string[]) =>
  ['nr', 'eco', 'water', 'emergency', 'housing'].reduce(
    (next, unitId) => act(next, refusing.includes(unitId) ? 'fail' : 'pass', { unitId }),
    there,
  )
const joined = (...refusing: readonly string[]) => act(driveTo(judged(...refusing), 'finish'), 'grant')
type Proposal = Extract<AfterDecisionCommand, { type: 'propose-revocation' }>
const proposal = (unitId: string, basis: 'procedure' | 'fraud' = 'procedure'): Proposal => ({
  type: 'propose-revocation',
  basis,
  reasonDigest: 'why',
  speakDays: 5,
  deciders: [{ role: 'dept-approver', unitId }],
})
const tried = (journey: Journey, command: Parameters<typeof attempt>[1], actor: CaseActor) => {
  const done = attempt(journey, command, actor)
  return done.ok ? done.value : done.error.code
}
function does(journey: Journey, command: Parameters<typeof attempt>[1], actor: CaseActor): Journey {
  const done = tried(journey, command, actor)
  if (typeof done === 'string') throw new Error(done)
  return done
}
const SPEAKS = { type: 'speak', statementDigest: 'said', isAll: true } as const
const REVOKE = { type: 'revoke-decision', reasonDigest: 'weighed' } as const

/** Proposed by one of the organ, spoken to by the holder, revoked by another. */
const revoked = (journey: Journey, unitId = 'nr', basis: 'procedure' | 'fraud' = 'procedure') =>
  does(
    does(does(journey, proposal(unitId, basis), staff('dept-reviewer', unitId, 'one')), SPEAKS, APPLICANT),
    REVOKE,
    staff('dept-approver', unitId, 'other'),
  )
const outcome = ({ item, state, now }: Journey) =>
  outcomeOf(item, state, { calendar: CALENDAR_2026, documents: [], today: dayIn(now), reader: 'applicant' })

describe('one of several organs revokes what it has granted itself', () => {
  test('it alone proposes; another of its own decides, after the holder was heard', () => {
    const before = joined()
    expect(tried(before, proposal('nr'), OFFICE)).toBe('case.not-your-task')
    const open = does(before, proposal('nr'), NR)
    expect(open.state.revocations).toMatchObject([
      { of: { stepKey: 'parallel', unitId: 'nr' }, decided: 'granted' },
    ])
    expect(maySpeak(open.state, APPLICANT)).toBe(true)
    expect(tried(open, REVOKE, ECO)).toBe('case.not-your-task')
    expect(tried(open, REVOKE, OFFICE)).toBe('case.not-your-task')
    expect(tried(open, REVOKE, HEAD)).toBe('case.hearing-open')
    const heard = does(open, SPEAKS, APPLICANT)
    expect(tried(heard, REVOKE, { ...HEAD, staffId: 'nr-1' })).toBe('case.own-proposal')
    expect(does(heard, REVOKE, HEAD).state.status).toBe(before.state.status)
  })

  test('the papers are of that organ, whatever the office that joins them has issued', () => {
    const { events, item, state } = revoked(joined())
    const papers = events.flatMap((event) => {
      const kind = documentKindOf(event, item, state)
      return kind === null || !('unitId' in event)
        ? []
        : [[kind, issuingOrgan(kind, event.unitId ?? null, state, new Map())]]
    })
    expect(papers.slice(-2)).toEqual([
      ['revocation-notice', 'nr'],
      ['revocation', 'nr'],
    ])
  })

  test('its paper calls back no certificate of the whole', () => {
    const { item, state, events } = revoked(joined())
    const event = events.at(-1)
    if (event?.type !== 'decision-revoked') throw new Error('nothing is revoked')
    const issuing = {
      item,
      state,
      calendar: CALENDAR_2026,
      phone: null,
      remedy: null,
      decidedBy: null,
      ownPapers: new Map(),
      certifiedBy: 'certificate of the whole',
    }
    const { paragraphs } = revokedWords(issuing, event)
    expect(paragraphs.filter(({ documentId }) => documentId === 'certificate of the whole')).toEqual([])
    // By the organ of the whole it is void and called back.
    const ofWhole = (state.revocations ?? []).map(({ of: _, ...each }) => each)
    expect(
      revokedWords({ ...issuing, state: { ...state, revocations: ofWhole } }, event).paragraphs,
    ).toContainEqual({ said: '同时作废、请交回的证件：', documentId: 'certificate of the whole' })
  })

  test('the others stand, and the whole is told as what is left of it; a replay of the events gives the same', () => {
    const fallen = revoked(joined('eco'))
    expect(outcome(fallen)).toMatchObject({
      key: 'granted',
      word: '批了 3 样，没批 1 样，撤销了 1 样',
      tone: 'bad',
    })
    const lane = lanesOf(fallen.item, fallen.state, dayIn(fallen.now), CALENDAR_2026)
    expect(lane.map(({ state }) => state)).toEqual(['revoked', 'failed', 'passed', 'passed', 'passed'])
    expect(replay(fallen.item, fallen.events)).toEqual(fallen.state)
  })

  test('where none of them stands any more it is revoked, and no longer granted', () => {
    const served = (journey: Journey) => {
      const takenOn = dayIn(journey.now)
      const command = { type: 'hand-over', of: 'revocation', takenOn, takerDigest: null } as const
      const done = attempt(journey, command, everybody(journey))
      return done.ok ? done.value : journey
    }
    // One paper goes its way at a time.
    expect(() => revoked(revoked(joined()), 'eco')).toThrow('case.revocation-unserved')
    const left = ['nr', 'water', 'emergency', 'housing'].reduce(
      (next, unit) => served(revoked(later(next, 1), unit)),
      joined('eco'),
    )
    expect(outcome(left)).toMatchObject({ key: 'revoked', word: '没批 1 样，撤销了 4 样', tone: 'bad' })
  })

  test('before the packet is written nothing that rests on it is granted any more, and the packet says it', () => {
    const two = revoked(act(act(there, 'pass', { unitId: 'nr' }), 'pass', { unitId: 'water' }))
    const housing = { stepKey: 'parallel', unitId: 'housing' }
    expect(refusedBefore(two.item, two.state, housing).map(({ unitId }) => unitId)).toEqual(['nr'])
    expect(packetWords(revoked(judged())).shares[0]?.said).toMatch(/准予（2026年.*撤销）$/)
  })

  test('one at a time; what was refused, kept or revoked is not proposed again as it was', () => {
    const open = does(joined('emergency'), proposal('nr'), NR)
    expect(tried(open, proposal('eco'), ECO)).toBe('case.revocation-open')
    expect(tried(joined('emergency'), proposal('emergency'), staff('dept-reviewer', 'emergency', 'e'))).toBe(
      'case.own-refusal-stands',
    )
    const kept = does(open, { type: 'keep-decision', reasonDigest: 'right' }, HEAD)
    expect(tried(kept, proposal('nr'), NR)).toBe('case.new-fact-missing')
    // What one of them has kept says nothing of another's.
    expect(typeof tried(kept, proposal('eco'), ECO)).toBe('object')
    const fallen = revoked(joined('emergency'))
    expect(tried(fallen, proposal('nr'), NR)).toBe('case.revoked-before')
    expect(whyNotAfter(fallen.item, fallen.state, 'correct-decision', contextOf(fallen, NR))?.code).toBe(
      'case.revoked-before',
    )
  })

  test('revoked while a record of a death stood that was wrong: its organ takes that back alone, and proposes it again as it was', () => {
    const recorded = does(
      joined('emergency'),
      {
        type: 'record-death',
        diedOn: dayIn(joined().now),
        proofDigest: 'paper',
        bornOn: null,
        isBeforeFiling: true,
      },
      everybody(joined('emergency')),
    )
    const proposed = does(recorded, proposal('nr'), NR)
    const handed = does(
      proposed,
      { type: 'hand-over', of: 'revocation-notice', takenOn: dayIn(proposed.now), takerDigest: 'family' },
      everybody(proposed),
    )
    const fallen = does(later(handed, 10), REVOKE, HEAD)
    const KEEP = { type: 'keep-decision', reasonDigest: 'unheard', unitId: 'nr' } as const
    expect(tried(fallen, KEEP, HEAD)).toBe('case.action-not-allowed')
    const lives = does(fallen, { type: 'withdraw-death-record', reasonDigest: 'another' }, everybody(fallen))
    expect(settlingsOf(lives.state)).toMatchObject([{ of: 'unheard', unitId: 'nr', stepKey: 'parallel' }])
    expect(tried(lives, { ...KEEP, unitId: 'eco' }, HEAD)).toBe('case.action-not-allowed')
    const waits = tallyOf(lives.item, lives.state)
    expect(waits && partlyWords(waits)).toMatch(/正在收回撤销 1 样$/)
    expect(owedPapers(lives.state)).not.toContain('revocation')
    const back = does(lives, KEEP, HEAD)
    expect(tallyOf(back.item, back.state)).toEqual(tallyOf(lives.item, recorded.state))
    expect(settlingsOf(back.state)).toEqual([])
    expect(typeof tried(back, proposal('nr'), NR)).toBe('object')
    expect(replay(back.item, back.events)).toEqual(back.state)
  })

  test('theirs on the phone by their word of then: its remedies run from that day, whatever they choose later', () => {
    const IN_APP = { type: 'choose-delivery', method: 'electronic', addressDigest: null } as const
    const passed = act(there, 'pass', { unitId: 'nr' })
    const chosen = does(passed, IN_APP, APPLICANT)
    const fallen = revoked(chosen)
    const day = dayIn(fallen.now)
    const servedOn = ({ state }: Journey) => {
      const [revocation] = state.revocations ?? []
      return revocation && revocationServedOn(state, revocation)
    }
    expect(servedOn(fallen)).toBe(day)
    const paper = does(
      later(fallen, 20),
      { type: 'choose-delivery', method: 'pickup', addressDigest: null },
      APPLICANT,
    )
    expect(servedOn(paper)).toBe(day)
    expect(servedOn(does(later(paper, 1), IN_APP, APPLICANT))).toBe(day)
    // Who has said no such thing has it from the day on which it is in their hand.
    const byHand = revoked(passed)
    expect(servedOn(byHand)).toBeNull()
    const handed = later(byHand, 3)
    const takenOn = dayIn(handed.now)
    const hand = { type: 'hand-over', of: 'revocation', takenOn, takerDigest: null } as const
    const given = attempt(handed, hand, everybody(handed))
    expect(given.ok && servedOn(given.value)).toBe(takenOn)
  })

  test('who got one of them by fraud is told of by its name, for three years', () => {
    const { item, state } = revoked(joined(), 'nr', 'fraud')
    const words = keptAwayWords(item, [state], dayIn('2027-01-04T01:00:00.000Z' as never))
    expect(words).toMatch(/^“[^”]+”上次因为欺骗.*以前不得再次申请/)
  })

  test('who signs for several reaches each: the one they name, else the first of which it may be', () => {
    const both = {
      kind: 'staff',
      staffId: 'both',
      pools: ['eco', 'water'].map((unitId) => ({ role: 'dept-reviewer', unitId }) as const),
      isBarred: false,
    } as const satisfies CaseActor
    const before = joined('eco')
    expect(whyNotAfter(before.item, before.state, 'propose-revocation', contextOf(before, both))).toBeNull()
    const of = (journey: Journey) => journey.state.revocations?.at(-1)?.of?.unitId
    expect(of(does(before, proposal('water'), both))).toBe('water')
    const named = (unitId: string): Proposal => ({ ...proposal(unitId), unitId })
    expect(tried(before, named('eco'), both)).toBe('case.own-refusal-stands')
    expect(tried(before, named('nr'), both)).toBe('case.not-your-task')
    expect(of(does(joined(), named('water'), both))).toBe('water')
    expect(of(does(joined(), proposal('eco'), both))).toBe('eco')
  })

  test('the packet speaks to a firm, and its line in the timeline counts what was granted then', () => {
    const before = joined()
    const firm = { ...before.state, applicant: { ...before.state.applicant, kind: 'firm' } } as CaseState
    expect(packetWords({ item: before.item, state: firm }).tail.at(-1)).toContain('送达给你单位')
    const fallen = revoked(later(before, 3))
    const { item, state } = fallen
    expect(tallyOf(item, state)).toEqual({ granted: 4, refused: 0, revoked: 1 })
    expect(tallyOf(item, state, state.decision?.at)).toBeNull()
  })

  test('once the case has ended otherwise nobody is asked to speak, and no notice of it is owed', () => {
    const { state } = does(judged(), proposal('nr'), NR)
    const awaited = {
      ...state,
      revocations: (state.revocations ?? []).map((each) => ({ ...each, toBeServed: true as const })),
    }
    expect(owedPapers(awaited)).toContain('revocation-notice')
    const ended = { ...awaited, status: 'terminated', endedAt: state.filedAt } as const
    expect(owedPapers(ended)).not.toContain('revocation-notice')
    expect(openHearing(ended)).toBeUndefined()
  })

  test('what is handed over later than its message gives its full days, in a year without calendar too', () => {
    const open = {
      proposedAt: '2026-12-23T02:00:00.000Z' as Instant,
      speakDays: 5,
      speakUntil: '2026-12-30' as PlainDate,
    }
    expect(speakUntil(open, CALENDAR_2026)).toEqual({ kind: 'on', on: '2026-12-30' })
    const served = { ...open, servedOn: '2026-12-28' as PlainDate }
    expect(speakUntil(served, CALENDAR_2026)).toMatchObject({ kind: 'calendar-missing' })
    expect(speakUntil({ ...open, servedOn: '2026-12-23' as PlainDate }, CALENDAR_2026)).toEqual({
      kind: 'on',
      on: '2026-12-30',
    })
  })
})
