import { now } from '../../../platform/clock'
import { sentOf } from './drafts'

/** What was sent of a draft as long as nobody has answered, each time as it was then. */
export interface Sent {
  readonly key: string
  readonly at: string
  readonly bodies: readonly string[]
  readonly src: string | undefined
}

/** As long as the server keeps a first answer. */
const KEPT_MS = 24 * 3600 * 1000

export function findSent(draftKey: string): Sent | undefined {
  const sent = sentOf(draftKey) as Partial<Sent>
  const isFresh = sent.at !== undefined && Date.parse(now()) - Date.parse(sent.at) < KEPT_MS
  return isFresh ? (sent as Sent) : undefined
}

/** Whether it was handed in and nobody knows whether it arrived; `by`: no later than then. */
export function wasSent(draftKey: string, by?: string) {
  const { at } = sentOf(draftKey) as Partial<Sent>
  // An answer dates itself by the second.
  return at !== undefined && (by === undefined || Date.parse(by) > Date.parse(at) - 1_000)
}
