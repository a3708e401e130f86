import { randomUUID } from 'node:crypto'
import { dayIn } from '#shared/domain/kernel/plain-date'
import type { Cache } from '../../ports/cache'
import type { Clock } from '../../ports/clock'
import { singleFlight } from '../../single-flight'
import { type Transport, type WechatAnswer, WechatRefusal, type WechatRequest } from './transport'

export interface Credentials {
  readonly appid: string
  readonly secret: string
}

interface Token {
  readonly token: string
  /** Milliseconds since 1970 until which it may be handed out. */
  readonly until: number
}

// WeChat renews a stable token five minutes before its end; both are good in between.
const OVERLAP_SECONDS = 300
const MEMORY_SECONDS = 300
const FORCE_APART_SECONDS = 30
const FORCED_A_DAY = 20
const DAY_SECONDS = 86_400
const TOKEN_CODES = new Set([40001, 40014, 42001])

export const isTokenRefusal = (error: unknown) =>
  error instanceof WechatRefusal && TOKEN_CODES.has(error.code)

/** The token could not be had: the call itself was surely not made. */
export class TokenUnavailable extends Error {
  constructor(readonly code: number | null) {
    super('WeChat gave no access token')
    this.name = 'TokenUnavailable'
  }
}

function readToken(raw: string | undefined): Token | undefined {
  if (raw === undefined) return undefined
  const value: unknown = JSON.parse(raw)
  const known = value as Partial<Token>
  return typeof known.token === 'string' && typeof known.until === 'number'
    ? { token: known.token, until: known.until }
    : undefined
}

/**
 * Calls WeChat with the account's stable token, kept in memory and in the shared cache. A refused token is dropped
 * only where it still stands, fetched once more, and forced anew at most once, by one process at a time. However many
 * calls find the same token missing or refused, one of them fetches.
 */
export function createAuthorisedTransport(
  account: Credentials,
  transport: Transport,
  cache: Cache,
  clock: Clock,
): Transport {
  const key = `wx:token:${account.appid}`
  let memory: Token | undefined
  const now = () => Date.parse(clock.now())

  // Every process gets the same stable token, so that a shared cache out of reach costs a call and no more.
  const orUndefined = <Value>(attempt: Promise<Value>) => attempt.catch(() => undefined)

  const fetchToken = async (force: boolean) => {
    const answer = await transport({
      method: 'POST',
      path: '/cgi-bin/stable_token',
      body: {
        grant_type: 'client_credential',
        appid: account.appid,
        secret: account.secret,
        force_refresh: force,
      },
    }).catch((error: unknown) => {
      throw new TokenUnavailable(error instanceof WechatRefusal ? error.code : null)
    })
    const { access_token: token, expires_in: seconds } = answer
    if (typeof token !== 'string' || typeof seconds !== 'number') throw new TokenUnavailable(null)
    const usable = Math.max(seconds - OVERLAP_SECONDS, 0)
    const fresh = { token, until: now() + usable * 1000 }
    memory = { token, until: now() + Math.min(usable, MEMORY_SECONDS) * 1000 }
    if (usable > 0) await orUndefined(cache.set(key, JSON.stringify(fresh), usable))
    return token
  }

  const sharedToken = singleFlight(async () => {
    const shared = readToken(await orUndefined(cache.get(key)))
    if (!shared || shared.until <= now()) return fetchToken(false)
    memory = { token: shared.token, until: Math.min(shared.until, now() + MEMORY_SECONDS * 1000) }
    return shared.token
  })
  const currentToken = async () => (memory && now() < memory.until ? memory.token : sharedToken())

  /** What follows a refused token; asked again for the same one, it is the same answer until it may be forced again. */
  const oncePerToken = (replace: (refused: string) => Promise<string>) => {
    let last: { readonly refused: string; readonly at: number; readonly token: Promise<string> } | undefined
    return (refused: string): Promise<string> => {
      if (memory && memory.token !== refused) return Promise.resolve(memory.token)
      if (last?.refused !== refused || now() - last.at >= FORCE_APART_SECONDS * 1000) {
        last = { refused, at: now(), token: replace(refused) }
        last.token.catch(() => {
          last = undefined
        })
      }
      return last.token
    }
  }

  const drop = async (failing: string) => {
    if (memory?.token === failing) memory = undefined
    const raw = await orUndefined(cache.get(key))
    if (raw !== undefined && readToken(raw)?.token === failing) {
      await orUndefined(cache.compareAndDelete(key, raw))
    }
  }

  /** The lock is left to run out, which keeps two forced refreshes apart. */
  const mayForce = async () => {
    if (!(await orUndefined(cache.setIfAbsent(`${key}:force`, randomUUID(), FORCE_APART_SECONDS))))
      return false
    const counter = `${key}:forced:${dayIn(clock.now())}`
    const times = Number((await orUndefined(cache.get(counter))) ?? 0)
    if (times >= FORCED_A_DAY) return false
    await orUndefined(cache.set(counter, String(times + 1), DAY_SECONDS))
    return true
  }

  const fetchedAnew = oncePerToken(async (refused) => {
    await drop(refused)
    return fetchToken(false)
  })
  const forced = oncePerToken(async (refused) => {
    await drop(refused)
    return (await mayForce()) ? fetchToken(true) : refused
  })

  /** Calls with the token; `replaced` names the next one after a refusal, unless there is none. */
  const attempt = async (
    token: string,
    request: WechatRequest,
    [replaced, ...others]: readonly ((refused: string) => Promise<string>)[],
  ): Promise<WechatAnswer> => {
    try {
      return await transport({ ...request, query: { ...request.query, access_token: token } })
    } catch (error) {
      if (!isTokenRefusal(error) || replaced === undefined) throw error
      return attempt(await replaced(token), request, others)
    }
  }

  return async (request) => attempt(await currentToken(), request, [fetchedAnew, forced])
}
