import { expect, test } from 'vitest'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { createMemoryCache } from '../memory-cache'
import { createAuthorisedTransport } from './access-token'
import { type Transport, WechatRefusal } from './transport'

const INVALID = 40001
const CALLS = 200
const now = '2026-11-24T01:42:00.000Z' as Instant
const later = () => new Promise((done) => setTimeout(done, Math.random() * 5))

/** An account whose good token changes under us; `fresh` may be what only a forced fetch gives. */
function account() {
  const fetched: boolean[] = []
  const state = { good: 'first', given: 'first' }
  const transport: Transport = async ({ path, query, body }) => {
    await later()
    if (path === '/cgi-bin/stable_token') {
      const force = (body as { force_refresh: boolean }).force_refresh
      fetched.push(force)
      if (force) state.given = state.good
      return { access_token: state.given, expires_in: 7200 }
    }
    if (query?.['access_token'] !== state.good) throw new WechatRefusal(INVALID)
    return { errcode: 0 }
  }
  const call = createAuthorisedTransport(
    { appid: 'wx0000000000000000', secret: 'secret' },
    transport,
    createMemoryCache(() => Date.parse(now)),
    { now: () => now },
  )
  return {
    fetched,
    state,
    callAll: () =>
      Promise.all(Array.from({ length: CALLS }, () => call({ method: 'GET', path: '/cgi-bin/user/info' }))),
  }
}

test('200 calls at once fetch one token, at the start and when it was replaced elsewhere', async () => {
  const { fetched, state, callAll } = account()
  await callAll()
  expect(fetched).toEqual([false])
  Object.assign(state, { good: 'second', given: 'second' })
  await callAll()
  expect(fetched).toEqual([false, false])
})

test('200 calls at once whose token stays bad force one, and all of them go out', async () => {
  const { fetched, state, callAll } = account()
  await callAll()
  state.good = 'second'
  await callAll()
  expect(fetched).toEqual([false, false, true])
})
