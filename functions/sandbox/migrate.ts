import { type SQL, sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Database } from '../platform/ports/database'

import { sandbox } from './schema'

const schema = sql.identifier(sandbox.schemaName)

/**
 * Brings the schema `sandbox` up to date, each migration once though several processes start together.
 * drizzle's own migrators belong to one driver each and create the schema before the first migration does.
 */
export async function migrateSandbox(database: Database, migrationsFolder: string) {
  const migrations = readMigrationFiles({ migrationsFolder })
  await database.transaction(async (db) => {
    const rows = async <Row>(statement: SQL) =>
      ((await db.execute(statement)) as unknown as { rows: readonly Row[] }).rows
    await db.execute(sql`select pg_advisory_xact_lock(hashtext('sandbox.migrations'))`)
    const [table] = await rows<{ name: string | null }>(
      sql`select to_regclass('sandbox.migrations')::text as name`,
    )
    const done = table?.name ? await rows<{ hash: string }>(sql`select hash from ${schema}.migrations`) : []
    const hashes = new Set(done.map((row) => row.hash))
    for (const migration of migrations.filter((candidate) => !hashes.has(candidate.hash))) {
      for (const statement of migration.sql) await db.execute(sql.raw(statement))
      await db.execute(sql`create table if not exists ${schema}.migrations (hash text primary key)`)
      await db.execute(sql`insert into ${schema}.migrations (hash) values (${migration.hash})`)
    }
  })
}
