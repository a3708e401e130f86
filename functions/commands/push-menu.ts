import { publishMenu } from '../features/official-account/menu'
import { TokenUnavailable } from '../platform/adapters/wechat/access-token'
import { WechatRefusal, WechatUnreachable } from '../platform/adapters/wechat/transport'
import type { CommandContext } from './context'

/** What an operator can mend, in a sentence; undefined for a defect. */
function sentenceOf(cause: unknown): string | undefined {
  const code = cause instanceof TokenUnavailable || cause instanceof WechatRefusal ? cause.code : null
  if (code !== null)
    return `微信没有答应（errcode ${code}），菜单没有换。对一对公众号的 appid、secret 和 IP 白名单。`
  return cause instanceof TokenUnavailable || cause instanceof WechatUnreachable
    ? '连不上微信，菜单没有换。'
    : undefined
}

/** `push-menu`: puts the product's menu under the official account. Answers the exit code. */
export async function run({ services, print }: CommandContext<'wechat'>): Promise<number> {
  try {
    await publishMenu(services.wechat)
  } catch (cause) {
    const sentence = sentenceOf(cause)
    if (sentence === undefined) throw cause
    print(sentence)
    return 1
  }
  print('公众号菜单换好了，关注的人几分钟内会看到。')
  return 0
}
