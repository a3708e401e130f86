import { randomBytes } from 'node:crypto'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { type Account, openidOf, unionidOf } from '../accounts'
import { codes, entries } from '../schema'
import { type Endpoint, isPrintable, textOf, type World } from './endpoint'
import { WechatError } from './errors'
import { accountOf } from './tokens'

export const codePurposes = ['login', 'phone', 'real-name'] as const
export type CodePurpose = (typeof codePurposes)[number]

const CODE_LIFETIME = 300_000

/** A code as the client would get it from WeChat: one use, five minutes. */
export async function issueCode(world: World, appid: string, person: string, purpose: CodePurpose) {
  const expiresAt = world.clock.milliseconds() + CODE_LIFETIME
  const code = `0${randomBytes(24).toString('base64url').slice(0, 31)}`
  await world.database.db.insert(codes).values({ code, purpose, appid, person, expiresAt })
  return { code, expiresAt }
}

/** Uses the code up; of two that try at once, one succeeds. */
async function redeem(world: World, account: Account, code: unknown, purpose: CodePurpose) {
  const { db } = world.database
  const now = world.clock.milliseconds()
  const given = textOf(code)
  if (!given || !isPrintable(given)) throw new WechatError(40029)
  const mine = and(eq(codes.code, given), eq(codes.appid, account.appid), eq(codes.purpose, purpose))
  const [row] = await db
    .update(codes)
    .set({ usedAt: now })
    .where(and(mine, isNull(codes.usedAt), gt(codes.expiresAt, now)))
    .returning()
  if (row) return row.person
  const [known] = await db.select({ usedAt: codes.usedAt }).from(codes).where(mine)
  throw new WechatError(known && known.usedAt !== null ? 40163 : 40029)
}

async function rotateSessionKey(world: World, appid: string, openid: string) {
  const value = randomBytes(16).toString('base64')
  await world.database.db
    .insert(entries)
    .values({ name: `session-key/${appid}/${openid}`, value })
    .onConflictDoUpdate({ target: entries.name, set: { value } })
  return value
}

const verdictOfNumber = (matches: boolean) => (matches ? 'V_NM_ID_MA' : 'V_NM_ID_UM')

export const identityEndpoints: readonly Endpoint[] = [
  {
    path: '/sns/jscode2session',
    method: 'GET',
    access: 'secret',
    async handle(world, { query }) {
      const account = accountOf(query['appid'], query['secret'])
      if (account.kind !== 'mini-program') throw new WechatError(40013)
      if (query['grant_type'] !== 'authorization_code') throw new WechatError(40002)
      if (!query['js_code']) throw new WechatError(41008)
      const person = await redeem(world, account, query['js_code'], 'login')
      const openid = openidOf(account.appid, person)
      const sessionKey = await rotateSessionKey(world, account.appid, openid)
      return { session_key: sessionKey, openid, unionid: unionidOf(person) }
    },
  },
  {
    path: '/wxa/business/getuserphonenumber',
    method: 'POST',
    access: 'mini-program',
    async handle(world, { account, body }) {
      const person = await world.register.find(await redeem(world, account, body['code'], 'phone'))
      if (!person) throw new WechatError(40029)
      return {
        errcode: 0,
        errmsg: 'ok',
        phone_info: {
          phoneNumber: person.phone,
          purePhoneNumber: person.phone,
          countryCode: '86',
          watermark: { timestamp: Math.floor(world.clock.milliseconds() / 1000), appid: account.appid },
        },
      }
    },
  },
  {
    path: '/intp/realname/checkrealnameinfo',
    method: 'POST',
    access: 'mini-program',
    async handle(world, { account, body }) {
      const person = await world.register.findByOpenid(account.appid, body['openid'])
      if (!person) throw new WechatError(40003)
      const complete = textOf(body['real_name']) && textOf(body['cred_id']) && body['cred_type'] === '1'
      if (!complete) throw new WechatError(40097)
      // Somebody else's code confirms nobody.
      if ((await redeem(world, account, body['code'], 'real-name')) !== person.id)
        throw new WechatError(40029)
      if (person.idNumber === null) return { errcode: 0, errmsg: 'ok', verify_openid: 'V_OP_NA' }
      if (body['real_name'] !== person.name) return { errcode: 0, errmsg: 'ok', verify_openid: 'V_OP_NM_UM' }
      return {
        errcode: 0,
        errmsg: 'ok',
        verify_openid: 'V_OP_NM_MA',
        verify_real_name: verdictOfNumber(body['cred_id'] === person.idNumber),
      }
    },
  },
]
