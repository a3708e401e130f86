import { expect, test } from 'vitest'
import { personName } from './person-name'

test.each([
  ['张 三', '张三'],
  [' 张　三　丰 ', '张三丰'],
  ['𠮷 野', '𠮷野'],
  ['阿卜杜 · 热合曼', '阿卜杜·热合曼'],
  ['阿卜杜·热合曼', '阿卜杜·热合曼'],
  ['Ａｎｎａ　 Ｌｉ', 'Anna Li'],
  ['  ', ''],
])('%s is kept as %s, and stays so', (typed, kept) => {
  expect(personName(typed)).toBe(kept)
  expect(personName(kept)).toBe(kept)
})
