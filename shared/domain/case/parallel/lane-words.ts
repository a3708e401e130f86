import { dayWords } from '../../kernel/day-words'
import type { PlainDate } from '../../kernel/plain-date'
import { expectedWords } from '../../time-limit/expected-words'
import type { Light } from '../../time-limit/light'
import { OUTCOME_WORDS, takingBackUntil } from '../outcome/outcome-words'
import type { Lane } from './lanes'

type NameOf = (unitId: string) => string

const lateBy = ({ light }: Lane) => (light?.kind === 'late' ? `超了 ${light.daysLate} 个工作日` : '超了期限')

function openWords(light: Light | null): string {
  switch (light?.kind) {
    case 'today':
      return '今天到期'
    case 'late':
      return `超了 ${light.daysLate} 个工作日`
    case 'calm':
    case 'soon':
      return `还剩 ${light.daysLeft} 个工作日`
    default:
      return '在办'
  }
}

/** How a unit stands, for a reader without the office's words. */
export function laneWords(lane: Lane, today: PlainDate): string {
  const on = lane.doneOn === null ? '' : `${dayWords(lane.doneOn, today)} `
  switch (lane.state) {
    case 'looked':
      return `${on}看过了`
    case 'silent':
      return '没有要补的'
    case 'waiting':
      return '还没开始'
    case 'stopped':
      return lane.stoppedUntil === null
        ? '暂停着，不算天数'
        : `暂停着，${expectedWords(dayWords(lane.stoppedUntil, today), lane.stoppedUntil < today)}`
    case 'passed':
      return (
        on +
        (lane.decides === null ? '同意' : OUTCOME_WORDS.granted) +
        (lane.isQuestioned ? '，准备撤销' : '')
      )
    case 'failed':
      return on + (lane.decides === null ? '不同意' : OUTCOME_WORDS.refused)
    case 'revoked':
      if (lane.isTakingBack)
        return [OUTCOME_WORDS.takingBack, takingBackUntil(lane.takingBackBy ?? null, today)]
          .filter((each) => each !== null)
          .join('，')
      return `${lane.revokedOn === null ? '' : `${dayWords(lane.revokedOn, today)} `}${OUTCOME_WORDS.revoked}`
    case 'closed':
      return '不用办了'
    default:
      return openWords(lane.light)
  }
}

/** What else there is to know of it: whom it waits for, who waits for it, how early or late it was. */
export function laneNote(lane: Lane, nameOf: NameOf): string | null {
  const { state, waitsFor, holdsUp, light } = lane
  if (state === 'waiting') return waitsFor.length > 0 ? `要等${waitsFor.map(nameOf).join('、')}办完` : null
  const isDone = state === 'passed' || state === 'failed' || state === 'looked'
  if (isDone && lane.late) return `比期限晚，${lateBy(lane)}`
  if (isDone && light !== null && 'daysLeft' in light) return `提前 ${light.daysLeft} 个工作日`
  if (isDone) return null
  return holdsUp.length > 0 ? `${holdsUp.map(nameOf).join('、')}在等它` : null
}

/** Who is late now and who waits for them, in one sentence; null where nobody is. */
export function lateLanes(lanes: readonly Lane[], nameOf: NameOf): string | null {
  const late = lanes.filter(({ state, late: isLate }) => state === 'open' && isLate)
  if (late.length === 0) return null
  // Who waits for several of them is named once.
  const awaiting = late.flatMap(({ holdsUp }) => holdsUp)
  const shared = [...new Set(awaiting.filter((unitId, at) => awaiting.indexOf(unitId) !== at))]
  const each = late.map((lane) => {
    const others = lane.holdsUp
      .filter((unitId) => !shared.includes(unitId))
      .map(nameOf)
      .join('、')
    return `${nameOf(lane.unitId)}${lateBy(lane)}${others && `，${others}要等它办完才能开始`}`
  })
  const last = shared.length > 0 ? [`${shared.map(nameOf).join('、')}要等前面几家办完才能开始`] : []
  return [...each, ...last].join('；')
}
