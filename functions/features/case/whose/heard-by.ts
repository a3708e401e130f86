import { sql } from 'drizzle-orm'
import type { CaseState } from '#shared/domain/case/state'
import { isAccountOf } from '../../../platform/db/parts/owner-account'
import type { OwnedCase } from '../case-row'
import type { CaseDeps } from '../deps'
import type { Party } from './parties'

/**
 * Nobody rings the dead: of what was decided for them hears whoever had filed it for them, and nobody by an account of theirs. Where
 * no account is known as theirs, it is by what whoever filed it had said of themselves.
 */
export async function heardBy(
  { database }: CaseDeps,
  { id, filedBy }: Pick<OwnedCase, 'id' | 'filedBy'>,
  after: CaseState,
  parties: readonly Party[],
) {
  // Whose number was only typed may live: they hear what was entered of them, and can say that they have not applied.
  if (!after.death || !after.identityConfirmed) return parties
  const helper = parties.filter(({ as, recipient }) => as === 'filer' && recipient === `profile:${filedBy}`)
  if (helper.length === 0) return []
  const [own] = await database.rows(
    sql`select 1 from cases k where k.id = ${id}::uuid and ${isAccountOf(sql`${filedBy}::uuid`)}`,
  )
  return own ? [] : helper
}
