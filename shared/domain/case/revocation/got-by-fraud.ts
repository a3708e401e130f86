import { fullDay } from '../../kernel/day-words'
import { addMonths, dayIn, type PlainDate } from '../../kernel/plain-date'
import type { ServiceItem } from '../../service-item/item'
import { ownDecision } from '../parallel/share-decisions'
import type { CaseState } from '../state'
import { isPermitGrant } from './revocation'

const MONTHS_KEPT_AWAY = 36

/**
 * Until when whoever got a permit by fraud may not apply for it again, where it directly concerns public safety, health, or
 * life and property; null where it was no permit, or fell for something else. 行政许可法 第79条
 */
export const keptAwayUntil = (item: Item, state: Pick<CaseState, 'revocations'>): PlainDate | null =>
  keptAwayFrom(item, state)?.until ?? null

type Item = Pick<ServiceItem, 'typeCode' | 'steps'>

/** The same with which of several permits it is of, as the guide calls it; undefined where it was one alone. */
function keptAwayFrom(item: Item, { revocations = [] }: Pick<CaseState, 'revocations'>) {
  const got = revocations.flatMap(({ basis, decided, revoked, answeredAt, of }) =>
    revoked === true && basis === 'fraud' && answeredAt !== null && isPermitGrant(item, decided)
      ? [{ until: addMonths(dayIn(answeredAt), MONTHS_KEPT_AWAY), part: of && ownDecision(item, of)?.name }]
      : [],
  )
  return got.at(-1) ?? null
}

/**
 * For whoever decides on an application; null where nothing keeps its holder away on `today`. `others`: what else of the item was
 * applied for under the very number of the holder, and of nobody else.
 */
export function keptAwayWords(
  item: Item,
  others: readonly Pick<CaseState, 'revocations'>[],
  today: PlainDate,
): string | null {
  const last = others
    .flatMap((state) => keptAwayFrom(item, state) ?? [])
    .filter(({ until }) => until >= today)
    .sort((one, other) => one.until.localeCompare(other.until))
    .at(-1)
  if (!last) return null
  const which = last.part === undefined ? '这项许可' : `“${last.part}”`
  return `${which}上次因为欺骗、贿赂等不正当手段撤销了：直接关系公共安全、人身健康、生命财产安全的，${fullDay(last.until)}以前不得再次申请（行政许可法第七十九条）。属于这一类的不批。`
}

/** On the paper that revokes it. */
export const KEPT_AWAY =
  '这项许可属于直接关系公共安全、人身健康、生命财产安全事项的，自撤销之日起三年内不得再次申请（《中华人民共和国行政许可法》第七十九条）。'
