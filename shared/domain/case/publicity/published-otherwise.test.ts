import { expect, test } from 'vitest'
import { publishedOtherwiseWords } from './published-otherwise'

const area = { stepKey: 'publicity', key: 'area', label: '面积', was: '100 ㎡', is: '280 ㎡' }
const place = { stepKey: 'publicity', key: 'geo', label: '位置', was: '', is: '西头' }

test('who carries it on reads what was published, what it is now, and how it is published anew', () => {
  expect(publishedOtherwiseWords([], () => true)).toBeNull()
  const said = publishedOtherwiseWords([area, place], (key) => key === 'publicity')
  expect(said).toContain('公示的是：面积 100 ㎡，位置 没有写。现在是：面积 280 ㎡，位置 西头。')
  expect(said).toContain('退回公示那一步，照现在的再贴一次。')
  expect(publishedOtherwiseWords([area], () => false)).toContain('撤回来重新交')
})
