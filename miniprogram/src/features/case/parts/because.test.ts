import { expect, test } from 'vitest'
import { visitAhead } from './because'

const waits = { kind: 'waits-for', because: 'step', stepName: '现场核查', until: null }
const ahead = (...types: string[]) =>
  visitAhead({
    outcome: { key: 'open' },
    dueBecause: waits,
    timeline: types.map((type) => ({ type })),
  } as never)

test('a site that was seen is not to be seen, unless somebody has to come again', () => {
  expect(ahead('filed')).toBe('现场核查')
  expect(ahead('visit-signed', 'visit-recorded', 'filed')).toBe(null)
  expect(ahead('rectification-required', 'visit-recorded', 'filed')).toBe('现场核查')
})
