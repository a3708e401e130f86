import { sql } from 'drizzle-orm'
import { loadAndTell, type PackCommandContext, readCountyPack } from './load-pack'

/** `reset-demo`: empties every table of the product and loads the pack anew; for a demo only. Answers the exit code. */
export async function run(context: PackCommandContext): Promise<number> {
  if (!context.demo) {
    context.print('只有演示环境可以清空重来。')
    return 1
  }
  const pack = await readCountyPack(context)
  if (!pack) return 1
  const { database } = context
  await database.transaction(async (db) => {
    await db.execute(sql`
      do $$
      declare tables text;
      begin
        select string_agg(format('%I.%I', schemaname, tablename), ', ') into tables
          -- Its one row comes with the migrations, and the log of events goes on after what is gone.
          from pg_tables where schemaname = 'public' and tablename <> 'event_log';
        execute 'truncate ' || tables;
      end $$`)
  })
  await loadAndTell(context, pack)
  return 0
}
