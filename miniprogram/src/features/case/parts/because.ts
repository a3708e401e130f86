import type { CaseView } from '#shared/contract/case'

/** Nobody is led to what they may not answer; a case that the phone has kept from before does not tell. */
export const answersIt = ({ correction, mayAnswer = true }: Partial<CaseView>) =>
  Boolean(correction) && mayAnswer

type Told = Pick<CaseView, 'outcome' | 'timeline'>
type Waiting = Pick<CaseView, 'outcome' | 'dueBecause'>

const noteOf = ({ timeline }: Told, event: string) =>
  timeline.find(({ type }) => type === event)?.note ?? null

/** Why a case was ended, which says how it goes on; null where it was not, or no word was left. */
export const endedBecause = (view: Told) =>
  view.outcome.key === 'lapsed' || view.outcome.key === 'terminated' ? noteOf(view, 'terminated') : null

/** Why a case stands still, in the words of whoever stopped it: they may send the applicant somewhere. After the procedure and its days. */
export const stoppedBecause = (view: Told) =>
  view.outcome.key === 'suspended'
    ? noteOf(view, 'clock-suspended')?.split('。').slice(1).join('。') || null
    : null

/** A step that stops the promise, and for which the applicant may have to be there: an assessment, a look at the site. Null while none does. */
export function visitAhead({ outcome, dueBecause }: Waiting) {
  if (outcome.key !== 'open' || dueBecause?.kind !== 'waits-for' || dueBecause.because !== 'step') return null
  return dueBecause.until || dueBecause.unpublished ? null : dueBecause.stepName
}
