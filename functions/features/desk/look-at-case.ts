import { sql } from 'drizzle-orm'
import type { CaseLook } from '#shared/contract/work'
import { isBarred } from '#shared/domain/case/whose/barred'
import { addDays, dayIn, instantAt } from '#shared/domain/kernel/plain-date'
import { commit } from '../../platform/db/commit'
import { auditPart } from '../../platform/db/parts/audit'
import { profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import {
  type Answered,
  actorPart,
  type CaseDeps,
  type CaseRequest,
  loadCase,
  replayed,
  sealText,
  textsPart,
} from '../case'
import { brakeLooks } from './counted-look'

/**
 * A supervisor writes down why they look at a case, and sees it until the day is over in Shanghai. A second reason of the
 * same day is kept and opens nothing more.
 */
export const createLookAtCase =
  (deps: CaseDeps) =>
  async ({ tokenHash, caseId, intent }: CaseRequest, body: { reason: string }): Promise<Answered> => {
    const now = deps.clock.now()
    const { principal, prior, caseRow } = await loadCase(deps.database, tokenHash, caseId, intent, now)
    if (!principal) throw new ProblemError('account.session-ended')
    if (prior) return replayed(intent, prior)
    await brakeLooks(deps, 'looks', principal)
    if (!caseRow || isBarred(caseRow, principal.staffId)) throw new ProblemError('case.not-found')
    const reason = sealText(deps.cipher, caseId, 'reason', body.reason)
    const answer: CaseLook = { until: instantAt(addDays(dayIn(now), 1), 0) }
    const committed = await commit(deps.database, {
      now,
      intent,
      status: 201,
      by: profilePrincipal(principal.profileId),
      parts: [
        actorPart(`staff:${principal.staffId}`),
        sql`looked as (insert into case_looks (id, case_id, staff_id, reason_digest, until)
          select ${deps.ids.next()}::uuid, ${caseId}::uuid, ${principal.staffId}, ${reason.digest},
            ${answer.until}::timestamptz
          where not exists (select 1 from case_looks o where o.case_id = ${caseId}::uuid
            and o.staff_id = ${principal.staffId} and o.until > ${now}::timestamptz))`,
        textsPart([{ caseId, texts: [reason] }], now),
        auditPart(
          [
            {
              id: deps.ids.next(),
              action: 'case.look',
              subject: `case:${caseId}`,
              reasonDigest: reason.digest,
            },
          ],
          now,
        ),
      ],
      demands: [],
      answer: sql`${JSON.stringify(answer)}::json`,
    })
    if (committed.kind === 'replayed') return replayed(intent, committed.prior)
    return { status: 201, body: JSON.stringify(answer) }
  }
