import { dueDate, dueDateQuery } from '#shared/contract/time-limit'
import { plainDate } from '#shared/domain/kernel/plain-date'
import type { WorkingCalendar } from '#shared/domain/time-limit/calendar'
import type { Brake } from '../../platform/http/brake'
import { type NetworkDeps, networkKeyOf } from '../../platform/http/client-address'
import { authorizedRoute, createFeature, type HttpDeps, jsonContent } from '../../platform/http/route'
import { countOut } from './count-out'

interface TimeLimitDeps extends HttpDeps, NetworkDeps {
  readonly brake: Brake
  /** As the database has it now. */
  readonly calendar: () => Promise<WorkingCalendar>
}

/** Generous: a county may share one address, and a page may ask for a whole list. */
const COUNTED_A_MINUTE = 1200
/** A calendar changes once a year, and is told anew soon after. */
const KEPT = 'public, max-age=300'

/** Counts limits out for anybody. */
export const createTimeLimitRoutes = (deps: TimeLimitDeps) =>
  createFeature().openapi(
    authorizedRoute(
      deps,
      { authorize: { kind: 'public' } },
      {
        method: 'get',
        path: '/api/time-limit/due-date',
        request: { query: dueDateQuery },
        responses: { 200: jsonContent(dueDate) },
      },
    ),
    async (context) => {
      const { start, days, unit } = context.req.valid('query')
      await deps.brake.limit('counted-limits', networkKeyOf(deps, context), COUNTED_A_MINUTE, 60)
      const counted = countOut({ start: plainDate(start), days, unit }, await deps.calendar())
      return context.json(counted, 200, { 'Cache-Control': KEPT })
    },
  )
