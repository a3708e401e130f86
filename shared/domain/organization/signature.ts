import type { Unit } from './registry'

/**
 * The name under which a unit signs its documents; empty where there is no such unit. A town signs as its people's
 * government, a subdistrict (街道) as the office that the county's government has sent out (地方组织法 第85条); whoever else
 * has one signs with its own name.
 */
export function signatureOf(unitId: string, units: ReadonlyMap<string, Unit>): string {
  const unit = units.get(unitId)
  if (!unit) return ''
  const { kind, name, parentId } = unit
  const county = parentId === null ? undefined : units.get(parentId)
  if (kind !== 'town' || !county) return name
  return name.endsWith('街道') ? `${county.name}${name}办事处` : `${county.shortName}${name}人民政府`
}
