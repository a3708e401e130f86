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
