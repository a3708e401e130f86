import { dayIn } from '../../kernel/plain-date'
import { fail, ok, type Result } from '../../kernel/result'
import type { CaseActor, CaseContext, CaseError } from '../context'
import type { CaseEvent } from '../events'
import type { CaseState } from '../state'
import type { AfterDecisionCommand } from './after-decision-command'
import type { CaseOf } from './after-decision-who'
import { hasSaidAll, openHearing, openRevocation, speakUntil } from './revocation'

const REFUSED = { code: 'case.action-not-allowed' } as const satisfies CaseError

/**
 * Whoever may answer for the applicant speaks as long as nothing came of it, the last day or not. For who has died no account does:
 * what the family says is written down at the counter. 民法典 第13条
 */
export const maySpeak = (state: CaseState, actor: CaseActor | null) =>
  actor?.kind === 'applicant' &&
  (state.isDeceased !== true || actor.speaksAs === 'staff') &&
  openHearing(state) !== undefined

/** Only what takes something from the holder waits for their last word, and only they, or who stands for them in all, say that it was. */
export const maySayAll = (state: CaseState, actor: CaseActor | null) =>
  actor?.kind === 'applicant' &&
  actor.mayWaive &&
  state.isDeceased !== true &&
  maySpeak(state, actor) &&
  openRevocation(state)?.decided === 'granted'

/** Nobody loses what was granted before they could speak (行政许可法 第7条); that a refusal falls takes nothing from anybody. */
export function isHeard({ state }: CaseOf, { calendar, now }: CaseContext): CaseError | null {
  const open = openRevocation(state)
  if (!open || open.decided === 'refused' || hasSaidAll(open)) return null
  const until = speakUntil(open, calendar)
  if (until.kind === 'unserved') return { code: 'case.hearing-unserved' }
  if (until.kind !== 'on') return { code: 'case.hearing-undated' }
  return dayIn(now) > until.on ? null : { code: 'case.hearing-open' }
}

/** What the applicant has said of it. */
export function spoken(
  state: CaseState,
  { statementDigest, isAll, recordedBy }: Extract<AfterDecisionCommand, { type: 'speak' }>,
  { actor, now: at }: CaseContext,
): Result<CaseEvent[], CaseError> {
  if (actor.kind !== 'applicant' || !maySpeak(state, actor)) return fail(REFUSED)
  if (isAll && !maySayAll(state, actor)) return fail(REFUSED)
  return ok([
    {
      type: 'holder-heard',
      at,
      statementDigest,
      by: actor.speaksAs,
      ...(actor.isHolder ? { isHolders: true } : {}),
      ...(isAll ? { isAll: true } : {}),
      ...(recordedBy === undefined ? {} : { recordedBy }),
    },
  ])
}
