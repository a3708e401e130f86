import { sql } from 'drizzle-orm'
import { dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { createSearchIndex, type SearchIndex } from '#shared/domain/service-item/search'
import { upgradeItem } from '#shared/domain/service-item/upgrade-item'
import { revisionOf } from '../../platform/db/parts/revision'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'

/** Guides in their versions and what the county publishes about itself. */
export interface Catalogue {
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

interface ItemVersion {
  readonly id: string
  readonly version: number
  /** YYYY-MM-DD: from this day on new applications are filed under it. */
  readonly effectiveOn: string
  readonly demo: boolean
  readonly guide: ServiceItem
}

interface Rows {
  readonly revision: number
  /** `guide` is null for a version that was named as held. */
  readonly items: readonly (Omit<ItemVersion, 'guide'> & { readonly guide: unknown })[]
  readonly facts: readonly { readonly key: string; readonly value: unknown }[]
}

const keyOf = ({ id, version }: Pick<ItemVersion, 'id' | 'version'>) => `${id}@${version}`

/** Each time the catalogue as of one revision; a guide in its version never changes and comes from the database once. */
export function createCatalogueLoader({
  database,
  clock,
}: {
  readonly database: Database
  readonly clock: Clock
}) {
  let held: ReadonlyMap<string, ServiceItem> = new Map()
  return async () => {
    const [row] = await database.rows<Rows>(sql`with held as materialized (
        select key from json_array_elements_text(${JSON.stringify([...held.keys()])}::json) h(key))
      select ${revisionOf('catalogue')} as revision,
        (select coalesce(json_agg(json_build_object('id', i.id, 'version', i.version, 'effectiveOn', i.effective_on,
          'demo', i.demo, 'guide', case when h.key is null then i.guide end)), '[]'::json)
          from service_items i left join held h on h.key = i.id || '@' || i.version) as items,
        (select coalesce(json_agg(json_build_object('key', key, 'value', value)), '[]'::json) from county_facts) as facts`)
    if (!row) throw new Error('the catalogue cannot be read')
    const known = held
    const versions = row.items.flatMap((each): ItemVersion[] => {
      const guide = each.guide === null ? known.get(keyOf(each)) : upgradeItem(each.guide)
      return guide === undefined ? [] : [{ ...each, guide }]
    })
    held = new Map(versions.map((each) => [keyOf(each), each.guide]))
    return { revision: row.revision, catalogue: catalogueOf(versions, row.facts, clock) }
  }
}

/** The guides in effect today: made anew when the day changes, since a version may have been waiting for it. */
function inEffect(versions: readonly ItemVersion[], clock: Clock) {
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

function catalogueOf(versions: readonly ItemVersion[], listed: Rows['facts'], clock: Clock): Catalogue {
  const current = inEffect(versions, clock)
  const guides = new Map(versions.map((each) => [keyOf(each), each.guide]))
  const facts = new Map(listed.map(({ key, value }) => [key, value]))
  return {
    latest: (itemId) => current().latest.get(itemId),
    at: (itemId, version) => {
      const item = guides.get(keyOf({ id: itemId, version }))
      if (!item) throw new Error(`no version ${version} of ${itemId}`)
      // What is sensitive today is so in a case that was filed under an older guide.
      return { ...item, confidential: current().latest.get(itemId)?.item.confidential ?? item.confidential }
    },
    get items() {
      return current().items
    },
    get searchIndex() {
      return current().searchIndex
    },
    fact: <Value>(key: string, otherwise?: Value) => {
      const value = (facts.get(key) ?? otherwise) as Value | undefined
      if (value === undefined) throw new Error(`the county pack has no ${key}`)
      return value
    },
  }
}
