import { ask } from '../services/databases'
import { openMeasured } from '../services/measured-product'
import { getting, posting } from './compare'
import { postmasterOf } from './cpu'
import { fill, type Size } from './fill'
import { cursorAt, explainHot, KNOWN_AT_SIZE, searches } from './hot-statements'
import { latencies, median, type Shot } from './load'
import { fileModels } from './models'
import { comparison, type Effort, type Line, race, rounded, start } from './race'

const CONNECTIONS = 10
const EFFORT: Effort = {
  rounds: 5,
  load: { connections: 16, milliseconds: 1_000 },
  warmUp: { connections: 16, milliseconds: 1_000 },
}
/** Requests one after the other for a median. */
const ONE_BY_ONE = 20
/** Milliseconds; what takes longer is not raced. */
const SLOW = 300
const IDLE = 'town-window-341821103-1'
const PAGE = 20
const FAR = 5_000

type Say = (line: Line | Readonly<Record<string, unknown>>) => void

/** The product with the models filed; who is logged in, and what else a request needs. */
async function open() {
  const measured = await openMeasured()
  const models = await fileModels(measured)
  const token = async (person: string) => (await measured.logIn(person)).body.token
  const tokens = {
    resident: await token('li-jianguo'),
    clerk: await token(measured.holderOf('window')),
    idle: await token(IDLE),
  }
  return { measured, models, tokens }
}
type Opened = Awaited<ReturnType<typeof open>>

const serverOf = ({ measured }: Opened) =>
  start('product-server', {
    ...measured.variables,
    LOG_LEVEL: 'info',
    DATABASE_CONNECTIONS: String(CONNECTIONS),
  })

const filing =
  ({ measured, tokens }: Opened) =>
  () =>
    posting('/api/cases', tokens.resident, measured.newApplication(), 201)

/** What is asked of the filled database, by the name of its line. */
async function requestsOf({ measured, models, tokens }: Opened, lastPage: number) {
  const words = await searches(measured.databaseUrl, models.open)
  const cursor = await cursorAt(measured.databaseUrl, models.open, lastPage)
  const same = (shot: Shot) => () => shot
  const queue = (of: string, query = '') => same(getting(`/api/work/cases${query}`, of))
  const search = (q: string) => same(posting('/api/work/cases/search', tokens.clerk, { q }, 200))
  return {
    'my cases': same(getting('/api/cases', tokens.resident)),
    home: same(getting('/api/home', tokens.resident)),
    'queue, page 1': queue(tokens.clerk),
    [`queue, page ${lastPage}`]: queue(tokens.clerk, `?cursor=${cursor}`),
    'queue without tasks': queue(tokens.idle),
    'search by name': search(words.name),
    'search by number': search(words.number),
    'search by item': search(words.item),
    'search of everything': search(words.everything),
  }
}

/** Everything that is asked of a county at its size, against a read of it; a submit, against one where nothing was filed. */
export async function measureAtSize(say: Say, size: Size): Promise<void> {
  const [large, small] = [await open(), await open()]
  const startedAt = performance.now()
  await fill(large.measured.databaseUrl, large.measured.cipher, large.models, size)
  const [sizes] = await ask<{ bytes: number }>(
    large.measured.databaseUrl,
    'select pg_database_size(current_database())::float8 as bytes',
  )
  say({
    name: 'filled',
    ...size,
    seconds: rounded((performance.now() - startedAt) / 1000, 0),
    gigabytes: rounded((sizes?.bytes ?? 0) / 2 ** 30, 2),
  })
  const lastPage = Math.min(FAR, Math.floor(size.tasks / PAGE))
  const requests = await requestsOf(large, lastPage)
  const explained = await explainHot(large.measured, large.models.open, lastPage)
  await large.measured.close()
  await small.measured.close()
  for (const { name, ...plan } of explained) say({ name: `plan of ${name}`, ...plan })
  const found = explained.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault}`))
  const unknown = found.filter((fault) => KNOWN_AT_SIZE[fault] === undefined)

  const postmaster = await postmasterOf(large.measured.databaseUrl)
  const servers = { large: await serverOf(large), small: await serverOf(small) }
  const read = getting(`/api/cases/${large.models.open}`, large.tokens.resident)
  const reading = () => read
  try {
    const readMilliseconds = median(await latencies(servers.large.port, reading, ONE_BY_ONE))
    for (const [name, next] of Object.entries(requests)) {
      const took = median(await latencies(servers.large.port, next, ONE_BY_ONE))
      say({
        name: `${name}: ms`,
        ours: rounded(took, 1),
        baseline: rounded(readMilliseconds, 1),
        ratio: rounded(took / readMilliseconds, 3),
      })
      // Sixteen at once would be waited for through the whole race.
      if (took > SLOW) continue
      const of = await race(
        {
          ours: { server: servers.large, next, statements: 1 },
          read: { server: servers.large, next: reading, statements: 1 },
        },
        postmaster,
        EFFORT,
      )
      say({ name: `${name}: requests/s`, ...comparison(of.ours, of.read, 'perSecond') })
    }
    const of = await race(
      {
        ours: { server: servers.large, next: filing(large), statements: 2 },
        empty: { server: servers.small, next: filing(small), statements: 2 },
      },
      postmaster,
      EFFORT,
    )
    say({ name: 'submit at size: requests/s', ...comparison(of.ours, of.empty, 'perSecond') })
    say({ name: 'cpu of submit at size, PostgreSQL: us', ...comparison(of.ours, of.empty, 'postgres') })
  } finally {
    await Promise.all([servers.large.stop(), servers.small.stop()])
  }
  if (unknown.length > 0) throw new Error(`plans that grow: ${unknown.join('; ')}`)
}
