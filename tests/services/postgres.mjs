import { execFileSync, spawn } from 'node:child_process'
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The version that must do. */
const OLDEST = 15

function binariesOf() {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(a) - Number(b)) : []
  const found = versions
    .filter((version) => Number(version) >= OLDEST)
    .map((version) => join(root, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')))
  if (found) return found
  try {
    const folder = execFileSync('pg_config', ['--bindir'], { encoding: 'utf8', stdio: 'pipe' }).trim()
    if (existsSync(join(folder, 'initdb'))) return folder
  } catch {}
  return null
}

/** `initdb` refuses root: there the server runs as the user whom Debian's package creates. */
function ownerOf() {
  if (process.getuid?.() !== 0) return {}
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }))
  return { uid: id('-u'), gid: id('-g') }
}

/**
 * Where the programs of a server are, as whom it would run, and what it says of its version, the oldest that does; null
 * where there is none that we could start.
 */
export function findPostgres() {
  const binaries = binariesOf()
  if (binaries === null) return null
  try {
    const version = execFileSync(join(binaries, 'postgres'), ['--version'], { encoding: 'utf8' }).trim()
    return Number(/\d+/.exec(version)?.[0]) >= OLDEST ? { binaries, version, owner: ownerOf() } : null
  } catch {
    return null
  }
}

/** Below those that Linux gives to whoever calls: a caller could hold the port of a server that is down, and answer itself. */
const [LOWEST, HIGHEST] = [10_000, 32_000]

const isFree = (port) =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

export async function freePort() {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST))
    if (await isFree(port)) return port
  }
}

export const ended = (child) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', resolve))

export async function until(check, what) {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await check()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`waited in vain for ${what}`)
}

/** A crash of ours leaves no server behind; PostgreSQL's own children follow it. */
export function endWithUs(child) {
  const end = () => child.kill('SIGINT')
  process.once('exit', end)
  child.once('exit', () => process.removeListener('exit', end))
}

/** The state of a process and who began it, as /proc tells; undefined once it is gone. */
function statOf(pid) {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return { state, parent: Number(parent) }
  } catch {
    return undefined
  }
}

const childrenOf = (pid) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && statOf(name)?.parent === pid)
    .map(Number)

const isGone = (pid) => (statOf(pid)?.state ?? 'Z') === 'Z'

const attempt = (work) => {
  try {
    work()
    return true
  } catch {
    return false
  }
}

function makeData(binaries, data, { from, fsync }, quiet) {
  if (from !== undefined) {
    cpSync(from, data, { recursive: true })
    // Ours is whatever root copies.
    if (quiet.uid !== undefined) execFileSync('chown', ['-R', `${quiet.uid}:${quiet.gid}`, data])
    return
  }
  const how = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', ...(fsync ? [] : ['--no-sync'])]
  execFileSync(join(binaries, 'initdb'), ['-D', data, ...how], quiet)
}

/**
 * A PostgreSQL of our own on loopback and by a socket; `fsync` off where nothing but the answers counts. Its data lies below `place` and
 * begins as a copy of the folder `from`; `settings` are its own.
 */
export async function startPostgres({ fsync, place = tmpdir(), from, settings = {} }) {
  const found = findPostgres()
  if (found === null) throw new Error('no PostgreSQL of version 15 or later: apt-get install postgresql')
  const { binaries, version, owner } = found
  const folder = mkdtempSync(join(place, 'postgres-'))
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  const quiet = { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] }
  makeData(binaries, data, { from, fsync }, quiet)
  const port = await freePort()
  const all = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    max_connections: 200,
    shared_buffers: '256MB',
    log_min_messages: 'fatal',
    ...(fsync ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...settings,
  }
  let child
  const bySocket = ['-h', folder, '-p', String(port), '-U', 'postgres']
  const start = async () => {
    child = spawn(
      join(binaries, 'postgres'),
      ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    endWithUs(child)
    let told = ''
    child.stderr.on('data', (chunk) => {
      told = `${told}${chunk}`.slice(-2_000)
    })
    await until(() => {
      if (child.exitCode !== null) throw new Error(`PostgreSQL has ended: ${told}`)
      return attempt(() => execFileSync(join(binaries, 'pg_isready'), bySocket, quiet))
    }, 'PostgreSQL')
  }
  await start()
  return {
    version,
    port,
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    socketUrl: `postgres://postgres@${encodeURIComponent(folder)}:${port}/postgres`,
    /** Kills it and all its processes, as a power cut would, and starts it again on what is on the disk. */
    async crash() {
      child.kill('SIGSTOP')
      const children = childrenOf(child.pid)
      for (const each of children) process.kill(each, 'SIGKILL')
      child.kill('SIGKILL')
      await ended(child)
      // What is left of them holds the memory that the next one asks for.
      await until(() => children.every(isGone), 'the end of PostgreSQL')
      await start()
    },
    /** Ends the server; `keep` takes its data before it goes. */
    async stop(keep = (_data) => {}) {
      child.kill('SIGINT')
      await ended(child)
      keep(data)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
