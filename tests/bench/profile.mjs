import { bundle } from '../services/bundle.mjs'
import { startServices } from '../services/servers.mjs'

// `npm run bench:profile -- read`: where the server's processor time goes while it answers one kind of request.
const SHOWN = 40
const [name = 'read'] = process.argv.slice(2)
const [script] = await Promise.all([
  // At the depth of tests/, from where it reads the county's pack.
  bundle('tests/bench/profile.ts', 'profile', 'dist'),
  bundle('tests/bench/product-server.ts', 'product-server'),
])
const services = await startServices({ fsync: true })
try {
  Object.assign(process.env, services.environment)
  const { profile } = await import(`../../${script}`)
  const { requests, own, whole } = await profile(name)
  process.stdout.write(`${name}: ${requests} requests\n`)
  for (const [title, shares] of [
    ['by itself', own],
    ['with what it calls', whole],
  ]) {
    process.stdout.write(`\n${title}, % of the busy time\n`)
    for (const { of, percent } of shares.slice(0, SHOWN))
      process.stdout.write(`${String(percent).padStart(5)}  ${of}\n`)
  }
} finally {
  await services.stop()
}
