interface Connection {
  readonly pid: number
  /** How often its statements with names have run. */
  readonly runs: number
}

/** Waits a little, so that many at once each get a connection of their own. */
export const PREPARED = `select pg_backend_pid() as pid, (select coalesce(sum(generic_plans + custom_plans), 0)::int
  from pg_prepared_statements) as runs from pg_sleep(0.1)`

/** How often named statements have run over all connections of a pool. */
export async function preparedRuns(ask: () => Promise<readonly Connection[]>, connections: number) {
  const rows = await Promise.all(Array.from({ length: connections }, ask))
  const byConnection = new Map(rows.flat().map(({ pid, runs }) => [pid, runs]))
  return [...byConnection.values()].reduce((sum, runs) => sum + runs, 0)
}

/** Whoever started this process asks with the word `prepared`. */
export const answerPrepared = (ask: () => Promise<readonly Connection[]>, connections: number) =>
  process.on('message', async (message) => {
    if (message === 'prepared') process.send?.({ runs: await preparedRuns(ask, connections) })
  })
