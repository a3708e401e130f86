import type { CaseCreated } from '#shared/contract/application'
import { addDays, type PlainDate, plainDate, yearOf } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { upgradeItem } from '#shared/domain/service-item/upgrade-item'
import type { Pack } from '../platform/db/seed/pack-schema'
import { type Answer, type Client, newcomer, type Person } from './client'
import { createRandom, type Random, validInput } from './valid-input'

/** What everything that happens in the month shares. */
export interface World {
  readonly pack: Pack
  readonly client: Client
  readonly random: Random
  readonly items: readonly ServiceItem[]
  readonly worksOn: (day: string) => boolean
  readonly today: () => PlainDate
  /** Whoever has an account with the local WeChat and may get pushes in their own name. */
  readonly residents: Resident[]
  /** When a consent to a message of each one-time template was given, by person. */
  readonly accepted: Map<string, number[]>
  readonly now: () => number
  /** What the product refused, and how often: a month in which much is refused shows little. */
  readonly refused: Map<string, number>
  readonly happens: (at: number, act: () => Promise<void>) => void
}

export interface Resident {
  readonly id: string
  readonly name: string
  readonly idNumber: string
  readonly villageCode: string
  readonly born: PlainDate
  /** The firm whose power they hold. */
  readonly firm?: {
    readonly name: string
    readonly creditCode: string
    readonly itemIds: readonly string[] | null
  }
}

export const itemsOf = (pack: Pack): readonly ServiceItem[] => pack.serviceItems.map(upgradeItem)

export const createWorksOn = (pack: Pack) => {
  const off = new Set<string>(pack.calendars.flatMap(({ offDays }) => offDays))
  const made = new Set<string>(pack.calendars.flatMap(({ workDays }) => workDays))
  return (day: string) => {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    return made.has(day) || (weekday !== 0 && weekday !== 6 && !off.has(day))
  }
}

/** Sessions end after some weeks: who finds theirs ended logs in again. */
export function createSessions(client: Client) {
  const known = new Map<string, Promise<Person>>()
  const opened = (id: string) => {
    const session = known.get(id) ?? client.logIn(id)
    known.set(id, session)
    return session
  }
  return {
    ...client,
    async as(id: string): Promise<Person> {
      const person = await opened(id)
      return {
        ...person,
        async send<Body>(...sending: Parameters<Person['send']>): Promise<Answer<Body>> {
          const answer = await (await opened(id)).send<Body>(...sending)
          if (answer.status !== 401) return answer
          known.delete(id)
          return (await opened(id)).send<Body>(...sending)
        },
      }
    },
  } satisfies Client
}

export function noteRefusal({ refused }: World, what: string, answer: Answer<unknown>) {
  if (answer.status < 400) return false
  const { code, errors } = (answer.body ?? {}) as { code?: string; errors?: { pointer?: string }[] }
  const key = [what, answer.status, code, errors?.[0]?.pointer].filter(Boolean).join(' ')
  refused.set(key, (refused.get(key) ?? 0) + 1)
  return true
}

const FAMILY = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张']
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明霞平刚桂英华玉萍红建文']

const inventedName = (random: Random) =>
  random.pick(FAMILY) + random.pick(GIVEN) + (random.chance(0.6) ? random.pick(GIVEN) : '')

const ageFor = ({ id, acceptConditions }: ServiceItem, random: Random) => {
  const least = acceptConditions.flatMap((condition) =>
    condition.check?.kind === 'age' ? [condition.check.atLeast ?? 0] : [],
  )[0]
  if (id === 'LX-005') return random.int(81, 95)
  return least === undefined ? random.int(20, 75) : random.int(least + 1, Math.max(least + 20, 60))
}

const birthAt = ({ random, today }: World, age: number) =>
  addDays(plainDate(`${yearOf(today()) - age - 1}-12-01`), random.int(0, 300))

/** Somebody whom the county has not met: with an account, their phone and their name; most with a confirmed identity. */
export async function arrive(world: World, item: ServiceItem): Promise<Resident> {
  const { client, random, pack } = world
  const name = inventedName(random)
  const born = birthAt(world, ageFor(item, random))
  const villageCode = random.pick(pack.units.villages).id
  const level = random.chance(0.75) ? 3 : 2
  const { personId, idNumber } = await newcomer(client, { name, birth: born, villageCode, level })
  const resident = { id: personId, name, idNumber, villageCode, born }
  world.residents.push(resident)
  return resident
}

/** Somebody who comes to a counter, and has no account. */
export async function comeToCounter(world: World, item: ServiceItem, villageCode: string) {
  const { client, random } = world
  const name = inventedName(random)
  const birth = birthAt(world, ageFor(item, random))
  const { body } = await client.door<{ idNumber: string }>('POST', 'people', { name, birth, villageCode })
  return { name, idNumber: body.idNumber, villageCode }
}

/** The pack's own people who hold a power of a firm. */
export const agentsOf = (pack: Pack): readonly Resident[] =>
  pack.enterprises.flatMap(({ name: firm, creditCode, agents }) =>
    agents.flatMap(({ personId, itemIds }) => {
      const found = pack.residents.find(({ id, wechat }) => id === personId && wechat)
      if (!found) return []
      const { id, name, idNumber, villageId: villageCode, birth: born } = found
      return [{ id, name, idNumber, villageCode, born, firm: { name: firm, creditCode, itemIds } }]
    }),
  )

/** Valid answers with photos of whoever files. */
export async function applicationFor(
  world: World,
  filer: Person,
  item: ServiceItem,
  whom: Pick<Resident, 'name' | 'idNumber' | 'villageCode' | 'firm'>,
) {
  const { random, pack, worksOn } = world
  const codes = (list: readonly { readonly code: string }[]) => new Set(list.map(({ code }) => code))
  const context = {
    today: world.today(),
    agent: false,
    villageCodes: new Set(pack.units.villages.map(({ id }) => id)),
    regionCodes: codes(pack.regions),
    scopeCodes: codes(pack.businessScopes),
    policyCodes: codes(pack.policies),
    isWorkingDay: (day: PlainDate) => worksOn(day),
    onFileCredentialCodes: new Set<string>(),
    identity: {
      name: whom.name,
      idNumber: whom.idNumber,
      mobile: `154${String(random.int(0, 99_999_999)).padStart(8, '0')}`,
    },
    villageCode: whom.villageCode,
  }
  const seed = random.int(0, 2 ** 31)
  // Once to learn how many photos it takes, once with them.
  const wanted: string[] = []
  const count = () => `${wanted.push('photo')}`
  validInput(item, createRandom(seed), { ...context, uploadId: count })
  const uploads: string[] = []
  for (const _photo of wanted) uploads.push(await filer.upload())
  const input = validInput(item, createRandom(seed), { ...context, uploadId: () => uploads.shift() ?? '' })
  const isFirms =
    whom.firm !== undefined && item.fields.some(({ kind, key }) => kind === 'uscc' && key === 'uscc')
  const answers = {
    ...input.answers,
    ...(isFirms ? { uscc: whom.firm?.creditCode } : {}),
    ...(isFirms && 'entName' in input.answers ? { entName: whom.firm?.name } : {}),
  }
  return { serviceItemId: item.id, materials: input.materials, answers }
}

export type Filed = CaseCreated & { readonly code?: string }
