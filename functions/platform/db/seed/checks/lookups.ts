import type { StaffRole } from '#shared/domain/organization/staff'
import type { Pack, PackFault, PackResident, PackStaffMember } from '../pack-schema'

/** Notes a fault unless the condition holds; `path` is the JSON pointer in the file. */
export type Check = (holds: boolean, path: string, fault: string) => void

/** What the checks look up, and where they put what they find. */
export interface Lookups {
  readonly pack: Pack
  readonly unitKinds: ReadonlyMap<string, 'county' | 'department' | 'town' | 'village'>
  readonly townOf: ReadonlyMap<string, string>
  readonly staff: ReadonlyMap<string, PackStaffMember>
  readonly people: ReadonlyMap<string, PackStaffMember | PackResident>
  readonly itemIds: ReadonlySet<string>
  readonly credentialFields: ReadonlyMap<string, readonly string[]>
  /** The roles that a step of some item asks for. */
  readonly handledRoles: ReadonlySet<StaffRole>
  readonly holders: (role: StaffRole, unitId: string) => number
  readonly in: (file: string) => Check
}

function unitKindsOf({ units }: Pack) {
  return new Map([
    [units.county.id, 'county'] as const,
    ...units.departments.map((unit) => [unit.id, 'department'] as const),
    ...units.towns.map((unit) => [unit.id, 'town'] as const),
    ...units.villages.map((unit) => [unit.id, 'village'] as const),
  ])
}

export function lookupsOf(pack: Pack, faults: PackFault[]): Lookups {
  const held = new Map<string, number>()
  for (const { role, unitId } of pack.staff.flatMap((member) => member.roles))
    held.set(`${role}@${unitId}`, (held.get(`${role}@${unitId}`) ?? 0) + 1)
  return {
    pack,
    unitKinds: unitKindsOf(pack),
    townOf: new Map(pack.units.villages.map((village) => [village.id, village.townId])),
    staff: new Map(pack.staff.map((member) => [member.id, member])),
    people: new Map([...pack.residents, ...pack.staff].map((person) => [person.id, person])),
    itemIds: new Set(pack.serviceItems.map((item) => item.id)),
    credentialFields: new Map(pack.credentialKinds.map((kind) => [kind.code, kind.fields])),
    handledRoles: new Set(pack.serviceItems.flatMap((item) => item.steps.map((step) => step.role))),
    holders: (role, unitId) => held.get(`${role}@${unitId}`) ?? 0,
    in: (file) => (holds, path, fault) => {
      if (!holds) faults.push({ file, path, fault })
    },
  }
}

/** Notes every value that stood before in the list. */
export function checkUnique(check: Check, values: readonly (string | null)[], path: (at: number) => string) {
  const seen = new Set<string>()
  values.forEach((value, at) => {
    if (value === null) return
    check(!seen.has(value), path(at), `重复了 "${value}"`)
    seen.add(value)
  })
}

/** `licence:LIC-SSCARD.bankNo` names a kind of credential and one of its fields. */
export function isCredentialField({ credentialFields }: Lookups, source: string) {
  const match = /^licence:([A-Z-]+)\.(\w+)$/.exec(source)
  return match !== null && (credentialFields.get(match[1] ?? '')?.includes(match[2] ?? '') ?? false)
}
