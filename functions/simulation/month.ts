import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { addDays, type PlainDate, plainDate } from '#shared/domain/kernel/plain-date'
import { openServer, type RunningServer } from '../open-server'
import { parseEnvironment } from '../platform/config/environment'
import { readPack } from '../platform/db/seed/read-pack'
import { miniProgram, openidOf } from '../sandbox/accounts'
import { comeIn, minutesOfDay } from './acts'
import { timesAtWork, workAt } from './at-work'
import { clientOf } from './client'
import { agentsOf, createSessions, createWorksOn, itemsOf, type World } from './people'
import { type Counted, type County, countPushes, dayOf, momentOf } from './pushes-counted'
import { byPhone, type Delivered, type OpenWork, openWorkOf, takenOf, urgentOf } from './urgent'
import { createRandom } from './valid-input'

export interface Asked {
  readonly from: PlainDate
  readonly days: number
  readonly casesADay: number
  readonly seed: number
  readonly county: string
  /** Root of the checkout, where migrations and packs lie. */
  readonly root: string
  /** Told as each day ends. */
  readonly onDay: (line: string) => void
}

export interface Month extends Counted {
  readonly county: County
  readonly taken: readonly Delivered[]
  readonly refused: ReadonlyMap<string, number>
  readonly cases: number
  readonly staff: World['pack']['staff']
  readonly days: number
}

/** What is to happen, in the order of its times; what is added while a day goes on finds its place. */
function createAgenda() {
  const waiting: { readonly at: number; readonly act: () => Promise<void> }[] = []
  return {
    add(at: number, act: () => Promise<void>) {
      let [low, high] = [0, waiting.length]
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((waiting[middle]?.at ?? 0) <= at) low = middle + 1
        else high = middle
      }
      waiting.splice(low, 0, { at, act })
    },
    /** The next of those until `end`. */
    next: (end: number) =>
      (waiting[0]?.at ?? Number.POSITIVE_INFINITY) <= end ? waiting.shift() : undefined,
  }
}

const DAWN = 6 * 60
const NIGHTFALL = 22 * 60 + 5
const CLOSE = 17 * 60 + 32

async function openDoors({ root, county, from }: Asked, folder: string) {
  const server = await openServer(
    parseEnvironment({
      PROFILE: 'embedded',
      PORT: '0',
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
      COUNTY: county,
      START_AT: new Date(momentOf(from, DAWN)).toISOString(),
    }),
    root,
  )
  return { server, client: createSessions(clientOf(server.url)) }
}

/** Moves the county's clock, which runs by itself too: what was due meanwhile runs and goes out. */
async function moveTo({ client, now }: Pick<World, 'client' | 'now'>, at: number) {
  if (at <= now()) return
  const { status, body } = await client.door('POST', 'clock', { set: new Date(at).toISOString() })
  if (status !== 200 && at > now()) throw new Error(`the clock stands: ${JSON.stringify(body)}`)
}

function countyOf({ pack, worksOn }: World): County {
  const powers = pack.enterprises.flatMap(({ agents }) =>
    agents.map(({ personId, until }) => ({ openid: openidOf(miniProgram.appid, personId), until })),
  )
  return {
    workers: new Map(pack.staff.map((member) => [openidOf(miniProgram.appid, member.id), member])),
    worksOn,
    holdsPower: (openid, day) =>
      powers.some((power) => power.openid === openid && (power.until === null || day <= power.until)),
    perDay: pack.reminderLimits.perDay,
  }
}

async function liveDay(world: World, agenda: ReturnType<typeof createAgenda>, asked: Asked, day: PlainDate) {
  await moveTo(world, momentOf(day, DAWN))
  for (const minute of minutesOfDay(world, asked.casesADay))
    agenda.add(momentOf(day, minute), () => comeIn(world))
  for (const member of world.pack.staff)
    for (const at of timesAtWork(world, member)) agenda.add(at, () => workAt(world, member))
  const end = momentOf(day, NIGHTFALL)
  for (let next = agenda.next(end); next; next = agenda.next(end)) {
    await moveTo(world, next.at)
    await next.act()
  }
  await moveTo(world, end)
}

async function casesOf({ services }: RunningServer) {
  const [row] = await services.database.rows<{ count: number }>(sql`select count(*)::int as count from cases`)
  return row?.count ?? 0
}

/** A county's days through its own doors, on a server of their own; what the phones got is counted when they are over. */
export async function simulateMonth(asked: Asked): Promise<Month> {
  const { days, from, seed, root, county: name } = asked
  const read = await readPack(join(root, 'drizzle/packs', name))
  if (!read.ok) throw new Error(`the pack ${name} has faults: npm run county -- load-pack tells them`)
  const folder = await mkdtemp(join(tmpdir(), 'month-'))
  const { server, client } = await openDoors(asked, folder)
  try {
    const agenda = createAgenda()
    const now = () => Date.parse(server.services.clock.now())
    const world: World = {
      pack: read.value,
      client,
      random: createRandom(seed),
      items: itemsOf(read.value),
      worksOn: createWorksOn(read.value),
      now,
      today: () => plainDate(dayOf(now())),
      residents: [],
      accepted: new Map(),
      refused: new Map(),
      happens: agenda.add,
    }
    const atClose = new Map<string, OpenWork>()
    let day = from
    for (let nth = 1; nth <= days; nth += 1, day = addDays(from, nth - 1)) {
      const closing = day
      agenda.add(momentOf(closing, CLOSE), async () => {
        atClose.set(closing, await openWorkOf(server.services, closing))
      })
      await liveDay(world, agenda, asked, closing)
      asked.onDay(`${closing} 过完了，手机一共响过 ${(await takenOf(server.services)).length} 次`)
    }
    const taken = await takenOf(server.services)
    const people = new Set([
      ...read.value.staff.map(({ id }) => id),
      ...agentsOf(read.value).map(({ id }) => id),
      ...world.residents.map(({ id }) => id),
      ...taken.map(({ person }) => person),
    ])
    const urgent = await urgentOf(server.services, {
      pushes: byPhone(taken),
      atClose,
      atEnd: await openWorkOf(server.services),
      accepted: world.accepted,
      personOf: new Map([...people].map((id) => [openidOf(miniProgram.appid, id), id])),
      now: now(),
    })
    const county = countyOf(world)
    return {
      ...countPushes(county, { people: people.size, taken, urgent, now: now() }),
      county,
      taken,
      refused: world.refused,
      cases: await casesOf(server),
      staff: read.value.staff,
      days,
    }
  } finally {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}
