import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { runCommand } from '../../functions/commands'
import { lookAtEnvironment, type Need, parseEnvironment } from '../../functions/platform/config/environment'
import { readMessageTemplates, templatesFault } from '../../functions/platform/config/message-templates'
import type {} from '../county-template'
import { ask, createDatabase, dropDatabase } from '../services/databases'

const secret = 'x'.repeat(43)
const account = (letter: string) => `wx${letter.repeat(16)}:${letter.repeat(32)}:token:${letter.repeat(43)}`
const TEMPLATES = ['YX-CASE-PROGRESS', 'YX-CASE-TODO', 'YX-CASE-RESULT', 'YX-STAFF-TASK', 'YX-STAFF-DUE']
  .map((name) => `${name}:0123456789`)
  .join(',')

let root: string
let url = ''
/** The template as a county would have filled it: nothing of it says any more that it is invented. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'release-'))
  await cp('drizzle', join(root, 'drizzle'), { recursive: true })
  const real = join(root, 'drizzle/packs/real')
  await cp('drizzle/packs/template', real, { recursive: true })
  for (const name of await readdir(real, { recursive: true })) {
    if (!name.endsWith('.json')) continue
    const text = await readFile(join(real, name), 'utf8')
    const taken = text
      .replace(/"(demo|populationDemo)": true/g, '"$1": false')
      .replace(/"demoFields": \[[^\]]*\]/g, '"demoFields": []')
    await writeFile(join(real, name), taken)
  }
  const server = inject('databaseServer')
  if (server !== null) url = await createDatabase(server)
}, 60_000)
afterAll(async () => {
  if (url) await dropDatabase(url)
  await rm(root, { recursive: true })
})

const whole = (): Readonly<Record<string, string>> => ({
  PROFILE: 'self-hosted',
  PUBLIC_URL: 'https://banshi.qinghe.gov.cn',
  DATABASE_URL: url,
  REDIS_URL: 'redis://127.0.0.1:1',
  S3_ENDPOINT: 'https://files.qinghe.gov.cn',
  S3_BUCKET: 'yinxiang',
  S3_ACCESS_KEY_ID: 'yinxiang',
  S3_SECRET_ACCESS_KEY: 'secret',
  WECHAT_MINI_PROGRAM: account('a'),
  WECHAT_OFFICIAL_ACCOUNT: account('b'),
  WECHAT_TEMPLATES: TEMPLATES,
  DATA_KEYS: `k1:${secret}`,
  INDEX_KEY: secret,
  COUNTY: 'real',
})

async function run(command: string, variables: Readonly<Record<string, string>>) {
  const lines: string[] = []
  const code = await runCommand([command], {
    read: (needs: readonly Need[]) => parseEnvironment(variables, needs),
    lookAt: () => lookAtEnvironment(variables),
    root,
    print: (line) => lines.push(line),
  })
  const lacks = lines.filter((line) => line.startsWith('缺  ')).map((line) => line.slice(3))
  return { code, lacks, lines }
}

test('where nothing is set all is named that a county needs, each with how it is mended', async () => {
  const { code, lacks, lines } = await run('check-release', {})
  expect(code).toBe(1)
  for (const name of [
    ...Object.keys(whole()).filter((each) => each !== 'COUNTY'),
    'SPONSOR_NAME',
    'FILING_NUMBER',
    'DATA_CONTACT',
  ])
    expect(lacks.filter((lack) => lack.includes(`（${name}）`))).toHaveLength(1)
  expect(lacks).toContain('数据包 langxi 还是演示用的')
  // A line of how follows each.
  expect(lines.filter((line) => /^ {4}\S/.test(line))).toHaveLength(lacks.length)
  expect(lines.at(-1)).toBe(`还缺 ${lacks.length} 样，补齐了再发布。`)
})

test('the templates of this test are the product’s', () => {
  expect(templatesFault(TEMPLATES)).toBeNull()
  expect(readMessageTemplates(TEMPLATES).idOf('YX-CASE-TODO')).toBe('0123456789')
})

describe('the texts that residents agree to', () => {
  const SAMPLE = '服务协议和隐私保护说明还是样板'
  const lacksIn = async (county: string) => (await run('check-release', { ...whole(), COUNTY: county })).lacks

  test.each(['template', 'langxi'])(
    '%s: nobody of a county has looked at them, and that is named',
    async (county) => {
      expect(await lacksIn(county)).toContain(SAMPLE)
    },
  )

  test('a county that has had them looked at takes the marks off, and it is named no more', async () => {
    const packs = join(root, 'drizzle/packs')
    const own = join(packs, 'own')
    await cp(join(packs, 'template'), own, { recursive: true })
    const file = join(own, 'agreements.json')
    const marked = await readFile(file, 'utf8')
    await writeFile(file, marked.replace(/ *"demo": true,\n/, ''))
    expect(await lacksIn('own')).toContain(SAMPLE)
    await writeFile(file, marked.replace(/ *"demo": true,\n/g, ''))
    const lacks = await lacksIn('own')
    expect(lacks).not.toContain(SAMPLE)
    expect(lacks).toContain('数据包 own 还是演示用的')
  })
})

test.each([
  ['PUBLIC_URL', 'http://banshi.qinghe.gov.cn'],
  ['PUBLIC_URL', 'https://10.0.0.3'],
  ['WECHAT_MINI_PROGRAM', 'wx12:short'],
  ['WECHAT_TEMPLATES', 'YX-CASE-TODO:0123456789'],
  ['ALLOW_LOCAL_WECHAT', '1'],
  ['PROFILE', 'serverless'],
  ['DATA_KEYS', 'short'],
])('%s=%s is named, and no secret is printed', async (name, value) => {
  // Without a database, which no other test here needs.
  const { DATABASE_URL: _without, ...others } = whole()
  const { lacks, lines } = await run('check-release', { ...others, [name]: value })
  const named = lacks.map((lack) => /（(\w+)）$/.exec(lack)?.[1])
  expect(named.sort()).toEqual(['DATABASE_URL', name].sort())
  for (const each of [secret, 'a'.repeat(32), value.length > 20 ? value : secret])
    expect(lines.join('\n')).not.toContain(each)
})

describe('with the database', () => {
  const has = inject('databaseServer') !== null
  const lacks = async () => (await run('check-release', whole())).lacks

  test.runIf(has)(
    'each is named until it is there, and then nothing is',
    async () => {
      const empty = await run('check-release', whole())
      expect(empty).toMatchObject({ code: 1, lacks: ['数据库里看不了'] })
      expect(empty.lines.join('\n')).toContain('npm run db:migrate')
      for (const command of ['migrate', 'load-pack'])
        expect([command, await run(command, whole())]).toMatchObject([command, { code: 0 }])
      await ask(url, `update calendar_years set year = year - 50`)
      expect(await lacks()).toEqual([
        '管理员还没有绑定微信',
        expect.stringMatching(/^没有 20\d\d 年的放假安排$/),
        // The county's month: in its last one the next year is asked for.
        ...(new Date(Date.now() + 8 * 3_600_000).getUTCMonth() === 11 ? [expect.any(String)] : []),
      ])
      await ask(
        url,
        `update calendar_years set year = extract(year from now())::int
      where year = (select max(year) from calendar_years)`,
      )
      await ask(
        url,
        `insert into calendar_years select extract(year from now())::int + 1, off_days, work_days, source
      from calendar_years order by year desc limit 1`,
      )
      await ask(
        url,
        `insert into profiles (id, real_name_level, staff_id, created_at, demo)
      select gen_random_uuid(), 3, staff_id, now(), false from staff_roles where role = 'admin' limit 1`,
      )
      await ask(
        url,
        `update staff set active = true, awaited = false where id in (select staff_id from profiles)`,
      )
      const others = await run('check-release', whole())
      expect(others.lacks).toEqual([expect.stringMatching(/^\d+ 个岗位还没有人进来$/)])
      expect(others.lines.join('\n')).toMatch(/青禾县.*邀请同事/)
      await ask(
        url,
        `insert into profiles (id, real_name_level, staff_id, created_at, demo)
      select gen_random_uuid(), 3, id, now(), false from staff where not exists (
        select 1 from profiles where staff_id = staff.id)`,
      )
      await ask(url, `update staff set active = true, awaited = false`)
      expect(await lacks()).toEqual([])
      await ask(url, `update units set demo = true where kind = 'village'`)
      expect(await lacks()).toEqual(['数据库里有演示数据'])
      await ask(url, 'update units set demo = false')
      await ask(
        url,
        `update staff set active = false where id in (select staff_id from staff_roles where role = 'admin')`,
      )
      expect(await lacks()).toEqual(['没有管理员'])
      await ask(url, 'update staff set active = true')
      expect(await run('check-release', whole())).toEqual({
        code: 0,
        lacks: [],
        lines: ['都齐了，可以打包、提交审核。'],
      })
    },
    60_000,
  )

  test.runIf(has)('a database that lets nobody in is told, and ends nothing', async () => {
    const { code, lacks: told } = await run('check-release', {
      ...whole(),
      DATABASE_URL: 'postgres://nobody:none@127.0.0.1:1/none',
    })
    expect({ code, told }).toEqual({ code: 1, told: ['数据库里看不了'] })
  })
})
