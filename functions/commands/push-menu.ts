import { publishMenu } from '../features/official-account/menu'
import type { CommandContext } from './context'
import { wechatFault } from './wechat-fault'

/** `push-menu`: puts the product's menu under the official account. Answers the exit code. */
export async function run({ services, print }: CommandContext<'wechat'>): Promise<number> {
  try {
    await publishMenu(services.wechat)
  } catch (cause) {
    const fault = wechatFault(cause)
    if (fault === undefined) throw cause
    print(`${fault}。菜单没有换。`)
    return 1
  }
  print('公众号菜单换好了，关注的人几分钟内会看到。')
  return 0
}
