import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullDay } from '../kernel/day-words'
import { addDays, type PlainDate, plainDate } from '../kernel/plain-date'
import { characterString, phrase, thing, thingWith } from './keywords'

const anything = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('公', '示', '7', ' ', '\n', '😀', '（', 'a', '𠮷', '👨‍👩‍👧'),
    maxLength: 60,
  }),
)
const isWhole = (value: string) => value.length > 0 && !/[\r\n]|\p{Extended_Pictographic}/u.test(value)

describe('values of template keywords', () => {
  it('are what WeChat takes, whatever they are made of', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect([...thing(text)].length).toBeLessThanOrEqual(20)
        expect(isWhole(thing(text))).toBe(true)
        expect([...thingWith(text, ' 等 12 件')].length).toBeLessThanOrEqual(20)
        expect(thingWith(text, ' 等 12 件')).toMatch(/ 等 12 件$/)
        expect(isWhole(thingWith(text, ' 等 12 件'))).toBe(true)
        expect(phrase(text)).toMatch(/^\p{Script=Han}{1,5}$/u)
        expect(characterString(text)).not.toMatch(/\p{Script=Han}/u)
        expect([...characterString(text)].length).toBeLessThanOrEqual(32)
        expect(isWhole(characterString(text))).toBe(true)
      }),
    )
  })

  it('are kept as they are when they fit', () => {
    expect(thing('高龄津贴')).toBe('高龄津贴')
    expect(thing('一二三四五六七八九十一二三四五六七八九十')).toBe('一二三四五六七八九十一二三四五六七八九十')
    expect(thing('一二三四五六七八九十一二三四五六七八九十多')).toBe(
      '一二三四五六七八九十一二三四五六七八九…',
    )
    expect(characterString('3418212611240001')).toBe('3418212611240001')
  })

  it('write a day as WeChat does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), (days) => {
        const day: PlainDate = addDays(plainDate('2026-01-01'), days)
        expect(fullDay(day)).toMatch(/^\d{4}年\d{1,2}月\d{1,2}日$/)
      }),
    )
  })
})
