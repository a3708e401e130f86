import type { Pack } from '../pack-schema'
import { type Check, checkUnique, type Lookups } from './lookups'

type Office = Pick<Pack['units']['departments'][number], 'id' | 'liaisonId' | 'reviewAuthority' | 'court'>

function checkOffice({ staff, holders }: Lookups, check: Check, office: Office, path: string) {
  const liaison = staff.get(office.liaisonId)
  check(liaison !== undefined, `${path}/liaisonId`, `没有这个工作人员 "${office.liaisonId}"`)
  check(
    liaison === undefined ||
      liaison.roles.some((held) => held.role === 'liaison' && held.unitId === office.id),
    `${path}/liaisonId`,
    `"${office.liaisonId}" 不是这个单位的联络员`,
  )
  check(holders('liaison', office.id) > 0, path, '没有联络员')
}

/** A decision tells where review and suit are to be asked for (行政复议法, 行政诉讼法). */
function checkRemedies({ pack }: Lookups, check: Check) {
  const deciding = new Set(pack.serviceItems.map((item) => item.departmentId))
  pack.units.departments.forEach((unit, at) => {
    const complete = unit.reviewAuthority !== null && unit.court !== null
    check(
      complete || !deciding.has(unit.id),
      `/departments/${at}/reviewAuthority`,
      '办事项的单位要写复议机关和管辖法院',
    )
    check(complete || unit.reviewNote !== null, `/departments/${at}/reviewNote`, '没有复议机关的要说明原因')
  })
}

function checkServicePoints(lookups: Lookups) {
  const { pack, unitKinds } = lookups
  const check = lookups.in('service-points.json')
  const points = pack.servicePoints
  const ids = new Set(points.map((point) => point.id))
  points.forEach((point, at) => {
    check(unitKinds.has(point.unitId), `/${at}/unitId`, `没有这个单位 "${point.unitId}"`)
    check(
      !unitKinds.has(point.unitId) || unitKinds.get(point.unitId) === point.kind,
      `/${at}/kind`,
      `和单位的层级不一致 "${point.kind}"`,
    )
    check(
      point.nearest === null || ids.has(point.nearest),
      `/${at}/nearest`,
      `没有这个网点 "${point.nearest}"`,
    )
    checkLabels(check, point.equipment, pack.choices.servicePointEquipment, `/${at}/equipment`)
    checkLabels(check, point.capabilities, pack.choices.servicePointCapabilities, `/${at}/capabilities`)
  })
  checkUnique(
    check,
    points.map((point) => point.id),
    (at) => `/${at}/id`,
  )
  checkUnique(
    check,
    points.map((point) => point.unitId),
    (at) => `/${at}/unitId`,
  )
  checkUnique(
    check,
    points.map((point) => point.phone),
    (at) => `/${at}/phone`,
  )
  const served = new Set(points.map((point) => point.unitId))
  for (const [id, kind] of unitKinds)
    check(kind === 'department' || served.has(id), '', `单位 "${id}" 没有网点`)
}

function checkLabels(
  check: Check,
  keys: readonly string[],
  labels: Readonly<Record<string, string>>,
  path: string,
) {
  keys.forEach((key, at) => {
    check(key in labels, `${path}/${at}`, `choices.json 里没有 "${key}"`)
  })
}

export function checkOrganization(lookups: Lookups) {
  const { units } = lookups.pack
  const check = lookups.in('units.json')
  const listed = [
    { unit: units.county, path: '/county' },
    ...units.departments.map((unit, at) => ({ unit, path: `/departments/${at}` })),
    ...units.towns.map((unit, at) => ({ unit, path: `/towns/${at}` })),
    ...units.villages.map((unit, at) => ({ unit, path: `/villages/${at}` })),
  ]
  const pathAt = (name: string) => (at: number) => `${listed[at]?.path}/${name}`
  checkUnique(
    check,
    listed.map(({ unit }) => unit.id),
    pathAt('id'),
  )
  checkUnique(
    check,
    listed.map(({ unit }) => unit.creditCode),
    pathAt('creditCode'),
  )
  const prefixes = listed.map(({ unit }) => ('documentPrefix' in unit ? unit.documentPrefix : null))
  checkUnique(check, prefixes, pathAt('documentPrefix'))
  check(units.county.id === lookups.pack.pack.region.code, '/county/id', '和 pack.json 的 region.code 不一致')
  units.departments.forEach((unit, at) => {
    checkOffice(lookups, check, unit, `/departments/${at}`)
  })
  units.towns.forEach((unit, at) => {
    checkOffice(lookups, check, unit, `/towns/${at}`)
    check(unit.id.startsWith(units.county.id), `/towns/${at}/id`, '不是本县的区划码')
    const { fullTime, partTime, count } = unit.staffing
    check(
      count === fullTime + partTime,
      `/towns/${at}/staffing/count`,
      `专职加兼职是 ${fullTime + partTime} 人`,
    )
  })
  const towns = new Set(units.towns.map((town) => town.id))
  units.villages.forEach((village, at) => {
    check(towns.has(village.townId), `/villages/${at}/townId`, `没有这个镇街 "${village.townId}"`)
    check(village.id.startsWith(village.townId), `/villages/${at}/id`, '不是所属镇街的区划码')
  })
  const population = units.towns.reduce((sum, town) => sum + town.population, 0)
  check(
    population === lookups.pack.pack.region.population,
    '/towns',
    `各镇街人口加起来 ${population}，和 pack.json 的 region.population 不一致`,
  )
  checkRemedies(lookups, check)
  checkServicePoints(lookups)
}
