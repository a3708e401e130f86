import type { Pack } from '../pack-schema'
import { type Check, checkUnique, type Lookups } from './lookups'

function checkBundle({ pack }: Lookups, check: Check, bundle: Pack['bundles'][number], path: string) {
  const items = new Map(pack.serviceItems.map((item) => [item.id, item]))
  bundle.itemIds.forEach((id, at) => {
    check(items.has(id), `${path}/itemIds/${at}`, `没有这个事项 "${id}"`)
  })
  bundle.sharedFields.forEach(({ fields }, at) => {
    for (const [id, key] of Object.entries(fields))
      check(
        bundle.itemIds.includes(id) && (items.get(id)?.fields.some((field) => field.key === key) ?? false),
        `${path}/sharedFields/${at}/fields/${id}`,
        `事项 "${id}" 的表单里没有 "${key}"，或不在这件事里`,
      )
  })
  for (const [id, before] of Object.entries(bundle.after))
    for (const each of [id, ...before])
      check(bundle.itemIds.includes(each), `${path}/after/${id}`, `"${each}" 不在 itemIds 里`)
}

/** 国办函〔2026〕12号: what may only inform is never scored, ranked or made a target. */
function checkTargets({ pack }: Lookups, check: Check) {
  const uses = new Map(pack.metrics.map((metric) => [metric.key, metric.use]))
  pack.targets.forEach(({ targets }, at) => {
    targets.forEach(({ metric, value, rule }, which) => {
      const path = `/${at}/targets/${which}`
      check(uses.has(metric), `${path}/metric`, `metrics.json 里没有 "${metric}"`)
      check(
        uses.get(metric) === undefined || uses.get(metric) === 'score',
        `${path}/metric`,
        `"${metric}" 不能定目标：用途不是 score（国办函〔2026〕12号）`,
      )
      check((value === null) !== (rule === null), path, 'value 和 rule 恰好写一个')
    })
  })
}

function checkItemFacts({ pack }: Lookups, check: Check) {
  const items = new Map(pack.serviceItems.map((item) => [item.id, item]))
  pack.itemFacts.forEach((facts, at) => {
    const item = items.get(facts.id)
    if (item === undefined) {
      check(false, `/${at}/id`, `没有这个事项 "${facts.id}"`)
      return
    }
    const materials = new Set(item.materials.map((material) => material.name))
    for (const key of facts.demoFields)
      check(
        item.fields.some((field) => field.key === key),
        `/${at}/demoFields`,
        `表单里没有这一项 "${key}"`,
      )
    for (const { name, step } of facts.staffMaterials)
      check(
        materials.has(name) && item.steps.some((each) => each.key === step),
        `/${at}/staffMaterials`,
        `没有这份材料或步骤 "${name}"、"${step}"`,
      )
    for (const name of facts.photoMaterials)
      check(materials.has(name), `/${at}/photoMaterials`, `没有这份材料 "${name}"`)
    for (const next of facts.nextItems) check(items.has(next), `/${at}/nextItems`, `没有这个事项 "${next}"`)
  })
  checkUnique(
    check,
    pack.itemFacts.map((facts) => facts.id),
    (at) => `/${at}/id`,
  )
}

function checkSponsor(lookups: Lookups) {
  const check = lookups.in('pack.json')
  const { sponsor } = lookups.pack.pack
  check(lookups.unitKinds.has(sponsor.unitId), '/sponsor/unitId', `没有这个单位 "${sponsor.unitId}"`)
  check(
    lookups.staff.has(sponsor.dataContactId),
    '/sponsor/dataContactId',
    `没有这个工作人员 "${sponsor.dataContactId}"`,
  )
}

function checkListedUnits({ pack, unitKinds, itemIds, in: fileIn }: Lookups) {
  pack.policies.forEach(({ unitId }, at) => {
    fileIn('policies.json')(unitKinds.has(unitId), `/${at}/unitId`, `没有这个单位 "${unitId}"`)
  })
  pack.credentialKinds.forEach(({ issuerUnitId }, at) => {
    fileIn('credential-kinds.json')(
      unitKinds.has(issuerUnitId),
      `/${at}/issuerUnitId`,
      `没有这个单位 "${issuerUnitId}"`,
    )
  })
  pack.businessScopes.forEach(({ needsItemId }, at) => {
    fileIn('business-scopes.json')(
      needsItemId === null || itemIds.has(needsItemId),
      `/${at}/needsItemId`,
      `没有这个事项 "${needsItemId}"`,
    )
  })
}

export function checkCatalogue(lookups: Lookups) {
  const { pack } = lookups
  pack.home.hot.forEach((id, at) => {
    lookups.in('home.json')(lookups.itemIds.has(id), `/hot/${at}`, `没有这个事项 "${id}"`)
  })
  checkSponsor(lookups)
  checkListedUnits(lookups)
  pack.bundles.forEach((bundle, at) => {
    checkBundle(lookups, lookups.in('bundles.json'), bundle, `/${at}`)
  })
  checkTargets(lookups, lookups.in('targets.json'))
  checkItemFacts(lookups, lookups.in('item-facts.json'))
  for (const [file, list] of [
    ['policies', pack.policies],
    ['business-scopes', pack.businessScopes],
    ['credential-kinds', pack.credentialKinds],
    ['regions', pack.regions],
    ['bundles', pack.bundles],
  ] as const)
    checkUnique(
      lookups.in(`${file}.json`),
      list.map((each) => each.code),
      (at) => `/${at}/code`,
    )
  for (const [file, list] of [
    ['life-events', pack.lifeEvents],
    ['metrics', pack.metrics],
    ['rhythms', pack.rhythms],
  ] as const)
    checkUnique(
      lookups.in(`${file}.json`),
      list.map((each) => each.key),
      (at) => `/${at}/key`,
    )
}
