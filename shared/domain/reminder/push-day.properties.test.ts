import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Instant } from '../kernel/plain-date'
import { type PushDay, pushesOf } from './push-day'

// A day lived minute by minute: whoever is called to work hears of what has come, whenever the rule says so.

const OPENS = Date.parse('2026-11-24T08:30:00+08:00')
const MINUTES = 540
const LAST_CALL = MINUTES - 60
const instant = (minute: number) => new Date(OPENS + minute * 60_000).toISOString() as Instant

interface Come {
  readonly minute: number
  readonly urgent: boolean
  readonly says: string
}
const come: fc.Arbitrary<Come> = fc.record({
  // What came by night is there in the first minute.
  minute: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: MINUTES - 1 })),
  urgent: fc.integer({ min: 0, max: 9 }).map((of) => of === 0),
  says: fc.constantFrom('accepted', 'concluded', 'refused'),
})
const limit = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.nat({ max: 7 }))
  .map(([max, reserve]) => ({ max, urgentReserve: Math.min(reserve, max - 1) }))

function live(day: Pick<PushDay, 'limit' | 'closes'>, coming: readonly Come[]) {
  const pushes: { readonly minute: number; readonly told: readonly Come[] }[] = []
  let waiting: Come[] = []
  for (let minute = 0; minute < MINUTES; minute += 1) {
    waiting.push(...coming.filter((each) => each.minute === minute))
    const last = pushes.at(-1)
    const lastAt = last ? instant(last.minute) : null
    for (const { told, time } of pushesOf(
      waiting,
      { ...day, sent: pushes.length, lastAt },
      instant(minute),
    )) {
      if (time.kind === 'today') expect(time.at > instant(minute)).toBe(true)
      if (time.kind !== 'now') continue
      pushes.push({ minute, told })
      waiting = waiting.filter((each) => !told.includes(each))
    }
  }
  return { pushes, waiting }
}

const work = (max: PushDay['limit']) => ({ limit: max, closes: 17 * 60 + 30 })

test('no phone rings more often than it may, and what can wait leaves the reserve alone', () => {
  fc.assert(
    fc.property(limit, fc.array(come, { maxLength: 60 }), fc.boolean(), (max, coming, isWork) => {
      const { pushes } = live(isWork ? work(max) : { limit: max, closes: null }, coming)
      expect(pushes.length).toBeLessThanOrEqual(max.max)
      pushes.forEach(({ told }, before) => {
        if (told.every(({ urgent }) => !urgent)) expect(before).toBeLessThan(max.max - max.urgentReserve)
      })
    }),
  )
})

test('nothing is lost and nothing is told twice', () => {
  fc.assert(
    fc.property(limit, fc.array(come, { maxLength: 60 }), fc.boolean(), (max, coming, isWork) => {
      const { pushes, waiting } = live(isWork ? work(max) : { limit: max, closes: null }, coming)
      const told = [...pushes.flatMap((each) => each.told), ...waiting]
      expect(told.length).toBe(coming.length)
      expect(new Set(told)).toEqual(new Set(coming))
    }),
  )
})

test('what cannot wait and has come an hour before the end is told on its day, within an hour but by the last push', () => {
  fc.assert(
    fc.property(limit, fc.array(come, { maxLength: 60 }), (max, coming) => {
      // Without a reserve what can wait may have had the last.
      fc.pre(max.max > 1 && max.urgentReserve > 0)
      const { pushes } = live(work(max), coming)
      for (const each of coming.filter(({ urgent, minute }) => urgent && minute <= LAST_CALL)) {
        const told = pushes.findIndex((push) => push.told.includes(each))
        expect(told, `of ${each.minute}`).toBeGreaterThanOrEqual(0)
        const { minute = MINUTES } = pushes[told] ?? {}
        if (minute - each.minute > 60) expect([told + 1, minute]).toEqual([max.max, LAST_CALL])
      }
    }),
  )
})

test('forty cases of a day are told in at most six, and in the first minute there is one', () => {
  fc.assert(
    fc.property(fc.array(come, { minLength: 40, maxLength: 40 }), (coming) => {
      const { pushes } = live(work({ max: 6, urgentReserve: 2 }), coming)
      expect(pushes.length).toBeLessThanOrEqual(6)
      expect(pushes.filter(({ minute }) => minute === 0).length).toBeLessThanOrEqual(1)
    }),
  )
})

test('of what cannot wait no two pushes go out within minutes while the day has hours left', () => {
  fc.assert(
    fc.property(fc.array(come, { maxLength: 60 }), (coming) => {
      const all = coming.map((each) => ({ ...each, urgent: true }))
      const { pushes } = live(work({ max: 6, urgentReserve: 2 }), all)
      pushes.slice(1).forEach(({ minute }, nth) => {
        const before = pushes[nth]?.minute ?? 0
        const share = Math.ceil((LAST_CALL - before) / (6 - nth - 1))
        if (minute < LAST_CALL) expect(minute - before).toBeGreaterThanOrEqual(Math.min(60, share))
      })
    }),
  )
})

test('what can wait is not kept longer than a share of the day', () => {
  fc.assert(
    fc.property(fc.array(come, { maxLength: 40 }), (coming) => {
      const calm = coming.map((each) => ({ ...each, urgent: false }))
      const { pushes } = live(work({ max: 6, urgentReserve: 2 }), calm)
      const longest = MINUTES / 4
      for (const each of calm.filter(({ minute }) => minute < MINUTES - longest)) {
        const push = pushes.find(({ told }) => told.includes(each))
        expect(push).toBeDefined()
        expect((push?.minute ?? MINUTES) - each.minute).toBeLessThanOrEqual(longest)
      }
    }),
  )
})
