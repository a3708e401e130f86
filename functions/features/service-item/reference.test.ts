import { readFile } from 'node:fs/promises'
import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { countedUp } from '../../platform/db/parts/revision'
import type { Database } from '../../platform/ports/database'
import { createReferenceSource } from './reference'

let database: Database
let now = '2026-11-24T01:42:00.000Z' as Instant
const clock = { now: () => now }
beforeAll(async () => {
  database = await openEmptyDatabase()
  await database.rows(sql`insert into reference_data (revision) values (1)`)
  await addVersion(1, '2026-01-01', '免费')
})
afterAll(() => database.close())

const addVersion = async (version: number, effectiveOn: string, fee: string) => {
  const guide = {
    ...JSON.parse(await readFile('drizzle/packs/langxi/service-items/LX-001.json', 'utf8')),
    fee,
  }
  await database.rows(sql`insert into service_items (id, version, effective_on, guide, demo)
    values ('LX-001', ${version}, ${effectiveOn}, ${JSON.stringify(guide)}::jsonb, true)`)
  await database.rows(sql`update reference_data set ${countedUp(['catalogue'])}`)
}

const PARTS = { items: 'catalogue', years: 'calendar', points: 'registry' } as const

/** A source that has loaded everything; `loaded` is what it reads from then on. */
async function counted() {
  const loaded = { parts: [] as string[], guides: [] as string[] }
  const note = (columns: object) =>
    loaded.parts.push(...Object.entries(PARTS).flatMap(([column, part]) => (column in columns ? [part] : [])))
  const rows = async (query: SQL) => {
    const [row, ...others] = await database.rows<{ items?: Record<string, unknown>[] }>(query)
    note(row ?? {})
    const read = row?.items?.filter(({ guide }) => guide !== null) ?? []
    loaded.guides.push(...read.map(({ id, version }) => `${id}@${version}`))
    return [row, ...others] as never
  }
  const { db } = database
  const select = (columns: Parameters<typeof db.select>[0]) => {
    note(columns)
    return db.select(columns)
  }
  const watched = { ...database, rows, db: Object.assign(Object.create(db), { select }) }
  const source = createReferenceSource({ database: watched, clock })
  await source.current()
  loaded.parts = []
  loaded.guides = []
  return { source, loaded }
}

test('tomorrow’s version is not visible today, and is tomorrow without anybody loading it', async () => {
  const source = createReferenceSource({ database, clock })
  await addVersion(2, '2026-11-25', '10 元')
  const reference = await source.current()
  expect(reference.latest('LX-001')).toMatchObject({ version: 1, item: { fee: '免费' } })
  expect(reference.items).toMatchObject([{ fee: '免费' }])
  expect(reference.at('LX-001', 2)).toMatchObject({ fee: '10 元' })
  now = '2026-11-24T16:00:00.000Z' as Instant
  expect(reference.latest('LX-001')).toMatchObject({ version: 2, item: { fee: '10 元' } })
  expect(reference.items).toMatchObject([{ fee: '10 元' }])
})

test('100 requests that see a new revision load it once, and none goes on with the old one', async () => {
  const { source, loaded } = await counted()
  await addVersion(3, '2026-11-25', '20 元')
  const seen = await Promise.all(Array.from({ length: 100 }, () => source.current()))
  expect(new Set(seen.map((each) => each.latest('LX-001')?.version))).toEqual(new Set([3]))
  expect(loaded.parts).toEqual(['catalogue'])
})

test('a change of one part reads that part alone, and no guide a second time', async () => {
  const { source, loaded } = await counted()
  const change = (columns: string) =>
    database.rows(sql.raw(`update reference_data set revision = revision + 1 ${columns}`))
  await change(', registry = registry + 1')
  await source.current()
  expect(loaded).toEqual({ parts: ['registry'], guides: [] })
  await change(', calendar = calendar + 1')
  await source.current()
  expect(loaded).toEqual({ parts: ['registry', 'calendar'], guides: [] })
  loaded.parts = []
  await addVersion(4, '2026-12-25', '30 元')
  const { at } = await source.current()
  expect(loaded).toEqual({ parts: ['catalogue'], guides: ['LX-001@4'] })
  expect([at('LX-001', 1).fee, at('LX-001', 4).fee]).toEqual(['免费', '30 元'])
  // A server of the version before, or an operator, counts the whole alone: it may have been any part.
  loaded.parts = []
  await change('')
  await source.current()
  expect(loaded.parts.sort()).toEqual(['calendar', 'catalogue', 'registry'])
})
