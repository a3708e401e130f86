import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCommand } from '../../functions/commands'
import { openServer } from '../../functions/open-server'
import {
  EnvironmentFault,
  lookAtEnvironment,
  type Need,
  parseEnvironment,
} from '../../functions/platform/config/environment'
import { miniProgram, officialAccount } from '../../functions/sandbox/accounts'
import { type County, PHOTO } from '../product/county'
import { applicationOf } from './applications'
import { openOnServices, STACKS } from './counties'
import { createDatabase } from './databases'
import { startStrictS3 } from './strict-s3'

const bucket = {
  bucket: 'papers',
  region: 'cn-east-1',
  accessKeyId: 'local-access-key',
  secretAccessKey: 'local-secret-key',
}
const secret = () => randomBytes(32).toString('base64url')
const accountText = ({ appid, secret: word, pushToken, encodingAesKey }: typeof miniProgram) =>
  // WeChat's own keys have letters and digits alone.
  [appid, word, pushToken, encodingAesKey.replaceAll(/[+/]/g, 'A')].join(':')
const CRON_SECRET = secret()

// The embedded profile lends its local WeChat to the other two.
let lender: County
let store: Awaited<ReturnType<typeof startStrictS3>>
beforeAll(async () => {
  lender = (await openOnServices()).county
  store = await startStrictS3(bucket)
})
afterAll(async () => {
  await store.close()
  await lender.close()
})

const configuration = async (profile: 'self-hosted' | 'serverless') => ({
  PROFILE: profile,
  PORT: '0',
  HOST: '127.0.0.1',
  PUBLIC_URL: 'https://banshi.example',
  LOG_LEVEL: 'silent',
  DATABASE_URL: await createDatabase(),
  ...STACKS[profile === 'self-hosted' ? 'PostgreSQL and Redis' : 'Neon and Upstash'](),
  S3_ENDPOINT: store.endpoint,
  S3_BUCKET: bucket.bucket,
  S3_REGION: bucket.region,
  S3_ACCESS_KEY_ID: bucket.accessKeyId,
  S3_SECRET_ACCESS_KEY: bucket.secretAccessKey,
  WECHAT_API_BASE: `${lender.url}/sandbox/wechat`,
  ALLOW_LOCAL_WECHAT: '1',
  WECHAT_MINI_PROGRAM: accountText(miniProgram),
  WECHAT_OFFICIAL_ACCOUNT: accountText(officialAccount),
  CRON_SECRET,
  DATA_KEYS: `k1:${secret()}`,
  INDEX_KEY: secret(),
})

/** What an operator does once: no invented people. */
async function prepare(variables: Readonly<Record<string, string>>) {
  const surroundings = {
    read: (needs: readonly Need[]) => parseEnvironment(variables, needs),
    lookAt: () => lookAtEnvironment(variables),
    root: process.cwd(),
    print: () => undefined,
  }
  for (const name of ['migrate', 'load-pack']) expect(await runCommand([name], surroundings)).toBe(0)
}

/** What the answers of this test's requests hold, each some of it. */
interface Answer {
  readonly id: string
  readonly token: string
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}
type Send = (path: string, init?: RequestInit) => Promise<Response>

/** Over HTTP alone: health, a login against the lent WeChat, a file to the store, an application. */
async function workWith(send: Send, profile: string) {
  const health = await send('/api/health')
  expect([health.status, await health.json()]).toEqual([
    200,
    { status: 'ok', profile, version: 'test', wechat: 'local' },
  ])
  const born = await lender.door<{ id: string; idNumber: string }>('POST', 'people', {
    name: '沈秀英',
    birth: '1970-03-05',
    villageCode: '341821105200',
  })
  const codeFor = async (purpose: string) =>
    (await lender.door<{ code: string }>('POST', 'login-codes', { person: born.body.id, purpose })).body.code
  const post = async (path: string, body: unknown, token?: string) => {
    const response = await send(path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': secret(),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Answer }
  }
  const ticks = (...purposes: readonly string[]) => purposes.map((purpose) => ({ purpose, version: '1' }))
  const consents = ticks('service', 'privacy')
  const session = await post('/api/sessions', { code: await codeFor('login'), consents })
  expect(session.status).toBe(201)
  const { token } = session.body
  const phone = { code: await codeFor('phone'), consents: ticks('phone') }
  expect((await post('/api/account/phone', phone, token)).status).toBe(200)
  const typed = { name: '沈秀英', idNumber: born.body.idNumber, consents: ticks('identity') }
  expect((await post('/api/account/identity', typed, token)).status).toBe(200)
  const upload = async () => {
    const promised = await post(
      '/api/uploads',
      { name: '照片.png', contentType: 'image/png', size: PHOTO.length },
      token,
    )
    expect(promised.body.url).toBe(`${store.endpoint}/${bucket.bucket}`)
    const form = new FormData()
    for (const [name, value] of Object.entries(promised.body.fields)) form.append(name, value)
    form.append('file', new Blob([new Uint8Array(PHOTO)], { type: 'image/png' }), 'photo.png')
    expect((await fetch(promised.body.url, { method: 'POST', body: form })).status).toBe(204)
    return promised.body.id
  }
  const application = await applicationOf({ upload }, 'LX-017', 1)
  const filed = await post('/api/cases', application, token)
  expect(filed.status).toBe(201)
  const fileId = application.materials[0]?.files[0]
  const file = await send(`/api/cases/${filed.body.id}/files/${fileId}`, {
    headers: { Authorization: `Bearer ${token}` },
  })
  // Written anew when it was filed, which drops what a camera adds.
  expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
}

describe('self-hosted', () => {
  it('boots from its configuration and does its work', async () => {
    const variables = await configuration('self-hosted')
    await prepare(variables)
    const server = await openServer(parseEnvironment(variables), process.cwd())
    try {
      expect(server.sandbox).toBeNull()
      expect((await fetch(`${server.url}/sandbox`)).status).toBe(404)
      await workWith((path, init) => fetch(`${server.url}${path}`, init), 'self-hosted')
    } finally {
      await server.close()
    }
  })
})

describe('serverless', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('boots from its configuration with the first request and does its work', async () => {
    const variables = await configuration('serverless')
    await prepare(variables)
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
    const { default: entry } = await import('../../functions/index')
    const send: Send = (path, init) => entry.fetch(new Request(`https://banshi.example${path}`, init))
    await workWith(send, 'serverless')
    const job = (authorization: string) =>
      send('/api/jobs/drain-reminders', { headers: { Authorization: authorization } })
    expect((await job(`Bearer ${CRON_SECRET}`)).status).toBe(204)
    expect((await job(`Bearer ${CRON_SECRET}x`)).status).toBe(404)
    expect((await job('')).status).toBe(404)
  })
})

describe('a configuration with faults', () => {
  it.each(['self-hosted', 'serverless'])('%s names everything that is missing at once', async (profile) => {
    const complete = await configuration(profile as 'self-hosted')
    const store = profile === 'self-hosted' ? ['REDIS_URL'] : ['UPSTASH_REDIS_REST_URL', 'CRON_SECRET']
    const needed = [
      'PUBLIC_URL',
      'DATABASE_URL',
      'S3_BUCKET',
      'WECHAT_MINI_PROGRAM',
      'DATA_KEYS',
      'INDEX_KEY',
    ]
    const open = () => parseEnvironment({ PROFILE: profile })
    expect(open).toThrow(EnvironmentFault)
    for (const name of [...store, ...needed]) {
      expect(open).toThrow(`${name}: needed in the ${profile} profile`)
      expect(() => parseEnvironment({ ...complete, [name]: '' })).toThrow(name)
    }
  })

  it('repeats no value, and refuses a WeChat that is not WeChat', async () => {
    const complete = await configuration('self-hosted')
    const wrong = {
      ...complete,
      DATA_KEYS: 'k1:very-secret',
      PORT: 'no-port-at-all',
      WECHAT_MINI_PROGRAM: 'wx-secret-account',
      DATABASE_DRIVER: 'mysql-secret',
    }
    const said = () => {
      try {
        parseEnvironment(wrong)
        return ''
      } catch (cause) {
        return String(cause)
      }
    }
    expect(said()).toMatch(/4 fault\(s\)/)
    expect(said()).not.toMatch(/very-secret|secret-account|no-port|mysql/)
    expect(() => parseEnvironment({ ...complete, ALLOW_LOCAL_WECHAT: '' })).toThrow('WECHAT_API_BASE')
    expect(() => parseEnvironment({ ...complete, WECHAT_API_BASE: 'https://wechat.example' })).toThrow(
      'WECHAT_API_BASE',
    )
  })
})
