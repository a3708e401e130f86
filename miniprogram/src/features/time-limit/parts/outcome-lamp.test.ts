import { expect, test } from 'vitest'
import { outcomeLamp } from './outcome-lamp'

const going = { key: 'open', word: '正在办', tone: 'calm', documentId: null } as const

test.each([
  [{ kind: 'calm', daysLeft: 6 }, '还剩 6 个工作日'],
  [{ kind: 'soon', daysLeft: 1 }, '还剩 1 个工作日'],
  [{ kind: 'today' }, '今天最后一天'],
  [{ kind: 'unknown', year: 2027 }, '等 2027 年放假安排'],
] as const)('whoever waits reads the days of %j, and is not alarmed by them', (light, words) => {
  expect(outcomeLamp({ outcome: going, light })).toEqual({ light: 'calm', words })
})

test('a day before which nobody decides warns, and keeps its count', () => {
  const light = { kind: 'calm', daysLeft: 6 } as const
  expect(outcomeLamp({ outcome: going, light, dueDoubted: true })).toEqual({
    light: 'soon',
    words: '还剩 6 个工作日',
  })
})

test('a last day is none while a person has to be seen first; what is asked for keeps its own', () => {
  const awaited = { light: { kind: 'today' }, isIdentityAwaited: true } as const
  expect(outcomeLamp({ outcome: going, ...awaited }).words).toBe('还差核身份')
  const correcting = { ...going, key: 'correcting', word: '要补 2 样' } as const
  expect(outcomeLamp({ outcome: correcting, ...awaited }).words).toBe('今天最后一天')
})

test('what could not be kept while a person has to be seen is no broken promise', () => {
  const outcome = { ...going, key: 'late', word: '超了 2 个工作日', tone: 'late' } as const
  const light = { kind: 'late', daysLate: 2 } as const
  expect(outcomeLamp({ outcome, light, isIdentityAwaited: true })).toEqual({
    light: 'soon',
    words: '还差核身份',
  })
})

test('what is late says by how much, in red', () => {
  const outcome = { ...going, key: 'late', word: '超了 2 个工作日，延长了期限', tone: 'late' } as const
  expect(outcomeLamp({ outcome, light: { kind: 'late', daysLate: 2 } })).toEqual({
    light: 'late',
    words: '超了 2 个工作日',
  })
})

test('what is asked for counts the days of the answer; where no day is known it says what', () => {
  const outcome = { ...going, key: 'correcting', word: '要补 2 样' } as const
  expect(outcomeLamp({ outcome, light: { kind: 'today' } })).toEqual({ light: 'calm', words: '今天最后一天' })
  expect(outcomeLamp({ outcome, light: { kind: 'unknown', year: 2027 } }).words).toBe('要补 2 样')
})

test.each([
  ['refused', '没批', 'bad', 'ended'],
  ['lapsed', '停了', 'bad', 'ended'],
  ['granted', '办好了', 'good', 'done'],
  ['granted', '再查，情况不符', 'late', 'late'],
  ['suspended', '暂停计时', 'paused', 'paused'],
] as const)('%s is its word and its colour, whatever the days say', (key, word, tone, lamp) => {
  const outcome = { key, word, tone, documentId: null }
  for (const light of [null, { kind: 'late', daysLate: 3 }, { kind: 'today' }] as const)
    expect(outcomeLamp({ outcome, light })).toEqual({ light: lamp, words: word })
})
