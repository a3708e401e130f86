import { createHash } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import type { Context } from 'hono'
import { routePath } from 'hono/route'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { HttpEnv } from './environment'
import { ProblemError } from './problem'
import { writtenJson } from './written-json'

/** An unsafe request as the client means it: sent again with the same key it is the same request. */
export interface Intent {
  readonly route: string
  readonly key: string
  readonly bodyHash: string
}

export interface PriorAnswer {
  readonly bodyHash: string
  readonly status: number
  readonly answer: string
}

const KEY = /^[\x21-\x7e]{8,128}$/

const findKey = (context: Context<HttpEnv>) => {
  const key = context.req.header('Idempotency-Key')
  return key !== undefined && KEY.test(key) ? key : undefined
}

/** Whether a request that needs a key has a usable one. */
export const hasKey = (context: Context<HttpEnv>) => findKey(context) !== undefined

/**
 * The intent of an unsafe request. Without a usable key the request is refused. `route`: the one whose keys it knows, where
 * two do the same.
 */
export async function intentOf(
  context: Context<HttpEnv>,
  route = `${context.req.method} ${routePath(context)} ${context.req.path}`,
): Promise<Intent> {
  const key = findKey(context)
  if (key === undefined) throw new ProblemError('request.idempotency-key-missing')
  const body = await context.req.text()
  return {
    route,
    key,
    bodyHash: createHash('sha256').update(body).digest('hex'),
  }
}

const DAY = '24 hours'

/** The first answer to an intent of the statement's principal, as JSON; null when it is new. */
export const priorAnswer = (intent: Intent | null, now: Instant): SQL =>
  intent === null
    ? sql`null::json`
    : sql`(select json_build_object('bodyHash', k.body_hash, 'status', k.status, 'answer', k.answer)
        from idempotency_keys k, principal
        where k.principal = 'profile:' || principal.profile_id and k.route = ${intent.route} and k.key = ${intent.key}
          and k.created_at > ${now}::timestamptz - ${DAY}::interval)`

/** Makes what is answered of what is kept, both JSON: adds the secrets that are derived and never kept. */
export type Complete = (kept: string) => string | Promise<string>

export const REPLAYED = { 'Idempotency-Replayed': 'true' } as const

/** The first answer's text; the same key with another body is refused. */
export function firstAnswer(intent: Intent, prior: PriorAnswer): string {
  if (prior.bodyHash !== intent.bodyHash) throw new ProblemError('request.key-reused')
  return prior.answer
}

/** The first answer again, as the route whose body is `Body` gives it; the same key with another body is refused. */
export async function replayOf<Body, Status extends ContentfulStatusCode>(
  context: Context<HttpEnv>,
  intent: Intent,
  prior: PriorAnswer,
  complete: Complete = (kept) => kept,
) {
  const answer = await complete(firstAnswer(intent, prior))
  return writtenJson<Body, Status>(context, prior.status as Status, answer, REPLAYED)
}
