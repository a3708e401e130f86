import { randomInt } from 'node:crypto'
import { fail, type Result } from '#shared/domain/kernel/result'
import { decryptPush, encryptPush, isPushSignature, signPush } from './push-crypto'
import { parsePush, parsePushTree, type WechatPush } from './push-message'

export interface PushAccount {
  readonly appid: string
  readonly token: string
  readonly encodingAesKey: string
  readonly mode: 'plain' | 'compatible' | 'safe'
}

/** The parameters of WeChat's request; absent ones are empty. */
interface PushQuery {
  readonly signature: string
  readonly timestamp: string
  readonly nonce: string
  readonly messageSignature: string
}

type PushFailure = 'wrong-signature' | 'too-big' | 'malformed'

/** The receiving end of one account's pushes: who sent it, and what it says. */
export interface PushChannel {
  /** True when WeChat, and nobody else, asks whether the address is ours. */
  isGenuine(query: PushQuery): boolean
  open(query: PushQuery, body: string): Result<WechatPush, PushFailure>
  /** A passive answer in words, as the body of the response. */
  reply(push: WechatPush, text: string, nowSeconds: number): string
}

const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`

export function createPushChannel(account: PushAccount): PushChannel {
  const isGenuine = (query: PushQuery) =>
    isPushSignature([account.token, query.timestamp, query.nonce], query.signature)

  const openSealed = (query: PushQuery, encrypted: unknown): Result<WechatPush, PushFailure> => {
    if (typeof encrypted !== 'string') return fail('malformed')
    // `signature` does not cover the body; `msg_signature` does.
    const parts = [account.token, query.timestamp, query.nonce, encrypted]
    if (!isPushSignature(parts, query.messageSignature)) return fail('wrong-signature')
    const text = decryptPush(account, encrypted)
    return text.ok ? parsePush(text.value) : fail('malformed')
  }

  const replyXml = (push: WechatPush, text: string, nowSeconds: number) =>
    `<xml><ToUserName>${cdata(push.fromUserName)}</ToUserName><FromUserName>${cdata(push.toUserName)}</FromUserName>` +
    `<CreateTime>${nowSeconds}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content>${cdata(text)}</Content></xml>`

  return {
    isGenuine,
    open(query, body) {
      if (account.mode === 'plain') return isGenuine(query) ? parsePush(body) : fail('wrong-signature')
      const tree = parsePushTree(body)
      return tree.ok ? openSealed(query, tree.value['Encrypt']) : tree
    },
    reply(push, text, nowSeconds) {
      const plain = replyXml(push, text, nowSeconds)
      if (account.mode === 'plain') return plain
      const encrypted = encryptPush(account, plain)
      const nonce = String(randomInt(1_000_000_000))
      const signature = signPush([account.token, String(nowSeconds), nonce, encrypted])
      return (
        `<xml><Encrypt>${cdata(encrypted)}</Encrypt><MsgSignature>${cdata(signature)}</MsgSignature>` +
        `<TimeStamp>${nowSeconds}</TimeStamp><Nonce>${cdata(nonce)}</Nonce></xml>`
      )
    },
  }
}
