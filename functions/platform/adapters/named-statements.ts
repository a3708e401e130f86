import { createHash } from 'node:crypto'

/** What pools of `pg` and of Neon's driver have alike; drizzle calls it with a configuration and the values. */
interface Pool {
  query: unknown
}
interface QueryConfig {
  readonly text: string
  readonly name?: string | undefined
}
type Query = (config: QueryConfig, ...values: unknown[]) => Promise<unknown>

/** A statement that comes less often is not worth a plan kept in every connection. */
const NAMED_FROM = 3
/** Statements that are told apart, and with a name at most: a plan takes memory in every connection. */
const MOST_KNOWN = 1000
const MOST_NAMED = 200

/**
 * What a server answers, before it runs anything, to a name that it does not know or whose plan no longer fits:
 * behind a pooler that gives each statement another connection, or after a migration.
 */
const NAME_REFUSED = ['26000', '42P05', '0A000']

const isRefusal = (cause: unknown) =>
  cause instanceof Error && 'code' in cause && NAME_REFUSED.includes(String(cause.code))

/**
 * Gives the statements that come often a name. PostgreSQL parses and plans one without a name each time, which for
 * ours takes longer than to run them; one with a name is parsed once in each connection, and planned as long as its
 * plans differ. A name that is refused is given up, and the statement sent without it.
 */
export function nameStatements(pool: Pool): void {
  const send = (pool.query as Query).bind(pool)
  const counts = new Map<string, number>()
  const names = new Map<string, string | null>()

  const nameOf = (text: string) => {
    const known = names.get(text)
    if (known !== undefined) return known
    const count = counts.get(text) ?? 0
    if (count + 1 < NAMED_FROM || names.size >= MOST_NAMED) {
      if (count > 0 || counts.size < MOST_KNOWN) counts.set(text, count + 1)
      return null
    }
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    counts.delete(text)
    names.set(text, name)
    return name
  }

  const query: Query = async (config, ...values) => {
    const name = typeof config === 'object' && config.name === undefined ? nameOf(config.text) : null
    if (name === null) return send(config, ...values)
    try {
      return await send({ ...config, name }, ...values)
    } catch (cause) {
      if (!isRefusal(cause)) throw cause
      names.set(config.text, null)
      return send(config, ...values)
    }
  }
  pool.query = query
}
