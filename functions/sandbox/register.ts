import { randomInt, randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { idCheckCharacter } from '#shared/domain/kernel/digits'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import type { Database } from '../platform/ports/database'
import { accounts, openidOf } from './accounts'
import type { SandboxClock } from './clock'
import type { Doors, PackPerson } from './doors'
import { followers, people, relations } from './schema'

interface NewPerson {
  readonly name: string
  readonly birth: PlainDate
  readonly villageCode: string
  readonly idNumber: string | null
}

/** WeChat's own knowledge of people: those of the pack and those invented in the console. */
export interface Register {
  list(): Promise<readonly PackPerson[]>
  find(id: string): Promise<PackPerson | undefined>
  /** The person behind an openid of that account, undefined for an openid of another account. */
  findByOpenid(appid: string, openid: unknown): Promise<PackPerson | undefined>
  /** A given ID number makes another WeChat account of the same person. */
  invent(person: NewPerson): Promise<PackPerson>
  isRelated(person: PackPerson): Promise<boolean>
  bindRelation(person: string): Promise<void>
  /** Since when the person follows the official account (milliseconds), undefined when not. */
  followsSince(person: PackPerson): Promise<number | undefined>
  setFollows(person: string, follows: boolean): Promise<void>
}

// A division code that exists only since 2000: no real person born before holds it (meta.peopleNote of the pack).
const DIVISION = '341821'
const ATTEMPTS = 20
const INVENTED = 'new-'
const isInvented = (id: string) => id.startsWith(INVENTED)

const inventIdNumber = (birth: PlainDate) => {
  const sequence = birth < '2000-01-01' ? randomInt(1, 900) : randomInt(900, 1000)
  const first17 = `${DIVISION}${birth.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return first17 + idCheckCharacter(first17)
}

export function createRegister(database: Database, doors: Doors, clock: SandboxClock): Register {
  const { db } = database
  const byOpenid = new Map<string, string>()
  let pack = new Map<string, PackPerson>()
  const readPack = async () => {
    pack = new Map((await doors.people()).map((person) => [person.id, person]))
    return [...pack.values()]
  }

  const ofRow = (row: typeof people.$inferSelect): PackPerson => ({
    id: row.id,
    name: row.name,
    roles: ['resident'],
    unit: doors.villages().find(({ code }) => code === row.villageCode)?.name ?? '',
    idNumber: row.idNumber,
    phone: row.phone,
    staff: false,
  })
  const list = async () => [
    ...(await readPack()),
    ...(await db.select().from(people).orderBy(people.createdAt)).map(ofRow),
  ]
  const find = async (id: string) => {
    const known = pack.get(id)
    if (known) return known
    if (!isInvented(id)) return (await readPack()).find((person) => person.id === id)
    const [row] = await db.select().from(people).where(eq(people.id, id))
    return row && ofRow(row)
  }
  const key = (appid: string, openid: string) => `${appid}/${openid}`
  const findByOpenid = async (appid: string, openid: unknown) => {
    if (typeof openid !== 'string' || openid.length !== 28) return undefined
    if (!byOpenid.has(key(appid, openid))) {
      for (const person of await list()) {
        for (const account of accounts) {
          byOpenid.set(key(account.appid, openidOf(account.appid, person.id)), person.id)
        }
      }
    }
    const id = byOpenid.get(key(appid, openid))
    return id === undefined ? undefined : find(id)
  }
  // A number may stand twice (two accounts of one person), so no index can tell that it is taken: one after the other.
  let invented: Promise<unknown> = Promise.resolve()
  const invent = (person: NewPerson): Promise<PackPerson> => {
    const next = invented.then(() => inventNext(person))
    invented = next.catch(() => undefined)
    return next
  }
  const inventNext = async ({ name, birth, villageCode, idNumber: given }: NewPerson) => {
    const known = await list()
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const idNumber = given ?? inventIdNumber(birth)
      const phone = `154${String(randomInt(100_000_000)).padStart(8, '0')}`
      const taken = given === null && known.some((person) => person.idNumber === idNumber)
      if (taken || known.some((person) => person.phone === phone)) continue
      const [row] = await db
        .insert(people)
        .values({
          id: `${INVENTED}${randomUUID().slice(0, 8)}`,
          name,
          villageCode,
          idNumber,
          phone,
          createdAt: clock.milliseconds(),
        })
        .onConflictDoNothing()
        .returning()
      if (row) return ofRow(row)
    }
    throw new Error('no free number of that day of birth was found')
  }

  return {
    list,
    find,
    findByOpenid,
    invent,
    isRelated: async (person) =>
      person.staff || (await db.select().from(relations).where(eq(relations.person, person.id))).length > 0,
    bindRelation: async (person) => {
      await db.insert(relations).values({ person }).onConflictDoNothing()
    },
    followsSince: async (person) => {
      const [row] = await db.select().from(followers).where(eq(followers.person, person.id))
      // Those of the pack have followed the account since before the demo begins; a new person has not.
      if (!row) return isInvented(person.id) ? undefined : 0
      return row.since ?? undefined
    },
    setFollows: async (person, follows) => {
      const since = follows ? clock.milliseconds() : null
      await db
        .insert(followers)
        .values({ person, since })
        .onConflictDoUpdate({ target: followers.person, set: { since } })
    },
  }
}
