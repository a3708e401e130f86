import { and, eq, or } from 'drizzle-orm'
import { inviteByOperator } from '../features/account'
import { staff, staffRoles } from '../platform/db/schema/organization'
import type { CommandContext } from './context'

/**
 * `invite-admin [staff id]`: prints the one-time invitation of an administrator, the first one's way in. Without an id
 * the only administrator of the pack is meant. Answers the exit code.
 */
export async function run({
  services,
  print,
  words: [wanted],
}: CommandContext<'database' | 'cipher' | 'clock'>): Promise<number> {
  const admins = await services.database.db
    .selectDistinct({ id: staff.id })
    .from(staff)
    .innerJoin(staffRoles, eq(staffRoles.staffId, staff.id))
    .where(and(or(staff.active, staff.awaited), eq(staffRoles.role, 'admin')))
    .orderBy(staff.id)
  const chosen = wanted ?? (admins.length === 1 ? admins[0]?.id : undefined)
  if (chosen === undefined || !admins.some(({ id }) => id === chosen)) {
    print(
      `写明哪一位管理员：${admins.map(({ id }) => id).join('、') || '还没有管理员：先装入写着真实工作人员的数据包'}`,
    )
    return 1
  }
  const invitation = await inviteByOperator(services, chosen)
  if (!invitation) {
    print(`没有在岗的工作人员 ${chosen}`)
    return 1
  }
  print(`在微信里打开小程序的这一页，绑定 ${chosen}（只能用一次，${invitation.expiresAt} 前有效）：`)
  print(invitation.page)
  return 0
}
