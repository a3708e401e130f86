import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseChanged } from '#shared/contract/case'
import { replay } from '#shared/domain/case/evolve'
import { type StoredEvent, type StoredState, upgradeEvent, upgradeState } from '#shared/domain/case/upgrade'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { file } from '../e2e/scenes'
import { createRandom, packItems } from '../generated-input'
import { type County, newcomer, type Person } from '../product/county'
import { openOnServices } from './counties'
import { type Move, movesOf } from './moves'

// Two people act on what both have before them, at the same moment or a few milliseconds apart. By the thousand:
// npm run test:faults.
const RACES = Number(process.env['INTERLEAVINGS'] ?? 24)
const SEED = Number(process.env['INTERLEAVINGS_SEED'] ?? 20_261_130)
const ITEM = 'LX-005'
const STAFF = ['wang-lixin', 'zhao-min', 'qian-li', 'sun-zhiyuan', 'wu-deming'] as const

const pairs = new Set<string>()
let county: County
const staff = new Map<string, Person>()
beforeAll(async () => {
  ;({ county } = await openOnServices('PostgreSQL and Redis', { DATABASE_CONNECTIONS: '20' }))
  for (const id of STAFF) staff.set(id, await county.as(id))
})
afterAll(() => county.close())

const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)

type Kept = StoredEvent & { readonly sequence: number; readonly chained: boolean; readonly actor: string }

/** All that the case has left in the database; `loose`: texts that nothing names, papers and messages that no event brought. */
async function storedOf(id: string) {
  const [[row], events, audits, [brought], unnamed] = await Promise.all([
    rows<{ state: StoredState; version: number }>(
      sql`select state, version from cases where id = ${id}::uuid`,
    ),
    rows<Kept>(
      sql`select sequence, type, payload, iso as at, actor, hash = case_event_hash(before, case_id, sequence, type, iso, actor, payload) as chained
        from (select *, lag(hash) over (order by sequence) as before,
          to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as iso
          from case_events where case_id = ${id}::uuid) e order by sequence`,
    ),
    rows<{ actor: string; action: string }>(
      sql`select actor, action from audit_entries where subject = ${`case:${id}`} order by at, id`,
    ),
    rows<{ documents: readonly string[]; unbrought: number; reminders: number }>(sql`select
      array(select d.id::text from documents d where d.case_id = ${id}::uuid) as documents,
      (select count(*)::int from documents d where d.case_id = ${id}::uuid
        and not exists (select 1 from case_events e where e.case_id = d.case_id and e.at = d.issued_at)) as unbrought,
      (select count(*)::int from reminders r where r.case_id = ${id}::uuid
        and not exists (select 1 from case_events e where e.id = r.event_id)) as reminders`),
    rows<{
      digest: string
    }>(sql`select t.digest from case_texts t where t.case_id = ${id}::uuid and not exists
      (select 1 from case_events e where e.case_id = t.case_id and position(t.digest in e.payload) > 0)`),
  ])
  if (!row || !brought) throw new Error('no case')
  const { documents, ...loose } = brought
  const words = documents.map((each) => county.services.cipher.digest(`${id}\ndocument ${each}`))
  const texts = unnamed.filter(({ digest }) => !words.includes(digest)).length
  return { row, events, audits, loose: { ...loose, texts } }
}

type Stored = Awaited<ReturnType<typeof storedOf>>

/** Events without a gap, each chained to the one before, and the row what they say. */
function checkWhole({ row, events, loose }: Stored, told: string) {
  expect(
    events.map(({ sequence }) => sequence),
    told,
  ).toEqual(events.map((_, at) => at + 1))
  expect(
    events.filter(({ chained }) => !chained),
    told,
  ).toEqual([])
  expect(row.version, told).toBe(events.length)
  expect(loose, told).toEqual({ texts: 0, unbrought: 0, reminders: 0 })
  const item = packItems().find((each) => each.id === ITEM)
  if (!item) throw new Error('no item')
  expect(JSON.parse(JSON.stringify(replay(item, events.map(upgradeEvent)))), told).toEqual(
    JSON.parse(JSON.stringify(upgradeState(row.state))),
  )
}

/** What came of a race is the winner's act, once, and nothing else. */
function checkIsTheirs({ leaves, actor }: Move, before: Stored, after: Stored, told: string) {
  const fresh = after.events.slice(before.events.length)
  expect(fresh[0]?.type, told).toBe(leaves)
  expect(new Set(fresh.map((event) => event.actor)), told).toEqual(new Set([actor]))
  expect(
    after.audits.slice(before.audits.length).map((entry) => entry.actor),
    told,
  ).toEqual([actor])
}

const fresh = async () => {
  const name = '石同办'
  const born = await newcomer(county, { name, birth: '1943-05-20', villageCode: '341821105200', level: 3 })
  const { body } = await born.person.send<{ id: string }>('GET', '/api/account')
  return {
    id: await file(county, { ...born, name }, ITEM),
    owner: { person: born.person, actor: `profile:${body.id}` },
  }
}

const random = createRandom(SEED)
/** A case goes on for some races before it ends. */
const ENDS = /decline|withdraw|hand-over result|revoke-decision/

/** Two different ones. An end is drawn seldom: most races are of a case that goes on. */
function drawnOf(moves: readonly Move[]): readonly [Move, Move] {
  const drawn = moves.filter(({ name }) => random.chance(ENDS.test(name) ? 0.1 : 1))
  const first = random.pick(drawn.length > 0 ? drawn : moves)
  const others = drawn.filter((move) => move !== first)
  return [first, random.pick(others.length > 0 ? others : moves.filter((move) => move !== first))]
}

/** Says who may take back what they did; undefined where nobody may. */
async function race(id: string, [first, second]: readonly [Move, Move], history: string[]) {
  const before = await storedOf(id)
  const start = random.chance(0.3) ? random.int(1, 12) : 0
  const [one, two] = await Promise.all([first.send(), sleep(start).then(second.send)])
  history.push(`${first.name} ${one.status}, ${start} ms, ${second.name} ${two.status}`)
  pairs.add([first.name, second.name].sort().join(' x '))
  const told = `${SEED}\n${history.join('\n')}\n${JSON.stringify([one.body, two.body])}`
  const statuses = [one.status, two.status]
  // Whoever came too late is refused: by what they saw, by what they may do by now, or as they have spoken often today.
  expect(
    statuses.filter((status) => ![200, 403, 404, 409, 429].includes(status)),
    told,
  ).toEqual([])
  // Two who have both spoken as often as a day allows change nothing.
  if (statuses.every((status) => status === 429)) {
    expect(await storedOf(id), told).toEqual(before)
    return
  }
  expect(
    statuses.filter((status) => status === 200),
    told,
  ).toHaveLength(1)
  const [winner, { body }] = one.status === 200 ? [first, one] : [second, two]
  const after = await storedOf(id)
  checkWhole(after, told)
  checkIsTheirs(winner, before, after, told)
  return (body as Partial<CaseChanged>).undoSeconds == null ? undefined : winner.actor
}

async function raceOnOne(most: number) {
  const { id, owner } = await fresh()
  const history: string[] = []
  for (let undoing: string | undefined; history.length < most; ) {
    const moves = await movesOf(id, { staff, owner, now: county.services.clock.now() }, undoing)
    if (moves.length < 2) break
    undoing = await race(id, drawnOf(moves), history)
  }
  return history.length
}

/** What is said against a decision may be said without end. */
const RACES_OF_ONE = 40
/** After so many it says how far it is: ten thousand take the better part of an hour. */
const TELLS = 500
const HOURS = 3_600_000
test(
  'of two who act on what both have seen one is done, whole, the other leaves nothing',
  async () => {
    let cases = 0
    const began = Date.now()
    for (let races = 0, told = TELLS; races < RACES; cases += 1) {
      races += await raceOnOne(Math.min(RACES - races, RACES_OF_ONE))
      if (races < told) continue
      told += TELLS
      process.stdout.write(`${races} races, ${Math.round((Date.now() - began) / 1000)} s\n`)
    }
    // Rows, queues and lists are what the events say.
    const lines: string[] = []
    expect(
      await rebuildCases({ services: county.services, words: [], print: (line) => lines.push(line) }),
      lines.join('\n'),
    ).toBe(0)
    process.stdout.write(`${JSON.stringify({ seed: SEED, races: RACES, cases, pairs: pairs.size })}\n`)
  },
  6 * HOURS,
)
