import { sql } from 'drizzle-orm'
import type { CaseState } from '#shared/domain/case/state'
import type { OwnedCase } from '../case-row'
import type { CaseDeps } from '../deps'
import type { Party } from './parties'

/**
 * Nobody rings the dead: of what was decided for them hears whoever had filed it for them, and nobody by an account of theirs. Where
 * no account is known as theirs, it is by what whoever filed it had said of themselves.
 */
export async function heardBy(
  { database }: CaseDeps,
  caseRow: Pick<OwnedCase, 'filedBy' | 'ownerId' | 'owners' | 'applicantIndex'>,
  after: CaseState,
  parties: readonly Party[],
) {
  // Whose number was only typed may live: they hear what was entered of them, and can say that they have not applied.
  if (!after.death || !after.identityConfirmed) return parties
  const { filedBy, ownerId, owners, applicantIndex } = caseRow
  const helper = parties.filter(
    ({ as, recipient }) => as === 'filer' && recipient === `profile:${filedBy}` && filedBy !== ownerId,
  )
  if (helper.length === 0 || after.applicant?.takenFrom === 'filer' || owners.includes(filedBy)) return []
  const identity = after.applicant?.identityIndex ?? null
  const [own] = await database.rows(sql`select 1 from profiles p where p.id = ${filedBy}::uuid
    and (p.identity_index = ${identity} or p.id_number_index = ${applicantIndex})`)
  return own ? [] : helper
}
