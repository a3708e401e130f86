import { randomBytes } from 'node:crypto'
import { and, eq, gt } from 'drizzle-orm'
import { type Account, openidOf, unionidOf } from '../accounts'
import { entries } from '../schema'
import { type Body, done, type Endpoint, isBody, textOf, type World } from './endpoint'
import { WechatError } from './errors'

const TICKET_SECONDS = 7200
const PAGE_OF_FOLLOWERS = 10_000

async function describeUser(world: World, account: Account, openid: unknown, language: unknown) {
  const person = await world.register.findByOpenid(account.appid, openid)
  if (!person) throw new WechatError(40003)
  const since = await world.register.followsSince(person)
  const unionid = unionidOf(person.id)
  if (since === undefined) return { subscribe: 0, openid, unionid }
  return {
    subscribe: 1,
    openid,
    language: textOf(language) ?? 'zh_CN',
    subscribe_time: Math.floor(since / 1000),
    unionid,
    remark: '',
    groupid: 0,
    tagid_list: [],
    subscribe_scene: 'ADD_SCENE_SEARCH',
    qr_scene: 0,
    qr_scene_str: '',
  }
}

async function listFollowers(world: World, account: Account) {
  const openids: string[] = []
  for (const person of await world.register.list()) {
    if ((await world.register.followsSince(person)) !== undefined) {
      openids.push(openidOf(account.appid, person.id))
    }
  }
  return openids
}

function sceneOf(body: Body) {
  const info = body['action_info']
  const scene = isBody(info) && isBody(info['scene']) ? info['scene'] : {}
  const isText = String(body['action_name']).endsWith('STR_SCENE')
  return isText ? textOf(scene['scene_str']) : scene['scene_id']
}

function checkScene(body: Body) {
  if (
    !['QR_SCENE', 'QR_STR_SCENE', 'QR_LIMIT_SCENE', 'QR_LIMIT_STR_SCENE'].includes(
      String(body['action_name']),
    )
  ) {
    throw new WechatError(40097)
  }
  const scene = sceneOf(body)
  const fits =
    typeof scene === 'string' ? scene.length >= 1 && scene.length <= 64 : Number.isSafeInteger(scene)
  if (!fits) throw new WechatError(40097)
}

/** The account's one ticket, a new one when the last has ended. */
async function currentTicket(world: World, account: Account, type: string) {
  const { db } = world.database
  const now = world.clock.milliseconds()
  const name = `ticket/${account.appid}/${type}`
  const [known] = await db
    .select()
    .from(entries)
    .where(and(eq(entries.name, name), gt(entries.expiresAt, now)))
  if (known?.expiresAt) {
    return { ticket: known.value, expires_in: Math.floor((known.expiresAt - now) / 1000) }
  }
  const value = randomBytes(64).toString('base64url')
  const expiresAt = now + TICKET_SECONDS * 1000
  await db
    .insert(entries)
    .values({ name, value, expiresAt })
    .onConflictDoUpdate({ target: entries.name, set: { value, expiresAt } })
  return { ticket: value, expires_in: TICKET_SECONDS }
}

export const userEndpoints: readonly Endpoint[] = [
  {
    path: '/cgi-bin/user/info',
    method: 'GET',
    access: 'official-account',
    dailyLimit: 5_000_000,
    handle: (world, { account, query }) => describeUser(world, account, query['openid'], query['lang']),
  },
  {
    path: '/cgi-bin/user/info/batchget',
    method: 'POST',
    access: 'official-account',
    async handle(world, { account, body }) {
      const wanted = body['user_list']
      if (!Array.isArray(wanted) || wanted.length === 0 || wanted.length > 100) throw new WechatError(40097)
      const users = wanted
        .filter(isBody)
        .map((user) => describeUser(world, account, user['openid'], user['lang']))
      return { user_info_list: await Promise.all(users) }
    },
  },
  {
    path: '/cgi-bin/user/get',
    method: 'GET',
    access: 'official-account',
    dailyLimit: 500,
    async handle(world, { account, query }) {
      const all = await listFollowers(world, account)
      const openids = all.slice(all.indexOf(query['next_openid'] ?? '') + 1).slice(0, PAGE_OF_FOLLOWERS)
      return {
        total: all.length,
        count: openids.length,
        ...(openids.length > 0 && { data: { openid: openids } }),
        next_openid: openids.at(-1) ?? '',
      }
    },
  },
  {
    path: '/cgi-bin/qrcode/create',
    method: 'POST',
    access: 'official-account',
    dailyLimit: 100_000,
    async handle(_world, { body }) {
      checkScene(body)
      const ticket = `gQ${randomBytes(66).toString('base64url')}==`
      const url = `http://weixin.qq.com/q/${randomBytes(16).toString('base64url')}`
      const isPermanent = String(body['action_name']).startsWith('QR_LIMIT')
      const seconds = Math.min(Number(body['expire_seconds'] ?? 60), 2_592_000)
      return isPermanent ? { ticket, url } : { ticket, expire_seconds: seconds, url }
    },
  },
  {
    path: '/cgi-bin/ticket/getticket',
    method: 'GET',
    access: 'official-account',
    async handle(world, { account, query }) {
      const type = query['type'] ?? ''
      if (type !== 'jsapi' && type !== 'wx_card') throw new WechatError(40097)
      return { ...done, ...(await currentTicket(world, account, type)) }
    },
  },
  {
    path: '/wxa/msg_sec_check',
    method: 'POST',
    access: 'mini-program',
    dailyLimit: 2_000_000,
    async handle(world, { account, body }) {
      if (!(await world.register.findByOpenid(account.appid, body['openid']))) throw new WechatError(40003)
      const content = textOf(body['content']) ?? ''
      if (content === '' || [...content].length > 2500) throw new WechatError(40097)
      // The sandbox reads no minds: what carries the word 违规 is for a person to look at.
      const verdict = content.includes('违规')
        ? { suggest: 'review', label: 21000 }
        : { suggest: 'pass', label: 100 }
      return {
        ...done,
        trace_id: randomBytes(8).toString('hex'),
        result: verdict,
        detail: [{ strategy: 'content_model', errcode: 0, ...verdict, prob: 90 }],
      }
    },
  },
]
