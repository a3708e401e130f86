import { sql } from 'drizzle-orm'
import { LOOK_UPS_AN_HOUR } from '#shared/domain/case/identity-check'
import { commit } from '../../platform/db/commit'
import { auditPart } from '../../platform/db/parts/audit'
import { type Principal, profilePrincipal } from '../../platform/http/principal'
import { actorPart, type CaseDeps } from '../case'

/** Who looks for what is not their work may do so this often, each way for itself; 429 beyond. */
export const brakeLooks = (
  { brake }: Pick<CaseDeps, 'brake'>,
  way: 'look-ups' | 'case-numbers' | 'looks',
  { staffId, profileId }: Pick<Principal, 'staffId' | 'profileId'>,
) => brake.limit(way, staffId ?? profileId, LOOK_UPS_AN_HOUR, 3600)

/** A look-up leaves its trace, never the number that was asked for. */
export const auditLookUp = (
  { database, clock, ids }: CaseDeps,
  { staffId, profileId }: Pick<Principal, 'staffId' | 'profileId'>,
  trace: { readonly action: string; readonly subject: string },
) => {
  const now = clock.now()
  return commit(database, {
    now,
    intent: null,
    status: 200,
    by: profilePrincipal(profileId),
    parts: [actorPart(`staff:${staffId}`), auditPart([{ id: ids.next(), ...trace }], now)],
    demands: [],
    answer: sql`'null'::json`,
  })
}
