import { expect, test } from 'vitest'
import type { CaseLanes } from '#shared/contract/lanes'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { axisOf, barsOf, mondaysOn } from './lane-bars'

const unit = (more: Partial<CaseLanes['units'][number]>): CaseLanes['units'][number] => ({
  unitId: 'water',
  unitName: '县水利局',
  shortName: '水利局',
  state: 'open',
  words: '',
  note: null,
  late: false,
  light: null,
  openedOn: '2026-11-02',
  doneOn: null,
  dueOn: '2026-11-12',
  stops: [],
  decides: null,
  decision: null,
  ...more,
})
const lanes = (...units: CaseLanes['units']): CaseLanes => ({
  title: '并联审批',
  late: null,
  clock: { usedDays: 5, days: 30, dueOn: '2026-11-22', light: { kind: 'calm', daysLeft: 5 } },
  law: null,
  units,
})
const axisFor = (today: string, ...units: CaseLanes['units']) => axisOf(lanes(...units), plainDate(today))

test('the axis goes from the first day of any unit to the last that is told', () => {
  expect(axisFor('2026-11-07', unit({}), unit({ openedOn: '2026-11-04' }))).toEqual({
    from: '2026-11-02',
    until: '2026-11-22',
  })
  expect(axisFor('2026-12-01', unit({}))).toEqual({ from: '2026-11-02', until: '2026-12-01' })
  expect(axisFor('2026-11-07', unit({ openedOn: null }))).toBeNull()
})

test('a bar tells what is used, what is over, and what is not counted', () => {
  const axis = { from: plainDate('2026-11-02'), until: plainDate('2026-11-22') }
  const drawn = (today: string, more: Parameters<typeof unit>[0] = {}) =>
    barsOf(unit(more), axis, plainDate(today))
  expect(drawn('2026-11-07')).toEqual([{ kind: 'run', left: 0, width: 25 }])
  expect(drawn('2026-11-17')).toEqual([
    { kind: 'run', left: 0, width: 50 },
    { kind: 'late', left: 50, width: 25 },
  ])
  expect(drawn('2026-11-20', { doneOn: '2026-11-07' })).toEqual([{ kind: 'done', left: 0, width: 25 }])
  expect(drawn('2026-11-12', { stops: [{ from: '2026-11-07', until: null }] })).toContainEqual({
    kind: 'stop',
    left: 25,
    width: 25,
  })
  expect(drawn('2026-11-12', { openedOn: null })).toEqual([])
})

test('the weeks of an axis are named by their Mondays, and never too close to read', () => {
  const on = (from: string, until: string) => mondaysOn({ from: plainDate(from), until: plainDate(until) })
  expect(on('2026-11-02', '2026-11-17')).toEqual(['2026-11-02', '2026-11-09', '2026-11-16'])
  expect(on('2026-11-03', '2026-11-09')).toEqual(['2026-11-09'])
  expect(on('2026-11-03', '2026-11-08')).toEqual([])
  const year = on('2026-01-01', '2026-12-31')
  expect(year.length).toBeLessThanOrEqual(5)
  expect(year[0]).toBe('2026-01-05')
})
