import { expect, test } from 'vitest'
import { isOlderLibrary, LEAST_LIBRARY } from './least-library'

test.each([
  ['2.9.4', true],
  ['2.21.1', true],
  ['1.99.99', true],
  ['2.21.2', false],
  ['2.21.10', false],
  ['2.30', false],
  ['3.0.0', false],
])('%s is older than the least: %s', (library, isOlder) => {
  expect(isOlderLibrary(library, LEAST_LIBRARY)).toBe(isOlder)
})
