import { dayWords, fullDay } from '../../kernel/day-words'
import { dayIn } from '../../kernel/plain-date'
import { quoted } from '../../kernel/quoted'
import type { ServiceItem } from '../../service-item/item'
import { printedIn } from '../../service-item/notice'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { publicityDays } from '../../time-limit/publicity'
import type { CaseEvent } from '../events'
import { stepOf } from '../route'
import type { CaseState } from '../state'

/** By what it is composed: a part of `Issuing`. */
interface Issuing {
  readonly item: ServiceItem
  /** After the event. */
  readonly state: CaseState
  readonly caseNumber: string
  readonly villageName: string | null
  readonly calendar: WorkingCalendar
  readonly phone: string | null
}
type Published = Extract<CaseEvent, { type: 'notice-published' }>

/**
 * What a notice is about, so that whoever reads it can object to it, and whoever takes the objection finds the case: nothing of
 * the person. 个人信息保护法 第6条 Of a confidential item the village would tell more than that.
 */
function aboutWords({ item, caseNumber, villageName }: Issuing) {
  const place = item.confidential ? null : villageName
  return `（${[place, `办件编号 ${caseNumber}`].filter(Boolean).join('，')}）`
}

const told = ({ answersDigest: digest }: CaseState, keys: readonly string[], { tells }: Published) => ({
  digest,
  keys,
  ...(tells === undefined ? {} : { told: tells }),
})

/** What hangs for everybody to read, until when, and where one objects. */
export function published(issuing: Issuing, event: Published) {
  const { item, state, calendar, phone } = issuing
  const rule = stepOf(item, event.stepKey).publicity
  const printed = printedIn(item, event.stepKey)
  const from = dayIn(event.at)
  const last = rule && publicityDays(from, rule, calendar, event.lastOn).lastOn
  const until = last ? `，到${fullDay(last)}止` : ''
  const call = phone === null ? '' : `，电话 ${phone}`
  return {
    paragraphs: [
      { said: `有一件${quoted(item.name)}申请${aboutWords(issuing)}正在办理，现予公示。` },
      ...(printed.length === 0 ? [] : [{ said: '公示内容：', answers: told(state, printed, event) }]),
      { said: `公示期自${fullDay(from)}起${until}。有异议的，在公示期内向本机关提出${call}。` },
    ],
    plain: `贴出来公示${last ? `，到 ${dayWords(last, from)} ` : '，期满'}没人提异议就接着办。`,
  }
}
