import { expect, test, vi } from 'vitest'

const { kept } = vi.hoisted(() => ({ kept: new Map<string, unknown>() }))
vi.mock('./index', () => ({
  platform: {
    write: (key: string, value: unknown) => kept.set(key, value) !== undefined,
    remove: (key: string) => kept.delete(key),
  },
}))
vi.mock('./api', () => ({}))
vi.mock('./clock', () => ({ now: () => '2026-11-24T01:00:00.000Z' }))
vi.mock('./session', () => ({ onSessionClosed: () => () => undefined }))

import { keepPage } from './use-request'

const PATH = '/api/cases/1/receipt'

test('a paper is kept for whose it is, and of others nothing stays, nor what was kept before', () => {
  keepPage('page:receipt', PATH, { viewer: 'applicant', number: '341821' })
  expect(kept.get('page:receipt')).toMatchObject({ path: PATH, value: { number: '341821' } })
  keepPage('page:receipt', PATH, { viewer: 'staff', number: '341821' })
  expect(kept.has('page:receipt')).toBe(false)
  keepPage('page:home', '/api/home', null)
  expect(kept.has('page:home')).toBe(true)
})
