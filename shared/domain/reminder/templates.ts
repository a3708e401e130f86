import { fullDay } from '../kernel/day-words'
import type { PlainDate } from '../kernel/plain-date'
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
