import { sql } from 'drizzle-orm'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Files } from '../../platform/ports/files'

const KEPT_DAYS = 7
const BATCH = 200

/** Removes files that no application took within a week; rows last, so that a crash leaves no file without one. */
export async function removeUnusedUploads(deps: {
  readonly database: Database
  readonly files: Files
  readonly clock: Clock
}) {
  const before = sql`${deps.clock.now()}::timestamptz - make_interval(days => ${KEPT_DAYS})`
  let removed = 0
  for (;;) {
    const rows = await deps.database.rows<{
      id: string
      storageKey: string
    }>(sql`select id, storage_key as "storageKey"
      from uploads where case_id is null and created_at < ${before} order by id limit ${BATCH}`)
    for (const { id, storageKey } of rows) {
      await deps.files.remove(storageKey)
      await deps.files.remove(`${storageKey}.sealed`)
      await deps.database.rows(sql`delete from uploads where id = ${id}::uuid and case_id is null`)
    }
    removed += rows.length
    if (rows.length < BATCH) return removed
  }
}
