import type { CaseView } from '#shared/contract/case'

type Told = Pick<CaseView, 'outcome' | 'timeline'>

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
