import { type SQL, sql } from 'drizzle-orm'
import { addDays, type PlainDate } from '#shared/domain/kernel/plain-date'

// All that statements ask of what is stored as JSON, of a case `c` and an event `e` of any shape: each holds in every shape
// it was ever written in, what is missing counting as null. Everything else is read through the domain's upgrades.

export const IS_FOR_FIRM = sql.raw(`c.state->'applicant'->>'kind' = 'firm'`)

/** It is for the account that filed it. */
export const isForFiler = (of: 'c' | 'k') =>
  sql.raw(`coalesce(${of}.state->'applicant'->>'takenFrom' = 'filer', false)`)

/** Whoever has the number that was typed says that it is not theirs. */
export const IS_DISOWNED = sql.raw(`coalesce((c.state->'applicant'->>'disowned')::boolean, false)`)

/** Of it somebody has said that it is not theirs, or may say so: while it is open a confirmation may still be taken back. */
export const IS_DISOWNED_OR_MAY_BE = sql.raw(`(c.was_disowned or c.applicant_index is not null
  and c.state->>'confirmedBy' is distinct from 'power'
  and (c.ended_at is null or not coalesce((c.state->>'identityConfirmed')::boolean, false)
    and c.state->>'confirmedBy' is null and c.state->>'takenOverAt' is null
    and not coalesce(jsonb_path_exists(c.state, '$.changes[*] ? (@.byOwner == true)'), false)))`)

/** It was disowned by whoever has the number of this index. */
export const wasDisownedBy = (index: SQL) =>
  sql`coalesce(jsonb_path_exists(c.state, '$.disownments[*] ? (@.numberIndex == $index)',
    jsonb_build_object('index', ${index})), false)`

/** The law's limit was prolonged: its day is in no column. */
export const IS_PROLONGED = sql.raw(`jsonb_path_exists(c.state, '$.extension.on')`)

// A function: of "is null" the planner would believe that hardly any row is, and read them all before it counts to a page.
export const IS_DECIDED = sql.raw(`jsonb_path_exists(c.state, '$.decision.kind')`)

/** The day of its grant in Asia/Shanghai; null where none was given. */
export const GRANTED_ON = sql.raw(`case when c.state->'decision'->>'kind' = 'granted' then
  ((c.state->'decision'->>'at')::timestamptz at time zone 'Asia/Shanghai')::date end`)

/** Of these alone one was granted or refused: what somebody filed and took back is none, and no list of granted ones reads it. */
export const IS_GRANTED_STATUS = sql.raw(`c.status in ('granted', 'concluded', 'delivered')`)

export const IS_NOT_REFUSED = sql.raw(`c.state->'decision'->>'kind' is distinct from 'refused'`)

export const IS_IDENTITY_CONFIRMED = sql.raw(`(c.state->>'identityConfirmed')::boolean`)

/** It goes on by a power of the firm, and is not decided. */
export const GOES_BY_POWER = sql.raw(`c.state->>'confirmedBy' = 'power' and c.state->>'decision' is null`)

export const ANSWERS_DIGEST = sql.raw(`c.state->>'answersDigest'`)

/** A case `n` asks to renew the certificate of the case `id`: by whom it is, confirmed, since what anybody typed renews nothing. */
export const renewsOwn = (id: SQL) =>
  sql`n.state->>'renews' is not null and n.state->>'renews' = (${id})::text
    and coalesce((n.state->>'identityConfirmed')::boolean, false)`

/** When the certificate that the case `c` asks to renew was revoked; null while it stands, and where it asks for none. */
export const RENEWED_REVOKED_AT = sql.raw(`case when c.state->>'renews' is not null then
  (select o.state->'revocations'->-1->>'answeredAt' from cases o
    where o.id = (c.state->>'renews')::uuid and o.applicant_index = c.applicant_index and o.status = 'revoked') end`)

/** Another case `o` was granted, and stands; what was refused ends with the same statuses. */
export const GRANT_STANDS = sql.raw(
  `o.status in ('granted', 'concluded', 'delivered') and o.state->'decision'->>'kind' = 'granted'`,
)

/** A decision of another case `o` was taken back, or was to be. */
export const WAS_QUESTIONED = sql.raw(`o.state->'revocations' is not null`)

/** It is not answered yet, or what was granted stands. */
export const renewalGoesOn = sql.raw(`case when n.state->'decision'->>'kind' is null then n.ended_at is null
  else n.state->'decision'->>'kind' = 'granted' and n.status <> 'revoked' end`)

/**
 * Its notice may hang on this day: it is open, and its last day, where one is kept, is not over; a month more where a calendar
 * that was laid since has moved it.
 */
export const mayHangOn = (today: PlainDate) =>
  sql`jsonb_path_exists(c.state, '$.steps[*] ? (@.status == "open" && @.publishedOn != null
    && (!exists(@.publicUntil) || @.publicUntil >= $least))',
    jsonb_build_object('least', ${addDays(today, -A_MONTH)}::text))`
const A_MONTH = 30

/** An act of these events that was not taken back, and takes nothing back itself (`standingEvents`). */
export const actStands = (event: 'e' | 'l') =>
  sql.raw(`${event}.type <> 'undone' and not exists (select 1 from case_events u
    where u.case_id = ${event}.case_id and u.sequence > ${event}.sequence and u.type = 'undone'
      and (u.payload::json->>'to')::int < ${event}.sequence)`)

/** The unit at which an event happened; null where it happened at none. */
export const EVENT_UNIT = sql.raw(`e.payload::json->>'unitId'`)

/** The step at which an event happened; null where it happened at none. */
export const EVENT_STEP = sql.raw(`e.payload::json->>'stepKey'`)

/**
 * By the case `d` whom the case `c` is for has died: it was seen whose the number is, or the same person typed it at both. What a
 * stranger typed makes nobody dead. The first words are those of an index.
 */
export const saysWhoDied = (of: 'c' | 'k') =>
  sql.raw(`(d.state->>'isDeceased')::boolean
  and (coalesce((d.state->>'identityConfirmed')::boolean, false) or d.filed_by = ${of}.filed_by)`)

const diedBy = (of: 'c' | 'k', another: SQL) => {
  const at = sql.raw(of)
  return sql`(coalesce((${at}.state->>'isDeceased')::boolean, false) or ${at}.applicant_index is not null
    and exists (select 1 from cases d where d.applicant_index = ${at}.applicant_index and ${saysWhoDied(of)}${another}
      and (coalesce((${at}.state->>'identityConfirmed')::boolean, false) or d.filed_by = ${at}.filed_by)))`
}

/**
 * Whom the case is for has died, as this case or another has it: of a number that was only typed another that the same person typed
 * alone, since nobody learns by it whether its owner lives. Of another case what was recorded alone: that a case was ended by a death
 * nobody can take back, and it bars nothing.
 */
export const hasDied = (of: 'c' | 'k') => diedBy(of, sql` and d.state->'death' is not null`)

/**
 * The same by the end of another case too, of what was filed before that: no phone rings for whom somebody believes dead, and whoever lives
 * applies again.
 */
export const isSaidToHaveDied = (of: 'c' | 'k') =>
  diedBy(of, sql` and (d.state->'death' is not null or ${sql.raw(of)}.filed_at <= d.ended_at)`)

/** The event was taken back (`standingEvents`). */
export const isUndone = (event: 'a' | 'w') =>
  sql.raw(`exists (select 1 from case_events z where z.case_id = ${event}.case_id and z.sequence > ${event}.sequence
  and z.type = 'undone' and (z.payload::jsonb->>'to')::int < ${event}.sequence)`)

/** The events `a` and `b` have the same in each of the fields that a list of JSON names. */
export const hasSame = (names: 'o.same' | `coalesce(u->'same', '[]')`) =>
  sql.raw(`not exists (select 1 from jsonb_array_elements_text(${names}) f(name)
    where a.payload::jsonb -> f.name is distinct from b.payload::jsonb -> f.name)`)

/** Of the event `b` that was told and the later `a`: what the ending `u` (`Ending`) asks of their fields. */
export const IS_MET = sql`b.payload::jsonb @> coalesce(u->'of', '{}')
  and (not jsonb_exists(u, 'having') or jsonb_exists(b.payload::jsonb, u->>'having'))
  and ${hasSame(`coalesce(u->'same', '[]')`)}`
