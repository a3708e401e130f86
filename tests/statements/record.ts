import { appendFileSync, mkdirSync } from 'node:fs'
import pg from 'pg'
import { afterAll } from 'vitest'
import { STATEMENTS } from './folder'

// Notes what was sent to a database: both kinds of them are spoken to through this one client.

/** One process runs file after file, and patches its client once. */
const PATCHED = Symbol.for('yinxiang.statements')
const state = globalThis as unknown as { [PATCHED]?: { readonly seen: Set<string>; fresh: string[] } }

function note() {
  const noted = { seen: new Set<string>(), fresh: [] as string[] }
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown
  pg.Client.prototype.query = function (this: unknown, ...given: unknown[]) {
    const [first] = given
    const text = typeof first === 'string' ? first : (first as { readonly text?: string } | undefined)?.text
    if (text !== undefined && !noted.seen.has(text)) {
      noted.seen.add(text)
      noted.fresh.push(text)
    }
    return query.apply(this, given)
  } as typeof pg.Client.prototype.query
  return noted
}

const noted = state[PATCHED] ?? note()
state[PATCHED] = noted

afterAll(() => {
  if (noted.fresh.length === 0) return
  mkdirSync(STATEMENTS, { recursive: true })
  appendFileSync(`${STATEMENTS}/${process.pid}`, noted.fresh.map((text) => `${text}\0`).join(''))
  noted.fresh = []
})
