/** The part of the npm package `wechat-api` that we use; it ships no types of its own. */
declare module 'wechat-api' {
  type Callback = (error: Error | null, data?: unknown) => void
  interface Token {
    accessToken: string
    expireTime: number
  }
  export interface RequestOptions {
    type?: 'POST'
    data?: Record<string, unknown>
  }

  class WechatApi {
    constructor(
      appid: string,
      secret: string,
      getToken?: (callback: (error: Error | null, token?: Token) => void) => void,
      saveToken?: (token: Token, callback: (error: Error | null) => void) => void,
    )
    endpoint: string
    mpPrefix: string
    fileServerPrefix: string
    request: (url: string, options: RequestOptions, callback: Callback) => void
    createMenu(menu: object, callback: Callback): void
    getMenu(callback: Callback): void
    getUser(options: { openid: string; lang: string }, callback: Callback): void
    getFollowers(nextOpenid: string, callback: Callback): void
    batchGetUsers(openids: readonly string[], callback: Callback): void
    sendTemplate(
      openid: string,
      templateId: string,
      destination: { url?: string; miniprogram?: { appid: string; pagepath: string } } | string | null,
      data: object,
      callback: Callback,
    ): void
  }
  export default WechatApi
}
