import { randomUUID } from 'node:crypto'
import {
  endOfDay,
  FURTHEST_AHEAD,
  type Limit,
  limitKey,
  usedAt,
  windowRetryAt,
} from '#shared/domain/kernel/limit'
import { StoreUnavailable } from '../ports/cache'
import type { Limiter, Reservation } from '../ports/limiter'
import type { RedisCommands, RedisScript } from './redis-commands'

// One hash tag, so that all keys of a reservation live in one slot of a cluster.
const PREFIX = '{yinxiang:limits}:'
const DAY_EXPIRY_SECONDS = 3 * 86_400

/** What the store loses together with the counters of a day. */
const EPOCH = `${PREFIX}epoch`

/** How the calls of the three scripts below begin: `limit(i)`, of the i-th limit its key, the key of its clock, kind, maximum, span and hold. */
const HEAD = `local id, now = ARGV[1], tonumber(ARGV[2])
local count = (#KEYS - 2) / 2
local function limit(i)
  local at = 3 + (i - 1) * 4
  return KEYS[1 + 2 * i], KEYS[2 + 2 * i], ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])
end
local function ms(number) return string.format('%.0f', number) end
`

/**
 * KEYS: a mark of this call, the epoch, then for each limit its key and the key of the latest time asked for it. ARGV: the call's id, the
 * time in milliseconds, then for each limit kind, maximum, span (days: expiry in seconds, windows: milliseconds) and for how many
 * milliseconds a unit is held; at last how far a clock may be ahead.
 * Answers {number of the limit that refuses, time of the unit in the way}, {0, epoch, time} when granted, {-1, ''} when a day
 * is asked for and there is no epoch. The mark makes a repeated call one call:
 * the REST client repeats what it had no answer to.
 */
const RESERVE: RedisScript = {
  name: 'reserve',
  text: `${HEAD}local furthest = tonumber(ARGV[#ARGV])
local epoch = redis.call('GET', KEYS[2]) or ''
local before = redis.call('GET', KEYS[1])
if before then return {0, epoch, before} end
local asked = now
for i = 1, count do
  local key, clock, kind = limit(i)
  if kind == 'd' and epoch == '' then return {-1, ''} end
  if kind == 'w' then
    local latest = tonumber(redis.call('GET', clock) or '0')
    if latest > asked and latest <= now + furthest then asked = latest end
  end
end
now = asked
for i = 1, count do
  local key, clock, kind, max, span = limit(i)
  if kind == 'w' then redis.call('SET', clock, ms(now), 'PX', ms(math.max(2 * span, 3600000))) end
end
for i = 1, count do
  local key, clock, kind, max, span = limit(i)
  if kind == 'd' then
    if tonumber(redis.call('GET', key) or '0') >= max then return {i, '0'} end
  else
    local after = '(' .. ms(now - span)
    local units = redis.call('ZCOUNT', key, after, '+inf')
    if units >= max then
      local unit = redis.call('ZRANGEBYSCORE', key, after, '+inf', 'WITHSCORES', 'LIMIT', units - max, 1)
      return {i, unit[2]}
    end
  end
end
for i = 1, count do
  local key, clock, kind, max, span, hold = limit(i)
  if kind == 'd' then
    redis.call('INCR', key)
    redis.call('EXPIRE', key, span)
  else
    redis.call('ZREMRANGEBYSCORE', key, '-inf', ms(now - 2 * span))
    redis.call('ZADD', key, ms(now + hold), id)
    redis.call('PEXPIRE', key, ms(math.max(2 * span, 3600000)))
  end
end
redis.call('SET', KEYS[1], ms(now), 'EX', 60)
return {0, epoch, ms(now)}`,
}

/**
 * Keys and values as RESERVE, the time being that of the reservation, the epoch of the reservation last. A window gives
 * back exactly that unit.
 */
const RELEASE: RedisScript = {
  name: 'release',
  text: `${HEAD}if not redis.call('SET', KEYS[1], '1', 'EX', 60, 'NX') then return 0 end
local same = redis.call('GET', KEYS[2]) == ARGV[#ARGV]
for i = 1, count do
  local key, clock, kind, max, span, hold = limit(i)
  if kind == 'd' then
    if same and tonumber(redis.call('GET', key) or '0') > 0 then redis.call('DECR', key) end
  else
    local at = ms(now + hold)
    local unit = redis.call('ZRANGEBYSCORE', key, at, at, 'LIMIT', 0, 1)
    if unit[1] then redis.call('ZREM', key, unit[1]) end
  end
end
return 1`,
}

/** Keys and values as RELEASE, by when the unit was used last. A repeated call finds the unit no more where it was. */
const USE: RedisScript = {
  name: 'use',
  text: `${HEAD}for i = 1, count do
  local key, clock, kind, max, span, hold = limit(i)
  if kind == 'w' then
    local at = ms(now + hold)
    local unit = redis.call('ZRANGEBYSCORE', key, at, at, 'LIMIT', 0, 1)
    if unit[1] then redis.call('ZADD', key, ARGV[#ARGV], unit[1]) end
  end
end
return 1`,
}

/**
 * KEYS: the epoch, the counters of days, the windows. ARGV: the new epoch, the counters' expiry in seconds, how many of the keys are days,
 * their counts, then of each window how many units it has and their times.
 */
const RESTORE: RedisScript = {
  name: 'restore',
  text: `if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local days = tonumber(ARGV[3])
for i = 2, days + 1 do
  if tonumber(ARGV[i + 2]) > tonumber(redis.call('GET', KEYS[i]) or '0') then
    redis.call('SET', KEYS[i], ARGV[i + 2], 'EX', ARGV[2])
  end
end
local at = days + 4
for i = days + 2, #KEYS do
  for unit = 1, tonumber(ARGV[at]) do
    redis.call('ZADD', KEYS[i], ARGV[at + unit], ARGV[1] .. ':' .. unit)
  end
  at = at + tonumber(ARGV[at]) + 1
  redis.call('EXPIRE', KEYS[i], 3600)
end
redis.call('SET', KEYS[1], ARGV[1])
return 1`,
}

const valuesOf = (limit: Limit) =>
  limit.kind === 'per-day'
    ? ['d', String(limit.max), String(DAY_EXPIRY_SECONDS), '0']
    : ['w', String(limit.max), String(limit.seconds * 1000), String(usedAt(limit, 0))]

function reservationOf(limits: readonly Limit[], answer: unknown): Reservation {
  if (!Array.isArray(answer)) throw new StoreUnavailable('answer')
  const refusing = Number(answer[0])
  if (refusing === 0) return { kind: 'granted', epoch: String(answer[1]), at: Number(answer[2]) }
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
    const named = limits.map((limit) => PREFIX + limitKey(limit))
    const keys = [`${PREFIX}call:${id}`, EPOCH, ...named.flatMap((key) => [key, `${key}:asked`])]
    return commands.run(script, keys, [id, String(time), ...limits.flatMap(valuesOf), ...more])
  }
  return {
    reserve: async (limits, now) =>
      reservationOf(limits, await run(RESERVE, limits, now, [String(FURTHEST_AHEAD)])),
    release: async (limits, reservedAt, epoch) => {
      await run(RELEASE, limits, reservedAt, [epoch])
    },
    use: async (limits, reservedAt, usedBy) => {
      await run(USE, limits, reservedAt, [String(usedBy)])
    },
    restore: async (used, windows = []) => {
      const keys = [EPOCH, ...[...used, ...windows].map(({ key }) => PREFIX + key)]
      const counts = [used.length, ...used.map(({ count }) => count)]
      const units = windows.flatMap(({ times }) => [times.length, ...times])
      await commands.run(RESTORE, keys, [
        randomUUID(),
        String(DAY_EXPIRY_SECONDS),
        ...[...counts, ...units].map(String),
      ])
    },
    stands: async (epoch) => (await commands.get(EPOCH)) === epoch,
  }
}
