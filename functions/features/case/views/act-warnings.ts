import type { AllowedAction } from '#shared/contract/case-for-staff'
import { longStops } from '#shared/domain/case/clock/overrun'
import { publishedOtherwiseWords } from '#shared/domain/case/publicity/published-otherwise'
import { bookingsOf, bookingTold, lacksSeat, SEAT_GONE } from '#shared/domain/case/result/booked'
import { grantedBeforeWords } from '#shared/domain/case/result/granted-before'
import { keptAwayWords } from '#shared/domain/case/revocation/got-by-fraud'
import type { StepTarget } from '#shared/domain/case/state'
import { returnTargets } from '#shared/domain/case/step/return-targets'
import { dayWords } from '#shared/domain/kernel/day-words'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { StepAction } from '#shared/domain/service-item/item'
import { mayBar } from '../filing/duplicates'
import { fallingWarning } from './falling-warning'
import { looksWarning } from './looks-view'
import { publishedOtherwise } from './published-otherwise'
import type { Subject } from './subject'
import { visitWarning } from './visits-view'

const GRANTS: ReadonlySet<StepAction> = new Set(['grant', 'settle'])
/** What carries a case on as it stands. */
const CARRIES_ON: ReadonlySet<StepAction> = new Set([...GRANTS, 'accept', 'pass', 'convene', 'close-notice'])

/** What to ask before each act. */
export function warningsOf(
  subject: Subject,
  allowed: readonly (StepTarget & { readonly action: StepAction })[],
) {
  const { item, state } = subject
  const booked = pastBooking(subject)
  const mayReturn = (toStepKey: string) =>
    allowed.some(
      ({ action, stepKey }) => action === 'return' && returnTargets(item, state, stepKey).includes(toStepKey),
    )
  const published = publishedOtherwiseWords(publishedOtherwise(subject), mayReturn)
  const site = visitWarning(subject)
  const { duplicates, ofHolder } = subject.read
  const keptAway = keptAwayWords(item, ofHolder.questioned, dayIn(subject.now))
  const { duplicateIndex } = subject.caseRow
  const before = grantedBeforeWords(item, {
    ofKey: duplicates.flatMap(({ caseRow: { duplicateIndex: key, state: other } }) =>
      key !== null && key === duplicateIndex ? [other] : [],
    ),
    // A firm may have a second shop.
    ofNumber: mayBar(item, state.applicant) ? ofHolder.granted : null,
  })
  return (action: StepAction) =>
    [
      GRANTS.has(action) ? booked : null,
      GRANTS.has(action) ? before : null,
      CARRIES_ON.has(action) ? published : null,
      CARRIES_ON.has(action) ? site : null,
      CARRIES_ON.has(action) ? keptAway : null,
      action === 'close-notice' ? unheardWords(subject) : null,
      action === 'accept' ? looksWarning(subject) : null,
      fallingWarning(subject, action, allowed),
    ]
      .filter((words) => words !== null)
      .join('') || null
}

/** A notice is closed once all that was typed against it was read (ADR 0099). */
function unheardWords({ read: { typed } }: Subject) {
  const unheard = typed.filter(({ settled }) => settled === null).length
  return unheard === 0 ? null : `网上提的异议有 ${unheard} 条没看：在“办件”最上面，看完才能结束公示。`
}

/** A half day that nobody has granted in its time is granted by no oversight: the document would name one that is over. */
function pastBooking({ state, now }: Subject) {
  if (lacksSeat(state)) return `${SEAT_GONE}。批了也没有日子，先告诉申请人。`
  const { bookedBefore } = bookingTold(bookingsOf(state), now, false)
  return bookedBefore
    ? `约的是${dayWords(bookedBefore.on, dayIn(now))} ${bookedBefore.half}，已经过了，批准的文书上写的就是它。先问申请人：还要不要，要换日子就撤回来重新约。`
    : null
}

/** 行政许可法 第45条: the department takes the time that it needs, and knows what it means for the whole before it says how long. */
export const longStopsOf = (
  { item, state, now, reference: { calendar } }: Subject,
  { action, ...target }: StepTarget & { readonly action: StepAction },
): Pick<AllowedAction, 'longStops'> => {
  const found = action === 'suspend' ? longStops(item, state, target, { now, calendar }) : []
  return found.length === 0
    ? {}
    : {
        longStops: found.map(({ fromDays, of, on }) => ({
          fromDays,
          words: `预计结束在整件${of === 'law' ? '法定' : '承诺'}的 ${dayWords(on, dayIn(now))} 之后。需要这么久可以停，这个日子不因此改，先和牵头受理的说一声。`,
        })),
      }
}
