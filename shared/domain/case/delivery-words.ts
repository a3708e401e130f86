import { DELIVERY_METHODS } from '../service-item/delivery-methods'

/** What nobody chooses: left where they live who would not take it, or put up for whom nothing else reaches. 民事诉讼法 第89、95条 */
const SERVED_BY = { ...DELIVERY_METHODS, left: '留置送达', announced: '公告送达' } as const
export type ServedBy = keyof typeof SERVED_BY
const isKnown = (text: string): text is ServedBy => text in SERVED_BY
export const deliveryWords = (method: string | null) =>
  method !== null && isKnown(method) ? SERVED_BY[method] : null

/** What goes by post is served on the day on which it is received, not on that on which it goes. 民事诉讼法 第91条 */
function handedOverTitle(method: string | null, isDecisionAlone: boolean, isReceived: boolean) {
  if (method === 'post' && !isReceived) return '结果寄出了'
  return isDecisionAlone && method === 'electronic' ? '决定书送到了' : '结果送到了'
}

/**
 * 结果送到了：窗口或村里拿; null for a way that is not known. `isDecisionAlone`: the certificate is made beside the product, so
 * that what reaches a phone is the decision (`isCertificateApart`). `isReceived`: of what went by post the receipt is there.
 */
export function handedOverWords(method: string | null, isDecisionAlone: boolean, isReceived = false) {
  const how = deliveryWords(method)
  return how === null ? null : `${handedOverTitle(method, isDecisionAlone, isReceived)}：${how}`
}

/** Who may take a paper for somebody (民事诉讼法 第88条): of a person and of a firm. */
export const TAKER_POWERS = {
  family: { label: '同住的成年家属', of: 'person' },
  agent: { label: '本人写了委托书的代收人', of: 'person' },
  representative: { label: '法定代表人、主要负责人', of: 'firm' },
  receiver: { label: '单位里负责收件的人', of: 'firm' },
  'firm-agent': { label: '单位写了委托书的代收人', of: 'firm' },
} as const
export type TakerPower = keyof typeof TAKER_POWERS

export const takerPowers = (kind: 'person' | 'firm') =>
  (Object.keys(TAKER_POWERS) as TakerPower[]).filter((power) => TAKER_POWERS[power].of === kind)

/** Whoever serves it takes it for nobody, and only who is of the list does. 民事诉讼法 第88条 */
export function takerFault(
  { name, power }: { readonly name: string; readonly power: TakerPower },
  kind: 'person' | 'firm',
  server: string,
): 'server' | 'power' | null {
  if (name.trim() === server) return 'server'
  return takerPowers(kind).includes(power) ? null : 'power'
}

const partsOf = (witness: string) => witness.split(/[\s，,、；;（）().。]+/u).filter((part) => part !== '')

/** 大梁村 王某 and 王某，大梁村 are one, and so is 王某 beside them. */
const isWithin = (one: readonly string[], other: readonly string[]) =>
  one.every((part) => other.includes(part))

/** Two who are not one, and neither of them who serves it. 民事诉讼法 第89条 */
export function witnessFault(
  [first = '', second = '']: readonly string[],
  server: string,
): 'same' | 'server' | null {
  const [one, other] = [partsOf(first), partsOf(second)]
  // Without a space between: 大梁村王某 ends in 王某.
  const isEnd = (of: readonly string[], whole: readonly string[]) => whole.join('').endsWith(of.join(''))
  if (isWithin(one, other) || isWithin(other, one) || isEnd(one, other) || isEnd(other, one)) return 'same'
  return [...one, ...other].includes(server) ? 'server' : null
}
