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
import { type Environment, type Need, SMS_BASE, WECHAT_BASE } from './platform/config/environment'
import { readMessageTemplates } from './platform/config/message-templates'
import { readSmsTemplates } from './platform/config/sms-templates'
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
import type { Printing } from './platform/ports/printing'
import type { SmsAccount } from './platform/ports/sms'
import type { Wechat } from './platform/ports/wechat'

/** Every port with the adapter that the environment chose. */
export interface Services {
  readonly environment: Environment
  readonly database: Database
  /** Brings the tables up to date, which the embedded profile has done by itself. */
  readonly migrate: () => Promise<void>
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
  /** Null where the county has no provider of short messages. */
  readonly sms: SmsAccount | null
  readonly printing: Printing
  readonly closers: readonly (() => Promise<void> | void)[]
}

interface BroughtBy {
  readonly database: 'database' | 'migrate'
  readonly cipher: 'cipher'
  readonly clock: 'clock'
  readonly store: 'cache' | 'limiter'
  readonly files: 'files' | 'receiver'
  readonly wechat: 'wechat' | 'identity' | 'templates' | 'accounts'
  readonly sms: 'sms'
  readonly printing: 'printing'
}

/** What a process has that was opened for some needs only, and what needs no opening. */
export type ServicesFor<Needed extends Need> = Pick<
  Services,
  BroughtBy[Needed] | 'environment' | 'ids' | 'log' | 'closers'
>

interface WechatAccount extends PushAccount {
  readonly secret: string
}
interface WechatAccounts {
  readonly miniProgram: WechatAccount
  readonly officialAccount: WechatAccount
}

interface Opening {
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
async function tryDataFolder({ PROFILE, DATA_DIR, DATABASE_URL, DATA_KEYS, S3_ENDPOINT }: Environment) {
  if (PROFILE !== 'embedded') return
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

async function openDatabase({ environment, root }: Pick<Opening, 'environment' | 'root'>, log: Log) {
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

async function openStore(
  environment: Environment,
  clock: Clock,
  log: Log,
): Promise<Pick<Services, 'cache' | 'limiter'> & { readonly close: Closer | null }> {
  const { REDIS_URL, UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = environment
  if (url !== undefined && token !== undefined) {
    const commands = loadedLater(async () => {
      const { createUpstashCommands } = await import('./platform/adapters/upstash')
      return createUpstashCommands(url, token)
    })
    return { cache: createRedisCache(commands), limiter: createRedisLimiter(commands), close: null }
  }
  if (REDIS_URL !== undefined) {
    const { createRedisCommands } = await import('./platform/adapters/redis')
    const commands = createRedisCommands(REDIS_URL, (cause) =>
      log.warn('redis.connection-lost', { errorClass: cause.constructor.name }),
    )
    return {
      cache: createRedisCache(commands),
      limiter: createRedisLimiter(commands),
      close: () => commands.close(),
    }
  }
  return {
    cache: createMemoryCache(() => Date.parse(clock.now())),
    limiter: createMemoryLimiter(),
    close: null,
  }
}

async function openFiles(
  environment: Environment,
  ownUrl: string,
  ofDisk: { readonly keys: () => Promise<KeyRing>; readonly clock: Clock },
) {
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
    secret: deriveKey((await ofDisk.keys()).indexSecret, 'upload-form'),
    postUrl: `${environment.PUBLIC_URL ?? ownUrl}/api/files`,
    clock: ofDisk.clock,
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

/** Without a key the county sends none. Where WeChat is the local one, so is the provider that no address names. */
function openSms({ environment, ownUrl }: Opening, clock: Clock): SmsAccount | null {
  const {
    PROFILE,
    SMS_URL,
    SMS_KEY_ID: keyId,
    SMS_KEY_SECRET: secret,
    SMS_SIGN: sign,
    SMS_TEMPLATES,
  } = environment
  if (keyId === undefined || secret === undefined || sign === undefined || SMS_TEMPLATES === undefined)
    return null
  const url = SMS_URL ?? (PROFILE === 'embedded' ? `${ownUrl}/sandbox/sms` : SMS_BASE)
  const codes = readSmsTemplates(SMS_TEMPLATES)
  return {
    codeOf: (name) => codes.get(name),
    sms: loadedLater(async () =>
      (await import('./platform/adapters/sms')).createSms({ url, keyId, secret, sign, clock }),
    ),
  }
}

/** The local WeChat's clock is the product's in the embedded profile: it can be moved forward. */
async function openClock(
  { environment, root }: Opening,
  database: () => Promise<Database>,
): Promise<{ readonly clock: Clock; readonly close: Closer | null }> {
  if (environment.PROFILE !== 'embedded') return { clock: systemClock, close: null }
  const { openSandboxClock } = await import('./sandbox/open-clock')
  const startAt = environment.START_AT && (new Date(environment.START_AT).toISOString() as Instant)
  const clock = await openSandboxClock(await database(), {
    migrationsFolder: join(root, 'drizzle', 'sandbox'),
    ...(startAt ? { startAt } : {}),
  })
  return { clock, close: () => clock.close() }
}

function once<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opened: Promise<Value> | undefined
  return () => {
    opened ??= open()
    return opened
  }
}

type Openers = { readonly [Needed in Need]: () => Promise<Pick<Services, BroughtBy[Needed]>> }

/** How each need is met. One asks for another where the profile has it so, and finds what is open already. */
function openersOf(opening: Opening, log: Log, willClose: (close: Closer) => void): Openers {
  const { environment, ownUrl, root } = opening
  const keys = once(async () => keysOf(environment) ?? (await embeddedKeys(environment.DATA_DIR)))
  const database = once(async () => {
    const opened = await openDatabase(opening, log)
    willClose(() => opened.database.close())
    if (environment.PROFILE === 'embedded') await opened.migrate()
    return opened
  })
  const clock = once(async () => {
    const opened = await openClock(opening, async () => (await database()).database)
    if (opened.close) willClose(opened.close)
    return opened.clock
  })
  const store = once(async () => {
    const { close, ...opened } = await openStore(environment, await clock(), log)
    if (close) willClose(close)
    return opened
  })
  return {
    database,
    cipher: async () => ({ cipher: createAesCipher(await keys()) }),
    clock: async () => ({ clock: await clock() }),
    store,
    files: async () => openFiles(environment, ownUrl, { keys, clock: await clock() }),
    wechat: async () => {
      const { accounts, base } = await openAccounts(opening)
      const templates = readMessageTemplates(environment.WECHAT_TEMPLATES)
      const { cache } = await store()
      const options = { ...accounts, base, templates, cache, clock: await clock() }
      return {
        accounts,
        templates,
        wechat: loadedLater(async () => (await import('./platform/adapters/wechat')).createWechat(options)),
        identity: loadedLater(async () =>
          (await import('./platform/adapters/wechat')).createWechatIdentity(options),
        ),
      }
    },
    sms: async () => ({ sms: openSms(opening, await clock()) }),
    printing: async () => ({
      printing: loadedLater(async () =>
        (await import('./platform/adapters/typst')).createTypst({
          assets: join(root, 'functions', 'assets'),
          folder: environment.PAPER_FONTS ?? null,
        }),
      ),
    }),
  }
}

/** In this order; an embedded database is founded before anything asks for its keys. */
const ALL: readonly Need[] = ['database', 'cipher', 'clock', 'store', 'files', 'wechat', 'sms', 'printing']

async function open<Needed extends Need>(
  needs: readonly Needed[],
  opening: Opening,
): Promise<ServicesFor<Needed>> {
  const { environment } = opening
  const log = createLog(environment.LOG_LEVEL, { gathers: environment.PROFILE !== 'serverless' })
  const closers: Closer[] = []
  const openers = openersOf(opening, log, (close) => closers.unshift(close))
  const opened: Partial<Services> = { environment, ids: systemIds, log, closers }
  for (const need of ALL)
    if (needs.some((each) => each === need)) Object.assign(opened, await openers[need]())
  return opened as ServicesFor<Needed>
}

/** Opens every adapter that the environment names; what it does not name is embedded. */
export const openServices = (opening: Opening): Promise<Services> => open(ALL, opening)

/** How the environment is read for some needs. */
export type ReadEnvironment = (needs: readonly Need[]) => Environment

/** Opens what is needed and what that needs itself, and reads the environment for these alone. */
export function openFor<Needed extends Need>(
  needs: readonly Needed[],
  { root, read }: Pick<Opening, 'root'> & { readonly read: ReadEnvironment },
): Promise<ServicesFor<Needed>> {
  const environment = read(needs)
  const ownUrl = environment.PUBLIC_URL ?? `http://127.0.0.1:${environment.PORT}`
  return open(needs, { environment, ownUrl, root })
}
