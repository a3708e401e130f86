import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import pg from 'pg'
import { startServices } from './servers.mjs'

// `npm run test:many-hands -- <sequences> <seed>`: the property of many hands by the thousand, on the real server,
// one process and database for each core. It ends with what was done and the usual closing line.
const [sequences = 2000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
const workers = availableParallelism()
const services = await startServices({ fsync: false })
const children = []
// Ctrl-C ends what it started, and the services are stopped below.
process.on('SIGINT', () => {
  for (const child of children) child.kill('SIGINT')
})

async function createDatabase(name) {
  const url = services.environment.TEST_DATABASE_URL
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return url.replace(/[^/]*$/, name)
}

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
        MANY_HANDS_DATABASE_URL: await createDatabase(`many_hands_${index}`),
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

try {
  const done = await Promise.all(Array.from({ length: workers }, (_, index) => work(index)))
  const passed = done.filter(Boolean).length
  process.stdout.write(`${passed} passed, ${workers - passed} failed\n`)
  process.exitCode = passed === workers ? 0 : 1
} finally {
  await services.stop()
}
