import type { CaseView } from '#shared/contract/case'
import { DISOWNED_REASON, WHOEVER_FILED } from '#shared/domain/case/whose/disowned'
import { DEFAULT_REPLIES } from '#shared/domain/organization/replies'
import { platform } from '../../../platform'

/** On the page of a decision: of its case alone, since a page that is still leaving may have one too. */
export const reasonIdOf = (caseId: string) => `reason-${caseId}`

/** What is decided, by its act. */
export type Choice = 'grant' | 'refuse'
export const isChoice = (action: string): action is Choice => action === 'grant' || action === 'refuse'

/** Where it is kept until it is sent: the words for the one choice never become those for the other. */
export const reasonNameOf = (caseId: string, action: Choice) => `decision:${caseId}:${action}`

/** By key: what is typed before the box is there waits for it, and is kept as it would be there. Ends by what is returned. */
export function awaitReason(caseId: string, action: Choice) {
  const name = reasonNameOf(caseId, action)
  const stands = (platform.read(name) as string | undefined) ?? ''
  return platform.awaitField(`field-${reasonIdOf(caseId)}`, stands, (words) => platform.write(name, words))
}

const REASONS = {
  refuse: { label: '不予的理由', hint: '申请人看得到，写明白', phrases: DEFAULT_REPLIES.refuse },
  grant: { label: '准予的理由', hint: '前面有一步不同意，写明为什么还是准予', phrases: [] },
} as const

/** The label, hint and words of the box. Nobody applied: that is why, and whoever filed it reads it. */
export function askedReason({ staff, applicantKind }: CaseView, action: Choice) {
  const reasons = REASONS[action]
  return action === 'refuse' && staff?.disowned
    ? {
        ...reasons,
        hint: `${WHOEVER_FILED}看得到，写明白`,
        phrases: [DISOWNED_REASON[applicantKind], ...DEFAULT_REPLIES.refuse],
      }
    : reasons
}
