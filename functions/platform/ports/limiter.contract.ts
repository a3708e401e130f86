import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideReservation, type Limit, limitKey } from '#shared/domain/kernel/limit'
import { addDays, plainDate } from '#shared/domain/kernel/plain-date'
import type { Limiter } from './limiter'

const START = Date.parse('2026-11-24T01:42:00.000Z')
const DAY = plainDate('2026-11-24')

interface Operation {
  readonly person: number
  readonly urgent: boolean
  readonly template: number
  readonly later: number
  readonly giveBack: boolean
}

const operations: fc.Arbitrary<Operation[]> = fc.array(
  fc.record({
    person: fc.integer({ min: 0, max: 2 }),
    urgent: fc.boolean(),
    template: fc.integer({ min: 0, max: 1 }),
    // Clocks of several machines: mostly forward, now and then a little back.
    later: fc.integer({ min: -2_000, max: 9_000 }),
    giveBack: fc.boolean(),
  }),
  { maxLength: 60 },
)

const WINDOW_SECONDS = 10
const WINDOW_MAX = 3

/** Everything that was ever reserved and not given back, kept the simplest way. */
function createHistory() {
  const units: { key: string; at: number }[] = []
  const timesOf = (key: string) =>
    units
      .filter((unit) => unit.key === key)
      .map((unit) => unit.at)
      .sort((a, b) => a - b)
  return {
    usage: { count: (key: string) => timesOf(key).length, times: timesOf },
    add: (limits: readonly Limit[], at: number) =>
      units.push(...limits.map((limit) => ({ key: limitKey(limit), at }))),
    remove: (limits: readonly Limit[], at: number) => {
      for (const limit of limits) {
        const found = units.findIndex((unit) => unit.key === limitKey(limit) && unit.at === at)
        if (found >= 0) units.splice(found, 1)
      }
    },
    timesOf,
  }
}

const limitsOf = (run: string, { person, urgent, template }: Operation): readonly Limit[] => [
  { kind: 'per-day', name: 'person-per-day', key: `${run}:p${person}`, day: DAY, max: urgent ? 4 : 2 },
  {
    kind: 'sliding-window',
    name: 'template-per-minute',
    key: `${run}:t${template}`,
    seconds: WINDOW_SECONDS,
    max: WINDOW_MAX,
  },
  { kind: 'per-day', name: 'account-per-day', key: `${run}:a`, day: DAY, max: 12 },
]

const mostInAnyWindow = (times: readonly number[]) =>
  Math.max(
    0,
    ...times.map((end) => times.filter((at) => at > end - WINDOW_SECONDS * 1000 && at <= end).length),
  )

/** Asks limiter and model the same question, and lets both take the consequence. */
async function compare(
  limiter: Limiter,
  history: ReturnType<typeof createHistory>,
  limits: readonly Limit[],
  { now, giveBack }: { readonly now: number; readonly giveBack: boolean },
) {
  const expected = decideReservation(history.usage, limits, now)
  expect(await limiter.reserve(limits, now)).toEqual(expected)
  if (expected.kind === 'refused') return
  history.add(limits, now)
  if (!giveBack) return
  await limiter.release(limits, now)
  history.remove(limits, now)
}

/** What every limiter does; `createLimiter` may answer one that others have used before. */
export function limiterContract(name: string, createLimiter: () => Limiter) {
  describe(`limiter: ${name}`, () => {
    const perDay = (key: string, max: number, day = DAY): Limit => ({
      kind: 'per-day',
      name: 'person-per-day',
      key,
      day,
      max,
    })
    const window = (key: string, max: number): Limit => ({
      kind: 'sliding-window',
      name: 'template-per-minute',
      key,
      seconds: 60,
      max,
    })

    it('decides as the model does, and lets no window exceed its maximum', async () => {
      const limiter = createLimiter()
      await fc.assert(
        fc.asyncProperty(operations, async (steps) => {
          const run = randomUUID()
          const history = createHistory()
          let now = START
          for (const step of steps) {
            now += step.later
            await compare(limiter, history, limitsOf(run, step), { now, giveBack: step.giveBack })
          }
          for (const template of [0, 1]) {
            expect(mostInAnyWindow(history.timesOf(`${run}:t${template}`))).toBeLessThanOrEqual(WINDOW_MAX)
          }
        }),
        { numRuns: 60 },
      )
    })

    it('takes all or none', async () => {
      const limiter = createLimiter()
      const [wide, narrow] = [perDay(randomUUID(), 2), perDay(randomUUID(), 1)]
      expect(await limiter.reserve([wide, narrow], START)).toEqual({ kind: 'granted' })
      for (let attempt = 0; attempt < 5; attempt += 1) {
        expect((await limiter.reserve([wide, narrow], START)).kind).toBe('refused')
      }
      expect(await limiter.reserve([wide], START)).toEqual({ kind: 'granted' })
    })

    it('gives a day back at midnight in Shanghai', async () => {
      const limiter = createLimiter()
      const key = randomUUID()
      await limiter.reserve([perDay(key, 1)], START)
      expect(await limiter.reserve([perDay(key, 1)], START)).toEqual({
        kind: 'refused',
        limit: 'person-per-day',
        retryAt: '2026-11-24T16:00:00.000Z',
      })
      expect(await limiter.reserve([perDay(key, 1, addDays(DAY, 1))], START)).toEqual({ kind: 'granted' })
    })

    it('names the moment at which the window has a unit again', async () => {
      const limiter = createLimiter()
      const limit = window(randomUUID(), 2)
      await limiter.reserve([limit], START)
      await limiter.reserve([limit], START + 5_000)
      const refused = { kind: 'refused', limit: 'template-per-minute', retryAt: '2026-11-24T01:43:00.000Z' }
      expect(await limiter.reserve([limit], START + 59_999)).toEqual(refused)
      expect(await limiter.reserve([limit], START + 60_000)).toEqual({ kind: 'granted' })
    })

    it('grants exactly the maximum to many who ask at once', async () => {
      const limiter = createLimiter()
      const limits = [window(randomUUID(), 7), perDay(randomUUID(), 100)]
      const verdicts = await Promise.all(
        Array.from({ length: 40 }, (_, index) => limiter.reserve(limits, START + index)),
      )
      expect(verdicts.filter((verdict) => verdict.kind === 'granted')).toHaveLength(7)
    })
  })
}
