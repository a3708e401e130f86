import { sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Database } from '../ports/database'
import { type Intent, type PriorAnswer, priorAnswer } from './idempotency'
import { findFor, type Principal } from './principal'

interface Authenticated {
  readonly principal: Principal | null
  readonly prior: PriorAnswer | null
}

/** One round trip: who holds the token, and what was answered to this intent before. */
export async function authenticate(
  database: Database,
  tokenHash: string,
  now: Instant,
  intent: Intent | null,
): Promise<Authenticated> {
  const row = await findFor<Authenticated>(
    database,
    { tokenHash, now },
    { select: sql`${priorAnswer(intent, now)} as prior` },
  )
  return row ?? { principal: null, prior: null }
}
