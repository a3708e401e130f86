import { expect, test, vi } from 'vitest'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { createMemoryLimiter } from '../adapters/memory-limiter'
import { StoreUnavailable } from '../ports/cache'
import type { Limiter } from '../ports/limiter'
import { createBrake } from './brake'

const log = () => ({ info: vi.fn(), warn: vi.fn(), error: vi.fn() })
let now = Date.parse('2026-11-24T01:42:00.000Z')
const clock = { now: () => new Date(now).toISOString() as Instant }

test('lets so many pass in any window, each key for itself, and says when to come again', async () => {
  const brake = createBrake({ limiter: createMemoryLimiter(), clock, log: log() })
  const ask = (key: string) => brake.limit('identity-checks', key, 3, 3600)
  for (let time = 1; time <= 3; time += 1) await ask('one')
  now += 600_000
  await expect(ask('one')).rejects.toMatchObject({
    code: 'request.rate-limited',
    details: { retryAfterSeconds: 3000, detail: expect.stringContaining('50 分钟') },
  })
  await ask('two')
  now += 3_000_000
  await ask('one')
})

test('a try of which nothing came is given back, in a window and of a day', async () => {
  const brake = createBrake({ limiter: createMemoryLimiter(), clock, log: log() })
  for (const span of [3600, dayIn(clock.now())] as const) {
    const ask = () => brake.take('replies', `${span}`, 1, span)
    const giveBack = await ask()
    await expect(ask()).rejects.toMatchObject({ code: 'request.rate-limited' })
    await giveBack()
    await ask()
    await expect(ask()).rejects.toMatchObject({ code: 'request.rate-limited' })
  }
})

test('counts a day from the first start on, and gives it back at midnight in Shanghai', async () => {
  now = Date.parse('2026-11-24T12:00:00.000Z')
  const brake = createBrake({ limiter: createMemoryLimiter(), clock, log: log() })
  const ask = () => brake.limit('additions', 'one', 2, dayIn(clock.now()), { detail: '明天再交' })
  for (let time = 1; time <= 2; time += 1) await ask()
  await expect(ask()).rejects.toMatchObject({
    code: 'request.rate-limited',
    details: { retryAfterSeconds: 4 * 3600, detail: '明天再交' },
  })
  now += 4 * 3_600_000
  await ask()
})

test('lets everybody pass while the store is away, and says so without naming anybody', async () => {
  const away = () => Promise.reject(new StoreUnavailable('ECONNREFUSED'))
  const limiter: Limiter = { reserve: away, release: away, restore: away, stands: away, use: away }
  const book = log()
  const brake = createBrake({ limiter, clock, log: book })
  for (let time = 1; time <= 5; time += 1) await brake.limit('identity-checks', 'somebody', 1, 60)
  expect(book.warn).toHaveBeenCalledWith('brake.store-unavailable', { brake: 'identity-checks' })
  expect(JSON.stringify(book.warn.mock.calls)).not.toContain('somebody')
})
