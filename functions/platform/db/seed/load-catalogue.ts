import { desc } from 'drizzle-orm'
import { earlierOf, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { Db } from '../../ports/database'
import { calendarYears, countyFacts, serviceItems } from '../schema'
import type { Pack } from './pack-schema'
import { canonical, changedRows, excludedColumns } from './row-changes'

/** What the county publishes about itself and the choices of its forms, by the name under which it is read. */
const factsOf = (pack: Pack): Readonly<Record<string, unknown>> => {
  const { sponsor, ...county } = pack.pack
  return {
    county,
    sponsor,
    'business-scopes': pack.businessScopes,
    bundles: pack.bundles,
    'correction-rule': pack.correctionRule,
    'credential-kinds': pack.credentialKinds,
    'delivery-methods': pack.choices.deliveryMethods,
    'document-kinds': pack.documentKinds,
    'item-facts': pack.itemFacts,
    'life-events': pack.lifeEvents,
    metrics: pack.metrics,
    'online-depths': pack.choices.onlineDepths,
    policies: pack.policies,
    'proof-rules': pack.proofRules,
    regions: pack.regions,
    rhythms: pack.rhythms,
    'service-point-capabilities': pack.choices.servicePointCapabilities,
    'service-point-equipment': pack.choices.servicePointEquipment,
    targets: pack.targets,
  }
}

async function loadFacts(db: Db, pack: Pack) {
  const wanted = Object.entries(factsOf(pack)).map(([key, value]) => ({ key, value }))
  const changed = changedRows(wanted, await db.select().from(countyFacts), ['key'])
  if (changed.length > 0)
    await db
      .insert(countyFacts)
      .values(changed)
      .onConflictDoUpdate({ target: countyFacts.key, set: excludedColumns(countyFacts) })
  return changed.length
}

async function loadCalendars(db: Db, pack: Pack) {
  const changed = changedRows([...pack.calendars], await db.select().from(calendarYears), ['year'])
  if (changed.length > 0)
    await db
      .insert(calendarYears)
      .values(changed)
      .onConflictDoUpdate({ target: calendarYears.year, set: excludedColumns(calendarYears) })
  return changed.length
}

/** A guide that changed becomes a new version; the one that cases were filed under stays as it is. */
async function loadServiceItems(db: Db, pack: Pack, today: PlainDate) {
  const held = await db
    .selectDistinctOn([serviceItems.id])
    .from(serviceItems)
    .orderBy(serviceItems.id, desc(serviceItems.version))
  const latest = new Map(held.map((row) => [row.id, row]))
  const changed = pack.serviceItems.filter(
    (item) => canonical(latest.get(item.id)?.guide) !== canonical(item),
  )
  if (changed.length === 0) return 0
  await db.insert(serviceItems).values(
    changed.map((guide) => {
      const before = latest.get(guide.id)
      return {
        id: guide.id,
        version: (before?.version ?? 0) + 1,
        effectiveOn: before ? today : earlierOf(today, pack.pack.generatedOn),
        guide,
        demo: guide.guideElements['demo'] === true,
      }
    }),
  )
  return changed.length
}

/** Guides, calendars and the county's facts; answers how many rows were written. */
export const loadCatalogue = async (db: Db, pack: Pack, today: PlainDate) => ({
  countyFacts: await loadFacts(db, pack),
  calendarYears: await loadCalendars(db, pack),
  serviceItems: await loadServiceItems(db, pack, today),
})
