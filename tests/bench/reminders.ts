import { sql } from 'drizzle-orm'
import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import Redis from 'ioredis'
import pg from 'pg'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { USUAL_LIMITS } from '#shared/domain/reminder/limits'
import { createDrain } from '../../functions/features/reminder'
import { sealBody } from '../../functions/features/reminder/body'
import { createAesCipher } from '../../functions/platform/adapters/cipher'
import { createLog } from '../../functions/platform/adapters/log'
import { createPostgresDatabase } from '../../functions/platform/adapters/postgres'
import { createRedisCommands } from '../../functions/platform/adapters/redis'
import { createRedisCache } from '../../functions/platform/adapters/redis-cache'
import { createRedisLimiter } from '../../functions/platform/adapters/redis-limiter'
import { systemIds } from '../../functions/platform/adapters/system'
import { createWechat } from '../../functions/platform/adapters/wechat'
import { readMessageTemplates } from '../../functions/platform/config/message-templates'
import type { Limiter } from '../../functions/platform/ports/limiter'
import type { Wechat } from '../../functions/platform/ports/wechat'
import { startCountingWechat } from '../services/counting-wechat'
import { createDatabase, places } from '../services/databases'
import { type Line, rounded } from './race'

// The outbox: claimed, begun, sent and settled, against what claims and acknowledges alone.

const NOW = '2026-11-24T01:42:00.000Z' as Instant
const CARD = 'YX-CASE-PROGRESS'
const ACCOUNT = { appid: 'wx0123456789abcdef', secret: 'local' }
const WORKERS = 4
const BATCH = 200
const CONNECTIONS = 9
const AT_ONCE = 1000
const quiet = () => undefined

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: new Uint8Array(32) }],
  indexSecret: new Uint8Array(32),
})
type Outbox = ReturnType<typeof createPostgresDatabase>

/** To so many people one each, with a consent for it, due now. */
async function plan(database: Outbox, count: number) {
  for (let from = 0; from < count; from += AT_ONCE) {
    const rows = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, nth) => {
      const id = systemIds.next()
      const body = { title: '办件有进展', lines: [], page: `features/case/timeline?id=${id}`, data: {} }
      return {
        id,
        eventId: systemIds.next(),
        profileId: systemIds.next(),
        identityId: systemIds.next(),
        openid: `o-${from + nth}`,
        bodySealed: sealBody(cipher, id, body),
      }
    })
    await database.rows(sql`with r as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(id uuid, "eventId" uuid, "profileId" uuid, "identityId" uuid, openid text, "bodySealed" text)),
      p as (insert into profiles (id, real_name_level, created_at, demo) select "profileId", 2, ${NOW}::timestamptz, true from r),
      i as (insert into wechat_identities (id, appid, openid, profile_id, created_at)
        select "identityId", ${ACCOUNT.appid}, openid, "profileId", ${NOW}::timestamptz from r),
      c as (insert into consent_credits (openid, template_id, credits, reset_at, updated_at)
        select openid, ${CARD}, 9, ${NOW}::timestamptz, ${NOW}::timestamptz from r)
      insert into reminders (id, event_id, kind, recipient, urgent, template_id, body_sealed, channel, created_at, available_at)
      select id, "eventId", 'accepted', 'profile:' || "profileId", true, ${CARD}, "bodySealed", 'subscribe',
        ${NOW}::timestamptz, ${NOW}::timestamptz from r`)
  }
}

/** As much again that went out the day before: a table that begins empty is planned for as one that stays so. */
const sentBefore = (database: Outbox) =>
  database.rows(sql`with before as (insert into reminders (id, event_id, kind, recipient, urgent, template_id, body_sealed, channel,
      created_at, available_at, sent_at)
    select gen_random_uuid(), gen_random_uuid(), kind, recipient, urgent, template_id, body_sealed, channel,
      created_at - interval '1 day', available_at - interval '1 day', created_at - interval '1 day' from reminders
    returning id, recipient, channel, template_id, created_at)
    insert into deliveries (id, reminder_id, recipient, channel, attempt, template_id, openid, begun_at, ended_at, outcome, spent_consent)
    select gen_random_uuid(), b.id, b.recipient, b.channel, 1, b.template_id, i.openid, b.created_at, b.created_at, 'sent', true
    from before b join wechat_identities i on 'profile:' || i.profile_id = b.recipient`)

/** All of it due once more, as if it had never gone out, without what the former side left dead in the tables. */
async function arm(database: Outbox) {
  await database.rows(sql`delete from deliveries where begun_at >= ${NOW}::timestamptz`)
  await database.rows(sql`update reminders set sent_at = null, lease_token = null, leased_until = null, may_be_out = false
    where created_at >= ${NOW}::timestamptz`)
  await database.rows(sql`vacuum full analyze`)
}

async function perSecond(loops: number, next: () => Promise<number>) {
  const started = performance.now()
  const done = await Promise.all(
    Array.from({ length: loops }, async () => {
      let sum = 0
      for (let last = await next(); last > 0; last = await next()) sum += last
      return sum
    }),
  )
  const count = done.reduce((sum, each) => sum + each, 0)
  return { count, perSecond: (count / (performance.now() - started)) * 1000 }
}

const GRANTS: Limiter = {
  reserve: async (_limits, at) => ({ kind: 'granted', at, epoch: 'never-forgets' }),
  release: async () => undefined,
  use: async () => undefined,
  restore: async () => undefined,
  stands: async () => true,
}
const TAKES: Pick<Wechat, 'sendReminder'> = { sendReminder: async () => ({ kind: 'sent', messageId: null }) }
const NO_LIMITS = { ...USUAL_LIMITS, templatePerMinute: 1_000_000_000 }

const drainOf = (database: Outbox, limiter: Limiter, wechat: Pick<Wechat, 'sendReminder'>) =>
  createDrain({
    database,
    limiter,
    wechat,
    rules: async () => ({ limits: NO_LIMITS, calendar: new Map() }),
    cipher,
    clock: { now: () => NOW },
    ids: systemIds,
    log: createLog('silent'),
    appid: ACCOUNT.appid,
    templates: { has: () => true },
    sms: null,
  })

const ours = (database: Outbox, limiter: Limiter, wechat: Pick<Wechat, 'sendReminder'>) => {
  const drain = drainOf(database, limiter, wechat)
  return perSecond(WORKERS, async () => (await drain({ batch: BATCH })).claimed)
}

/** As one would write it in an hour: a batch is leased, and all of it is marked as sent. It knows no person, limit, consent or crash. */
const byHand = (database: Outbox) =>
  perSecond(WORKERS, async () => {
    const token = systemIds.next()
    const rows = await database.rows<{ id: string }>(sql`update reminders r set lease_token = ${token}::uuid,
        leased_until = ${NOW}::timestamptz + interval '2 minutes'
      from (select id from reminders where sent_at is null and failed_at is null and dropped_at is null
          and available_at <= ${NOW}::timestamptz and (leased_until is null or leased_until <= ${NOW}::timestamptz)
        order by urgent desc nulls first, available_at, id limit ${BATCH}::int for update skip locked) due
      where r.id = due.id returning r.id, r.recipient, r.template_id, r.body_sealed`)
    if (rows.length > 0)
      await database.rows(sql`update reminders set sent_at = ${NOW}::timestamptz, lease_token = null, leased_until = null
        where id = any(array(select jsonb_array_elements_text(${JSON.stringify(rows.map(({ id }) => id))}::jsonb)::uuid))
          and lease_token = ${token}::uuid`)
    return rows.length
  })

/** A queue that is kept by others, with as many jobs of no work. */
async function byQueue(url: string, count: number) {
  const logger = new Logger(() => quiet)
  // Ours: of its own nobody knows when the last connection has ended.
  const pgPool = new pg.Pool({ connectionString: url, max: CONNECTIONS + 1 })
  pgPool.on('error', quiet)
  const utils = await makeWorkerUtils({ pgPool, logger })
  await utils.migrate()
  await utils.withPgClient((client) =>
    client.query(
      `select graphile_worker.add_jobs(array(select json_populate_record(null::graphile_worker.job_spec,
        json_build_object('identifier', 'send', 'payload', json_build_object('id', n))) from generate_series(1, $1::int) n))`,
      [count],
    ),
  )
  let [done, started] = [0, 0]
  let finish = quiet as () => void
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const send = async () => {
    if (done === 0) started = performance.now()
    done += 1
    if (done === count) finish()
  }
  const runner = await run({
    pgPool,
    concurrency: 24,
    noHandleSignals: true,
    logger,
    taskList: { send },
  })
  await finished
  const seconds = (performance.now() - started) / 1000
  await runner.stop()
  await utils.release()
  await pgPool.end()
  return count / seconds
}

/** With the limits in Redis and a call over HTTP for each. */
async function wholePath(database: Outbox) {
  const { redis } = places()
  const client = new Redis(redis)
  await client.flushall()
  client.disconnect()
  const commands = createRedisCommands(redis, quiet)
  const wechat = await startCountingWechat(() => Date.parse(NOW))
  const sender = createWechat({
    base: wechat.base,
    miniProgram: ACCOUNT,
    officialAccount: ACCOUNT,
    cache: createRedisCache(commands),
    clock: { now: () => NOW },
    templates: readMessageTemplates(undefined),
    fetch,
  })
  const measured = await ours(database, createRedisLimiter(commands), sender)
  await wechat.close()
  await commands.close()
  return measured
}

/** Each line of the outbox, in one run; `count` are planned. */
export async function compareReminders(
  say: (line: Line) => void,
  { count }: { readonly count: number },
): Promise<void> {
  const url = await createDatabase()
  const database = createPostgresDatabase(url, { connections: CONNECTIONS, onError: quiet })
  try {
    await database.migrate('drizzle')
    await plan(database, count)
    await sentBefore(database)
    const run = async (side: () => Promise<{ count: number; perSecond: number }>) => {
      await arm(database)
      const measured = await side()
      if (measured.count !== count) throw new Error(`of ${count} reminders ${measured.count} were claimed`)
      return measured.perSecond
    }
    const [empty, hand, whole] = [
      await run(() => ours(database, GRANTS, TAKES)),
      await run(() => byHand(database)),
      await run(() => wholePath(database)),
    ]
    const queue = await byQueue(url, count)
    for (const [name, mine, baseline] of [
      ['reminders against a loop by hand: per second', empty, hand],
      ['reminders against a kept queue: per second', empty, queue],
      ['reminders by limiter and HTTP against none: per second', whole, empty],
    ] as const)
      say({
        name,
        ours: rounded(mine, 0),
        baseline: rounded(baseline, 0),
        ratio: rounded(mine / baseline, 3),
      })
  } finally {
    await database.close()
  }
}
