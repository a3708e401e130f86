import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn } from '../../kernel/plain-date'
import type { StaffRole } from '../../organization/staff'
import { addWorkingDays } from '../../time-limit/calendar'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import type { CaseActor } from '../context'
import { replay } from '../evolve'
import {
  APPLICANT,
  act,
  attempt,
  contextOf,
  file,
  type Journey,
  later,
  nothingMissing,
} from '../journeys/case-fixture'
import { whyNotAfter } from '../revocation/after-decision'
import type { AfterDecisionCommand } from '../revocation/after-decision-command'
import { openAdvices } from '../revocation/revocation'
import { settleDue, settlingsOf } from '../revocation/settling'
import { seesAsStaff } from '../whose/visibility'

// Who is above one of several departments has it look again at its own decision, and names whose is meant. 行政许可法 第60条, 第69条第1款
const project = packItems().find(({ id }) => id === 'LX-045')
if (!project) throw new Error('no LX-045')
const UNITS = ['nr', 'eco', 'water', 'emergency', 'housing'] as const
const there = act(nothingMissing(file(project, '2026-11-02')), 'accept')
/** All have decided; the office has not joined them yet. */
const judged = (...refusing: readonly string[]) =>
  UNITS.reduce((next, unitId) => act(next, refusing.includes(unitId) ? 'fail' : 'pass', { unitId }), there)

const staff = (role: StaffRole, unitId: string) =>
  ({ kind: 'staff', staffId: `${role}-${unitId}`, pools: [{ role, unitId }], isBarred: false }) as const
const SUPERVISOR = staff('supervisor', 'county')
const GOVERNMENT = staff('county-approver', 'gov-office')
const reviewer = (unitId: string) => staff('dept-reviewer', unitId)
const head = (unitId: string) => staff('dept-approver', unitId)

const advice = (unitId?: string, of = unitId ?? 'nr') =>
  ({
    type: 'advise-revocation',
    ...(unitId === undefined ? {} : { unitId }),
    basis: 'procedure',
    reasonDigest: 'found',
    settleDays: 10,
    answerers: [{ role: 'dept-approver', unitId: of }],
  }) as const satisfies AfterDecisionCommand
const proposal = (unitId: string) =>
  ({
    type: 'propose-revocation',
    basis: 'procedure',
    reasonDigest: 'why',
    speakDays: 5,
    deciders: [{ role: 'dept-approver', unitId }],
  }) as const satisfies AfterDecisionCommand
const DECLINE = { type: 'decline-advice', reasonDigest: 'right' } as const
const KEEP = { type: 'keep-decision', reasonDigest: 'right' } as const

const tried = (journey: Journey, command: AfterDecisionCommand, actor: CaseActor) => {
  const done = attempt(journey, command, actor)
  return done.ok ? done.value : done.error.code
}
function does(journey: Journey, command: AfterDecisionCommand, actor: CaseActor): Journey {
  const done = tried(journey, command, actor)
  if (typeof done === 'string') throw new Error(done)
  return done
}
const asked = (unitId = 'eco', by: CaseActor = SUPERVISOR) => does(judged(), advice(unitId), by)

describe('who is above has one of several departments look again at its own decision', () => {
  test('the unit that is named is asked, in the event and in the case; a replay gives the same', () => {
    const after = asked('eco')
    expect(after.events.at(-1)).toMatchObject({
      type: 'revocation-advised',
      unitId: 'eco',
      stepKey: 'parallel',
    })
    expect(openAdvices(after.state)[0]).toMatchObject({
      by: 'supervisor',
      of: { stepKey: 'parallel', unitId: 'eco' },
      answerers: [{ role: 'dept-approver', unitId: 'eco' }],
    })
    expect(replay(after.item, after.events)).toEqual(after.state)
    expect(openAdvices(asked('eco', GOVERNMENT).state)[0]?.by).toBe('government')
  })

  test('where several could be meant nobody guesses; where there is one to mean it is that one', () => {
    expect(tried(judged(), advice(), SUPERVISOR)).toBe('case.target-unknown')
    expect(tried(judged(), advice('msb-office'), SUPERVISOR)).toBe('case.target-unknown')
    const one = act(there, 'pass', { unitId: 'nr' })
    expect(openAdvices(does(one, advice(), SUPERVISOR).state)[0]?.of?.unitId).toBe('nr')
    expect(tried(one, advice('eco'), SUPERVISOR)).toBe('case.undecided')
    expect(tried(there, advice(), SUPERVISOR)).toBe('case.undecided')
  })

  test('what was refused is not revoked by its department, so nobody asks for that', () => {
    expect(tried(judged('eco'), advice('eco'), SUPERVISOR)).toBe('case.own-refusal-stands')
  })

  test('of one decision once; an order comes over a suggestion, and is answered with it', () => {
    const suggested = asked('eco')
    expect(tried(suggested, advice('eco'), SUPERVISOR)).toBe('case.advice-open')
    const ordered = does(suggested, advice('eco'), GOVERNMENT)
    expect(tried(ordered, advice('eco'), GOVERNMENT)).toBe('case.advice-open')
    expect(tried(ordered, advice('eco'), SUPERVISOR)).toBe('case.advice-open')
    expect(settlingsOf(ordered.state).map(({ of, unitId }) => [of, unitId])).toEqual([['order', 'eco']])
    expect(tried(ordered, DECLINE, head('eco'))).toBe('case.advice-ordered')
    const proposed = does(ordered, proposal('eco'), reviewer('eco'))
    expect(openAdvices(proposed.state)).toEqual([])
  })

  test('what is asked of one department, and what another revokes, keeps nobody from asking about a third', () => {
    const one = does(asked('eco'), advice('nr'), GOVERNMENT)
    expect(settlingsOf(one.state).map(({ of, unitId }) => [of, unitId])).toEqual([
      ['order', 'nr'],
      ['proposal', 'eco'],
    ])
    const declined = does(one, DECLINE, head('eco'))
    expect(openAdvices(declined.state).map(({ of }) => of?.unitId)).toEqual(['nr'])
    const open = does(declined, proposal('water'), reviewer('water'))
    const more = does(open, advice('housing'), SUPERVISOR)
    expect(tried(more, advice('water'), GOVERNMENT)).toBe('case.revocation-open')
    const dueOf = ({ state }: Journey) =>
      settlingsOf(state).map((each) => [each.unitId, settleDue(state, each, CALENDAR_2026).kind])
    expect(dueOf(more)).toEqual([
      ['water', 'on'],
      ['nr', 'paused'],
      ['housing', 'paused'],
    ])
    // One of them revokes at a time.
    expect(tried(more, proposal('nr'), reviewer('nr'))).toBe('case.revocation-open')
  })

  test('who has begun it ends it not: nobody would have weighed it', () => {
    const ordered = asked('eco', GOVERNMENT)
    const { pools } = head('eco')
    const who = { kind: 'staff', staffId: 'one', pools, isBarred: false } as const
    const other = { ...who, staffId: 'another' }
    const begun = does(ordered, { ...proposal('eco'), deciders: pools }, who)
    const keep = { type: 'keep-decision', reasonDigest: 'why' } as const
    expect(tried(begun, keep, who)).toBe('case.own-proposal')
    expect(does(begun, keep, other).state.revocations?.at(-1)?.revoked).toBe(false)
  })

  test('the department declines what is proposed, and carries out what is ordered', () => {
    const declined = does(asked('eco'), DECLINE, head('eco'))
    expect(declined.events.at(-1)).toMatchObject({ type: 'advice-declined', unitId: 'eco' })
    expect(openAdvices(declined.state)).toEqual([])
    const ordered = asked('eco', GOVERNMENT)
    expect(tried(ordered, DECLINE, head('eco'))).toBe('case.advice-ordered')
    const proposed = does(ordered, proposal('eco'), reviewer('eco'))
    expect(openAdvices(proposed.state)).toEqual([])
    expect(proposed.state.revocations?.at(-1)?.of?.unitId).toBe('eco')
  })

  test('who signs for several answers for the one that is asked', () => {
    const both = {
      ...reviewer('nr'),
      pools: [...reviewer('nr').pools, ...reviewer('eco').pools],
    } as const satisfies CaseActor
    const proposed = does(asked('eco'), proposal('eco'), both)
    expect(proposed.state.revocations?.at(-1)?.of?.unitId).toBe('eco')
  })

  test('who answers for two departments declines for the one they name, and nobody guesses which', () => {
    const both = {
      ...head('nr'),
      pools: [...head('nr').pools, ...head('eco').pools],
    } as const satisfies CaseActor
    const suggested = does(asked('eco'), advice('nr'), SUPERVISOR)
    expect(tried(suggested, DECLINE, both)).toBe('case.target-unknown')
    const one = does(suggested, { ...DECLINE, unitId: 'nr' }, both)
    expect(one.events.at(-1)).toMatchObject({ type: 'advice-declined', unitId: 'nr' })
    expect(openAdvices(one.state).map(({ of }) => of?.unitId)).toEqual(['eco'])
    expect(does(one, DECLINE, both).events.at(-1)).toMatchObject({ unitId: 'eco' })
    // What is ordered of one keeps nobody from declining what is only suggested of the other.
    const ordered = does(asked('eco'), advice('nr'), GOVERNMENT)
    expect(tried(ordered, { ...DECLINE, unitId: 'nr' }, both)).toBe('case.advice-ordered')
    expect(does(ordered, DECLINE, both).events.at(-1)).toMatchObject({
      type: 'advice-declined',
      unitId: 'eco',
    })
    expect(does(ordered, { ...DECLINE, unitId: 'eco' }, both).events.at(-1)).toMatchObject({ unitId: 'eco' })
    expect(tried(ordered, { ...DECLINE, unitId: 'water' }, both)).toBe('case.action-not-allowed')
  })

  test('what is proposed of one department is settled under its name, and under no other', () => {
    const open = does(judged(), proposal('nr'), reviewer('nr'))
    const words = { type: 'record-statement', statementDigest: 'said' } as const
    expect(tried(open, { ...KEEP, unitId: 'eco' }, head('nr'))).toBe('case.target-unknown')
    expect(tried(open, { ...words, unitId: 'eco' }, reviewer('nr'))).toBe('case.target-unknown')
    expect(typeof tried(open, { ...words, unitId: 'nr' }, reviewer('nr'))).toBe('object')
    expect(typeof tried(open, { ...KEEP, unitId: 'nr' }, head('nr'))).toBe('object')
  })

  test('what another revokes meanwhile answers nothing for it, and its days are whole once that is settled', () => {
    const waiting = asked('eco')
    const dueOf = ({ state }: Journey) => {
      const settling = settlingsOf(state).find(({ unitId }) => unitId === 'eco')
      return settling && settleDue(state, settling, CALENDAR_2026)
    }
    expect(settlingsOf(waiting.state)).toMatchObject([{ of: 'proposal', unitId: 'eco', stepKey: 'parallel' }])
    expect(dueOf(waiting)).toEqual(addWorkingDays(CALENDAR_2026, dayIn(waiting.now), 10))
    const open = does(later(waiting, 1), proposal('nr'), reviewer('nr'))
    expect(openAdvices(open.state)[0]?.of?.unitId).toBe('eco')
    expect(settlingsOf(open.state).map(({ of, unitId }) => [of, unitId])).toEqual([
      ['revocation', 'nr'],
      ['proposal', 'eco'],
    ])
    expect(dueOf(open)).toEqual({ kind: 'paused', since: dayIn(open.now) })
    expect(tried(open, proposal('eco'), reviewer('eco'))).toBe('case.revocation-open')
    expect(typeof tried(open, DECLINE, head('eco'))).toBe('object')
    const settled = does(later(open, 6), KEEP, head('nr'))
    expect(dueOf(settled)).toEqual(addWorkingDays(CALENDAR_2026, dayIn(settled.now), 10))
    expect(typeof tried(settled, proposal('eco'), reviewer('eco'))).toBe('object')
  })

  test('an order before the packet is joined goes on after it', () => {
    const waiting = does(
      act(act(there, 'pass', { unitId: 'nr' }), 'pass', { unitId: 'eco' }),
      advice('eco'),
      GOVERNMENT,
    )
    const whole = ['water', 'emergency', 'housing'].reduce(
      (next, unitId) => act(next, 'pass', { unitId }),
      waiting,
    )
    expect(settlingsOf(whole.state)).toMatchObject([{ of: 'order', unitId: 'eco' }])
    const ended = { ...whole.state, status: 'terminated', endedAt: whole.state.filedAt } as const
    expect(settlingsOf(ended)).toEqual([])
    expect(whyNotAfter(whole.item, ended, 'decline-advice', contextOf(whole, head('eco')))).not.toBeNull()
  })
})

const ROLES = [
  'supervisor',
  'county-approver',
  'dept-approver',
  'dept-reviewer',
  'project-officer',
  'window',
] as const
const AT = [...UNITS, 'msb-office', 'gov-office', 'county'] as const
const unit = fc.constantFrom(...UNITS)
const above = fc.constantFrom(SUPERVISOR, GOVERNMENT)
const anybody = fc
  .record({ role: fc.constantFrom(...ROLES), at: fc.constantFrom(...AT), isBarred: fc.boolean() })
  .map(({ role, at, isBarred }) => ({ ...staff(role, at), role, at, isBarred }))
const refusal = (journey: Journey, command: AfterDecisionCommand, actor: CaseActor) => {
  const done = tried(journey, command, actor)
  return typeof done === 'string' ? done : null
}
const notTheirs = ({ isBarred }: { readonly isBarred: boolean }) =>
  isBarred ? 'case.own-case' : 'case.not-your-task'

test('exactly who is above a department asks it', () => {
  const before = judged()
  fc.assert(
    fc.property(unit, anybody, (unitId, who) => {
      const isAbove = who.role === 'supervisor' || (who.role === 'county-approver' && who.at !== unitId)
      expect(refusal(before, advice(unitId), who)).toBe(isAbove && !who.isBarred ? null : notTheirs(who))
    }),
  )
})

test('exactly those whom it was given to decline it, and nobody what is ordered', () => {
  const before = judged()
  fc.assert(
    fc.property(unit, above, anybody, (unitId, by, who) => {
      const after = does(before, advice(unitId), by)
      const answers = who.role === 'dept-approver' && who.at === unitId && !who.isBarred
      const ofOrder = by === GOVERNMENT ? 'case.advice-ordered' : null
      expect(refusal(after, DECLINE, who)).toBe(answers ? ofOrder : notTheirs(who))
    }),
  )
})

test('a department proposes of its own alone, and answers by it only what it was asked itself', () => {
  const before = judged()
  const signs: readonly string[] = ['dept-reviewer', 'dept-approver', 'county-approver']
  fc.assert(
    fc.property(unit, above, anybody, (unitId, by, who) => {
      const proposed = tried(does(before, advice(unitId), by), proposal(who.at), who)
      const isOwn = signs.includes(who.role) && !who.isBarred && UNITS.some((each) => each === who.at)
      expect(typeof proposed).toBe(isOwn ? 'object' : 'string')
      const isAnswered = typeof proposed === 'object' && openAdvices(proposed.state).length === 0
      expect(isAnswered).toBe(isOwn && who.at === unitId)
    }),
  )
})

test('who asked and who is asked see the case from then on, and nobody else sees it by that', () => {
  fc.assert(
    fc.property(unit, fc.constantFrom(...ROLES), fc.constantFrom(...AT), (unitId, role, at) => {
      const sees = ({ item, state }: Journey) =>
        seesAsStaff(
          { item, state, tasks: [] },
          {
            staffId: 'somebody',
            pools: [{ role, unitId: at }],
            isBarred: false,
            actedAt: [],
            isLooking: false,
          },
        )
      const before = judged()
      const isTold = (role === 'supervisor' && at === 'county') || (role === 'dept-approver' && at === unitId)
      expect(sees(does(before, advice(unitId), SUPERVISOR))).toBe(sees(before) || isTold)
    }),
  )
})

test('the holder hears of nothing, and says nothing, until the department proposes it', () => {
  const speak = { type: 'speak', statementDigest: 'said', isAll: false } as const
  expect(tried(asked('eco'), speak, APPLICANT)).toBe('case.action-not-allowed')
})
