import type { CaseEvent, NoticeWords } from '#shared/domain/case/events'
import { stepOf } from '#shared/domain/case/route'
import { dayWords } from '#shared/domain/kernel/day-words'
import { addDays, dayIn, type PlainDate } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { publicityDays } from '#shared/domain/time-limit/publicity'
import { type Subject, textOf } from './subject'

type EventOf<Type extends CaseEvent['type']> = Extract<CaseEvent, { type: Type }>
const day = ({ now }: Subject, on: PlainDate) => dayWords(on, dayIn(now))
const labelOf = ({ fields }: ServiceItem, name: string) => fields.find(({ key }) => key === name)?.label ?? ''

/** What hangs there in words of whoever published it: the answer itself is as it was. */
function toldAs(subject: Subject, { key, digest }: NoticeWords) {
  const words = textOf(subject, digest)
  return words !== null && `公示里${labelOf(subject.item, key)}写的是：${words}`
}

export function publishedNote(
  subject: Subject,
  { at, stepKey, lastOn: told, tells = [] }: EventOf<'notice-published'>,
) {
  const rule = stepOf(subject.item, stepKey).publicity
  if (!rule) return []
  const from = dayIn(at)
  const { lastOn } = publicityDays(from, rule, subject.reference.calendar, told)
  // 民法典 第203条: whoever counts the days comes to another one.
  const isMoved = rule.unit === 'calendar' && lastOn > addDays(from, rule.days)
  return [
    `公示 ${rule.days} ${rule.unit === 'working' ? '个工作日' : '天'}，到 ${day(subject, lastOn)}${isMoved ? '（最后一天休息，顺延）' : ''}`,
    ...tells.map((each) => toldAs(subject, each)),
  ]
}

/** It is closed on the working day after its last one, or later: the two are told apart. */
export function closedNote(subject: Subject, { at, stepKey }: EventOf<'notice-closed'>) {
  const { item, read, reference } = subject
  const rule = stepOf(item, stepKey).publicity
  const published = read.events.findLast(
    (event) => event.type === 'notice-published' && event.stepKey === stepKey && event.at < at,
  )
  if (!rule || published?.type !== 'notice-published') return []
  const { lastOn } = publicityDays(dayIn(published.at), rule, reference.calendar, published.lastOn)
  return [`公示到 ${day(subject, lastOn)} 期满，没有登记异议`]
}
