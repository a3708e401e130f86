import { and, eq, or } from 'drizzle-orm'
import { INVITED_DAYS, inviteByOperator } from '../features/account'
import { staff, staffRoles } from '../platform/db/schema/organization'
import type { CommandContext } from './context'

/** The address that opens a page of the mini program in WeChat; null where WeChat makes none. */
export type LinkTo = (page: string, days: number) => Promise<string | null>

/**
 * `invite-admin [staff id]`: prints the one-time invitation of an administrator, the first one's way in: as a link, or how
 * the page is opened where WeChat makes none yet. Without an id the only administrator of the pack is meant. Answers the
 * exit code.
 */
export async function run(
  { services, print, words: [wanted] }: CommandContext<'database' | 'cipher' | 'clock'>,
  linkTo: LinkTo,
): Promise<number> {
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
  const link = await linkTo(invitation.page, INVITED_DAYS)
  const terms = `绑定 ${chosen}，只能用一次，${invitation.expiresAt} 前有效`
  if (link === null) {
    const [page = '', query = ''] = invitation.page.split('?')
    print(`微信还生成不了链接（小程序没发布，或者微信连不上）。${terms}：`)
    print(`微信开发者工具 → 添加编译模式，启动页面 ${page}，启动参数 ${query}`)
    print('再点“预览”，本人用微信扫出来的码。')
    return 0
  }
  print(`发给本人，在微信里点开。${terms}：`)
  print(link)
  return 0
}
