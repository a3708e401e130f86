import { randomUUID } from 'node:crypto'
import { endOfDay, type Limit, limitKey, windowRetryAt } from '#shared/domain/kernel/limit'
import { StoreUnavailable } from '../ports/cache'
import type { Limiter, Reservation } from '../ports/limiter'
import type { RedisCommands, RedisScript } from './redis-commands'

// One hash tag, so that all keys of a reservation live in one slot of a cluster.
const PREFIX = '{yinxiang:limits}:'
const DAY_EXPIRY_SECONDS = 3 * 86_400

/** What the store loses together with the counters of a day. */
const EPOCH = `${PREFIX}epoch`

/**
 * KEYS: a mark of this call, the epoch, then one key for each limit. ARGV: the call's id, the time in milliseconds, then
 * for each limit kind, maximum and span (days: expiry in seconds, windows: milliseconds).
 * Answers {number of the limit that refuses, time of the unit in the way}, {0, epoch} when granted, {-1, ''} when a day
 * is asked for and there is no epoch. The mark makes a repeated call one call:
 * the REST client repeats what it had no answer to. A window keeps twice its span, for clocks that lag behind.
 */
const RESERVE: RedisScript = {
  name: 'reserve',
  text: `local id, now = ARGV[1], tonumber(ARGV[2])
local function limit(i)
  local at = 3 + (i - 3) * 3
  return ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
end
local function ms(number) return string.format('%.0f', number) end
local epoch = redis.call('GET', KEYS[2]) or ''
if redis.call('EXISTS', KEYS[1]) == 1 then return {0, epoch} end
for i = 3, #KEYS do
  if limit(i) == 'd' and epoch == '' then return {-1, ''} end
end
for i = 3, #KEYS do
  local kind, max, span = limit(i)
  if kind == 'd' then
    if tonumber(redis.call('GET', KEYS[i]) or '0') >= max then return {i - 2, '0'} end
  else
    local after = '(' .. ms(now - span)
    local count = redis.call('ZCOUNT', KEYS[i], after, '+inf')
    if count >= max then
      local unit = redis.call('ZRANGEBYSCORE', KEYS[i], after, '+inf', 'WITHSCORES', 'LIMIT', count - max, 1)
      return {i - 2, unit[2]}
    end
  end
end
for i = 3, #KEYS do
  local kind, max, span = limit(i)
  if kind == 'd' then
    redis.call('INCR', KEYS[i])
    redis.call('EXPIRE', KEYS[i], span)
  else
    redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', ms(now - 2 * span))
    redis.call('ZADD', KEYS[i], ms(now), id)
    redis.call('PEXPIRE', KEYS[i], ms(math.max(2 * span, 3600000)))
  end
end
redis.call('SET', KEYS[1], '1', 'EX', 60)
return {0, epoch}`,
}

/**
 * Keys and values as RESERVE, the time being that of the reservation, the epoch of the reservation last. A window gives
 * back exactly that unit.
 */
const RELEASE: RedisScript = {
  name: 'release',
  text: `if not redis.call('SET', KEYS[1], '1', 'EX', 60, 'NX') then return 0 end
local same = redis.call('GET', KEYS[2]) == ARGV[#ARGV]
for i = 3, #KEYS do
  if ARGV[3 + (i - 3) * 3] == 'd' then
    if same and tonumber(redis.call('GET', KEYS[i]) or '0') > 0 then redis.call('DECR', KEYS[i]) end
  else
    local unit = redis.call('ZRANGEBYSCORE', KEYS[i], ARGV[2], ARGV[2], 'LIMIT', 0, 1)
    if unit[1] then redis.call('ZREM', KEYS[i], unit[1]) end
  end
end
return 1`,
}

/** KEYS: the epoch, then the counters of days. ARGV: the new epoch, the counters' expiry in seconds, their counts. */
const RESTORE: RedisScript = {
  name: 'restore',
  text: `if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
for i = 2, #KEYS do
  if tonumber(ARGV[i + 1]) > tonumber(redis.call('GET', KEYS[i]) or '0') then
    redis.call('SET', KEYS[i], ARGV[i + 1], 'EX', ARGV[2])
  end
end
redis.call('SET', KEYS[1], ARGV[1])
return 1`,
}

const valuesOf = (limit: Limit) =>
  limit.kind === 'per-day'
    ? ['d', String(limit.max), String(DAY_EXPIRY_SECONDS)]
    : ['w', String(limit.max), String(limit.seconds * 1000)]

function reservationOf(limits: readonly Limit[], answer: unknown): Reservation {
  if (!Array.isArray(answer)) throw new StoreUnavailable('answer')
  const refusing = Number(answer[0])
  if (refusing === 0) return { kind: 'granted', epoch: String(answer[1]) }
  if (refusing < 0) return { kind: 'forgotten' }
  const limit = limits[refusing - 1]
  if (!limit) throw new StoreUnavailable('answer')
  const blockedBy = Number(answer[1])
  const retryAt = limit.kind === 'per-day' ? endOfDay(limit.day) : windowRetryAt(blockedBy, limit.seconds)
  return { kind: 'refused', limit: limit.name, retryAt }
}

/** The same script over ioredis and Upstash. */
export function createRedisLimiter(commands: RedisCommands): Limiter {
  const run = (script: RedisScript, limits: readonly Limit[], time: number, more: readonly string[] = []) => {
    const id = randomUUID()
    const keys = [`${PREFIX}call:${id}`, EPOCH, ...limits.map((limit) => PREFIX + limitKey(limit))]
    return commands.run(script, keys, [id, String(time), ...limits.flatMap(valuesOf), ...more])
  }
  return {
    reserve: async (limits, now) => reservationOf(limits, await run(RESERVE, limits, now)),
    release: async (limits, reservedAt, epoch) => {
      await run(RELEASE, limits, reservedAt, [epoch])
    },
    restore: async (used) => {
      const keys = [EPOCH, ...used.map(({ key }) => PREFIX + key)]
      const counts = used.map(({ count }) => String(count))
      await commands.run(RESTORE, keys, [randomUUID(), String(DAY_EXPIRY_SECONDS), ...counts])
    },
    stands: async (epoch) => (await commands.get(EPOCH)) === epoch,
  }
}
