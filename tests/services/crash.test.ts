import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PHOTO } from '../product/county'
import { applicationOf } from './applications'
import { bundle } from './bundle.mjs'
import { atMost, forgetReservations } from './counties'
import { ask, createDatabase, places } from './databases'
import { freePort } from './servers.mjs'

let script: string
let folder: string
let databaseUrl: string
let url: string
let server: ChildProcess | undefined

/** The product as an operator runs it, in a process of its own. */
async function start() {
  server = spawn(process.execPath, [script], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: new URL(url).port,
      DATA_DIR: folder,
      DATABASE_URL: databaseUrl,
      REDIS_URL: places().redis,
      LOG_LEVEL: 'silent',
    },
  })
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const health = await fetch(`${url}/api/health`).catch(() => undefined)
    if (health?.status === 200) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('the server did not start')
}

const die = async (signal: 'SIGKILL' | 'SIGTERM') => {
  const gone = new Promise((resolve) => server?.once('exit', resolve))
  server?.kill(signal)
  await gone
}

beforeAll(async () => {
  script = await bundle('functions/server.ts', 'server')
  folder = await mkdtemp(join(tmpdir(), 'crash-'))
  databaseUrl = await createDatabase()
  await forgetReservations()
  url = `http://127.0.0.1:${await freePort()}`
  await start()
})
afterAll(async () => {
  await die('SIGTERM')
  await rm(folder, { recursive: true })
})

async function post<Body>(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID(), ...headers },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Body }
}

async function logIn(person: string) {
  const { body } = await post<{ code: string }>('/sandbox/api/login-codes', { person })
  const session = await post<{ token: string }>('/api/sessions', { code: body.code })
  return { Authorization: `Bearer ${session.body.token}` }
}

const uploadsOf = (session: Record<string, string>) => ({
  upload: async () => {
    const promised = await post<{ id: string; url: string; fields: Record<string, string> }>(
      '/api/uploads',
      { name: '照片.png', contentType: 'image/png', size: PHOTO.length },
      session,
    )
    const form = new FormData()
    for (const [name, value] of Object.entries(promised.body.fields)) form.append(name, value)
    form.append('file', new Blob([new Uint8Array(PHOTO)], { type: 'image/png' }), 'photo.png')
    await fetch(promised.body.url, { method: 'POST', body: form })
    return promised.body.id
  },
})

/** As the mini program does: again with the same key until there is an answer. */
async function insist(body: unknown, headers: Record<string, string>) {
  const key = randomUUID()
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const answer = await post<{ id: string; caseNumber: string }>('/api/cases', body, {
      ...headers,
      'Idempotency-Key': key,
    }).catch(() => undefined)
    if (answer && answer.status !== 503 && answer.status !== 409) return answer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('no answer')
}

it('files each of a hundred applications once though the server is killed twice meanwhile', async () => {
  const session = await logIn('zhao-min')
  const bodies = await atMost(100, 8, (index) => applicationOf(uploadsOf(session), 'LX-017', index))
  let answered = 0
  const filing = atMost(100, 10, async (index) => {
    const answer = await insist(bodies[index], session)
    answered += 1
    return answer
  })
  for (const count of [20, 60]) {
    while (answered < count) await new Promise((resolve) => setTimeout(resolve, 1))
    await die('SIGKILL')
    await start()
  }
  const answers = await filing
  expect(answers.filter(({ status }) => status !== 201)).toEqual([])
  const ids = answers.map(({ body }) => body.id)
  expect(new Set(ids).size).toBe(100)
  const stored = await ask<{ id: string; case_number: string }>(
    databaseUrl,
    'select id, case_number from cases',
  )
  expect(stored.map(({ id }) => id).sort()).toEqual([...ids].sort())
  expect(new Set(stored.map(({ case_number }) => case_number)).size).toBe(100)
})

it('left every chain whole, with its audit row and its reminders', async () => {
  const [counted] = await ask<Record<string, number>>(
    databaseUrl,
    `select count(*)::int as events, count(distinct case_id)::int as cases,
      count(*) filter (where hash <> case_event_hash(lag_hash, case_id, sequence, type, iso, actor, payload))::int as broken,
      (select count(*)::int from audit_entries where action = 'case.file') as audits,
      (select count(distinct case_id)::int from reminders) as reminded,
      (select count(*)::int from uploads where case_id is null) as loose
    from (select *, lag(hash) over (partition by case_id order by sequence) as lag_hash,
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as iso from case_events) e`,
  )
  expect(counted).toEqual({ events: 100, cases: 100, broken: 0, audits: 100, reminded: 100, loose: 0 })
})
