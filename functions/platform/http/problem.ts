import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { PROBLEMS, type Problem, type ProblemCode } from '#shared/contract/problems'
import { StoreUnavailable } from '../ports/cache'
import type { Log } from '../ports/log'
import type { HttpEnv } from './environment'

export type ProblemDetails = Pick<
  Problem,
  'detail' | 'errors' | 'retryAfterSeconds' | 'allowedActions' | 'caseId' | 'consents'
> & {
  /** Where that of the code is not what has happened. */
  readonly title?: string
}

/** Ends a request with a problem of the registry; everything the request wrote is undone. */
export class ProblemError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
  ) {
    super(code)
  }
}

const UNAVAILABLE_AFTER_SECONDS = 5

export function problemResponse(context: Context<HttpEnv>, code: ProblemCode, details: ProblemDetails = {}) {
  const { status, title } = PROBLEMS[code]
  const body: Problem = {
    type: 'about:blank',
    code,
    title,
    status,
    requestId: context.get('requestId') ?? '',
    ...details,
  }
  const retryAfter = details.retryAfterSeconds ?? (status === 503 ? UNAVAILABLE_AFTER_SECONDS : undefined)
  return context.body(JSON.stringify(body), status as ContentfulStatusCode, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
  })
}

const LIBRARY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'request.malformed',
  404: 'request.not-found',
  413: 'request.too-large',
  415: 'request.media-type',
}

const CONNECTION_CODES = /^(ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|57P0|08)/

/** Whether a service of ours did not answer, looked for through the wrappers of drizzle and drivers. */
export const isUnavailable = (cause: unknown): boolean =>
  cause instanceof StoreUnavailable ||
  (cause instanceof Error &&
    (('code' in cause && CONNECTION_CODES.test(String(cause.code))) ||
      /timeout exceeded when trying to connect|Connection terminated|Query read timeout/.test(
        cause.message,
      ) ||
      (cause.cause !== undefined && isUnavailable(cause.cause))))

/** What PostgreSQL keeps nowhere: NUL and halves of a character in a text or in JSON, a number beyond its type. */
const UNKEPT_CODES = ['22021', '22P02', '22P05', '22003']

export const isUnkept = (cause: unknown) => hasState(cause, UNKEPT_CODES)

/** Whether PostgreSQL refused with one of these states, looked for through the wrappers of drizzle and drivers. */
export const hasState = (cause: unknown, states: readonly string[]): boolean =>
  cause instanceof Error &&
  (('code' in cause && states.includes(String(cause.code))) || hasState(cause.cause, states))

/** The code with which a statement refused itself, `demand()`, looked for through the wrappers of drizzle and drivers. */
export function demandedBy(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined
  if ('code' in cause && cause.code === 'YX001') return cause.message
  return demandedBy(cause.cause)
}

/** Turns whatever a handler threw into a problem; what is not ours carries nothing but code and request id. */
export const createErrorHandler = (log: Log) => (error: Error, context: Context<HttpEnv>) => {
  if (error instanceof ProblemError) return problemResponse(context, error.code, error.details)
  const demanded = demandedBy(error)
  if (demanded !== undefined && demanded in PROBLEMS) return problemResponse(context, demanded as ProblemCode)
  if (error instanceof HTTPException) {
    return problemResponse(context, LIBRARY_STATUS[error.status] ?? 'request.malformed')
  }
  if (isUnkept(error)) return problemResponse(context, 'request.malformed')
  const code = isUnavailable(error) ? 'server.unavailable' : 'server.error'
  log.error(code, { requestId: context.get('requestId') ?? '' }, error)
  return problemResponse(context, code)
}
