import type { DeliveryStatus, ReminderReason } from '#shared/domain/reminder/delivery'

export const REMINDER_CHANNELS = ['subscribe', 'relation', 'template', 'sms', 'inbox'] as const
export type ReminderChannel = (typeof REMINDER_CHANNELS)[number]

export const REMINDER_CHANNEL_LABELS = {
  subscribe: '微信提醒',
  relation: '微信工作提醒',
  template: '公众号提醒',
  sms: '短信',
  inbox: '只在这里',
} as const satisfies Record<ReminderChannel, string>

export const DELIVERY_STATUS_LABELS = {
  queued: '等着发',
  sent: '发出了',
  delivered: '送到了',
  failed: '没发成',
  dropped: '不用发了',
} as const satisfies Record<DeliveryStatus, string>

/** Said beside a message that stands in the inbox alone. */
export const REMINDER_REASON_LABELS = {
  quiet: '没有打扰你',
  'no-consent': '微信提醒次数用完了，或者在微信里关了',
  'not-agreed': '没同意微信提醒，或者收回了',
  'switched-off': '你在提醒设置里关了',
  'daily-limit': '今天已经提醒得够多了',
  merged: '和别的消息合在一条里提醒的',
  'no-wechat': '还没有绑定微信',
  'not-bound': '没有打开工作提醒，在“办件”那一页打开',
  'not-following': '没有关注公众号',
  'no-number': '没有能收短信的手机号',
  rejected: '没有发出去',
  undeliverable: '一直没发出去',
  'outcome-unknown': '不知道送到没有',
  unreadable: '内容打不开了',
} as const satisfies Record<ReminderReason, string>
