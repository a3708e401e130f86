import { type SQL, sql } from 'drizzle-orm'
import type { GivenConsent } from '#shared/domain/account/consents'
import type { Instant } from '#shared/domain/kernel/plain-date'

/** Consents given now as a `jsonb` expression, in the shape of `profiles.consents`. */
export const givenConsents = (given: readonly GivenConsent[] | undefined, now: Instant): SQL =>
  sql`${JSON.stringify((given ?? []).map((each) => ({ ...each, at: now })))}::jsonb`

/** All of both, oldest first; of one purpose and version the first. Nothing that was ever agreed to is lost. */
export const bothConsents = (held: SQL, others: SQL): SQL => sql`(
  select coalesce(jsonb_agg(kept.consent order by kept.consent->>'at', kept.consent->>'purpose'), '[]'::jsonb)
  from (select distinct on (each->>'purpose', each->>'version') each as consent
    from jsonb_array_elements(${held} || ${others}) each
    order by each->>'purpose', each->>'version', each->>'at') kept)`
