import { expect, test } from 'vitest'
import { holdsWords, saysTheSame } from './same-reason'

test.each([
  ['年龄没到八十', '年龄没到八十。'],
  ['年龄没到八十，户口不在本县', '年龄没到八十 户口不在本县'],
  ['“年龄”没到８０岁', '年龄没到80岁！'],
  ['少了 A 证', '少了\na证'],
  ['年收入 12,000 元', '年收入12000元'],
])('%s is the very reason that %s is', (one, other) => {
  expect([saysTheSame(one, other), saysTheSame(other, one)]).toEqual([true, true])
})

test.each([
  ['年龄没到八十', '年龄到了八十'],
  ['差 3 天', '差 30 天'],
  ['收入>3000', '收入<3000'],
  ['面积1.2亩', '面积12亩'],
  ['超了50%', '超了50'],
  ['气温-5度', '气温5度'],
  ['第 1 2 号', '第 12 号'],
])('%s is another than %s', (one, other) => {
  expect(saysTheSame(one, other)).toBe(false)
})

test.each([
  ['标出退让红线的距离；补雨水排口的高程', '标出退让红线的距离'],
  ['补雨水排口的高程，标出退让红线的距离。', '标出退让红线的距离，补雨水排口的高程'],
  ['照片 3 张', '照片３张。'],
])('%s holds %s', (words, said) => {
  expect(holdsWords(words, said)).toBe(true)
})

test.each([
  ['不用交身份证原件', '交身份证原件'],
  ['照片 13 张', '3 张'],
  ['面积 1.5 亩', '5 亩'],
  ['标出退让红线的距离', '标出退让红线的距离，补雨水排口的高程'],
  ['随便改了', '？？'],
])('%s does not hold %s', (words, said) => {
  expect(holdsWords(words, said)).toBe(false)
})
