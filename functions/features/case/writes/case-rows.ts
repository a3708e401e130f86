import { type SQL, sql } from 'drizzle-orm'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { STALE_REFERENCE } from '../../../platform/db/commit'
import { IS_FIRM_MISNAMED, isKnownApplicant, isMisnamed } from '../../application'
import type { Filed, FoundBy, Moved } from './case-write'
import { list, listed } from './lists'
import { STATE_NAMES, STATE_TYPED, stateColumns, stateSet } from './state-columns'

// All that is written of the table of cases, but for what is rebuilt.

const MOVES =
  sql.raw(`m("caseId" uuid, before int, state jsonb, ${STATE_TYPED}, "ownerId" uuid, "filedBy" uuid, bars boolean,
  keyed boolean, "duplicateIndex" text, "keyIndex" text, renamed boolean, "applicantIndex" text, "identityIndex" text,
  "applicantMasked" text, "nameParts" text[], "seenBy" text[], line text, "lineSplits" boolean, "turnsOn" date)`)

function moveRow(write: Moved, at: number, all: readonly Moved[]) {
  const { state, applicant, duplicates } = write
  const isFirst = !all
    .slice(0, at)
    .some(({ bars, duplicates: other }) => bars && other?.duplicateIndex === duplicates?.duplicateIndex)
  return {
    caseId: write.caseId,
    before: write.before,
    state,
    ...stateColumns(state, write.due),
    ownerId: write.newOwnerId,
    filedBy: write.newFilerId,
    // Of several that come to have the same key in one statement the first has the guard.
    bars: write.bars && (duplicates === null || isFirst),
    keyed: duplicates !== null,
    duplicateIndex: duplicates?.duplicateIndex ?? null,
    keyIndex: duplicates?.keyIndex ?? null,
    renamed: applicant !== null,
    applicantIndex: applicant?.applicantIndex ?? null,
    identityIndex: applicant?.identityIndex ?? null,
    applicantMasked: applicant?.applicantMasked ?? null,
    nameParts: applicant?.nameParts ?? null,
    seenBy: write.seenBy,
    ...write.line,
  }
}

const MOVED_INDEX = sql`case when m.keyed then m."duplicateIndex" else c.duplicate_index end`

// Who saw it once may find it ever after. A row from before it was kept is filled whole, by `fill-lists`.
const SEEN_BY = sql.raw(`case when c.seen_by is null or c.seen_by @> m."seenBy" then c.seen_by
  else array(select distinct unnest(c.seen_by || m."seenBy") order by 1) end`)

/**
 * Moves rows on which nobody else has moved: the part `moved` has none for the loser of a race. A guard that another case
 * holds stays with it.
 */
export const movedPart = (moves: readonly Moved[], now: Instant): SQL =>
  sql`moved as (update cases c set state = m.state, ${stateSet('m')}, lined_version = m.version, line = m.line,
      line_version = case when m.line is not null then m.version end, line_splits = m."lineSplits",
      turns_on = m."turnsOn", updated_at = ${now}::timestamptz, owner_id = coalesce(m."ownerId", c.owner_id),
      filed_by = coalesce(m."filedBy", c.filed_by), duplicate_index = ${MOVED_INDEX},
      key_index = case when m.keyed then m."keyIndex" else c.key_index end,
      duplicate_guard = case when m.bars and not exists (select 1 from cases o
        where o.duplicate_guard = ${MOVED_INDEX} and o.id <> c.id) then ${MOVED_INDEX} end,
      applicant_index = case when m.renamed then m."applicantIndex" else c.applicant_index end,
      identity_index = case when m.renamed then m."identityIndex" else c.identity_index end,
      applicant_masked = case when m.renamed then m."applicantMasked" else c.applicant_masked end,
      name_parts = case when m.renamed then m."nameParts" else c.name_parts end, seen_by = ${SEEN_BY}
    from ${listed(moves.map(moveRow), MOVES)} m
    where c.id = m."caseId" and c.version = m.before returning c.id)`

const FILINGS = sql.raw(`n("caseId" uuid, "numberPrefix" text, "itemId" text, "itemVersion" int, state jsonb,
  ${STATE_TYPED}, "isConfirmed" boolean, "applicantIndex" text, "identityIndex" text, "duplicateIndex" text,
  "keyIndex" text, "applicantMasked" text, "forFirm" boolean, "mayBar" boolean, barring text[],
  "nameParts" text[], "seenBy" text[], line text, "lineSplits" boolean, "turnsOn" date)`)

function filingRow(write: Filed) {
  const { state } = write
  return {
    caseId: write.caseId,
    numberPrefix: write.numberPrefix,
    itemId: write.itemId,
    itemVersion: write.itemVersion,
    state,
    ...stateColumns(state, write.due),
    isConfirmed: state.identityConfirmed,
    ...write.line,
    ...write.columns,
    forFirm: write.forFirm,
    mayBar: write.mayBar,
    barring: write.barringIndexes,
    seenBy: write.seenBy,
  }
}

/**
 * The parts that draw numbers and write rows. `filers` tells of each whether its applicant is confirmed, and whether the
 * number is one's own and the name beside it another's, or the credit code a firm's and the name not its. A case number is region, YYMMDD and the number of the day, counted
 * from the first one drawn on that day without any lock: gaps are allowed, doubles are not.
 */
export function filedParts(filings: readonly Filed[], now: Instant): readonly SQL[] {
  const today = dayIn(now)
  return [
    sql`filings as (select * from ${listed(filings.map(filingRow), FILINGS)} n)`,
    sql`filers as (select c.*, p.profile_id, c.entered_by is null
          and ${isKnownApplicant(today, sql`c."forFirm"`)} as confirmed,
        case when c."forFirm" then ${IS_FIRM_MISNAMED} else coalesce(${isMisnamed('f')}, false) end as misnamed
      from (select *, "caseId" as case_id, "itemId" as service_item_id, "applicantIndex" as applicant_index,
          "identityIndex" as identity_index, "applicantMasked" as applicant_masked from filings) c
        cross join principal p join profiles f on f.id = p.profile_id)`,
    sql`known_day as (select base from case_number_days where filed_on = ${today}::date)`,
    sql`opened_day as (insert into case_number_days (filed_on, base)
      select ${today}::date, nextval('case_number_seq') - 1 where not exists (select 1 from known_day)
      on conflict do nothing returning base)`,
    sql`numbered as materialized (select s.*, base, nextval('case_number_seq') - base as number
      from (select coalesce((select base from known_day), (select base from opened_day)) as base offset 0) b, filers s)`,
    sql`filed as (insert into cases (id, case_number, service_item_id, item_version, state, ${sql.raw(STATE_NAMES)},
        lined_version, line_version, line, line_splits, turns_on, filed_by, applicant_index, identity_index, duplicate_index,
        key_index, duplicate_guard, applicant_masked, filed_at, updated_at, name_parts, seen_by)
      select "caseId", "numberPrefix" || lpad(number::text, greatest(4, length(number::text)), '0'), "itemId",
        "itemVersion", state, ${sql.raw(STATE_NAMES)}, version, case when line is not null then version end, line,
        "lineSplits", "turnsOn", profile_id, "applicantIndex", "identityIndex", "duplicateIndex", "keyIndex",
        case when confirmed and "mayBar" then "duplicateIndex" end, "applicantMasked", ${now}::timestamptz,
        ${now}::timestamptz, "nameParts", "seenBy"
      from numbered where base is not null returning id, case_number)`,
  ]
}

/** An empty part `filers`, for a statement that files nothing. */
export const noFilers = (
  name: string,
) => sql`${sql.raw(name)} as (select null::uuid as case_id, null::uuid as profile_id,
  false as confirmed, null::text as applicant_index where false)`

/** Of cases from before it was kept, by what they are found. */
export const foundPart = (rows: readonly FoundBy[]): SQL =>
  sql`found as (update cases c set name_parts = f."nameParts", seen_by = f."seenBy"
    from ${listed(rows, sql.raw('f("caseId" uuid, version int, "nameParts" text[], "seenBy" text[])'))} f
    where c.id = f."caseId" and c.version = f.version and c.seen_by is null)`

/** One statement writes a row once: the cases of `written` get their new account with what else is written of them. */
export const movedToAccountPart = (leavingId: string, ownerId: string, written: readonly string[]): SQL =>
  sql`moved_cases as (update cases set
      filed_by = case when filed_by = ${leavingId}::uuid then ${ownerId}::uuid else filed_by end,
      owner_id = case when owner_id = ${leavingId}::uuid then ${ownerId}::uuid else owner_id end
    where (filed_by = ${leavingId}::uuid or owner_id = ${leavingId}::uuid)
      and id::text not in (select jsonb_array_elements_text(${list(written)})))`

/** Whoever files was confirmed, or is no more, since it was worked out: it is worked out anew. */
export const CONFIRMED_AS_FOUND = {
  holds: sql`not exists (select 1 from filers where confirmed <> "isConfirmed")`,
  code: STALE_REFERENCE,
} as const
