import { readFileSync } from 'node:fs'
import { CALENDAR_2026 } from '#shared/domain/time-limit/calendar-fixture'
import type { Reference } from '../../functions/features/service-item'

type Units = Reference['units']
type Unit = Units extends ReadonlyMap<string, infer Each> ? Each : never
type Packed = Omit<Unit, 'kind' | 'parentId' | 'shortName'> & { readonly shortName?: string }

const packed = <Shape>(file: string): Shape =>
  JSON.parse(readFileSync(new URL(`../../drizzle/packs/langxi/${file}.json`, import.meta.url), 'utf8'))

const LACKING = { phone: null, documentPrefix: null, reviewAuthority: null, court: null }
/** Towns and villages are called as they are named. */
const called = (each: Packed) => ({ ...LACKING, shortName: each.name, ...each })

function readUnits(): Units {
  const { county, departments, towns, villages } = packed<{
    county: Packed
    departments: readonly Packed[]
    towns: readonly Packed[]
    villages: readonly (Packed & { readonly townId: string })[]
  }>('units')
  const all: readonly Unit[] = [
    { ...called(county), kind: 'county', parentId: null },
    ...departments.map((each): Unit => ({ ...called(each), kind: 'department', parentId: county.id })),
    ...towns.map((each): Unit => ({ ...called(each), kind: 'town', parentId: county.id })),
    ...villages.map((each): Unit => ({ ...called(each), kind: 'village', parentId: each.townId })),
  ]
  return new Map(all.map((unit) => [unit.id, unit]))
}

const facts = new Map([['document-kinds', packed<unknown>('document-kinds')]])
const STAFF: Readonly<Record<string, string>> = { first: '程小满', second: '陶小暑', head: '李谷雨' }

/** What papers are worded with, out of the county's pack and without a database. */
export const COUNTY = {
  units: readUnits(),
  calendar: CALENDAR_2026,
  staffName: (id: string) => STAFF[id],
  fact: (key: string) => facts.get(key),
} as unknown as Reference

/** Of 大梁村 in 梅渚镇. */
export const PLACES = { villageId: '341821105200', townId: '341821105' }
