export const DELIVERY_METHODS = {
  electronic: '电子件到手机',
  post: '寄到家',
  pickup: '窗口或村里拿',
} as const
export type DeliveryMethod = keyof typeof DELIVERY_METHODS

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
