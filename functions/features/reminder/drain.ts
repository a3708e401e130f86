import { type ReminderLimits, USUAL_LIMITS } from '#shared/domain/reminder/limits'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import type { Cipher } from '../../platform/ports/cipher'
import { claimReminders } from './claim'
import { settle } from './outcomes'
import { messagesOf } from './pushes'
import { createReserve } from './recall'
import { FATES, type Fate, waitsUntil } from './verdicts'
import { type Batch, type Message, runWave, toldBy, type WaveDeps } from './wave'

interface DrainRules {
  readonly limits: ReminderLimits
  readonly calendar: WorkingCalendar
}

export interface DrainDeps extends WaveDeps {
  /** The county's, asked for each batch. */
  readonly rules: () => Promise<DrainRules>
  readonly cipher: Cipher
}

export interface DrainOptions {
  readonly batch: number
  /** Longer than a batch takes; a crashed worker's reminders wait as long. */
  readonly leaseSeconds: number
  /** Whether there is time for another wave; what was claimed and has none goes back at once, for whoever comes next. */
  readonly hasTime: () => boolean
}

export type DrainReport = Readonly<Record<Fate | 'claimed', number>>

export type Drain = (options?: Partial<DrainOptions>) => Promise<DrainReport>

const DEFAULTS: DrainOptions = { batch: 200, leaseSeconds: 120, hasTime: () => true }
/** As many calls at one time: what a statement costs is shared by the messages of its wave. */
const CONCURRENCY = 32
const NO_RULES: DrainRules = { limits: USUAL_LIMITS, calendar: new Map() }

/**
 * Delivers the reminders that are due, one batch at a time; any number of workers may do so at once.
 *
 * None is lost: a reminder leaves the queue only with an outcome written, and a lease that ends gives it to the next
 * worker. The idempotency window is the time from a delivery's `begun_at` to its `ended_at`, one call to WeChat: whoever
 * crashes or loses the answer inside it leaves a reminder that is sent again, under the same client id. WeChat makes one
 * message of the two in the official account (ten minutes); a consent message may arrive twice, unless WeChat's own receipt
 * comes first (`createWechatEventReceiver`). Outside the window nothing is sent twice.
 *
 * Nobody is disturbed at an hour that is not theirs (`goodHour`), however a reminder came to be due then: it waits for the next
 * one, without an attempt, a limit or a consent, and is asked again each morning. What goes to the inbox alone does so at any hour. What is so no more when it is
 * claimed (`overtaken`) goes there too, before it takes anything of what is so.
 *
 * Limits are reserved before a consent is spent, both before the call; both are given back when WeChat surely did not
 * send. A repetition reserves its limits again: it is one more message. What an attempt spent whose outcome nobody knows stays
 * spent, whatever becomes of the next.
 *
 * A batch goes out in waves (`runWave`); what is decided without a call is written once, after them.
 */
export function createDrain(deps: DrainDeps): Drain {
  const { database, clock, ids, log } = deps
  const reserve = createReserve(deps)

  return async (options = {}) => {
    const { batch: size, leaseSeconds, hasTime } = { ...DEFAULTS, ...options }
    const token = ids.next()
    const claim = { token, now: clock.now(), seconds: leaseSeconds, batch: size }
    const rows = await claimReminders(database, deps, claim)
    const rules = rows.length > 0 ? await deps.rules() : NO_RULES
    const batch: Batch = {
      ...rules,
      token,
      reserve,
      held: 0,
      usedUp: new Map(),
      rang: new Map(),
      decided: [],
    }
    const fates: Fate[] = []
    const queue = messagesOf(deps, batch, rows)
    for (let wave = nextWave(queue); wave.length > 0; wave = hasTime() ? nextWave(queue) : []) {
      try {
        fates.push(...(await runWave(deps, batch, wave)))
      } catch (cause) {
        log.error('reminder.broken', { reminderId: wave.map(({ row }) => row.id).join(' ') }, cause)
      }
    }
    const now = clock.now()
    batch.decided.push(...queue.flatMap(toldBy).map((row) => waitsUntil(row, now)))
    const written = await settle({ database, token, now }, batch.decided)
    fates.push(...batch.decided.map(({ id, fate }) => (written.has(id) ? fate : 'lost')))
    if (batch.held > 0) log.warn('reminder.store-unavailable', { waiting: batch.held })
    return reportOf(rows.length, fates)
  }
}

/** What a wave that broke has told of none is broken. */
function reportOf(claimed: number, fates: readonly Fate[]): DrainReport {
  const counted = Object.fromEntries(
    FATES.map((fate) => [fate, fates.filter((each) => each === fate).length]),
  ) as Record<Fate, number>
  return { ...counted, broken: counted.broken + claimed - fates.length, claimed }
}

/** Batch after batch, until nothing is due now or there is no more time. */
export async function drainUntilEmpty(
  drain: Drain,
  options: Partial<DrainOptions> = {},
): Promise<DrainReport> {
  const { hasTime } = { ...DEFAULTS, ...options }
  const total = { ...(await drain(options)) }
  for (let last: DrainReport = total; last.claimed > 0 && hasTime(); ) {
    last = await drain(options)
    for (const fate of [...FATES, 'claimed'] as const) total[fate] += last[fate]
  }
  return total
}

/** The next ones of the queue, one a person: WeChat refuses two messages to one person at the same time (43108). */
function nextWave(queue: Message[]): readonly Message[] {
  const wave = new Map<string, Message>()
  for (const message of queue) {
    if (wave.size === CONCURRENCY) break
    const phone = message.row.openid ?? message.row.recipient
    if (!wave.has(phone)) wave.set(phone, message)
  }
  const taken = new Set(wave.values())
  queue.splice(0, queue.length, ...queue.filter((message) => !taken.has(message)))
  return [...taken]
}
