import pg from 'pg'
import { ask } from '../services/databases'
import type { openMeasured } from '../services/measured-product'
import type { RoundTrip } from '../services/postgres-tap.mjs'
import { type Explained, explain, growingTables } from './explain'
import { nameAt } from './fill'
import { recordedOf, renewals } from './recorded'

type Product = Awaited<ReturnType<typeof openMeasured>>

/** A statement that the product has sent, or will send with new ids. */
interface Hot {
  readonly name: string
  readonly trip: RoundTrip
  readonly writes?: boolean
  readonly before?: string
}

/** Nobody has filed anything that falls to them. */
const IDLE = 'town-window-341821103-1'
/** Has seen next to nothing. */
const AGENT = 'wang-lixin'
const PAGE = 20
/** Of an item in which nearly everybody has filed. */
const GUIDE = '/api/service-items/LX-019'

/** The cursor of a page of the clerk's queue: the place of the last task before it. */
export async function cursorAt(databaseUrl: string, caseId: string, page: number): Promise<string> {
  const [row] = await ask<{ cursor: string }>(
    databaseUrl,
    `select concat_ws('_', t.sort_on, t.case_id, t.step_key, t.part_unit_id) as cursor from case_tasks t
      join case_tasks m on (m.unit_id, m.role, m.queue) = (t.unit_id, t.role, t.queue) where m.case_id = $1
      order by t.sort_on, t.case_id, t.step_key, t.part_unit_id offset $2::int - 1 limit 1`,
    [caseId, (page - 1) * PAGE],
  )
  if (!row) throw new Error('the queue is not that long')
  return row.cursor
}

/** Cases that many were filed before and after, as the ones of nearly everybody are. */
const giveFew = (databaseUrl: string, count: number) =>
  ask(
    databaseUrl,
    `with spread as (select id, row_number() over (order by id) as at, count(*) over () as total from cases
        where entered_by is null and owner_id is null and ended_at is not null)
      update cases c set filed_by = (select profile_id from sessions order by id desc limit 1) from spread s
      where s.id = c.id and s.at % (s.total / $1::int) = 1`,
    [count],
  )

/** What staff look for: a name, a number, an item's word, what everything has, and what many are called. */
export const searches = async (databaseUrl: string, open: string) => {
  const [row] = await ask<{ number: string }>(
    databaseUrl,
    `select c.case_number as number from cases c join cases m on m.organ_unit_id = c.organ_unit_id where m.id = $1
      and c.id < m.id order by c.id desc limit 1`,
    [open],
  )
  return {
    name: nameAt(17),
    number: row?.number ?? '',
    /** Of all numbers of a month. */
    month: row?.number.slice(6, 10) ?? '',
    item: '灵活就业',
    everything: '补贴',
    surname: '李',
  } as const
}

const ofRequest = (name: string, trips: readonly RoundTrip[]): readonly Hot[] =>
  trips.map((trip, at) => ({ name: trips.length === 1 ? name : `${name} (${at + 1})`, trip }))

/** The statements of a request that was made twice, with new ids; `instead` stands in the place of some. One of them writes. */
function again(
  name: string,
  [first, second]: readonly [Parameters<typeof recordedOf>[0], Parameters<typeof recordedOf>[0]],
  writing: number,
  instead: ReadonlyMap<string, string> = new Map(),
): readonly Hot[] {
  const { trips, fresh } = recordedOf(first, second)
  const values = renewals({ trips, fresh: fresh.filter((id) => !instead.has(id)) })()
  const replaced = (value: string) =>
    [...instead].reduce((text, [known, other]) => text.replaceAll(known, other), value)
  return trips.map(({ text }, at) => ({
    name: `${name} (${at + 1})`,
    trip: { text, values: (values[at] ?? []).map((value) => (value === null ? null : replaced(value))) },
    writes: at === writing,
  }))
}

/** Most that are due at once when a worker comes. */
const DUE = 5_000
const MAKE_DUE = `update reminders set sent_at = null, leased_until = null where id in (select id from reminders
  where failed_at is null and dropped_at is null order by id desc limit ${DUE})`

/** Every hot statement of the product, as it sends it. */
async function hotStatements(product: Product, open: string, lastPage: number): Promise<readonly Hot[]> {
  const { send, logIn, holderOf, newApplication, act, databaseUrl } = product
  const [login, anew] = [await logIn('li-jianguo'), await logIn('li-jianguo')]
  const { token } = login.body
  const [staffLogin, staffAnew] = [await logIn(holderOf('window')), await logIn(holderOf('window'))]
  const clerk = staffLogin.body.token
  const idle = (await logIn(IDLE)).body.token
  const file = () => send<{ id: string }>('/api/cases', token, newApplication())
  const [filed, another, untouched] = [await file(), await file(), await file()]
  const accept = async ({ body }: typeof filed) => act(clerk, body.id, 'accept')
  const accepted = [await accept(filed), await accept(another)] as const
  const words = await searches(databaseUrl, open)
  const search = (q: string, of = clerk, tab = 'all') => send('/api/work/cases/search', of, { q, tab })
  const agent = (await logIn(AGENT)).body.token
  const reminding = await product.tripsOf((run) => run['remind-of-deadlines']())
  const ofJob = (name: string, words: string) =>
    ofRequest(name, reminding.filter(({ text }) => text.includes(words)).slice(0, 1))
  const claimed = (await product.tripsOf((run) => run['drain-reminders']())).filter(({ text }) =>
    text.includes('skip locked'),
  )
  const queue = (of: string, query = '') => send(`/api/work/cases${query}`, of)
  const few = (await logIn('chen-guilan')).body.token
  await giveFew(databaseUrl, 10)
  // From the second search on it is known whose the session is, and counted without a trip.
  for (const of of [clerk, agent]) await search(words.number, of)
  const deep = await queue(clerk, `?cursor=${await cursorAt(databaseUrl, open, lastPage)}`)
  return [
    ...again('log in', [login, anew], 0),
    ...again('log in of a clerk', [staffLogin, staffAnew], 0),
    ...ofRequest('read', (await send(`/api/cases/${filed.body.id}`, token)).trips),
    ...ofRequest('read by a clerk', (await send(`/api/cases/${filed.body.id}`, clerk)).trips),
    ...ofRequest('my cases', (await send('/api/cases', token)).trips),
    ...ofRequest('home', (await send('/api/home', token)).trips),
    ...ofRequest('my cases, few among many', (await send('/api/cases', few)).trips),
    ...ofRequest('home, few among many', (await send('/api/home', few)).trips),
    ...ofRequest('guide', (await send(GUIDE, token)).trips),
    ...ofRequest('form', (await send(`${GUIDE}/form`, token)).trips),
    ...ofRequest('guide, few among many', (await send(GUIDE, few)).trips),
    ...ofRequest('form, few among many', (await send(`${GUIDE}/form`, few)).trips),
    ...ofRequest('done', (await queue(clerk, '?tab=done')).trips),
    ...ofRequest('done, nothing', (await queue(idle, '?tab=done')).trips),
    ...ofRequest('queue, page 1', (await queue(clerk)).trips),
    ...ofRequest('queue, last page', deep.trips),
    ...ofRequest('queue without tasks', (await queue(idle)).trips),
    ...ofRequest('search by name', (await search(words.name)).trips),
    ...ofRequest('search by number', (await search(words.number)).trips),
    ...ofRequest('search by month', (await search(words.month)).trips),
    ...ofRequest('search by item', (await search(words.item)).trips),
    ...ofRequest('search of everything', (await search(words.everything)).trips),
    ...ofRequest('search by surname', (await search(words.surname)).trips),
    ...ofRequest('search in a tab by name', (await search(words.name, clerk, 'paused')).trips),
    ...ofRequest('search in a tab by surname', (await search(words.surname, clerk, 'to-do')).trips),
    ...ofRequest('search in an empty tab', (await search(words.everything, clerk, 'paused')).trips),
    ...ofRequest('search of an agent by name', (await search(words.name, agent)).trips),
    ...ofRequest('search of an agent by item', (await search(words.item, agent)).trips),
    ...ofRequest('search of an agent of everything', (await search(words.everything, agent)).trips),
    ...ofRequest('search of an agent by surname', (await search(words.surname, agent)).trips),
    ...ofJob('cases of members', 'select distinct b.case_id'),
    ...ofJob('tasks to remind of', 'with horizons as'),
    ...again('file', [filed, another], 1),
    ...again('act', accepted, 1, new Map([[filed.body.id, untouched.body.id]])),
    ...claimed
      .slice(0, 1)
      .map((trip) => ({ name: 'claim of a reminder', trip, before: MAKE_DUE, writes: true })),
  ]
}

export interface ExplainedStatement extends Explained {
  readonly name: string
}

/** The plan of each hot statement on the filled database. */
export async function explainHot(
  product: Product,
  open: string,
  lastPage: number,
): Promise<readonly ExplainedStatement[]> {
  const hot = await hotStatements(product, open, lastPage)
  const client = new pg.Client({ connectionString: product.databaseUrl })
  await client.connect()
  try {
    const growing = await growingTables(client)
    const explained: ExplainedStatement[] = []
    for (const { name, trip, before, writes = false } of hot)
      explained.push({ name, ...(await explain(client, trip, growing, { before, writes })) })
    return explained
  } finally {
    await client.end()
  }
}

/**
 * Faults that are known, `<statement>: <fault>` with why: the test fails for another, and for one of these that is gone.
 */
export const KNOWN: Readonly<Record<string, string>> = {
  'tasks to remind of: reads many rows':
    'a job, twice a day: it goes through each open task once, 500 kept a statement',
}

/** With those of a county that is larger than the gate's. */
export const KNOWN_AT_SIZE: Readonly<Record<string, string>> = {
  ...KNOWN,
  ...Object.fromEntries(
    ['search by surname', 'search in a tab by surname'].map((search) => [
      `${search}: reads many rows`,
      'of who has thousands of tasks: their tasks, the newest, the newest open ones and what the index finds are bounded each',
    ]),
  ),
}
