import { type SQL, sql } from 'drizzle-orm'
import type { WorkObjection, WorkObjections } from '#shared/contract/notice-objection'
import { type ObjectionOutcome, objectionStage } from '#shared/domain/case/publicity/public-objection'
import { isBarred } from '#shared/domain/case/whose/barred'
import { maskNumbersIn } from '#shared/domain/kernel/digits'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { instantText } from '../../../platform/db/parts/instant'
import { rowsAtMost } from '../../../platform/db/parts/rows-at-most'
import type { Principal } from '../../../platform/http/principal'
import type { Cipher } from '../../../platform/ports/cipher'
import type { Database } from '../../../platform/ports/database'
import { sealedIn } from '../../../platform/ports/sealed-in'
import { type CaseRow, caseJson, type StoredWith, TASKS, withCase } from '../case-row'
import type { CaseDeps } from '../deps'
import { itemOf } from '../standing'
import type { CaseTask } from '../task'
import { openText } from '../texts'

const PAGE_SIZE = 20

interface Typed {
  readonly caseRow: CaseRow
  readonly id: string
  readonly number: string
  readonly stepKey: string
  readonly unitId: string
  readonly words: string
  readonly contact: string | null
  readonly leavesPhone: boolean
  readonly raisedAt: Instant
  readonly outcome: ObjectionOutcome | null
  readonly isTold: boolean
  /** Why it was set aside. */
  readonly reason: { readonly digest: string; readonly sealed: string } | null
  readonly tasks: readonly CaseTask[]
}

const stageOf = (typed: Typed) =>
  objectionStage(typed, {
    isDecided: typed.caseRow.state.decision !== null || typed.caseRow.state.endedAt !== null,
  })

/**
 * What is theirs to work on and not done with, what nobody has read before the rest, each the oldest first: of whoever holds the
 * share now, its substitutes and those whom it has come to at last; whoever took objections when it was typed; and who settled it.
 * `isBarred`: of a case that they must not handle, which nobody is shown.
 */
async function listTyped(
  database: Database,
  principal: Principal,
  today: PlainDate,
  more: SQL,
): Promise<readonly (Typed & { readonly isBarred: boolean })[]> {
  const { pools, staffId } = principal
  const own = JSON.stringify(pools.map(({ role, unitId }) => `${role}:${unitId}`))
  const rows = await database.rows<StoredWith<Typed>>(sql`select ${caseJson(today)} as "caseRow", o.id,
      d.document_number as number, o.step_key as "stepKey", o.unit_id as "unitId", o.words_sealed as words,
      o.contact_sealed as contact, o.leaves_phone as "leavesPhone", ${instantText('o.raised_at')} as "raisedAt",
      o.outcome, o.told_at is not null as "isTold", ${TASKS} as tasks,
      (select json_build_object('digest', x.digest, 'sealed', x.sealed) from case_texts x
        where x.case_id = o.case_id and x.digest = o.reason_digest) as reason
    from notice_objections o join cases c on c.id = o.case_id join documents d on d.id = o.document_id
    where o.closed_at is null and (o.settled_by = ${staffId}
      or o.takers && array(select value from jsonb_array_elements_text(${own}::jsonb))
      or exists (select 1 from case_tasks t where t.case_id = o.case_id and t.step_key = o.step_key and t.part_unit_id = o.unit_id
        and not t.approval and t.role || ':' || t.unit_id in (select jsonb_array_elements_text(${own}::jsonb)))) ${more}
    order by (o.outcome is not null), o.raised_at, o.id limit ${rowsAtMost(PAGE_SIZE + 1)}`)
  return rows.map((row) => {
    const typed = withCase<Typed>(row)
    return { ...typed, isBarred: isBarred(typed.caseRow, staffId, { tasks: typed.tasks, pools }) }
  })
}

/** It was settled since the page before was read, or its case deleted: the next page begins behind its place all the same. */
function behind(cursor: string | null): SQL {
  if (cursor === null) return sql``
  const [kind, at, id] = cursor.split('_')
  return sql`and (o.outcome is not null, o.raised_at, o.id) > (${kind === 'read'}::boolean, ${at}::timestamptz, ${id}::uuid)`
}

const cursorOf = ({ outcome, raisedAt, id }: Typed) =>
  `${outcome === null ? 'unread' : 'read'}_${raisedAt}_${id}`

const contactIn = (cipher: Cipher, { id, contact }: Typed) =>
  (contact === null ? {} : JSON.parse(cipher.decrypt(contact, sealedIn.objection(id, 'contact')))) as {
    readonly name?: string
    readonly phone?: string
  }

/** One of those, with what is to be done of it; undefined where it is none of theirs. */
export async function findTyped({ database, clock }: CaseDeps, principal: Principal, id: string) {
  const [typed] = await listTyped(database, principal, dayIn(clock.now()), sql`and o.id = ${id}::uuid`)
  if (!typed || typed.isBarred) return undefined
  return { caseId: typed.caseRow.id, outcome: typed.outcome, stage: stageOf(typed) }
}

/** Objections from the public page that wait for whoever asks. */
export function createListTypedObjections({ database, clock, cipher, reference }: CaseDeps) {
  return async function list(principal: Principal, cursor: string | null): Promise<WorkObjections> {
    const found = await listTyped(database, principal, dayIn(clock.now()), behind(cursor))
    const guides = await reference.current()
    const shown = found.slice(0, PAGE_SIZE)
    const last = shown.at(-1)
    const items = shown.flatMap((typed): WorkObjection[] => {
      const stage = stageOf(typed)
      if (stage === 'done' || typed.isBarred) return []
      const { caseRow, id, number, stepKey, unitId, raisedAt, outcome } = typed
      const { name = null, phone = null } = contactIn(cipher, typed)
      return [
        {
          id,
          caseId: caseRow.id,
          caseNumber: caseRow.caseNumber,
          itemName: itemOf(guides, caseRow).plainName,
          number,
          raisedAt,
          stage,
          outcome,
          // Numbers in it are masked as its timeline masks them.
          words: maskNumbersIn(cipher.decrypt(typed.words, sealedIn.objection(id, 'words'))),
          name,
          phone,
          reason: typed.reason && openText(cipher, caseRow.id, typed.reason),
          stepKey,
          unitId,
          version: caseRow.version,
        },
      ]
    })
    const nextCursor = found.length > PAGE_SIZE && last ? cursorOf(last) : null
    // A whole page of a case that they must not handle is no page.
    return items.length === 0 && nextCursor !== null ? list(principal, nextCursor) : { items, nextCursor }
  }
}
