import { expect, test } from 'vitest'
import { expectedWords } from './expected-words'

test('until when it was expected, and that it is not done once that day is over', () => {
  expect(expectedWords('3月9日', false)).toBe('预计 3月9日 做完')
  expect(expectedWords('3月9日', true)).toBe('原来预计 3月9日 做完，过了，还没做完')
})
