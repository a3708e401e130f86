import { randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'
import { answerPrepared, PREPARED } from './prepared'
import { type Recorded, renewals } from './recorded'

/** What the server is told, as JSON in `BARE_TASK`. */
export interface BareTask {
  readonly databaseUrl: string
  readonly connections: number
  /** By the last word of the address under /same/ at which they are sent again. */
  readonly same: Readonly<Record<string, Recorded>>
  readonly caseId: string
  readonly filedBy: string
}

const task = JSON.parse(process.env['BARE_TASK'] ?? '') as BareTask
const pool = new pg.Pool({ connectionString: task.databaseUrl, max: task.connections, keepAlive: true })

// As drizzle reads them: times and dates stay text. 1231 and the rest are lists of them.
const { TIMESTAMPTZ, TIMESTAMP, DATE, INTERVAL } = pg.types.builtins
const PLAIN = new Set<number>([TIMESTAMPTZ, TIMESTAMP, DATE, INTERVAL, 1231, 1115, 1185, 1187, 1182])
const asText = (value: string) => value
const types: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    PLAIN.has(id) ? asText : pg.types.getTypeParser(id, format as 'text'),
}
const query = (name: string, text: string, values: readonly (string | null)[]) =>
  pool.query({ name, text, types }, [...values])

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' }
const ofLength = (text: string, bytes: number) =>
  text.length < bytes ? text.padEnd(bytes) : text.slice(0, bytes)

/** The statements of a request one after the other, with names as the product gives them. */
function answering([name, recorded]: readonly [string, Recorded]) {
  const renew = renewals(recorded)
  return async () => {
    const values = renew()
    let text = ''
    for (const [at, trip] of recorded.trips.entries()) {
      const { rows } = await query(`${name}-${at}`, trip.text, values[at] ?? [])
      text = JSON.stringify(rows[0])
    }
    return ofLength(text, recorded.bytes)
  }
}

const COLUMNS = `id, case_number, service_item_id, item_version, status, version, applicant_masked, organ_unit_id, due_on,
  filed_at, updated_at`

const app = new Hono()
app.get('/api/health', (context) => context.json({ status: 'ok', profile: 'embedded', version: 'test' }))
for (const [name, recorded] of Object.entries(task.same)) {
  const answer = answering([name, recorded])
  app.get(`/same/${name}`, async (context) => context.body(await answer(), 200, JSON_TYPE))
  app.post(`/same/${name}`, async (context) => {
    await context.req.json()
    return context.body(await answer(), 201, JSON_TYPE)
  })
}
app.get('/plain/row', async (context) => {
  const { rows } = await query('row', `select ${COLUMNS} from cases where id = $1`, [task.caseId])
  return context.json(rows[0])
})
app.get('/plain/list', async (context) => {
  const text = `select ${COLUMNS} from cases where filed_by = $1 order by id desc limit 20`
  const { rows } = await query('list', text, [task.filedBy])
  return context.json(rows)
})
app.post('/plain/insert', async (context) => {
  await context.req.json()
  const id = randomUUID()
  const text = 'insert into bare_rows (id, case_number, status) values ($1, $2, $3) returning id, created_at'
  const { rows } = await query('insert', text, [id, id, 'submitted'])
  return context.json(rows[0], 201)
})
answerPrepared(async () => (await pool.query(PREPARED)).rows, task.connections)
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => process.send?.({ port }))
