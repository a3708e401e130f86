import { expect, test } from 'vitest'
import { runCommand } from '../../functions/commands'
import { lookAtEnvironment, parseEnvironment } from '../../functions/platform/config/environment'

async function run(words: readonly string[]) {
  const lines: string[] = []
  const code = await runCommand(['simulate-month', ...words], {
    read: (needs) => parseEnvironment({}, needs),
    lookAt: () => lookAtEnvironment({}),
    root: process.cwd(),
    print: (line) => lines.push(line),
  })
  return { code, lines }
}

test('a day of the county: phones ring, none of them when it must not', { timeout: 120_000 }, async () => {
  const { code, lines } = await run(['--days', '1', '--cases-a-day', '10'])
  const told = lines.join('\n')
  const figures = JSON.parse(lines.at(-1) ?? '')
  expect(figures, told).toEqual({
    people: expect.any(Number),
    sent: expect.any(Number),
    overLimit: 0,
    inQuietHours: 0,
    outsideDuty: 0,
    lateUrgent: 0,
    urgentDropped: 0,
  })
  expect(figures.people).toBeGreaterThan(300)
  expect(figures.sent).toBeGreaterThan(10)
  expect(code).toBe(0)
  for (const said of ['按提醒', '按钟点', '一天响几次', '新办件提醒', '居民', '企业', '兼职', '工作人员'])
    expect(told).toContain(said)
})

test.each([
  ['--days', '0'],
  ['--cases-a-day', 'many'],
  ['--from', '2026-13-01'],
  ['--unknown', '1'],
])('`%s %s` is told how to write it', async (...words) => {
  const { code, lines } = await run(words)
  expect(code).toBe(1)
  expect(lines.join('\n')).toContain('--cases-a-day')
})
