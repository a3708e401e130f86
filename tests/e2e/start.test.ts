import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer } from './running-server'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const door = async (url: string, path: string) => (await fetch(`${url}/sandbox/api/${path}`)).json()

test('starts, ends on Ctrl-C, keeps everything, and starts again in seconds', async () => {
  const first = await startServer({ PORT: '0', DATA_DIR: folder })
  const health = await fetch(`${first.url}/api/health`)
  expect(await health.json()).toMatchObject({
    status: 'ok',
    profile: 'embedded',
    version: expect.any(String),
  })
  const born = await fetch(`${first.url}/sandbox/api/people`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: '沈秀英', birth: '1944-03-05', villageCode: '341821105200' }),
  })
  const { id } = (await born.json()) as { id: string }
  const inUse = await startServer({ PORT: new URL(first.url).port, DATA_DIR: `${folder}-other` }).catch(
    String,
  )
  expect(inUse).toMatch(/端口 \d+ 已被占用/)
  const sameFolder = await startServer({ PORT: '0', DATA_DIR: folder }).catch(String)
  expect(sameFolder).toContain('数据目录正被另一个进程使用')
  expect(await first.interrupt()).toBe(0)
  const second = await startServer({ PORT: '0', DATA_DIR: folder })
  console.log(`second start ${Math.round(second.milliseconds)} ms`)
  // Seconds where nobody else is at work: here other files are. A first start takes minutes.
  expect(second.milliseconds).toBeLessThan(30_000)
  const { people } = (await door(second.url, 'people')) as { people: { id: string }[] }
  expect(people.map((person) => person.id)).toContain(id)
  await second.kill()
  const third = await startServer({ PORT: '0', DATA_DIR: folder })
  expect(await door(third.url, 'people')).toEqual({ people })
  expect(await third.interrupt('SIGHUP')).toBe(0)
})

test('twice at once in one checkout: what one start reads, the other does not write into', async () => {
  const entry = 'dist/functions/server.mjs'
  await writeFile(entry, 'of an older build')
  const { ino: older } = await stat(entry)
  const starts = await Promise.all(
    ['one', 'two'].map((name) => startServer({ PORT: '0', DATA_DIR: join(folder, name) })),
  )
  const { ino: newer, mtimeMs } = await stat(entry)
  expect(newer).not.toBe(older)
  const again = await startServer({ PORT: '0', DATA_DIR: join(folder, 'three') })
  expect(await stat(entry)).toMatchObject({ ino: newer, mtimeMs })
  for (const start of [...starts, again]) expect(await start.interrupt()).toBe(0)
})

test('what an operator can mend is told in one sentence', async () => {
  const broken = join(folder, 'broken')
  await writeFile(broken, 'not a folder')
  const said = async (environment: Readonly<Record<string, string>>) =>
    (await startServer({ PORT: '0', ...environment }).catch(String)) as string
  expect(await said({ DATA_DIR: broken })).toMatch(/^Error: ended with 1: 数据目录不能写：.*\n$/)
  // Node's own mkdir never comes back from there.
  if (process.platform === 'linux')
    expect(await said({ DATA_DIR: '/proc/nope' })).toMatch(/^Error: ended with 1: 数据目录不能写：.*\n$/)
  expect(await said({ DATA_DIR: join(folder, 'new'), HOST: '203.0.113.1' })).toMatch(
    /^Error: ended with 1: HOST=203\.0\.113\.1 .*\n$/,
  )
})

test('every fault of the environment is told at once, without its values', async () => {
  const answer = String(
    await startServer({
      PORT: 'abc',
      DATA_DIR: folder,
      PROFILE: 'self-hosted',
      CRON_SECRET: 'short-secret',
    }).catch(String),
  )
  expect(answer).toContain('PORT')
  expect(answer).toContain('CRON_SECRET')
  expect(answer).not.toContain('short-secret')
})
