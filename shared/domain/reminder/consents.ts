import type { Instant } from '../kernel/plain-date'

/**
 * What happens to the consents of one person to messages by one template, by the time at which it happened: WeChat's own of
 * its events, else ours.
 */
export interface ConsentEntry {
  /** What makes it one: WeChat repeats its events. */
  readonly key: string
  readonly at: Instant
  readonly kind: /** With what the book began, or was begun anew. */
    | 'opening'
    /** One message more. */
    | 'accepted'
    /** Switched off in WeChat's settings: none any more. */
    | 'rejected'
    /** The card of the page was refused: what was given stays, and it is not asked again at once. */
    | 'refused-in-page'
    /** For the delivery. */
    | 'spent'
    /** The delivery surely did not go out: as if it had spent none. */
    | 'given-back'
    /** WeChat knew of none when the delivery was begun, whatever was counted. */
    | 'none-left'
  readonly deliveryId: string | null
  /** Of an opening. */
  readonly credits: number | null
  readonly refusedAt: Instant | null
}

export interface Consents {
  /** Negative where more was spent than WeChat says was given. */
  readonly credits: number
  readonly refusedAt: Instant | null
  /** From when on is counted. */
  readonly resetAt: Instant | null
}

const RESETS: readonly ConsentEntry['kind'][] = ['opening', 'rejected', 'none-left']
const latestOf = (times: readonly (Instant | null)[]): Instant | null =>
  times.reduce((latest, at) => (at !== null && (latest === null || at > latest) ? at : latest), null)

/**
 * What is left, whatever the order in which the entries came and however often each: counted is what came after the last
 * reset. Of two at one moment the one that leaves less is believed, since WeChat tells seconds: a consent too many ends in a
 * message that is not delivered.
 */
export function projectConsents(entries: readonly ConsentEntry[]): Consents {
  const once = [...new Map(entries.map((entry) => [entry.key, entry])).values()]
  const of = (...kinds: readonly ConsentEntry['kind'][]) => once.filter(({ kind }) => kinds.includes(kind))
  const resetAt = latestOf(of(...RESETS).map(({ at }) => at))
  const counts = ({ at }: ConsentEntry) => resetAt === null || at > resetAt
  const unspent = new Set(of('given-back').map(({ deliveryId }) => deliveryId))
  const begun = of(...RESETS).filter(({ at }) => at === resetAt)
  const opened = begun.every(({ kind }) => kind === 'opening') ? (begun[0]?.credits ?? 0) : 0
  const given = of('accepted').filter(counts).length
  const spent = of('spent').filter((entry) => counts(entry) && !unspent.has(entry.deliveryId)).length
  const acceptedAt = latestOf(of('accepted').map(({ at }) => at))
  const refusedAt = latestOf([
    ...of('rejected', 'refused-in-page').map(({ at }) => at),
    ...of('opening').map((entry) => entry.refusedAt),
  ])
  return {
    credits: opened + given - spent,
    refusedAt: acceptedAt !== null && refusedAt !== null && acceptedAt > refusedAt ? null : refusedAt,
    resetAt,
  }
}
