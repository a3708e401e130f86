import { sql } from 'drizzle-orm'
import type { ActOnCase } from '#shared/contract/act-on-case'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { instantText } from '../../../platform/db/parts/instant'
import { ProblemError } from '../../../platform/http/problem'
import { sealedIn } from '../../../platform/ports/sealed-in'
import type { CaseDeps } from '../deps'
import type { CaseAtHand } from './verb'

export interface TypedWords {
  readonly reason: string
  readonly raisedOn: PlainDate
}

/** What was typed on the public page, where an objection is one of those: in its own words, of the day on which it came. */
export async function typedObjection(
  { database, cipher }: CaseDeps,
  { caseRow }: CaseAtHand,
  { stepKey, unitId, objectionId }: Extract<ActOnCase, { readonly action: 'record-objection' }>,
): Promise<TypedWords | null> {
  if (objectionId === undefined) return null
  const [found] = await database.rows<{ words: string; raisedAt: Instant; outcome: string | null }>(
    sql`select words_sealed as words, outcome, ${instantText('raised_at')} as "raisedAt" from notice_objections
      where id = ${objectionId}::uuid and case_id = ${caseRow.id}::uuid and step_key = ${stepKey} and unit_id = ${unitId}`,
  )
  if (!found) throw new ProblemError('objection.not-found')
  if (found.outcome !== null) throw new ProblemError('objection.settled')
  return {
    reason: cipher.decrypt(found.words, sealedIn.objection(objectionId, 'words')),
    raisedOn: dayIn(found.raisedAt),
  }
}
