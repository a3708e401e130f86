import { randomBytes, randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'

/** A statement of the product, to be sent again. */
export interface Recorded {
  readonly text: string
  readonly values: readonly (string | null)[]
  /** What was new in it, and must be new each time: ids and digests. */
  readonly fresh: readonly string[]
  /** How long the product's answer was. */
  readonly bytes: number
}

/** What the server is told, as JSON in `BARE_TASK`. */
export interface BareTask {
  readonly databaseUrl: string
  readonly connections: number
  readonly submit: Recorded
  readonly read: Recorded
}

const task = JSON.parse(process.env['BARE_TASK'] ?? '') as BareTask
const pool = new pg.Pool({ connectionString: task.databaseUrl, max: task.connections, keepAlive: true })

const isId = (text: string) => text.length === 36
const digest = () => randomBytes(32).toString('base64url')

/** The values with new ids in the place of those that were new. */
function renewal({ values, fresh }: Recorded) {
  if (fresh.length === 0) return () => [...values]
  const pattern = new RegExp(fresh.join('|'), 'g')
  const touched = values.map((value) => value !== null && fresh.some((id) => value.includes(id)))
  return () => {
    const renewed = new Map(fresh.map((id) => [id, isId(id) ? randomUUID() : digest()]))
    return values.map((value, index) =>
      touched[index] && value !== null ? value.replace(pattern, (id) => renewed.get(id) ?? id) : value,
    )
  }
}

function answering(recorded: Recorded) {
  const renew = renewal(recorded)
  return async () => {
    const { rows } = await pool.query(recorded.text, renew())
    const text = JSON.stringify(rows[0])
    return text.length < recorded.bytes ? text.padEnd(recorded.bytes) : text.slice(0, recorded.bytes)
  }
}

const submit = answering(task.submit)
const read = answering(task.read)
const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' }

const app = new Hono()
app.get('/api/health', (context) => context.json({ status: 'ok', profile: 'embedded', version: 'test' }))
app.post('/api/cases', async (context) => {
  await context.req.json()
  return context.body(await submit(), 201, JSON_TYPE)
})
app.get('/api/cases/:id', async (context) => context.body(await read(), 200, JSON_TYPE))
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => process.send?.({ port }))
