import { boolean, date, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { ServiceItem } from '#shared/domain/service-item/item'

export const serviceItems = pgTable(
  'service_items',
  {
    id: text().notNull(),
    version: integer().notNull(),
    /** New applications are filed under the highest version that is in effect. */
    effectiveOn: date().notNull(),
    guide: jsonb().notNull().$type<ServiceItem>(),
    demo: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.id, table.version] })],
)
