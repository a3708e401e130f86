import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createNeonProxy } from './neon-proxy.mjs'
import { ended, endWithUs, freePort, startPostgres, until } from './postgres.mjs'
import { createUpstashShim } from './upstash-shim.mjs'

/** A Redis of our own on loopback, which forgets everything. */
async function startRedis() {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'redis-'))
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: 'ignore' },
  )
  endWithUs(child)
  const missing = new Promise((_, reject) => {
    child.once('error', () => reject(new Error('no Redis server is installed: apt-get install redis-server')))
  })
  const answers = () =>
    fetch(`http://127.0.0.1:${port}`).then(
      () => true,
      // Redis hangs up on HTTP; nobody there refuses the connection.
      (cause) => cause.cause?.code !== 'ECONNREFUSED',
    )
  await Promise.race([missing, until(answers, 'Redis')])
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGTERM')
      await ended(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Everything that the tests of real services need, with the variables that name it. */
export async function startServices({ fsync }) {
  const [postgres, redis] = await Promise.all([startPostgres({ fsync }), startRedis()])
  const neon = await createNeonProxy(postgres.port)
  const upstash = await createUpstashShim(redis.url)
  return {
    postgres,
    environment: {
      TEST_DATABASE_URL: postgres.url,
      TEST_REDIS_URL: redis.url,
      TEST_NEON_PROXY: neon.address,
      TEST_UPSTASH_URL: upstash.url,
      TEST_UPSTASH_TOKEN: upstash.token,
    },
    async stop() {
      await Promise.all([neon.stop(), upstash.stop()])
      await Promise.all([postgres.stop(), redis.stop()])
    },
  }
}
