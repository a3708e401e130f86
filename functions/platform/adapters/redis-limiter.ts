import { randomUUID } from 'node:crypto'
import { endOfDay, type Limit, type LimitVerdict, limitKey, windowRetryAt } from '#shared/domain/kernel/limit'
import { StoreUnavailable } from '../ports/cache'
import type { Limiter } from '../ports/limiter'
import type { RedisCommands, RedisScript } from './redis-commands'

// One hash tag, so that all keys of a reservation live in one slot of a cluster.
const PREFIX = '{yinxiang:limits}:'
const DAY_EXPIRY_SECONDS = 3 * 86_400

/**
 * KEYS: a mark of this call, then one key for each limit. ARGV: the call's id, the time in milliseconds, then for each
 * limit kind, maximum and span (days: expiry in seconds, windows: milliseconds).
 * Answers {number of the limit that refuses or 0, time of the unit in the way}. The mark makes a repeated call one call:
 * the REST client repeats what it had no answer to. A window keeps twice its span, for clocks that lag behind.
 */
const RESERVE: RedisScript = {
  name: 'reserve',
  text: `local id, now = ARGV[1], tonumber(ARGV[2])
local function limit(i)
  local at = 3 + (i - 2) * 3
  return ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
end
local function ms(number) return string.format('%.0f', number) end
if redis.call('EXISTS', KEYS[1]) == 1 then return {0, '0'} end
for i = 2, #KEYS do
  local kind, max, span = limit(i)
  if kind == 'd' then
    if tonumber(redis.call('GET', KEYS[i]) or '0') >= max then return {i - 1, '0'} end
  else
    local after = '(' .. ms(now - span)
    local count = redis.call('ZCOUNT', KEYS[i], after, '+inf')
    if count >= max then
      local unit = redis.call('ZRANGEBYSCORE', KEYS[i], after, '+inf', 'WITHSCORES', 'LIMIT', count - max, 1)
      return {i - 1, unit[2]}
    end
  end
end
for i = 2, #KEYS do
  local kind, max, span = limit(i)
  if kind == 'd' then
    redis.call('INCR', KEYS[i])
    redis.call('EXPIRE', KEYS[i], span)
  else
    redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', ms(now - 2 * span))
    redis.call('ZADD', KEYS[i], ms(now), id)
    redis.call('PEXPIRE', KEYS[i], ms(60 * span))
  end
end
redis.call('SET', KEYS[1], '1', 'EX', 60)
return {0, '0'}`,
}

/** Keys and values as RESERVE, the time being that of the reservation. A window gives back exactly that unit. */
const RELEASE: RedisScript = {
  name: 'release',
  text: `if not redis.call('SET', KEYS[1], '1', 'EX', 60, 'NX') then return 0 end
for i = 2, #KEYS do
  if ARGV[3 + (i - 2) * 3] == 'd' then
    if tonumber(redis.call('GET', KEYS[i]) or '0') > 0 then redis.call('DECR', KEYS[i]) end
  else
    local unit = redis.call('ZRANGEBYSCORE', KEYS[i], ARGV[2], ARGV[2], 'LIMIT', 0, 1)
    if unit[1] then redis.call('ZREM', KEYS[i], unit[1]) end
  end
end
return 1`,
}

const valuesOf = (limit: Limit) =>
  limit.kind === 'per-day'
    ? ['d', String(limit.max), String(DAY_EXPIRY_SECONDS)]
    : ['w', String(limit.max), String(limit.seconds * 1000)]

function verdictOf(limits: readonly Limit[], answer: unknown): LimitVerdict {
  if (!Array.isArray(answer)) throw new StoreUnavailable('answer')
  const [refusing, blockedBy] = answer.map(Number)
  if (refusing === 0) return { kind: 'granted' }
  const limit = limits[(refusing ?? 0) - 1]
  if (!limit || blockedBy === undefined) throw new StoreUnavailable('answer')
  const retryAt = limit.kind === 'per-day' ? endOfDay(limit.day) : windowRetryAt(blockedBy, limit.seconds)
  return { kind: 'refused', limit: limit.name, retryAt }
}

/** The same script over ioredis and Upstash. */
export function createRedisLimiter(commands: RedisCommands): Limiter {
  const run = (script: RedisScript, limits: readonly Limit[], time: number) => {
    const id = randomUUID()
    const keys = [`call:${id}`, ...limits.map(limitKey)].map((key) => PREFIX + key)
    return commands.run(script, keys, [id, String(time), ...limits.flatMap(valuesOf)])
  }
  return {
    reserve: async (limits, now) => verdictOf(limits, await run(RESERVE, limits, now)),
    release: async (limits, reservedAt) => {
      await run(RELEASE, limits, reservedAt)
    },
  }
}
