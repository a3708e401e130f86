import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, instantAt, type PlainDate, plainDate } from '#shared/domain/kernel/plain-date'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import { CALENDAR_2026 } from '#shared/domain/time-limit/calendar-fixture'
import { decidersAwaited } from './deciders-awaited'

const TODAY = plainDate('2026-11-24')
const UNIT = 'transport'
const ROLE = 'dept-approver'
const isWorkingDay = provisionalWorkingDay(CALENDAR_2026)

type Leave = { from: PlainDate; to: PlainDate; substituteId: string | null }
const STAND_INS = ['one', 'two', 'head-2', null] as const

/** Two heads and two others of their office, each with leaves of the next weeks. */
const LEAVES = fc.record(
  Object.fromEntries(
    ['head-1', 'head-2', 'one', 'two'].map((id) => [
      id,
      fc.array(
        fc
          .record({
            after: fc.integer({ min: -12, max: 25 }),
            days: fc.integer({ min: 0, max: 30 }),
            substituteId: fc.constantFrom(...STAND_INS),
          })
          .map(
            ({ after, days, substituteId }): Leave => ({
              from: addDays(TODAY, after),
              to: addDays(TODAY, after + days),
              substituteId: substituteId === id ? null : substituteId,
            }),
          ),
        { minLength: 1, maxLength: 4 },
      ),
    ]),
  ),
) as fc.Arbitrary<Record<'head-1' | 'head-2' | 'one' | 'two', Leave[]>>

function referenceOf(leaves: Record<string, Leave[]>) {
  const staff = new Map(
    Object.entries(leaves).map(([id, leave]) => [
      id,
      { id, name: id, active: true, partTime: false, dutyHours: [], leave },
    ]),
  )
  const rolesOf = (id: string) => [{ role: id.startsWith('head') ? ROLE : 'dept-reviewer', unitId: UNIT }]
  return {
    staff,
    rolesOf,
    holders: (role: string, unitId: string) =>
      [...staff.values()].filter(({ id }) =>
        rolesOf(id).some((held) => held.role === role && held.unitId === unitId),
      ),
    units: new Map([[UNIT, { id: UNIT, name: '县交通局', kind: 'department', parentId: 'county' }]]),
    calendar: CALENDAR_2026,
  } as unknown as Parameters<typeof decidersAwaited>[1]['reference']
}

test('the day that is told is the first working day on which somebody is there, asked day by day', () => {
  let waited = 0
  fc.assert(
    fc.property(LEAVES, (leaves) => {
      const reference = referenceOf(leaves)
      const share = { role: ROLE, unitId: UNIT, barred: [] }
      const on = (day: PlainDate) =>
        decidersAwaited([{ ...share, dueOn: day }], { reference, now: instantAt(day, 0), ownStaff: [] })
      const [awaited] = on(TODAY)
      if (!awaited) return
      waited += 1
      for (let ahead = 0; ahead < 90; ahead += 1) {
        const day = addDays(TODAY, ahead)
        if (!isWorkingDay(day)) continue
        const isThere = on(day).length === 0
        expect(isThere, `${day} ${awaited.from}`).toBe(awaited.from === day)
        if (isThere) return
      }
    }),
    { seed: 20261203, numRuns: 4000 },
  )
  expect(waited).toBeGreaterThan(50)
})
