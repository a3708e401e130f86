import { randomUUID } from 'node:crypto'
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Clock } from '../platform/ports/clock'
import type { Database } from '../platform/ports/database'
import { clocks } from './schema'

const ONLY = 1
const REFRESH_MILLISECONDS = 1000
const LEASE_MILLISECONDS = 20_000

/** The one clock of product and sandbox: real time plus an offset that only grows. */
export interface SandboxClock extends Clock {
  /** Milliseconds since 1970 of the same moment. */
  milliseconds(): number
  /** Never backwards: an instant that has passed changes nothing. */
  moveTo(instant: Instant): Promise<void>
  refresh(): Promise<void>
  /** Runs `work` unless a move is under way in this or another process; then answers undefined. */
  alone<Value>(work: () => Promise<Value>): Promise<Value | undefined>
  close(): void
}

export async function createSandboxClock(
  database: Database,
  options: { readonly startAt: Instant; readonly machineNow?: () => number },
): Promise<SandboxClock> {
  const machineNow = options.machineNow ?? Date.now
  const startAt = Date.parse(options.startAt)
  await database.db
    .insert(clocks)
    .values({ id: ONLY, offsetMilliseconds: startAt - machineNow(), latestAt: startAt })
    .onConflictDoNothing()

  let offset = 0
  let latest = 0
  const milliseconds = () => {
    latest = Math.max(latest, machineNow() + offset)
    return latest
  }
  const refresh = async () => {
    const [row] = await database.db.select().from(clocks).where(eq(clocks.id, ONLY))
    if (!row) return
    offset = row.offsetMilliseconds
    latest = Math.max(latest, row.latestAt)
  }
  const moveTo = async (instant: Instant) => {
    const target = Date.parse(instant)
    await database.db
      .update(clocks)
      .set({
        offsetMilliseconds: sql`greatest(${clocks.offsetMilliseconds}, ${target - machineNow()}::bigint)`,
        latestAt: sql`greatest(${clocks.latestAt}, ${target}::bigint)`,
      })
      .where(eq(clocks.id, ONLY))
    await refresh()
  }
  await refresh()
  // The machine's clock was set back while nobody ran: the county's time still does not go back.
  if (machineNow() + offset < latest) await moveTo(new Date(latest).toISOString() as Instant)

  // A lost refresh is made good by the next one.
  const timer = setInterval(() => void refresh().catch(() => undefined), REFRESH_MILLISECONDS)
  timer.unref()

  const renewLease = (owner: string) =>
    database.db
      .update(clocks)
      .set({ movingUntilMachine: machineNow() + LEASE_MILLISECONDS })
      .where(and(eq(clocks.id, ONLY), eq(clocks.movedBy, owner)))

  const alone = async <Value>(work: () => Promise<Value>) => {
    const owner = randomUUID()
    const taken = await database.db
      .update(clocks)
      .set({ movedBy: owner, movingUntilMachine: machineNow() + LEASE_MILLISECONDS })
      .where(
        and(eq(clocks.id, ONLY), or(isNull(clocks.movedBy), lt(clocks.movingUntilMachine, machineNow()))),
      )
      .returning({ id: clocks.id })
    if (taken.length === 0) return undefined
    const renewal = setInterval(() => void renewLease(owner).catch(() => undefined), LEASE_MILLISECONDS / 4)
    renewal.unref()
    try {
      return await work()
    } finally {
      clearInterval(renewal)
      await database.db
        .update(clocks)
        .set({ movedBy: null, movingUntilMachine: null })
        .where(and(eq(clocks.id, ONLY), eq(clocks.movedBy, owner)))
    }
  }

  return {
    now: () => new Date(milliseconds()).toISOString() as Instant,
    milliseconds,
    moveTo,
    refresh,
    alone,
    close: () => clearInterval(timer),
  }
}
