import { spawn } from 'node:child_process'

// `npm run test:faults -- <interleavings> <server kills> <database kills> <seed>`: what test:services does a few times, by the
// thousand and by the dozen. The seed is told, and asks for the same races again.
const [races = 10_000, servers = 50, databases = 20, seed = Date.now() % 1_000_000] = process.argv
  .slice(2)
  .map(Number)
const FILES = ['tests/services/interleavings.test.ts', 'tests/services/amid-kills.test.ts']

const run = spawn(process.execPath, ['tests/services/run.mjs', ...FILES], {
  stdio: 'inherit',
  env: {
    ...process.env,
    INTERLEAVINGS: String(races),
    INTERLEAVINGS_SEED: String(seed),
    SERVER_KILLS: String(servers),
    DATABASE_KILLS: String(databases),
  },
})
// Ctrl-C reaches it too, which ends what it started.
process.on('SIGINT', () => {})
process.exitCode = await new Promise((resolve) => run.once('exit', (code) => resolve(code ?? 1)))
