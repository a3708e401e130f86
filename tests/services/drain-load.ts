import { type ChildProcess, spawn } from 'node:child_process'
import { sql } from 'drizzle-orm'
import Redis from 'ioredis'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { limitsFor, USUAL_LIMITS } from '#shared/domain/reminder/limits'
import { sealBody } from '../../functions/features/reminder/body'
import { UNDER_WAY } from '../../functions/features/reminder/outbox-fixture'
import { createAesCipher } from '../../functions/platform/adapters/cipher'
import { createPostgresDatabase } from '../../functions/platform/adapters/postgres'
import { systemIds } from '../../functions/platform/adapters/system'
import { type Handed, startCountingWechat } from './counting-wechat'
import { createDatabase, places } from './databases'
import { createScaledClock, type Scale } from './scaled-clock'
import { MORROW } from './tomorrow'

/** What a worker process is told. */
export interface WorkerTask {
  readonly name: string
  readonly scale: Scale
  readonly databaseUrl: string
  readonly redisUrl: string
  readonly wechatBase: string
  readonly account: { readonly appid: string; readonly secret: string }
  readonly batch: number
  readonly leaseSeconds: number
  /** For how long it begins more, of the machine's time, and ends then; null: until nothing is left. */
  readonly seconds: number | null
}

interface LoadOptions {
  readonly reminders: number
  /** The bundled worker. */
  readonly script: string
}

interface WorkerOptions extends LoadOptions {
  readonly workers: number
  /** How many workers are killed midway, at random. */
  readonly kills: number
}

interface FunctionOptions extends LoadOptions {
  /** How long one begins more, and when the platform ends it, whatever it is at. */
  readonly seconds: number
  readonly endedAfter: number
}

const ACCOUNT = { appid: 'wx0123456789abcdef', secret: 'local' }
const TEMPLATES = ['YX-CASE-PROGRESS', 'YX-CASE-RESULT']
// Nine of ten are of the first template, so that a full load runs into its limit for a minute.
const templateOf = (index: number) => TEMPLATES[index % 10 === 9 ? 1 : 0]
// The first half goes to people with seven each, who run into the day's limit, the rest to people with one. Each is told by itself.
const PER_PERSON = 7
const MORNING = '2026-11-24T01:42:00.000Z' as Instant
// A minute of the limits passes in fifteen seconds.
const SPEED = 4

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: new Uint8Array(32) }],
  indexSecret: new Uint8Array(32),
})

function chunks<Value>(values: readonly Value[], size: number): Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  )
}

/** People with consents for everything that is planned for them, and their reminders, due now. */
async function plan(database: ReturnType<typeof createPostgresDatabase>, count: number, now: Instant) {
  const busy = Math.ceil(count / 2 / PER_PERSON)
  const people = Array.from({ length: busy + Math.ceil(count / 2) }, (_, index) => ({
    profileId: systemIds.next(),
    identityId: systemIds.next(),
    openid: `o-${index}`,
  }))
  const reminders = Array.from({ length: count }, (_, index) => {
    const id = systemIds.next()
    const body = { title: '办件有进展', lines: [], page: `features/case/timeline?id=${id}`, data: {} }
    return {
      id,
      eventId: systemIds.next(),
      recipient: `profile:${people[index < count / 2 ? index % busy : busy + index - Math.ceil(count / 2)]?.profileId}`,
      templateId: templateOf(index),
      bodySealed: sealBody(cipher, id, body),
    }
  })
  const list = (values: unknown) => sql`${JSON.stringify(values)}::jsonb`
  await database.rows(sql`with people as (
      select * from jsonb_to_recordset(${list(people)}) as p("profileId" uuid, "identityId" uuid, openid text)
    ), profiled as (insert into profiles (id, real_name_level, created_at, demo)
      select "profileId", 2, ${now}::timestamptz, true from people)
    insert into wechat_identities (id, appid, openid, profile_id, created_at)
      select "identityId", ${ACCOUNT.appid}, openid, "profileId", ${now}::timestamptz from people`)
  await database.rows(sql`with people as (select p.openid, t.id as template_id from
     jsonb_to_recordset(${list(people)}) as p(openid text),
      jsonb_array_elements_text(${list(TEMPLATES)}) as t(id)),
    opened as (insert into consent_entries (key, openid, template_id, kind, at, credits)
      select 'opening:' || openid || ':' || template_id, openid, template_id, 'opening', ${now}::timestamptz, ${PER_PERSON}::int
      from people)
    insert into consent_credits (openid, template_id, credits, reset_at, updated_at)
      select openid, template_id, ${PER_PERSON}::int, ${now}::timestamptz, ${now}::timestamptz from people`)
  for (const part of chunks(reminders, 500)) {
    await database.rows(sql`insert into reminders (id, event_id, kind, recipient, urgent, template_id, body_sealed,
        channel, created_at, available_at)
      select r.id, r."eventId", 'accepted', r.recipient, true, r."templateId", r."bodySealed", 'subscribe',
        ${now}::timestamptz, ${now}::timestamptz
      from jsonb_to_recordset(${list(part)}) as r(id uuid, "eventId" uuid, recipient text, "templateId" text,
        "bodySealed" text)`)
  }
}

const maximumOf = (name: string) =>
  limitsFor(
    {
      recipientKind: 'resident',
      urgent: true,
      recipientKey: 'anybody',
      templateId: 'any',
      account: 'any',
      day: '2026-11-24' as never,
    },
    USUAL_LIMITS,
  ).find((limit) => limit.name === name)?.max ?? 0

const countBy = (handed: readonly Handed[], key: (each: Handed) => string) => {
  const counts = new Map<string, number>()
  for (const each of handed) counts.set(key(each), (counts.get(key(each)) ?? 0) + 1)
  return counts
}

/** The most messages that WeChat was handed within any minute. */
function worstMinute(handed: readonly Handed[]): number {
  const times = handed.map(({ at }) => at).sort((a, b) => a - b)
  return Math.max(0, ...times.map((end, index) => index + 1 - times.findIndex((at) => at > end - 60_000)))
}

const LEFT = sql`select 1 from reminders where sent_at is null and dropped_at is null and available_at < ${MORROW}::timestamptz limit 1`

interface StoredReminder {
  readonly id: string
  readonly channel: string
  readonly because: string | null
  readonly done: boolean
  /** The day has no push left for it: it waits for the morning. */
  readonly tomorrow: boolean
}

function judge(handed: readonly Handed[], stored: readonly StoredReminder[], killed: readonly Kill[]) {
  const calls = countBy(handed, ({ reminderId }) => reminderId)
  const outcomes = countBy([], () => '')
  for (const { channel, because } of stored) {
    const outcome = because ?? channel
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }
  const repeated = [...calls].filter(([, count]) => count > 1).map(([id]) => id)
  // Stated window: begun by a worker before it died, and without an outcome at that moment.
  const isAccountedFor = (id: string) => {
    const [first] = handed.filter(({ reminderId }) => reminderId === id)
    const kill = killed.find(({ name }) => name === first?.worker)
    return calls.get(id) === 2 && kill !== undefined && kill.underWay.has(id)
  }
  const unknown = new Set(stored.filter(({ because }) => because === 'outcome-unknown').map(({ id }) => id))
  const sentByWechat = stored.filter(
    ({ channel, because, done }) => done && channel === 'subscribe' && because === null,
  )
  return {
    calls: handed.length,
    outcomes: Object.fromEntries(outcomes),
    lost:
      stored.filter(({ done, tomorrow }) => !done && !tomorrow).length +
      sentByWechat.filter(({ id }) => !calls.has(id)).length,
    duplicates: repeated.length,
    /** Begun by a worker that was killed before it called WeChat, and never sent by another; who lives gives the consent back. */
    begunInVain: new Set(
      killed.flatMap(({ underWay }) => [...underWay].filter((id) => !calls.has(id) && unknown.has(id))),
    ).size,
    duplicatesUnaccountedFor: repeated.filter((id) => !isAccountedFor(id)).length,
    perMinute: {
      allowed: maximumOf('template-per-minute'),
      worst: Math.max(
        ...TEMPLATES.map((id) => worstMinute(handed.filter(({ templateId }) => templateId === id))),
      ),
    },
    perPersonAndDay: {
      allowed: maximumOf('person-per-day'),
      worst: Math.max(...countBy(handed, ({ openid }) => openid).values()),
    },
  }
}

interface Kill {
  readonly name: string
  /** Reminders whose call was begun and had no outcome when the worker was gone. */
  readonly underWay: ReadonlySet<string>
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise<number | null>((resolve) => child.once('exit', resolve))

/** A database with reminders that are due, an empty store of the limits, and a WeChat that counts. */
async function openLoad({ reminders, script }: LoadOptions) {
  const { redis: redisUrl } = places()
  const redis = new Redis(redisUrl)
  await redis.flushall()
  redis.disconnect()
  const databaseUrl = await createDatabase()
  const database = createPostgresDatabase(databaseUrl, { connections: 4, onError: () => undefined })
  await database.migrate('drizzle')
  await plan(database, reminders, MORNING)

  const scale: Scale = { from: MORNING, startedAt: Date.now(), speed: SPEED }
  const wechat = await startCountingWechat(createScaledClock(scale).milliseconds)
  const shared = { scale, databaseUrl, redisUrl, wechatBase: wechat.base, account: ACCOUNT }
  const codes: (number | null)[] = []
  const killed: Kill[] = []
  return {
    wechat,
    isLeft: async () => (await database.rows(LEFT)).length > 0,
    start: (name: string, seconds: number | null = null) => {
      const task: WorkerTask = { ...shared, name, batch: 25, leaseSeconds: 30, seconds }
      const env = { ...process.env, WORKER_TASK: JSON.stringify(task) }
      const child = spawn(process.execPath, [script], { env, stdio: 'inherit' })
      return { child, ended: ended(child).then((code) => codes.push(code)) }
    },
    kill: async (name: string, child: ChildProcess | undefined) => {
      child?.kill('SIGKILL')
      if (child) await ended(child)
      const rows = await database.rows<{ id: string }>(UNDER_WAY)
      killed.push({ name, underWay: new Set(rows.map(({ id }) => id)) })
    },
    report: async () => {
      const seconds = (Date.now() - scale.startedAt) / 1000
      const stored = await database.rows<StoredReminder>(
        sql`select id, channel, because, sent_at is not null as done,
          put_off and not may_be_out and available_at >= ${MORROW}::timestamptz as tomorrow from reminders`,
      )
      const [credits] = await database.rows<{ spent: number; least: number }>(
        sql`select sum(${PER_PERSON}::int - credits)::int as spent, min(credits)::int as least from consent_credits`,
      )
      await wechat.close()
      await database.close()
      return {
        reminders,
        killed: killed.map(({ name, underWay: ids }) => ({ name, underWay: ids.size })),
        failedWorkers: codes.filter((code) => code !== 0 && code !== null).length,
        ...judge(wechat.handed, stored, killed),
        consents: { spent: credits?.spent ?? 0, least: credits?.least ?? 0 },
        distinct: new Set(wechat.handed.map(({ reminderId }) => reminderId)).size,
        seconds: Number(seconds.toFixed(1)),
      }
    },
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Several processes drain one outbox while some are killed; says what came of it. */
export async function runReminderLoad({ workers, kills, ...options }: WorkerOptions) {
  const load = await openLoad(options)
  const running = new Map(
    Array.from({ length: workers }, (_, index) => {
      const name = `worker-${index + 1}`
      return [name, load.start(name)] as const
    }),
  )
  const dead = new Set<string>()
  for (let kill = 1; kill <= kills; kill += 1) {
    while (load.wechat.handed.length < (options.reminders / 2) * (kill / (kills + 2))) await pause(5)
    const names = [...running.keys()].filter((name) => !dead.has(name))
    const name = names[Math.floor(Math.random() * names.length)] ?? ''
    dead.add(name)
    await load.kill(name, running.get(name)?.child)
  }
  await Promise.all([...running.values()].map((each) => each.ended))
  return load.report()
}

/**
 * Functions of a platform: each begins cold, has a budget and is ended after it whatever it is at. Their cron comes late, on time or
 * twice at the same moment; says what came of it.
 */
export async function runFunctionLoad({ seconds, endedAfter, ...options }: FunctionOptions) {
  const load = await openLoad(options)
  const lives: Promise<unknown>[] = []
  let ofPlatform = 0
  for (let nth = 0; await load.isLeft(); nth += 1) {
    for (const twin of nth % 3 === 1 ? ['a', 'b', 'c'] : ['a']) {
      const name = `function-${nth}${twin}`
      const { child, ended: end } = load.start(name, seconds)
      const over = setTimeout(() => {
        ofPlatform += 1
        lives.push(load.kill(name, child))
      }, endedAfter * 1000)
      lives.push(end.then(() => clearTimeout(over)))
    }
    await pause(seconds * 1000 * (nth % 4 === 3 ? 2 : 0.7))
  }
  while (lives.length > 0) await Promise.all(lives.splice(0))
  return { ...(await load.report()), functions: { endedByPlatform: ofPlatform } }
}
