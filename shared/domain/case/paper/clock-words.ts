import { fullDay } from '../../kernel/day-words'
import { addDays, dayIn } from '../../kernel/plain-date'
import { isOutsider } from '../../organization/pools'
import { isPermit, onTheWayBy } from '../../service-item/citations'
import type { ServiceItem } from '../../service-item/item'
import type { WorkingCalendar } from '../../time-limit/calendar'
import { dueOf } from '../../time-limit/clock'
import { dueOfCase, statutoryClock } from '../clock/clocks'
import { movesShownDay } from '../clock/shown-day'
import type { CaseEvent } from '../events'
import { lawStops } from '../evolve-suspension'
import { joinsDecisions, ownDecision } from '../parallel/share-decisions'
import type { CaseState, ClockPause } from '../state'
import { reasonAskedFor } from '../step/approvals'
import { extensionApprovers } from '../step/approvers'
import { SPECIAL_PROCEDURES } from '../step/special-procedures'
import { isDecidedForNobody } from '../whose/disowned'
import { filedWords, reasonWords } from './decision-words'

/** By what it is composed: a part of `Issuing`. */
interface Issuing {
  readonly item: ServiceItem
  /** After the event. */
  readonly state: CaseState
  readonly calendar: WorkingCalendar
  readonly phone: string | null
}
interface Said {
  readonly paragraphs: readonly { readonly said: string; readonly reason?: string }[]
  readonly plain: string
}
type EventOf<Type extends CaseEvent['type']> = Extract<CaseEvent, { type: Type }>

const begunWords = ({ item, state }: Issuing) =>
  filedWords(state.applicant?.kind === 'firm' && !isDecidedForNobody(state), dayIn(state.filedAt), item.name)
const words = (...said: readonly (string | null)[]) =>
  said.flatMap((each) => (each === null ? [] : [{ said: each }]))
const reason = (digest: string | null) => (digest === null ? [] : [{ said: reasonWords(''), reason: digest }])
const callWords = ({ phone }: Pick<Issuing, 'phone'>) => (phone === null ? null : `联系电话：${phone}`)

const procedureWords = (basis: ClockPause['basis']) =>
  basis === undefined ? '特别程序' : SPECIAL_PROCEDURES[basis]

/** Which limits the time is in no more, and what of the whole it leaves alone. */
function limitsOf(
  { item, state, calendar }: Issuing,
  event: EventOf<'clock-suspended'>,
): readonly [of: string, whole: string, plain: string] {
  const own = '本机关办理这一项的期限内'
  const due = dueOfCase(item, state, calendar)
  const promised = due.kind === 'on' ? `先按承诺的${fullDay(due.on)}` : '最晚到哪天，接着办了再告诉你'
  const shown = movesShownDay(item, state, event, calendar) ? promised : '承诺的日子不因此改'
  return event.stopsLaw
    ? [
        `${own}，也不计算在整件的法定期限内`,
        '；整件承诺的期限不因此停止计算',
        `这一项和整件的法定期限，这些天都不算；${shown}`,
      ]
    : [own, '；整件的办理期限不停，照常计算', '这一项这些天不算；整件的期限照走']
}

/** 行政许可法 第45条: one of several organs says so of its own part, and what it means for the whole. */
export function suspended(issuing: Issuing, event: EventOf<'clock-suspended'>): Said {
  const procedure = SPECIAL_PROCEDURES[event.basis]
  const own = ownDecision(issuing.item, event)
  const [ownLimits, ownWhole, plain] = limitsOf(issuing, event)
  const [begun, of, whole] = own
    ? [`${begunWords(issuing)}。其中“${own.name}”由本机关决定`, ownLimits, ownWhole]
    : [begunWords(issuing), '办理期限内', '']
  return {
    paragraphs: [
      ...words(
        `${begun}，需要${procedure}，预计 ${event.expectedDays} 天（含周末和放假的日子），到${fullDay(addDays(dayIn(event.at), event.expectedDays))}。自${fullDay(dayIn(event.at))}起到${procedure}做完，所需时间不计算在${of}（依据：${onTheWayBy(issuing.item, 'suspended')}）${whole}。`,
      ),
      ...reason(reasonAskedFor(issuing.state, 'suspend', event)),
      ...words(callWords(issuing)),
    ],
    plain: own ? `${own.name}要等${procedure}做完，${plain}。` : `要等${procedure}做完，这些天不算时限。`,
  }
}

/** Who has really allowed it: whom the law names, who stood in for them, or 督查. */
function allowedWords({ item, state }: Issuing, { allowedBy }: EventOf<'limit-extended'>) {
  const because =
    allowedBy && (allowedBy.because ?? (isOutsider(allowedBy.role) ? 'supervision' : 'substitute'))
  if (because === 'supervision') return '县政府督查'
  const head = extensionApprovers(item, state).some(({ unitId }) => unitId !== state.organUnitId)
    ? '本级人民政府负责人'
    : '本机关负责人'
  return because === 'substitute' ? `代行${head}职责的人` : head
}

/** 行政许可法 第42条: the applicant is told of the longer limit, until when, by whom it was allowed and why it was asked for. */
export function extended(issuing: Issuing, event: EventOf<'limit-extended'>): Said {
  const { item, state, calendar } = issuing
  const unit = item.statutory?.unit === 'working' ? '个工作日' : '天'
  const law = statutoryClock(item, state)
  const due = law && dueOf(law, calendar)
  const until = due?.kind === 'on' ? `，延长后到${fullDay(due.on)}止` : ''
  const stopped = [...new Set(lawStops(state).map(({ basis }) => procedureWords(basis)))].join('、')
  const whileStopped =
    stopped === ''
      ? ''
      : `法定期限现因${stopped}停止计算，${stopped}做完后，未用完的日子和延长的日子接着计算。`
  const by =
    onTheWayBy(item, 'extended') + (isPermit(item) ? (joinsDecisions(item) ? '第二款' : '第一款') : '')
  return {
    paragraphs: [
      ...words(
        `${begunWords(issuing)}，法定期限内不能作出决定，根据${by}，经${allowedWords(issuing, event)}批准，延长 ${event.days} ${unit}${until}。${whileStopped}`,
      ),
      ...reason(reasonAskedFor(state, 'extend', event)),
      ...words(callWords(issuing)),
    ],
    plain: `法定期限延长 ${event.days} ${unit}，${stopped === '' ? '' : `现在停着，${stopped}做完再接着算。`}为什么，上面写着。`,
  }
}
