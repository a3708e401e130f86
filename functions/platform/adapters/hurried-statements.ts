/** For a connection, whether it is opened or waited for while others have all there are. */
export const CONNECT_MILLISECONDS = 3000

/** The words of the driver. */
const GIVEN_UP = 'Query read timeout'

/** Whether a statement was given up because it took longer than whoever asked would wait. */
export const isGivenUp = (cause: unknown) => cause instanceof Error && cause.message === GIVEN_UP

type Query = (config: object | string, ...values: unknown[]) => unknown

/** The pool of `pg` for single statements that are given up after so long, and their connections with them. */
export function hurrying<Pool extends { query: unknown }>(pool: Pool, milliseconds: number): Pool {
  const query: Query = (config, ...values) =>
    (pool.query as Query).call(
      pool,
      { ...(typeof config === 'string' ? { text: config } : config), query_timeout: milliseconds },
      ...values,
    )
  return { query } as unknown as Pool
}

/**
 * The same where the driver knows no limit for a single statement, as Neon's: the connection comes back to the pool when
 * the statement ends after all.
 */
export function waitingFor<Pool extends { query: unknown }>(pool: Pool, milliseconds: number): Pool {
  const query: Query = async (...statement) => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, failed) => {
      timer = setTimeout(() => failed(new Error(GIVEN_UP)), milliseconds)
    })
    try {
      return await Promise.race([(pool.query as Query).call(pool, ...statement), late])
    } finally {
      clearTimeout(timer)
    }
  }
  return { query } as unknown as Pool
}
