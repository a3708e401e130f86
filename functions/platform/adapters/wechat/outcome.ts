import { addDays, dayIn, type Instant, instantAt } from '#shared/domain/kernel/plain-date'
import type { SendOutcome } from '../../ports/wechat'
import { TokenUnavailable } from './access-token'
import { WechatRefusal, WechatUnreachable } from './transport'

const TOKEN_WAIT_SECONDS = 60
const UNREACHABLE_WAIT_SECONDS = 30

/** Seconds until the daily quotas begin anew, at midnight in Shanghai. */
const untilMidnight = (now: Instant) =>
  Math.ceil((Date.parse(instantAt(addDays(dayIn(now), 1), 0)) - Date.parse(now)) / 1000)

function waitOf(code: number, now: Instant) {
  switch (code) {
    case -1:
      return 30
    case 45009:
      return untilMidnight(now)
    case 45011:
      return 60
    // Another message to the same person is under way.
    case 43108:
      return 10
    case 40001:
    case 40014:
    case 42001:
      return TOKEN_WAIT_SECONDS
    default:
      return undefined
  }
}

/** What a failed call means for the message; anything else than WeChat's answer is a defect and is thrown on. */
export function outcomeOf(error: unknown, now: Instant): SendOutcome {
  if (error instanceof TokenUnavailable) {
    return { kind: 'retry', retryAfterSeconds: TOKEN_WAIT_SECONDS, code: error.code }
  }
  if (error instanceof WechatUnreachable) {
    return error.sent === 'maybe'
      ? { kind: 'unknown' }
      : { kind: 'retry', retryAfterSeconds: UNREACHABLE_WAIT_SECONDS, code: null }
  }
  if (!(error instanceof WechatRefusal)) throw error
  if (error.code === 43101) return { kind: 'refused' }
  const wait = waitOf(error.code, now)
  return wait === undefined
    ? { kind: 'rejected', code: error.code }
    : { kind: 'retry', retryAfterSeconds: wait, code: error.code }
}
