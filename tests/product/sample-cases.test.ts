import { createHash } from 'node:crypto'
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
  await county.door('POST', 'clock', { set: '2026-11-25T09:00:00+08:00' })
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
const SUPERVISOR = 'supervisor-1'
const DAYS = `--from 2026-11-24 --to 2026-11-24 --by ${SUPERVISOR}`

const seedOf = ({ lines }: Awaited<ReturnType<typeof drawn>>) =>
  /种子 (.+)$/.exec(lines.at(-2) ?? '')?.[1] ?? ''

test('a draw is repeated by its seed, and by no other; as many as asked for, rounded up', async () => {
  const one = await drawn(`${DAYS} --share 0.4`)
  const again = await drawn(`${DAYS} --share 0.4 --seed ${seedOf(one)}`)
  expect(again).toEqual(one)
  // Typed after `--seed`, none is taken for an option.
  expect(seedOf(one)).toMatch(/^[0-9a-f]+$/)
  const [filed, count] =
    /申请的 (\d+) 件里抽了 (\d+) 件/
      .exec(one.lines.at(-2) ?? '')
      ?.slice(1)
      .map(Number) ?? []
  expect(filed).toBeGreaterThanOrEqual(8)
  expect(count).toBe(Math.ceil((filed ?? 0) * 0.4))
  expect(one.lines).toHaveLength((count ?? 0) + 2)
})

test('nobody chooses a seed: one that nothing was drawn with, or with which another draw was, is refused unwritten', async () => {
  const one = await drawn(`${DAYS} --share 0.4`)
  const before = (await audited()).length
  for (const words of ['--share 0.4 --seed a', `--share 0.5 --seed ${seedOf(one)}`]) {
    const { code, lines } = await drawn(`${DAYS} ${words}`)
    expect([code, lines]).toEqual([1, [expect.stringContaining('种子不能自己挑')]])
  }
  expect(await audited()).toHaveLength(before)
})

test('it names number, item and unit, of a sensitive item no name, and nobody', async () => {
  const { lines } = await drawn(`${DAYS} --share 1`)
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
  // What is filed today is not all there yet.
  ['2026-11-24', '2026-11-25', '0.1', 'a'],
])('not %s to %s, %s', async (from, to, share, seed) => {
  const { code, lines } = await drawn(
    `--from ${from} --to ${to} --share ${share} --by ${SUPERVISOR} --seed ${seed}`,
  )
  expect([code, lines.length]).toEqual([1, 1])
})

test('another day has none', async () => {
  const { lines } = await drawn(`--from 2020-01-01 --to 2020-01-02 --share 1 --by ${SUPERVISOR}`)
  expect(lines[0]).toMatch(/^2020-01-01 到 2020-01-02 申请的 0 件里抽了 0 件，种子 /)
})

const audited = () =>
  county.services.database.rows<{ actor: string; subject: string }>(
    sql`select actor, subject from audit_entries where action = 'case.sample' order by at, id`,
  )

test('each draw is audited once: by whom, of what, with which seed, and what came of it', async () => {
  const before = (await audited()).length
  const one = await drawn(`${DAYS} --share 0.4`)
  const two = await drawn(`${DAYS} --share 0.4`)
  const rows = (await audited()).slice(before)
  expect(rows).toHaveLength(2)
  const [first, second] = rows
  // Who runs the command is the operator; for whom, the row says.
  expect(first?.actor).toBe('system:sample-cases')
  expect(seedOf(one)).not.toBe(seedOf(two))
  expect(first?.subject).toContain(
    `sample:2026-11-24..2026-11-24 share=0.4 seed=${seedOf(one)} origin=drawn for=staff:${SUPERVISOR} drawn=`,
  )
  const names = one.lines.slice(0, -2).map((line) => line.split('  ')[0])
  const digest = createHash('sha256').update(names.join(' ')).digest('hex')
  expect(first?.subject).toContain(` sha256=${digest}`)
  expect(one.lines.at(-1)).toContain(digest)
  expect(second?.subject).not.toBe(first?.subject)
  // Whoever has the seed holds the draw against what was written down.
  expect((await drawn(`${DAYS} --share 0.4 --seed ${seedOf(one)}`)).lines).toEqual(one.lines)
  expect((await audited()).at(-1)?.subject).toContain(' origin=given ')
})

test('nobody draws who supervises nothing, and nothing is written of it', async () => {
  const before = await audited()
  for (const by of ['zhao-min', 'nobody'])
    expect(await drawn(`--from 2026-11-24 --to 2026-11-24 --share 0.4 --by ${by}`)).toEqual({
      code: 1,
      lines: [`没有在岗的督查人员 ${by}`],
    })
  expect(await audited()).toEqual(before)
})
