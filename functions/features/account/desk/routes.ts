import { z } from '@hono/zod-openapi'
import {
  answerDesk,
  askDeskCode,
  askingDesk,
  deskCode,
  deskCodeId,
  deskLogin,
  deskPin,
  enrolledFactor,
  factorCode,
} from '#shared/contract/desk-session'
import { STAFF_ROLES } from '#shared/domain/organization/staff'
import { ProblemError } from '../../../platform/http/problem'
import {
  authorizedRoute,
  createFeature,
  jsonBody,
  jsonContent,
  principalOf,
  requireTokenHash,
} from '../../../platform/http/route'
import type { AccountDeps } from '../accounts'
import { type CodeBrakeDeps, createCodeBrake } from '../code-brake'
import { networkDigestOf, pollDesk, showCode } from './codes'
import { answerCode } from './let-in'
import { leaveDesk, lockDesk, unlockDesk } from './lock'
import { confirmFactor, dropFactor, enrolFactor, showFactor } from './second-factor'

/** Generous: a whole hall shares one address, and a code that is over is changed by hand. */
const CODES_CHANGED = 100
const CHANGED_SECONDS = 600

const DONE = { 204: { description: 'done' } }
/** The browser has no session yet, or one that is locked: its own secret speaks for it. */
const byDesk = { authorize: { kind: 'proof', of: 'desk' } } as const
const byMember = { authorize: { kind: 'staff', roles: STAFF_ROLES, scope: 'unit' }, keyless: true } as const
const byAdmin = { authorize: { kind: 'staff', roles: ['admin'], scope: 'county' }, keyless: true } as const

/** How a computer comes to a session: shows a code, is let in by a phone, locks itself, is opened again. */
export function createDeskSessionRoutes(deps: AccountDeps & CodeBrakeDeps) {
  const brakeFailed = createCodeBrake(deps)
  return createFeature()
    .openapi(
      authorizedRoute(
        deps,
        { authorize: { kind: 'public' } },
        {
          method: 'post',
          path: '/api/desk-sessions',
          request: { body: jsonBody(askDeskCode) },
          responses: { 201: jsonContent(deskCode) },
        },
      ),
      async (context) => {
        const { former } = context.req.valid('json')
        const address = deps.clientAddress(context)
        // Whoever gives a place back takes one: five wait at most, and nothing else would count them.
        if (former !== undefined)
          await deps.brake.limit('desk-codes', networkDigestOf(deps, address), CODES_CHANGED, CHANGED_SECONDS)
        const browser = {
          userAgent: context.req.header('User-Agent') ?? '',
          address,
          former,
        }
        return context.json(await showCode(deps, browser), 201)
      },
    )
    .openapi(
      authorizedRoute(deps, byDesk, {
        method: 'get',
        path: '/api/desk-sessions/{id}',
        request: { params: z.strictObject({ id: deskCodeId }) },
        responses: { 200: jsonContent(deskLogin) },
      }),
      async (context) => {
        // It hands a token over once: who asks for the head alone would throw it away.
        if (context.req.raw.method !== 'GET') throw new ProblemError('request.method')
        return context.json(await pollDesk(deps, context.req.valid('param').id), 200)
      },
    )
    .openapi(
      authorizedRoute(deps, byMember, {
        method: 'post',
        path: '/api/desk-sessions/confirmation',
        request: { body: jsonBody(answerDesk) },
        responses: { 200: jsonContent(askingDesk) },
      }),
      async (context) => {
        const answered = answerCode(deps, principalOf(context), context.req.valid('json'))
        return context.json(await answered.catch((cause: unknown) => brakeFailed(context, cause)), 200)
      },
    )
    .openapi(
      authorizedRoute(deps, byDesk, {
        method: 'post',
        path: '/api/desk-sessions/current/lock',
        responses: DONE,
      }),
      async (context) => {
        await lockDesk(deps, requireTokenHash(context))
        return context.body(null, 204)
      },
    )
    .openapi(
      authorizedRoute(deps, byDesk, {
        method: 'post',
        path: '/api/desk-sessions/current/unlock',
        request: { body: jsonBody(deskPin) },
        responses: DONE,
      }),
      async (context) => {
        await unlockDesk(deps, requireTokenHash(context), context.req.valid('json').pin)
        return context.body(null, 204)
      },
    )
    .openapi(
      authorizedRoute(deps, byDesk, {
        method: 'delete',
        path: '/api/desk-sessions/current',
        responses: DONE,
      }),
      async (context) => {
        await leaveDesk(deps, requireTokenHash(context))
        return context.body(null, 204)
      },
    )
    .openapi(
      authorizedRoute(deps, byAdmin, {
        method: 'post',
        path: '/api/desk-sessions/current/second-factor',
        request: { body: jsonBody(factorCode) },
        responses: DONE,
      }),
      async (context) => {
        await showFactor(deps, principalOf(context), context.req.valid('json').code)
        return context.body(null, 204)
      },
    )
    .openapi(
      authorizedRoute(deps, byAdmin, {
        method: 'post',
        path: '/api/account/second-factor',
        responses: { 201: jsonContent(enrolledFactor) },
      }),
      async (context) => context.json(await enrolFactor(deps, principalOf(context)), 201),
    )
    .openapi(
      authorizedRoute(deps, byAdmin, {
        method: 'post',
        path: '/api/account/second-factor/confirmation',
        request: { body: jsonBody(factorCode) },
        responses: DONE,
      }),
      async (context) => {
        await confirmFactor(deps, principalOf(context), context.req.valid('json').code)
        return context.body(null, 204)
      },
    )
    .openapi(
      authorizedRoute(deps, byAdmin, {
        method: 'post',
        path: '/api/account/second-factor/removal',
        request: { body: jsonBody(factorCode) },
        responses: DONE,
      }),
      async (context) => {
        await dropFactor(deps, principalOf(context), context.req.valid('json').code)
        return context.body(null, 204)
      },
    )
}
