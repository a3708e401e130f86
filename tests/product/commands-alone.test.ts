import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { command, runCommand } from '../../functions/commands'
import { run as closingReasons } from '../../functions/commands/closing-reasons'
import {
  EnvironmentFault,
  lookAtEnvironment,
  type Need,
  parseEnvironment,
} from '../../functions/platform/config/environment'
import { sentenceOf } from '../../functions/sentence-of'
import type {} from '../county-template'
import { ask, createDatabase, dropDatabase } from '../services/databases'

// An operator's shell knows little, and on a bad day much of what the product stands on is away.

const secret = 'x'.repeat(43)
const keys = { DATA_KEYS: `k1:${secret}`, INDEX_KEY: secret }

/** Where a store would be; it hears whoever calls. */
let calls = 0
const store = createServer((socket) => {
  calls += 1
  socket.destroy()
})
let folder: string
let url = ''
let elsewhere: Readonly<Record<string, string>>
beforeAll(async () => {
  await new Promise<void>((done) => store.listen(0, '127.0.0.1', done))
  const address = store.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  elsewhere = {
    REDIS_URL: `redis://127.0.0.1:${address.port}`,
    PUBLIC_URL: 'no address',
    S3_ENDPOINT: 'no address',
    WECHAT_MINI_PROGRAM: 'no account',
    PORT: 'no port',
  }
  folder = await mkdtemp(join(tmpdir(), 'operator-'))
  const server = inject('databaseServer')
  if (server !== null) url = await createDatabase(server, 'county')
})
afterAll(async () => {
  store.close()
  if (inject('databaseServer') !== null) await dropDatabase(url)
  await rm(folder, { recursive: true })
})

async function run(words: string, variables: Readonly<Record<string, string>>) {
  const lines: string[] = []
  const source = { PROFILE: 'self-hosted', DATABASE_URL: url, DATA_DIR: join(folder, 'data'), ...variables }
  const code = await runCommand(words.split(' '), {
    read: (needs: readonly Need[]) => parseEnvironment(source, needs),
    lookAt: () => lookAtEnvironment(source),
    root: process.cwd(),
    print: (line) => lines.push(line),
  }).catch((cause: unknown) => sentenceOf(cause) ?? `a stack: ${cause}`)
  return { code, said: lines.join('\n') }
}

const ALONE: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['migrate', {}, '已经是最新的'],
  ['end-work zhao-min', {}, '已离岗'],
  ['drop-factor zhao-min', {}, '没有绑过验证器'],
  ['closing-reasons', keys, '0 条'],
  ['rebuild-cases', {}, '重算了 0 件'],
  ['fill-lists', keys, '0 件'],
  [
    'sample-cases --from 2026-01-01 --to 2026-01-31 --share 0.1 --by supervisor-1 --seed a',
    {},
    '0 件里抽了 0 件',
  ],
  ['invite-admin he-jing', keys, '启动参数 token='],
  ['load-pack', keys, '数据包'],
]

test.each(ALONE)(
  '`%s` starts with the database alone, and asks nothing else',
  async (words, needed, said) => {
    const server = inject('databaseServer')
    if (server === null) return
    for (const PROFILE of ['self-hosted', 'serverless'])
      for (const rest of [{}, elsewhere]) {
        const { code, said: told } = await run(words, { PROFILE, ...needed, ...rest })
        expect({ code, told }).toEqual({ code: 0, told: expect.stringContaining(said) })
        // Who has left cannot leave again.
        await ask(url, 'update staff set active = true')
      }
    expect(calls).toBe(0)
  },
)

test.each(ALONE)('`%s` says in one sentence that the database is away', async (words, needed) => {
  const DATABASE_URL = 'postgres://nobody@127.0.0.1:1/county'
  for (const rest of [{}, elsewhere])
    expect((await run(words, { ...needed, ...rest, DATABASE_URL })).code).toMatch('数据库连不上')
})

test('what it needs and what is wrong with that is told, and nothing else', async () => {
  const faults = (words: string, variables: Readonly<Record<string, string>>) =>
    run(words, { ...elsewhere, ...variables }).then(({ code }) => String(code).match(/[A-Z_]{5,}(?=:)/g))
  expect(await faults('end-work zhao-min', { DATABASE_URL: '' })).toEqual(['DATABASE_URL'])
  expect(await faults('load-pack', { DATABASE_URL: '' })).toEqual(['DATABASE_URL', 'DATA_KEYS', 'INDEX_KEY'])
  expect(await faults('push-menu', { WECHAT_MINI_PROGRAM: '' })).toEqual([
    'WECHAT_MINI_PROGRAM',
    'WECHAT_OFFICIAL_ACCOUNT',
  ])
  expect(() => parseEnvironment({ PROFILE: 'self-hosted', DATABASE_URL: url })).toThrow(EnvironmentFault)
})

test('a row that does not name what its command takes does not compile', () => {
  // @ts-expect-error: a reason is opened with the keys.
  expect(command('', ['database', 'clock'], closingReasons)).toBeTypeOf('object')
})
