import { sql } from 'drizzle-orm'
import type {
  HeldRole,
  Unit as RegisteredUnit,
  Registry,
  StaffMember,
} from '#shared/domain/organization/registry'
import type { DutyHours } from '#shared/domain/organization/staff'
import { revisionOf } from '../../platform/db/parts/revision'
import type { Database } from '../../platform/ports/database'

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

/** Units, staff, roles and service points. */
export interface CountyRegistry extends Registry {
  readonly units: ReadonlyMap<string, Unit>
  /** Also of who has left: what they did keeps their name. */
  staffName(id: string): string | undefined
  /** By unit. */
  readonly servicePoints: ReadonlyMap<string, ServicePoint>
}

interface Rows {
  readonly revision: number
  readonly units: readonly Unit[]
  readonly staff: readonly (StaffMember & { readonly active: boolean })[]
  readonly roles: readonly { readonly staffId: string; readonly role: string; readonly unitId: string }[]
  readonly points: readonly ServicePoint[]
}

const rowsOf = (table: string, columns: string) =>
  sql.raw(`(select coalesce(json_agg(json_build_object(${columns})), '[]'::json) from ${table})`)

/** The registry as of one revision. */
export async function loadRegistry(database: Database) {
  const [row] = await database.rows<Rows>(sql`select ${revisionOf('registry')} as revision,
    ${rowsOf('units', `'id', id, 'kind', kind, 'name', name, 'shortName', short_name, 'parentId', parent_id, 'creditCode', credit_code, 'phone', phone, 'documentPrefix', document_prefix, 'reviewAuthority', review_authority, 'court', court`)} as units,
    ${rowsOf('staff', `'id', id, 'name', name, 'active', active, 'partTime', part_time, 'dutyHours', duty_hours, 'leave', leave, 'substituteId', substitute_id`)} as staff,
    ${rowsOf('staff_roles', `'staffId', staff_id, 'role', role, 'unitId', unit_id`)} as roles,
    ${rowsOf('service_points', `'id', id, 'unitId', unit_id, 'name', name, 'address', address, 'phone', phone, 'hours', hours`)} as points`)
  if (!row) throw new Error('the registry cannot be read')
  return { revision: row.revision, registry: registryOf(row) }
}

function registryOf(row: Rows): CountyRegistry {
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
  return {
    units: new Map(row.units.map((unit) => [unit.id, unit])),
    staff,
    staffName: (id) => names.get(id),
    servicePoints: new Map(row.points.map((point) => [point.unitId, point])),
    holders: (role, unitId) => pools.get(`${role}@${unitId}`) ?? [],
    rolesOf: (staffId) => roles.get(staffId) ?? [],
  }
}
