import { sql } from 'drizzle-orm'

/** Catalogue: versions of items and facts of the county. Registry: units, staff, roles, duty, leave, service points. */
export const REFERENCE_PARTS = ['catalogue', 'calendar', 'registry'] as const
export type ReferencePart = (typeof REFERENCE_PARTS)[number]

/** How often each part of the reference data has changed. */
export type Revision = Readonly<Record<ReferencePart, number>>
export const NO_REVISION: Revision = { catalogue: 0, calendar: 0, registry: 0 }

/** A `Revision` as JSON, to be read along with other data. */
export const REVISION = sql.raw(
  `coalesce((select json_build_object(${REFERENCE_PARTS.map((part) => `'${part}', ${part}`).join(
    ', ',
  )}) from reference_data), '${JSON.stringify(NO_REVISION)}'::json)`,
)

/** The revision of one part, an integer. */
export const revisionOf = (part: ReferencePart) =>
  sql<number>`${sql.raw(`coalesce((select ${part} from reference_data), ${NO_REVISION[part]})`)}`

/** Assignments of an `update` of `reference_data`: whoever writes rows of these parts counts them up with it. */
export const countedUp = (parts: readonly ReferencePart[]) =>
  // The whole is counted for servers of the version before, which know nothing of parts.
  sql.raw([...parts, 'revision'].map((column) => `${column} = reference_data.${column} + 1`).join(', '))
