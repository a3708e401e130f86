interface Connection {
  readonly pid: number
  /** How often its statements with names have run. */
  readonly runs: number
}

/** Waits a little, so that many at once each get a connection of their own. */
export const PREPARED = `select pg_backend_pid() as pid, (select coalesce(sum(generic_plans + custom_plans), 0)::int
  from pg_prepared_statements) as runs from pg_sleep(0.1)`

/** By connection of a pool, how often its named statements have run. */
export type Runs = readonly (readonly [pid: number, runs: number])[]

/** Whoever started this process asks with the word `prepared`. */
export const answerPrepared = (ask: () => Promise<readonly Connection[]>, connections: number) =>
  process.on('message', async (message) => {
    if (message !== 'prepared') return
    const rows = (await Promise.all(Array.from({ length: connections }, ask))).flat()
    const runs: Runs = [...new Map(rows.map(({ pid, runs }) => [pid, runs]))]
    process.send?.({ runs })
  })

/** Statements with names since `before`; null where a connection has ended meanwhile and taken its count along. */
export function runsSince(before: Runs, after: Runs): number | null {
  const now = new Map(after)
  if (!before.every(([pid]) => now.has(pid))) return null
  const sum = (runs: Runs) => runs.reduce((total, [, count]) => total + count, 0)
  return sum(after) - sum(before)
}
