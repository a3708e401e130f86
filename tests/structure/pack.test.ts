import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type SQL, sql } from 'drizzle-orm'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { type PackCommandContext, run as runLoadPack } from '../../functions/commands/load-pack'
import { run as runResetDemo } from '../../functions/commands/reset-demo'
import { createAesCipher } from '../../functions/platform/adapters/cipher'
import { fileOf, folderOf, PACK_FILES, PACK_FOLDERS } from '../../functions/platform/db/seed/pack-schema'
import { readPack } from '../../functions/platform/db/seed/read-pack'
import type { Database } from '../../functions/platform/ports/database'
import { openEmptyDatabase } from '../empty-database'

it('promises on the phone nothing but the decision: no certificate is issued there, and no booking reminded of', async () => {
  const read = await readPack('drizzle/packs/langxi')
  if (!read.ok) throw new Error('the pack has faults')
  const promises = read.value.serviceItems.flatMap(({ id, oneLine, howToGet: { text } }) =>
    /(证|执照|凭证|许可|登记|备案表|通知书|结算单|代码|编号).{0,4}到手机|提醒/.test(oneLine + text)
      ? [`${id} ${text}`]
      : [],
  )
  // It is the decision by its own name.
  expect(promises).toEqual(['LX-007 确认通知书到手机；钱按月打到社保卡'])
})

it('holds the county of the demo without a fault', async () => {
  const read = await readPack('drizzle/packs/langxi')
  expect(read.ok ? [] : read.error).toEqual([])
  if (!read.ok) return
  const { units, servicePoints, staff, residents, serviceItems, enterprises, policies } = read.value
  const people = new Set([...staff, ...residents].map((person) => person.id))
  const kinds = serviceItems.flatMap((item) => item.fields.map((field) => field.kind))
  expect({
    departments: units.departments.length,
    towns: units.towns.length,
    villages: units.villages.length,
    servicePoints: servicePoints.length,
    people: people.size,
    enterprises: enterprises.length,
    items: serviceItems.length,
    policies: policies.length,
    fields: kinds.length,
    fieldKinds: new Set(kinds).size,
    steps: serviceItems.flatMap((item) => item.steps).length,
  }).toEqual({
    departments: 31,
    towns: 12,
    villages: 101,
    servicePoints: 115,
    people: 339,
    enterprises: 6,
    items: 52,
    policies: 10,
    fields: 392,
    fieldKinds: 22,
    steps: 193,
  })
})

it('is told file by file to whoever makes another', async () => {
  const runbook = await readFile('docs/runbooks/new-county.md', 'utf8')
  const told = [...runbook.matchAll(/^\| `drizzle\/packs\/template\/([\w-]+(?:\.json|\/))`/gm)].map(
    ([, name]) => name,
  )
  const files = (Object.keys(PACK_FILES) as (keyof typeof PACK_FILES)[]).map(fileOf)
  const folders = (Object.keys(PACK_FOLDERS) as (keyof typeof PACK_FOLDERS)[]).map(
    (name) => `${folderOf(name)}/`,
  )
  expect(told.sort()).toEqual([...files, ...folders].sort())
})

it.each(['langxi', 'template'])(
  'marks everybody it invented, under numbers that are nobody’s: %s',
  async (county) => {
    const read = await readPack(`drizzle/packs/${county}`)
    if (!read.ok) throw new Error('the pack has faults')
    const people = [...read.value.staff, ...read.value.residents]
    expect(people.filter((person) => !person.demo)).toEqual([])
    // 154 is a range of numbers that no carrier has opened.
    expect(people.filter(({ phone }) => phone !== null && !phone.startsWith('154'))).toEqual([])
    const enterprises = read.value.enterprises.filter((enterprise) => !enterprise.demo)
    expect(enterprises).toEqual([])
  },
)

it('is read by the bundled functions too', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bundle-'))
  const outfile = join(folder, 'read.mjs')
  const pack = join(process.cwd(), 'drizzle/packs/langxi')
  await build({
    stdin: {
      contents: `import { fileOf, folderOf, PACK_FILES, PACK_FOLDERS } from '../../functions/platform/db/seed/pack-schema'
import { readPack } from './functions/platform/db/seed/read-pack'
        const read = await readPack(process.argv[2])
        process.stdout.write(read.ok ? String(read.value.serviceItems.length) : 'faults')`,
      resolveDir: process.cwd(),
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'silent',
  })
  const { stdout } = await promisify(execFile)(process.execPath, [outfile, pack], { cwd: folder })
  await rm(folder, { recursive: true })
  expect(stdout).toBe('52')
}, 30_000)

const secret = new Uint8Array(32).fill(7)
const contextOf = (database: Database, lines: string[]): PackCommandContext => ({
  database,
  cipher: createAesCipher({ keys: [{ id: 'test', secret }], indexSecret: secret }),
  clock: { now: () => '2026-11-24T01:42:00.000Z' as Instant },
  demo: { openidOf: (personId) => ({ appid: 'wx0', openid: personId, unionid: null }) },
  packsFolder: 'drizzle/packs',
  county: 'langxi',
  print: (line) => lines.push(line),
})

it('is loaded, loaded again and reset by the operator’s commands', async () => {
  const database = await openEmptyDatabase()
  const lines: string[] = []
  const context = contextOf(database, lines)
  const people = async () =>
    (await database.rows<{ n: number }>(sql`select count(*)::int as n from profiles`))[0]?.n
  expect(await runResetDemo({ ...context, demo: null })).toBe(1)
  expect(await runLoadPack(context)).toBe(0)
  expect(await runLoadPack(context)).toBe(0)
  await database.rows(sql`delete from wechat_identities`)
  expect(await runResetDemo(context)).toBe(0)
  expect(await people()).toBe(339)
  expect(await runLoadPack({ ...context, county: 'nowhere' })).toBe(1)
  const folder = await mkdtemp(join(tmpdir(), 'packs-'))
  await writeFile(join(folder, 'langxi'), '')
  expect(await runLoadPack({ ...context, packsFolder: folder })).toBe(1)
  await rm(folder, { recursive: true })
  expect(lines[0]).toBe('只有演示环境可以清空重来。')
  expect(lines[2]).toBe('数据包 langxi 0.2.0：没有变化（第 1 版）。')
  expect(lines.at(-1)).toBe('数据包 langxi 有 1 处错，一样也没有装。')
  await database.close()
}, 60_000)

it('tells what it kept of the product’s own, and sends away only whom a pack had brought', async () => {
  const database = await openEmptyDatabase()
  const packsFolder = await mkdtemp(join(tmpdir(), 'packs-'))
  const file = (name: string) => join(packsFolder, 'template', name)
  const change = async <Content>(name: string, edit: (content: Content) => unknown) =>
    writeFile(file(name), JSON.stringify(edit(JSON.parse(await readFile(file(name), 'utf8')))))
  await cp('drizzle/packs/template', join(packsFolder, 'template'), { recursive: true })
  const lines: string[] = []
  const load = () => runLoadPack({ ...contextOf(database, lines), packsFolder, county: 'template' })
  const edit = (statement: SQL) => database.rows(statement)

  type Members = readonly Record<string, unknown>[]
  const hired = [
    { id: 'shi-lai', idNumber: '990101198003059030', phone: '15400000104' },
    { id: 'guo-ke', idNumber: '990101198003059057', phone: '15400000105' },
  ].map((more) => ({ ...more, roles: [{ role: 'town-window', unitId: '990101101', acting: false }] }))
  await change<Members>('staff.json', (staff) => [
    ...staff,
    ...hired.map((more) => ({ ...staff[0], ...more })),
  ])
  expect({ code: await load(), lines }).toMatchObject({ code: 0 })
  await edit(sql`update staff set leave = '[{"from":"2026-12-01","to":"2026-12-05"}]' where id = 'wen-qing'`)
  await edit(sql`update staff set active = false where id = 'guo-ke'`)
  await edit(sql`insert into staff (id, name, part_time, duty_hours, leave, demo, listing)
    values ('added-here', '新来的', false, '[]', '[]', false, 'added')`)

  await change<Members>('staff.json', (staff) =>
    staff
      .filter(({ id }) => id !== 'shi-lai')
      .map((member) => ({
        ...member,
        leave: [{ from: '2026-11-26', to: '2026-11-27', substituteId: null }],
      })),
  )
  lines.length = 0
  expect(await load()).toBe(0)
  expect(lines.filter((line) => line.startsWith('kept'))).toEqual(['kept staff wen-qing leave'])
  const active = await database.rows<{ id: string; active: boolean }>(sql`select id, active from staff`)
  expect(Object.fromEntries(active.map(({ id, active }) => [id, active]))).toEqual({
    'luo-ping': true,
    'wen-qing': true,
    'he-shan': true,
    'shi-lai': false,
    'guo-ke': false,
    'added-here': true,
  })
  await rm(packsFolder, { recursive: true })
  await database.close()
}, 60_000)
