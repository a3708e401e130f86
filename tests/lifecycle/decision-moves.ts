import { expect } from 'vitest'
import type { CaseActor, Pool } from '#shared/domain/case/context'
import { attempt, calendarOf, contextOf, type Journey } from '#shared/domain/case/journeys/case-fixture'
import { whyNotAfter } from '#shared/domain/case/revocation/after-decision'
import type { AfterDecisionCommand } from '#shared/domain/case/revocation/after-decision-command'
import { AFTER_DECISION, type AfterDecision } from '#shared/domain/case/revocation/after-decision-who'
import { REVOCATION_BASES } from '#shared/domain/case/revocation/revocation-state'
import { stepOf } from '#shared/domain/case/route'
import { addDays, dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import { isWorkingDay } from '#shared/domain/time-limit/calendar'
import { actorOf, type Model, type Move, nth, type Real, settle } from './model'

export const AFTER_ACTS = [...AFTER_DECISION, 'speak'] as const
type AfterAct = (typeof AFTER_ACTS)[number]

const SPEAK_DAYS = 5
/** What the law asks of a revocation, counted here anew from what was done and from nothing that the case keeps. */
const APPROVES: readonly Pool['role'][] = ['town-approver', 'dept-approver', 'county-approver']
const ONLY_GRANTS: readonly string[] = ['unqualified', 'fraud']

const held = ({ item, state }: Journey, isMeant: (stepKey: string) => boolean): readonly Pool[] =>
  state.steps
    .filter(({ key }) => isMeant(key))
    .flatMap(({ key, parts }) => parts.map(({ unitId }) => ({ role: stepOf(item, key).role, unitId })))
const hasOneOf = (pools: readonly Pool[], { role, unitId }: Pool) =>
  pools.some((pool) => pool.role === role && pool.unitId === unitId)

const decidersOf = ({ state: { organUnitId } }: Journey, unitId = organUnitId): readonly Pool[] => [
  { role: 'town-approver', unitId },
  { role: 'dept-approver', unitId },
]
const isOfOrgan = (journey: Journey, pool: Pool) =>
  (APPROVES.includes(pool.role) && pool.unitId === journey.state.organUnitId) ||
  hasOneOf(
    held(journey, (key) => key === journey.state.decision?.stepKey),
    pool,
  )
const adviserBy = ({ state }: Journey, { role, unitId }: Pool, organ = state.organUnitId) => {
  if (role === 'county-approver' && unitId !== organ) return 'government'
  return role === 'supervisor' ? 'supervisor' : null
}

/** The fifth working day after the notice, day by day; null where a year on the way has no calendar. */
function lastDayToSpeak(journey: Journey, from: PlainDate): PlainDate | null {
  let day = from
  for (let left = SPEAK_DAYS; left > 0; ) {
    day = addDays(day, 1)
    const works = isWorkingDay(calendarOf(journey), day)
    if (works === undefined) return null
    if (works) left -= 1
  }
  return day
}

/** Told once, never earlier afterwards. */
export function speaksUntil(journey: Journey, proposal: NonNullable<Model['proposal']>) {
  const { on, told, isByHand, servedOn } = proposal
  if (isByHand && servedOn === null) return null
  const now = lastDayToSpeak(journey, servedOn ?? on)
  // Its full days run from the hand that has it.
  if (now === null && servedOn !== null && servedOn > on) return null
  return told !== null && (now === null || now < told) ? told : now
}

export class After implements Move {
  constructor(
    readonly action: AfterAct,
    readonly actor: number,
    readonly luck: number,
  ) {}
  check = () => true
  private basis = () => REVOCATION_BASES[this.luck % REVOCATION_BASES.length] ?? 'other'
  private hasNewFact = () => this.luck % 2 === 0
  /** Whose decision is meant, of several departments: sometimes nobody says. */
  private named = (journey: Journey) =>
    isJoined(journey) && this.luck % 4 > 0 ? nth(ownPartsOf(journey), this.luck)?.unitId : undefined
  private isAll = () => this.luck % 3 === 0

  run(model: Model, real: Real) {
    const { journey } = real
    const who = actorOf(real, this.actor)
    const wanted = this.isAllowed(model, journey, who)
    const tried = attempt(journey, this.command(model, journey, who), who)
    expect([this.action, tried.ok]).toEqual([this.action, wanted])
    // Buttons know no more of a command than its name, and whose decision who is above means.
    if (this.action !== 'speak' && tried.ok) {
      const context = contextOf(journey, who)
      const unitId = this.action === 'advise-revocation' ? this.named(journey) : undefined
      expect(whyNotAfter(journey.item, journey.state, this.action, context, unitId)).toBeNull()
    }
    if (tried.ok) this.learn(model, journey, who)
    settle(model, real, tried.ok ? tried.value : journey)
  }

  private isAllowed(model: Model, journey: Journey, who: CaseActor) {
    if (model.ended && !model.delivered) return false
    if (isJoined(journey) && this.action !== 'speak') return this.isOwnAllowed(model, journey, who)
    if (model.decision === null && model.proposal?.unitId == null) return false
    if (this.action === 'speak') {
      if (who.kind !== 'applicant' || model.proposal === null) return false
      return !this.isAll() || (model.proposal.decided === 'granted' && who.speaksAs === 'owner')
    }
    if (who.kind !== 'staff' || who.isBarred) return false
    const { action } = this
    return (
      who.pools.some((pool) => this.isTheirs(action, model, journey, pool)) &&
      this.isTime(action, model, journey, who)
    )
  }

  /** ADR 0110: what several departments have decided each puts right and revokes for itself, one of them at a time. */
  private isOwnAllowed(model: Model, journey: Journey, who: CaseActor) {
    if (who.kind !== 'staff' || who.isBarred) return false
    const { proposal, keptOf, disowned } = model
    const own = ownPartOf(journey, who, this.action, model)
    switch (this.action) {
      case 'advise-revocation':
        return this.mayAdvise(model, journey, who)
      case 'decline-advice':
        return isAsked(journey, who, model)
      case 'correct-decision':
        return own !== undefined && own.revokedAt === undefined && proposal?.unitId !== own.unitId
      case 'propose-revocation':
        return (
          own?.outcome === 'passed' &&
          own.revokedAt === undefined &&
          proposal === null &&
          !disowned &&
          (!keptOf.includes(own.unitId) || this.hasNewFact())
        )
      case 'record-statement':
      case 'revoke-decision':
      case 'keep-decision': {
        if (proposal === null || proposal.unitId === null) return false
        const deciders = decidersOf(journey, proposal.unitId)
        const decides = who.pools.some((pool) => hasOneOf(deciders, pool))
        if (this.action === 'keep-decision') return decides && isOfAnother(proposal, who)
        if (this.action === 'revoke-decision')
          return decides && mayWeigh(proposal, who) && isHeard(journey, proposal) && !isOneOnItsWay(journey)
        const holders = [
          ...held(journey, (key) => !isParallel(journey, key)),
          ...held(journey, (key) => isParallel(journey, key)).filter(
            ({ unitId }) => unitId === proposal.unitId || !decidesItself(journey, unitId),
          ),
        ]
        return who.pools.some(
          (pool) => !hasOneOf(deciders, pool) && (hasOneOf(holders, pool) || signs(pool, proposal)),
        )
      }
      default:
        return false
    }
  }

  /** Above the department whose grant stands: they name it, or there is no other to mean. */
  private mayAdvise(model: Model, journey: Journey, who: Extract<CaseActor, { kind: 'staff' }>) {
    const advised = advisedPart(journey, this.named(journey))
    if (!advised || !isStanding(advised) || model.disowned) return false
    if (model.proposal?.unitId === advised.unitId) return false
    if (!maySay(model, advised.unitId, advisesFor(journey, who))) return false
    return who.pools.some((pool) => adviserBy(journey, pool, advised.unitId) !== null)
  }

  private isTheirs(action: AfterDecision, model: Model, journey: Journey, pool: Pool) {
    const decides =
      model.proposal !== null &&
      pool.unitId === journey.state.organUnitId &&
      hasOneOf(decidersOf(journey), pool)
    const answers = model.advised.length > 0 && hasOneOf(decidersOf(journey), pool)
    switch (action) {
      case 'correct-decision':
        return isOfOrgan(journey, pool)
      case 'advise-revocation':
        return adviserBy(journey, pool) !== null
      case 'decline-advice':
        return answers
      case 'propose-revocation':
        return isOfOrgan(journey, pool) || answers
      case 'record-statement':
        return (
          !decides &&
          (isOfOrgan(journey, pool) ||
            hasOneOf(
              held(journey, () => true),
              pool,
            ))
        )
      default:
        return decides
    }
  }

  private isTime(
    action: AfterDecision,
    model: Model,
    journey: Journey,
    who: Extract<CaseActor, { kind: 'staff' }>,
  ) {
    const { proposal, kept, decision, disowned } = model
    const fits = decision === 'granted' || !ONLY_GRANTS.includes(this.basis())
    switch (action) {
      case 'correct-decision':
        return proposal === null
      case 'advise-revocation':
        return proposal === null && maySay(model, null, advisesFor(journey, who)) && fits && !disowned
      case 'decline-advice':
        return firstAsked(model, () => true)?.by === 'supervisor'
      case 'propose-revocation':
        return proposal === null && fits && !disowned && (!kept || this.hasNewFact())
      case 'revoke-decision':
        return proposal !== null && mayWeigh(proposal, who) && isHeard(journey, proposal)
      case 'keep-decision':
        return proposal !== null && isOfAnother(proposal, who)
      default:
        return proposal !== null
    }
  }

  private command(model: Model, journey: Journey, who: CaseActor): AfterDecisionCommand {
    const { action } = this
    const reasonDigest = 'why'
    switch (action) {
      case 'speak':
        return { type: action, statementDigest: 'words', isAll: this.isAll() }
      case 'record-statement':
        return { type: action, statementDigest: 'words' }
      case 'correct-decision':
        return { type: action, reasonDigest, writtenDigest: 'written', correctedDigest: 'meant' }
      case 'advise-revocation':
        return {
          type: action,
          reasonDigest,
          basis: this.basis(),
          ...named(this.named(journey)),
          answerers: decidersOf(journey, advisedPart(journey, this.named(journey))?.unitId),
        }
      case 'propose-revocation':
        return {
          type: action,
          reasonDigest,
          basis: this.basis(),
          speakDays: SPEAK_DAYS,
          deciders: decidersOf(journey, ownPartOf(journey, who, action, model)?.unitId),
          ...(this.hasNewFact() ? { newFactDigest: 'found' } : {}),
        }
      default:
        return { type: action, reasonDigest }
    }
  }

  private learn(model: Model, journey: Journey, who: CaseActor) {
    const staffId = who.kind === 'staff' ? (who.staffId ?? null) : null
    const { proposal } = model
    const learnt: Readonly<Record<AfterAct, () => Partial<Model>>> = {
      'correct-decision': () => ({}),
      'advise-revocation': () => ({
        advised: [
          ...model.advised,
          {
            by: advisesFor(journey, who),
            of: advisedPart(journey, this.named(journey))?.unitId ?? null,
          },
        ],
      }),
      'decline-advice': () => answeredOf(model, askedFirst(journey, who, model)?.of ?? null),
      'propose-revocation': () => {
        const proposal = proposed(model, journey, who)
        // What is asked of another department waits for its own answer.
        return { proposal, ...answeredOf(model, proposal?.unitId ?? null) }
      },
      'record-statement': () =>
        proposal && staffId !== null
          ? { proposal: { ...proposal, isAllSaid: false, notedBy: [...proposal.notedBy, staffId] } }
          : {},
      speak: () => (proposal ? { proposal: { ...proposal, isAllSaid: this.isAll() } } : {}),
      'keep-decision': () => ({
        proposal: null,
        kept: true,
        keptOf: [...model.keptOf, proposal?.unitId ?? null],
      }),
      'revoke-decision': () =>
        proposal?.unitId == null
          ? { proposal: null, delivered: false, ...fallen(model) }
          : { proposal: null },
    }
    Object.assign(model, learnt[this.action]())
  }
  toString = () => `${this.action}(by ${this.actor}, ${this.luck})`
}

const isParallel = ({ item }: Journey, key: string) => stepOf(item, key).organ.kind === 'parallel'
/** What another department weighs it writes nothing into. */
const decidesItself = ({ item }: Journey, unitId: string) =>
  item.steps.some(({ organ }) => organ.kind === 'parallel' && organ.decides?.[unitId] !== undefined)

const isJoined = ({ item }: Journey) =>
  item.steps.some(({ organ }) => organ.kind === 'parallel' && organ.decides)

/** The paper by which another department has revoked its own is not theirs yet. */
const isOneOnItsWay = ({ state: { services = [] } }: Journey) =>
  services.some(({ of, served }) => of === 'revocation' && served === undefined)

const signs = (pool: Pool, { unitId }: { readonly unitId: string | null }) =>
  pool.unitId === unitId && (pool.role === 'dept-reviewer' || APPROVES.includes(pool.role))

type Part = Journey['state']['steps'][number]['parts'][number]
const ownPartsOf = ({ state: { steps } }: Journey) =>
  steps.flatMap(({ parts }) => parts).filter(({ isDecision }) => isDecision === true)
const isStanding = ({ outcome, revokedAt }: Part) => outcome === 'passed' && revokedAt === undefined

const named = (unitId: string | undefined) => (unitId === undefined ? {} : { unitId })

const isAsked = (journey: Journey, { pools }: Extract<CaseActor, { kind: 'staff' }>, model: Model) =>
  askedFirst(journey, { kind: 'staff', pools, isBarred: false }, model)?.by === 'supervisor'

/** An order is answered before what is only suggested. */
const firstAsked = ({ advised }: Model, isMeant: (of: string | null) => boolean) => {
  const meant = advised.filter(({ of }) => isMeant(of))
  return meant.find(({ by }) => by === 'government') ?? meant[0]
}
const askedFirst = (journey: Journey, who: CaseActor, model: Model) =>
  firstAsked(
    model,
    (of) =>
      who.kind === 'staff' && who.pools.some((pool) => hasOneOf(decidersOf(journey, of ?? undefined), pool)),
  )
const answeredOf = ({ advised }: Model, unitId: string | null): Partial<Model> => ({
  advised: advised.filter(({ of }) => of !== unitId),
})
/** Once about one decision; an order comes over a suggestion. */
const maySay = ({ advised }: Model, unitId: string | null, by: 'supervisor' | 'government' | null) =>
  advised.every((each) => each.of !== unitId || (by === 'government' && each.by === 'supervisor'))

/** The one that is named, else the only one there is to mean. */
function advisedPart(journey: Journey, unitId: string | undefined) {
  if (!isJoined(journey)) return undefined
  const own = ownPartsOf(journey)
  if (unitId !== undefined) return own.find((part) => part.unitId === unitId)
  const standing = own.filter(isStanding)
  const meant = standing.length > 0 ? standing : own
  return meant.length === 1 ? meant[0] : undefined
}

/**
 * Of the departments for which somebody may sign the one that is asked from above, else the first of whose decision it may be, else
 * the first that has signed.
 */
function ownPartOf(journey: Journey, who: CaseActor, action: AfterAct, model: Model) {
  const { proposal, disowned } = model
  if (who.kind !== 'staff' || !isJoined(journey)) return undefined
  const own = ownPartsOf(journey).filter((part) => who.pools.some((pool) => signs(pool, part)))
  const mayBe = own.filter((part) =>
    action === 'correct-decision'
      ? part.revokedAt === undefined && proposal?.unitId !== part.unitId
      : isStanding(part) && proposal === null && !disowned,
  )
  const asked =
    action === 'propose-revocation'
      ? firstAsked(model, (of) => mayBe.some(({ unitId }) => unitId === of))?.of
      : null
  return mayBe.find(({ unitId }) => unitId === asked) ?? mayBe[0] ?? own[0]
}

/** Whoever is both speaks for the government. */
const advisesFor = (journey: Journey, who: CaseActor): Model['advised'][number]['by'] =>
  who.kind === 'staff' && who.pools.some((pool) => adviserBy(journey, pool) === 'government')
    ? 'government'
    : 'supervisor'

function proposed(model: Model, journey: Journey, who: CaseActor): Model['proposal'] {
  const { decision } = model
  const on = dayIn(journey.now)
  const by = who.kind === 'staff' ? (who.staffId ?? null) : null
  const unitId = ownPartOf(journey, who, 'propose-revocation', model)?.unitId ?? null
  const decided = unitId === null ? (decision ?? 'granted') : 'granted'
  // A phone on which somebody filed for them is not theirs.
  const isByHand = (journey.isUnreached ?? journey.isHelped) === true && decided === 'granted'
  const told = decided === 'granted' && !isByHand ? lastDayToSpeak(journey, on) : null
  return { unitId, decided, by, notedBy: [], isAllSaid: false, on, told, isByHand, servedOn: null }
}

/** What had been granted ends its case, what had been refused is decided anew. */
const fallen = ({ decision, fallen: before }: Model): Partial<Model> =>
  decision === 'granted' ? { ended: true } : { decision: null, ended: false, fallen: before + 1 }

const isOfAnother = (
  { by }: NonNullable<Model['proposal']>,
  { staffId = null }: { staffId?: string | null },
) => staffId === null || by !== staffId

const mayWeigh = (
  { by, notedBy }: NonNullable<Model['proposal']>,
  { staffId = null }: { staffId?: string | null },
) => staffId === null || (by !== staffId && !notedBy.includes(staffId))

function isHeard(journey: Journey, proposal: NonNullable<Model['proposal']>) {
  // Only the owner's own word says all: it tells that they have the notice, whoever served it.
  if (proposal.decided === 'refused' || proposal.isAllSaid) return true
  if (proposal.isByHand && proposal.servedOn === null) return false
  const until = speaksUntil(journey, proposal)
  return until !== null && dayIn(journey.now) > until
}
