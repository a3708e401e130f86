import { TokenUnavailable } from '../platform/adapters/wechat/access-token'
import { WechatRefusal, WechatUnreachable } from '../platform/adapters/wechat/transport'

/** What an operator can mend when WeChat did not answer as it should, in words; undefined for a defect. */
export function wechatFault(cause: unknown): string | undefined {
  const code = cause instanceof TokenUnavailable || cause instanceof WechatRefusal ? cause.code : null
  if (code !== null) return `微信没有答应（errcode ${code}）：对一对公众号的 appid、secret 和 IP 白名单`
  return cause instanceof TokenUnavailable || cause instanceof WechatUnreachable ? '连不上微信' : undefined
}
