import { dayIn, type Instant, laterOf, type PlainDate } from '../../kernel/plain-date'
import { longLeaveUntil } from '../../organization/duty'
import type { ServiceItem } from '../../service-item/item'
import { addWorkingDays, type WorkingCalendar } from '../../time-limit/calendar'
import type { ClockDue } from '../../time-limit/clock'
import type { Pool } from '../context'
import { decidedShareAt } from '../parallel/own-share'
import type { CaseState, StepTarget } from '../state'
import { allBarred, type WhoseCase } from '../whose/barred'
import {
  mayStillChange,
  openAdvices,
  openHearing,
  openRevocation,
  speakUntil,
  standingDecision,
} from './revocation'
import type { Advice, Revocation } from './revocation-state'
import { signerOf } from './signer'
import { unheardOf } from './unheard'

/** Working days to settle what was proposed, or to answer who is above, where the county's rule does not say. */
export const SETTLE_DAYS = 10

/** Until when leave has to last for a member not to be counted on: the day to settle may be tomorrow, or over. */
export const leaveAskedUntil = (dueOn: PlainDate, today: PlainDate): PlainDate =>
  laterOf(dueOn, longLeaveUntil(today))

/** What waits for the organ after its decision: a revocation that is proposed, or nobody was heard before; what is asked from above. */
export type Settles = 'revocation' | 'unheard' | 'proposal' | 'order'

/** A task of the organ at the step that decided. */
export interface Settling extends StepTarget {
  readonly of: Settles
  readonly pools: readonly Pool[]
  readonly since: Instant
  /** Working days, from the last one to speak where the holder is heard. */
  readonly days: number
  /** Nobody of the organ may settle it; missing where somebody may. */
  readonly nobody?: true
}

const WORDS = {
  revocation: { name: '拟撤销', note: '等你定撤不撤', action: '定撤不撤' },
  unheard: {
    name: '没听申请人说就撤销了',
    note: '撤销以前没有听到申请人的意见，等你收回',
    action: '收回撤销',
  },
  proposal: { name: '督查建议撤销', note: '等你答复督查', action: '答复' },
  order: { name: '县政府责令重新审查', note: '等你发拟撤销告知书', action: '重新审查' },
} as const satisfies Record<Settles, { readonly [part in 'name' | 'note' | 'action']: string }>

const FOR_NOBODY = '本单位没有第二个人能定，要请管理员安排'

/**
 * What a row says to who may not do all of it: who signed the decision says not that it stands, who proposed settles nothing; and where
 * nobody of the organ may settle it that somebody is to be found.
 */
const OTHERS_WORDS = {
  signer: {
    ...WORDS,
    revocation: { ...WORDS.revocation, note: '决定是你签的，不撤销由另一个人定' },
    proposal: { ...WORDS.proposal, note: '决定是你签的，不撤销由另一个人答复', action: '看要不要撤' },
  },
  proposer: {
    ...WORDS,
    revocation: { ...WORDS.revocation, note: '是你提的，由另一个人定', action: null },
  },
  adviser: {
    ...WORDS,
    proposal: { ...WORDS.proposal, note: '重新审查是你提的，不撤销由另一个人答复', action: '看要不要撤' },
  },
  nobody: {
    revocation: { ...WORDS.revocation, note: FOR_NOBODY, action: null },
    unheard: { ...WORDS.unheard, note: '本单位没有人能收回，要请管理员安排', action: null },
    proposal: { ...WORDS.proposal, note: '本单位没有人能答复，要请管理员安排', action: null },
    order: { ...WORDS.order, note: FOR_NOBODY, action: null },
  },
} as const satisfies Record<
  string,
  Record<Settles, { readonly name: string; readonly note: string; readonly action: string | null }>
>

/** `reader`: who is kept from it, or `nobody` where everybody is; null of who may settle it. */
export const settlesWords = (of: Settles, reader: keyof typeof OTHERS_WORDS | null = null) =>
  reader === null ? WORDS[of] : OTHERS_WORDS[reader][of]

/** Who is kept from all or part of what waits after a decision, as a row needs it to word itself. */
export interface SettledBy {
  /** The organ's own, as the act itself asks. */
  readonly pools: readonly Pool[]
  /** Staff who must not handle the case, whether they hold a pool today or not. */
  readonly barred: readonly string[]
  readonly signer?: string
  readonly proposer?: string
  /** Who has asked for it from above. */
  readonly advisers?: readonly string[]
  /** As of what is settled. */
  readonly nobody?: true
}

/** Missing parts where nobody knows. */
export function settledBy(
  { item, state, ownStaff }: WhoseCase & { readonly item: ServiceItem; readonly state: CaseState },
  settling: Settling,
): SettledBy {
  // Whether the decision was right is not asked where a revocation is taken back.
  const signer =
    settling.of === 'unheard' ? undefined : signerOf(state, decidedShareAt(item, state, settling))
  const open = settling.of === 'revocation' ? openRevocation(state) : undefined
  const proposer = open?.proposedBy
  const organ = open?.of?.unitId ?? state.organUnitId
  return {
    pools: open ? settling.pools.filter(({ unitId }) => unitId === organ) : settling.pools,
    barred: allBarred({ state, ownStaff }),
    ...(signer === undefined ? {} : { signer }),
    ...(proposer === undefined ? {} : { proposer }),
    ...advisersOf(state, settling),
    ...nobodyOf(settling),
  }
}

function advisersOf(state: CaseState, { of, unitId }: Settling): Pick<SettledBy, 'advisers'> {
  const asked =
    of === 'proposal'
      ? openAdvices(state).filter((each) => each.of === undefined || each.of.unitId === unitId)
      : []
  const advisers = asked.flatMap(({ advisedBy }) => advisedBy ?? [])
  return advisers.length === 0 ? {} : { advisers }
}

/** What a reader is to it; `holders`: whoever holds its pools and is there by the day to settle it. */
export function settlesAs(
  { signer, proposer, advisers = [], barred, nobody }: SettledBy,
  reader: string | null,
  holders: readonly string[],
): keyof typeof OTHERS_WORDS | null {
  if (nobody) return 'nobody'
  if (reader === null) return null
  if (reader === proposer) return 'proposer'
  const others = holders.filter((id) => id !== reader && id !== proposer && !barred.includes(id))
  if (reader === signer) return others.length > 0 ? 'signer' : null
  // Beside nobody but who signed it who has asked answers first.
  return advisers.includes(reader) && others.some((id) => id !== signer) ? 'adviser' : null
}

/**
 * Empty where nothing waits, and where the decision stands no more. Of several organs that decide each its own part some may have been
 * asked from above while another revokes its own.
 */
export function settlingsOf(state: CaseState): readonly Settling[] {
  const own = openHearing(state)
  const heard = own?.of ? settlingFrom(own, own.of) : settlingOfWhole(state)
  const unheard = unheardOf(state).flatMap((each) => settlingOfUnheard(state, each))
  const asked = mayStillChange(state)
    ? openAdvices(state).flatMap((advice) => (advice.of ? [answerTo(advice, advice.of)] : []))
    : []
  // Whoever is ordered to look at what was only suggested answers both at once.
  const first = asked.filter(({ unitId }, at) => asked.findIndex((each) => each.unitId === unitId) === at)
  return [...(heard ? [heard] : []), ...unheard, ...first]
}

/** The step that decided the whole, at its organ. */
function decidedPart({ decision, steps }: CaseState): StepTarget | null {
  const [part] = steps.find(({ key }) => key === decision?.stepKey)?.parts ?? []
  return decision && part ? { stepKey: decision.stepKey, unitId: part.unitId } : null
}

function settlingOfUnheard(state: CaseState, each: Revocation): readonly Settling[] {
  const target = each.of ?? decidedPart(state)
  return target
    ? [{ ...settlingFrom(each, target), of: 'unheard', since: each.unheardSince ?? each.proposedAt }]
    : []
}

function settlingOfWhole(state: CaseState): Settling | null {
  const target = standingDecision(state) && decidedPart(state)
  if (target === null) return null
  const open = openRevocation(state)
  if (open) return settlingFrom(open, target)
  const advice = openAdvices(state).find(({ of }) => of === undefined)
  return advice ? answerTo(advice, target) : null
}

const nobodyOf = ({ nobody }: { readonly nobody?: true }) => (nobody ? { nobody } : {})

const answerTo = (
  { answerers: pools, at: since, settleDays: days = SETTLE_DAYS, by, ...asked }: Advice,
  { stepKey, unitId }: StepTarget,
): Settling => ({
  stepKey,
  unitId,
  of: by === 'government' ? 'order' : 'proposal',
  pools,
  since,
  days,
  ...nobodyOf(asked),
})

const settlingFrom = (
  { deciders: pools, proposedAt: since, settleDays: days = SETTLE_DAYS, ...open }: Revocation,
  { stepKey, unitId }: StepTarget,
): Settling => ({ stepKey, unitId, of: 'revocation', pools, since, days, ...nobodyOf(open) })

/**
 * The last day to settle it: nobody is late while the holder may still speak, or has not been served. Who is asked from above while
 * another of several organs revokes its own has the days whole once that is settled: one of them revokes at a time.
 */
export function settleDue(
  state: CaseState,
  { of, since, days }: Settling,
  calendar: WorkingCalendar,
): ClockDue {
  if (of === 'unheard') return addWorkingDays(calendar, dayIn(since), days)
  const open = openRevocation(state)
  if (of !== 'revocation')
    return open
      ? { kind: 'paused', since: dayIn(open.proposedAt) }
      : addWorkingDays(calendar, dayIn(lastSettled(state, since)), days)
  const heard = open?.decided === 'granted' ? speakUntil(open, calendar) : undefined
  if (heard?.kind === 'unserved') return { kind: 'paused', since: dayIn(since) }
  if (heard && heard.kind !== 'on') return heard
  return addWorkingDays(calendar, heard?.on ?? dayIn(since), days)
}

/** When the last one was settled that stood in the way of what was asked at `since`; else that. */
const lastSettled = ({ revocations = [] }: CaseState, since: Instant): Instant =>
  revocations.reduce(
    (last, { answeredAt }) => (answeredAt !== null && answeredAt > last ? answeredAt : last),
    since,
  )

/** A row of a queue: a pool at a share, which is its own or was asked of it (`approval`). */
interface RowOfShare {
  readonly stepKey: string
  readonly partUnitId: string
  readonly role: Pool['role']
  readonly unitId: string
  readonly approval: boolean
}

/**
 * What waits after the decision, of the row of those who settle it; null of any other. The step that decided may be the one
 * that serves, too: then its share has rows of its own.
 */
export const settlingIn = (state: CaseState, row: RowOfShare): Settling | null =>
  row.approval ? settlingAt(state, row) : null

/** Whoever settles it may hold the share anyway: one row of that pool has both works. */
export const settlingBeside = (state: CaseState, row: RowOfShare): Settling | null =>
  row.approval ? null : settlingAt(state, row)

const settlingAt = (state: CaseState, { stepKey, partUnitId, role, unitId }: RowOfShare): Settling | null =>
  settlingsOf(state).find(
    (settling) =>
      settling.stepKey === stepKey &&
      settling.unitId === partUnitId &&
      settling.pools.some((pool) => pool.role === role && pool.unitId === unitId),
  ) ?? null
