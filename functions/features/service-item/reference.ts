import { type SQL, sql } from 'drizzle-orm'
import { STALE_REFERENCE, type StaleReference } from '../../platform/db/commit'
import {
  REFERENCE_PARTS,
  REVISION,
  type ReferencePart,
  type Revision,
} from '../../platform/db/parts/revision'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import { singleFlight } from '../../platform/single-flight'
import { type CountyRegistry, loadRegistry } from '../organization'
import { loadCalendar, type PublishedCalendar } from '../time-limit'
import { type Catalogue, createCatalogueLoader } from './catalogue'

/** Catalogue, calendar and registry, each as of its own revision: what every decision is made with. */
export interface Reference extends Catalogue, CountyRegistry, Pick<PublishedCalendar, 'calendar'> {
  readonly revision: Revision
}

export interface ReferenceSource {
  /** As this process knows it; statements that write demand that what they were decided with still holds. */
  cached(): Promise<Reference>
  /** As of a revision that a statement has seen, or a later one. */
  since(revision: Revision): Promise<Reference>
  /** Asks the database for the revision and loads the parts that it has at another one. */
  current(): Promise<Reference>
  /** As loaded last; throws before the first time. */
  known(): Reference
}

/** What a statement must find unchanged: the parts that it was decided with. */
export const referenceDemand = (
  { revision }: Reference,
  parts: readonly ReferencePart[],
): { readonly holds: SQL; readonly code: StaleReference } => ({
  holds: sql`(select ${sql.join(
    parts.map((part) => sql`${sql.raw(part)} = ${revision[part]}::int`),
    sql` and `,
  )} from reference_data)`,
  code: STALE_REFERENCE,
})

interface Part<Loaded> {
  readonly known: () => Loaded | undefined
  readonly cached: () => Promise<Loaded>
  /** However many ask at once, it is loaded once. */
  readonly load: () => Promise<Loaded>
  readonly since: (revision: number) => Promise<Loaded>
}

function partOf<Loaded extends { readonly revision: number }>(read: () => Promise<Loaded>): Part<Loaded> {
  let latest: Loaded | undefined
  const load = singleFlight(async () => {
    latest = await read()
    return latest
  })
  const cached = async () => latest ?? load()
  return {
    known: () => latest,
    cached,
    load,
    // A load that was under way may have begun before the change.
    async since(revision) {
      const known = await cached()
      if (known.revision >= revision) return known
      const next = await load()
      return next.revision >= revision ? next : load()
    },
  }
}

export function createReferenceSource({
  database,
  clock,
}: {
  readonly database: Database
  readonly clock: Clock
}): ReferenceSource {
  const parts = {
    catalogue: partOf(createCatalogueLoader({ database, clock })),
    calendar: partOf(() => loadCalendar(database)),
    registry: partOf(() => loadRegistry(database)),
  }
  let composed: { readonly of: readonly unknown[]; readonly reference: Reference } | undefined
  const known = () => {
    const loaded = [parts.catalogue.known(), parts.calendar.known(), parts.registry.known()] as const
    const [catalogue, calendar, registry] = loaded
    if (!catalogue || !calendar || !registry) throw new Error('reference data is not loaded yet')
    if (!composed?.of.every((part, at) => part === loaded[at]))
      composed = { of: loaded, reference: compose(catalogue, calendar, registry) }
    return composed.reference
  }
  const all = async (ask: (part: ReferencePart) => Promise<unknown>) => {
    await Promise.all(REFERENCE_PARTS.map(ask))
    return known()
  }
  const cached = () => all((part) => parts[part].cached())
  const since = (revision: Revision) => all((part) => parts[part].since(revision[part]))
  return {
    cached,
    since,
    known,
    async current() {
      await cached()
      const [row] = await database.rows<{ revision: Revision }>(sql`select ${REVISION} as revision`)
      // Of many that ask at once one may have loaded it while others' answers were on their way.
      const changed = row ? differing(known().revision, row.revision) : []
      await Promise.all(changed.map((part) => parts[part].load()))
      return row && changed.length > 0 ? since(row.revision) : known()
    },
  }
}

const differing = (left: Revision, right: Revision) =>
  REFERENCE_PARTS.filter((part) => left[part] !== right[part])

const compose = (
  { catalogue, ...ofCatalogue }: { readonly revision: number; readonly catalogue: Catalogue },
  { calendar, ...ofCalendar }: PublishedCalendar,
  { registry, ...ofRegistry }: { readonly revision: number; readonly registry: CountyRegistry },
): Reference => ({
  ...registry,
  revision: {
    catalogue: ofCatalogue.revision,
    calendar: ofCalendar.revision,
    registry: ofRegistry.revision,
  },
  calendar,
  latest: catalogue.latest,
  at: catalogue.at,
  fact: catalogue.fact,
  get items() {
    return catalogue.items
  },
  get searchIndex() {
    return catalogue.searchIndex
  },
})
