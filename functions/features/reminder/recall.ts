import { sql } from 'drizzle-orm'
import { dayKey, type Limit } from '#shared/domain/kernel/limit'
import { addDays, dayIn, type Instant, instantAt, type PlainDate } from '#shared/domain/kernel/plain-date'
import { accountKey, HOLD_SECONDS, personKey, SMS_ACCOUNT, templateKey } from '#shared/domain/reminder/limits'
import { IS_OUT } from '../../platform/db/parts/reminders'
import { StoreUnavailable } from '../../platform/ports/cache'
import type { Database } from '../../platform/ports/database'
import type { Limiter, Reservation, UsedTimes, UsedUnits } from '../../platform/ports/limiter'
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
  const rows = await database.rows<{ recipient: string; isSms: boolean; day: PlainDate; count: number }>(sql`
    select d.recipient, d.channel = 'sms' as "isSms", to_char(d.begun_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day,
      count(*)::int as count
    from deliveries d where d.begun_at >= ${from}::timestamptz and ${IS_OUT} group by 1, 2, 3`)
  const units = new Map<string, number>()
  const add = (key: string, count: number) => units.set(key, (units.get(key) ?? 0) + count)
  for (const { recipient, isSms, day, count } of rows) {
    add(dayKey(personKey(recipient), day), count)
    add(dayKey(accountKey(isSms ? SMS_ACCOUNT : appid), day), count)
  }
  return [...units].map(([key, count]) => ({ key, count }))
}

/** When the messages of the last minute reached WeChat, or at the latest: the minutes of their templates. */
async function usedTimes({ database }: RecallDeps, now: Instant): Promise<readonly UsedTimes[]> {
  const rows = await database.rows<{ templateId: string; times: number[] }>(sql`
    select d.template_id as "templateId", json_agg((extract(epoch from
      coalesce(d.ended_at, d.begun_at + make_interval(secs => ${HOLD_SECONDS}::int))) * 1000)::bigint) as times
    from deliveries d where d.begun_at >= ${now}::timestamptz - make_interval(secs => ${60 + HOLD_SECONDS}::int)
      and ${IS_OUT} and d.template_id is not null group by 1`)
  return rows.map(({ templateId, times }) => ({ key: templateKey(templateId), times }))
}

/**
 * Reserves; a store that has forgotten the day is told first, so that nothing is sent beyond its limits. Of those who
 * find it so at the same time one asks the outbox.
 */
export function createReserve(deps: RecallDeps) {
  let at = 0
  const restore = singleFlight(async () => {
    const now = new Date(at).toISOString() as Instant
    const [units, times] = await Promise.all([usedUnits(deps, now), usedTimes(deps, now)])
    await deps.limiter.restore(units, times)
  })
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
