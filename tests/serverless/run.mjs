import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildServer } from '../../functions/build.mjs'
import { freePort } from '../services/postgres.mjs'
import { startServices } from '../services/servers.mjs'

// What the platform would do with a push: `vercel build` on a clean copy, offline; then the function that it made, taken
// away from that copy so that nothing but what was traced into it is found, in plain Node against real services.
const CLI = 'vercel@60.1.3'
const PROJECT = {
  projectId: 'prj_local',
  orgId: 'team_local',
  settings: { framework: null, nodeVersion: '22.x' },
}

const workplace = mkdtempSync(join(tmpdir(), 'serverless-'))
const say = (line) => process.stdout.write(`${line}\n`)

/** The files of the checkout as git knows them, built by the platform's own command. */
function build() {
  const copy = join(workplace, 'checkout')
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  })
  for (const file of files.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(file, join(copy, file))
  }
  mkdirSync(join(copy, '.vercel'))
  writeFileSync(join(copy, '.vercel/project.json'), JSON.stringify(PROJECT))
  execFileSync('npx', ['-y', CLI, 'build', '--yes'], {
    cwd: copy,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, VERCEL_TELEMETRY_DISABLED: '1', NODE_ENV: '' },
  })
  const output = join(copy, '.vercel/output')
  const config = JSON.parse(readFileSync(join(output, 'config.json'), 'utf8'))
  const [name] = readdirSync(join(output, 'functions/functions')).filter((each) => each.endsWith('.func'))
  const taken = join(workplace, 'taken.func')
  renameSync(join(output, 'functions/functions', name), taken)
  rmSync(copy, { recursive: true })
  const settings = JSON.parse(readFileSync(join(taken, '.vc-config.json'), 'utf8'))
  return { config, settings, handler: pathToFileURL(join(taken, settings.handler)).href }
}

/** The product with its local WeChat, which lends it to the function. */
async function startLender() {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, ['dist/functions/server.mjs'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATA_DIR: join(workplace, 'lender'),
      LOG_LEVEL: 'silent',
    },
  })
  for (let attempt = 0; ; attempt += 1) {
    const health = await fetch(`${url}/api/health`).catch(() => undefined)
    if (health?.status === 200) break
    if (attempt === 1200 || child.exitCode !== null) throw new Error('the local WeChat did not start')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const ended = new Promise((resolve) => child.once('exit', resolve))
  return {
    url,
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

const secret = () => randomBytes(32).toString('base64url')
// WeChat's own keys have letters and digits alone.
const accountText = ({ appid, secret: word, pushToken, encodingAesKey }) =>
  [appid, word, pushToken, encodingAesKey.replaceAll(/[+/]/g, 'A')].join(':')

async function configurationOf(services, lender) {
  const { accounts } = await (await fetch(`${lender.url}/sandbox/api/accounts`)).json()
  const account = (kind) => accountText(accounts.find((each) => each.kind === kind))
  return {
    PROFILE: 'serverless',
    PUBLIC_URL: 'https://banshi.example',
    LOG_LEVEL: 'silent',
    DATABASE_URL: services.TEST_DATABASE_URL,
    DATABASE_DRIVER: 'neon',
    NEON_PROXY: services.TEST_NEON_PROXY,
    UPSTASH_REDIS_REST_URL: services.TEST_UPSTASH_URL,
    UPSTASH_REDIS_REST_TOKEN: services.TEST_UPSTASH_TOKEN,
    S3_ENDPOINT: 'https://files.example',
    S3_BUCKET: 'papers',
    S3_ACCESS_KEY_ID: 'local-access-key',
    S3_SECRET_ACCESS_KEY: 'local-secret-key',
    WECHAT_API_BASE: `${lender.url}/sandbox/wechat`,
    ALLOW_LOCAL_WECHAT: '1',
    WECHAT_MINI_PROGRAM: account('mini-program'),
    WECHAT_OFFICIAL_ACCOUNT: account('official-account'),
    CRON_SECRET: secret(),
    DATA_KEYS: `k1:${secret()}`,
    INDEX_KEY: secret(),
  }
}

/** An operator's command; this process must not block, since the proxies of the services live in it. */
function county(command, variables) {
  const child = spawn(process.execPath, ['dist/functions/county.mjs', ...command], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH, ...variables },
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`county ${command} failed`))))
  })
}

let passed = 0
let failed = 0
async function check(name, work) {
  try {
    await work()
    passed += 1
    say(`ok ${name}`)
  } catch (error) {
    failed += 1
    say(`FAILED ${name}: ${error.stack}`)
  }
}
function expectEqual(actual, wanted) {
  const [left, right] = [actual, wanted].map((value) => JSON.stringify(value))
  if (left !== right) throw new Error(`expected ${right}, got ${left}`)
}

let services
let lender
try {
  const { config, settings, handler } = build()
  await buildServer()
  services = await startServices({ fsync: false })
  lender = await startLender()
  const variables = await configurationOf(services.environment, lender)
  await county(['migrate'], variables)
  await county(['load-pack'], variables)

  await check('the build names the jobs, the way in and how long a call may take', async () => {
    const wanted = JSON.parse(readFileSync('vercel.json', 'utf8'))
    expectEqual(config.crons, wanted.crons)
    expectEqual(
      config.routes.some(({ src }) => src === '^/api/(.*)$' || src === '/api/(.*)'),
      true,
    )
    expectEqual(settings.maxDuration, 30)
    expectEqual(/^nodejs(22|24)\.x$/.test(settings.runtime), true)
  })

  Object.assign(process.env, variables)
  const { default: entry } = await import(handler)
  const send = (path, init) => entry.fetch(new Request(`https://banshi.example${path}`, init))
  const logIn = (code) =>
    send('/api/sessions', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        code,
        consents: ['service', 'privacy'].map((purpose) => ({ purpose, version: '1' })),
      }),
    })

  await check('the function answers health', async () => {
    const response = await send('/api/health')
    const { status, profile, wechat } = await response.json()
    expectEqual([response.status, status, profile, wechat], [200, 'ok', 'serverless', 'local'])
  })
  await check('a login against the local WeChat opens an account, once', async () => {
    const door = await fetch(`${lender.url}/sandbox/api/login-codes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ person: 'li-jianguo' }),
    })
    const { code } = await door.json()
    const session = await logIn(code)
    expectEqual(session.status, 201)
    const { token } = await session.json()
    const account = await send('/api/account', { headers: { Authorization: `Bearer ${token}` } })
    expectEqual([account.status, (await account.json()).realNameLevel], [200, 0])
    expectEqual((await logIn(code)).status >= 400, true)
  })
  await check('the catalogue comes from the database', async () => {
    const found = await send(`/api/service-items?q=${encodeURIComponent('老年补贴')}`)
    const { items } = await found.json()
    expectEqual([found.status, items.some(({ id }) => id === 'LX-005')], [200, true])
  })
  await check('jobs run for who knows the secret, and are not there for others', async () => {
    for (const { path } of config.crons) {
      const headers = { Authorization: `Bearer ${variables.CRON_SECRET}` }
      expectEqual([path, (await send(path, { headers })).status], [path, 204])
      expectEqual([path, (await send(path)).status], [path, 404])
    }
  })
} finally {
  await lender?.stop()
  await services?.stop()
  rmSync(workplace, { recursive: true, force: true })
}
say(`${passed} passed, ${failed} failed`)
// The function keeps its pool open, as an instance does.
process.exit(failed === 0 ? 0 : 1)
