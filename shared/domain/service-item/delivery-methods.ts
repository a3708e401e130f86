import type { ServiceItem } from './item'

export const DELIVERY_METHODS = {
  electronic: '电子件到手机',
  post: '寄到家',
  pickup: '窗口或村里拿',
} as const
export type DeliveryMethod = keyof typeof DELIVERY_METHODS

/** As whoever chooses is asked. */
export const DELIVERY_CHOICES = {
  ...DELIVERY_METHODS,
  electronic: '手机上收（同意电子送达，看得到就算送到）',
} as const

/**
 * How a result may reach the applicant: by the guide, which tells of money too. Nothing is served on a phone that nobody has:
 * then it is handed over on paper, whatever the guide says. 行政许可法 第44条
 */
export const deliveryMethods = (
  { howToGet }: Pick<ServiceItem, 'howToGet'>,
  isReached: boolean,
): readonly DeliveryMethod[] =>
  (Object.keys(DELIVERY_METHODS) as DeliveryMethod[]).filter((method) =>
    isReached
      ? howToGet.methods.includes(method)
      : method === 'pickup' || (method === 'post' && howToGet.methods.includes(method)),
  )
