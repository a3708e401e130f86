import { CHILD_CHECK } from '../account/guardian'
import { ageOn, type PlainDate } from '../kernel/plain-date'
import type { Material, ServiceItem } from './item'

/** From this birthday on one has an identity card; before it one may have one. 居民身份证法 第2条 */
const CARD_YEARS = 16

type Paper = Pick<Material, 'forChild'>

/** What a child without a card of their own brings in its place; null for whoever has to have the card. */
export function insteadOf({ forChild }: Paper, birth: PlainDate | null, today: PlainDate): string | null {
  if (forChild === undefined) return null
  if (birth === null) return `没有身份证的孩子：${forChild}`
  return ageOn(birth, today) < CARD_YEARS ? `还没有身份证的，拍${forChild}；有的，正反两面都拍` : null
}

/** Where a child may be the one who applies: the way that the guardian has to go, as the receipt tells it; else null. */
export const childCheckOf = ({ materials }: Pick<ServiceItem, 'materials'>) =>
  materials.some(({ forChild }) => forChild !== undefined) ? `不满 14 岁，${CHILD_CHECK}` : null
