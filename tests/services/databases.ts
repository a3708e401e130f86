import { randomUUID } from 'node:crypto'
import pg from 'pg'

const needed = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: start these tests with npm run test:services`)
  return value
}

/** Where the services that `test:services` started are. */
export const places = () => ({
  database: needed('TEST_DATABASE_URL'),
  redis: needed('TEST_REDIS_URL'),
  neonProxy: needed('TEST_NEON_PROXY'),
  upstash: { url: needed('TEST_UPSTASH_URL'), token: needed('TEST_UPSTASH_TOKEN') },
})

/** One statement as the administrator of a database, over a connection of its own. */
export async function ask<Row>(
  url: string,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(statement, [...values])).rows
  } finally {
    await client.end()
  }
}

const named = (url: string, name: string) => url.replace(/[^/]*$/, name)

/** A new database, empty or a copy of another one of its server; the server goes away after the run, and all of it with it. */
export async function createDatabase(
  server = places().database,
  template: 'template1' | 'county' | 'empty' = 'template1',
): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await ask(server, `create database ${name} template ${template} strategy file_copy`)
  return named(server, name)
}

/** For a server that has many of them. */
export const dropDatabase = (url: string) =>
  ask(named(url, 'postgres'), `drop database ${new URL(url).pathname.slice(1)} with (force)`)

/** Ends the backend whose statement holds `text`, as soon as it runs. */
export async function killStatement(url: string, text: string) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const ended = await ask(
      url,
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and state = 'active'
          and position($1 in query) > 0`,
      [text],
    )
    if (ended.length > 0) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('no such statement came')
}
