export const DELIVERY_METHODS = {
  electronic: '电子件到手机',
  post: '寄到家',
  pickup: '窗口或村里拿',
} as const
export type DeliveryMethod = keyof typeof DELIVERY_METHODS
const isMethod = (text: string): text is DeliveryMethod => text in DELIVERY_METHODS
export const deliveryWords = (method: string | null) =>
  method !== null && isMethod(method) ? DELIVERY_METHODS[method] : null

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
