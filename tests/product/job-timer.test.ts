import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { createJobSchedule } from '../../functions/job-timer'
import { JOB_SCHEDULES, type JobName } from '../../functions/jobs'
import type { Database } from '../../functions/platform/ports/database'
import { openEmptyDatabase } from '../empty-database'
import { openCounty } from './county'

let database: Database
beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())

let now: Instant
const at = (shanghai: string) => {
  now = new Date(`${shanghai}:00+08:00`).toISOString() as Instant
}
const clock = { now: () => now }
const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

let ran: string[] = []
beforeEach(async () => {
  ran = []
  await database.rows(sql`delete from job_runs`)
})

/** A process with its timer; jobs note their name, but for those that are given. */
function started(jobs: Partial<Record<JobName, () => Promise<unknown>>> = {}) {
  const noting = (name: JobName) => async () => {
    if (name !== 'drain-reminders') ran.push(name)
  }
  const all = Object.fromEntries(
    (Object.keys(JOB_SCHEDULES) as JobName[]).map((name) => [name, jobs[name] ?? noting(name)]),
  ) as Record<JobName, () => Promise<unknown>>
  return createJobSchedule({ database, clock, log }, all)
}
async function ranAt(process: ReturnType<typeof started>, shanghai: string) {
  at(shanghai)
  ran = []
  await process.tick()
  await process.tick()
  return ran
}

test('a job runs at its time, not because somebody started the product', async () => {
  const first = started()
  expect(await ranAt(first, '2026-11-24T02:00')).toEqual([])
  expect(await ranAt(first, '2026-11-24T03:40')).toEqual(['remove-expired'])
  expect(await ranAt(first, '2026-11-24T08:19')).toEqual([])
  expect(await ranAt(first, '2026-11-24T08:20')).toEqual(['remind-of-deadlines'])
  expect(await ranAt(first, '2026-11-24T08:29')).toEqual([])
  expect(await ranAt(first, '2026-11-24T08:30')).toEqual(['remind-of-deadlines'])
  expect(await ranAt(first, '2026-11-24T14:31')).toEqual(['remind-of-deadlines'])
  expect(await ranAt(first, '2026-11-25T00:05')).toEqual(['run-deadlines'])
  for (const time of ['2026-11-25T02:00', '2026-11-25T02:01', '2026-11-25T03:39']) {
    expect(await ranAt(started(), time)).toEqual([])
  }
})

test('what was missed while nobody ran is run once, late', async () => {
  const first = started()
  await ranAt(first, '2026-11-24T14:00')
  const second = started()
  expect((await ranAt(second, '2026-11-27T09:00')).sort()).toEqual([
    'remind-of-deadlines',
    'remove-expired',
    'run-deadlines',
  ])
  expect(await ranAt(second, '2026-11-27T09:01')).toEqual([])
  expect(await ranAt(started(), '2026-11-27T09:02')).toEqual([])
  expect(await ranAt(second, '2026-11-27T14:30')).toEqual(['remind-of-deadlines'])
})

test('of several processes one runs it', async () => {
  const processes = [started(), started(), started()]
  at('2026-11-24T08:00')
  await Promise.all(processes.map((each) => each.tick()))
  at('2026-11-24T08:30')
  await Promise.all(processes.map((each) => each.tick()))
  for (const each of processes) await each.tick()
  expect(ran).toEqual(['remind-of-deadlines'])
  at('2026-11-24T14:30')
  for (const each of processes.reverse()) await each.tick()
  expect(ran).toEqual(['remind-of-deadlines', 'remind-of-deadlines'])
})

test('one that failed, or whose process was killed in it, is run again', async () => {
  let faults = 1
  const failing = started({
    'remind-of-deadlines': async () => {
      ran.push('tried')
      if (faults-- > 0) throw new Error('no database')
    },
  })
  await ranAt(failing, '2026-11-24T08:00')
  expect(await ranAt(failing, '2026-11-24T08:31')).toEqual(['tried'])
  expect(await ranAt(failing, '2026-11-24T08:32')).toEqual([])
  expect(await ranAt(failing, '2026-11-24T08:42')).toEqual(['tried'])
  expect(await ranAt(failing, '2026-11-24T08:52')).toEqual([])

  const killed = started({ 'remind-of-deadlines': () => new Promise(() => undefined) })
  at('2026-11-24T14:30')
  void killed.tick()
  await new Promise((resolve) => setTimeout(resolve, 200))
  const next = started()
  expect(await ranAt(next, '2026-11-24T14:31')).toEqual([])
  expect(await ranAt(next, '2026-11-24T14:41')).toEqual(['remind-of-deadlines'])
  expect(await ranAt(next, '2026-11-24T14:55')).toEqual([])
})

test('reminders are drained at once, each minute, and when somebody waits for one', async () => {
  let drained = 0
  const process = started({
    'drain-reminders': async () => {
      drained += 1
    },
  })
  await ranAt(process, '2026-11-24T08:00')
  expect(drained).toBe(1)
  process.wake()
  await process.tick()
  await process.tick()
  expect(drained).toBe(2)
  await ranAt(process, '2026-11-24T08:01')
  expect(drained).toBe(3)
})

test('a message that somebody waits for does not wait for a job, and a long job stays its process’s own', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  let end = () => {}
  let drained = 0
  const long = started({
    'remind-of-deadlines': () =>
      new Promise<void>((done) => {
        ran.push('long')
        end = done
      }),
    'drain-reminders': async () => {
      drained += 1
    },
  })
  await ranAt(long, '2026-11-24T08:00')
  at('2026-11-24T08:30')
  void long.tick()
  await vi.waitFor(() => expect(ran).toEqual(['long']))
  drained = 0
  long.wake()
  void long.tick()
  await vi.waitFor(() => expect(drained).toBe(1))
  for (const time of ['08:38', '08:46', '08:54']) {
    at(`2026-11-24T${time}`)
    await vi.advanceTimersByTimeAsync(60_000)
    await vi.waitFor(async () => {
      const [row] = await database.rows<{ held: boolean }>(
        sql`select leased_until > ${now}::timestamptz + interval '9 minutes' as held from job_runs where name = 'remind-of-deadlines'`,
      )
      expect(row?.held).toBe(true)
    })
    expect(await ranAt(started(), `2026-11-24T${time}`)).toEqual([])
  }
  end()
})

test('a clock that is moved forward runs what fell due on the way, and nothing again afterwards', async () => {
  const county = await openCounty({ START_AT: '2026-11-24T09:42:00+08:00' })
  try {
    await county.door('POST', 'clock', { set: '2026-11-25T02:00:00+08:00' })
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    const runs = await county.services.database.rows<{ name: string; at: string }>(sql`select name,
      to_char(last_run_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI') as at from job_runs
      where name in ('run-deadlines', 'remind-of-deadlines') order by name`)
    expect(runs).toEqual([
      { name: 'remind-of-deadlines', at: '2026-11-24T14:30' },
      { name: 'run-deadlines', at: '2026-11-25T00:05' },
    ])
  } finally {
    await county.close()
  }
}, 120_000)
