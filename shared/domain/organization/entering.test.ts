import { expect, test } from 'vitest'
import { entersAt } from './entering'

test('it is typed where the post is, and at the window by who has both', () => {
  expect(entersAt(['village-agent'])).toBe('village')
  for (const role of ['town-window', 'window', 'dept-window', 'project-officer'] as const)
    expect(entersAt(['town-reviewer', role]), role).toBe('window')
  expect(entersAt(['village-agent', 'town-window'])).toBe('window')
})
