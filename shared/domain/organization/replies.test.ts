import { expect, test } from 'vitest'
import {
  areEachOnce,
  DEFAULT_REPLIES,
  isSomebodys,
  offeredReplies,
  REPLY_ACTS,
  REPLY_LENGTH,
} from './replies'

const own = (words: string, itemId: string | null = null) => ({ words, itemId })

test('a unit without words of its own offers what every unit does', () => {
  for (const act of REPLY_ACTS) expect(offeredReplies([], act, 'LX-005')).toEqual(DEFAULT_REPLIES[act])
})

test('its own stand in their place, those for the item in front, each once', () => {
  const replies = [own('通用'), own('高龄', 'LX-005'), own('临时救助', 'LX-006'), own('通用', 'LX-005')]
  expect(offeredReplies(replies, 'decline', 'LX-005')).toEqual(['高龄', '通用'])
  expect(offeredReplies(replies, 'decline', 'LX-001')).toEqual(['通用'])
  // Words for one item take nothing from the others, nor from that one.
  const ofOne = replies.filter(({ itemId }) => itemId === 'LX-005')
  expect(offeredReplies(ofOne, 'decline', 'LX-001')).toEqual(DEFAULT_REPLIES.decline)
  expect(offeredReplies(ofOne, 'decline', 'LX-005')).toEqual(['高龄', '通用', ...DEFAULT_REPLIES.decline])
})

test('somebody’s number is none of it, a law’s and a day’s are', () => {
  for (const words of [
    '341821197201082951',
    '打 15405638263',
    '卡号 6222 0213 0200 1234 560',
    '编号3418212603020035',
    '打一五四零五六三八二六三',
    '打①⑤④⓪⑤⑥③⑧②⑥③',
    '打１５４０５６３８２６３',
    '打१५४०५६३८२६३',
    '照 3418 2126 0302 0035 那件来',
    '照3418-2126-0302-0035那件来',
    '证件号 341821 750108 295',
    '打 १५४० ५६३८ २६३',
    '打 0563 7010100',
    '打 0563-7010100 3418 2126 0302',
  ])
    expect([words, isSomebodys(words)]).toEqual([words, true])
  for (const words of [
    '行政许可法第32条',
    '12月8日前补',
    '满 80 周岁',
    '打 12345',
    '一年内交过 120000 元',
    '打 0563-7010100 问',
    '2026-12-01 09:00 以后来',
    '打 0563-7010100 或者 0563—7010101',
    '2026-12-01 2026-12-15 两天都行',
    '2026.12.01 14:30-17:00 来',
  ])
    expect([words, isSomebodys(words)]).toEqual([words, false])
})

test('what every unit has could have been written by one', () => {
  for (const words of Object.values(DEFAULT_REPLIES).flat())
    expect([words, words.length <= REPLY_LENGTH && !isSomebodys(words)]).toEqual([words, true])
})

test('the same words for the same items stand once; for another item they are others', () => {
  expect(areEachOnce([])).toBe(true)
  expect(areEachOnce([own('看不清'), own('看不清', 'LX-005'), own('少一页')])).toBe(true)
  expect(areEachOnce([own('看不清'), own('少一页'), own('看不清')])).toBe(false)
})
