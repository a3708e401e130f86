import { describe, expect, test } from 'vitest'
import type { Instant } from '../kernel/plain-date'
import { browserWords, deskCodeWords, deskEnd, maskAddress, pinFault, readDeskCode } from './desk-session'

test.each([
  ['2026-11-24T00:58:00.000Z', '2026-11-24T14:00:00.000Z'],
  ['2026-11-24T13:59:59.999Z', '2026-11-24T14:00:00.000Z'],
  ['2026-11-24T14:00:00.000Z', '2026-11-25T14:00:00.000Z'],
  // In Shanghai the next day has begun.
  ['2026-11-24T16:30:00.000Z', '2026-11-25T14:00:00.000Z'],
])('a desk that is opened at %s ends at %s', (now, end) => {
  expect(deskEnd(now as Instant)).toBe(end)
})

describe('a PIN', () => {
  test.each([
    '000000',
    '111111',
    '123456',
    '234567',
    '987654',
    '654321',
    '024680',
    '135791',
    '121212',
    '909090',
    '123123',
    '789012',
  ])('%s is guessed', (pin) => expect(pinFault(pin)).toBe('guessed'))
  test.each(['270391', '118302', '500001', '132435', '112233'])('%s locks', (pin) =>
    expect(pinFault(pin)).toBeUndefined(),
  )
  test.each(['', '12345', '1234567', '12345a', '１２３４５６', ' 12345'])('%j is none', (pin) =>
    expect(pinFault(pin)).toBe('form'),
  )
})

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0',
    'Windows 电脑，Edge 浏览器',
  ],
  [
    'Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/86.0 Safari/537.36 360SE',
    'Windows 电脑，360 浏览器',
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64; Kylin) AppleWebKit/537.36 Chrome/95.0 Safari/537.36',
    '麒麟电脑，Chrome 浏览器',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15',
    '苹果电脑，Safari 浏览器',
  ],
  [
    'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
    'Linux 电脑，Firefox 浏览器',
  ],
  ['curl/8.0', '认不出的电脑'],
  ['', '认不出的电脑'],
])('%s is %s', (agent, words) => expect(browserWords(agent)).toBe(words))

test.each([
  ['10.34.5.17', '10.34.*.17'],
  ['2409:8a28:1c3:4:5::1', '2409:8a28:*'],
  ['unknown', '认不出的网络'],
])('of %s one reads %s', (address, masked) => expect(maskAddress(address)).toBe(masked))

test.each([
  [deskCodeWords('abc'), 'abc'],
  ['0417 2872', '04172872'],
  ['04172872', '04172872'],
  ['0417287', undefined],
  ['https://example.com/?code=abc', undefined],
  ['', undefined],
])('what %j says is %s', (words, code) => expect(readDeskCode(words)).toBe(code))
