import {
  calendarDrafted,
  calendarMoves,
  calendarMovesQuery,
  calendarParams,
  calendarPublished,
  calendarToPublish,
  draftCalendar as draftBody,
  publishCalendar as publishBody,
} from '#shared/contract/time-limit'
import { intentOf, replayOf } from '../../platform/http/idempotency'
import { authorizedRoute, createFeature, jsonBody, jsonContent, principalOf } from '../../platform/http/route'
import { type CalendarDeps, draftCalendar } from './draft-calendar'
import { publishCalendar } from './publish-calendar'
import { CALENDAR_ROLES, readCalendar, readDrafted } from './read-calendar'

const byTwo = {
  authorize: { kind: 'staff', roles: CALENDAR_ROLES, scope: 'county' },
  secondFactor: true,
} as const

/** Each looks at open cases by the thousand. */
const LISTS_AN_HOUR = 60

/** How the working calendar of a year is changed: one drafts it, another looks at it and publishes it. */
export const createCalendarRoutes = (deps: CalendarDeps) =>
  createFeature()
    .openapi(
      authorizedRoute(deps, byTwo, {
        method: 'get',
        path: '/api/work/calendars/{year}',
        request: { params: calendarParams },
        responses: { 200: jsonContent(calendarToPublish) },
      }),
      async (context) =>
        context.json(
          calendarToPublish.parse(
            await readCalendar(deps, principalOf(context), context.req.valid('param').year),
          ),
          200,
        ),
    )
    .openapi(
      authorizedRoute(deps, byTwo, {
        method: 'get',
        path: '/api/work/calendars/{year}/moves',
        request: { params: calendarParams, query: calendarMovesQuery },
        responses: { 200: jsonContent(calendarMoves) },
      }),
      async (context) => {
        const { year } = context.req.valid('param')
        const { draftId } = context.req.valid('query')
        await deps.brake.limit('calendar-moves', principalOf(context).profileId, LISTS_AN_HOUR, 3600)
        const drafted = await readDrafted(deps, { year, draftId })
        return context.json(calendarMoves.parse(await deps.listMoves(year, drafted)), 200)
      },
    )
    .openapi(
      authorizedRoute(deps, byTwo, {
        method: 'post',
        path: '/api/work/calendars/{year}',
        request: { params: calendarParams, body: jsonBody(draftBody) },
        responses: { 201: jsonContent(calendarDrafted) },
      }),
      async (context) => {
        const intent = await intentOf(context)
        const request = { principal: principalOf(context), intent }
        const { year } = context.req.valid('param')
        const committed = await draftCalendar(deps, request, year, context.req.valid('json'))
        if (committed.kind === 'replayed') return replayOf(context, intent, committed.prior)
        return context.json(calendarDrafted.parse(committed.answer), 201)
      },
    )
    .openapi(
      authorizedRoute(deps, byTwo, {
        method: 'post',
        path: '/api/work/calendars/{year}/publication',
        request: { params: calendarParams, body: jsonBody(publishBody) },
        responses: { 200: jsonContent(calendarPublished) },
      }),
      async (context) => {
        const intent = await intentOf(context)
        const request = { principal: principalOf(context), intent }
        const { year } = context.req.valid('param')
        const { draftId } = context.req.valid('json')
        const committed = await publishCalendar(deps, request, { year, draftId })
        if (committed.kind === 'replayed') return replayOf(context, intent, committed.prior)
        return context.json(calendarPublished.parse(committed.answer), 200)
      },
    )
