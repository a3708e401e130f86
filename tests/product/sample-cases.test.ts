import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../functions/commands/sample-cases'
import { file } from '../e2e/scenes'
import { type County, openCounty } from './county'
import { disowning } from './disowning'

// Supervision draws by lot: whoever has the seed draws the same, and learns of nobody.
let county: County
const { born } = disowning(() => county)
const numbers: string[] = []

beforeAll(async () => {
  county = await openCounty()
  await county.door('POST', 'clock', { set: '2026-11-24T09:42:00+08:00' })
  for (let count = 0; count < 8; count += 1) {
    const id = await file(county, await born('郝抽查', 3), count === 0 ? 'LX-050' : 'LX-005')
    const [row] = await county.services.database.rows<{ number: string }>(
      sql`select case_number as number from cases where id = ${id}::uuid`,
    )
    numbers.push(row?.number ?? '')
  }
})
afterAll(() => county.close())

async function drawn(words: string) {
  const lines: string[] = []
  const code = await run({
    services: county.services,
    words: words.split(' '),
    print: (line) => lines.push(line),
  })
  return { code, lines }
}
const DAYS = '--from 2026-11-24 --to 2026-11-24'

test('the same seed draws the same, another one others; as many as asked for, rounded up', async () => {
  const [one, again, other] = [
    await drawn(`${DAYS} --share 0.4 --seed a`),
    await drawn(`${DAYS} --share 0.4 --seed a`),
    await drawn(`${DAYS} --share 0.4 --seed c`),
  ]
  expect(one).toEqual(again)
  expect(other.lines.slice(0, -1)).not.toEqual(one.lines.slice(0, -1))
  const [filed, count] =
    /申请的 (\d+) 件里抽了 (\d+) 件/
      .exec(one.lines.at(-1) ?? '')
      ?.slice(1)
      .map(Number) ?? []
  expect(filed).toBeGreaterThanOrEqual(8)
  expect(count).toBe(Math.ceil((filed ?? 0) * 0.4))
  expect(one.lines).toHaveLength((count ?? 0) + 1)
})

test('it names number, item and unit, of a sensitive item no name, and nobody', async () => {
  const { lines } = await drawn(`${DAYS} --share 1 --seed a`)
  const said = lines.join('\n')
  for (const number of numbers) expect(said).toContain(number)
  expect(said).toContain('高龄津贴  梅渚镇')
  expect(lines.find((line) => line.startsWith(numbers[0] ?? '-'))).toMatch(/ {2}不公开的事项$/)
  expect(said).not.toMatch(/郝|免费请律师/)
})

test.each([
  ['2026-11-25', '2026-11-24', '0.1', 'a'],
  ['2026-11-31', '2026-11-24', '0.1', 'a'],
  ['2026-11-24', '2026-11-24', '0', 'a'],
  ['2026-11-24', '2026-11-24', '1.1', 'a'],
  ['2026-11-24', '2026-11-24', 'x', 'a'],
])('not %s to %s, %s', async (from, to, share, seed) => {
  const { code, lines } = await drawn(`--from ${from} --to ${to} --share ${share} --seed ${seed}`)
  expect([code, lines.length]).toEqual([1, 1])
})

test('another day has none', async () => {
  const { lines } = await drawn('--from 2020-01-01 --to 2020-01-02 --share 1 --seed a')
  expect(lines).toEqual(['2020-01-01 到 2020-01-02 申请的 0 件里抽了 0 件，种子 a'])
})
