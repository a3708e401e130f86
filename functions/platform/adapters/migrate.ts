import { sql } from 'drizzle-orm'
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator'
import type { Db } from '../ports/database'

/**
 * Brings the tables up to date, each migration whole or not at all, though several processes start together. drizzle's own
 * migrator, whose notes it goes on with, puts all of them into one transaction: a table that the first has taken would stay
 * taken while the next waits for another, and the two end each other with whoever writes both.
 */
export async function migrate(db: Db, migrationsFolder: string) {
  await db.execute(sql`create schema if not exists drizzle`)
  await db.execute(sql`create table if not exists drizzle.__drizzle_migrations
    (id serial primary key, hash text not null, created_at bigint)`)
  const { rows } = (await db.execute(
    sql`select coalesce(max(created_at), 0)::text as newest from drizzle.__drizzle_migrations`,
  )) as unknown as { rows: readonly { readonly newest: string }[] }
  const newest = Number(rows[0]?.newest)
  for (const migration of readMigrationFiles({ migrationsFolder }).filter(
    ({ folderMillis }) => folderMillis > newest,
  ))
    await db.transaction((own) => run(own, migration))
}

/** Unless another process has run it meanwhile. */
async function run(own: Db, { hash, folderMillis, sql: statements }: MigrationMeta) {
  await own.execute(sql`select pg_advisory_xact_lock(hashtext('drizzle.migrations'))`)
  const { rows } = (await own.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at)
    select ${hash}, ${folderMillis}::bigint where not exists (
      select 1 from drizzle.__drizzle_migrations where created_at >= ${folderMillis}::bigint)
    returning id`)) as unknown as { rows: readonly unknown[] }
  if (rows.length > 0) for (const statement of statements) await own.execute(sql.raw(statement))
}
