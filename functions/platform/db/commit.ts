import { type SQL, sql } from 'drizzle-orm'
import type { ProblemCode } from '#shared/contract/problems'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { type Intent, type PriorAnswer, priorAnswer } from '../http/idempotency'
import type { PrincipalParts } from '../http/principal'
import { demandedBy, ProblemError } from '../http/problem'
import type { Database } from '../ports/database'

interface Writing {
  /** `with` parts in order, after those of who writes. */
  readonly parts: readonly SQL[]
  readonly demands: readonly { readonly holds: SQL; readonly code: ProblemCode | StaleReference }[]
  readonly status: number
  /** A `json` expression over the parts. */
  readonly answer: SQL
  readonly now: Instant
}

interface WritingOfPerson extends Writing {
  readonly by: PrincipalParts
  /** Its answer is kept for 24 hours and given again to the same intent; no secrets. */
  readonly intent: Intent | null
}

/** A job, an operator's command, WeChat: nobody repeats a request, so no answer is kept. */
interface WritingOfSystem extends Writing {
  readonly by: 'system'
  readonly intent: null
}

/**
 * A change of state: named parts of one statement, so that row, events, audit, outbox and the stored answer are
 * written together or not at all. A demand that does not hold undoes everything and names the problem.
 */
export type Change = WritingOfPerson | WritingOfSystem

/** The process computed with a catalogue, calendar or registry that has changed since: load it anew, decide again. */
export const STALE_REFERENCE = 'reference.stale'
export type StaleReference = typeof STALE_REFERENCE
export class StaleReferenceError extends Error {}

/**
 * Decides, and decides anew where what it went by has changed until it was written: three times at most. `isAgain` asks for
 * what is newest.
 */
export async function triedAnew<Value>(decide: (isAgain: boolean) => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await decide(attempt > 1)
    } catch (cause) {
      if (!(cause instanceof StaleReferenceError) || attempt === 3) throw cause
    }
  }
}

export type Committed =
  | { readonly kind: 'done'; readonly answer: unknown }
  /** Another request with the same key was first. */
  | { readonly kind: 'replayed'; readonly prior: PriorAnswer }

/** No person: nothing is theirs. */
const NOBODY = sql`principal as (select null::uuid as profile_id)`

/** The one way to write state, in one round trip. */
export async function commit(database: Database, change: Change): Promise<Committed> {
  const { by, intent, now } = change
  const parts = by === 'system' ? [NOBODY, ...change.parts] : [by.principal, ...by.touched, ...change.parts]
  const kept =
    intent === null
      ? sql``
      : sql`, kept as (
          insert into idempotency_keys (principal, route, key, body_hash, status, answer, created_at)
          select 'profile:' || principal.profile_id, ${intent.route}, ${intent.key}, ${intent.bodyHash},
            ${change.status}::int, answered.answer::text, ${now}::timestamptz from principal, answered
          on conflict (principal, route, key) do update set body_hash = excluded.body_hash,
            status = excluded.status, answer = excluded.answer, created_at = excluded.created_at
            where idempotency_keys.created_at <= ${now}::timestamptz - interval '24 hours'
          returning 1)`
  const demands = [
    ...change.demands,
    ...(by === 'system' || !by.isThere
      ? []
      : [{ holds: by.isThere, code: 'account.session-ended' as const }]),
    ...(intent === null ? [] : [{ holds: sql`exists(select 1 from kept)`, code: ALREADY_ANSWERED }]),
  ]
  const checks = demands.map(({ holds, code }) => sql`demand(${holds}, ${code})`)
  try {
    const [row] = await database.rows<{ answer: unknown }>(
      sql`with ${sql.join([...parts], sql`, `)}, answered as (select ${change.answer} as answer)${kept}
        select (select answer from answered) as answer${checks.length > 0 ? sql`, ${sql.join(checks, sql`, `)}` : sql``}`,
    )
    return { kind: 'done', answer: row?.answer ?? null }
  } catch (cause) {
    return answerBefore(database, change, cause)
  }
}

/** The same where nobody's session asks for it: answers what the statement answers. */
export async function commitBySystem<Answer>(
  database: Database,
  change: Pick<Writing, 'parts' | 'now'> & Partial<Pick<Writing, 'answer' | 'demands'>>,
): Promise<Answer> {
  const committed = await commit(database, {
    demands: [],
    answer: sql`'null'::json`,
    ...change,
    by: 'system',
    intent: null,
    status: 200,
  })
  return (committed.kind === 'done' ? committed.answer : null) as Answer
}

const ALREADY_ANSWERED = 'intent.already-answered'

/**
 * The first answer to the intent, if it is why the statement failed: a repeated request runs into what its own first
 * writing changed before it runs into its key. Else throws what the failure means.
 */
async function answerBefore(database: Database, change: Change, cause: unknown): Promise<Committed> {
  const code = demandedBy(cause)
  if (code === STALE_REFERENCE) throw new StaleReferenceError()
  if (code === undefined && violatedConstraint(cause) === undefined) throw cause
  const prior = change.intent && (await findPrior(database, change, change.intent))
  if (prior) return { kind: 'replayed', prior }
  if (code === ALREADY_ANSWERED) throw new ProblemError('request.still-running')
  throw code === undefined ? cause : new ProblemError(code as ProblemCode)
}

async function findPrior({ rows }: Database, { by, now }: WritingOfPerson, intent: Intent) {
  const [row] = await rows<{ prior: PriorAnswer | null }>(
    sql`with ${by.principal} select ${priorAnswer(intent, now)} as prior`,
  )
  if (row?.prior && row.prior.bodyHash !== intent.bodyHash) throw new ProblemError('request.key-reused')
  return row?.prior
}

/** The name of the unique constraint that a write ran into, if that is what happened. */
export function violatedConstraint(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined
  if ('code' in cause && cause.code === '23505' && 'constraint' in cause) return String(cause.constraint)
  return violatedConstraint(cause.cause)
}
