import { expect, test } from 'vitest'
import { changedUnder, readAs, wordedOver } from './worded-over'

const KEY = 'material 图纸'
const joined = { [KEY]: '缺附图 3' }
const before = { picks: joined, reason: '' }
const worded = (own: string, asked: Readonly<Record<string, string>>) => {
  const picks = { [KEY]: own }
  return { picks, reason: '', over: wordedOver(before, picks, asked) }
}

test('what departments have changed under one’s own words is told, until it is written anew', () => {
  const own = worded('补盖章页和附图 3', joined)
  expect(changedUnder(own, joined)).toEqual([])
  const now = { [KEY]: '缺附图 3、附图 5' }
  expect(changedUnder(own, now)).toEqual([KEY])
  // Something else was written: this one still stands over what it was.
  const other = { ...own.picks, 'field 面积': '写清楚' }
  expect(changedUnder({ ...own, picks: other, over: wordedOver(own, other, now) }, now)).toEqual([KEY])
  const anew = { [KEY]: '补附图 3、附图 5' }
  expect(changedUnder({ picks: anew, reason: '', over: wordedOver(own, anew, now) }, now)).toEqual([])
})

test('what was picked before a department asked for it is told too, until it is said to hold', () => {
  const picks = { [KEY]: '缺图' }
  expect(changedUnder({ picks, reason: '' }, {})).toEqual([])
  expect(changedUnder({ picks, reason: '' }, joined)).toEqual([KEY])
  expect(changedUnder({ picks, reason: '', over: joined }, joined)).toEqual([])
})

test('the departments’ own words follow them', () => {
  const now = { [KEY]: '缺附图 5' }
  expect(changedUnder({ picks: now, reason: '', over: joined }, now)).toEqual([])
})

test('a notice that became another while it was open is read anew; one that nobody may send any more stays', () => {
  expect(readAs(undefined, '补附图 3', true)).toBe('unread')
  expect(readAs('补附图 3', '补附图 3', true)).toBe('read')
  expect(readAs('补附图 3', '补附图 3、附图 5', true)).toBe('other')
  expect(readAs('补附图 3', '', false)).toBe('read')
})
