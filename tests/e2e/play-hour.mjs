import { spawn } from 'node:child_process'

// `npm run test:hour -- <strokes> <seed>`: sixty cases of twenty items at three desks, by hands faster than they should be.
const [strokes = 1500, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
process.stdout.write(`seed ${seed}\n`)
const child = spawn(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'e2e', 'tests/e2e/hour.test.ts'],
  {
    stdio: 'inherit',
    env: { ...process.env, HOUR_CASES: '60', HOUR_STROKES: String(strokes), HOUR_SEED: String(seed) },
  },
)
process.on('SIGINT', () => child.kill('SIGINT'))
child.once('close', (code) => {
  process.exitCode = code ?? 1
})
