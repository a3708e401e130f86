import { sql } from 'drizzle-orm'
import type { CaseAgain } from '#shared/contract/case'
import { askedLabel } from '#shared/domain/case/correction/asked'
import { keptForAgain } from '#shared/domain/case/outcome/again'
import { standingOf } from '#shared/domain/case/outcome/outcome'
import { firstAnswer } from '../../../platform/http/idempotency'
import { sessionPrincipal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import { sealedIn } from '../../../platform/ports/sealed-in'
import { commitPromised, copiesPart, copyArrived } from '../../application'
import type { CaseDeps } from '../deps'
import { readCase } from '../queries'
import { itemOf, referenceAt, viewerOf } from '../standing'
import { answersForAgain } from '../views/answers-to-mend'
import { appliesAgain, reasonOfEnd } from '../views/apply-again-view'
import { subjectOf } from '../views/case-view'
import { renewableUntil } from '../views/document-view'
import { readableFiles } from '../views/files-view'
import type { CaseRequest } from './verb'

interface StoredFile {
  readonly id: string
  readonly storageKey: string
  readonly contentType: string
  readonly size: number
}

/** What the case leaves, to whoever it is a case of: to staff it is none. */
async function left(deps: CaseDeps, { tokenHash, caseId }: CaseRequest) {
  const now = deps.clock.now()
  const read = await readCase(deps.database, tokenHash, caseId, 'resident', now)
  if (!read?.principal) throw new ProblemError('account.session-ended')
  const { caseRow, principal } = read
  const reference = await referenceAt(deps, read.revision)
  const before = caseRow && itemOf(reference, caseRow)
  if (!before || viewerOf(before, { ...read, caseRow }, principal) !== 'applicant')
    throw new ProblemError('case.not-found')
  const { cipher, documents, ownAddress } = deps
  const context = { reference, cipher, documents, ownAddress, now }
  const { subject, claim } = subjectOf(read, caseRow, principal, 'applicant', context)
  const { state, content, item } = subject
  const standing = standingOf(item, state, { calendar: reference.calendar, documents: caseRow.documents })
  if (!appliesAgain(subject, claim, standing) && renewableUntil(subject) === null)
    throw new ProblemError('case.action-not-allowed')
  const today = reference.latest(caseRow.serviceItemId)?.item
  if (!today) throw new ProblemError('service-item.not-found')
  const kept = keptForAgain(before, today, state, {
    ...content,
    answers: {
      ...answersForAgain(subject, item.fields),
      // Photos are read by who brought them, as papers are.
      ...Object.fromEntries(
        item.fields.flatMap(({ key, kind }) =>
          kind === 'image' && content.answers[key] !== undefined ? [[key, content.answers[key]]] : [],
        ),
      ),
    } as typeof content.answers,
  })
  return {
    now,
    profileId: principal.profileId,
    serviceItemId: today.id,
    plainName: today.plainName,
    forOther: content.agent && !claim.owner,
    reason: reasonOfEnd(subject, standing),
    answers: kept.answers,
    files: kept.files.flatMap((each) => {
      const files = readableFiles(subject, each.files).shown
      return files.length > 0 ? [{ ...each, files }] : []
    }),
    asked: kept.asked.map((each) => askedLabel(item, each)),
  }
}

/**
 * 再申请: an application that ended without what was applied for is begun anew with what was filled in and brought. Its files
 * are copied to uploads of the reader's own, which live and are filed as any others; the case that ended keeps its own. Asked
 * again, it answers with the copies that were made before and are still unused.
 */
export const createApplyAgain =
  (deps: CaseDeps) =>
  async (request: CaseRequest): Promise<CaseAgain> => {
    const { now, profileId, files, ...rest } = await left(deps, request)
    const held = files.flatMap((each) => each.files)
    const ids = held.map(({ id }) => id)
    const stored = await findStored(deps, request.caseId, ids)
    const made = await findUnused(deps, profileId, ids)
    const planned = held.flatMap(({ id: fileId, nameSealed }) => {
      const file = stored.get(fileId)
      const name = deps.cipher.decrypt(nameSealed, sealedIn.uploadName(fileId))
      return file ? [{ fileId, id: deps.ids.next(), name, file }] : []
    })
    const fresh = planned.filter(({ fileId }) => !made.has(fileId))
    const committed = await commitPromised(
      deps.database,
      {
        now,
        intent: request.intent,
        status: 200,
        by: sessionPrincipal(request.tokenHash, now),
        parts: planned.length === 0 ? [] : [copiesPart(deps, planned, now)],
        demands: [{ holds: sql`exists(select 1 from principal)`, code: 'account.session-ended' }],
        // What is answered tells which of the copies have arrived: it is put together anew each time, and never kept.
        answer: sql`'[]'::json`,
      },
      fresh.map(({ file }) => file),
    )
    if (committed.kind === 'replayed') firstAnswer(request.intent, committed.prior)
    const unused = await findUnused(deps, profileId, ids)
    const pairs = [...unused].flatMap(([fileId, id]) => {
      const file = stored.get(fileId)
      return file ? [{ fileId, id, file }] : []
    })
    const arrived = await copyArrived(deps, pairs)
    return {
      ...rest,
      answers: { ...rest.answers },
      asked: [...rest.asked],
      files: files.map((each) => ({
        kind: each.kind,
        name: each.name,
        uploads: each.files.flatMap(({ id: fileId }) => {
          const pair = pairs.find((one) => one.fileId === fileId && arrived.has(one.id))
          return pair
            ? [{ id: pair.id, fileId, contentType: pair.file.contentType, size: pair.file.size }]
            : []
        }),
      })),
    }
  }

async function findStored({ database }: CaseDeps, caseId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, StoredFile>()
  const rows = await database.rows<StoredFile>(sql`select id, storage_key as "storageKey",
      content_type as "contentType", size::int as size from uploads
    where case_id = ${caseId}::uuid
      and id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Of these files, the copies that nobody has filed yet: id of the upload by id of the file. */
async function findUnused({ database }: CaseDeps, profileId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, string>()
  const rows = await database.rows<{
    readonly id: string
    readonly fileId: string
  }>(sql`select id, copied_from as "fileId"
    from uploads where owner_id = ${profileId}::uuid and case_id is null
      and copied_from in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`)
  return new Map(rows.map(({ id, fileId }) => [fileId, id]))
}
