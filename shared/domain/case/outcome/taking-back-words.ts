import type { PlainDate } from '../../kernel/plain-date'
import { OUTCOME_WORDS, takingBackUntil } from './outcome-words'

/** What waits for it, and whether whoever reads is the holder, whom nobody had heard. */
export interface TakingBack {
  readonly by: PlainDate | null
  readonly isHolders: boolean
}

/** Why, and until when, in a few words. */
export function unheardWords({ by, isHolders }: TakingBack, today: PlainDate): string {
  const until = takingBackUntil(by, today)
  const waits = `撤销以前没有听${isHolders ? '你' : '申请人'}说，${OUTCOME_WORDS.takingBack}`
  return `${waits}${until === null ? '' : `，${until}`}，收回了告诉你`
}

/** The day that is still to come; null where none is known, and of one that has passed. */
export const takingBackAhead = ({ by }: TakingBack, today: PlainDate): PlainDate | null =>
  by !== null && by >= today ? by : null

/**
 * Of what was revoked unheard, beside what it is called and its day where one is ahead: the holder's days to have it reviewed run since
 * they know of it (行政复议法 第20条). How many they are goes by the item, which may ask for an objection first.
 */
export function takingBackNote(of: TakingBack, today: PlainDate): string {
  const [heard, asks, knows] = of.isHolders ? ['你', '', '你'] : ['申请人', '申请人', '申请人']
  const over = of.by !== null && of.by < today ? `${takingBackUntil(of.by, today)}，` : ''
  return `撤销以前没有听${heard}说，${over}收回了告诉你。不用重新申请；${asks}不想等的，也可以申请行政复议，或者到法院起诉，期限从${knows}知道撤销那天算。`
}
