import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

// Whether the bench still runs, in a process as it is started by hand: one short round of each line. Its figures say nothing.
const LINES = [
  ...['login', 'read', 'list', 'home', 'submit', 'decide'].map((name) => `round trips of ${name}: count`),
  ...['read', 'my cases', 'submit'].flatMap((name) => [
    `${name}: requests/s`,
    `cpu of ${name}, server: us`,
    `cpu of ${name}, PostgreSQL: us`,
  ]),
  ...['home', 'queue', 'health'].map((name) => `${name}: requests/s`),
  'reminders against a loop by hand: per second',
  'reminders against a kept queue: per second',
  'reminders by limiter and HTTP against none: per second',
  'cold start against its own packages: ms',
  'cold start against all packages: ms',
]

it('prints each of its lines, with a figure on both sides', async () => {
  // Inside a test a county is copied from the template, which another process does not have.
  const { VITEST: _, ...env } = process.env
  const { stdout } = await promisify(execFile)(process.execPath, ['tests/bench/run.mjs', '--smoke'], { env })
  const lines: { name: string; ours: number; baseline: number; ratio: number }[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ name }) => name).sort()).toEqual([...LINES].sort())
  for (const { name, ours, baseline } of lines) {
    // PostgreSQL is told its processor time in hundredths of a second, of which so short a round may take none.
    const least = name.endsWith('PostgreSQL: us') ? 0 : Number.MIN_VALUE
    expect(Math.min(ours, baseline), name).toBeGreaterThanOrEqual(least)
  }
})
