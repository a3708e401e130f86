import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { Reply, ReplyAct } from '#shared/domain/organization/replies'
import type { DutyHours, Leave } from '#shared/domain/organization/staff'

export const units = pgTable(
  'units',
  {
    id: text().primaryKey(),
    kind: text().notNull().$type<'county' | 'department' | 'town' | 'village'>(),
    name: text().notNull(),
    shortName: text().notNull(),
    parentId: text(),
    creditCode: text().notNull(),
    phone: text(),
    address: text(),
    documentPrefix: text(),
    reviewAuthority: text(),
    court: text(),
    demo: boolean().notNull(),
  },
  (table) => [index('units_parent').on(table.parentId)],
)

export const servicePoints = pgTable('service_points', {
  id: text().primaryKey(),
  kind: text().notNull().$type<'county' | 'department' | 'town' | 'village'>(),
  unitId: text()
    .notNull()
    .references(() => units.id),
  name: text().notNull(),
  address: text().notNull(),
  phone: text().notNull(),
  windows: integer().notNull(),
  hours: jsonb().notNull().$type<readonly DutyHours[]>(),
  details: jsonb().notNull().$type<{
    readonly hasHall: boolean
    readonly equipment: readonly string[]
    readonly capabilities: readonly string[]
    readonly agentVacant: boolean
    readonly nearest: string | null
    /** 示范点 */
    readonly model: boolean
    readonly sharedWith: string | null
    readonly mobileStands: readonly {
      readonly place: string
      readonly marketDays: string
      readonly periods: readonly string[]
    }[]
    readonly note: string | null
  }>(),
  demo: boolean().notNull(),
})

/** Officials act in public under their names; their phones and ID numbers are personal and stand encrypted. */
export const staff = pgTable(
  'staff',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    phoneSealed: text(),
    idNumberIndex: text(),
    partTime: boolean().notNull(),
    dutyHours: jsonb().notNull().$type<readonly DutyHours[]>(),
    leave: jsonb().notNull().$type<readonly Leave[]>(),
    reminderAt: text(),
    maxOpenCases: integer(),
    substituteId: text(),
    /** False for who has left: their roles, binding and assignments count no more. */
    active: boolean().notNull().default(true),
    /** An administrator has them back: at work, `active`, once they have redeemed an invitation. */
    awaited: boolean().notNull().default(false),
    /** Whether the county pack lists the member, no longer does and ended their work by that, or never did. */
    listing: text().notNull().$type<'listed' | 'left' | 'added'>().default('listed'),
    demo: boolean().notNull(),
  },
  (table) => [index('staff_id_number').on(table.idNumberIndex)],
)

export const staffRoles = pgTable(
  'staff_roles',
  {
    staffId: text()
      .notNull()
      .references(() => staff.id),
    role: text().notNull(),
    unitId: text()
      .notNull()
      .references(() => units.id),
    acting: boolean().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.staffId, table.role, table.unitId] }),
    index('staff_roles_unit').on(table.unitId, table.role),
  ],
)

/** What a unit offers as words for an act, in its order; the last list is kept where it has none any more. */
export const replyTemplates = pgTable(
  'reply_templates',
  {
    unitId: text().notNull(),
    act: text().notNull().$type<ReplyAct>(),
    /** Counts up with each writing. */
    version: integer().notNull(),
    replies: jsonb().notNull().$type<readonly Reply[]>(),
  },
  (table) => [primaryKey({ columns: [table.unitId, table.act] })],
)

/** One row: counts up whenever a part of the reference data changes, so that every process sees which. */
export const referenceData = pgTable('reference_data', {
  id: integer().primaryKey().default(1),
  /** Of all parts together. */
  revision: integer().notNull(),
  catalogue: integer().notNull().default(1),
  calendar: integer().notNull().default(1),
  registry: integer().notNull().default(1),
})

/** What the county publishes about itself and the choices of forms, by name: sponsor, regions, policies, scopes. */
export const countyFacts = pgTable('county_facts', {
  key: text().primaryKey(),
  value: jsonb().notNull(),
})
