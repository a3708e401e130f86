import { sql } from 'drizzle-orm'
import { dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import type {
  HeldRole,
  Unit as RegisteredUnit,
  Registry,
  StaffMember,
} from '#shared/domain/organization/registry'
import type { DutyHours } from '#shared/domain/organization/staff'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { createSearchIndex, type SearchIndex } from '#shared/domain/service-item/search'
import { upgradeItem } from '#shared/domain/service-item/upgrade-item'
import type { CalendarYear, WorkingCalendar } from '#shared/domain/time-limit/calendar'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import { singleFlight } from '../../platform/single-flight'

interface Unit extends RegisteredUnit {
  readonly phone: string | null
}

interface ServicePoint {
  readonly id: string
  readonly unitId: string
  readonly name: string
  readonly address: string
  readonly phone: string
  readonly hours: readonly DutyHours[]
}

/** Catalogue, calendar, units and roles as of one revision: what every decision is made with. */
export interface Reference extends Registry {
  readonly revision: number
  readonly calendar: WorkingCalendar
  readonly units: ReadonlyMap<string, Unit>
  /** Also of who has left: what they did keeps their name. */
  staffName(id: string): string | undefined
  readonly servicePoints: ReadonlyMap<string, ServicePoint>
  /** The version that new applications are filed under. */
  latest(
    itemId: string,
  ): { readonly item: ServiceItem; readonly version: number; readonly demo: boolean } | undefined
  /** The version a case was filed under. */
  at(itemId: string, version: number): ServiceItem
  readonly items: readonly ServiceItem[]
  readonly searchIndex: SearchIndex
  /** Published facts of the county: sponsor, regions, policies, scopes … Throws for one that its pack lacks without `otherwise`. */
  fact<Value>(key: string, otherwise?: Value): Value
}

export interface ReferenceSource {
  /** As this process knows it; statements that write demand that the revision still holds. */
  cached(): Promise<Reference>
  /** As of a revision that a statement has seen, or a later one; however many ask at once, it is loaded once. */
  since(revision: number): Promise<Reference>
  /** Asks the database for the revision first. */
  current(): Promise<Reference>
  /** Loads it anew. */
  refresh(): Promise<Reference>
  /** As loaded last; throws before the first time. */
  known(): Reference
}

interface ItemVersion {
  readonly id: string
  readonly version: number
  /** YYYY-MM-DD: from this day on new applications are filed under it. */
  readonly effectiveOn: string
  readonly guide: ServiceItem
  readonly demo: boolean
}

interface Rows {
  revision: number
  units: Unit[]
  staff: (StaffMember & { readonly active: boolean })[]
  roles: { staffId: string; role: string; unitId: string }[]
  points: ServicePoint[]
  years: { year: number; offDays: string[]; workDays: string[] }[]
  items: (Omit<ItemVersion, 'guide'> & { readonly guide: unknown })[]
  facts: { key: string; value: unknown }[]
}

interface Deps {
  readonly database: Database
  readonly clock: Clock
}

export function createReferenceSource(deps: Deps): ReferenceSource {
  let latest: Reference | undefined
  const refresh = singleFlight(async () => {
    latest = await load(deps)
    return latest
  })
  const cached = async () => latest ?? refresh()
  // A load that was under way may have begun before the change.
  const since = async (revision: number): Promise<Reference> => {
    const known = await cached()
    if (known.revision >= revision) return known
    const next = await refresh()
    return next.revision >= revision ? next : refresh()
  }
  return {
    cached,
    since,
    refresh,
    known: () => {
      if (!latest) throw new Error('reference data is not loaded yet')
      return latest
    },
    async current() {
      const known = await cached()
      const [row] = await deps.database.rows<{ revision: number }>(sql`select revision from reference_data`)
      return since(row?.revision ?? known.revision)
    },
  }
}

const rowsOf = (table: string, columns: string) =>
  sql.raw(`(select coalesce(json_agg(json_build_object(${columns})), '[]'::json) from ${table})`)

async function load({ database, clock }: Deps): Promise<Reference> {
  const [row] = await database.rows<Rows>(sql`select
    coalesce((select revision from reference_data), 0) as revision,
    ${rowsOf('units', `'id', id, 'kind', kind, 'name', name, 'shortName', short_name, 'parentId', parent_id, 'creditCode', credit_code, 'phone', phone, 'documentPrefix', document_prefix, 'reviewAuthority', review_authority, 'court', court`)} as units,
    ${rowsOf('staff', `'id', id, 'name', name, 'active', active, 'partTime', part_time, 'dutyHours', duty_hours, 'leave', leave, 'substituteId', substitute_id`)} as staff,
    ${rowsOf('staff_roles', `'staffId', staff_id, 'role', role, 'unitId', unit_id`)} as roles,
    ${rowsOf('service_points', `'id', id, 'unitId', unit_id, 'name', name, 'address', address, 'phone', phone, 'hours', hours`)} as points,
    ${rowsOf('calendar_years', `'year', year, 'offDays', off_days, 'workDays', work_days`)} as years,
    ${rowsOf('service_items', `'id', id, 'version', version, 'effectiveOn', effective_on, 'guide', guide, 'demo', demo`)} as items,
    ${rowsOf('county_facts', `'key', key, 'value', value`)} as facts`)
  if (!row) throw new Error('reference data cannot be read')
  return build(row, clock)
}

/** The guides in effect today: made anew when the day changes, since a version may have been waiting for it. */
function catalogueOf(versions: readonly ItemVersion[], clock: Clock) {
  const inEffectOn = (today: PlainDate) => {
    const latest = new Map<string, { item: ServiceItem; version: number; demo: boolean }>()
    for (const { id, version, effectiveOn, guide, demo } of versions) {
      if (effectiveOn <= today && (latest.get(id)?.version ?? 0) < version)
        latest.set(id, { item: guide, version, demo })
    }
    const items = [...latest.values()].map(({ item }) => item).sort((a, b) => (a.id < b.id ? -1 : 1))
    return { today, latest, items, searchIndex: createSearchIndex(items) }
  }
  let current = inEffectOn(dayIn(clock.now()))
  return () => {
    const today = dayIn(clock.now())
    if (today !== current.today) current = inEffectOn(today)
    return current
  }
}

function build(row: Rows, clock: Clock): Reference {
  const staff = new Map(row.staff.flatMap((member) => (member.active ? [[member.id, member]] : [])))
  const names = new Map(row.staff.map(({ id, name }) => [id, name]))
  const pools = new Map<string, StaffMember[]>()
  const roles = new Map<string, HeldRole[]>()
  for (const { staffId, role, unitId } of row.roles) {
    const member = staff.get(staffId)
    if (!member) continue
    roles.set(staffId, [...(roles.get(staffId) ?? []), { role, unitId }])
    pools.set(`${role}@${unitId}`, [...(pools.get(`${role}@${unitId}`) ?? []), member])
  }
  const items = row.items.map((each) => ({ ...each, guide: upgradeItem(each.guide) }))
  const catalogue = catalogueOf(items, clock)
  const versions = new Map(items.map((each) => [`${each.id}@${each.version}`, each.guide]))
  const facts = new Map(row.facts.map(({ key, value }) => [key, value]))
  return {
    revision: row.revision,
    calendar: new Map<number, CalendarYear>(
      row.years.map(({ year, offDays, workDays }) => [
        year,
        { offDays: new Set(offDays), workDays: new Set(workDays) },
      ]),
    ),
    units: new Map(row.units.map((unit) => [unit.id, unit])),
    staff,
    staffName: (id) => names.get(id),
    servicePoints: new Map(row.points.map((point) => [point.unitId, point])),
    holders: (role, unitId) => pools.get(`${role}@${unitId}`) ?? [],
    rolesOf: (staffId) => roles.get(staffId) ?? [],
    latest: (itemId) => catalogue().latest.get(itemId),
    at: (itemId, version) => {
      const item = versions.get(`${itemId}@${version}`)
      if (!item) throw new Error(`no version ${version} of ${itemId}`)
      // What is sensitive today is so in a case that was filed under an older guide.
      return { ...item, confidential: catalogue().latest.get(itemId)?.item.confidential ?? item.confidential }
    },
    get items() {
      return catalogue().items
    },
    get searchIndex() {
      return catalogue().searchIndex
    },
    fact: <Value>(key: string, otherwise?: Value) => {
      const value = (facts.get(key) ?? otherwise) as Value | undefined
      if (value === undefined) throw new Error(`the county pack has no ${key}`)
      return value
    },
  }
}
