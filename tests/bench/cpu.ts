import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'

/** Linux counts in hundredths of a second, whatever its own clock. */
const TICK_MICROSECONDS = 10_000

interface Times {
  readonly parent: number
  /** Microseconds in it and in the kernel for it. */
  readonly own: number
  /** Of its children that have ended. */
  readonly ended: number
}

/** Null of a process that is gone. */
function timesOf(pid: number): Times | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Behind the name, which may hold blanks: state, parent, and from the twelfth on the times.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = (at: number) => Number(fields[at]) * TICK_MICROSECONDS
    return { parent: Number(fields[1]), own: ticks(11) + ticks(12), ended: ticks(13) + ticks(14) }
  } catch {
    return null
  }
}

/** Microseconds of processor that a process has used, all its threads together. */
export const cpuOfProcess = (pid: number): number => timesOf(pid)?.own ?? 0

/** The same of a PostgreSQL: its first process, its backends and helpers, and those that have ended. */
export function cpuOfPostgres(postmaster: number): number {
  const first = timesOf(postmaster)
  if (!first) throw new Error('no such PostgreSQL on this machine')
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => timesOf(Number(name)) ?? [])
    .filter(({ parent }) => parent === postmaster)
    .reduce((sum, { own }) => sum + own, first.own + first.ended)
}

/** The first process of the PostgreSQL that serves the database. */
export async function postmasterOf(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const backend = timesOf(rows[0]?.pid ?? 0)
  await client.end()
  if (!backend) throw new Error('the PostgreSQL runs on another machine')
  return backend.parent
}
