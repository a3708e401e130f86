import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import type { Registry } from '../../organization/registry'
import type { CaseActor, Pool } from '../context'
import { act, attempt, file, type Journey, nothingMissing } from '../journeys/case-fixture'
import { decidedBy } from '../parallel/own-share'
import type { AfterDecisionCommand } from './after-decision-command'
import { revokersFor } from './revocation'
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
const signedBy = (signer: Id, organ: Organ): Journey => {
  const done = attempt(
    there,
    { type: 'act', stepKey: 'parallel', unitId: 'eco', action: 'pass', reasonDigest: null },
    { kind: 'staff', staffId: signer, pools: [REVIEWERS], isBarred: false },
  )
  if (!done.ok) throw new Error(done.error.code)
  const members = [HEADS, REVIEWERS].flatMap((pool) =>
    holdersOf(organ, pool)
      .filter((id) => !organ.barred.includes(id))
      .map((staffId) => ({ staffId, ...pool })),
  )
  return { ...done.value, members }
}
const revokers = (journey: Journey, organ: Organ, proposer: Id | null) =>
  revokersFor(
    {
      holders: (role: Pool['role'], unitId: string) =>
        holdersOf(organ, { role, unitId }).map((id) => ({ id })),
    } as unknown as Registry,
    journey,
    ({ id }) => organ.barred.some((each) => each === id),
    proposer,
    decidedBy(journey.item, journey.state, 'eco'),
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
  const journey = signedBy('ann', organ)
  expect(revokers(journey, organ, 'bob')).toEqual([REVIEWERS])
  expect(revokers(journey, { ...organ, reviewers: [] }, 'bob')).toEqual([HEADS])
  expect(revokers(journey, { ...organ, barred: ['cai'] }, 'bob')).toEqual([HEADS])
  // A third head answers before the reviewers.
  expect(revokers(journey, { ...organ, heads: ['ann', 'bob', 'dou'] }, 'bob')).toEqual([HEADS])
})

test('what is proposed who signed it keeps only where nobody else may, and somebody always may', () => {
  fc.assert(
    fc.property(organs, person, person, (organ, signer, proposer) => {
      const journey = signedBy(signer, organ)
      const deciders = revokers(journey, organ, proposer)
      const open = tried(
        journey,
        { type: 'propose-revocation', basis: 'procedure', reasonDigest: 'why', speakDays: 5, deciders },
        actor(organ, proposer),
      )
      if (typeof open === 'string') return
      isRight(answering(open, organ, KEEP), signer, able(organ, proposer))
    }),
    { numRuns: 300 },
  )
})

test('what 督查 says of it who signed it declines only where nobody else may, and somebody always may', () => {
  fc.assert(
    fc.property(organs, person, (organ, signer) => {
      const journey = signedBy(signer, organ)
      const answerers = revokers(journey, organ, null)
      expect(answerers.length > 0).toBe(able(organ, null).length > 0)
      if (answerers.length === 0) return
      const asked = tried(
        journey,
        { type: 'advise-revocation', unitId: 'eco', basis: 'abuse', reasonDigest: 'found', answerers },
        {
          kind: 'staff',
          staffId: 'supervisor',
          pools: [{ role: 'supervisor', unitId: 'county' }],
          isBarred: false,
        },
      )
      if (typeof asked === 'string') throw new Error(asked)
      isRight(answering(asked, organ, DECLINE), signer, able(organ, null))
    }),
    { numRuns: 300 },
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
      const signed = signedBy(signer, organ)
      const { barred } = organ
      const journey = { ...signed, state: { ...signed.state, relatives: [...barred] } }
      const members = [...(signed.members ?? []), { staffId: 'eve', ...ELSEWHERE }]
      const open = tried({ ...journey, members }, proposal, {
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
