import { sql } from 'drizzle-orm'
import { commitBySystem } from '../../platform/db/commit'
import { auditFoundPart } from '../../platform/db/parts/audit'
import type { Principal } from '../../platform/http/principal'
import type { AccountDeps } from './accounts'

/** Writes down what somebody tried and may not, of which nothing else is changed: by whom, when, on which subject. */
export const noteTried = (
  { database, clock, ids }: Pick<AccountDeps, 'database' | 'clock' | 'ids'>,
  { profileId }: Principal,
  { action, subject }: { readonly action: string; readonly subject: string },
) =>
  commitBySystem(database, {
    now: clock.now(),
    parts: [
      auditFoundPart(
        'audited',
        { ids: [ids.next()], now: clock.now(), actor: `profile:${profileId}`, action },
        sql`select ${subject}::text`,
      ),
    ],
    answer: sql`'null'::json`,
  })
