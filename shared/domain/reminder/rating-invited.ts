import { type CaseState, hasOwnerTakenPart } from '../case/state'
import { addDays, dayIn, type Instant, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import { numberLine } from './number-line'
import { progressData } from './templates'

/** Calendar days after the end for which nobody asks: 亳州, 办结后 3 天未评价的邀请评价. */
const RESTS = 3
/** Of what is over for longer nobody is invited, so that a day without a job is made up for and no old case is dug up. */
const AT_MOST = 5

/** The days on one of which a case ended that is asked about on `today`. */
export const invitedFor = (today: PlainDate): { readonly from: PlainDate; readonly to: PlainDate } => ({
  from: addDays(today, -AT_MOST),
  to: addDays(today, -RESTS),
})

/** Whoever filed it rates it where no owner is known (`isRater`); of what may be another's nobody asks them. */
export const invitesFiler = (state: CaseState): boolean =>
  !hasOwnerTakenPart(state) &&
  !(state.applicant?.takenFrom === 'filer' && state.confirmedBy === 'face-to-face')

interface Over {
  readonly caseId: string
  readonly caseNumber: string
  readonly item: Pick<ServiceItem, 'plainName'>
  readonly endedAt: Instant
}

/** To whoever may rate it and has not. Once a case: nobody is made to. 一事一评, GB/T 39734-2020 */
export function ratingInvitation({ caseId, caseNumber, item, endedAt }: Over) {
  const line = '办得怎么样，点几下说一说，好的不好的都能说。不评也不影响什么'
  return {
    kind: 'rating-invited',
    urgent: false,
    channel: 'subscribe',
    templateId: 'YX-CASE-RESULT',
    title: `${item.plainName}办完了，请你评一评`,
    lines: [line, numberLine(caseNumber)],
    page: `features/rating/rate?id=${caseId}`,
    data: progressData({
      item: item.plainName,
      caseNumber,
      word: '请你评价',
      day: dayIn(endedAt),
      note: '办得怎么样，点开说一说',
    }),
  } as const
}
