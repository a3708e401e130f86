import { fullDay } from '../../kernel/day-words'
import { dayIn } from '../../kernel/plain-date'
import { quoted } from '../../kernel/quoted'
import { onTheWayBy } from '../../service-item/citations'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { correctionDue } from '../clock/clocks'
import type { CaseEvent } from '../events'
import { againWords } from '../outcome/again'
import type { CaseState, CorrectionItem } from '../state'
import { isDecidedForNobody } from '../whose/disowned'
import { filedWords } from './decision-words'

/** By what it is composed: a part of `Issuing`. */
interface Issuing {
  readonly item: ServiceItem
  /** After the event. */
  readonly state: CaseState
  readonly calendar: WorkingCalendar
  readonly remedy: string | null
  readonly phone: string | null
  readonly labelOf: (asked: CorrectionItem) => string
}
type Stopped = Extract<CaseEvent, { type: 'terminated' }>

/** What was asked for and when, that it was reminded of, and that nothing came by the last day. */
function silenceWords({ item, state, calendar, labelOf }: Issuing) {
  const asked = state.corrections.at(-1)
  if (!asked) return '要补正的到期没有补正。'
  const due = correctionDue(item, state, asked, calendar)
  const what = asked.items.map(labelOf).join('、')
  const reminded = asked.remindedAt === null ? '' : `，${fullDay(dayIn(asked.remindedAt))}又提醒过`
  const until = due.kind === 'on' ? `到${fullDay(due.on)}` : '到期'
  return `${fullDay(dayIn(asked.askedAt))}书面告知需要补正${what}${reminded}，${until}没有补正。`
}

/** 终止办理通知书: what became of the application, by which rule, and where one may object. */
export function stopped(
  issuing: Issuing,
  { cause }: Stopped,
): { readonly paragraphs: readonly { readonly said: string }[]; readonly plain: string } {
  const { item, state, remedy, phone } = issuing
  const isToFirm = state.applicant?.kind === 'firm' && !isDecidedForNobody(state)
  const filedOn = dayIn(state.filedAt)
  const isDead = cause === 'deceased'
  const begun = isDead
    ? `${fullDay(filedOn)}提出的${quoted(item.name)}申请，申请人已经去世。`
    : `${filedWords(isToFirm, filedOn, item.name)}。${silenceWords(issuing)}`
  const by = onTheWayBy(item, isDead ? 'died' : 'lapsed')
  const said = [
    begun,
    `根据${by}，决定终止办理这件申请。`,
    isDead ? null : `还要办的，${againWords(item)}。`,
    remedy,
    phone === null ? null : `联系电话：${phone}`,
  ]
  return {
    paragraphs: said.flatMap((each) => (each === null ? [] : [{ said: each }])),
    plain: isDead ? '申请人不在了，这件停了。' : '要补的一直没补，这件停了。不同意怎么办，上面写着。',
  }
}
