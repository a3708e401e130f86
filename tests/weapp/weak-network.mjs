import { spawn } from 'node:child_process'

// `npm run test:weak-network -- <journeys> <first seed>`: people who apply over a network that loses three requests in ten,
// in the built mini program, against the product. It ends with what was done and the usual closing line.
const [journeys = 50, seed = 1] = process.argv.slice(2).map(Number)
const child = spawn(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'weapp', 'tests/weapp/weak-network.test.ts'],
  {
    stdio: 'inherit',
    env: { ...process.env, WEAK_NETWORK: String(journeys), WEAK_NETWORK_SEED: String(seed) },
  },
)
// Ctrl-C reaches vitest too, which ends by itself.
process.on('SIGINT', () => {})
process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
