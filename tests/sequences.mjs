import { spawn } from 'node:child_process'
import { countsOf } from './counts.mjs'

// `npm run test:sequences -- <sequences> <seed>`: what npm test does a few hundred times, until over a hundred thousand acts were
// tried: whatever anybody does to a case, in any order, it stays true to its rules.
const [sequences, seed] = countsOf(process.argv.slice(2), [4000, (Date.now() % 1_000_000) + 1])
const run = spawn(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    'unit',
    'shared/domain/case/journeys/lifecycle.properties.test.ts',
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, SEQUENCES: String(sequences), SEQUENCES_SEED: String(seed) },
  },
)
// Ctrl-C reaches it too, which ends what it started.
process.on('SIGINT', () => {})
process.exitCode = await new Promise((resolve) => run.once('exit', (code) => resolve(code ?? 1)))
