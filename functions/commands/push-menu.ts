import { publishMenu } from '../features/official-account/menu'
import type { CommandContext } from './context'

/** `push-menu`: puts the product's menu under the official account. Answers the exit code. */
export async function run({ services, print }: CommandContext): Promise<number> {
  await publishMenu(services.wechat)
  print('公众号菜单换好了，关注的人几分钟内会看到。')
  return 0
}
