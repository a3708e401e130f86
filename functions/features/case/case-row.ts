import { type SQL, sql } from 'drizzle-orm'
import type { CaseStatus } from '#shared/domain/case/case-status'
import type { Issued } from '#shared/domain/case/outcome/outcome'
import type { CaseState } from '#shared/domain/case/state'
import { type StoredState, upgradeState } from '#shared/domain/case/upgrade'
import type { Instant, PlainDate } from '#shared/domain/kernel/plain-date'
import { ownStaffJson } from '../../platform/db/parts/barred-staff'
import { instantText } from '../../platform/db/parts/instant'
import { EVENT_UNIT, IS_FOR_FIRM, isForFiler, RENEWED_REVOKED_AT } from '../../platform/db/parts/stored-state'
import { filerConfirmed, isMisnamed, OTHER_FIRM_NAME, ownersOf } from '../application'

export interface CaseRow {
  readonly id: string
  readonly caseNumber: string
  readonly serviceItemId: string
  readonly itemVersion: number
  readonly status: CaseStatus
  readonly version: number
  readonly state: CaseState
  readonly filedBy: string
  /** Who took it over from whoever had filed it. */
  readonly ownerId: string | null
  readonly applicantIndex: string | null
  readonly applicantMasked: string
  readonly duplicateIndex: string | null
  readonly keyIndex: string | null
  readonly villageCode: string | null
  readonly dueOn: PlainDate | null
  /** Whoever filed it has been confirmed since, as the applicant or as one who acts for the firm. */
  readonly filerConfirmed: {
    /** Null where it is not kept. */
    readonly at: Instant | null
    readonly numberIndex: string
  } | null
  /** Of a case that asks to renew a certificate; null while that one stands. */
  readonly renewedRevokedAt: Instant | null
  /** Members of staff whose own it is. */
  readonly ownStaff: readonly string[]
  /** Of a case for whoever filed it: another account has brought something to it. */
  readonly broughtByOther: boolean
  readonly filedAt: Instant
  /** All that were issued, the newest last. */
  readonly documents: readonly DocumentRow[]
}

interface DocumentRow extends Issued {
  readonly unitId: string
  readonly documentNumber: string
  readonly issuedAt: Instant
}

/** A case with the profiles that are its owner's or hold a power of the firm that it is for. */
export interface OwnedCase extends CaseRow {
  readonly owners: readonly string[]
  /** Of `owners` those whose confirmed name is not the one in the case. */
  readonly misnamed: readonly string[]
  /** Of a firm's what the register calls it, where that is another name. */
  readonly otherFirmName: string | null
}

/** A row as a statement answers it: its state is of the shape in which it was written. */
export type Stored<Row extends { readonly state: CaseState }> = Omit<Row, 'state'> & {
  readonly state: StoredState
}

export const caseFrom = <Row extends { readonly state: CaseState }>(stored: Stored<Row>) =>
  ({ ...stored, state: upgradeState(stored.state) }) as unknown as Row

/** Answers of a statement, each with its case. */
export const withCase = <Row extends { readonly caseRow: { readonly state: CaseState } }>(
  stored: StoredWith<Row>,
) => ({ ...stored, caseRow: caseFrom(stored.caseRow) }) as unknown as Row

export type StoredWith<Row extends { readonly caseRow: { readonly state: CaseState } }> = Omit<
  Row,
  'caseRow'
> & {
  readonly caseRow: Stored<Row['caseRow']>
}

/** What who asks has had to do with a case. */
export interface Dealings {
  /** Of a member of staff. */
  readonly actedAt: readonly string[]
  readonly isLooking: boolean
  /** They have taken it back, or rated it. */
  readonly hasClosed: boolean
}

// Parts of statements about a case `c`.

/** Of what was brought at a counter this says nothing. */
export const BROUGHT_BY_OTHER = sql`exists (select 1 from case_events e where e.case_id = c.id
  and e.type in ('added', 'supplemented') and e.actor like 'profile:%' and e.actor <> 'profile:' || c.filed_by)`

/** Those of one moment in the order of their events, by whose ids they go. */
const DOCUMENTS = sql`(select coalesce(json_agg(json_build_object('id', d.id, 'kind', d.kind, 'unitId', d.unit_id,
  'documentNumber', d.document_number, 'issuedAt', ${instantText('d.issued_at')}) order by d.issued_at, d.id), '[]'::json)
  from documents d where d.case_id = c.id)`

/** `ownStaff` of a row that no member of staff asks for is of no use, and dear to find. */
const columns = (
  today: PlainDate,
  ownStaff: SQL = ownStaffJson(today),
) => sql`'id', c.id, 'caseNumber', c.case_number,
  'serviceItemId', c.service_item_id, 'itemVersion', c.item_version, 'status', c.status, 'version', c.version,
  'state', c.state, 'filedBy', c.filed_by, 'ownerId', c.owner_id,
  'applicantIndex', c.applicant_index, 'applicantMasked', c.applicant_masked, 'duplicateIndex', c.duplicate_index,
  'keyIndex', c.key_index,
  'villageCode', c.village_code, 'dueOn', c.due_on,
  'filerConfirmed', ${filerConfirmed(today)},
  'renewedRevokedAt', ${RENEWED_REVOKED_AT},
  'ownStaff', ${ownStaff},
  'broughtByOther', ${isForFiler('c')} and ${BROUGHT_BY_OTHER},
  'filedAt', ${instantText('c.filed_at')},
  'documents', ${DOCUMENTS}`

export const caseJson = (today: PlainDate) => sql`json_build_object(${columns(today)})`

/** Ids of those who may act for the applicant by their own right. */
export const ownersJson = (today: PlainDate) =>
  sql`(select coalesce(json_agg(o.id), '[]'::json) from (${ownersOf(today)}) o)`

/** Of the owners those beside whose number the case has another name. */
const MISNAMED = sql`(select coalesce(json_agg(p.id), '[]'::json) from profiles p
  where ${isMisnamed('p')})`

/** With those who may act for the applicant, which a list has no need of. */
export const wholeCaseJson = (today: PlainDate, ownStaff?: SQL) =>
  sql`json_build_object(${columns(today, ownStaff)}, 'owners', ${ownersJson(today)}, 'misnamed', ${MISNAMED},
    'otherFirmName', case when ${IS_FOR_FIRM} then ${OTHER_FIRM_NAME} end)`

/** The open tasks of the case `c`; `more` of each beside its columns. */
export const tasksJson = (
  more: SQL,
) => sql`(select coalesce(json_agg(json_build_object('stepKey', t.step_key, 'partUnitId', t.part_unit_id,
  'role', t.role, 'unitId', t.unit_id, 'queue', t.queue, 'assigneeId', t.assignee_id, 'dueOn', t.due_on,
  'sortOn', t.sort_on, 'openedAt', ${instantText('t.opened_at')},
  'unstaffed', t.unstaffed, 'barred', t.barred, 'approval', t.approval, 'line', t.line${more})), '[]'::json) from case_tasks t where t.case_id = c.id)`

export const TASKS = tasksJson(sql``)

export const TEXTS = sql.raw(`(select coalesce(json_agg(json_build_object('digest', x.digest, 'kind', x.kind,
  'sealed', x.sealed)), '[]'::json) from case_texts x where x.case_id = c.id)`)

const HAS_CLOSED = sql.raw(`exists(select 1 from case_events e, principal p
      where e.case_id = c.id and e.type = 'withdrawn' and e.actor = 'profile:' || p.profile_id)
    or exists(select 1 from ratings r, principal p where r.case_id = c.id and r.rated_by = p.profile_id)`)

/** What who is no member of staff has had to do with the case `c`. */
export const NO_STAFF_DEALINGS = sql`json_build_object('actedAt', '[]'::json, 'isLooking', false, 'hasClosed', ${HAS_CLOSED})`

/** Of the case `c` and the part `principal`. */
export const dealingsAt = (now: Instant) => sql`json_build_object(
  'actedAt', (select coalesce(json_agg(distinct ${EVENT_UNIT}), '[]'::json) from case_events e, principal p
    where e.case_id = c.id and e.actor = 'staff:' || p.staff_id and e.type not in ('identity-confirmed', 'objection-recorded')
      -- What somebody typed for the applicant happened at no unit.
      and ${EVENT_UNIT} is not null),
  'isLooking', exists(select 1 from case_looks l, principal p
    where l.case_id = c.id and l.staff_id = p.staff_id and l.until > ${now}::timestamptz),
  'hasClosed', ${HAS_CLOSED})`
