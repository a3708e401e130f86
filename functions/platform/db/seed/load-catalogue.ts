import { desc, getTableName } from 'drizzle-orm'
import { earlierOf, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { upgradeItem } from '#shared/domain/service-item/upgrade-item'
import type { Db } from '../../ports/database'
import { calendarYears, countyFacts, serviceItems } from '../schema'
import { textsOf } from './checks/agreements'
import { basesOf, byKey, type KeptField, type Merge, mergeTable, rememberRows } from './merge-table'
import type { Pack } from './pack-schema'
import { canonical, mergedRow } from './row-changes'

/** What the county publishes about itself and the choices of its forms, by the name under which it is read. */
const factsOf = (pack: Pack): Readonly<Record<string, unknown>> => {
  const { sponsor, ...county } = pack.pack
  return {
    county,
    sponsor,
    agreements: textsOf(pack),
    'business-scopes': pack.businessScopes,
    bundles: pack.bundles,
    'correction-rule': pack.correctionRule,
    'credential-kinds': pack.credentialKinds,
    'delivery-methods': pack.choices.deliveryMethods,
    'document-kinds': pack.documentKinds,
    home: pack.home,
    'item-facts': pack.itemFacts,
    'life-events': pack.lifeEvents,
    metrics: pack.metrics,
    'online-depths': pack.choices.onlineDepths,
    policies: pack.policies,
    'proof-rules': pack.proofRules,
    regions: pack.regions,
    'reminder-limits': pack.reminderLimits,
    rhythms: pack.rhythms,
    'service-point-capabilities': pack.choices.servicePointCapabilities,
    'service-point-equipment': pack.choices.servicePointEquipment,
    targets: pack.targets,
  }
}

const loadFacts = async (db: Db, pack: Pack) =>
  mergeTable(
    db,
    countyFacts,
    Object.entries(factsOf(pack)).map(([key, value]) => ({ key, value })),
    await db.select().from(countyFacts),
    ['key'],
  )

const loadCalendars = async (db: Db, pack: Pack) =>
  mergeTable(db, calendarYears, [...pack.calendars], await db.select().from(calendarYears), ['year'])

/**
 * A guide that changed becomes a new version; the one that cases were filed under stays as it is. Fields of a guide
 * that were edited in the product stay so.
 */
async function loadServiceItems(db: Db, pack: Pack, today: PlainDate): Promise<Merge> {
  const table = getTableName(serviceItems)
  const stored = await db
    .selectDistinctOn([serviceItems.id])
    .from(serviceItems)
    .orderBy(serviceItems.id, desc(serviceItems.version))
  const held = stored.map((row) => ({ ...row, guide: upgradeItem(row.guide) }))
  const latest = byKey(held, ['id'])
  const bases = await basesOf(db, table, new Map(held.map(({ id, guide }) => [id, guide])))
  const kept: KeptField[] = []
  const changed = pack.serviceItems.flatMap((item): { guide: ServiceItem; version: number }[] => {
    const before = latest.get(item.id)
    if (!before) return [{ guide: item, version: 1 }]
    const base = bases.get(item.id)
    const merged = mergedRow(item, { ...before.guide }, base && { ...upgradeItem(base) })
    kept.push(...merged.kept.map((field) => ({ table, id: item.id, field })))
    const unchanged = canonical(merged.row) === canonical(before.guide)
    return unchanged ? [] : [{ guide: merged.row, version: before.version + 1 }]
  })
  if (changed.length > 0)
    await db.insert(serviceItems).values(
      changed.map(({ guide, version }) => ({
        id: guide.id,
        version,
        effectiveOn: version > 1 ? today : earlierOf(today, pack.pack.generatedOn),
        guide,
        demo: guide.guideElements['demo'] === true,
      })),
    )
  await rememberRows(db, table, byKey(pack.serviceItems, ['id']))
  return { written: changed.length, kept }
}

/** Guides, calendars and the county's facts. */
export const loadCatalogue = async (db: Db, pack: Pack, today: PlainDate) => ({
  countyFacts: await loadFacts(db, pack),
  calendarYears: await loadCalendars(db, pack),
  serviceItems: await loadServiceItems(db, pack, today),
})
