import { fullDay } from '../kernel/day-words'
import { addMonths, dayIn, type PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import { isPermitGrant, lastRevoked } from './revocation'
import type { CaseState } from './state'

const MONTHS_KEPT_AWAY = 36

/**
 * Until when whoever got a permit by fraud may not apply for it again, where it directly concerns public safety, health, or
 * life and property; null where it was no permit, or fell for something else. 行政许可法 第79条
 */
export function keptAwayUntil(
  item: Pick<ServiceItem, 'typeCode'>,
  state: Pick<CaseState, 'revocations'>,
): PlainDate | null {
  const revoked = lastRevoked(state)
  if (revoked?.basis !== 'fraud' || revoked.answeredAt === null) return null
  return isPermitGrant(item, revoked.decided) ? addMonths(dayIn(revoked.answeredAt), MONTHS_KEPT_AWAY) : null
}

/** For whoever decides on another application of the same holder; null where nothing keeps them away on `today`. */
export function keptAwayWords(
  item: Pick<ServiceItem, 'typeCode'>,
  states: readonly Pick<CaseState, 'revocations'>[],
  today: PlainDate,
): string | null {
  const until = states
    .flatMap((state) => keptAwayUntil(item, state) ?? [])
    .filter((on) => on >= today)
    .sort()
    .at(-1)
  return until === undefined
    ? null
    : `这项许可上次因为欺骗、贿赂等不正当手段撤销了：直接关系公共安全、人身健康、生命财产安全的，${fullDay(until)}以前不得再次申请（行政许可法第七十九条）。属于这一类的不批。`
}

/** On the paper that revokes it. */
export const KEPT_AWAY =
  '这项许可属于直接关系公共安全、人身健康、生命财产安全事项的，自撤销之日起三年内不得再次申请（《中华人民共和国行政许可法》第七十九条）。'
