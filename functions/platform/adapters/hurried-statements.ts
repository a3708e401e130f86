/** For a connection, whether it is opened or waited for while others have all there are. */
export const CONNECT_MILLISECONDS = 3000

/** The words of both drivers. */
const GIVEN_UP = 'Query read timeout'

/** Whether a statement was given up because it took longer than whoever asked would wait. */
export const isGivenUp = (cause: unknown) => cause instanceof Error && cause.message === GIVEN_UP

type Query = (config: object | string, ...values: unknown[]) => unknown

/** The pool, of `pg` or of Neon's driver, for single statements that are given up after so long. */
export function hurrying<Pool extends { query: unknown }>(pool: Pool, milliseconds: number): Pool {
  const query: Query = (config, ...values) =>
    (pool.query as Query).call(
      pool,
      { ...(typeof config === 'string' ? { text: config } : config), query_timeout: milliseconds },
      ...values,
    )
  return { query } as unknown as Pool
}
