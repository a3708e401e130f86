import { readFile } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { databaseFrom } from '../../../tests/pglite-template'
import type { Database } from '../../platform/ports/database'
import { createReferenceSource } from './reference'

let database: Database
let now = '2026-11-24T01:42:00.000Z' as Instant
const clock = { now: () => now }
beforeAll(async () => {
  database = await databaseFrom(inject('pgliteTemplate'))
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
  await database.rows(sql`update reference_data set revision = revision + 1`)
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
  let loads = 0
  const counted: Database = {
    ...database,
    rows: async (query, ...rest) => {
      const rows = await database.rows(query, ...rest)
      if (rows.some((row) => typeof row === 'object' && row !== null && 'points' in row)) loads += 1
      return rows as never
    },
  }
  const source = createReferenceSource({ database: counted, clock })
  await source.current()
  await addVersion(3, '2026-11-25', '20 元')
  loads = 0
  const seen = await Promise.all(Array.from({ length: 100 }, () => source.current()))
  expect(new Set(seen.map((each) => each.latest('LX-001')?.version))).toEqual(new Set([3]))
  expect(loads).toBe(1)
})
