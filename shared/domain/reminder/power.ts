import type { PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import { progressData } from './templates'

/** Who reads that the power of whoever has a firm's case has ended: they themselves, who may have lost the sight of it, or others. */
export type PowerReader = 'agent' | 'agent-without-sight' | 'other-agent' | 'staff'

interface PowerEnded {
  readonly caseId: string
  readonly caseNumber: string
  readonly item: ServiceItem
  /** The last day; null where the power was taken away. */
  readonly until: PlainDate | null
}

const ROUTES = {
  agent: {
    title: '你的委托到期了',
    line: '现在只能看。带新的委托书到窗口，或请这家企业别的经办人接着办',
    page: 'features/case/timeline',
  },
  'agent-without-sight': {
    title: '你的委托到期了',
    line: '这件不再归你办，由这家企业别的经办人接着办',
    page: 'tabs/case/my-cases',
  },
  'other-agent': {
    title: '要你接着办',
    line: '替企业办这件的人委托到期了。点开看看，接过来就能接着办',
    page: 'features/case/timeline',
  },
  staff: {
    title: '企业的委托到期了',
    line: '企业别的经办人接过去，或者窗口看过新的委托书，才能作决定',
    page: 'staff/case/case',
  },
} as const satisfies Record<PowerReader, { title: string; line: string; page: string }>

/**
 * For whoever has a pending case of a firm, the firm's other agents and who works on it, when that power has ended: the
 * kind names its day, so that each end is one message. For the inbox alone.
 */
export function powerEndedMessage(of: PowerEnded, reader: PowerReader, today: PlainDate) {
  const { title, line, page } = ROUTES[reader]
  return {
    kind: `power-ended-${of.until ?? 'taken-away'}`,
    urgent: false,
    channel: 'inbox',
    templateId: reader === 'staff' ? 'YX-STAFF-TASK' : 'YX-CASE-PROGRESS',
    title: `${of.item.plainName}：${title}`,
    lines: [line, `办件编号 ${of.caseNumber}`],
    page: reader === 'agent-without-sight' ? page : `${page}?id=${of.caseId}`,
    data: progressData({
      item: of.item.plainName,
      caseNumber: of.caseNumber,
      word: '委托到期',
      day: of.until ?? today,
      note: line,
    }),
  } as const
}
