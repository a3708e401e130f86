import { sql } from 'drizzle-orm'
import { isRateable } from '#shared/domain/case/outcome/rateable'
import { commit } from '../../platform/db/commit'
import { auditFoundPart } from '../../platform/db/parts/audit'
import type { Intent } from '../../platform/http/idempotency'
import { type Principal, profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { Cipher } from '../../platform/ports/cipher'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { Ids } from '../../platform/ports/ids'
import { sealedIn } from '../../platform/ports/sealed-in'
import { findRated, isRater, ownClaim } from '../case'

export interface RatingDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly cipher: Cipher
}

interface Rating {
  /** 1 非常满意 … 5 非常不满意 */
  readonly level: number
  readonly reasons: readonly string[]
  readonly comment?: string | undefined
}

/**
 * 一事一评 (GB/T 39734-2020): one rating a case, once it is concluded; nobody is made to. By its owner; by who filed it
 * while no owner has taken part; not by staff who only typed it, whose own work it may have been.
 */
export const createRateCase =
  (deps: RatingDeps) => async (principal: Principal, intent: Intent, caseId: string, rating: Rating) => {
    const now = deps.clock.now()
    const found = await findRated(deps.database, caseId, now)
    const claim = found && ownClaim(found.caseRow, principal)
    if (!claim || !(claim.owner || claim.filer)) throw new ProblemError('case.not-found')
    if (!isRater(found.caseRow, claim))
      throw new ProblemError('case.action-not-allowed', { detail: '这件事由本人来评' })
    if (!isRateable(found.caseRow.state)) throw new ProblemError('rating.too-early')
    if (found.rated) throw new ProblemError('rating.already-given')
    const comment = rating.comment
      ? deps.cipher.encrypt(rating.comment, sealedIn.ratingComment(caseId))
      : null
    return commit(deps.database, {
      now,
      intent,
      status: 201,
      by: profilePrincipal(principal.profileId),
      parts: [
        sql`given as (insert into ratings (case_id, level, reasons, comment_sealed, rated_by, rated_at)
          select ${caseId}::uuid, ${rating.level}::int,
            array(select value from jsonb_array_elements_text(${JSON.stringify(rating.reasons)}::jsonb)),
            ${comment}, profile_id, ${now}::timestamptz from principal
          on conflict (case_id) do nothing returning 1)`,
        auditFoundPart(
          'audited',
          { ids: [deps.ids.next()], now, actor: `profile:${principal.profileId}`, action: 'rating.give' },
          sql`select ${`case:${caseId}`}`,
        ),
      ],
      demands: [{ holds: sql`exists(select 1 from given)`, code: 'rating.already-given' }],
      answer: sql`json_build_object('caseId', ${caseId}::text, 'level', ${rating.level}::int)`,
    })
  }
