import { dayWords, fullDay } from '../kernel/day-words'
import type { PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import { todoData } from './templates'

interface CertificateEnd {
  readonly caseId: string
  readonly caseNumber: string
  readonly item: Pick<ServiceItem, 'plainName' | 'resultDocument'>
  /** The last day. */
  readonly validTo: PlainDate
  /** Until when asking for renewal keeps it alive until the decision. 行政许可法 第50条 */
  readonly renewBy: PlainDate
}

/** For the holder, before a certificate ends: the kind names its last day, so that each end is one message. */
export function certificateEndMessage(of: CertificateEnd, today: PlainDate) {
  const { caseId, caseNumber, item, validTo, renewBy } = of
  const asks =
    today <= renewBy
      ? `${dayWords(renewBy, today)}前申请延续，批下来之前一直有效`
      : '要接着用，现在就申请延续'
  return {
    kind: `certificate-ends-${validTo}`,
    urgent: false,
    channel: 'inbox',
    templateId: 'YX-CASE-TODO',
    title: `${item.plainName}：证快到期了`,
    lines: [`${item.resultDocument.title}用到 ${fullDay(validTo)}`, asks, `办件编号 ${caseNumber}`],
    page: `features/case/result?id=${caseId}`,
    data: todoData({ item: item.plainName, caseNumber, word: '证快到期了', day: validTo, note: asks }),
  } as const
}
