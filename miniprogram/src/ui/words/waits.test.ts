import { expect, test } from 'vitest'
import { limitWords, waitWords } from './waits'

test.each([
  [0, '1 秒'],
  [40, '40 秒'],
  [89.2, '90 秒'],
  [90, '2 分钟'],
  [601, '11 分钟'],
  [5400, '2 小时'],
  [86_400, '24 小时'],
])('%d seconds: %s', (seconds, words) => {
  expect(waitWords(seconds)).toBe(words)
})

test('what the server says of its limit is said; where it says nothing, how long to wait', () => {
  expect(limitWords({ detail: '你有 10 件还没办完', retryAfterSeconds: 86_400 })).toBe('你有 10 件还没办完。')
  expect(limitWords({ retryAfterSeconds: 120 })).toBe('点得太快了，2 分钟后再来。')
  expect(limitWords({})).toBe('点得太快了，过几分钟再来。')
})
