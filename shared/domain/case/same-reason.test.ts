import { expect, test } from 'vitest'
import { saysTheSame } from './same-reason'

test.each([
  ['年龄没到八十', '年龄没到八十。'],
  ['年龄没到八十，户口不在本县', '年龄没到八十 户口不在本县'],
  ['“年龄”没到８０岁', '年龄没到80岁！'],
  ['少了 A 证', '少了\na证'],
])('%s is the very reason that %s is', (one, other) => {
  expect([saysTheSame(one, other), saysTheSame(other, one)]).toEqual([true, true])
})

test.each([
  ['年龄没到八十', '年龄到了八十'],
  ['差 3 天', '差 30 天'],
])('%s is another than %s', (one, other) => {
  expect(saysTheSame(one, other)).toBe(false)
})
