import { bundle } from '../services/bundle.mjs'
import { startServices } from '../services/servers.mjs'

// Ours against a baseline in one run, interleaved, on a real PostgreSQL that syncs as in production. Prints a line of
// JSON for each comparison; README of this folder says what each one is. With --smoke one short round of each.
const smoke = process.argv.includes('--smoke')
const [script, outbox] = await Promise.all([
  // At the depth of tests/, from where it reads the county's pack.
  bundle('tests/bench/compare.ts', 'bench', 'dist'),
  bundle('tests/bench/reminders.ts', 'bench-reminders', 'dist'),
  bundle('tests/bench/product-server.ts', 'product-server'),
  bundle('tests/bench/bare-server.ts', 'bare-server'),
])
const services = await startServices({ fsync: true })
try {
  Object.assign(process.env, services.environment)
  const { compare } = await import(`../../${script}`)
  const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
  await compare(say, { smoke })
  const { compareReminders } = await import(`../../${outbox}`)
  await compareReminders(say, { count: smoke ? 200 : 100_000 })
} finally {
  await services.stop()
}
