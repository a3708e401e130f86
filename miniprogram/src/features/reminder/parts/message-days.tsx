import { View } from '@tarojs/components'
import type { Inbox } from '#shared/contract/reminder'
import {
  DELIVERY_STATUS_LABELS,
  REMINDER_CHANNEL_LABELS,
  REMINDER_REASON_LABELS,
} from '#shared/contract/reminder.labels'
import type { CaseEventType } from '#shared/domain/case/events'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { linesToRead } from '#shared/domain/reminder/number-line'
import { today } from '../../../platform/clock'
import { openLink } from '../../../platform/navigation'
import { Section } from '../../../ui/layout/section'
import { Card } from '../../../ui/surface/card'
import { Icon, type IconName } from '../../../ui/surface/icon'
import { Tag } from '../../../ui/surface/tag'
import { dayWords, momentWords } from '../../../ui/words/dates'
import '../inbox.css'

type InboxMessage = Inbox['items'][number]

const dayOf = ({ at }: InboxMessage) => dayIn(new Date(at).toISOString() as Instant)

const ICONS: Partial<Record<string, IconName>> = {
  'correction-requested': 'pen',
  'correction-reminded': 'pen',
  granted: 'done',
  concluded: 'done',
  delivered: 'done',
  'payment-recorded': 'money',
  refused: 'info',
  declined: 'info',
} satisfies Partial<Record<CaseEventType, IconName>>

const WHYS: Partial<Record<string, string>> = {
  // Whoever filed it reads this, and whose case it became.
  filed: '收下申请，要告诉你',
  'correction-requested': '法律规定，缺什么要一次告诉你',
  'correction-reminded': '要补的还没补',
  refused: '法律规定，没批要告诉你为什么',
  declined: '法律规定，不受理要告诉你为什么',
} satisfies Partial<Record<CaseEventType, string>>

const whyOf = ({ kind, to }: InboxMessage) =>
  to === 'work' ? '这是你的工作' : (WHYS[kind] ?? '和你有关的事，有了新的一步')

/** By which way it came, or why it stands here alone. */
function whereOf(message: InboxMessage) {
  const { notAgreed, switchedOff, noNumber, channel, status, at, pushAt, to } = message
  const because =
    (notAgreed && 'not-agreed') ||
    (switchedOff && 'switched-off') ||
    (noNumber && 'no-number') ||
    message.because
  if (because !== null) return `${REMINDER_CHANNEL_LABELS.inbox}：${REMINDER_REASON_LABELS[because]}`
  if (channel === 'inbox') return REMINDER_CHANNEL_LABELS.inbox
  const way = REMINDER_CHANNEL_LABELS[channel]
  // Their hours and their leave may change: asked again each morning.
  if (status === 'queued' && to === 'work') return `${way}，等到方便的时间再发`
  return status === 'queued' && pushAt
    ? `${way}，等到 ${momentWords(pushAt)} 再发`
    : `${way}，${DELIVERY_STATUS_LABELS[status]}，${momentWords(pushAt ?? at)}`
}

function MessageCard({ message }: { message: InboxMessage }) {
  const { title, read, kind, page } = message
  const lines = linesToRead(message.lines, page)
  return (
    <Card
      className='mt-3'
      label={`${read ? '' : '新消息，'}${title}，${lines.join('，')}`}
      onPress={() => openLink(page)}
    >
      <View className='row row--top gap-3'>
        <Icon name={ICONS[kind] ?? 'cases'} className='accent' />
        <View className='grow'>
          <View className='row row--between row--top gap-2'>
            <View className='strong grow'>{title}</View>
            {!read && <Tag tone='must'>新</Tag>}
          </View>
          {lines.map((line) => (
            <View key={line} className='mt-1'>
              {line}
            </View>
          ))}
          <View className='caption faint mt-2'>
            <View>为什么发：{whyOf(message)}</View>
            <View>{whereOf(message)}</View>
          </View>
        </View>
      </View>
    </Card>
  )
}

/** By day, newest first. */
export function MessageDays({ messages }: { messages: readonly InboxMessage[] }) {
  const days = [...new Set(messages.map(dayOf))]
  const now = today()
  return (
    <>
      {days.map((day) => (
        <Section key={day} title={day === now ? `今天 ${dayWords(day)}` : dayWords(day)}>
          {messages
            .filter((message) => dayOf(message) === day)
            .map((message) => (
              <MessageCard key={message.id} message={message} />
            ))}
        </Section>
      ))}
    </>
  )
}
