import { expect, test, vi } from 'vitest'
import { callOf } from './whom-to-call'

const called = vi.hoisted(() => [] as string[])
vi.mock('../../../platform', () => ({
  platform: { makePhoneCall: (number: string) => void called.push(number) },
}))

const OFFICE = { shortName: '梅渚镇', phone: '0563-7021050', weekly: null }
const open = { ...OFFICE, answered: { open: true, hours: '现在有人，到 17:30' } }
const away = { ...OFFICE, answered: { open: false, hours: '现在没人，明天 8:30 起有人' } }

test.each([
  ['somebody is there', { ask: open, phone: null }, '打给梅渚镇', '打电话', '0563-7021050', undefined],
  [
    'nobody is there: the county, and from when on somebody is',
    { ask: away, phone: null },
    '打 12345 问',
    '打 12345',
    '12345',
    '梅渚镇现在没人，明天 8:30 起有人',
  ],
  [
    'no hours are kept',
    { ask: { ...OFFICE, answered: null }, phone: null },
    '打给梅渚镇',
    '打电话',
    '0563-7021050',
    undefined,
  ],
  [
    'an older server says the number alone',
    { phone: '0563-7010000' },
    '打电话问',
    '打电话',
    '0563-7010000',
    undefined,
  ],
  ['no number is known', { ask: null, phone: null }, '打电话问', '打电话', '12345', undefined],
])('%s', (_, known, words, side, number, told) => {
  const call = callOf(known)
  expect(call).toMatchObject({ words, side, number })
  expect(call.away).toBe(told)
  call.call()
  expect(called.pop()).toBe(number)
})
