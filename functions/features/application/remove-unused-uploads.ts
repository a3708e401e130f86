import { sql } from 'drizzle-orm'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Files } from '../../platform/ports/files'
import { arrivalKey, keptFolder } from './file-keys'

const KEPT_DAYS = 7
const BATCH = 200

interface RemovalDeps {
  readonly database: Database
  readonly files: Files
  readonly clock: Clock
}

/**
 * Removes files that no application took within a week. A row goes first, in the statement that notes its files: from
 * then on no application can take them, and one that took them before keeps them.
 */
export async function removeUnusedUploads(deps: RemovalDeps): Promise<number> {
  const now = deps.clock.now()
  let removed = 0
  for (;;) {
    const rows = await deps.database.rows(sql`with unused as (
        select id from uploads
        where case_id is null and created_at < ${now}::timestamptz - make_interval(days => ${KEPT_DAYS}::int)
        order by id limit ${rowsAtMost(BATCH)} for update skip locked
      ), gone as (delete from uploads using unused where uploads.id = unused.id returning uploads.id)
      insert into discarded_files (upload_id, kept_key, remove_after)
      select id, null, ${now}::timestamptz from gone returning upload_id`)
    removed += rows.length
    if (rows.length < BATCH) break
  }
  await removeDiscardedFiles(deps)
  return removed
}

/** Removes the files that were noted, but for the one that the case keeps; a crash leaves the note for the next run. */
async function removeDiscardedFiles({ database, files, clock }: RemovalDeps) {
  for (;;) {
    const rows = await database.rows<{ id: string; keptKey: string | null }>(sql`select upload_id as id,
      kept_key as "keptKey" from discarded_files where remove_after <= ${clock.now()}::timestamptz
      order by remove_after limit ${rowsAtMost(BATCH)}`)
    for (const { id, keptKey } of rows) {
      const sealed = await files.keysIn(keptFolder(id))
      for (const key of [arrivalKey(id), ...sealed]) if (key !== keptKey) await files.remove(key)
      await database.rows(sql`delete from discarded_files where upload_id = ${id}::uuid`)
    }
    if (rows.length < BATCH) return
  }
}
