import { type SQL, sql } from 'drizzle-orm'
import { dueOfCase } from '#shared/domain/case/clocks'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { identityIndexOf } from '../../platform/ports/cipher'
import type { Named } from './applicant'
import { whoseAfter } from './applicant-queries'
import { type OwnedCase, TEXTS, wholeCaseJson } from './case-row'
import type { CaseDeps } from './deps'
import { namedAnew } from './filer'
import { partiesOf } from './parties'
import type { LoadedCase } from './queries'
import { payloadOf, remindedPart } from './repository'
import { itemOf, referenceAt } from './standing'
import { openContent } from './texts'

interface Filed {
  readonly caseRow: OwnedCase
  readonly texts: LoadedCase['texts']
  readonly revision: number
}

/** What is under way for who filed it, under another name or number than they have now, and is confirmed by nothing. */
const listFiled = ({ database, cipher, clock }: CaseDeps, profileId: string, { name, idNumber }: Named) =>
  database.rows<Filed>(sql`select ${wholeCaseJson(dayIn(clock.now()))} as "caseRow", ${TEXTS} as texts,
      coalesce((select revision from reference_data), 0) as revision
    from cases c where c.filed_by = ${profileId}::uuid and c.ended_at is null and c.owner_id is null
      and c.state->'applicant'->>'takenFrom' = 'filer' and not (c.state->>'identityConfirmed')::boolean
      and c.identity_index is distinct from ${identityIndexOf(cipher, name, idNumber)}
    order by c.id`)

async function followed(
  deps: CaseDeps,
  { caseRow, texts, revision }: Filed,
  profileId: string,
  person: Named,
) {
  const { cipher, clock, database, ids } = deps
  const now = clock.now()
  const reference = await referenceAt(deps, revision)
  const item = itemOf(reference, caseRow)
  const filed = openContent(cipher, caseRow.id, texts, caseRow.state.answersDigest)
  const { applicant, text, columns } = namedAnew(cipher, item, caseRow, filed, person, dayIn(now))
  const event: CaseEvent = { type: 'applicant-named', at: now, applicant, answersDigest: text.digest }
  const after = evolve(item, caseRow.state, event)
  const { owners, ownStaff } = await whoseAfter(database, caseRow.id, columns.applicantIndex, now)
  const profile = (id: string) => `profile:${id}` as const
  const eventId = ids.next()
  const reminders = deps.planReminders({
    caseId: caseRow.id,
    caseNumber: caseRow.caseNumber,
    item,
    before: caseRow.state,
    after,
    events: [{ id: eventId, event }],
    due: dueOfCase(item, after, reference.calendar),
    held: [],
    opened: [],
    newCard: null,
    ownStaff,
    parties: partiesOf(profile(profileId), owners.map(profile), caseRow.owners.map(profile)),
    actor: { staffId: null, profileId },
  })
  return {
    row: {
      id: caseRow.id,
      version: after.version,
      state: after,
      ...columns,
      eventId,
      auditId: ids.next(),
      payload: payloadOf(event),
      digest: text.digest,
      sealed: text.sealed,
    },
    reminders: reminders.map((each) => ({ ...each, caseId: caseRow.id })),
  }
}

const COLUMNS = sql.raw(`id uuid, version int, state jsonb, "applicantIndex" text, "identityIndex" text,
  "applicantMasked" text, "duplicateIndex" text, "keyIndex" text, "eventId" uuid, "auditId" uuid, payload text,
  digest text, sealed text`)

/**
 * Where the form asks for no number, a case is for whoever filed it: the parts by which theirs follow what they type of
 * themselves, to be written with it, and what must hold then. What is confirmed stays as it was confirmed.
 */
export const createFollowFiler =
  (deps: CaseDeps) =>
  async (
    profileId: string,
    person: Named,
  ): Promise<{ readonly parts: readonly SQL[]; readonly holds: readonly SQL[] }> => {
    const found = await listFiled(deps, profileId, person)
    if (found.length === 0) return { parts: [], holds: [] }
    const now = deps.clock.now()
    const moves = await Promise.all(found.map((each) => followed(deps, each, profileId, person)))
    const rows = sql`jsonb_to_recordset(${JSON.stringify(moves.map(({ row }) => row))}::jsonb) as r(${COLUMNS})`
    const actor = `profile:${profileId}`
    const type = 'applicant-named' satisfies CaseEvent['type']
    return {
      parts: [
        sql`followed as (update cases c set state = r.state, version = r.version, applicant_index = r."applicantIndex",
            identity_index = r."identityIndex", applicant_masked = r."applicantMasked",
            duplicate_index = r."duplicateIndex", key_index = r."keyIndex", updated_at = ${now}::timestamptz
          from ${rows} where c.id = r.id and c.version = r.version - 1 returning c.id)`,
        sql`followed_events as (insert into case_events (case_id, sequence, id, type, at, actor, payload, hash)
          select r.id, r.version, r."eventId", ${type}::text, ${now}::timestamptz, ${actor}::text, r.payload,
            case_event_hash(e.hash, r.id, r.version, ${type}::text, ${now}::text, ${actor}::text, r.payload)
          from ${rows} join followed f on f.id = r.id
            join case_events e on e.case_id = r.id and e.sequence = r.version - 1)`,
        sql`followed_texts as (insert into case_texts (case_id, digest, kind, sealed, created_at)
          select r.id, r.digest, 'answers', r.sealed, ${now}::timestamptz from ${rows} on conflict do nothing)`,
        sql`followed_audit as (insert into audit_entries (id, at, actor, action, subject)
          select r."auditId", ${now}::timestamptz, ${actor}::text, ${`case.${type}`}::text, 'case:' || r.id from ${rows})`,
        remindedPart(
          moves.flatMap(({ reminders }) => reminders),
          now,
        ),
      ],
      holds: [sql`(select count(*) from followed) = ${moves.length}::int`],
    }
  }
