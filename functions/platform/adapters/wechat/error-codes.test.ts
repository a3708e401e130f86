import { expect, test } from 'vitest'
import { readingOf } from './error-codes'

test.each([
  ['subscribe', 43101, 'no-consent'],
  ['relation', 40256, 'not-bound'],
  ['relation', 50001, 'not-bound'],
  ['template', 43004, 'not-following'],
  ['template', 43101, 'no-consent'],
] as const)('%s %i: the person does not take it (%s)', (channel, code, because) => {
  expect(readingOf(channel, code)).toEqual({ kind: 'refused', because })
})

test.each([
  // Said of another channel, or of the account itself.
  ['relation', 43101],
  ['relation', 43104],
  ['relation', 43004],
  ['subscribe', 40256],
  ['subscribe', 43004],
  ['template', 50001],
  ['template', 43019],
  ...([40003, 40037, 41030, 45168, 47003, 99999] as const).map((code) => ['subscribe', code] as const),
] as const)('%s %i: it will never go out', (channel, code) => {
  expect(readingOf(channel, code)).toEqual({ kind: 'rejected' })
})

test.each(['subscribe', 'relation', 'template'] as const)('%s: what passes is waited for', (channel) => {
  const waits = [-1, 45011, 43108, 42001, 45009].map((code) => readingOf(channel, code))
  expect(waits).toEqual([30, 60, 10, 60, 'midnight'].map((after) => ({ kind: 'retry', after })))
})
