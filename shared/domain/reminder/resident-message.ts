import type { CaseDue } from '../case/clock/clocks'
import { apartOf, dueWords } from '../case/clock/due-words'
import type { CaseState } from '../case/state'
import type { AwaitedReader } from '../case/whose/identity'
import { dayWords } from '../kernel/day-words'
import type { PlainDate } from '../kernel/plain-date'
import type { ServiceItem } from '../service-item/item'
import type { HeldTask } from './change'
import { numberLine } from './number-line'
import { type ConsentTemplateId, progressData, todoData } from './templates'

export interface ResidentMessage {
  readonly title: string
  readonly lines: readonly string[]
  readonly page: string
  readonly templateId: ConsentTemplateId
  readonly data: Readonly<Record<string, string>>
  readonly urgent: boolean
  /** Stays in the inbox. */
  readonly quiet: boolean
}

export interface Told {
  readonly caseId: string
  readonly caseNumber: string
  readonly item: ServiceItem
  /** Missing where nothing goes by it. */
  readonly before?: CaseState | null
  readonly after: CaseState
  readonly due: CaseDue
  readonly newCard: string | null
  /** Who reads it, by what they have to do for the identity. */
  readonly reader?: AwaitedReader | undefined
  readonly reason?: string | null
  /** Whose work it is, by which who has it is told. */
  readonly held?: readonly HeldTask[]
}

/** Who reads it: the owner or whoever filed it, and whether they did it themselves. A case may become a new owner's. */
export interface Listener {
  readonly as: 'filer' | 'owner' | 'new-owner' | 'former-owner'
  readonly acted: boolean
}

export const promiseWords = ({ item, after, due }: Pick<Told, 'item' | 'due' | 'after'>, today: PlainDate) =>
  dueWords(item, after, due, today)

/** As short as a card asks. */
export function dueNote(told: Pick<Told, 'item' | 'due' | 'after'>, today: PlainDate) {
  const { item, after, due } = told
  if (due.kind === 'calendar-missing') return `等${due.year}年放假安排`
  const apart = apartOf(item, after, due)
  return apart === null || due.kind !== 'on' || due.on < today
    ? promiseWords(told, today)
    : `承诺 ${dayWords(due.on, today)}，${apart}不算`
}

export interface Wording {
  readonly title: string
  readonly line: string
  /** In a word, for the card. */
  readonly word: string
  readonly day: PlainDate
  readonly note: string
  /** Said besides. */
  readonly more?: readonly string[]
}

export type WordingOf = (title: string, line: string, word: string, note?: string) => Wording

export const urlOf = (page: 'timeline' | 'correction' | 'result', told: Told) =>
  `features/case/${page}?id=${told.caseId}`

export const message = (
  told: Told,
  wording: Wording,
  rest: Pick<ResidentMessage, 'page' | 'templateId' | 'urgent' | 'quiet'>,
): ResidentMessage => {
  const fill = rest.templateId === 'YX-CASE-TODO' ? todoData : progressData
  return {
    ...rest,
    title: wording.title,
    lines: [wording.line, ...(wording.more ?? []), numberLine(told.caseNumber)],
    data: fill({ ...wording, item: told.item.plainName, caseNumber: told.caseNumber }),
  }
}

export const progress = (told: Told, wording: Wording, quiet = false) =>
  message(told, wording, {
    page: urlOf('timeline', told),
    templateId: 'YX-CASE-PROGRESS',
    urgent: false,
    quiet,
  })

export const result = (told: Told, wording: Wording, urgent = false) =>
  message(told, wording, { page: urlOf('result', told), templateId: 'YX-CASE-RESULT', urgent, quiet: false })

/** The case is over and nothing was decided: why stands in what happened, and there is no result to see. */
export const ended = (told: Told, wording: Wording) =>
  message(told, wording, {
    page: urlOf('timeline', told),
    templateId: 'YX-CASE-RESULT',
    urgent: true,
    quiet: false,
  })

export const MY_CASES = 'tabs/case/my-cases'

/** Who sees it no more: the page is the list of what is still theirs. */
export const gone = (told: Told, wording: Wording): ResidentMessage => ({
  ...progress(told, wording, true),
  page: MY_CASES,
})

export const cardLines = ({ newCard }: Pick<Told, 'newCard'>) =>
  newCard === null ? [] : [`收款的卡换成了尾号 ${newCard}`]
