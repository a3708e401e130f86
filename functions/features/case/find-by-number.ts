import { sql } from 'drizzle-orm'
import type { CaseFound } from '#shared/contract/work'
import { isBarred } from '#shared/domain/case/barred'
import { commit } from '../../platform/db/commit'
import { type Principal, profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { CaseDeps } from './deps'
import { findCaseOfNumber } from './list-queries'
import { auditPart } from './repository'

/** A supervisor has a letter with a number before them. */
const LOOK_UPS_AN_HOUR = 60

/**
 * The way in for a supervisor, who holds no step: the id of the case with just this number, for which they then write
 * down why they look at it. One that they must not see is none.
 */
export const createFindByNumber =
  (deps: CaseDeps) =>
  async (principal: Principal, caseNumber: string): Promise<CaseFound> => {
    await deps.brake.limit('case-numbers', principal.staffId ?? principal.profileId, LOOK_UPS_AN_HOUR, 3600)
    const now = deps.clock.now()
    const found = await findCaseOfNumber(deps.database, caseNumber, now)
    const isTheirs = found !== undefined && !isBarred(found, principal.staffId)
    await commit(deps.database, {
      now,
      intent: null,
      status: 200,
      by: profilePrincipal(principal.profileId),
      parts: [
        sql`actor as (select ${`staff:${principal.staffId}`}::text as actor)`,
        auditPart({
          id: deps.ids.next(),
          at: now,
          action: 'case.find-by-number',
          subject: isTheirs ? `case:${found.id}` : 'cases:0',
          reasonDigest: null,
        }),
      ],
      demands: [],
      answer: sql`'null'::json`,
    })
    if (!isTheirs) throw new ProblemError('case.not-found')
    return { id: found.id }
  }
