import { expect, test } from 'vitest'
import { sourceOf } from './source'

test('where it came from is what WeChat lets a code say, and all else is as if nobody had said it', () => {
  for (const said of ['poster', 'v:341821105200', 'a&b=c', '!#$', 'x'.repeat(32)])
    expect(sourceOf(said)).toBe(said)
  for (const said of ['', 'x'.repeat(33), '村里的码', 'a b', 'a\n', undefined, null, 7, ['poster']])
    expect(sourceOf(said)).toBeUndefined()
})
