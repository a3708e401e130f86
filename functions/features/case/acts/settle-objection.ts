import { sql } from 'drizzle-orm'
import { commit } from '../../../platform/db/commit'
import { auditPart } from '../../../platform/db/parts/audit'
import type { Intent } from '../../../platform/http/idempotency'
import { type Principal, profilePrincipal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import type { CaseDeps } from '../deps'
import { findTyped } from '../lists/typed-objections'
import { sealText } from '../texts'
import { actorPart, textsPart } from '../writes/statement'

interface Settling {
  readonly principal: Principal
  readonly id: string
  readonly intent: Intent
}

const SETTLED = { holds: sql`exists(select 1 from settled)`, code: 'objection.settled' } as const

/** No objection to the notice, or one that came to nothing: with a reason, which stands in the case's texts. */
export const createSetObjectionAside =
  (deps: CaseDeps) =>
  async ({ principal, id, intent }: Settling, { reason }: { readonly reason: string }) => {
    const now = deps.clock.now()
    const typed = await findTyped(deps, principal, id)
    if (!typed) throw new ProblemError('objection.not-found')
    if (typed.outcome !== null) throw new ProblemError('objection.settled')
    const words = sealText(deps.cipher, typed.caseId, 'reason', reason)
    return commit(deps.database, {
      now,
      intent,
      status: 200,
      by: profilePrincipal(principal.profileId),
      parts: [
        actorPart(`staff:${principal.staffId}`),
        sql`settled as (update notice_objections set outcome = 'aside', settled_at = ${now}::timestamptz,
            settled_by = ${principal.staffId}, reason_digest = ${words.digest}, contact_sealed = case when leaves_phone then contact_sealed end,
            closed_at = case when leaves_phone then null else ${now}::timestamptz end
          where id = ${id}::uuid and outcome is null returning 1)`,
        textsPart([{ caseId: typed.caseId, texts: [words] }], now),
        auditPart(
          [
            {
              id: deps.ids.next(),
              action: 'case.objection-set-aside',
              subject: `case:${typed.caseId}`,
              reasonDigest: words.digest,
            },
          ],
          now,
        ),
      ],
      demands: [SETTLED],
      answer: sql`json_build_object('id', ${id}::text)`,
    })
  }

/** Whoever left a telephone was told what came of it; nobody needs it after that. 个人信息保护法 第19条 */
export const createTellObjector =
  (deps: CaseDeps) =>
  async ({ principal, id, intent }: Settling) => {
    const now = deps.clock.now()
    const typed = await findTyped(deps, principal, id)
    if (!typed) throw new ProblemError('objection.not-found')
    if (typed.stage !== 'to-tell') throw new ProblemError('objection.untold')
    return commit(deps.database, {
      now,
      intent,
      status: 200,
      by: profilePrincipal(principal.profileId),
      parts: [
        actorPart(`staff:${principal.staffId}`),
        sql`settled as (update notice_objections set told_at = ${now}::timestamptz, told_by = ${principal.staffId},
            closed_at = ${now}::timestamptz, contact_sealed = null
          where id = ${id}::uuid and told_at is null returning 1)`,
        auditPart(
          [{ id: deps.ids.next(), action: 'case.objector-told', subject: `case:${typed.caseId}` }],
          now,
        ),
      ],
      demands: [SETTLED],
      answer: sql`json_build_object('id', ${id}::text)`,
    })
  }
