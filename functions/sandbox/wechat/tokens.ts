import { randomBytes } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { Db } from '../../platform/ports/database'
import { type Account, type AccountKind, findAccount } from '../accounts'
import { accountStates, tokens } from '../schema'
import { type Endpoint, isPrintable, type OpenCall, textOf, type World } from './endpoint'
import { WechatError } from './errors'

type Family = 'classic' | 'stable'

const LIFETIME = 7_200_000
const OVERLAP = 300_000
const FORCED_A_DAY = 20
const FORCED_APART = 30_000

/** The account of an appid and secret, by WeChat's order of checks. */
export function accountOf(appid: unknown, secret: unknown): Account {
  if (!textOf(appid)) throw new WechatError(41002)
  if (!textOf(secret)) throw new WechatError(41004)
  const account = findAccount(String(appid))
  if (!account) throw new WechatError(40013)
  if (account.secret !== secret) throw new WechatError(40125)
  return account
}

/** Holds the account's row, so that two calls at once cannot issue two stable tokens. */
async function lockAccount(db: Db, appid: string) {
  await db
    .insert(accountStates)
    .values({ appid, forcedOn: '', forcedTimes: 0, forcedAt: 0 })
    .onConflictDoNothing()
  const [state] = await db.select().from(accountStates).where(eq(accountStates.appid, appid)).for('update')
  if (!state) throw new WechatError(-1)
  return state
}

async function latestToken(db: Db, appid: string, family: Family) {
  const [latest] = await db
    .select()
    .from(tokens)
    .where(and(eq(tokens.appid, appid), eq(tokens.family, family), isNull(tokens.supersededAt)))
    .orderBy(desc(tokens.issuedAt))
    .limit(1)
  return latest
}

async function issue(db: Db, now: number, appid: string, family: Family, formerEndsAt: number | undefined) {
  if (formerEndsAt !== undefined) {
    await db
      .update(tokens)
      .set({ supersededAt: formerEndsAt })
      .where(and(eq(tokens.appid, appid), eq(tokens.family, family), isNull(tokens.supersededAt)))
  }
  const token = `94_${randomBytes(102).toString('base64url')}`
  await db.insert(tokens).values({ token, appid, family, issuedAt: now, expiresAt: now + LIFETIME })
  return { access_token: token, expires_in: LIFETIME / 1000 }
}

const classic = (world: World, appid: string) => {
  const now = world.clock.milliseconds()
  return world.database.transaction(async (db) => {
    await lockAccount(db, appid)
    return issue(db, now, appid, 'classic', now + OVERLAP)
  })
}

/** True when this refresh may be forced: 20 a day, 30 s apart; one too soon is passed over without a word. */
async function mayForce(db: Db, world: World, appid: string) {
  const now = world.clock.milliseconds()
  const today = dayIn(world.clock.now())
  const state = await lockAccount(db, appid)
  const times = state.forcedOn === today ? state.forcedTimes : 0
  if (now - state.forcedAt < FORCED_APART) return false
  if (times >= FORCED_A_DAY) throw new WechatError(45009)
  await db
    .update(accountStates)
    .set({ forcedOn: today, forcedTimes: times + 1, forcedAt: now })
    .where(eq(accountStates.appid, appid))
  return true
}

const stable = (world: World, appid: string, force: boolean) => {
  const now = world.clock.milliseconds()
  return world.database.transaction(async (db) => {
    await lockAccount(db, appid)
    if (force && (await mayForce(db, world, appid))) return issue(db, now, appid, 'stable', now)
    const latest = await latestToken(db, appid, 'stable')
    const left = latest ? latest.expiresAt - now : 0
    // Renewed in the last five minutes, in which both are good.
    if (!latest || left <= OVERLAP) return issue(db, now, appid, 'stable', undefined)
    return { access_token: latest.token, expires_in: Math.floor(left / 1000) }
  })
}

const checkGrant = (call: Pick<OpenCall, 'query'>['query'] | OpenCall['body']) => {
  if (call['grant_type'] !== 'client_credential') throw new WechatError(40002)
}

/** The account whose token this is. */
export async function authorise(world: World, token: string | undefined, access: AccountKind | 'either') {
  if (!token) throw new WechatError(41001)
  if (!isPrintable(token)) throw new WechatError(40014)
  const [row] = await world.database.db.select().from(tokens).where(eq(tokens.token, token))
  const account = row && findAccount(row.appid)
  if (!account) throw new WechatError(40014)
  const now = world.clock.milliseconds()
  if (row.supersededAt !== null && row.supersededAt <= now) throw new WechatError(40001)
  if (row.expiresAt <= now) throw new WechatError(42001)
  if (access !== 'either' && account.kind !== access) throw new WechatError(40001)
  return account
}

export const tokenEndpoints: readonly Endpoint[] = [
  {
    path: '/cgi-bin/token',
    method: 'GET',
    access: 'secret',
    async handle(world, { query }) {
      checkGrant(query)
      return classic(world, accountOf(query['appid'], query['secret']).appid)
    },
  },
  {
    path: '/cgi-bin/stable_token',
    method: 'POST',
    access: 'secret',
    async handle(world, { body }) {
      checkGrant(body)
      const account = accountOf(body['appid'], body['secret'])
      return stable(world, account.appid, body['force_refresh'] === true)
    },
  },
]
