import { expect, it } from 'vitest'
import { bundle } from './bundle.mjs'
import { runReminderLoad } from './drain-load'

it('loses no reminder and keeps every limit while eight workers drain 2,000 and two are killed', async () => {
  const script = await bundle('tests/services/drain-worker.ts', 'drain-worker')
  const report = await runReminderLoad({ reminders: 2000, workers: 8, kills: 2, script })
  expect(report).toMatchObject({ lost: 0, duplicatesUnaccountedFor: 0, failedWorkers: 0 })
  expect(report.killed).toHaveLength(2)
  expect(report.perPersonAndDay).toEqual({ allowed: 3, worst: 3 })
  expect(report.perMinute.worst).toBeLessThanOrEqual(report.perMinute.allowed)
  // One consent is one message: repetitions spend none. Who was killed before the call has spent one all the same,
  // since nobody can tell, and the day's limit may then send the message to the inbox.
  expect(report.consents.spent).toBe(report.distinct + report.begunInVain)
  expect(report.consents.least).toBeGreaterThanOrEqual(0)
})
