import { type SQL, sql } from 'drizzle-orm'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { isConfirmedAccount, isPowerHeld } from '../../platform/db/parts/held'
import { instantText } from '../../platform/db/parts/instant'
import {
  IS_DISOWNED,
  IS_FOR_FIRM,
  IS_IDENTITY_CONFIRMED,
  IS_NOT_REFUSED,
} from '../../platform/db/parts/stored-state'

// Parts of statements about a case `c`, by its columns `applicant_index`, `identity_index`, `applicant_masked` and
// `service_item_id`.

/** The firm's agents, in this item and on this day; `who` narrows them. */
export const agentsOf = (
  today: PlainDate,
  who: SQL = sql`true`,
) => sql`select a.profile_id as id from enterprises e
  join enterprise_agents a on a.enterprise_id = e.id join profiles p on p.id = a.profile_id
  where e.credit_code_index = c.applicant_index and ${isConfirmedAccount('p')} and ${isPowerHeld(today)}
    and (a.item_ids is null or c.service_item_id = any(a.item_ids)) and ${who}`

/** Ids of those who may act for the applicant by their own right: the confirmed person, or who holds a power of the firm. */
export const ownersOf = (today: PlainDate) => sql`select p.id from profiles p
  where p.id_number_index = c.applicant_index and ${isConfirmedAccount('p')}
  union ${agentsOf(today)}`

/** 名称 as it is compared: full-width letters and brackets are the plain ones, and no blank counts. */
const firmName = (name: SQL) => sql`regexp_replace(upper(normalize(${name}, NFKC)), '[[:space:]]', '', 'g')`

/**
 * Of a firm's case: what the register has beside its credit code, where that is another name than `name`; else null. A firm
 * that it does not know has none.
 */
export const otherFirmNameThan = (name: SQL) => sql`(select e.name from enterprises e
  where e.credit_code_index = c.applicant_index and ${firmName(sql`e.name`)} <> ${firmName(name)})`

/** The register's own form of `name`, where the two differ in blanks, width or case alone; else null. */
export const registersFormOf = (name: SQL) => sql`(select e.name from enterprises e
  where e.credit_code_index = c.applicant_index and e.name <> ${name} and ${firmName(sql`e.name`)} = ${firmName(name)})`

/** Than the one in the case: the name of a firm stands whole in the column, those of people alone are masked there. */
export const OTHER_FIRM_NAME = otherFirmNameThan(sql`c.applicant_masked`)

/** `isMisnamed` of the domain, in a statement: the case has another name beside the number of the profile `of`. */
export const isMisnamed = (of: 'p' | 'f') => sql`(${sql.raw(of)}.id_number_index = c.applicant_index
  and ${isConfirmedAccount(of)} and ${sql.raw(of)}.identity_index <> c.identity_index)`

export const IS_FIRM_MISNAMED = sql`(${OTHER_FIRM_NAME} is not null)`

/**
 * Whether the profile `f` is known to be whom the case is for, by number and by the name beside it, or to act for the
 * firm: then what they file is confirmed.
 */
export const isKnownApplicant = (today: PlainDate, isFirm: SQL) => sql`(f.real_name_level = 3
  and case when ${isFirm} then exists(${agentsOf(today, sql`a.profile_id = f.id`)})
    else (c.applicant_index is null or c.applicant_index = f.id_number_index)
      and coalesce(c.identity_index = f.identity_index, true) end)`

/**
 * Whoever filed a case of the table, or took it over, is its known applicant. Staff who typed it are not. No power that is
 * given later confirms a firm under another name than its own.
 */
const isKnownFiler = (today: PlainDate) => sql`f.id = coalesce(c.owner_id, c.filed_by)
  and (c.entered_by is null or c.owner_id is not null) and not ${IS_DISOWNED}
  and not (${IS_FOR_FIRM} and not ${IS_IDENTITY_CONFIRMED} and ${IS_FIRM_MISNAMED})
  and ${isKnownApplicant(today, IS_FOR_FIRM)}`

/**
 * `{at, numberIndex}` while that is so, else null. `at` is when it came to be so, as far as it is kept: not of a power, nor
 * before what last happened to the case, which would have learned of it. `numberIndex` is the filer's own.
 */
export const filerConfirmed = (
  today: PlainDate,
) => sql`(select json_build_object('numberIndex', f.id_number_index, 'at',
    case when ${IS_FOR_FIRM} or f.confirmed_at is null then null else
      ${instantText('greatest(f.confirmed_at, c.updated_at)')} end)
  from profiles f where ${isKnownFiler(today)})`

/**
 * Whether a case of the table bars a second one of its owner: the guard alone is unique and stays with the first of
 * several, and a case learns only with its next event that its filer has been confirmed.
 */
export const barsSecond = (today: PlainDate) => sql`(c.duplicate_guard is not null
  or (${IS_NOT_REFUSED}
    and (c.ended_at is null or (c.status = 'delivered' and c.key_index is not null))
    and (${IS_IDENTITY_CONFIRMED} or exists(select 1 from profiles f where ${isKnownFiler(today)}))))`
