import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  dayKey,
  decideReservation,
  type Limit,
  limitKey,
  reservationTime,
  usedAt,
} from '#shared/domain/kernel/limit'
import { addDays, plainDate } from '#shared/domain/kernel/plain-date'
import type { Limiter, Reservation } from './limiter'

const START = Date.parse('2026-11-24T01:42:00.000Z')
const DAY = plainDate('2026-11-24')
const WINDOW_SECONDS = 10
const WINDOW_MAX = 3
const HOLD_SECONDS = 2

interface Operation {
  readonly person: number
  readonly urgent: boolean
  readonly template: number
  readonly later: number
  readonly clock: number
  readonly after: 'keep' | 'give-back' | 'use'
  /** Milliseconds after the reservation. */
  readonly usedAfter: number
}

const operations: fc.Arbitrary<Operation[]> = fc.array(
  fc.record({
    person: fc.integer({ min: 0, max: 2 }),
    urgent: fc.boolean(),
    template: fc.integer({ min: 0, max: 1 }),
    later: fc.integer({ min: 0, max: 9_000 }),
    // Clocks of several machines differ.
    clock: fc.constantFrom(0, 0, 0, -2_000, 1_500, 300_000),
    after: fc.constantFrom('keep', 'give-back', 'use'),
    usedAfter: fc.integer({ min: 0, max: HOLD_SECONDS * 1000 }),
  }),
  { maxLength: 60 },
)

/** Everything that was ever reserved and not given back, kept the simplest way. */
function createHistory() {
  const units: { key: string; at: number }[] = []
  const asked: { key: string; at: number }[] = []
  const timesOf = (key: string) =>
    units
      .filter((unit) => unit.key === key)
      .map((unit) => unit.at)
      .sort((a, b) => a - b)
  const unitsOf = (limits: readonly Limit[], at: number) =>
    limits.map((limit) => ({
      key: limitKey(limit),
      at: limit.kind === 'per-day' ? at : usedAt(limit, at),
    }))
  const indexOf = (wanted: { key: string; at: number }) =>
    units.findIndex(({ key, at }) => key === wanted.key && at === wanted.at)
  const remove = (limits: readonly Limit[], at: number) => {
    for (const wanted of unitsOf(limits, at)) if (indexOf(wanted) >= 0) units.splice(indexOf(wanted), 1)
  }
  return {
    usage: {
      count: (key: string) => timesOf(key).length,
      times: timesOf,
      latest: (key: string) => asked.findLast((each) => each.key === key)?.at ?? 0,
    },
    ask: (limits: readonly Limit[], at: number) =>
      asked.push(
        ...limits
          .filter(({ kind }) => kind === 'sliding-window')
          .map((limit) => ({ key: limitKey(limit), at })),
      ),
    add: (limits: readonly Limit[], at: number) => units.push(...unitsOf(limits, at)),
    remove,
    use: (limits: readonly Limit[], at: number, usedBy: number) => {
      for (const wanted of unitsOf(
        limits.filter(({ kind }) => kind === 'sliding-window'),
        at,
      )) {
        const found = units[indexOf(wanted)]
        if (found) found.at = usedBy
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
    holdSeconds: template * HOLD_SECONDS,
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
  now: number,
  { after, usedAfter }: Operation,
) {
  const at = reservationTime(history.usage, limits, now)
  const expected = decideReservation(history.usage, limits, at)
  const reserved = await limiter.reserve(limits, now)
  expect(reserved).toMatchObject(expected)
  history.ask(limits, at)
  if (reserved.kind !== 'granted') return
  expect(reserved.at).toBe(at)
  history.add(limits, at)
  if (after === 'give-back') {
    await limiter.release(limits, at, reserved.epoch)
    history.remove(limits, at)
  }
  if (after === 'use') {
    await limiter.use(limits, at, at + usedAfter)
    history.use(limits, at, at + usedAfter)
  }
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
    const window = (key: string, max: number) =>
      ({
        kind: 'sliding-window',
        name: 'template-per-minute',
        key,
        seconds: 60,
        max,
      }) as const satisfies Limit

    it('decides as the model does, and lets no window exceed its maximum', async () => {
      const limiter = createLimiter()
      await fc.assert(
        fc.asyncProperty(operations, async (steps) => {
          const run = randomUUID()
          const history = createHistory()
          let now = START
          for (const step of steps) {
            now += step.later
            await compare(limiter, history, limitsOf(run, step), now + step.clock, step)
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

    it('holds a unit until it is known when it was used, and longer where nobody says so', async () => {
      const limiter = createLimiter()
      const limit: Limit = { ...window(randomUUID(), 1), holdSeconds: 10 }
      await limiter.reserve([limit], START)
      expect(await limiter.reserve([limit], START + 60_000)).toMatchObject({
        retryAt: '2026-11-24T01:43:10.000Z',
      })
      await limiter.use([limit], START, START + 700)
      await limiter.use([limit], START, START + 5_000)
      expect(await limiter.reserve([limit], START + 60_699)).toMatchObject({
        retryAt: '2026-11-24T01:43:00.700Z',
      })
      expect(await limiter.reserve([limit], START + 60_700)).toMatchObject({ kind: 'granted' })
    })

    it('goes by the fastest clock of those who ask, unless that one is out of order', async () => {
      const limiter = createLimiter()
      const limit = window(randomUUID(), 1)
      const ahead = START + 300_000
      expect(await limiter.reserve([limit], ahead)).toMatchObject({ kind: 'granted', at: ahead })
      // Of the slow one a unit is of the same moment, and none is granted too early to either.
      expect(await limiter.reserve([limit], START + 1)).toMatchObject({ retryAt: '2026-11-24T01:48:00.000Z' })
      expect(await limiter.reserve([limit], ahead + 60_000)).toMatchObject({ at: ahead + 60_000 })
      expect(await limiter.reserve([limit], START + 60_000)).toMatchObject({ kind: 'refused' })
      const broken = window(randomUUID(), 1)
      await limiter.reserve([broken], START + 3_600_000)
      await limiter.release([broken], START + 3_600_000, '')
      expect(await limiter.reserve([broken], START)).toMatchObject({ kind: 'granted', at: START })
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

      it('is told what its windows have used', async () => {
        const { emptied } = await createEmptied()
        const minute = window(randomUUID(), 3)
        await emptied.restore([], [{ key: minute.key, times: [START - 1_000, START - 500] }])
        expect(await emptied.reserve([minute], START)).toMatchObject({ kind: 'granted' })
        expect(await emptied.reserve([minute], START)).toMatchObject({
          kind: 'refused',
          retryAt: '2026-11-24T01:42:59.000Z',
        })
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
