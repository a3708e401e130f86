import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import * as schema from '../functions/platform/db/schema'

/** By which a row is a person's, or of what they asked for. */
const OF_PERSON =
  /^(case_id|profile_id|openid|owner_id|filed_by|rated_by|recipient|principal|actor|.*_sealed|sealed)$/

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The tables that hold something of a person, by name. */
export const TABLES_OF_PERSONS: readonly string[] = Object.values<unknown>(schema)
  .filter((each) => is(each, PgTable))
  .map((each) => getTableConfig(each))
  .filter(({ columns }) => columns.some(({ name }) => OF_PERSON.test(snake(name))))
  .map(({ name }) => name)
  .sort()
