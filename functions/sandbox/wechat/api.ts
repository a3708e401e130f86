import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { stringify } from 'lossless-json'
import type { Fault, FaultBook } from '../faults'
import { type Body, type Endpoint, isBody, type World } from './endpoint'
import { ridSuffix, WechatError } from './errors'
import { identityEndpoints } from './identity'
import { linkEndpoints } from './links'
import { menuEndpoints } from './menu'
import { messageEndpoints } from './messages'
import { countCall, quotaEndpoints } from './quotas'
import { authorise, tokenEndpoints } from './tokens'
import { userEndpoints } from './users'

type Request = Context<{ Bindings: Partial<HttpBindings> }>

const limitOf = (path: string) => {
  const endpoint = endpoints.find((candidate) => candidate.path === path)
  return endpoint && 'dailyLimit' in endpoint ? endpoint.dailyLimit : undefined
}

const endpoints: readonly Endpoint[] = [
  ...tokenEndpoints,
  ...identityEndpoints,
  ...messageEndpoints,
  ...menuEndpoints,
  ...userEndpoints,
  ...linkEndpoints,
  ...quotaEndpoints((path) => limitOf(path)),
]

async function bodyOf(request: Request, endpoint: Endpoint): Promise<Body> {
  if (endpoint.method === 'GET') return {}
  const text = await request.req.text()
  if (text === '') throw new WechatError(44002)
  try {
    const body: unknown = JSON.parse(text)
    if (isBody(body)) return body
  } catch {
    throw new WechatError(47001)
  }
  throw new WechatError(47001)
}

async function answer(world: World, endpoint: Endpoint, request: Request): Promise<object> {
  if (request.req.method !== endpoint.method) throw new WechatError(endpoint.method === 'GET' ? 43001 : 43002)
  const query = request.req.query()
  if (endpoint.access === 'secret') {
    return endpoint.handle(world, { query, body: await bodyOf(request, endpoint) })
  }
  const account = await authorise(world, query['access_token'], endpoint.access)
  const body = await bodyOf(request, endpoint)
  if (endpoint.dailyLimit) await countCall(world, account.appid, endpoint.path, endpoint.dailyLimit)
  return endpoint.handle(world, { query, body, account })
}

/** WeChat's verdict stands in the body: the status is 200 for errors as well. */
const send = (request: Request, value: object) =>
  request.body(stringify(value) ?? '', 200, { 'content-type': 'application/json; encoding=utf-8' })

async function answerOrError(world: World, endpoint: Endpoint, request: Request) {
  try {
    return await answer(world, endpoint, request)
  } catch (error) {
    const known = error instanceof WechatError ? error : new WechatError(-1)
    return { errcode: known.errcode, errmsg: known.message + ridSuffix() }
  }
}

/** The connection ends after the call was processed: the client cannot know. */
function reset(request: Request) {
  request.env?.incoming?.socket.destroy()
  return request.body(null, 500)
}

async function answerWithFault(world: World, endpoint: Endpoint, request: Request, fault: Fault) {
  if (fault.kind === 'error') {
    return send(request, {
      errcode: fault.errcode,
      errmsg: new WechatError(fault.errcode).message + ridSuffix(),
    })
  }
  if (fault.kind === 'bad-gateway') return request.html('<html><h1>502 Bad Gateway</h1></html>', 502)
  if (fault.kind === 'not-json') return request.html('<html>busy</html>', 200)
  if (fault.kind === 'latency') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds))
  const value = await answerOrError(world, endpoint, request)
  if (fault.kind === 'before-answer') await world.pushes.settle()
  return fault.kind === 'reset' ? reset(request) : send(request, value)
}

/** Everything below `/sandbox/wechat`, with the paths of `api.weixin.qq.com`. */
export function createWechatApi(world: World, faultBook: FaultBook) {
  const app = new Hono<{ Bindings: Partial<HttpBindings> }>()
  for (const endpoint of endpoints) {
    app.all(endpoint.path, async (request) => {
      const fault = await faultBook.take(endpoint.path)
      if (fault) return answerWithFault(world, endpoint, request, fault)
      return send(request, await answerOrError(world, endpoint, request))
    })
  }
  app.all('*', (request) => send(request, { errcode: 48001, errmsg: `api unauthorized${ridSuffix()}` }))
  return app
}
