import { and, inArray, isNotNull } from 'drizzle-orm'
import type { Agreement } from '#shared/domain/account/agreements'
import { consentsNeeded, type KeptConsent } from '#shared/domain/account/consents'
import { guardianUntil } from '#shared/domain/account/guardian'
import { birthOfIdNumber } from '#shared/domain/kernel/digits'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { type Cipher, identityIndexOf } from '../../ports/cipher'
import type { Db } from '../../ports/database'
import { sealedIn } from '../../ports/sealed-in'
import { credentials, enterpriseAgents, enterprises, profiles, wechatIdentities } from '../schema'
import { sealAgain } from './load-organization'
import { type Merge, mergeTable } from './merge-table'
import type { Pack, PackCredential, PackResident, PackStaffMember } from './pack-schema'
import { credentialIdOf, identityIdOf, profileIdOf } from './seed-ids'

/** The account by which WeChat knows somebody to one app. */
interface WechatAccount {
  readonly appid: string
  readonly openid: string
  readonly unionid: string | null
}
export type OpenidOf = (personId: string) => WechatAccount

interface DemoPerson {
  readonly person: PackStaffMember | PackResident
  readonly level: 0 | 1 | 2 | 3
  readonly hasWechat: boolean
  readonly elderMode: boolean
  readonly staffId: string | null
}

/** Whoever is staff and resident is one person, known as staff are: confirmed and with WeChat. */
function demoPeople(pack: Pack): readonly DemoPerson[] {
  const residents = new Map(pack.residents.map((resident) => [resident.id, resident]))
  const staffIds = new Set(pack.staff.map((member) => member.id))
  return [
    ...pack.staff.map((person) => ({
      person,
      level: 3 as const,
      hasWechat: true,
      elderMode: residents.get(person.id)?.elderMode ?? false,
      staffId: person.id,
    })),
    ...pack.residents
      .filter((resident) => !staffIds.has(resident.id))
      .map((person) => ({
        person,
        level: person.realNameLevel,
        hasWechat: person.wechat,
        elderMode: person.elderMode,
        staffId: null,
      })),
  ]
}

/** On the way to each level. */
const ACTS = ['log-in', 'set-phone', 'type-identity', 'confirm-identity'] as const

/** What somebody of that level must have agreed to, each in the act that first needs it. */
function consentsOf(level: DemoPerson['level'], agreements: readonly Agreement[], now: Instant) {
  const given = ACTS.slice(0, level + 1).flatMap((way) =>
    consentsNeeded(way, agreements, dayIn(now)).map(
      (each): KeptConsent => ({ ...each, at: now, way, withdrawnAt: null }),
    ),
  )
  return given.filter(({ purpose }, at) => given.findIndex((each) => each.purpose === purpose) === at)
}

/** Only what the level says that we know: the phone from 1 on, name and number from 2 on. */
function profileRow(
  cipher: Cipher,
  { person, level, elderMode, staffId }: DemoPerson,
  agreements: readonly Agreement[],
  now: Instant,
) {
  const id = profileIdOf(person.id)
  const seal = (value: string, field: 'name' | 'idNumber' | 'phone') =>
    cipher.encrypt(value, sealedIn.profile(id, field))
  const phone = level >= 1 ? person.phone : null
  const named = level >= 2
  const birth = birthOfIdNumber(person.idNumber)
  return {
    id,
    realNameLevel: level,
    nameSealed: named ? seal(person.name, 'name') : null,
    idNumberSealed: named ? seal(person.idNumber, 'idNumber') : null,
    idNumberIndex: named ? cipher.blindIndex('id-number', person.idNumber) : null,
    identityIndex: named ? identityIndexOf(cipher, person.name, person.idNumber) : null,
    phoneSealed: phone === null ? null : seal(phone, 'phone'),
    phoneIndex: phone === null ? null : cipher.blindIndex('phone', phone),
    villageCode: person.villageId,
    elderMode,
    staffId,
    consents: consentsOf(level, agreements, now),
    guardianUntil: named && birth !== undefined ? guardianUntil(birth, dayIn(now)) : null,
    createdAt: now,
    demo: true,
  }
}

/** A person once loaded lives in the product: what they changed there is never put back. */
async function loadProfiles(
  db: Db,
  cipher: Cipher,
  { agreements }: Pick<Pack, 'agreements'>,
  people: readonly DemoPerson[],
  now: Instant,
) {
  const ids = people.map(({ person }) => profileIdOf(person.id))
  const held = await db.select({ id: profiles.id }).from(profiles).where(inArray(profiles.id, ids))
  const known = new Set(held.map(({ id }) => id))
  const missing = people.filter(({ person }) => !known.has(profileIdOf(person.id)))
  if (missing.length > 0)
    await db.insert(profiles).values(missing.map((each) => profileRow(cipher, each, agreements, now)))
  return missing.length
}

/** Whoever has closed their account is here no more: nothing is put back into it. */
async function closedAmong(db: Db, people: readonly DemoPerson[]): Promise<ReadonlySet<string>> {
  const ids = people.map(({ person }) => profileIdOf(person.id))
  const closed = await db
    .select({ id: profiles.id })
    .from(profiles)
    .where(and(inArray(profiles.id, ids), isNotNull(profiles.closedAt)))
  return new Set(closed.map(({ id }) => id))
}

async function loadIdentities(
  db: Db,
  people: readonly DemoPerson[],
  closed: ReadonlySet<string>,
  openidOf: OpenidOf,
  now: Instant,
) {
  const rows = people
    .filter(({ hasWechat, person }) => hasWechat && !closed.has(profileIdOf(person.id)))
    .map(({ person }) => {
      const { appid, openid, unionid } = openidOf(person.id)
      const profileId = profileIdOf(person.id)
      return { id: identityIdOf(appid, person.id), appid, openid, unionid, profileId, createdAt: now }
    })
  if (rows.length === 0) return 0
  const added = await db
    .insert(wechatIdentities)
    .values(rows)
    .onConflictDoNothing()
    .returning({ id: wechatIdentities.id })
  return added.length
}

interface Holder {
  readonly id: string
  readonly index: string
  readonly credentials: readonly PackCredential[]
}

function holdersOf(cipher: Cipher, pack: Pack): readonly Holder[] {
  return [
    ...pack.residents.map((resident) => ({
      id: resident.id,
      index: cipher.blindIndex('id-number', resident.idNumber),
      credentials: resident.credentials,
    })),
    ...pack.enterprises.map((enterprise) => ({
      id: enterprise.id,
      index: cipher.blindIndex('credit-code', enterprise.creditCode),
      credentials: enterprise.credentials,
    })),
  ]
}

async function loadCredentials(db: Db, cipher: Cipher, pack: Pack) {
  const kinds = new Map(pack.credentialKinds.map((kind) => [kind.code, kind]))
  const papers = holdersOf(cipher, pack).flatMap((holder) =>
    holder.credentials.map((credential, at) => ({
      holder,
      credential,
      id: credentialIdOf(
        holder.id,
        credential.code,
        holder.credentials.slice(0, at).filter((before) => before.code === credential.code).length,
      ),
    })),
  )
  const held = await db
    .select()
    .from(credentials)
    .where(
      inArray(
        credentials.id,
        papers.map(({ id }) => id),
      ),
    )
  const sealed = new Map(held.map((row) => [row.id, row.valuesSealed]))
  const wanted = papers.map(({ id, holder, credential: { code, validTo, values, demo } }) => ({
    id,
    holderIndex: holder.index,
    code,
    name: kinds.get(code)?.name ?? code,
    issuerUnitId: kinds.get(code)?.issuerUnitId ?? '',
    validTo,
    valuesSealed: sealAgain(cipher, sealed.get(id), JSON.stringify(values), sealedIn.credential(id)),
    demo,
  }))
  return mergeTable(db, credentials, wanted, held, ['id'])
}

async function loadEnterprises(db: Db, cipher: Cipher, pack: Pack, closed: ReadonlySet<string>) {
  const wanted = pack.enterprises.map((enterprise) => ({
    id: enterprise.id,
    name: enterprise.name,
    kind: enterprise.kind,
    creditCode: enterprise.creditCode,
    creditCodeIndex: cipher.blindIndex('credit-code', enterprise.creditCode),
    legalRepresentative: enterprise.legalRepresentative,
    villageCode: enterprise.villageId,
    address: enterprise.address,
    permits: enterprise.permits,
    demo: enterprise.demo,
  }))
  const agents = pack.enterprises.flatMap((enterprise) =>
    enterprise.agents
      .map(({ personId, itemIds, until }) => ({
        enterpriseId: enterprise.id,
        profileId: profileIdOf(personId),
        itemIds,
        until,
      }))
      .filter(({ profileId }) => !closed.has(profileId)),
  )
  return {
    enterprises: await mergeTable(db, enterprises, wanted, await db.select().from(enterprises), ['id']),
    enterpriseAgents: await mergeTable(
      db,
      enterpriseAgents,
      agents,
      await db.select().from(enterpriseAgents),
      ['enterpriseId', 'profileId'],
    ),
  }
}

const added = (written: number): Merge => ({ written, kept: [] })

/** The invented people, as they stand with WeChat, and what is on file about them. */
export async function loadDemoPeople(db: Db, cipher: Cipher, pack: Pack, openidOf: OpenidOf, now: Instant) {
  const people = demoPeople(pack)
  const closed = await closedAmong(db, people)
  return {
    profiles: added(await loadProfiles(db, cipher, pack, people, now)),
    wechatIdentities: added(await loadIdentities(db, people, closed, openidOf, now)),
    ...(await loadEnterprises(db, cipher, pack, closed)),
    credentials: await loadCredentials(db, cipher, pack),
  }
}
