import WechatApi from 'wechat-api'
import type { MenuButton, OutgoingReminder } from '../../ports/wechat'
import type { Transport, WechatAnswer } from './transport'

type Callback = (error: Error | null, data?: unknown) => void

/** WeChat takes at most 32 characters of our id: a UUID without its hyphens. */
const clientMessageId = (id: string) => id.replaceAll('-', '').slice(0, 32)

const settle = (work: (callback: Callback) => void) =>
  new Promise<WechatAnswer>((resolve, reject) => {
    work((error, data) => (error ? reject(error) : resolve(data as WechatAnswer)))
  })

/** The official account through `wechat-api`, which knows its requests; tokens and transport are ours. */
export function createOfficialAccount(transport: Transport, miniProgramAppid: string, fallbackUrl: string) {
  // Its own token source is the classic one, its retry reuses the failing token, its errors show URLs with tokens,
  // and it loses digits of long ids. So it holds no token at all: ours goes in below, where the call is made.
  const createApi = (additional: Readonly<Record<string, string>> = {}) => {
    const api = new WechatApi('', '', (callback) => {
      callback(null, { accessToken: 'added-by-the-transport', expireTime: Number.POSITIVE_INFINITY })
    })
    api.endpoint = ''
    api.request = (url, options, callback) => {
      const [path = '', parameters = ''] = url.split('?')
      const query = Object.fromEntries(new URLSearchParams(parameters))
      delete query['access_token']
      const body = options.data && { ...options.data, ...additional }
      transport({ method: options.type ?? 'GET', path, query, ...(body && { body }) }).then(
        (answer) => callback(null, answer),
        (error: Error) => callback(error),
      )
    }
    return api
  }
  const api = createApi()

  const target = (page: string) => ({ appid: miniProgramAppid, pagepath: page })
  const menuButton = (button: MenuButton): object => {
    if ('buttons' in button) return { name: button.name, sub_button: button.buttons.map(menuButton) }
    return 'url' in button
      ? { type: 'view', name: button.name, url: button.url }
      : { type: 'miniprogram', name: button.name, url: fallbackUrl, ...target(button.page) }
  }

  return {
    sendTemplate({ id, openid, templateId, page, data }: OutgoingReminder) {
      const values = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, { value }]))
      const sender = createApi({ client_msg_id: clientMessageId(id) })
      return settle((callback) =>
        sender.sendTemplate(openid, templateId, { miniprogram: target(page) }, values, callback),
      )
    },
    setMenu: (buttons: readonly MenuButton[]) =>
      settle((callback) => api.createMenu({ button: buttons.map(menuButton) }, callback)),
    followersAfter: (openid: string) => settle((callback) => api.getFollowers(openid, callback)),
    describeUsers: (openids: readonly string[]) => settle((callback) => api.batchGetUsers(openids, callback)),
    findUser: (openid: string) => settle((callback) => api.getUser({ openid, lang: 'zh_CN' }, callback)),
  }
}
