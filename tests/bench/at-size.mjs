import { bundle } from '../services/bundle.mjs'
import { startServices } from '../services/servers.mjs'

// The running product on a database of many cases: `at-size.mjs [cases] [tasks]`, of which `tasks` are open in one unit.
const [cases = 1_000_000, tasks = Math.floor(cases / 10)] = process.argv.slice(2).map(Number)
const [script] = await Promise.all([
  // At the depth of tests/, from where it reads the county's pack.
  bundle('tests/bench/at-size.ts', 'at-size', 'dist'),
  bundle('tests/bench/product-server.ts', 'product-server'),
])
const services = await startServices({ fsync: true })
try {
  Object.assign(process.env, services.environment)
  const { measureAtSize } = await import(`../../${script}`)
  await measureAtSize((line) => process.stdout.write(`${JSON.stringify(line)}\n`), { cases, tasks })
} finally {
  await services.stop()
}
