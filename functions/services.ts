import { join } from 'node:path'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { createAesCipher, deriveKey, type KeyRing } from './platform/adapters/cipher'
import { makeWritable } from './platform/adapters/data-folder'
import { createDiskFiles } from './platform/adapters/disk-files'
import { databaseFolderOf, embeddedKeys } from './platform/adapters/key-file'
import { loadedLater } from './platform/adapters/loaded-later'
import { createLog } from './platform/adapters/log'
import { createMemoryCache } from './platform/adapters/memory-cache'
import { createMemoryLimiter } from './platform/adapters/memory-limiter'
import { createRedisCache } from './platform/adapters/redis-cache'
import { createRedisLimiter } from './platform/adapters/redis-limiter'
import { systemClock, systemIds } from './platform/adapters/system'
import type { PushAccount } from './platform/adapters/wechat/push-channel'
import { type Environment, WECHAT_BASE } from './platform/config/environment'
import { readMessageTemplates } from './platform/config/message-templates'
import { continueEventLog } from './platform/db/event-log'
import type { Cache } from './platform/ports/cache'
import type { Cipher } from './platform/ports/cipher'
import type { Clock } from './platform/ports/clock'
import type { Database } from './platform/ports/database'
import type { Files, PostReceiver } from './platform/ports/files'
import type { Identity } from './platform/ports/identity'
import type { Ids } from './platform/ports/ids'
import type { Limiter } from './platform/ports/limiter'
import type { Log } from './platform/ports/log'
import type { MessageTemplates } from './platform/ports/message-templates'
import type { Wechat } from './platform/ports/wechat'

/** Every port with the adapter that the environment chose. */
export interface Services {
  readonly environment: Environment
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly cipher: Cipher
  readonly cache: Cache
  readonly limiter: Limiter
  readonly files: Files
  /** Receives uploads where no object store does. */
  readonly receiver: PostReceiver | null
  readonly wechat: Wechat
  readonly templates: MessageTemplates
  readonly identity: Identity
  readonly accounts: WechatAccounts
  readonly closers: readonly (() => Promise<void> | void)[]
}

interface WechatAccount extends PushAccount {
  readonly secret: string
}
interface WechatAccounts {
  readonly miniProgram: WechatAccount
  readonly officialAccount: WechatAccount
}

export interface Opening {
  readonly environment: Environment
  /** The address at which this server listens, without a slash at its end. */
  readonly ownUrl: string
  /** Root of the checkout, where migrations and packs lie. */
  readonly root: string
}

function keysOf({ DATA_KEYS, INDEX_KEY }: Environment): KeyRing | null {
  if (DATA_KEYS === undefined || INDEX_KEY === undefined) return null
  return {
    keys: DATA_KEYS.split(',').map((entry) => {
      const [id = '', secret = ''] = entry.split(':')
      return { id, secret: Buffer.from(secret, 'base64url') }
    }),
    indexSecret: Buffer.from(INDEX_KEY, 'base64url'),
  }
}

type Closer = () => Promise<void> | void

const filesFolderOf = (folder: string) => join(folder, 'files')

/** What will have to be written later is tried first: a start that is refused has changed nothing. */
async function tryDataFolder({ DATA_DIR, DATABASE_URL, DATA_KEYS, S3_ENDPOINT }: Environment) {
  const elsewhere = [DATABASE_URL, DATA_KEYS, S3_ENDPOINT]
  if (elsewhere.includes(undefined)) await makeWritable(DATA_DIR)
  if (S3_ENDPOINT === undefined) await makeWritable(filesFolderOf(DATA_DIR))
}

const MIGRATION_ATTEMPTS = 120
const MIGRATION_PAUSE_MILLISECONDS = 500

/** A table was in use for longer than the migration waits for it. */
const isLocked = (cause: unknown): boolean =>
  cause instanceof Error && (('code' in cause && cause.code === '55P03') || isLocked(cause.cause))

/** A version that serves beside it holds tables for moments: the migration, which waits no longer, comes again. */
async function bringUpToDate(
  database: Database & { migrate(folder: string): Promise<void> },
  migrations: string,
) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await database.migrate(migrations)
      break
    } catch (cause) {
      if (!isLocked(cause) || attempt === MIGRATION_ATTEMPTS) throw cause
      await new Promise((resolve) => setTimeout(resolve, MIGRATION_PAUSE_MILLISECONDS))
    }
  }
  await continueEventLog(database)
}

/** The database; `migrate` brings an empty one up to date, which the embedded profile does by itself. */
export async function openDatabase({ environment, root }: Pick<Opening, 'environment' | 'root'>, log: Log) {
  await tryDataFolder(environment)
  const { DATABASE_URL: url, DATABASE_CONNECTIONS: connections } = environment
  const migrations = join(root, 'drizzle')
  const onError = (cause: Error) =>
    log.warn('database.connection-lost', { errorClass: cause.constructor.name })
  if (url === undefined) {
    const { DATA_DIR } = environment
    const { openPgliteFolder } = await import('./platform/adapters/pglite')
    const database = await openPgliteFolder(databaseFolderOf(DATA_DIR), migrations, {
      // A crash in between leaves keys without data, never data without its keys.
      beforeData: async () => keysOf(environment) ?? (await embeddedKeys(DATA_DIR)),
    })
    return { database, migrate: async () => {} }
  }
  if (environment.DATABASE_DRIVER === 'neon') {
    const { createNeonDatabase } = await import('./platform/adapters/neon')
    const database = createNeonDatabase(url, { connections, proxy: environment.NEON_PROXY ?? null, onError })
    return { database, migrate: () => bringUpToDate(database, migrations) }
  }
  const { createPostgresDatabase } = await import('./platform/adapters/postgres')
  const database = createPostgresDatabase(url, { connections, onError })
  return { database, migrate: () => bringUpToDate(database, migrations) }
}

async function openStore(environment: Environment, clock: Clock, log: Log) {
  const { REDIS_URL, UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = environment
  if (url !== undefined && token !== undefined) {
    const commands = loadedLater(async () => {
      const { createUpstashCommands } = await import('./platform/adapters/upstash')
      return createUpstashCommands(url, token)
    })
    return {
      cache: createRedisCache(commands),
      limiter: createRedisLimiter(commands),
      closers: [] as Closer[],
    }
  }
  if (REDIS_URL !== undefined) {
    const { createRedisCommands } = await import('./platform/adapters/redis')
    const commands = createRedisCommands(REDIS_URL, (cause) =>
      log.warn('redis.connection-lost', { errorClass: cause.constructor.name }),
    )
    return {
      cache: createRedisCache(commands),
      limiter: createRedisLimiter(commands),
      closers: [() => commands.close()] as Closer[],
    }
  }
  return {
    cache: createMemoryCache(() => Date.parse(clock.now())),
    limiter: createMemoryLimiter(),
    closers: [] as Closer[],
  }
}

async function openFiles(environment: Environment, keys: KeyRing, clock: Clock, ownUrl: string) {
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION } = environment
  if (S3_ENDPOINT && S3_BUCKET && S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY) {
    const { createS3Files } = await import('./platform/adapters/s3-files')
    const files = createS3Files({
      endpoint: S3_ENDPOINT,
      bucket: S3_BUCKET,
      region: S3_REGION,
      accessKeyId: S3_ACCESS_KEY_ID,
      secretAccessKey: S3_SECRET_ACCESS_KEY,
    })
    return { files, receiver: null }
  }
  const files = createDiskFiles({
    folder: filesFolderOf(environment.DATA_DIR),
    secret: deriveKey(keys.indexSecret, 'upload-form'),
    postUrl: `${environment.PUBLIC_URL ?? ownUrl}/api/files`,
    clock,
  })
  return { files, receiver: files }
}

function accountOf(text: string): WechatAccount {
  const [appid = '', secret = '', token = '', encodingAesKey = ''] = text.split(':')
  return { appid, secret, token, encodingAesKey, mode: 'safe' }
}

async function openAccounts({ environment, ownUrl }: Opening) {
  const { WECHAT_MINI_PROGRAM: program, WECHAT_OFFICIAL_ACCOUNT: official, WECHAT_API_BASE } = environment
  if (program !== undefined && official !== undefined) {
    const accounts = { miniProgram: accountOf(program), officialAccount: accountOf(official) }
    return { accounts, base: WECHAT_API_BASE ?? WECHAT_BASE }
  }
  const { miniProgram, officialAccount } = await import('./sandbox/accounts')
  const local = ({ pushToken, ...account }: typeof miniProgram): WechatAccount => ({
    ...account,
    token: pushToken,
  })
  const accounts = { miniProgram: local(miniProgram), officialAccount: local(officialAccount) }
  return { accounts, base: WECHAT_API_BASE ?? `${ownUrl}/sandbox/wechat` }
}

/** The local WeChat's clock is the product's in the embedded profile: it can be moved forward. */
async function openClock(
  { environment, root }: Opening,
  database: Database,
): Promise<{ clock: Clock; closers: Closer[] }> {
  if (environment.PROFILE !== 'embedded') return { clock: systemClock, closers: [] }
  const { openSandboxClock } = await import('./sandbox/open-clock')
  const startAt = environment.START_AT && (new Date(environment.START_AT).toISOString() as Instant)
  const clock = await openSandboxClock(database, {
    migrationsFolder: join(root, 'drizzle', 'sandbox'),
    ...(startAt ? { startAt } : {}),
  })
  return { clock, closers: [() => clock.close()] }
}

/** Opens every adapter that the environment names; what it does not name is embedded. */
export async function openServices(opening: Opening): Promise<Services> {
  const { environment, ownUrl } = opening
  const log = createLog(environment.LOG_LEVEL, { gathers: environment.PROFILE !== 'serverless' })
  const { database, migrate } = await openDatabase(opening, log)
  if (environment.PROFILE === 'embedded') await migrate()
  const keys = keysOf(environment) ?? (await embeddedKeys(environment.DATA_DIR))
  const { clock, closers: clockClosers } = await openClock(opening, database)
  const store = await openStore(environment, clock, log)
  const { accounts, base } = await openAccounts(opening)
  const templates = readMessageTemplates(environment.WECHAT_TEMPLATES)
  const options = { ...accounts, base, templates, cache: store.cache, clock }
  return {
    environment,
    database,
    clock,
    ids: systemIds,
    log,
    cipher: createAesCipher(keys),
    cache: store.cache,
    limiter: store.limiter,
    ...(await openFiles(environment, keys, clock, ownUrl)),
    wechat: loadedLater(async () => (await import('./platform/adapters/wechat')).createWechat(options)),
    identity: loadedLater(async () =>
      (await import('./platform/adapters/wechat')).createWechatIdentity(options),
    ),
    templates,
    accounts,
    closers: [...clockClosers, ...store.closers, () => database.close()],
  }
}
