import { expect, test } from 'vitest'
import { promisedDeed } from './promised-deed'

test('a booking is promised to stand by its day, anything else to be done', () => {
  expect(promisedDeed(true)).toBe('定下来')
  expect(promisedDeed(false)).toBe('办好')
})
