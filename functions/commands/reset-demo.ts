import { sql } from 'drizzle-orm'
import { loadAndTell, type PackCommandContext, readCountyPack } from './load-pack'

/** What the local WeChat keeps of people; its clock, its menu and what it has signed stay. */
const OF_PEOPLE = [
  'people',
  'codes',
  'credits',
  'relations',
  'followers',
  'deliveries',
  'client_messages',
  'allowances',
  'conversation',
  'pushes',
]

/**
 * `reset-demo`: empties every table of the product, and what the local WeChat keeps of people, and loads the pack anew; for a
 * demo only. Answers the exit code.
 */
export async function run(context: PackCommandContext): Promise<number> {
  if (!context.demo) {
    context.print('只有演示环境可以清空重来。')
    return 1
  }
  const pack = await readCountyPack(context)
  if (!pack) return 1
  await emptied(context)
  await loadAndTell(context, pack)
  context.print(
    '本机微信里新来的人、聊天、通知和允许过的也清空了。钟不往回走：要从头一天开始，停下来删掉数据文件夹再启动。',
  )
  return 0
}

const TRIES = 3
const isDeadlock = (cause: unknown): boolean =>
  cause instanceof Error && (('code' in cause && cause.code === '40P01') || isDeadlock(cause.cause))

/** A server that still runs beside it may hold one table and wait for another: then it is tried anew. */
async function emptied(context: PackCommandContext, attempt = 1): Promise<void> {
  try {
    await context.database.transaction(async (db) => {
      const names = sql.raw(OF_PEOPLE.map((name) => `'${name}'`).join(', '))
      await db.execute(sql`
        do $$
        declare tables text;
        begin
          select string_agg(format('%I.%I', schemaname, tablename), ', ') into tables
            -- Its one row comes with the migrations, and the log of events goes on after what is gone.
            from pg_tables where schemaname = 'public' and tablename <> 'event_log'
              or schemaname = 'sandbox' and tablename in (${names});
          execute 'truncate ' || tables;
        end $$`)
    })
  } catch (cause) {
    if (!isDeadlock(cause) || attempt === TRIES) throw cause
    await emptied(context, attempt + 1)
  }
}
