import type { ConsentTemplateId } from './templates'

/** As providers write it. */
const variable = (name: 'item' | 'day' | 'tail') => `\${${name}}`
const [item, day, tail] = [variable('item'), variable('day'), variable('tail')]

/**
 * What a short message says; the county hands these texts in at its provider, which gives each a code. No more than which thing, which day
 * and the end of its number: anybody who holds the phone reads it. The provider writes the county's signature before it.
 */
export const SMS_TEMPLATES = {
  'YX-SMS-TODO': `你的${item}有事等你办，日期${day}。微信打开“印象办事”看，尾号${tail}。`,
  'YX-SMS-NEWS': `你的${item}有新情况，日期${day}。微信打开“印象办事”看，尾号${tail}。`,
} as const
export type SmsTemplate = keyof typeof SMS_TEMPLATES

const OF_CARDS: Readonly<Record<ConsentTemplateId, SmsTemplate>> = {
  'YX-CASE-TODO': 'YX-SMS-TODO',
  'YX-CASE-RESULT': 'YX-SMS-NEWS',
  'YX-CASE-PROGRESS': 'YX-SMS-NEWS',
}

/** Of a card of the mini program the short message; undefined where it has none. */
export const smsTemplate = (templateId: string): SmsTemplate | undefined =>
  new Map<string, SmsTemplate>(Object.entries(OF_CARDS)).get(templateId)

const TAIL = 4
const MAINLAND = /^1[3-9]\d{9}$/

/** Providers of the mainland reach its mobile numbers alone. */
export const takesSms = (phone: string) => MAINLAND.test(phone)

/** What fills a template, by the card that WeChat would have shown. */
export const smsParameters = ({
  thing1 = '',
  date4 = '',
  character_string2: number = '',
}: Readonly<Record<string, string>>) => ({ item: thing1, day: date4, tail: number.slice(-TAIL) })

/** As it would be read: for tests, and for whoever shows it. */
export const smsText = (template: SmsTemplate, parameters: Readonly<Record<string, string>>) =>
  SMS_TEMPLATES[template].replace(/\$\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '')
