import { expect, test } from 'vitest'
import { idCheckCharacter } from '../kernel/digits'
import { plainDate } from '../kernel/plain-date'
import { capacityWarning } from './capacity'

const bornOn = (day: string) => {
  const first17 = `341821${day.replace(/-/g, '')}001`
  return first17 + idCheckCharacter(first17)
}
const TODAY = plainDate('2026-11-24')
const ITEM = { capacityBasis: '农民专业合作社法' }

test.each([
  ['2008-11-25', true],
  ['2008-11-24', false],
  ['2010-01-01', true],
  ['1975-03-05', false],
])('born on %s on 24 November 2026: warned %s', (day, isWarned) => {
  expect(capacityWarning(ITEM, bornOn(day), TODAY) !== null).toBe(isWarned)
  expect(capacityWarning({ capacityBasis: null }, bornOn(day), TODAY)).toBeNull()
})

test('nothing is said of whose birth is not known', () => {
  for (const number of [undefined, null, '', '91341821MA2XXXXXXX'])
    expect(capacityWarning(ITEM, number, TODAY)).toBeNull()
})
