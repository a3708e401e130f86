import type { PagePath } from '#shared/contract/pages'
import type { MenuButton, Wechat } from '../../platform/ports/wechat'

const button = (name: string, page: PagePath): MenuButton & { page: string } => ({ name, page })

/** The menu under the county's official account: WeChat shows four characters of a name, eight below. */
const menu: readonly MenuButton[] = [
  button('我要办事', 'features/service-item/home'),
  button('我的办件', 'tabs/case/my-cases'),
  {
    name: '便民',
    buttons: [button('找要办的事', 'features/service-item/search'), button('我的', 'tabs/account/me')],
  },
]

/** Puts the menu in place of whatever the account shows now; WeChat's clients follow within minutes. */
export const publishMenu = (wechat: Pick<Wechat, 'setMenu'>) => wechat.setMenu(menu)
