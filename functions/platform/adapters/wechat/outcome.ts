import { addDays, dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import type { OutgoingReminder, SendOutcome } from '../../ports/wechat'
import { TokenUnavailable } from './access-token'
import { readingOf, TOKEN_WAIT_SECONDS } from './error-codes'
import { WechatRefusal, WechatUnreachable } from './transport'

const UNREACHABLE_WAIT_SECONDS = 30

/** Seconds until the daily quotas begin anew, at midnight in Shanghai. */
const untilMidnight = (now: Instant) =>
  Math.ceil((Date.parse(instantAt(addDays(dayIn(now), 1), 0)) - Date.parse(now)) / 1000)

/** What a failed call means for the message; anything else than WeChat's answer is a defect and is thrown on. */
export function outcomeOf(channel: OutgoingReminder['channel'], error: unknown, now: Instant): SendOutcome {
  if (error instanceof TokenUnavailable) {
    return { kind: 'retry', retryAfterSeconds: TOKEN_WAIT_SECONDS, code: error.code }
  }
  if (error instanceof WechatUnreachable) {
    return error.sent === 'maybe'
      ? { kind: 'unknown' }
      : { kind: 'retry', retryAfterSeconds: UNREACHABLE_WAIT_SECONDS, code: null }
  }
  if (!(error instanceof WechatRefusal)) throw error
  const { code } = error
  const reading = readingOf(channel, code)
  if (reading.kind === 'refused') return reading
  if (reading.kind === 'rejected') return { kind: 'rejected', code }
  return {
    kind: 'retry',
    retryAfterSeconds: reading.after === 'midnight' ? untilMidnight(now) : reading.after,
    code,
  }
}
