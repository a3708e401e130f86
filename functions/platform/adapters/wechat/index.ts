import type { Cache } from '../../ports/cache'
import type { Clock } from '../../ports/clock'
import type { Identity, IdentityVerdict } from '../../ports/identity'
import type { MessageTemplates } from '../../ports/message-templates'
import type { Follower, LoginExchange, OutgoingReminder, PhoneExchange, Wechat } from '../../ports/wechat'
import { type Credentials, createAuthorisedTransport, isTokenRefusal, TokenUnavailable } from './access-token'
import { createOfficialAccount } from './official-account'
import { outcomeOf } from './outcome'
import { createTransport, type WechatAnswer, WechatRefusal, WechatUnreachable } from './transport'

export interface WechatOptions {
  /** `https://api.weixin.qq.com`, or the local WeChat; without a slash at its end. */
  readonly base: string
  readonly miniProgram: Credentials
  readonly officialAccount: Credentials
  readonly templates: MessageTemplates
  readonly cache: Cache
  readonly clock: Clock
  readonly fetch?: typeof fetch
  /** Where a menu button leads in a WeChat too old for mini programs. */
  readonly menuFallbackUrl?: string
}

const CODE_REFUSALS = new Set([40029, 40163, 41008])
const BUSY = new Set([-1, 45009, 45011])
const BLOCKED = 40226
/** WeChat describes at most so many followers in one answer. */
const DESCRIBED_AT_ONCE = 100

const textOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null
const isAnswer = (value: unknown): value is WechatAnswer => typeof value === 'object' && value !== null

/** What a failed exchange of a code means to the person; a wrong secret and the like are defects and thrown on. */
function codeFailure(
  error: unknown,
): { kind: 'code-invalid' } | { kind: 'blocked' } | { kind: 'unavailable' } {
  if (error instanceof WechatUnreachable || error instanceof TokenUnavailable || isTokenRefusal(error)) {
    return { kind: 'unavailable' }
  }
  if (!(error instanceof WechatRefusal)) throw error
  if (CODE_REFUSALS.has(error.code)) return { kind: 'code-invalid' }
  if (error.code === BLOCKED) return { kind: 'blocked' }
  if (BUSY.has(error.code)) return { kind: 'unavailable' }
  throw error
}

const withValues = (data: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key, { value }]))

function followerOf(user: unknown): Follower[] {
  if (!isAnswer(user) || user['subscribe'] !== 1) return []
  const [openid, unionid] = [textOf(user['openid']), textOf(user['unionid'])]
  return openid && unionid ? [{ openid, unionid }] : []
}

export function createWechat(options: WechatOptions): Wechat {
  const { base, miniProgram, cache, clock, templates } = options
  const transport = createTransport(base, options.fetch ?? fetch)
  const program = createAuthorisedTransport(miniProgram, transport, cache, clock)
  const account = createOfficialAccount(
    createAuthorisedTransport(options.officialAccount, transport, cache, clock),
    miniProgram.appid,
    options.menuFallbackUrl ?? 'https://mp.weixin.qq.com',
  )

  const send = (reminder: OutgoingReminder) => {
    const { openid: touser, page } = reminder
    const template_id = templates.idOf(reminder.templateId)
    const data = templates.dataOf(reminder.templateId, reminder.data)
    switch (reminder.channel) {
      case 'subscribe':
        return program({
          method: 'POST',
          path: '/cgi-bin/message/subscribe/send',
          body: {
            touser,
            template_id,
            page,
            miniprogram_state: 'formal',
            lang: 'zh_CN',
            data: withValues(data),
          },
        })
      case 'relation':
        return program({
          method: 'POST',
          path: '/cgi-bin/message/wxopen/employeerelationmsg/send',
          // Here, and only here, WeChat wants the data as JSON inside a string.
          body: { touser, template_id, page, data: JSON.stringify(withValues(data)) },
        })
      case 'template':
        return account.sendTemplate({ ...reminder, templateId: template_id, data })
    }
  }

  return {
    async exchangeLogin(code): Promise<LoginExchange> {
      try {
        const answer = await transport({
          method: 'GET',
          path: '/sns/jscode2session',
          query: {
            appid: miniProgram.appid,
            secret: miniProgram.secret,
            js_code: code,
            grant_type: 'authorization_code',
          },
        })
        const openid = textOf(answer['openid'])
        if (!openid) return { kind: 'unavailable' }
        return { kind: 'person', appid: miniProgram.appid, openid, unionid: textOf(answer['unionid']) }
      } catch (error) {
        return codeFailure(error)
      }
    },

    async exchangePhone(code): Promise<PhoneExchange> {
      try {
        const answer = await program({
          method: 'POST',
          path: '/wxa/business/getuserphonenumber',
          body: { code },
        })
        const info = isAnswer(answer['phone_info']) ? answer['phone_info'] : {}
        const watermark = isAnswer(info['watermark']) ? info['watermark'] : {}
        const isChinese = textOf(info['countryCode']) === '86'
        const phone = textOf(isChinese ? info['purePhoneNumber'] : info['phoneNumber'])
        return phone && watermark['appid'] === miniProgram.appid
          ? { kind: 'phone', phone }
          : { kind: 'code-invalid' }
      } catch (error) {
        const failure = codeFailure(error)
        return failure.kind === 'blocked' ? { kind: 'code-invalid' } : failure
      }
    },

    async sendReminder(message) {
      try {
        const answer = await send(message)
        return { kind: 'sent', messageId: textOf(answer['msgid']) }
      } catch (error) {
        return outcomeOf(message.channel, error, clock.now())
      }
    },

    async setMenu(buttons) {
      await account.setMenu(buttons)
    },

    async findFollower(openid) {
      const user = await account.findUser(openid)
      return user['subscribe'] === 1 ? { unionid: textOf(user['unionid']) } : undefined
    },

    async listFollowers(after, each) {
      const page = await account.followersAfter(after ?? '')
      const listed = isAnswer(page['data']) ? page['data']['openid'] : []
      const openids = Array.isArray(listed) ? listed.flatMap((openid) => textOf(openid) ?? []) : []
      for (let from = 0; from < openids.length; from += DESCRIBED_AT_ONCE) {
        const { user_info_list: users } = await account.describeUsers(
          openids.slice(from, from + DESCRIBED_AT_ONCE),
        )
        await each(Array.isArray(users) ? users.flatMap(followerOf) : [])
      }
      return openids.at(-1) ?? null
    },

    async linkTo(page, days) {
      const [path = '', query = ''] = page.split('?')
      try {
        // `expire_type` 1: so many days from now.
        const expiry = { is_expire: true, expire_type: 1, expire_interval: days }
        const answer = await program({
          method: 'POST',
          path: '/wxa/generate_urllink',
          body: { path, query, ...expiry },
        })
        return textOf(answer['url_link']) ?? undefined
      } catch (error) {
        // An account of which WeChat gives none, or one that is away: what was to be sent is there without it.
        if (error instanceof WechatRefusal || error instanceof WechatUnreachable) return undefined
        if (error instanceof TokenUnavailable) return undefined
        throw error
      }
    },
  }
}

/** `errcode` 0 is no pass: both verdicts must say that they match, several are joined by a semicolon. */
function verdictOf(answer: WechatAnswer): IdentityVerdict {
  const verdicts = (value: unknown) => (textOf(value) ?? '').split(';').map((part) => part.trim())
  const ofPerson = verdicts(answer['verify_openid'])
  if (ofPerson.includes('V_OP_NA')) return 'not-registered'
  const passes =
    ofPerson.every((verdict) => verdict === 'V_OP_NM_MA') &&
    verdicts(answer['verify_real_name']).every((verdict) => verdict === 'V_NM_ID_MA')
  return passes ? 'confirmed' : 'mismatch'
}

/** WeChat's check of a typed name and number against the real name behind WeChat Pay (城市服务实名信息校验). */
export function createWechatIdentity(
  options: Pick<WechatOptions, 'base' | 'miniProgram' | 'cache' | 'clock' | 'fetch'>,
): Identity {
  const transport = createTransport(options.base, options.fetch ?? fetch)
  const program = createAuthorisedTransport(options.miniProgram, transport, options.cache, options.clock)
  return {
    async confirm({ openid, name, idNumber, code }) {
      try {
        return verdictOf(
          await program({
            method: 'POST',
            path: '/intp/realname/checkrealnameinfo',
            body: { openid, real_name: name, cred_id: idNumber, cred_type: '1', code },
          }),
        )
      } catch (error) {
        const { kind } = codeFailure(error)
        return kind === 'blocked' ? 'not-registered' : kind
      }
    },
  }
}
