import { isAmongPools } from '../../organization/registry'
import type { StaffRole } from '../../organization/staff'
import type { ServiceItem } from '../../service-item/item'
import type { CaseContext, Pool } from '../context'
import { decidedShareAt } from '../parallel/own-share'
import type { DecidedShare } from '../parallel/share-decisions'
import { stepOf } from '../route'
import type { CaseState, StepTarget } from '../state'
import { APPROVER_ROLES } from '../step/approvers'
import type { CaseOf } from './after-decision-who'
import { openAdvices, openRevocation } from './revocation'
import type { RevocationEvent } from './revocation-events'
import type { Adviser } from './revocation-state'
import { type Settling, settleDue, settlingsOf } from './settling'
import { signerOf } from './signer'

/** Who of the organ is kept from all or part of what waits after its decision. */
export interface KeptFrom {
  /** Who signed the decision, and who has asked for it from above: they answer where nobody else does. */
  readonly last: readonly string[]
  /** Who proposes that it falls settles nothing. */
  readonly proposer?: string | undefined
  /** Who wrote down what the holder said keeps it at most. */
  readonly recorders?: readonly string[]
}

/** What the best of some people may do: nothing, keep it, settle it as nobody else is there, settle it. */
const NOBODY = 0
const KEEPS_ALONE = 1
const AS_THE_LAST = 2
const FREELY = 3

function ableAs(id: string, { last, proposer, recorders = [] }: KeptFrom) {
  if (id === proposer) return NOBODY
  if (recorders.includes(id)) return KEEPS_ALONE
  return last.includes(id) ? AS_THE_LAST : FREELY
}

const bestOf = (ids: readonly string[], kept: KeptFrom): number =>
  Math.max(NOBODY, ...ids.map((id) => ableAs(id, kept)))

type Handlers = (pools: readonly Pool[]) => readonly string[]

const REVIEWER_ROLES: readonly StaffRole[] = ['town-reviewer', 'dept-reviewer']

/** Who decided, in the organ itself: a village's share is none of it. */
const decidedIn = (item: ServiceItem, { steps }: CaseState, by: StepTarget): readonly Pool[] =>
  steps
    .filter(({ key }) => key === by.stepKey)
    .flatMap(({ key, parts }) => parts.map(({ unitId }) => ({ role: stepOf(item, key).role, unitId })))
    .filter(({ unitId }) => unitId === by.unitId)

/** Of the organ alone, since the paper bears its name: its approvers, then its reviewers, then whoever decided. */
function ranksOf({ item, state }: CaseOf, own: StepTarget | undefined): readonly (readonly Pool[])[] {
  const by = own ?? { stepKey: state.decision?.stepKey ?? '', unitId: state.organUnitId }
  const ofOrgan = (roles: readonly StaffRole[]) => roles.map((role): Pool => ({ role, unitId: by.unitId }))
  return [ofOrgan(APPROVER_ROLES), ofOrgan(REVIEWER_ROLES), decidedIn(item, state, by)]
}

/** The first rank of the organ in which somebody may do most. */
function firstRank(ranks: readonly (readonly Pool[])[], handlers: Handlers, kept: KeptFrom) {
  const able = bestOf(handlers(ranks.flat()), kept)
  const pools = able === NOBODY ? [] : ranks.find((rank) => bestOf(handlers(rank), kept) === able)
  return { able, pools: (pools ?? []).filter((pool) => bestOf(handlers([pool]), kept) > NOBODY) }
}

/**
 * Whose it is to settle what becomes of a decision: the first rank of the organ that holds somebody beside who signed it, else the
 * first that holds anybody. Empty where nobody of the organ may. `own`: the share whose decision it is, where several organs decide.
 * 行政许可法 第69条
 */
export const settlersFor = (
  of: CaseOf,
  handlersOf: CaseContext['handlersOf'],
  { own, ...kept }: KeptFrom & { readonly own?: StepTarget | undefined },
): readonly Pool[] => firstRank(ranksOf(of, own), (pools) => handlersOf(pools, null), kept).pools

export type Revokes = 'advise-revocation' | 'propose-revocation'

/** Whose it is to settle what the actor begins: who proposes it does not, who asks for it from above answers last. */
export function settlersBeside(
  of: CaseOf,
  action: Revokes,
  { actor, handlersOf }: Pick<CaseContext, 'actor' | 'handlersOf'>,
  own: DecidedShare | undefined,
): readonly Pool[] {
  const signer = signerOf(of.state, own)
  const begins = actor.kind === 'staff' ? (actor.staffId ?? undefined) : undefined
  const [last, proposer] =
    action === 'propose-revocation' ? [[signer], begins] : [[signer, begins], undefined]
  return settlersFor(of, handlersOf, { own, last: last.flatMap((id) => id ?? []), proposer })
}

/**
 * Whether nobody of the organ can answer who is above it. What is ordered takes two: one proposes to the holder, another weighs what
 * they say. 行政许可法 第60条
 */
export const isAnsweredByNobody = (
  of: CaseOf,
  by: Adviser,
  handlers: Handlers,
  own: StepTarget | undefined,
): boolean => new Set(handlers(ranksOf(of, own).flat())).size < (by === 'government' ? 2 : 1)

function keptFrom({ item, state }: CaseOf, settling: Settling): KeptFrom {
  // Whoever may sign for the organ takes back what was revoked unheard.
  if (settling.of === 'unheard') return { last: [] }
  const signer = signerOf(state, decidedShareAt(item, state, settling))
  const last = signer === undefined ? [] : [signer]
  if (settling.of !== 'revocation') {
    const asked = openAdvices(state).filter(({ of }) => of === undefined || of.unitId === settling.unitId)
    return { last: [...last, ...asked.flatMap(({ advisedBy }) => advisedBy ?? [])] }
  }
  const { proposedBy: proposer, heard = [] } = openRevocation(state) ?? {}
  return { last, proposer, recorders: heard.flatMap(({ recordedBy }) => recordedBy ?? []) }
}

type SettlersChanged = Extract<RevocationEvent, { type: 'settlers-changed' }>

function changedAt(
  of: CaseOf,
  settling: Settling,
  { now: at, calendar, handlersOf }: Pick<CaseContext, 'now' | 'calendar' | 'handlersOf'>,
): readonly SettlersChanged[] {
  const { item, state } = of
  const own = decidedShareAt(item, state, settling)
  const unitId = own?.unitId ?? state.organUnitId
  const due = settleDue(state, settling, calendar)
  const handlers: Handlers = (pools) => handlersOf(pools, due.kind === 'on' ? due.on : null)
  const kept = keptFrom(of, settling)
  const pools = settling.pools.filter((pool) => pool.unitId === unitId)
  const first = firstRank(ranksOf(of, own), handlers, kept)
  const isBetter = first.able > bestOf(handlers(pools), kept)
  const added = isBetter ? first.pools.filter((pool) => !isAmongPools(pools, pool)) : []
  const nobody =
    settling.of === 'revocation' || settling.of === 'unheard'
      ? first.able < AS_THE_LAST
      : isAnsweredByNobody(of, settling.of === 'order' ? 'government' : 'supervisor', handlers, own)
  if (added.length === 0 && nobody === (settling.nobody === true)) return []
  const what = settling.of === 'revocation' || settling.of === 'unheard' ? settling.of : 'advice'
  const told = nobody ? { nobody } : {}
  return [{ type: 'settlers-changed', at, stepKey: settling.stepKey, unitId, settles: what, added, ...told }]
}

/**
 * What has changed in who may settle what waits, since its pools were chosen: the next rank of the organ comes beside them where
 * somebody of it may do more; nobody is left, or somebody is there again. Empty where it stays; asked again it says nothing more.
 */
export const settlersChanged = (
  of: CaseOf,
  context: Pick<CaseContext, 'now' | 'calendar' | 'handlersOf'>,
): readonly SettlersChanged[] => settlingsOf(of.state).flatMap((settling) => changedAt(of, settling, context))
