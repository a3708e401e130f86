import type { PlainDate } from '../kernel/plain-date'
import { hasDutyHoursBetween, isAwayBetween, type Span } from './duty'
import { type HeldRole, type Registry, type StaffMember, samePool } from './registry'

/** Everybody who holds `role` in `unitId` may take the work. */
interface Pool {
  readonly role: string
  readonly unitId: string
  /**
   * `own`: the unit's own holders; `substitute`: whoever stands in for one of them; `window`: the town's window beside a
   * village; `liaison`, then `county` (the administrator, the supervisor): nobody else is there.
   */
  readonly because: 'own' | 'substitute' | 'window' | 'liaison' | 'county'
}

export interface Pools {
  /** At least one. */
  readonly pools: readonly Pool[]
  /** Neither the unit's holders of the role nor their substitutes can take it: shown to the administrator. */
  readonly unstaffed: boolean
  /** Declarations alone left nobody: the last who is barred by nothing else has it all the same. */
  readonly lastResort?: true
}

export interface PoolQuestion {
  readonly role: string
  readonly unitId: string
  /** From now until the step is due. */
  readonly span: Span
  readonly isWorkingDay: (day: PlainDate) => boolean
  /** Who must not handle this case is as if absent. */
  readonly isBarred: (member: StaffMember) => boolean
  /** Of those, whom more than the applicant's word bars. */
  readonly isOwn?: (member: StaffMember) => boolean
  /** It is a decision in the unit's name: it is not for a whole office that stands in. */
  readonly decides?: boolean
}

export const VILLAGE_ROLE = 'village-agent'
const TOWN_ROLE = 'town-window'
const COUNTY_ROLES = ['admin', 'supervisor'] as const
const LIAISON_ROLE = 'liaison'

/** Whoever stands in for a unit from outside of it: they carry its work on, and decide nothing in its name. */
export const isOutsider = (role: string): boolean => COUNTY_ROLES.some((each) => each === role)

/** Who has a step where its own unit has nobody, and no step of their own. */
export const STAND_IN_ROLES: readonly string[] = [LIAISON_ROLE, ...COUNTY_ROLES]

interface Asked extends PoolQuestion {
  readonly registry: Registry
}

const ableHolders = ({ registry, isBarred }: Asked, role: string, unitId: string) =>
  registry.holders(role, unitId).filter((member) => !isBarred(member))

const isAway = ({ span, isWorkingDay }: Asked, member: StaffMember) =>
  isAwayBetween(member, span, isWorkingDay)

/** A village's step is for whoever keeps hours in time; other offices keep the county's. */
const comesInTime = (asked: Asked, member: StaffMember) =>
  isVillageStep(asked)
    ? hasDutyHoursBetween(member, asked.unitId, asked.span, asked.isWorkingDay)
    : !isAway(asked, member)

const isVillageStep = ({ registry, role, unitId }: Asked) =>
  role === VILLAGE_ROLE && registry.units.get(unitId)?.kind === 'village'

/** Where somebody does what `role` does: that role itself, else another in the unit, else what they hold first. */
function roleToStandIn({ registry, role, unitId }: Asked, substituteId: string): HeldRole | undefined {
  const held = registry.rolesOf(substituteId)
  return (
    held.find((each) => each.role === role && each.unitId === unitId) ??
    held.find((each) => each.role === role) ??
    held.find((each) => each.unitId === unitId) ??
    held[0]
  )
}

interface Substitute {
  readonly pool: Pool
  readonly inTime: boolean
}

/** Who stands in for a member who is away or barred: as the leave says, else as the registry does. */
function substituteOf(asked: Asked, member: StaffMember): StaffMember | undefined {
  const { registry, span, isBarred } = asked
  const onLeave = member.leave.find(({ from, to }) => from <= span.until && span.from.day <= to)
  const substituteId = onLeave?.substituteId ?? member.substituteId
  const substitute = substituteId === null ? undefined : registry.staff.get(substituteId)
  return substitute && !isBarred(substitute) && !isAway(asked, substitute) ? substitute : undefined
}

function substitutesOf(asked: Asked, member: StaffMember): readonly Substitute[] {
  const substitute = substituteOf(asked, member)
  const held = substitute && roleToStandIn(asked, substitute.id)
  return held ? [{ pool: { ...held, because: 'substitute' }, inTime: comesInTime(asked, substitute) }] : []
}

function windowPools(asked: Asked): readonly Pool[] {
  const townId = isVillageStep(asked) ? asked.registry.units.get(asked.unitId)?.parentId : null
  return townId && ableHolders(asked, TOWN_ROLE, townId).length > 0
    ? [{ role: TOWN_ROLE, unitId: townId, because: 'window' }]
    : []
}

function liaisonPools(asked: Asked): readonly Pool[] {
  const { registry, unitId } = asked
  const place = [unitId, registry.units.get(unitId)?.parentId].find(
    (id) => typeof id === 'string' && ableHolders(asked, LIAISON_ROLE, id).length > 0,
  )
  return place ? [{ role: LIAISON_ROLE, unitId: place, because: 'liaison' }] : []
}

function countyPools(asked: Asked, roles: readonly string[] = COUNTY_ROLES): readonly Pool[] {
  const held = roles
    .flatMap((role) =>
      [...asked.registry.units.keys()].map((unitId): Pool => ({ role, unitId, because: 'county' })),
    )
    .find(({ role, unitId }) => ableHolders(asked, role, unitId).length > 0)
  return held ? [held] : []
}

/** The furthest from the applicant whom declarations alone bar. */
function lastPools(asked: Asked): readonly Pool[] {
  if (!asked.isOwn) return []
  const free: Asked = { ...asked, isBarred: asked.isOwn }
  const { registry, role, unitId } = asked
  const chain = [
    ...[...COUNTY_ROLES].reverse().flatMap((each) => countyPools(free, [each])),
    ...liaisonPools(free),
    ...windowPools(free),
    ...registry
      .holders(role, unitId)
      .flatMap((member) => substitutesOf(free, member).map(({ pool }) => pool)),
    ...(ableHolders(free, role, unitId).length > 0 ? [{ role, unitId, because: 'own' as const }] : []),
  ]
  return chain.slice(0, 1)
}

const distinct = (pools: readonly Pool[]) =>
  pools.filter((pool, at) => pools.findIndex((each) => samePool(each, pool)) === at)

const missingOf = (asked: Asked) =>
  asked.registry
    .holders(asked.role, asked.unitId)
    .filter((member) => asked.isBarred(member) || isAway(asked, member))

/** The very person who stands in for each of a role who is away or barred, by what they hold in that unit; nobody of another one. */
export const standInsWithin = (registry: Registry, question: PoolQuestion) => {
  const asked: Asked = { ...question, registry }
  return missingOf(asked).flatMap((member) => {
    const substitute = substituteOf(asked, member)
    const [held] = substitute ? rolesWithin(registry, substitute.id, question.unitId) : []
    return substitute && held ? [{ ...held, staffId: substitute.id, inPlaceOf: member.id }] : []
  })
}

export type DeciderInPlace = ReturnType<typeof decidersInPlace>[number]

/**
 * Who decides in place of a role of which nobody is there: the very people of the same unit whom their leave names. Of two who name
 * the same person it is for the first by id: the registry is read in no order, and paper, page and history say the same. 行政许可法 第22条
 */
export function decidersInPlace(registry: Registry, question: PoolQuestion) {
  const asked: Asked = { ...question, registry }
  if (
    isVillageStep(asked) ||
    ableHolders(asked, question.role, question.unitId).some((each) => !isAway(asked, each))
  )
    return []
  const found = standInsWithin(registry, question).sort((a, b) => (a.inPlaceOf < b.inPlaceOf ? -1 : 1))
  return found.filter((each, at) => found.findIndex(({ staffId }) => staffId === each.staffId) === at)
}

/** Where nobody of the unit decides, whoever carries the work on has it beside 督查, who is told that it waits. */
function undecidedPools(asked: Asked, pools: readonly Pool[]): Pools {
  return { pools: distinct([...pools, ...countyPools(asked, ['supervisor'])]), unstaffed: true }
}

/** What somebody holds in a unit as one of its people: the administrator and the supervisor are of none. */
export const rolesWithin = ({ rolesOf }: Pick<Registry, 'rolesOf'>, staffId: string, unitId: string) =>
  rolesOf(staffId).filter((held) => held.unitId === unitId && !isOutsider(held.role))

function workPools(registry: Registry, question: PoolQuestion): Pools {
  const asked: Asked = { ...question, registry }
  const { role, unitId } = question
  const able = ableHolders(asked, role, unitId)
  const own: readonly Pool[] = able.length > 0 ? [{ role, unitId, because: 'own' }] : []
  if (able.some((member) => comesInTime(asked, member))) return { pools: own, unstaffed: false }
  const substitutes = missingOf(asked).flatMap((member) => substitutesOf(asked, member))
  const held = distinct([...own, ...substitutes.map(({ pool }) => pool)])
  if (substitutes.some(({ inTime }) => inTime)) return { pools: held, unstaffed: false }
  const windows = windowPools(asked)
  // An agent who keeps no hours in time comes back to the work; only one who is gone leaves the village without.
  if (windows.length > 0) return { pools: [...held, ...windows], unstaffed: own.length === 0 }
  if (able.some((member) => !isAway(asked, member)) || substitutes.length > 0)
    return { pools: held, unstaffed: false }
  const liaisons = liaisonPools(asked)
  const others = [...held, ...(liaisons.length > 0 ? liaisons : countyPools(asked))]
  if (others.length > 0) return { pools: others, unstaffed: true }
  const last = lastPools(asked)
  if (last.length > 0) return { pools: last, unstaffed: true, lastResort: true }
  return { pools: [{ role, unitId, because: 'own' }], unstaffed: true }
}

/**
 * Who may take a unit's share of a step. It is for the unit's own holders; where those are away until it is due, or
 * barred from the case, for their substitutes, else for a village's town window, else for the unit's liaison, else for the
 * administrator, else for the supervisor. A village's
 * step whose agent has no duty hours left before it is due belongs to the town's window too. A decision is for the very
 * people whom the leave names, else for nobody in its unit's place. The county's own rule.
 */
export function holderPools(registry: Registry, question: PoolQuestion): Pools {
  const asked: Asked = { ...question, registry }
  const { role, unitId, decides } = question
  const found = workPools(registry, question)
  if (!decides || isVillageStep(asked)) return found
  const able = ableHolders(asked, role, unitId)
  if (able.some((member) => !isAway(asked, member))) return found
  const named = decidersInPlace(registry, question)
  if (named.length === 0) return found.lastResort ? found : undecidedPools(asked, found.pools)
  const own: readonly Pool[] = able.length > 0 ? [{ role, unitId, because: 'own' }] : []
  const deciders = named.map(
    (each): Pool => ({ role: each.role, unitId: each.unitId, because: 'substitute' }),
  )
  // Of two of one office there is one row, for both.
  return { pools: distinct([...own, ...deciders]), unstaffed: false }
}
