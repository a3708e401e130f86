import { MiniApp, OfficialAccount } from 'node-easywechat'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WechatApi from 'wechat-api'
import { openidOf } from '../../functions/sandbox/accounts'
import {
  type LocalWechat,
  miniProgram,
  officialAccount,
  resident,
  startLocalWechat,
  valuesFor,
} from './local-wechat'

// Two packages of other people, unchanged: what works for them here would work for them at WeChat.
let local: LocalWechat
beforeAll(async () => {
  local = await startLocalWechat()
})
afterAll(() => local.close())

const openid = () => openidOf(officialAccount.appid, resident.id)
const menu = {
  button: [
    {
      type: 'miniprogram',
      name: '办事服务',
      url: 'https://www.example.gov.cn/mp.html',
      appid: miniProgram.appid,
      pagepath: 'pages/home/index',
    },
    { name: '便民', sub_button: [{ type: 'view', name: '政策公开', url: 'https://www.example.gov.cn' }] },
  ],
}
const values = valuesFor('thing1', 'character_string2', 'phrase3', 'time4', 'const5')

describe('wechat-api', () => {
  const client = () => {
    const api = new WechatApi(officialAccount.appid, officialAccount.secret)
    api.endpoint = local.base
    api.mpPrefix = `${local.base}/`
    api.fileServerPrefix = `${local.base}/`
    return api
  }
  const call = (work: (callback: (error: Error | null, data?: unknown) => void) => void) =>
    new Promise((resolve, reject) => {
      work((error, data) => (error ? reject(error) : resolve(data)))
    })

  test('creates and reads the menu', async () => {
    await expect(call((callback) => client().createMenu(menu, callback))).resolves.toMatchObject({
      errcode: 0,
    })
    const read = await call((callback) => client().getMenu(callback))
    expect(read).toMatchObject({ menu: { button: [{ name: '办事服务' }, { name: '便民' }] } })
  })

  test('sends a template message and reads the user', async () => {
    const destination = { miniprogram: { appid: miniProgram.appid, pagepath: 'pages/home/index' } }
    const sent = await call((callback) =>
      client().sendTemplate(openid(), 'YX-OA-RESULT', destination, values, callback),
    )
    expect(sent).toMatchObject({ errcode: 0 })
    const user = await call((callback) => client().getUser({ openid: openid(), lang: 'zh_CN' }, callback))
    expect(user).toMatchObject({ subscribe: 1, openid: openid() })
  })

  test('is told of a wrong secret', async () => {
    const api = client()
    Object.assign(api, { appsecret: 'wrong' })
    await expect(call((callback) => api.getMenu(callback))).rejects.toMatchObject({ code: 40125 })
  })
})

describe('node-easywechat', () => {
  // Its own cache would leave files with tokens in the working directory.
  const memory = () => {
    const kept = new Map<string, unknown>()
    return {
      get: async (id: string) => kept.get(id) ?? null,
      set: async (id: string, value: unknown) => {
        kept.set(id, value)
        return true
      },
      has: async (id: string) => kept.has(id),
      delete: async (id: string) => kept.delete(id),
    }
  }
  const http = () => ({ baseURL: `${local.base}/` })
  const account = (stable: boolean) => {
    const { appid: app_id, secret } = officialAccount
    const app = new OfficialAccount({ app_id, secret, use_stable_access_token: stable, http: http() })
    app.setCache(memory() as never)
    return app
  }

  test.each([true, false])('gets a token (stable: %s) and keeps a menu', async (stable) => {
    const app = account(stable)
    expect((await app.getAccessToken().getToken()).length).toBeGreaterThan(100)
    const created = await app.getClient().postJson('cgi-bin/menu/create', menu)
    expect(created.toObject()).toMatchObject({ errcode: 0 })
  })

  test('sends a template message', async () => {
    const message = { touser: openid(), template_id: 'YX-OA-RESULT', data: values }
    const sent = await account(true).getClient().postJson('cgi-bin/message/template/send', message)
    expect(sent.toObject()).toMatchObject({ errcode: 0 })
  })

  test('exchanges a login code once', async () => {
    const { appid: app_id, secret } = miniProgram
    const app = new MiniApp({ app_id, secret, http: http() })
    app.setCache(memory() as never)
    const code = await local.code(resident.id)
    const session = await app.getUtils().codeToSession(code)
    expect(session).toMatchObject({ openid: openidOf(miniProgram.appid, resident.id) })
    await expect(app.getUtils().codeToSession(code)).rejects.toThrow('40163')
  })
})
