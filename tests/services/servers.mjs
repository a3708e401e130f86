import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createNeonProxy } from './neon-proxy.mjs'
import { createUpstashShim } from './upstash-shim.mjs'

/** Version 15 is the oldest that must do; without it whatever the machine has. */
function findPostgresFolder() {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(a) - Number(b)) : []
  const found = ['15', ...versions]
    .map((version) => join(root, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')))
  if (found) return found
  try {
    const folder = execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim()
    if (existsSync(join(folder, 'initdb'))) return folder
  } catch {}
  throw new Error('no PostgreSQL server is installed: apt-get install postgresql')
}

/** `initdb` refuses root: there the server runs as the user whom Debian's package creates. */
function ownerOf() {
  if (process.getuid?.() !== 0) return {}
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

export const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })

const ended = (child) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', resolve))

async function until(check, what) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await check()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${what} did not start`)
}

/** A crash of ours leaves no server behind; PostgreSQL's own children follow it. */
function endWithUs(child) {
  const end = () => child.kill('SIGINT')
  process.once('exit', end)
  child.once('exit', () => process.removeListener('exit', end))
}

const attempt = (work) => {
  try {
    work()
    return true
  } catch {
    return false
  }
}

/** A PostgreSQL of our own on loopback; `fsync` off where nothing but the answers counts. */
async function startPostgres({ fsync }) {
  const binaries = findPostgresFolder()
  const owner = ownerOf()
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const quiet = { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] }
  execFileSync(
    join(binaries, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
      ...(fsync ? [] : ['--no-sync']),
    ],
    quiet,
  )
  const port = await freePort()
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: 200,
    shared_buffers: '256MB',
    log_min_messages: 'fatal',
    ...(fsync ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const child = spawn(
    join(binaries, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] },
  )
  endWithUs(child)
  const onLoopback = ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres']
  await until(
    () => attempt(() => execFileSync(join(binaries, 'pg_isready'), onLoopback, quiet)),
    'PostgreSQL',
  )
  const version = execFileSync(join(binaries, 'postgres'), ['--version'], { encoding: 'utf8' }).trim()
  return {
    version,
    port,
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      child.kill('SIGINT')
      await ended(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

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
