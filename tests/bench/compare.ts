import { randomUUID } from 'node:crypto'
import { ask } from '../services/databases'
import { type Measured as Counted, openMeasured, ROUND_TRIPS } from '../services/measured-product'
import type { BareTask } from './bare-server'
import { compareColdStarts } from './cold-start'
import { postmasterOf } from './cpu'
import { fill } from './fill'
import type { Shot } from './load'
import { fileModels } from './models'
import {
  comparison,
  type Effort,
  type Line,
  type Measure,
  type Measured,
  race,
  rounded,
  type Side,
  start,
} from './race'
import { recordedOf } from './recorded'

const CONNECTIONS = 10
const FULL: Effort & { readonly coldStarts: number } = {
  rounds: 9,
  coldStarts: 11,
  load: { connections: 16, milliseconds: 1_500 },
  // A county's server runs for weeks: after some ten seconds its code is compiled as far as it will be.
  warmUp: { connections: 16, milliseconds: 12_000 },
}
/** One short round of each line: whether the bench still runs, not how fast anything is. */
const SMOKE: typeof FULL = {
  rounds: 1,
  coldStarts: 1,
  load: { connections: 16, milliseconds: 200 },
  warmUp: { connections: 16, milliseconds: 200 },
}
/** The unit of the clerk whose queue is read has so many open tasks. */
const SIZE = { cases: 6_000, tasks: 5_000 }
/** So many cases of the person whose list is read, which shows twenty. */
const OWN_CASES = 25

const json = (token: string, body: string) => ({
  Authorization: `Bearer ${token}`,
  'Content-Type': 'application/json',
  'Content-Length': String(Buffer.byteLength(body)),
  'Idempotency-Key': randomUUID(),
})

export const getting = (path: string, token: string): Shot => ({
  method: 'GET',
  path,
  headers: { Authorization: `Bearer ${token}` },
  body: null,
  status: 200,
})

export const posting = (path: string, token: string, value: unknown, status: number): Shot => {
  const body = JSON.stringify(value)
  return { method: 'POST', path, headers: json(token, body), body, status }
}

type Say = (line: Line) => void

export async function prepare(say: Say) {
  const measured = await openMeasured()
  const { send, newApplication } = measured
  const walked = await measured.walk()
  for (const name of Object.keys(ROUND_TRIPS) as Counted[]) {
    const [ours, baseline] = [walked[name].trips.length, ROUND_TRIPS[name]]
    say({ name: `round trips of ${name}: count`, ours, baseline, ratio: rounded(ours / baseline, 3) })
  }
  const { token } = (await measured.logIn('li-jianguo')).body
  const clerk = (await measured.logIn(measured.holderOf('window'))).body.token
  await fill(measured.databaseUrl, measured.cipher, await fileModels(measured), SIZE)
  for (let filed = 0; filed < OWN_CASES; filed += 1) await send('/api/cases', token, newApplication())
  const [first, second] = [
    await send('/api/cases', token, newApplication()),
    await send('/api/cases', token, newApplication()),
  ]
  const twice = async (path: string, of: string) => recordedOf(await send(path, of), await send(path, of))
  const same = {
    read: await twice(`/api/cases/${walked.caseId}`, token),
    list: await twice('/api/cases', token),
    home: await twice('/api/home', token),
    queue: await twice('/api/work/cases', clerk),
    submit: recordedOf(first, second),
  }
  await measured.close()
  const [of] = await ask<{ id: string }>(
    measured.databaseUrl,
    `select filed_by as id from cases where id = $1`,
    [walked.caseId],
  )
  if (!of) throw new Error('the case is gone')
  await ask(
    measured.databaseUrl,
    `create table bare_rows (id uuid primary key, case_number text not null, status text not null,
      created_at timestamptz not null default now())`,
  )
  return {
    measured,
    walked,
    token,
    clerk,
    same,
    filedBy: of.id,
    postmaster: await postmasterOf(measured.databaseUrl),
  }
}

const countCases = async (url: string) =>
  (await ask<{ count: number }>(url, 'select count(*)::int as count from cases'))[0]?.count ?? 0

/** Runs every comparison and says each as soon as it is known. */
export async function compare(say: Say, { smoke = false } = {}): Promise<void> {
  const effort = smoke ? SMOKE : FULL
  const { measured, walked, token, clerk, same, filedBy, postmaster } = await prepare(say)
  const { databaseUrl } = measured
  const task: BareTask = { databaseUrl, connections: CONNECTIONS, same, caseId: walked.caseId, filedBy }
  const product = await start('product-server', {
    ...measured.variables,
    LOG_LEVEL: 'info',
    DATABASE_CONNECTIONS: String(CONNECTIONS),
  })
  const bare = await start('bare-server', { BARE_TASK: JSON.stringify(task) })
  const side = (server: typeof product, next: () => Shot, statements: number): Side => ({
    server,
    next,
    statements,
  })
  const post = (path: string) => () => posting(path, token, measured.newApplication(), 201)
  const get = (path: string, of = token) => {
    const shot = getting(path, of)
    return () => shot
  }
  /** Ours and bare with the same statements. */
  const pair = (name: keyof typeof same, ours: () => Shot, path = `/same/${name}`) => ({
    ours: side(product, ours, same[name].trips.length),
    same: side(bare, ours().method === 'POST' ? post(path) : get(path), same[name].trips.length),
  })
  const sayOf = (name: string, what: Measure, ours: readonly Measured[], baseline: readonly Measured[]) =>
    say({ name, ...comparison(ours, baseline, what) })
  const against = async (name: keyof typeof same, title: string, ours: () => Shot, plain: () => Shot) => {
    const sides = { ...pair(name, ours), plain: side(bare, plain, 1) }
    const of = await race(sides, postmaster, effort)
    sayOf(`${title}: requests/s`, 'perSecond', of.ours, of.same)
    sayOf(`cpu of ${title}, server: us`, 'server', of.ours, of.plain)
    sayOf(`cpu of ${title}, PostgreSQL: us`, 'postgres', of.ours, of.plain)
  }
  try {
    await against('read', 'read', get(`/api/cases/${walked.caseId}`), get('/plain/row'))
    await against('list', 'my cases', get('/api/cases'), get('/plain/list'))
    for (const [name, ours] of [
      ['home', get('/api/home')],
      ['queue', get('/api/work/cases', clerk)],
    ] as const) {
      const of = await race(pair(name, ours), postmaster, effort)
      sayOf(`${name}: requests/s`, 'perSecond', of.ours, of.same)
    }
    const before = await countCases(databaseUrl)
    await against('submit', 'submit', post('/api/cases'), post('/plain/insert'))
    if ((await countCases(databaseUrl)) === before) throw new Error('nothing was filed')
    const health = get('/api/health')
    const of = await race({ ours: side(product, health, 0), same: side(bare, health, 0) }, postmaster, effort)
    sayOf('health: requests/s', 'perSecond', of.ours, of.same)
  } finally {
    await Promise.all([product.stop(), bare.stop()])
  }
  const { ours, own, all } = await compareColdStarts(databaseUrl, effort.coldStarts)
  for (const [name, baseline] of [
    ['cold start against its own packages: ms', own],
    ['cold start against all packages: ms', all],
  ] as const)
    say({ name, ours: rounded(ours, 1), baseline: rounded(baseline, 1), ratio: rounded(ours / baseline, 3) })
}
