import { type SQL, sql } from 'drizzle-orm'
import type { FiledBefore, Home } from '#shared/contract/service-item'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { NO_REVISION, REVISION, type Revision } from '../../platform/db/parts/revision'
import { unreadOf } from '../../platform/db/parts/unread'
import { findFor, type Principal } from '../../platform/http/principal'
import type { Cipher } from '../../platform/ports/cipher'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import { sealedIn } from '../../platform/ports/sealed-in'
import { answeredAt, hoursText } from './answering'
import { type Applying, lifeEventsOf, summaryOf } from './guide'
import type { Reference, ReferenceSource } from './reference'

export interface ServiceItemDeps {
  readonly database: Database
  readonly clock: Clock
  readonly cipher: Cipher
  readonly reference: ReferenceSource
  /** True while the people and figures are invented (K4). */
  readonly demo: boolean
  /** The last day on which applications are taken. */
  readonly endsOn: PlainDate | null
  readonly myCases: MyCases
  readonly filedOfItem: FiledOfItem
  readonly applying: Applying
}

/** What the reader has filed of an item, or has had filed, given by app.ts as `MyCases`. */
export interface FiledOfItem {
  /** Of the statement that finds the principal. */
  readonly parts: (itemId: string, now: Instant) => readonly SQL[]
  readonly column: (now: Instant) => SQL
  /** The day of the last that was granted to the confirmed reader, else null. */
  readonly grantedOn: (itemId: string) => SQL
  /** What stood in the column, one's own first, else newest first. */
  readonly tell: (
    database: Database,
    stored: unknown,
    asked: { readonly principal: Principal; readonly reference: Reference; readonly now: Instant },
  ) => Promise<{ readonly filed: FiledBefore[]; readonly hasMoreFiled: boolean }>
}

/** What the case feature knows of a person's cases, given by app.ts: it comes after this one. */
export interface MyCases {
  /** Of the statement that finds the principal. */
  readonly parts: readonly SQL[]
  readonly column: (now: Instant) => SQL
  /** What stood in the column. */
  readonly tell: (
    database: Database,
    stored: unknown,
    asked: {
      readonly principal: Principal
      /** Of the principal, in full; null for whoever has written none. */
      readonly name: string | null
      readonly reference: Reference
      readonly now: Instant
    },
  ) => Promise<Pick<NonNullable<Home['me']>, 'todos' | 'running'>>
}

const HOT_COUNT = 6

/** What most people of the county come for, as its pack says; else the first of the catalogue. */
function hotItems(reference: Reference) {
  const { hot } = reference.fact<{ hot: readonly string[] }>('home', { hot: [] })
  const found = hot.flatMap((id) => reference.latest(id)?.item ?? [])
  return found.length > 0 ? found : reference.items.slice(0, HOT_COUNT)
}

interface Me {
  readonly id: string
  readonly realNameLevel: number
  readonly nameSealed: string | null
  readonly villageCode: string | null
  readonly underFourteen: boolean
  readonly unread: number
}

interface Found {
  readonly principal: Principal | null
  readonly revision: Revision
  readonly me: Me | null
  readonly cases: unknown
}

/** One round trip: who asks, what is theirs, and as of which reference data. */
async function findMe(deps: ServiceItemDeps, tokenHash: string, now: Instant): Promise<Found> {
  const { parts, column } = deps.myCases
  const select = sql`${REVISION} as revision,
      (select json_build_object('id', f.id, 'realNameLevel', f.real_name_level, 'nameSealed', f.name_sealed,
      'villageCode', f.village_code, 'underFourteen',
      coalesce(f.guardian_until > ${dayIn(now)}::date, false), 'unread', ${unreadOf(sql`select 'profile:' || f.id`, now)})
      from profiles f join principal p on p.profile_id = f.id) as me, ${column(now)} as cases`
  const row = await findFor<Found>(deps.database, { tokenHash, now }, { parts, select })
  return row ?? { principal: null, revision: NO_REVISION, me: null, cases: [] }
}

function greetingOf(name: string | null) {
  if (name === null) return '你好'
  // Neighbours call each other by the given name.
  const signs = [...name]
  return signs.length > 2 ? signs.slice(1).join('') : name
}

function pointOf(reference: Reference, villageCode: string | null, now: Instant) {
  const point = villageCode === null ? undefined : reference.servicePoints.get(villageCode)
  if (!point) return null
  const answered = answeredAt(reference, point.unitId, now)
  return {
    id: point.id,
    name: point.name,
    address: point.address,
    phone: point.phone,
    hoursText: [hoursText(point.hours), answered?.hours].filter(Boolean).join('。'),
    callNow: point.phone !== '' && answered?.open !== false,
  }
}

type CountyPart = Omit<Home, 'me' | 'demo' | 'endsOn'>

/** What everybody sees. */
function countyPart(reference: Reference): CountyPart {
  const county = reference.fact<{ region: { name: string } }>('county').region.name
  const sponsor = reference.fact<{ name: string; hotline: string }>('sponsor')
  return {
    county,
    sponsor: sponsor.name,
    hotline: sponsor.hotline,
    itemCount: reference.items.length,
    hot: hotItems(reference).map((item) => summaryOf(item, reference)),
    lifeEvents: lifeEventsOf(reference).map((event) => ({
      ...event,
      count: reference.items.filter((item) => item.lifeEvent === event.key).length,
    })),
  }
}

/** The first screen in one request; a visitor's carries nothing personal. */
export const createReadHome = (deps: ServiceItemDeps) => {
  let told:
    | { readonly of: Reference; readonly items: Reference['items']; readonly county: CountyPart }
    | undefined
  const county = (of: Reference) => {
    // With the day other items may come into effect.
    if (told?.of !== of || told.items !== of.items) told = { of, items: of.items, county: countyPart(of) }
    return told.county
  }
  const { demo, endsOn } = deps
  return async (tokenHash: string | null): Promise<Home> => {
    if (tokenHash === null) return { ...county(await deps.reference.current()), demo, endsOn, me: null }
    const now = deps.clock.now()
    const { principal, revision, me, cases } = await findMe(deps, tokenHash, now)
    const reference = await deps.reference.since(revision)
    if (principal === null || me === null) return { ...county(reference), demo, endsOn, me: null }
    const name =
      me.nameSealed === null ? null : deps.cipher.decrypt(me.nameSealed, sealedIn.profile(me.id, 'name'))
    return {
      ...county(reference),
      demo,
      endsOn,
      me: {
        ...(await deps.myCases.tell(deps.database, cases, { principal, name, reference, now })),
        greeting: greetingOf(name),
        realNameLevel: me.realNameLevel,
        underFourteen: me.underFourteen,
        servicePoint: pointOf(reference, me.villageCode, now),
        unreadMessages: me.unread,
      },
    }
  }
}
