import type { Trouble } from '../../platform/api'
import { HOTLINE } from './hotline'

const MINUTE = 60
const HOUR = 3600

/** For whoever may not wait. */
export const NOT_WAITING = `急的话，打 ${HOTLINE}，或者到村里、窗口办。`

/** With its full stop; nothing stays nothing. */
export const sentence = (words: string) => (words === '' || words.endsWith('。') ? words : `${words}。`)

/** 40 秒, 12 分钟, 3 小时: rounded up, so that nobody comes back too early. */
export function waitWords(seconds: number) {
  if (seconds < 90) return `${Math.max(1, Math.ceil(seconds))} 秒`
  return seconds < 90 * MINUTE ? `${Math.ceil(seconds / MINUTE)} 分钟` : `${Math.ceil(seconds / HOUR)} 小时`
}

/**
 * Why the server asks to wait and for how long: its own words, which name what there was too much of, or what this side
 * knows. Ends with a full stop.
 */
export function limitWords({ detail, retryAfterSeconds }: Pick<Trouble, 'detail' | 'retryAfterSeconds'>) {
  const words =
    detail ??
    (retryAfterSeconds === undefined
      ? '点得太快了，过几分钟再来'
      : `点得太快了，${waitWords(retryAfterSeconds)}后再来`)
  return sentence(words)
}
