import { spawn } from 'node:child_process'
import { startServices } from './servers.mjs'

// Starts the real services, runs what needs them and ends them again, whatever happened.
const services = await startServices({ fsync: false })
process.stdout.write(`${services.postgres.version}\n`)
try {
  const vitest = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'services', ...process.argv.slice(2)],
    { stdio: 'inherit', env: { ...process.env, ...services.environment } },
  )
  // Ctrl-C reaches vitest too, which ends by itself.
  process.on('SIGINT', () => {})
  process.exitCode = await new Promise((resolve) => vitest.once('exit', (code) => resolve(code ?? 1)))
} finally {
  await services.stop()
}
