import { afterEach, beforeEach, expect, test, vi } from 'vitest'

beforeEach(() => {
  vi.resetModules()
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

const dated = (at: string) => new Date(at).toUTCString()

test('what is noted later is never earlier, though answers tell whole seconds', async () => {
  const { learnTime, now } = await import('./clock')
  vi.setSystemTime('2026-11-24T09:00:00.100Z')
  learnTime(dated('2026-11-24T09:00:00.100Z'))
  vi.setSystemTime('2026-11-24T09:00:00.950Z')
  const filedAt = now()
  learnTime(dated('2026-11-24T09:00:00.990Z'))
  vi.setSystemTime('2026-11-24T09:00:01.000Z')
  expect(now() > filedAt).toBe(true)
})

test('a clock that was set back is believed', async () => {
  const { learnTime, now } = await import('./clock')
  vi.setSystemTime('2026-11-24T09:00:00Z')
  learnTime('Tue, 24 Nov 2026 10:00:00 GMT')
  expect(now()).toBe('2026-11-24T10:00:00.000Z')
  learnTime('Tue, 24 Nov 2026 09:30:00 GMT')
  expect(now()).toBe('2026-11-24T09:30:00.000Z')
})
