import { sql } from 'drizzle-orm'
import type { Applicant } from '#shared/domain/case/state'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { ownStaffJson } from '../../../platform/db/parts/barred-staff'
import { NO_REVISION, REVISION, type Revision } from '../../../platform/db/parts/revision'
import { findFor, principalPart } from '../../../platform/http/principal'
import type { Database } from '../../../platform/ports/database'
import { agentsOf, isKnownApplicant, otherFirmNameThan, registersFormOf } from '../../application'
import { type OwnedCase, ownersJson } from '../case-row'

export interface SealedCredential {
  readonly id: string
  readonly code: string
  readonly valuesSealed: string
}

/** The credentials in force of the holder, if the session's person is them, confirmed, or may act for the firm in this item. */
export const listCredentials = (
  database: Database,
  tokenHash: string,
  { holder, itemId }: { readonly holder: string | null; readonly itemId: string },
  now: Instant,
) =>
  database.rows<SealedCredential>(sql`with ${principalPart(tokenHash, now)}
    select c.id, c.code, c.values_sealed as "valuesSealed" from credentials c, principal p where p.real_name_level = 3
      and c.holder_index = coalesce(${holder}::text, p.id_number_index)
      and (c.holder_index = p.id_number_index and p.opens_papers or exists (select 1 from json_array_elements(p.powers) w
        where w->>'firmIndex' = c.holder_index
          and (w->>'itemIds' is null or (w->'itemIds')::jsonb @> to_jsonb(${itemId}::text))))
      and (c.valid_to is null or c.valid_to >= ${dayIn(now)}::date)`)

/** The credentials in force of an applicant who is confirmed: their papers on file open for the case. */
export const listCredentialsOf = (database: Database, holder: string | null, now: Instant) =>
  database.rows<SealedCredential>(sql`select id, code, values_sealed as "valuesSealed" from credentials
    where holder_index = ${holder} and (valid_to is null or valid_to >= ${dayIn(now)}::date)`)

interface Registered {
  /** What the register calls the firm, where that is another name than the one that was typed. */
  readonly other: string | null
  /** The register's own form of the name, where that is the same and was typed otherwise. */
  readonly form: string | null
}

/** What the register has of a name that was typed beside a credit code. */
export async function registeredAs(
  database: Database,
  creditCodeIndex: string | null,
  typed: string | null,
): Promise<Registered> {
  const name = sql`${typed}::text`
  const [row] = await database.rows<Registered>(
    sql`select ${otherFirmNameThan(name)} as other, ${registersFormOf(name)} as form
      from (select ${creditCodeIndex}::text as applicant_index) c`,
  )
  return row ?? { other: null, form: null }
}

/** Whose a case is: profiles that are its owner's or hold a power of the firm, and the members of staff among its people. */
export type Whose = Pick<OwnedCase, 'owners' | 'ownStaff'>

interface WhoseToFile extends Whose {
  /** Whoever files is known to be whom it is for, or to act for the firm. */
  readonly isKnown: boolean
  /** The register's own form of the firm's name, where it was typed otherwise and is the same. */
  readonly firmName: string | null
  readonly revision: Revision
}

/** A case that is being filed: `owners` are the agents of a firm alone, since the statement finds the person. */
export async function whoseToFile(
  database: Database,
  tokenHash: string,
  filed: {
    readonly applicant: Pick<Applicant, 'kind' | 'numberIndex' | 'identityIndex'>
    /** As it was typed; a firm's is in the clear. */
    readonly masked: string
    readonly itemId: string
    readonly channel: string
  },
  now: Instant,
): Promise<WhoseToFile> {
  const today = dayIn(now)
  const { kind, numberIndex, identityIndex } = filed.applicant
  const isFirm = sql`${kind === 'firm'}::boolean`
  const select = sql`(select coalesce(json_agg(a.id), '[]'::json) from (${agentsOf(today)}) a) as owners,
      ${ownStaffJson(today)} as "ownStaff", ${REVISION} as revision,
      exists(select 1 from profiles f where f.id = c.filed_by and ${isKnownApplicant(today, isFirm)}) as "isKnown",
      ${registersFormOf(sql`c.applicant_masked`)} as "firmName"
    from (select null::uuid as id, null::uuid as owner_id, (select profile_id from principal) as filed_by,
      ${filed.channel}::text as channel, ${numberIndex}::text as applicant_index,
      ${filed.masked}::text as applicant_masked, ${identityIndex}::text as identity_index,
      ${filed.itemId}::text as service_item_id) c`
  const row = await findFor<WhoseToFile>(database, { tokenHash, now }, { select })
  return row ?? { owners: [], ownStaff: [], isKnown: false, firmName: null, revision: NO_REVISION }
}

/** A case that comes to be of another number. */
export async function whoseAfter(
  database: Database,
  caseId: string,
  applicantIndex: string | null,
  now: Instant,
): Promise<Whose> {
  const today = dayIn(now)
  const [row] =
    await database.rows<Whose>(sql`select ${ownersJson(today)} as owners, ${ownStaffJson(today)} as "ownStaff"
    from (select o.id, o.owner_id, o.filed_by, o.channel, ${applicantIndex}::text as applicant_index, o.service_item_id
      from cases o where o.id = ${caseId}::uuid) c`)
  return row ?? { owners: [], ownStaff: [] }
}
