import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { dayKey, decideReservation, type Limit, limitKey } from '#shared/domain/kernel/limit'
import { addDays, plainDate } from '#shared/domain/kernel/plain-date'
import type { Limiter, Reservation } from './limiter'

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
  const reserved = await limiter.reserve(limits, now)
  expect(reserved).toMatchObject(expected)
  if (reserved.kind !== 'granted') return
  history.add(limits, now)
  if (!giveBack) return
  await limiter.release(limits, now, reserved.epoch)
  history.remove(limits, now)
}

/** The epoch of a reservation that must have been granted. */
function epochOf(reservation: Reservation): string {
  expect(reservation).toMatchObject({ kind: 'granted' })
  return reservation.kind === 'granted' ? reservation.epoch : ''
}

interface Openings {
  /** May answer one that others have used before. */
  create(): Limiter
  /** One whose store has just lost everything, of which `create` gives others. */
  createEmptied(): Promise<{ readonly emptied: Limiter; readonly create: () => Limiter }>
}

/** What every limiter does. */
export function limiterContract(name: string, { create, createEmptied }: Openings) {
  describe(`limiter: ${name}`, () => {
    let createLimiter = create
    beforeAll(async () => {
      const limiter = create()
      await limiter.restore([])
      createLimiter = () => limiter
    })
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
      expect(await limiter.reserve([wide, narrow], START)).toMatchObject({ kind: 'granted' })
      for (let attempt = 0; attempt < 5; attempt += 1) {
        expect((await limiter.reserve([wide, narrow], START)).kind).toBe('refused')
      }
      expect(await limiter.reserve([wide], START)).toMatchObject({ kind: 'granted' })
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
      expect(await limiter.reserve([perDay(key, 1, addDays(DAY, 1))], START)).toMatchObject({
        kind: 'granted',
      })
    })

    it('names the moment at which the window has a unit again', async () => {
      const limiter = createLimiter()
      const limit = window(randomUUID(), 2)
      await limiter.reserve([limit], START)
      await limiter.reserve([limit], START + 5_000)
      const refused = { kind: 'refused', limit: 'template-per-minute', retryAt: '2026-11-24T01:43:00.000Z' }
      expect(await limiter.reserve([limit], START + 59_999)).toEqual(refused)
      expect(await limiter.reserve([limit], START + 60_000)).toMatchObject({ kind: 'granted' })
    })

    it('grants exactly the maximum to many who ask at once', async () => {
      const limiter = createLimiter()
      const limits = [window(randomUUID(), 7), perDay(randomUUID(), 100)]
      const verdicts = await Promise.all(
        Array.from({ length: 40 }, (_, index) => limiter.reserve(limits, START + index)),
      )
      expect(verdicts.filter((verdict) => verdict.kind === 'granted')).toHaveLength(7)
    })

    describe('that has lost its store', () => {
      const person = () => perDay(randomUUID(), 3)
      const used = (limit: Limit, count: number) => ({ key: dayKey(limit.key, DAY), count })

      it('reserves nothing of a day before it is told what the day has used up', async () => {
        const { emptied } = await createEmptied()
        const [limit, minute] = [person(), window(randomUUID(), 1)]
        for (let time = 1; time <= 3; time += 1) {
          expect(await emptied.reserve([minute, limit], START)).toEqual({ kind: 'forgotten' })
        }
        await emptied.restore([used(limit, 2)])
        expect(await emptied.reserve([minute, limit], START)).toMatchObject({ kind: 'granted' })
        expect(await emptied.reserve([limit], START)).toMatchObject({ kind: 'refused' })
        expect((await emptied.reserve([person()], START)).kind).toBe('granted')
      })

      it('goes on with windows alone, which are short', async () => {
        const { emptied } = await createEmptied()
        const minute = window(randomUUID(), 1)
        expect(await emptied.reserve([minute], START)).toMatchObject({ kind: 'granted' })
        expect(await emptied.reserve([minute], START)).toMatchObject({ kind: 'refused' })
      })

      it('is told once, whoever tells it: what is reserved since is neither doubled nor lost', async () => {
        const { emptied, create: another } = await createEmptied()
        const limit = person()
        const tell = () => another().restore([used(limit, 1)])
        await Promise.all([tell(), tell(), tell()])
        const epoch = epochOf(await emptied.reserve([limit], START))
        await Promise.all([tell(), tell()])
        expect(await emptied.stands(epoch)).toBe(true)
        expect(epochOf(await emptied.reserve([limit], START))).toBe(epoch)
        expect(await emptied.reserve([limit], START)).toMatchObject({ kind: 'refused' })
      })

      it('knows a reservation of before, and takes none of its units back', async () => {
        const { emptied: before } = await createEmptied()
        const limit = person()
        await before.restore([])
        const epoch = epochOf(await before.reserve([limit], START))
        expect(await before.stands(epoch)).toBe(true)
        const { emptied: after } = await createEmptied()
        expect(await after.stands(epoch)).toBe(false)
        await after.restore([used(limit, 2)])
        expect(await after.stands(epoch)).toBe(false)
        await after.release([limit], START, epoch)
        await after.reserve([limit], START)
        expect(await after.reserve([limit], START)).toMatchObject({ kind: 'refused' })
      })
    })
  })
}
