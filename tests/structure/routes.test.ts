import { readdirSync } from 'node:fs'
import { Cron } from 'croner'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { JOB_SCHEDULES, type JobName, nextRun } from '../../functions/jobs'
import { type County, openCounty } from '../product/county'
import { textOf } from './house'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const documented = () =>
  county.app.app.openAPIRegistry.definitions.flatMap((definition) =>
    definition.type === 'route' ? [definition.route] : [],
  )

test('every route says who may call it', () => {
  const silent = documented().filter((route) => !('x-authorization' in route))
  expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([])
})

test('jobs, the secret’s way in, answer nothing without it', async () => {
  for (const name of Object.keys(JOB_SCHEDULES)) {
    expect((await county.visitor.send('POST', `/api/jobs/${name}`)).status, name).toBe(404)
  }
})

test('every job has a schedule, in the process and on the platform', () => {
  const jobs = readdirSync('functions/jobs')
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'index.ts')
    .map((file) => file.replace(/\.ts$/, ''))
  expect(jobs.sort()).toEqual(Object.keys(JOB_SCHEDULES).sort())
  const { crons } = JSON.parse(textOf('vercel.json')) as { crons: { path: string; schedule: string }[] }
  expect(crons.map(({ path }) => path).sort()).toEqual(jobs.map((job) => `/api/jobs/${job}`))
  for (const { path, schedule } of crons) {
    const name = path.replace('/api/jobs/', '') as JobName
    // The platform reads its schedules in UTC, ours are Shanghai's.
    const onPlatform = new Cron(schedule, { timezone: 'UTC', paused: true })
    const runs = onPlatform.nextRuns(4, '2026-11-24T00:00:00Z').map((at) => at.toISOString())
    let at: Instant = '2026-11-24T00:00:00.000Z' as Instant
    expect(runs, name).toEqual(runs.map(() => (at = nextRun(name, at))))
  }
})
