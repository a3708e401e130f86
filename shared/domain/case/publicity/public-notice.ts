import type { PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import { publicityDays } from '../../time-limit/publicity'
import { stepOf } from '../route'
import type { CaseState } from '../state'
import { type AsOf, noticeStage } from './objections'

/**
 * The notice of a case that hangs today for everybody, by its step, and its last day; null once its days are over, and for what
 * is shown to nobody from afar: a confidential item, a child's, one that nobody applies for. 个人信息保护法 第28、31条
 */
export function noticeForEverybody(
  item: ServiceItem,
  state: Pick<CaseState, 'steps' | 'endedAt' | 'applicant'>,
  at: AsOf,
): { readonly stepKey: string; readonly publishedOn: PlainDate; readonly lastOn: PlainDate } | null {
  const { applicant, endedAt, steps } = state
  if (item.confidential || endedAt !== null || applicant?.disowned || applicant?.underFourteen) return null
  const run = steps.find((each) => noticeStage(item, each, at) === 'runs')
  const publicity = run && stepOf(item, run.key).publicity
  if (!run?.publishedOn || !publicity) return null
  const { lastOn } = publicityDays(run.publishedOn, publicity, at.calendar, run.publicUntil)
  return { stepKey: run.key, publishedOn: run.publishedOn, lastOn }
}
