import type { DutyHours, Leave } from './staff'

type UnitKind = 'county' | 'department' | 'town' | 'village'

export interface Unit {
  readonly id: string
  readonly kind: UnitKind
  readonly name: string
  readonly shortName: string
  /** A village's town, a town's and a department's county. */
  readonly parentId: string | null
  readonly creditCode: string
  /** 发文字头 */
  readonly documentPrefix: string | null
  readonly reviewAuthority: string | null
  readonly court: string | null
}

export interface StaffMember {
  readonly id: string
  readonly name: string
  readonly partTime: boolean
  readonly dutyHours: readonly DutyHours[]
  readonly leave: readonly Leave[]
  readonly substituteId: string | null
}

/** A role in a unit. */
export interface HeldRole {
  readonly role: string
  readonly unitId: string
}

export const samePool = (left: HeldRole, right: HeldRole) =>
  left.role === right.role && left.unitId === right.unitId

export const isAmongPools = (pools: readonly HeldRole[], pool: HeldRole) =>
  pools.some((each) => samePool(each, pool))

/** The county's units and who holds which role in them, at one revision of the reference data. */
export interface Registry {
  readonly units: ReadonlyMap<string, Unit>
  /** Members of staff who hold `role` in exactly this unit, in no particular order. */
  holders(role: string, unitId: string): readonly StaffMember[]
  /** Active members of staff, by id. */
  readonly staff: ReadonlyMap<string, StaffMember>
  rolesOf(staffId: string): readonly HeldRole[]
}

type Named = Pick<Registry, 'units'>

/** In full; empty where there is no such unit. */
export const unitName = ({ units }: Named, unitId: string) => units.get(unitId)?.name ?? ''

/** As people call it: 梅渚镇. */
export const organName = ({ units }: Named, unitId: string) => units.get(unitId)?.shortName ?? ''
