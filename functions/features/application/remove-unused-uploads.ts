import { eq, lte, sql } from 'drizzle-orm'
import { rowsAtMost } from '../../platform/db/parts/rows-at-most'
import { discardedFiles } from '../../platform/db/schema/application'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Files } from '../../platform/ports/files'
import { arrivalKey, keptFolder } from './file-keys'

/** So long a file that no application took is kept. */
export const UNUSED_DAYS = 7
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
        where case_id is null and created_at < ${now}::timestamptz - make_interval(days => ${UNUSED_DAYS}::int)
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
    const rows = await database.db
      .select({ id: discardedFiles.uploadId, keptKey: discardedFiles.keptKey })
      .from(discardedFiles)
      .where(lte(discardedFiles.removeAfter, clock.now()))
      .orderBy(discardedFiles.removeAfter)
      .limit(BATCH)
    for (const { id, keptKey } of rows) {
      const sealed = await files.keysIn(keptFolder(id))
      for (const key of [arrivalKey(id), ...sealed]) if (key !== keptKey) await files.remove(key)
      await database.db.delete(discardedFiles).where(eq(discardedFiles.uploadId, id))
    }
    if (rows.length < BATCH) return
  }
}
