import type { OutgoingReminder, Refusal } from '../../ports/wechat'

type Channel = OutgoingReminder['channel']

/** What an errcode says of a message. */
type Reading =
  | { readonly kind: 'refused'; readonly because: Refusal }
  /** Surely not sent; `midnight`: the daily quotas begin anew, in Shanghai. */
  | { readonly kind: 'retry'; readonly after: number | 'midnight' }
  | { readonly kind: 'rejected' }

export const TOKEN_WAIT_SECONDS = 60

/** Busy, a quota, another message to the same person under way, a token that is replaced. */
const WAITS: Readonly<Record<number, number | 'midnight'>> = {
  [-1]: 30,
  40001: TOKEN_WAIT_SECONDS,
  40014: TOKEN_WAIT_SECONDS,
  42001: TOKEN_WAIT_SECONDS,
  45009: 'midnight',
  45011: 60,
  43108: 10,
}

/**
 * Who does not take it, by channel: one code says different things of each. 43104 of employee messages is the account’s own
 * missing permission, which nobody mends by binding: it is rejected, with its code.
 */
const REFUSALS: Readonly<Record<Channel, Readonly<Record<number, Refusal>>>> = {
  subscribe: { 43101: 'no-consent' },
  relation: { 40256: 'not-bound', 50001: 'not-bound' },
  template: { 43004: 'not-following', 43101: 'no-consent' },
}

/** A code that nobody knows will not be another one the next time: the message is rejected. */
export function readingOf(channel: Channel, code: number): Reading {
  const because = REFUSALS[channel][code]
  if (because !== undefined) return { kind: 'refused', because }
  const after = WAITS[code]
  return after === undefined ? { kind: 'rejected' } : { kind: 'retry', after }
}
