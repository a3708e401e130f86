import type {
  HeldRole,
  Unit as RegisteredUnit,
  Registry,
  StaffMember,
} from '#shared/domain/organization/registry'
import type { DutyHours } from '#shared/domain/organization/staff'
import { revisionOf } from '../../platform/db/parts/revision'
import { ONE_ROW, tableJson } from '../../platform/db/parts/table-json'
import { servicePoints, staff, staffRoles, units } from '../../platform/db/schema/organization'
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

async function readRows({ db }: Database) {
  const [row] = await db
    .select({
      revision: revisionOf('registry'),
      units: tableJson(units, {
        id: units.id,
        kind: units.kind,
        name: units.name,
        shortName: units.shortName,
        parentId: units.parentId,
        creditCode: units.creditCode,
        phone: units.phone,
        documentPrefix: units.documentPrefix,
        reviewAuthority: units.reviewAuthority,
        court: units.court,
      }),
      staff: tableJson(staff, {
        id: staff.id,
        name: staff.name,
        active: staff.active,
        partTime: staff.partTime,
        dutyHours: staff.dutyHours,
        leave: staff.leave,
        substituteId: staff.substituteId,
      }),
      roles: tableJson(staffRoles, {
        staffId: staffRoles.staffId,
        role: staffRoles.role,
        unitId: staffRoles.unitId,
      }),
      points: tableJson(servicePoints, {
        id: servicePoints.id,
        unitId: servicePoints.unitId,
        name: servicePoints.name,
        address: servicePoints.address,
        phone: servicePoints.phone,
        hours: servicePoints.hours,
      }),
    })
    .from(ONE_ROW)
  if (!row) throw new Error('the registry cannot be read')
  return row
}

/** The registry as of one revision. */
export async function loadRegistry(database: Database) {
  const row = await readRows(database)
  return { revision: row.revision, registry: registryOf(row) }
}

function registryOf(row: Awaited<ReturnType<typeof readRows>>): CountyRegistry {
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
