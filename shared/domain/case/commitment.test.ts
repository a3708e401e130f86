import { expect, test } from 'vitest'
import type { Instant } from '../kernel/plain-date'
import { commitmentFits, commitmentWords, committedBy } from './commitment'

const AT = '2026-11-24T01:42:00.000Z' as Instant
const ticked = committedBy({ isCommitted: true, at: AT, answersDigest: 'first' })

test('a tick is of what stood there, and of nothing that came afterwards', () => {
  expect(ticked).toEqual({ commitment: { at: AT, answersDigest: 'first' } })
  expect(committedBy({ at: AT, answersDigest: 'first' })).toEqual({})
  expect(commitmentFits({ ...ticked, answersDigest: 'first' })).toBe(true)
  expect(commitmentFits({ ...ticked, answersDigest: 'second' })).toBe(false)
  expect(commitmentFits({ answersDigest: 'first' })).toBe(false)
})

test('it says when, and how; after a change that it does not cover it', () => {
  expect(commitmentWords({ ...ticked, answersDigest: 'first' })).toBe(
    '2026年11月24日 9:42 勾了“我保证”：填的都是真的，同意核对。从那以后内容没改过。',
  )
  expect(commitmentWords({ ...ticked, answersDigest: 'first', consent: 'spoken' })).toContain('念给本人听过')
  expect(commitmentWords({ ...ticked, answersDigest: 'second' })).toContain('后来内容改过')
  expect(commitmentWords({ answersDigest: 'first' })).toBeNull()
})
