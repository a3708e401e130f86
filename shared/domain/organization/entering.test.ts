import { expect, test } from 'vitest'
import { entersAt, entryConsentWords } from './entering'

test('it is typed where the post is, and at the window by who has both', () => {
  expect(entersAt(['village-agent'])).toBe('village')
  for (const role of ['town-window', 'window', 'dept-window', 'project-officer'] as const)
    expect(entersAt(['town-reviewer', role]), role).toBe('window')
  expect(entersAt(['village-agent', 'town-window'])).toBe('window')
})

test('who agreed, and how, is told in words', () => {
  expect(entryConsentWords('signed', false)).toBe('本人签字同意代录')
  expect(entryConsentWords('spoken', false)).toBe('本人口头同意代录')
  expect(entryConsentWords('spoken', true)).toBe('监护人口头同意代录')
})
