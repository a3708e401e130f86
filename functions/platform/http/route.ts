import { createRoute, OpenAPIHono, type RouteConfig, type z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import type { StaffRole } from '#shared/domain/organization/staff'
import type { Clock } from '../ports/clock'
import type { Database } from '../ports/database'
import { authenticate } from './authenticate'
import type { HttpEnv } from './environment'
import { type Complete, hasKey, intentOf, replayOf } from './idempotency'
import { describeIssues } from './issues'
import { findTokenHash, type Principal } from './principal'
import { ProblemError } from './problem'
import { problemSchema } from './problem-schema'

/** Who may call a route, and over what. Every route names one; what has none does not compile. */
export type Authorization =
  /** Anybody; carries no personal data. */
  | { readonly kind: 'public' }
  /** Whoever is logged in, over what is their own. */
  | { readonly kind: 'signed-in'; readonly scope: 'self' | 'own-cases-and-held-tasks' }
  /** Holders of one of the roles, within the organ they hold it in, or the whole county. */
  | { readonly kind: 'staff'; readonly roles: readonly StaffRole[]; readonly scope: 'unit' | 'county' }
  /** Another proof than a session: WeChat's signature, the platform's secret, a signed upload form. */
  | {
      readonly kind: 'proof'
      readonly of: 'wechat-signature' | 'cron-secret' | 'upload-form' | 'login-code' | 'desk'
    }

/** `carried`: the route's own statement finds the principal, to save a round trip; it must check it itself. */
type PrincipalSource = 'looked-up' | 'carried'

export interface HttpDeps {
  readonly database: Database
  readonly clock: Clock
}

const SAFE = ['get', 'head', 'options']

interface Rule {
  readonly authorize: Authorization
  readonly principal?: PrincipalSource
  /** Unsafe, yet the same however often it is sent: needs no Idempotency-Key. */
  readonly keyless?: boolean
  /** The route whose keys it knows as its own; missing where it has its own. */
  readonly keysOf?: string
  /** For an answer with a secret in it. */
  readonly complete?: Complete
  /** At a desk an enrolled second factor is to be shown first. */
  readonly secondFactor?: boolean
}

const isSessioned = ({ authorize }: Rule) => authorize.kind === 'signed-in' || authorize.kind === 'staff'
const isKeyed = (rule: Rule, { method }: Pick<RouteConfig, 'method'>) =>
  (isSessioned(rule) || rule.authorize.kind === 'public') && !SAFE.includes(method) && !rule.keyless

const IDEMPOTENCY_KEY = {
  in: 'header',
  name: 'Idempotency-Key',
  required: true,
  description:
    'Sent again with the same key, the request is the same request and has the same answer for 24 hours',
  schema: { type: 'string', minLength: 8, maxLength: 128 },
} as const

const PROBLEM_RESPONSES = {
  400: 'The request is not understood',
  401: 'Not logged in, or the session has ended',
  403: 'Not allowed',
  404: 'Absent, or not to be known to the caller',
  409: 'The state has changed, or does not allow it',
  413: 'Too big',
  422: 'A rule is broken; pointers say where',
  default: 'Any other problem',
} as const

/** The problems that a route of this form can end in. */
function problemResponses(
  rule: Rule,
  route: Pick<RouteConfig, 'method' | 'request'>,
): RouteConfig['responses'] {
  const { request } = route
  const sessioned = isSessioned(rule)
  const keyed = isKeyed(rule, route)
  const ends = {
    400: keyed || request?.body !== undefined || request?.query !== undefined,
    401: sessioned || rule.authorize.kind === 'proof',
    403: sessioned,
    404: request?.params !== undefined,
    409: keyed,
    413: request?.body !== undefined,
    422: request?.body !== undefined,
    default: true,
  } as const satisfies Record<keyof typeof PROBLEM_RESPONSES, boolean>
  const content = { 'application/problem+json': { schema: problemSchema } }
  return Object.fromEntries(
    Object.entries(PROBLEM_RESPONSES).flatMap(([status, description]) =>
      ends[status as unknown as keyof typeof ends] ? [[status, { description, content }]] : [],
    ),
  )
}

/** A route with its authorization: written into the OpenAPI document and enforced before the handler. */
export function authorizedRoute<
  Path extends string,
  Route extends Omit<RouteConfig, 'path'> & { path: Path },
>(deps: HttpDeps, rule: Rule, route: Route) {
  const lookedUp = rule.principal !== 'carried'
  const middleware = lookedUp ? guard(deps, rule, isKeyed(rule, route)) : demandToken
  return createRoute<Path, Route>({
    ...route,
    responses: { ...route.responses, ...problemResponses(rule, route) },
    middleware: [middleware],
    'x-authorization': rule.authorize,
    ...(isSessioned(rule) ? { security: [{ session: [] }] } : {}),
    ...(isKeyed(rule, route) ? { parameters: [IDEMPOTENCY_KEY] } : {}),
  } as unknown as Route)
}

/** The body of whoever shows no session is not judged. */
const demandToken: MiddlewareHandler<HttpEnv> = (context, next) => {
  requireTokenHash(context)
  return next()
}

const guard =
  (
    deps: HttpDeps,
    { authorize, complete, secondFactor, keysOf }: Rule,
    keyed: boolean,
  ): MiddlewareHandler<HttpEnv> =>
  async (context, next) => {
    if (authorize.kind === 'public' || authorize.kind === 'proof') return next()
    const tokenHash = requireTokenHash(context)
    const intent = keyed && hasKey(context) ? await intentOf(context, keysOf) : null
    const { principal, prior } = await authenticate(deps.database, tokenHash, deps.clock.now(), intent)
    const found = permitted(authorize, principal)
    if (secondFactor && found.secondFactor === 'asked') throw new ProblemError('account.second-factor-needed')
    context.set('principal', found)
    if (keyed && !intent) throw new ProblemError('request.idempotency-key-missing')
    if (intent && prior) return replayOf(context, intent, prior, complete)
    return next()
  }

/** The hash of the request's token; 401 without one. */
export function requireTokenHash(context: Context<HttpEnv>): string {
  const hash = findTokenHash(context.req.header('Authorization'))
  if (hash === null) throw new ProblemError('account.not-logged-in')
  return hash
}

/** The principal if the rule admits it. */
export function permitted(authorize: Authorization, principal: Principal | null): Principal {
  if (!principal) throw new ProblemError('account.session-ended')
  if (authorize.kind === 'staff') {
    const held = principal.pools.some((pool) => authorize.roles.includes(pool.role))
    if (!held)
      throw new ProblemError(
        'account.role-needed',
        principal.pools.length === 0 ? { detail: '这里给单位的工作人员用，你没有工作身份' } : {},
      )
  }
  return principal
}

/** The principal that the guard found. */
export function principalOf(context: Context<HttpEnv>): Principal {
  const principal = context.get('principal')
  if (!principal) throw new ProblemError('account.not-logged-in')
  return principal
}

/** A feature's routes; requests that break the schema become one problem with pointers. */
export const createFeature = () =>
  new OpenAPIHono<HttpEnv>({
    defaultHook: (result) => {
      if (result.success) return
      // What cannot be an id is the id of nothing.
      if (result.target === 'param') throw new ProblemError('request.not-found')
      // The hook is given what was sent too; its type leaves that out.
      const data = 'data' in result ? result.data : undefined
      throw new ProblemError('request.invalid', { errors: describeIssues({ ...result, data }) })
    },
  })

/** The `request.body` and a `responses` entry of JSON that a schema describes. */
export const jsonBody = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true as const,
  content: { 'application/json': { schema } },
})
export const jsonContent = <Schema extends z.ZodType>(schema: Schema) => ({
  description: 'done',
  content: { 'application/json': { schema } },
})
