import { type SQL, sql } from 'drizzle-orm'
import { FORM_SECONDS } from '../../ports/files'

/** Clocks of the store and ours differ a little. */
const FORM_MARGIN_SECONDS = 60

/** When the form of a row of `uploads` can be posted no more: what came by it is removed from then on. */
export const FORM_OVER: SQL = sql.raw(`created_at + interval '${FORM_SECONDS + FORM_MARGIN_SECONDS} seconds'`)
