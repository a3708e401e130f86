import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { type Measured, openMeasured, ROUND_TRIPS } from '../services/measured-product'
import type { RoundTrip } from '../services/postgres-tap.mjs'
import type { BareTask, Recorded } from './bare-server'
import { compareColdStarts } from './cold-start'
import { median, requestsPerSecond, type Shot } from './load'

interface Line {
  readonly name: string
  readonly ours: number
  readonly baseline: number
  readonly ratio: number
}

const ROUNDS = 9
const COLD_STARTS = 11
const CONNECTIONS = 10
const LOAD = { connections: 16, milliseconds: 1_500 }
const WARM_UP = { connections: 16, milliseconds: 2_500 }

const rounded = (value: number, digits: number) => Number(value.toFixed(digits))

/** A server of this bench in a process of its own; what it logs is written and thrown away. */
async function start(script: string, variables: Readonly<Record<string, string>>) {
  const child = fork(`dist/tests/${script}.mjs`, {
    env: { PATH: process.env['PATH'], ...variables },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port))
    child.once('exit', () => reject(new Error(`${script} did not start`)))
  })
  return { port, stop: () => child.kill() }
}

// Ids anywhere in a value, and keyed digests that are a value of their own.
const FRESH = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|^[\w-]{43}$/gm
const freshIn = ({ values }: RoundTrip) => new Set(values.join('\n').match(FRESH))

/** `other` is the same request at another time: what both hold is not new. */
function recordedOf(trip: RoundTrip | undefined, text: string, other = trip): Recorded {
  if (!trip || !other) throw new Error('no statement was seen')
  const known = freshIn(other)
  return { ...trip, fresh: [...freshIn(trip)].filter((id) => !known.has(id)), bytes: Buffer.byteLength(text) }
}

/** Both sides in turns, the one that begins changing from round to round. */
async function race(ports: { ours: number; baseline: number }, next: () => Shot) {
  const rates = { ours: [] as number[], baseline: [] as number[] }
  for (const side of ['ours', 'baseline'] as const) await requestsPerSecond(ports[side], next, WARM_UP)
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = round % 2 === 0 ? (['ours', 'baseline'] as const) : (['baseline', 'ours'] as const)
    for (const side of order) rates[side].push(await requestsPerSecond(ports[side], next, LOAD))
  }
  const ratios = rates.ours.map((rate, round) => rate / (rates.baseline[round] ?? Number.NaN))
  return {
    ours: rounded(median(rates.ours), 0),
    baseline: rounded(median(rates.baseline), 0),
    ratio: rounded(median(ratios), 3),
  }
}

/** Runs every comparison and says each as soon as it is known. */
export async function compare(say: (line: Line) => void): Promise<void> {
  const measured = await openMeasured()
  const walked = await measured.walk()
  const { token } = (await measured.logIn('li-jianguo')).body
  const submitOnce = () => measured.send('/api/cases', token, measured.newApplication())
  const [first, second] = [await submitOnce(), await submitOnce()]
  const read = await measured.send(`/api/cases/${walked.caseId}`, token)
  for (const name of Object.keys(ROUND_TRIPS) as Measured[]) {
    const [ours, baseline] = [walked[name].trips.length, ROUND_TRIPS[name]]
    say({ name: `round trips of ${name}: count`, ours, baseline, ratio: rounded(ours / baseline, 3) })
  }
  await measured.close()

  const task: BareTask = {
    databaseUrl: measured.databaseUrl,
    connections: CONNECTIONS,
    submit: recordedOf(first.trips[0], first.text, second.trips[0]),
    read: recordedOf(read.trips[0], read.text),
  }
  const product = await start('product-server', {
    ...measured.variables,
    LOG_LEVEL: 'info',
    DATABASE_CONNECTIONS: String(CONNECTIONS),
  })
  const bare = await start('bare-server', { BARE_TASK: JSON.stringify(task) })
  const ports = { ours: product.port, baseline: bare.port }
  const authorization = { Authorization: `Bearer ${token}` }
  const get = (path: string): Shot => ({
    method: 'GET',
    path,
    headers: authorization,
    body: null,
    status: 200,
  })
  const post = (): Shot => {
    const body = JSON.stringify(measured.newApplication())
    const headers = {
      ...authorization,
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
      'Idempotency-Key': randomUUID(),
    }
    return { method: 'POST', path: '/api/cases', headers, body, status: 201 }
  }
  try {
    say({ name: 'read: requests/s', ...(await race(ports, () => get(`/api/cases/${walked.caseId}`))) })
    say({ name: 'submit: requests/s', ...(await race(ports, post)) })
    say({ name: 'health: requests/s', ...(await race(ports, () => get('/api/health'))) })
  } finally {
    product.stop()
    bare.stop()
  }
  const { ours, baseline } = await compareColdStarts(measured.databaseUrl, COLD_STARTS)
  say({
    name: 'cold start: ms',
    ours: rounded(ours, 1),
    baseline: rounded(baseline, 1),
    ratio: rounded(ours / baseline, 3),
  })
}
