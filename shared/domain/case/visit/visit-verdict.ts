import { dayIn } from '../../kernel/plain-date'
import type { Step } from '../../service-item/item'
import type { CaseContext, CaseError } from '../context'
import type { StepPart } from '../state'
import { openRecord } from './visit-record'

interface AtSite {
  readonly step: Pick<Step, 'actions'>
  readonly part: StepPart
  readonly context: Pick<CaseContext, 'now'>
}
type Verdict = CaseError | null
const when = (holds: boolean, error: CaseError): Verdict => (holds ? null : error)

/** 行政许可法 第34条: nobody judges a site that two officers have not seen. */
export function visitDone({ step, part }: AtSite): Verdict {
  if (!step.actions.includes('record-visit')) return null
  return (
    when(part.visited || part.rectifyBy === null || openRecord(part) !== undefined, {
      code: 'case.rectification-open',
    }) ?? isSeen({ part })
  )
}

export const isSeen = ({ part }: Pick<AtSite, 'part'>): Verdict =>
  when(openRecord(part) === undefined, { code: 'case.visit-unsigned' }) ??
  when(part.visited, { code: 'case.visit-missing' })

/** Who was told of a day on which they will be looked at again is judged by what is seen from that day on. 行政许可法 第34条 */
export const orderIsOver = ({ part: { rectifyBy }, context }: AtSite): Verdict =>
  when(rectifyBy === null || rectifyBy <= dayIn(context.now), { code: 'case.rectification-open' }) ??
  when(rectifyBy === null, { code: 'case.visit-missing' })
