import { z } from 'zod'
import { templatesFault } from './message-templates'
import { smsTemplatesFault } from './sms-templates'
import { readAddresses } from './trusted-proxies'

/** Key ids and 32-byte secrets, base64url: `k2:…,k1:…`; the first one encrypts. */
const keyRing = z
  .string()
  .regex(/^[\w-]+:[\w-]{43}(,[\w-]+:[\w-]{43})*$/, 'expected <id>:<32 bytes in base64url>[,…]')
const secret = z.string().regex(/^[\w-]{43,}$/, 'expected at least 32 bytes in base64url')
const port = z.coerce.number().int().min(0).max(65_535)
/** `<appid>:<secret>:<push token>:<EncodingAESKey>`; messages are pushed in safe mode. */
const wechatAccount = z
  .string()
  .regex(
    /^wx\w{16}:\w{32}:\w{3,32}:[A-Za-z0-9]{43}$/,
    'expected <appid>:<secret>:<push token>:<EncodingAESKey>',
  )
const filled = z.string().min(1)
const addresses = z.string().transform((text, context) => {
  const read = readAddresses(text)
  if (read) return read
  context.addIssue('expected addresses or CIDRs, separated by commas')
  return z.NEVER
})

const variables = z.object({
  PROFILE: z.enum(['embedded', 'self-hosted', 'serverless']).default('embedded'),
  PORT: port.default(3000),
  HOST: filled.optional(),
  DATA_DIR: filled.default('data'),
  PUBLIC_URL: z.url().optional(),
  /** Proxies whose `X-Forwarded-For` is believed. */
  TRUSTED_PROXIES: addresses.optional(),
  DATABASE_URL: filled.optional(),
  DATABASE_DRIVER: z.enum(['pg', 'neon']).default('pg'),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(200).default(10),
  NEON_PROXY: filled.optional(),
  REDIS_URL: filled.optional(),
  UPSTASH_REDIS_REST_URL: z.url().optional(),
  UPSTASH_REDIS_REST_TOKEN: filled.optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_BUCKET: filled.optional(),
  S3_REGION: filled.default('cn-east-1'),
  S3_ACCESS_KEY_ID: filled.optional(),
  S3_SECRET_ACCESS_KEY: filled.optional(),
  WECHAT_API_BASE: z.url().optional(),
  ALLOW_LOCAL_WECHAT: z.literal('1').optional(),
  WECHAT_MINI_PROGRAM: wechatAccount.optional(),
  WECHAT_OFFICIAL_ACCOUNT: wechatAccount.optional(),
  /** What the accounts call the product's templates: see `readMessageTemplates`. */
  WECHAT_TEMPLATES: filled.optional(),
  /** The provider of short messages; see `createSms`. Without a key none are sent. */
  SMS_URL: z.url().optional(),
  SMS_KEY_ID: filled.optional(),
  SMS_KEY_SECRET: filled.optional(),
  /** As it stands before each, without its brackets. */
  SMS_SIGN: filled.optional(),
  SMS_TEMPLATES: filled.optional(),
  CRON_SECRET: z.string().min(16).optional(),
  DATA_KEYS: keyRing.optional(),
  INDEX_KEY: secret.optional(),
  SPONSOR_NAME: filled.optional(),
  FILING_NUMBER: filled.optional(),
  DATA_CONTACT: filled.optional(),
  /** The last day on which applications are taken: the closing notice stands on the first page until and after it. */
  SERVICE_ENDS_ON: z.iso.date().optional(),
  /** Where the clock of a fresh demo stands, ISO 8601; the embedded profile only. */
  START_AT: z.iso.datetime({ offset: true }).optional(),
  /** A folder with the fonts of GB/T 9704 that the county has a licence for; without it free ones stand for them. */
  PAPER_FONTS: filled.optional(),
  COUNTY: filled.default('langxi'),
  LOG_LEVEL: z.enum(['info', 'warn', 'silent']).default('info'),
})

export type Environment = z.infer<typeof variables>
type Profile = Environment['PROFILE']

/** Everything that is wrong with the environment at once; no value is repeated. */
export class EnvironmentFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(
      `The environment has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    )
  }
}

const NEEDED = {
  embedded: [],
  'self-hosted': [
    'PUBLIC_URL',
    'DATABASE_URL',
    'REDIS_URL',
    'S3_ENDPOINT',
    'S3_BUCKET',
    'S3_ACCESS_KEY_ID',
    'S3_SECRET_ACCESS_KEY',
    'WECHAT_MINI_PROGRAM',
    'WECHAT_OFFICIAL_ACCOUNT',
    'DATA_KEYS',
    'INDEX_KEY',
  ],
  serverless: [
    'PUBLIC_URL',
    'DATABASE_URL',
    'UPSTASH_REDIS_REST_URL',
    'UPSTASH_REDIS_REST_TOKEN',
    'S3_ENDPOINT',
    'S3_BUCKET',
    'S3_ACCESS_KEY_ID',
    'S3_SECRET_ACCESS_KEY',
    'WECHAT_MINI_PROGRAM',
    'WECHAT_OFFICIAL_ACCOUNT',
    'CRON_SECRET',
    'DATA_KEYS',
    'INDEX_KEY',
  ],
} as const satisfies Record<Profile, readonly (keyof Environment)[]>

const TOGETHER: readonly (readonly (keyof Environment)[])[] = [
  ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  ['DATA_KEYS', 'INDEX_KEY'],
  ['SMS_KEY_ID', 'SMS_KEY_SECRET', 'SMS_SIGN', 'SMS_TEMPLATES'],
]

/** What a process may be opened for. */
export type Need = 'database' | 'cipher' | 'clock' | 'store' | 'files' | 'wechat' | 'sms' | 'printing'

const STORE = ['REDIS_URL', 'UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'] as const

/** What says how each need is met. */
const VARIABLES_OF: Readonly<Record<Need, readonly (keyof Environment)[]>> = {
  database: ['DATABASE_URL', 'DATABASE_DRIVER', 'DATABASE_CONNECTIONS', 'NEON_PROXY'],
  cipher: ['DATA_KEYS', 'INDEX_KEY'],
  clock: ['START_AT'],
  store: STORE,
  files: ['S3_ENDPOINT', 'S3_BUCKET', 'S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
  // Whoever speaks to WeChat shares its tokens through the store.
  wechat: [
    'WECHAT_MINI_PROGRAM',
    'WECHAT_OFFICIAL_ACCOUNT',
    'WECHAT_TEMPLATES',
    'WECHAT_API_BASE',
    'ALLOW_LOCAL_WECHAT',
    ...STORE,
  ],
  sms: ['SMS_URL', 'SMS_KEY_ID', 'SMS_KEY_SECRET', 'SMS_SIGN', 'SMS_TEMPLATES'],
  printing: ['PAPER_FONTS'],
}

const ALWAYS: readonly (keyof Environment)[] = ['PROFILE', 'DATA_DIR', 'COUNTY', 'LOG_LEVEL']

/** Null: everything. What an embedded process does not find in the environment it makes, so it reads all of it. */
function readFor(needs: readonly Need[] | null, profile: string): ReadonlySet<string> | null {
  if (needs === null || profile === 'embedded') return null
  return new Set([...ALWAYS, ...needs.flatMap((need) => VARIABLES_OF[need])])
}

const LOOPBACK = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/

export const WECHAT_BASE = 'https://api.weixin.qq.com'
export const SMS_BASE = 'https://dysmsapi.aliyuncs.com/'

function faultsOf(environment: Environment, read: ReadonlySet<string> | null): string[] {
  const has = (name: keyof Environment) => environment[name] !== undefined
  const needed: readonly (keyof Environment)[] = NEEDED[environment.PROFILE]
  const missing = needed
    .filter((name) => !has(name) && (read === null || read.has(name)))
    .map((name) => `${name}: needed in the ${environment.PROFILE} profile`)
  const halves = TOGETHER.filter((names) => names.some(has) && !names.every(has)).map(
    (names) => `${names.join(', ')}: all of them or none`,
  )
  return [
    ...missing,
    ...halves,
    ...wechatFaults(environment),
    ...templateFaults(environment),
    ...smsFaults(environment),
  ]
}

function wechatFaults(environment: Environment): string[] {
  const { WECHAT_API_BASE: base } = environment
  if (base === undefined || base === WECHAT_BASE) return []
  if (LOOPBACK.test(base) && environment.ALLOW_LOCAL_WECHAT === '1') return []
  return [
    'WECHAT_API_BASE: only WeChat’s own address, or a loopback address together with ALLOW_LOCAL_WECHAT=1',
  ]
}

function templateFaults({ WECHAT_TEMPLATES: templates }: Environment): string[] {
  const fault = templates === undefined ? null : templatesFault(templates)
  return fault === null ? [] : [`WECHAT_TEMPLATES: ${fault}`]
}

function smsFaults({ SMS_URL: url, SMS_TEMPLATES: templates }: Environment): string[] {
  const fault = templates === undefined ? null : smsTemplatesFault(templates)
  return [
    ...(fault === null ? [] : [`SMS_TEMPLATES: ${fault}`]),
    // Numbers do not go through the open net.
    ...(url === undefined || url.startsWith('https:') || LOOPBACK.test(url)
      ? []
      : ['SMS_URL: https alone, or a loopback address']),
  ]
}

/**
 * Parses the environment once; throws `EnvironmentFault` with all faults. With `needs` only what says how these are met is
 * read: whatever else is missing or wrong is no fault.
 */
export function parseEnvironment(
  source: Readonly<Record<string, string | undefined>>,
  needs: readonly Need[] | null = null,
): Environment {
  const read = readFor(needs, source['PROFILE'] || 'embedded')
  const given = Object.fromEntries(
    Object.entries(source).filter(([name, value]) => value !== '' && (read === null || read.has(name))),
  )
  const parsed = variables.safeParse(given)
  if (!parsed.success) {
    throw new EnvironmentFault(
      parsed.error.issues.map(
        (issue) => `${issue.path.join('.')}: ${issue.message.replace(/received .*/, '')}`,
      ),
    )
  }
  const faults = faultsOf(parsed.data, read)
  if (faults.length > 0) throw new EnvironmentFault(faults)
  return parsed.data
}

/** The environment as it would be for residents' real data, each variable by itself. */
export interface LookedAt {
  /** What has its form; the rest is as if it were not there. */
  readonly values: Partial<Environment>
  readonly missing: readonly (keyof Environment)[]
  /** Set, but not so that the product could use it. */
  readonly wrong: readonly (keyof Environment)[]
}

/** Looks at all of it and refuses nothing: for whoever is told what is still to be done. */
export function lookAtEnvironment(source: Readonly<Record<string, string | undefined>>): LookedAt {
  const names = Object.keys(variables.shape) as (keyof Environment)[]
  const read = names.map(
    (name) => [name, variables.shape[name].safeParse(source[name] || undefined)] as const,
  )
  const values: Partial<Environment> = Object.fromEntries(
    read.flatMap(([name, { success, data }]) => (success && data !== undefined ? [[name, data]] : [])),
  )
  const { WECHAT_TEMPLATES: templates, ALLOW_LOCAL_WECHAT: local } = values
  return {
    values,
    missing: NEEDED['self-hosted'].filter((name) => !source[name]),
    wrong: [
      ...read.flatMap(([name, { success }]) => (success ? [] : [name])),
      ...(templates === undefined || templatesFault(templates) === null ? [] : ['WECHAT_TEMPLATES' as const]),
      ...(local === undefined ? [] : ['ALLOW_LOCAL_WECHAT' as const]),
    ],
  }
}

export const lookAtOwnEnvironment = () => lookAtEnvironment(process.env)

export const readEnvironment = (needs: readonly Need[] | null = null) => parseEnvironment(process.env, needs)
