import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseChanged } from '#shared/contract/case'
import { replay } from '#shared/domain/case/evolve'
import { type StoredEvent, type StoredState, upgradeEvent, upgradeState } from '#shared/domain/case/upgrade'
import { file } from '../e2e/scenes'
import { createRandom, packItems } from '../generated-input'
import { type County, caseOf, newcomer, type Person } from '../product/county'
import { openOnServices } from './counties'

// Two people act on what both have before them, at the same moment or a few milliseconds apart. By the thousand:
// npm run test:faults.
const RACES = Number(process.env['INTERLEAVINGS'] ?? 24)
const SEED = Number(process.env['INTERLEAVINGS_SEED'] ?? 20_261_130)
const ITEM = 'LX-005'
const STAFF = ['wang-lixin', 'zhao-min', 'qian-li', 'sun-zhiyuan'] as const

const pairs = new Set<string>()
let county: County
const staff = new Map<string, Person>()
beforeAll(async () => {
  ;({ county } = await openOnServices('PostgreSQL and Redis', { DATABASE_CONNECTIONS: '20' }))
  for (const id of STAFF) staff.set(id, await county.as(id))
})
afterAll(() => county.close())

/** An act that a page offers, and how it is sent. */
interface Move {
  readonly name: string
  readonly who: string
  readonly send: () => Promise<{ readonly status: number; readonly body: unknown }>
}

const REASON = { reason: '看过以后定的' }
const ASKED = { ...REASON, items: [{ kind: 'material', name: '居民身份证', reason: '看不清' }] }
/** What each asks for besides; a case goes on for some races before it ends. */
const ENDS = /decline|withdraw/
const FIELDS: Readonly<Record<string, object>> = {
  verify: {},
  accept: {},
  'request-correction': ASKED,
  decline: REASON,
  grant: {},
  refuse: REASON,
  conclude: {},
}

async function movesOf(id: string, owner: Person, undoing: string | undefined): Promise<readonly Move[]> {
  const views = await Promise.all(
    [...staff].map(async ([who, person]) => ({ who, person, view: await caseOf(person, id) })),
  )
  const byStaff = views.flatMap(({ who, person, view }) =>
    (view.staff?.allowed ?? []).flatMap(({ action, stepKey, unitId }): readonly Move[] => {
      const more = FIELDS[action]
      const body = { action, stepKey, unitId, version: view.version, ...more }
      if (more === undefined) return []
      return [
        {
          name: `${who} ${action}`,
          who,
          send: () => person.send('POST', `/api/cases/${id}/actions`, { body }),
        },
      ]
    }),
  )
  const undone = views.flatMap(({ who, person, view }): readonly Move[] =>
    who !== undoing
      ? []
      : [
          {
            name: `${who} undo`,
            who,
            send: () => person.send('POST', `/api/cases/${id}/undo`, { body: { version: view.version } }),
          },
        ],
  )
  const own = await caseOf(owner, id)
  const supplement = own.status === 'correcting' ? await bringing(id, owner, own.version) : []
  const withdrawal: Move = {
    name: 'owner withdraw',
    who: 'owner',
    send: () => owner.send('POST', `/api/cases/${id}/withdrawal`, { body: { version: own.version } }),
  }
  const isOpen = ['submitted', 'correcting', 'accepted', 'reviewing'].includes(own.status)
  return [...byStaff, ...undone, ...supplement, ...(isOpen ? [withdrawal] : [])]
}

async function bringing(id: string, owner: Person, version: number): Promise<readonly Move[]> {
  const materials = [{ name: '居民身份证', files: [await owner.upload()] }]
  return [
    {
      name: 'owner supplement',
      who: 'owner',
      send: () => owner.send('POST', `/api/cases/${id}/supplement`, { body: { version, materials } }),
    },
  ]
}

const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)

/** Events without a gap, each chained to the one before, and the row what they say. */
async function checkWhole(id: string, history: readonly string[]) {
  const [row] = await rows<{ state: StoredState; version: number }>(
    sql`select state, version from cases where id = ${id}::uuid`,
  )
  const events = await rows<StoredEvent & { sequence: number; chained: boolean }>(
    sql`select sequence, type, payload, iso as at, hash = case_event_hash(before, case_id, sequence, type, iso, actor, payload) as chained
      from (select *, lag(hash) over (order by sequence) as before,
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as iso
        from case_events where case_id = ${id}::uuid) e order by sequence`,
  )
  const told = history.join('\n')
  expect(
    events.map(({ sequence }) => sequence),
    told,
  ).toEqual(events.map((_, at) => at + 1))
  expect(
    events.filter(({ chained }) => !chained),
    told,
  ).toEqual([])
  expect(row?.version, told).toBe(events.length)
  const item = packItems().find((each) => each.id === ITEM)
  if (!item || !row) throw new Error('no case')
  expect(JSON.parse(JSON.stringify(replay(item, events.map(upgradeEvent)))), told).toEqual(
    JSON.parse(JSON.stringify(upgradeState(row.state))),
  )
}

const fresh = async () => {
  const name = '石同办'
  const born = await newcomer(county, { name, birth: '1943-05-20', villageCode: '341821105200', level: 3 })
  return { id: await file(county, { ...born, name }, ITEM), owner: born.person }
}

const random = createRandom(SEED)

/** Two different ones. An end is drawn seldom: most races are of a case that goes on. */
function drawnOf(moves: readonly Move[]): readonly [Move, Move] {
  const drawn = moves.filter(({ name }) => random.chance(ENDS.test(name) ? 0.1 : 1))
  const first = random.pick(drawn.length > 0 ? drawn : moves)
  const others = drawn.filter((move) => move !== first)
  return [first, random.pick(others.length > 0 ? others : moves.filter((move) => move !== first))]
}

/** Says who may take back what they did; undefined where nobody may. */
async function race([first, second]: readonly [Move, Move], history: string[]) {
  const start = random.chance(0.3) ? random.int(1, 12) : 0
  const [one, two] = await Promise.all([first.send(), sleep(start).then(second.send)])
  history.push(`${first.name} ${one.status}, ${start} ms, ${second.name} ${two.status}`)
  pairs.add([first.name, second.name].sort().join(' x '))
  const told = `${SEED}\n${history.join('\n')}\n${JSON.stringify([one.body, two.body])}`
  const statuses = [one.status, two.status]
  // Whoever came too late is refused: by what they saw, or by what they may do by now.
  expect(
    statuses.filter((status) => ![200, 403, 404, 409].includes(status)),
    told,
  ).toEqual([])
  expect(
    statuses.filter((status) => status === 200),
    told,
  ).toHaveLength(1)
  const [winner, { body }] = one.status === 200 ? [first, one] : [second, two]
  return (body as Partial<CaseChanged>).undoSeconds == null ? undefined : winner.who
}

async function raceOnOne(most: number) {
  const { id, owner } = await fresh()
  const history: string[] = []
  for (let undoing: string | undefined; history.length < most; ) {
    const moves = await movesOf(id, owner, undoing)
    if (moves.length < 2) break
    undoing = await race(drawnOf(moves), history)
    await checkWhole(id, history)
  }
  return history.length
}

const HOURS = 3_600_000
test(
  'of two who act on what both have seen one is done, whole, the other changes nothing',
  async () => {
    let cases = 0
    for (let races = 0; races < RACES; cases += 1) races += await raceOnOne(RACES - races)
    process.stdout.write(`${JSON.stringify({ seed: SEED, races: RACES, cases, pairs: pairs.size })}\n`)
  },
  6 * HOURS,
)
