import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { runCommand } from '../../functions/commands'
import { CannotListen } from '../../functions/listen'
import { openServer } from '../../functions/open-server'
import { lookAtEnvironment, parseEnvironment } from '../../functions/platform/config/environment'
import { sentenceOf } from '../../functions/sentence-of'
import type {} from '../county-template'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'starts-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const environmentOf = (variables: Readonly<Record<string, string>>) =>
  parseEnvironment({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent', ...variables })

/** What the operator reads when this start fails, as it must. */
const saidBy = (variables: Readonly<Record<string, string>>) =>
  openServer(environmentOf(variables), process.cwd()).then(
    () => 'it started',
    (cause: unknown) => sentenceOf(cause) ?? `a stack: ${cause}`,
  )

/** `npm run county -- migrate`. */
const migrate = (variables: Readonly<Record<string, string>> = {}) =>
  runCommand(['migrate'], {
    read: () => environmentOf(variables),
    lookAt: () => lookAtEnvironment(variables),
    root: process.cwd(),
    print: () => {},
  })

const listeningFault = (host: string, code: string) =>
  sentenceOf(new CannotListen(host, 80, Object.assign(new Error(code), { code })))

test('a port in use is told as one', async () => {
  const other = createServer()
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const address = other.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  expect(await saidBy({ PORT: String(address.port) })).toMatch(`端口 ${address.port} 已被占用`)
  other.close()
})

test('a port that fetch and browsers keep away from is told as one', async () => {
  expect(await saidBy({ PORT: '4190' })).toMatch('端口 4190 不许用')
})

test('an address that is another machine’s is told as such, and so is a port for which the right is missing', async () => {
  expect(await saidBy({ HOST: '203.0.113.1' })).toMatch('HOST=203.0.113.1 不是这台机器的地址')
  expect(listeningFault('0.0.0.0', 'EACCES')).toMatch('没有权限使用端口 80')
  expect(listeningFault('no.such.name', 'ENOTFOUND')).toMatch('HOST=no.such.name 不是这台机器的地址')
  expect(listeningFault('::', 'EAFNOSUPPORT')).toMatch('HOST=0.0.0.0')
  expect(listeningFault('::', 'EMFILE')).toMatch('EMFILE')
})

test('a folder that cannot be written is told before anything is done', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  expect(await saidBy({ DATA_DIR: file })).toMatch(`数据目录不能写：${file}`)
  await writeFile(join(folder, 'files'), '')
  expect(await saidBy({})).toMatch(`数据目录不能写：${join(folder, 'files')}`)
  expect(await readdir(folder)).toEqual(['file', 'files'])
})

test('keys that are broken or gone are told in one sentence, and nothing is touched', async () => {
  const path = join(folder, 'keys.json')
  await writeFile(path, '{"field":')
  expect(await saidBy({})).toMatch(`密钥文件读不出密钥：${path}`)
  await rm(path)
  await mkdir(join(folder, 'database', 'data'), { recursive: true })
  expect(await saidBy({})).toMatch(`密钥文件不见了，没有它以前加密的数据读不出来：${path}`)
  expect(await readdir(folder)).toEqual(['database', 'files'])
  expect(await readdir(join(folder, 'database'))).toEqual(['data'])
})

test('a database that is away, or lets nobody in, is told in one sentence', async () => {
  const away = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/county' }
  expect(await saidBy(away)).toMatch('数据库连不上')
  await expect(migrate(away).catch(sentenceOf)).resolves.toMatch('数据库连不上')
  const server = inject('databaseServer')
  if (server === null) return
  expect(await saidBy({ DATABASE_URL: server.replace(/[^/]*$/, 'no_such_database') })).toMatch('数据库不让进')
})

test('a folder that `migrate` began has keys and can be started', async () => {
  expect(await migrate()).toBe(0)
  expect(await readdir(folder)).toEqual(['database', 'files', 'keys.json'])
  const server = await openServer(environmentOf({}), process.cwd())
  await server.close()
  // A whole start with nothing prepared.
}, 90_000)
