import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import type { CaseActor, Pool } from '../context'
import { evolve, replay } from '../evolve'
import { act, attempt, contextOf, file, type Journey, nothingMissing } from '../journeys/case-fixture'
import { decidedBy } from '../parallel/own-share'
import type { CaseState } from '../state'
import { whyNotAfter } from './after-decision'
import type { AfterDecisionCommand } from './after-decision-command'
import { AFTER_DECISION } from './after-decision-who'
import { settlersBeside, settlersChanged } from './settlers'
import { settledBy, settlesAs, settlingsOf } from './settling'

// In organs of a few people: who signed a decision says that it stands only where really nobody else may. 行政许可法 第60条, 第69条
const project = packItems().find(({ id }) => id === 'LX-045')
if (!project) throw new Error('no LX-045')
const there = act(nothingMissing(file(project, '2026-11-02')), 'accept')

const HEADS: Pool = { role: 'dept-approver', unitId: 'eco' }
const REVIEWERS: Pool = { role: 'dept-reviewer', unitId: 'eco' }
const IDS = ['ann', 'bob', 'cai', 'dou'] as const
type Id = (typeof IDS)[number]
interface Organ {
  readonly heads: readonly Id[]
  readonly reviewers: readonly Id[]
  readonly barred: readonly Id[]
}
const holdersOf = ({ heads, reviewers }: Organ, { role, unitId }: Pool): readonly Id[] =>
  unitId !== 'eco' ? [] : role === HEADS.role ? heads : role === REVIEWERS.role ? reviewers : []
const actor = (organ: Organ, staffId: Id): CaseActor => ({
  kind: 'staff',
  staffId,
  pools: [HEADS, REVIEWERS].filter((pool) => holdersOf(organ, pool).includes(staffId)),
  isBarred: organ.barred.includes(staffId),
})
const tried = (journey: Journey, command: AfterDecisionCommand, by: CaseActor) => {
  const done = attempt(journey, command, by)
  return done.ok ? done.value : done.error.code
}
const membersOf = (organ: Organ) =>
  [HEADS, REVIEWERS].flatMap((pool) =>
    holdersOf(organ, pool)
      .filter((id) => !organ.barred.includes(id))
      .map((staffId) => ({ staffId, ...pool })),
  )
const signedBy = (signer: Id, organ: Organ): Journey => {
  const done = attempt(
    there,
    { type: 'act', stepKey: 'parallel', unitId: 'eco', action: 'pass', reasonDigest: null },
    { kind: 'staff', staffId: signer, pools: [REVIEWERS], isBarred: false },
  )
  if (!done.ok) throw new Error(done.error.code)
  return { ...done.value, members: membersOf(organ) }
}
/** As the verb finds them for who begins it. */
const settlers = (journey: Journey, action: 'propose-revocation' | 'advise-revocation', by: CaseActor) =>
  settlersBeside(journey, action, contextOf(journey, by), decidedBy(journey.item, journey.state, 'eco'))
const SUPERVISOR = {
  kind: 'staff',
  staffId: 'supervisor',
  pools: [{ role: 'supervisor', unitId: 'county' }],
  isBarred: false,
} as const
const GOVERNMENT = {
  kind: 'staff',
  staffId: 'leader',
  pools: [{ role: 'county-approver', unitId: 'gov' }],
  isBarred: false,
} as const
const propose = (journey: Journey, by: CaseActor) =>
  tried(
    journey,
    {
      type: 'propose-revocation',
      basis: 'procedure',
      reasonDigest: 'why',
      speakDays: 5,
      deciders: settlers(journey, 'propose-revocation', by),
    },
    by,
  )
const advise = (journey: Journey, by: CaseActor) =>
  tried(
    journey,
    {
      type: 'advise-revocation',
      unitId: 'eco',
      basis: 'abuse',
      reasonDigest: 'found',
      answerers: settlers(journey, 'advise-revocation', by),
    },
    by,
  )
/** Other people are there: what has changed in who settles it is written, as the job of the night does. */
function become(journey: Journey, organ: Organ): Journey {
  const now: Journey = { ...journey, members: membersOf(organ) }
  const events = settlersChanged(now, contextOf(now, { kind: 'system' }))
  const state = events.reduce<CaseState>((next, event) => evolve(now.item, next, event), now.state)
  const after: Journey = { ...now, state, events: [...now.events, ...events] }
  expect(replay(after.item, after.events)).toEqual(after.state)
  expect(settlersChanged(after, contextOf(after, { kind: 'system' }))).toEqual([])
  return after
}
const mayOf = (journey: Journey, by: CaseActor) =>
  AFTER_DECISION.filter(
    (action) => whyNotAfter(journey.item, journey.state, action, contextOf(journey, by), 'eco') === null,
  )
const able = ({ heads, reviewers, barred }: Organ, proposer: Id | null) => [
  ...new Set([...heads, ...reviewers].filter((id) => id !== proposer && !barred.includes(id))),
]

const some = fc.subarray([...IDS])
const organs = fc.record({ heads: some, reviewers: some, barred: fc.subarray([...IDS], { maxLength: 2 }) })
const person = fc.constantFrom(...IDS)
const KEEP: AfterDecisionCommand = { type: 'keep-decision', reasonDigest: 'right' }
const DECLINE: AfterDecisionCommand = { type: 'decline-advice', reasonDigest: 'right' }

/** Of whom the act is, and whether the event says that it is by who had signed it. */
const answering = (journey: Journey, organ: Organ, command: AfterDecisionCommand) =>
  IDS.flatMap((id) => {
    const done = tried(journey, command, actor(organ, id))
    return typeof done === 'string' ? [] : [{ id, bySigner: 'bySigner' in (done.events.at(-1) ?? {}) }]
  })
function isRight(answers: ReturnType<typeof answering>, signer: Id, others: readonly Id[]) {
  expect(answers.length).toBeGreaterThan(0)
  for (const { id, bySigner } of answers) expect(bySigner).toBe(id === signer)
  if (others.some((id) => id !== signer)) expect(answers.map(({ id }) => id)).not.toContain(signer)
}

test('two heads, one signed and the other proposes that it falls: the reviewers decide, and the signer only where there is none', () => {
  const organ = { heads: ['ann', 'bob'], reviewers: ['cai'], barred: [] } as const
  const found = (of: Organ) => settlers(signedBy('ann', of), 'propose-revocation', actor(of, 'bob'))
  expect(found(organ)).toEqual([REVIEWERS])
  expect(found({ ...organ, reviewers: [] })).toEqual([HEADS])
  expect(found({ ...organ, barred: ['cai'] })).toEqual([HEADS])
  // A third head answers before the reviewers.
  expect(found({ ...organ, heads: ['ann', 'bob', 'dou'] })).toEqual([HEADS])
})

test('what is proposed who signed it keeps only where nobody else may, and somebody always may, whoever leaves and comes after it', () => {
  fc.assert(
    fc.property(organs, person, person, organs, (organ, signer, proposer, later) => {
      const journey = signedBy(signer, organ)
      const open = propose(journey, actor(organ, proposer))
      if (typeof open === 'string') {
        const mayPropose =
          [...organ.heads, ...organ.reviewers].includes(proposer) && !organ.barred.includes(proposer)
        const isAlone = able(organ, proposer).length === 0
        expect(open).toBe(
          organ.barred.includes(proposer)
            ? 'case.own-case'
            : mayPropose && isAlone
              ? 'case.revoker-missing'
              : 'case.not-your-task',
        )
        // The page offers what it would do, and nothing else.
        expect(mayOf(journey, actor(organ, proposer))).not.toContain('propose-revocation')
        return
      }
      expect(mayOf(journey, actor(organ, proposer))).toContain('propose-revocation')
      isRight(answering(open, organ, KEEP), signer, able(organ, proposer))
      const after = become(open, later)
      const isThere = able(later, proposer).length > 0
      expect(settlingsOf(after.state).map(({ nobody }) => nobody === true)).toEqual([!isThere])
      if (isThere) isRight(answering(after, later, KEEP), signer, able(later, proposer))
      else expect(answering(after, later, KEEP)).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('what 督查 says of it who signed it declines only where nobody else may, whoever leaves and comes after it', () => {
  fc.assert(
    fc.property(organs, person, organs, (organ, signer, later) => {
      const asked = advise(signedBy(signer, organ), SUPERVISOR)
      expect(asked === 'case.revoker-missing').toBe(able(organ, null).length === 0)
      if (typeof asked === 'string') return
      expect(settlingsOf(asked.state).map(({ nobody }) => nobody)).toEqual([undefined])
      isRight(answering(asked, organ, DECLINE), signer, able(organ, null))
      const after = become(asked, later)
      const isThere = able(later, null).length > 0
      expect(settlingsOf(after.state).map(({ nobody }) => nobody === true)).toEqual([!isThere])
      if (isThere) isRight(answering(after, later, DECLINE), signer, able(later, null))
    }),
    { numRuns: 500 },
  )
})

test('what is ordered somebody of the organ proposes and another weighs, or it is told that nobody can', () => {
  fc.assert(
    fc.property(organs, person, organs, (organ, signer, later) => {
      const asked = advise(signedBy(signer, organ), GOVERNMENT)
      expect(asked === 'case.revoker-missing').toBe(able(organ, null).length === 0)
      if (typeof asked === 'string') return
      for (const [each, people] of [
        [asked, organ],
        [become(asked, later), later],
      ] as const) {
        const proposers = IDS.filter((id) => mayOf(each, actor(people, id)).includes('propose-revocation'))
        const isPossible = able(people, null).length > 1
        expect(settlingsOf(each.state).map(({ nobody }) => nobody === true)).toEqual([!isPossible])
        expect(proposers.length > 0).toBe(isPossible)
        for (const id of proposers) {
          const open = propose(each, actor(people, id))
          if (typeof open === 'string') throw new Error(open)
          isRight(answering(open, people, KEEP), signer, able(people, id))
        }
      }
    }),
    { numRuns: 500 },
  )
})

test('a row says whose the answer is as the door does, whoever has come to the organ since', () => {
  const ELSEWHERE: Pool = { role: 'dept-approver', unitId: 'nr' }
  const proposal = {
    type: 'propose-revocation',
    basis: 'procedure',
    reasonDigest: 'why',
    speakDays: 5,
    deciders: [HEADS, REVIEWERS, ELSEWHERE],
  } as const
  fc.assert(
    fc.property(organs, person, person, (organ, signer, proposer) => {
      // Whoever may settle it was there when it was proposed.
      const { members: there, ...signed } = signedBy(signer, organ)
      const { barred } = organ
      const journey = { ...signed, state: { ...signed.state, relatives: [...barred] } }
      const members = [...(there ?? []), { staffId: 'eve', ...ELSEWHERE }]
      const open = tried(journey, proposal, {
        kind: 'staff',
        staffId: proposer,
        pools: [HEADS],
        isBarred: false,
      })
      if (typeof open === 'string') throw new Error(open)
      const [settling] = settlingsOf(open.state)
      if (!settling) throw new Error('nothing to settle')
      const row = settledBy({ ...open, ownStaff: [] }, settling)
      const holders = row.pools.flatMap((pool): readonly string[] =>
        pool.unitId === 'nr' ? ['eve'] : holdersOf(organ, pool),
      )
      const reader = actor(organ, signer)
      if (reader.kind !== 'staff' || reader.isBarred || reader.pools.length === 0 || signer === proposer)
        return
      const kept = tried({ ...open, members }, KEEP, reader)
      expect(settlesAs(row, signer, holders)).toBe(kept === 'case.own-decision' ? 'signer' : null)
    }),
    { numRuns: 300 },
  )
})
