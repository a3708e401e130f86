import { sql } from 'drizzle-orm'
import { dayKey, type Limit } from '#shared/domain/kernel/limit'
import { addDays, dayIn, type Instant, instantAt, type PlainDate } from '#shared/domain/kernel/plain-date'
import { accountKey, personKey } from '#shared/domain/reminder/limits'
import { IS_OUT } from '../../platform/db/parts/reminders'
import { StoreUnavailable } from '../../platform/ports/cache'
import type { Database } from '../../platform/ports/database'
import type { Limiter, Reservation, UsedUnits } from '../../platform/ports/limiter'
import { singleFlight } from '../../platform/single-flight'

interface RecallDeps {
  readonly database: Database
  readonly limiter: Limiter
  /** The sending account. */
  readonly appid: string
}

/**
 * What today and yesterday have used up, by the outbox itself: each attempt that went out or may have gone out. What surely
 * was not sent was given back and does not count.
 */
async function usedUnits({ database, appid }: RecallDeps, now: Instant): Promise<readonly UsedUnits[]> {
  const from = instantAt(addDays(dayIn(now), -1), 0)
  const rows = await database.rows<{ recipient: string; day: PlainDate; count: number }>(sql`
    select r.recipient, to_char(d.begun_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day, count(*)::int as count
    from deliveries d join reminders r on r.id = d.reminder_id
    where d.begun_at >= ${from}::timestamptz and ${IS_OUT} group by 1, 2`)
  const ofAccount = new Map<PlainDate, number>()
  for (const { day, count } of rows) ofAccount.set(day, (ofAccount.get(day) ?? 0) + count)
  return [
    ...rows.map(({ recipient, day, count }) => ({ key: dayKey(personKey(recipient), day), count })),
    ...[...ofAccount].map(([day, count]) => ({ key: dayKey(accountKey(appid), day), count })),
  ]
}

/**
 * Reserves; a store that has forgotten the day is told first, so that nothing is sent beyond its limits. Of those who
 * find it so at the same time one asks the outbox.
 */
export function createReserve(deps: RecallDeps) {
  let at = 0
  const restore = singleFlight(async () =>
    deps.limiter.restore(await usedUnits(deps, new Date(at).toISOString() as Instant)),
  )
  return async (
    limits: readonly Limit[],
    now: number,
  ): Promise<Exclude<Reservation, { readonly kind: 'forgotten' }>> => {
    const first = await deps.limiter.reserve(limits, now)
    if (first.kind !== 'forgotten') return first
    at = now
    await restore()
    const second = await deps.limiter.reserve(limits, now)
    // Emptied once more meanwhile: like a store that is away.
    if (second.kind === 'forgotten') throw new StoreUnavailable('forgotten')
    return second
  }
}
