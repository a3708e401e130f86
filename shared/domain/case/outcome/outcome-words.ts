import { dayWords } from '../../kernel/day-words'
import type { PlainDate } from '../../kernel/plain-date'

/**
 * `revoked`: what was granted, taken back by who granted it or by who stands above (行政许可法 第69条). `taking-back`: that was done
 * unheard, and waits to be taken back itself (第7条).
 */
export const OUTCOME_KEYS = [
  'open',
  'correcting',
  'suspended',
  'late',
  'granted',
  'refused',
  'declined',
  'withdrawn',
  'lapsed',
  'terminated',
  'revoked',
  'taking-back',
] as const
export type OutcomeKey = (typeof OUTCOME_KEYS)[number]

/**
 * `bad`: it ended without what was applied for, which is drawn grey. `late` warns: the promise is broken, or a check found
 * otherwise. `soon` warns whoever works on it; whoever waits for them is not alarmed before the day is over.
 */
export const OUTCOME_TONES = ['good', 'bad', 'calm', 'soon', 'late', 'paused'] as const
type OutcomeTone = (typeof OUTCOME_TONES)[number]

/** How a case stands or ended: the same on every list, page, message and document. */
export interface Outcome {
  readonly key: OutcomeKey
  readonly word: string
  readonly tone: OutcomeTone
  /** Of the document of the case that tells it; null where none was issued. */
  readonly documentId: string | null
}

/** What a notice asks for, in a word: 要补 2 样. */
export const askedWords = (items: readonly unknown[]) => `要补 ${items.length} 样`

/** 没批 and the like are the look's words (rule 3: as neighbours say it). Of an allowance a title says 的申请停了: its money does not stop. */
export const OUTCOME_WORDS = {
  suspended: '暂停计时',
  granted: '批准了',
  concluded: '办好了',
  refused: '没批',
  declined: '没受理',
  withdrawn: '撤回了',
  terminated: '停了',
  revoked: '撤销了',
  takingBack: '正在收回撤销',
} as const

/** Until when, of what is being taken back: also where that day has passed. Nothing is said of a day that nobody knows yet. */
export function takingBackUntil(by: PlainDate | null, today: PlainDate): string | null {
  if (by === null) return null
  return by < today ? `应当最晚 ${dayWords(by, today)} 收回，还没收回` : `最晚 ${dayWords(by, today)} 收回`
}

/** As neighbours say 视为受理: 行政许可法 第32条; for other items the county's published rule. */
export const BY_SILENCE = '已经算受理了'
/** 行政许可法 第42条 */
export const EXTENDED = '延长了期限'

const OVER = {
  open: false,
  correcting: false,
  suspended: false,
  late: false,
  granted: true,
  refused: true,
  declined: true,
  withdrawn: true,
  lapsed: true,
  terminated: true,
  revoked: true,
  'taking-back': true,
} as const satisfies Record<OutcomeKey, boolean>

/** Decided or ended: nobody waits for a date any more. */
export const isOver = ({ key }: Pick<Outcome, 'key'>) => OVER[key]

/** Somebody works on it for whoever waits: what was granted is still brought to an end, what fell unheard is taken back. */
export const isInHand = ({
  status,
  outcome,
}: {
  readonly status: string
  readonly outcome: Pick<Outcome, 'key'>
}) => status === 'granted' || outcome.key === 'taking-back' || !isOver(outcome)

/** There is a decision to read. */
export const hasResult = ({ key }: Pick<Outcome, 'key'>) => key === 'granted' || key === 'refused'
