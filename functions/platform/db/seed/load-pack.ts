import { createHash } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import type { Agreement } from '#shared/domain/account/agreements'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { Cipher } from '../../ports/cipher'
import type { Clock } from '../../ports/clock'
import type { Database, Db } from '../../ports/database'
import { countedUp, REFERENCE_PARTS, type ReferencePart } from '../parts/revision'
import { countyFacts, referenceData } from '../schema'
import { faultsOfAgreements, textsOf } from './checks/agreements'
import { loadCatalogue } from './load-catalogue'
import { loadDemoPeople, type OpenidOf } from './load-demo-people'
import { loadStaff, loadUnits } from './load-organization'
import type { KeptField, Merge } from './merge-table'
import type { Pack, PackFault } from './pack-schema'
import { canonical } from './row-changes'

export interface LoadPackOptions {
  readonly cipher: Cipher
  readonly clock: Clock
  /** Invented people come with a way to their WeChat accounts, or not at all: `null` outside the demo. */
  readonly demo: { readonly openidOf: OpenidOf } | null
}

export interface LoadedPack {
  /** The revision of the reference data afterwards. */
  readonly revision: number
  /** Rows written, by table; empty when the database held all of it. */
  readonly written: Readonly<Record<string, number>>
  readonly kept: readonly KeptField[]
}

const LOADED_PACK = 'pack'

/** A pack that is right in itself and cannot follow the one before it; nothing of it was loaded. */
export class PackRefused extends Error {
  constructor(readonly faults: readonly PackFault[]) {
    super(faults.map(({ file, path, fault }) => `${file} ${path}: ${fault}`).join('\n'))
  }
}

async function refuseOtherWords(db: Db, pack: Pack) {
  const [held] = await db.select().from(countyFacts).where(eq(countyFacts.key, 'agreements'))
  const faults = faultsOfAgreements((held?.value ?? []) as readonly Agreement[], textsOf(pack))
  if (faults.length > 0) throw new PackRefused(faults)
}

/** Equal for a pack that would load the same; a change of the people's WeChat accounts is a change. */
function fingerprint(pack: Pack, { demo }: LoadPackOptions) {
  const accounts = demo ? [...pack.staff, ...pack.residents].map(({ id }) => demo.openidOf(id)) : null
  return createHash('sha256').update(canonical({ pack, accounts })).digest('hex')
}

async function currentRevision(db: Db) {
  const [row] = await db.select({ revision: referenceData.revision }).from(referenceData)
  return row?.revision ?? 0
}

/** Which part of the reference data a table is of; the people of the demo are of none. */
const PART_OF: Readonly<Record<string, ReferencePart>> = {
  countyFacts: 'catalogue',
  serviceItems: 'catalogue',
  calendarYears: 'calendar',
  units: 'registry',
  servicePoints: 'registry',
  staff: 'registry',
  staffRoles: 'registry',
}

async function countUp(db: Db, tables: readonly string[]) {
  const parts = REFERENCE_PARTS.filter((part) => tables.some((table) => PART_OF[table] === part))
  if (parts.length > 0)
    await db.execute(sql`insert into reference_data (revision) values (1)
      on conflict (id) do update set ${countedUp(parts)}`)
}

async function rememberPack(db: Db, pack: Pack, digest: string) {
  const value = { id: pack.pack.id, version: pack.pack.version, digest }
  await db
    .insert(countyFacts)
    .values({ key: LOADED_PACK, value })
    .onConflictDoUpdate({ target: countyFacts.key, set: { value } })
}

async function isLoaded(db: Db, digest: string) {
  const [row] = await db.select().from(countyFacts).where(eq(countyFacts.key, LOADED_PACK))
  return (row?.value as { digest?: string } | undefined)?.digest === digest
}

/**
 * Loads a checked pack in one transaction. The pack that was loaded last changes nothing; of another one the rows that
 * differ are written, but for what was edited in the product meanwhile. What a pack no longer has stays: cases name it;
 * a member of staff whom it no longer lists works no more.
 * Only processes that load at the same time wait for one another.
 */
export function loadPack(database: Database, pack: Pack, options: LoadPackOptions): Promise<LoadedPack> {
  const { cipher, clock, demo } = options
  const digest = fingerprint(pack, options)
  return database.transaction(async (db) => {
    await db.execute(sql`select pg_advisory_xact_lock(hashtext('load-pack'))`)
    if (await isLoaded(db, digest)) return { revision: await currentRevision(db), written: {}, kept: [] }
    await refuseOtherWords(db, pack)
    const now = clock.now()
    const merges: Readonly<Record<string, Merge>> = {
      ...(await loadUnits(db, pack)),
      ...(await loadStaff(
        db,
        { cipher, now, isDemo: demo !== null },
        demo ? pack.staff : pack.staff.filter((member) => !member.demo),
      )),
      ...(await loadCatalogue(db, pack, dayIn(now))),
      ...(demo ? await loadDemoPeople(db, cipher, pack, demo.openidOf, now) : {}),
    }
    await rememberPack(db, pack, digest)
    const written = Object.fromEntries(
      Object.entries(merges).flatMap(([table, { written: rows }]) => (rows > 0 ? [[table, rows]] : [])),
    )
    await countUp(db, Object.keys(written))
    return {
      revision: await currentRevision(db),
      written,
      kept: Object.values(merges).flatMap(({ kept }) => kept),
    }
  })
}
