import { sql } from 'drizzle-orm'
import { USUAL_LIMITS } from '#shared/domain/reminder/limits'
import { createDrain, type Drain } from '../../functions/features/reminder'
import { drainReminders } from '../../functions/jobs/drain-reminders'
import { createAesCipher } from '../../functions/platform/adapters/cipher'
import { createLog } from '../../functions/platform/adapters/log'
import { createPostgresDatabase } from '../../functions/platform/adapters/postgres'
import { createRedisCommands } from '../../functions/platform/adapters/redis'
import { createRedisCache } from '../../functions/platform/adapters/redis-cache'
import { createRedisLimiter } from '../../functions/platform/adapters/redis-limiter'
import { systemIds } from '../../functions/platform/adapters/system'
import { createWechat } from '../../functions/platform/adapters/wechat'
import { readMessageTemplates } from '../../functions/platform/config/message-templates'
import type { WorkerTask } from './drain-load'
import { createScaledClock } from './scaled-clock'
import { MORROW } from './tomorrow'

// One worker in a process of its own: drains until nothing is left to do, its time is up, or it is killed.
const task = JSON.parse(process.env['WORKER_TASK'] ?? '') as WorkerTask
const clock = createScaledClock(task.scale)
const quiet = () => undefined
const log = createLog('warn')
const database = createPostgresDatabase(task.databaseUrl, { connections: 9, onError: quiet })
const commands = createRedisCommands(task.redisUrl, quiet)
const named: typeof fetch = (url, init) =>
  fetch(url, { ...init, headers: { ...init?.headers, 'x-worker': task.name } })
const drain = createDrain({
  database,
  limiter: createRedisLimiter(commands),
  rules: async () => ({ limits: USUAL_LIMITS, calendar: new Map() }),
  wechat: createWechat({
    base: task.wechatBase,
    miniProgram: task.account,
    officialAccount: task.account,
    cache: createRedisCache(commands),
    clock,
    templates: readMessageTemplates(undefined),
    fetch: named,
  }),
  cipher: createAesCipher({
    keys: [{ id: 'k1', secret: new Uint8Array(32) }],
    indexSecret: new Uint8Array(32),
  }),
  clock,
  ids: systemIds,
  log,
  appid: task.account.appid,
  templates: { has: () => true },
  sms: null,
})

const isWaiting = async () => {
  const rows = await database.rows(
    sql`select 1 from reminders where sent_at is null and dropped_at is null and available_at < ${MORROW}::timestamptz limit 1`,
  )
  return rows.length > 0
}

const ownDrain: Drain = (options) => drain({ ...options, batch: task.batch, leaseSeconds: task.leaseSeconds })

if (task.seconds !== null) await drainReminders({ drain: ownDrain, log, seconds: task.seconds })
while (task.seconds === null) {
  const { claimed } = await ownDrain()
  if (claimed > 0) continue
  if (!(await isWaiting())) break
  await new Promise((resolve) => setTimeout(resolve, 100))
}
await commands.close()
await database.close()
