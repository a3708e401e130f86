import type { Cache } from '../ports/cache'
import type { RedisCommands, RedisScript } from './redis-commands'

const PREFIX = 'yinxiang:cache:'

const COMPARE_AND_DELETE: RedisScript = {
  name: 'compare-and-delete',
  text: `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`,
}

/** Shared by all processes of a deployment. */
export const createRedisCache = (commands: RedisCommands): Cache => ({
  get: (key) => commands.get(PREFIX + key),
  set: (key, value, seconds) => commands.set(PREFIX + key, value, seconds),
  setIfAbsent: (key, value, seconds) => commands.setIfAbsent(PREFIX + key, value, seconds),
  compareAndDelete: async (key, value) =>
    Number(await commands.run(COMPARE_AND_DELETE, [PREFIX + key], [value])) === 1,
})
