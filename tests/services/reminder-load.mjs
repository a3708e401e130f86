import { bundle } from './bundle.mjs'
import { startServices } from './servers.mjs'

// The full form: 8 workers, 2,000 reminders, two workers killed. `npm run test:services` runs a short one.
const [script, load] = await Promise.all([
  bundle('tests/services/drain-worker.ts', 'drain-worker'),
  bundle('tests/services/drain-load.ts', 'drain-load'),
])
const services = await startServices({ fsync: false })
try {
  Object.assign(process.env, services.environment)
  const { runReminderLoad } = await import(`../../${load}`)
  const report = await runReminderLoad({ reminders: 2000, workers: 8, kills: 2, script })
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  const { lost, duplicatesUnaccountedFor, failedWorkers, perMinute, perPersonAndDay } = report
  const broken =
    lost + duplicatesUnaccountedFor + failedWorkers > 0 ||
    perMinute.worst > perMinute.allowed ||
    perPersonAndDay.worst > perPersonAndDay.allowed
  process.exitCode = broken ? 1 : 0
} finally {
  await services.stop()
}
