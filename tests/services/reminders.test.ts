import { expect, it } from 'vitest'
import { bundle } from './bundle.mjs'
import { runFunctionLoad, runReminderLoad } from './drain-load'

/** What holds however many drain, and however they end. */
function expectHeld(report: Awaited<ReturnType<typeof runReminderLoad>>) {
  expect(report).toMatchObject({ lost: 0, duplicatesUnaccountedFor: 0, failedWorkers: 0 })
  expect(report.perPersonAndDay).toEqual({ allowed: 3, worst: 3 })
  expect(report.perMinute.worst).toBeLessThanOrEqual(report.perMinute.allowed)
  // One consent is one message: repetitions spend none. Who was killed before the call has spent one all the same,
  // since nobody can tell, and the day's limit may then send the message to the inbox.
  expect(report.consents.spent).toBe(report.distinct + report.begunInVain)
  expect(report.consents.least).toBeGreaterThanOrEqual(0)
}

it('loses no reminder and keeps every limit while eight workers drain 2,000 and two are killed', async () => {
  const script = await bundle('tests/services/drain-worker.ts', 'drain-worker')
  const report = await runReminderLoad({ reminders: 2000, workers: 8, kills: 2, script })
  expectHeld(report)
  expect(report.killed).toHaveLength(2)
})

it('functions with little time, cold, late, several at once and ended midway lose none and double none', async () => {
  const script = await bundle('tests/services/drain-worker.ts', 'drain-worker')
  const reminders = Number(process.env['FUNCTION_REMINDERS'] ?? 1500)
  const report = await runFunctionLoad({ reminders, seconds: 1, endedAfter: 2, script })
  expectHeld(report)
  process.stdout.write(`${JSON.stringify(report)}\n`)
})
