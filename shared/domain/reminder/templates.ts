import { fullDay } from '../kernel/day-words'
import { CLOSING_MINUTE } from '../kernel/office-hours'
import { clockWords, dayIn, type Instant, minuteOfDayIn, type PlainDate } from '../kernel/plain-date'
import { characterString, phrase, thing } from './keywords'

/** The one-time templates, with what the consent card says they are for. */
export const CONSENT_TEMPLATES = {
  'YX-CASE-PROGRESS': { title: '办理进度提醒', purpose: '受理了、有进展时' },
  'YX-CASE-TODO': { title: '待办提醒', purpose: '要补材料、快到期时' },
  'YX-CASE-RESULT': { title: '办理结果通知', purpose: '办好了、有结果时' },
} as const
/** The messages by which staff are reminded (用工关系消息), bound in one tap. */
export const WORK_TEMPLATES = {
  'YX-STAFF-TASK': { title: '新办件提醒' },
  'YX-STAFF-DUE': { title: '到期提醒' },
} as const

export type ConsentTemplateId = keyof typeof CONSENT_TEMPLATES

/** What fills a template, in the order of its keywords. */
interface Card {
  readonly item: string
  readonly caseNumber: string
  /** State or step in a word. */
  readonly word: string
  /** WeChat takes nothing but a day here: the last one, or the event's own where none is known. */
  readonly day: PlainDate
  readonly note: string
}

export const progressData = (card: Card) => ({
  thing1: thing(card.item),
  character_string2: characterString(card.caseNumber),
  phrase3: phrase(card.word),
  date4: fullDay(card.day),
  thing5: thing(card.note),
})

/** Of YX-CASE-TODO, whose word is a short sentence. */
export const todoData = (card: Card) => ({
  thing1: thing(card.item),
  character_string2: characterString(card.caseNumber),
  thing3: thing(card.word),
  date4: fullDay(card.day),
  thing5: thing(card.note),
})

/** What tells a follower of the official account the same (类目模板), where no consent takes it to the mini program's own messages. */
export const FOLLOWER_TEMPLATES = {
  'YX-CASE-PROGRESS': 'YX-OA-PROGRESS',
  'YX-CASE-TODO': 'YX-OA-TODO',
  'YX-CASE-RESULT': 'YX-OA-RESULT',
} as const satisfies Record<ConsentTemplateId, string>

/** Of a template of ours the follower's; undefined where it has none. */
export const followerTemplate = (templateId: string): string | undefined =>
  new Map<string, string>(Object.entries(FOLLOWER_TEMPLATES)).get(templateId)

/** WeChat takes no free words under `const`. */
const OPEN_IT = '点开看结果和怎么办'

/**
 * The card of a consent template as the follower's has it: a day there is a time, that of the message where it is of its own day, else
 * the end of the office's.
 */
export function followerData(
  templateId: string,
  { date4 = '', thing5 = '', ...data }: Readonly<Record<string, string>>,
  at: Instant,
): Readonly<Record<string, string>> {
  const minute = date4 === fullDay(dayIn(at)) ? minuteOfDayIn(at) : CLOSING_MINUTE
  const time4 = `${date4} ${clockWords(minute).padStart(5, '0')}`
  return {
    ...data,
    time4,
    ...(templateId === FOLLOWER_TEMPLATES['YX-CASE-RESULT'] ? { const5: OPEN_IT } : { thing5 }),
  }
}
