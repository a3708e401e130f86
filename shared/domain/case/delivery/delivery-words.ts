import { DELIVERY_METHODS, type DeliveryMethod } from '../../service-item/delivery-methods'

/** What nobody chooses: left where they live who would not take it, or put up for whom nothing else reaches. 民事诉讼法 第89、95条 */
const SERVED_BY = { ...DELIVERY_METHODS, left: '留置送达', announced: '公告送达' } as const
export type ServedBy = keyof typeof SERVED_BY
const isKnown = (text: string): text is ServedBy => text in SERVED_BY
export const deliveryWords = (method: string | null) =>
  method !== null && isKnown(method) ? SERVED_BY[method] : null

/** It goes another way than the applicant asked for: whoever does it says why. Pages ask here too. */
export const isOtherwiseThanChosen = (chosen: DeliveryMethod | undefined, method: ServedBy | null) =>
  chosen !== undefined && method !== null && chosen !== method

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

/** `isForFamily`: of who has died, whose powers have ended with them (民法典 第173条). */
export const takerPowers = (kind: 'person' | 'firm', isForFamily = false): readonly TakerPower[] =>
  isForFamily
    ? ['family']
    : (Object.keys(TAKER_POWERS) as TakerPower[]).filter((power) => TAKER_POWERS[power].of === kind)

/** Whoever serves it takes it for nobody, and only who is of the list does. 民事诉讼法 第88条 */
export function takerFault(
  { name, power }: { readonly name: string; readonly power: TakerPower },
  kind: 'person' | 'firm',
  server: string,
  isForFamily = false,
): 'server' | 'power' | null {
  if (isNamed(name, server)) return 'server'
  return takerPowers(kind, isForFamily).includes(power) ? null : 'power'
}

const TITLES = /(?:主任|书记|会计|组长|村长|委员|干部|同志)$/u
const PLACE = /^.{2,}(?:村|镇|乡|县|市|区|街道|委会|组|局|所|站|公司|中心)$/u

/** 赵敏, 梅渚镇赵敏, 大梁村赵敏主任 and 赵敏梅渚镇 are one; 赵敏芝 and 李赵敏 are others. */
function isNamed(words: string, name: string): boolean {
  const [part, own] = [words.trim().replace(TITLES, ''), name.trim()]
  if (own === '') return false
  if (part === own || words.trim() === own) return true
  // No place is of one character: what stands alone before a name is a family name.
  if (part.endsWith(own)) return [...part].length - [...own].length > 1
  return part.startsWith(own) && PLACE.test(part.slice(own.length))
}

const partsOf = (witness: string) =>
  witness.split(/[\s，,、；;：:（）().。/—-]+/u).filter((part) => part !== '')

/** 大梁村 王某 and 王某，大梁村 are one, and so is 王某 beside them. */
const isWithin = (one: readonly string[], other: readonly string[]) =>
  one.every((part) => other.includes(part))

/**
 * Two who are not one, neither of them who serves it, nor of those whom it is about: the addressee, who applied, who filed it.
 * 民事诉讼法 第89条
 */
export function witnessFault(
  [first = '', second = '']: readonly string[],
  server: string,
  concerned: readonly string[] = [],
): 'same' | 'server' | 'concerned' | null {
  const [one, other] = [partsOf(first), partsOf(second)]
  // Without a space between: 大梁村王某 ends in 王某.
  const isEnd = (of: readonly string[], whole: readonly string[]) => whole.join('').endsWith(of.join(''))
  if (isWithin(one, other) || isWithin(other, one) || isEnd(one, other) || isEnd(other, one)) return 'same'
  // 赵 敏 is one name with a blank in it.
  const isThere = (name: string) =>
    [one, other].some((words) =>
      words.some((part, at) => isNamed(part, name) || part + (words[at + 1] ?? '') === name),
    )
  if (isThere(server)) return 'server'
  return concerned.some(isThere) ? 'concerned' : null
}
