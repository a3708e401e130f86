import { sql } from 'drizzle-orm'
import type { MemberList } from '#shared/contract/account'
import { STAFF_ROLE_LABELS } from '#shared/contract/case.labels'
import type { StaffRole } from '#shared/domain/organization/staff'
import { instantText } from '../../platform/db/parts/instant'
import type { AccountDeps } from './accounts'

interface MemberRow extends Omit<MemberList['members'][number], 'posts'> {
  /** At work, or let back and not come yet. */
  readonly counts: boolean
  readonly posts: readonly { readonly role: StaffRole; readonly unitName: string }[]
}

/** Whoever works here, first those whom no WeChat account is bound to; and whose work was ended. */
export async function listMembers({
  database,
  clock,
}: Pick<AccountDeps, 'database' | 'clock'>): Promise<MemberList> {
  const rows =
    await database.rows<MemberRow>(sql`select s.id as "staffId", s.name, s.active or s.awaited as counts,
      s.active and exists(select 1 from profiles p where p.staff_id = s.id) as bound,
      (select ${instantText('max(i.expires_at)')} from invitations i where i.staff_id = s.id
        and i.redeemed_at is null and i.expires_at > ${clock.now()}::timestamptz) as "invitedUntil",
      (select coalesce(json_agg(json_build_object('role', r.role, 'unitName', u.name) order by u.name, r.role), '[]'::json)
        from staff_roles r join units u on u.id = r.unit_id where r.staff_id = s.id) as posts
    from staff s where s.active or s.listing <> 'left' order by bound, s.name, s.id`)
  const postsOf = ({ posts }: Pick<MemberRow, 'posts'>) =>
    posts.map(({ role, unitName }) => `${unitName} ${STAFF_ROLE_LABELS[role]}`)
  return {
    members: rows
      .filter(({ counts }) => counts)
      .map(({ counts: _, ...row }) => ({ ...row, posts: postsOf(row) })),
    ended: rows
      .filter(({ counts }) => !counts)
      .map((row) => ({ staffId: row.staffId, name: row.name, posts: postsOf(row) })),
  }
}
