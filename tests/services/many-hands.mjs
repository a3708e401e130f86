import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { findPostgres } from './postgres.mjs'

// `npm run test:many-hands -- <sequences> <seed>`: the property of many hands by the thousand, on real PostgreSQL,
// one process and server for each core. It ends with what was done and the usual closing line.
const [sequences = 2000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
if (findPostgres() === null) throw new Error('no PostgreSQL server is installed: apt-get install postgresql')
const workers = availableParallelism()
const children = []
// Ctrl-C ends what it started.
process.on('SIGINT', () => {
  for (const child of children) child.kill('SIGINT')
})

async function work(index) {
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'integration', 'tests/product/many-hands.test.ts'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        MANY_HANDS: String(Math.ceil(sequences / workers)),
        MANY_HANDS_SEED: String(seed + index),
      },
    },
  )
  children.push(child)
  let said = ''
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  process.stdout.write(`seed ${seed + index}\n${said}`)
  return code === 0
}

const done = await Promise.all(Array.from({ length: workers }, (_, index) => work(index)))
const passed = done.filter(Boolean).length
process.stdout.write(`${passed} passed, ${workers - passed} failed\n`)
process.exitCode = passed === workers ? 0 : 1
