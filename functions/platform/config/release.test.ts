import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inventedFacts } from './release'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packs-'))
  await mkdir(join(folder, 'qinghe'))
  const write = (file: string, value: unknown) =>
    writeFile(join(folder, 'qinghe', file), JSON.stringify(value))
  await write('units.json', {
    towns: [
      { name: '清河镇', phone: '0563-7032001' },
      { name: '编镇', phone: '0563-7032183', demo: true, villages: [{ name: '编出村', population: 3 }] },
    ],
  })
  await write('residents.json', [
    { name: '陈桂兰', idNumber: '341821194611180024', demo: true, note: '编的一句话' },
  ])
  await write('items.json', [{ name: '高龄津贴', demo: true }])
})
afterAll(() => rm(folder, { recursive: true }))

test('names of three characters and numbers of whatever is invented, with all that it holds, are known', async () => {
  expect([...(await inventedFacts(folder))].sort()).toEqual(
    ['0563-7032183', '341821194611180024', '编出村', '陈桂兰'].sort(),
  )
})
