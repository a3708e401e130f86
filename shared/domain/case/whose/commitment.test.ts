import { expect, test } from 'vitest'
import type { Instant } from '../../kernel/plain-date'
import { commitmentFits, commitmentWords, committedBy, type TickedBy } from './commitment'

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

test('it says who ticked, and of nobody that they did who did not', () => {
  const said = (tickedBy: TickedBy, more: object = {}) =>
    commitmentWords({
      ...committedBy({ isCommitted: true, tickedBy, at: AT, answersDigest: 'first' }),
      answersDigest: 'first',
      ...more,
    })
  const proven = { identityConfirmed: true, confirmedBy: 'wechat', takenOverAt: null }
  expect(said('applicant', proven)).toContain('本人在自己手机上勾了')
  for (const unproven of [
    {},
    { ...proven, confirmedBy: 'face-to-face' },
    { ...proven, takenOverAt: '2026-11-25T01:00:00.000Z' },
  ])
    expect(said('applicant', unproven)).toContain('交这件的人在自己手机上勾了“我保证”，写的是给自己办')
  // Ticked anew by whoever has taken it over.
  expect(said('applicant', { ...proven, takenOverAt: AT })).toContain('本人在自己手机上勾了')
  expect(said('applicant', { applicant: { kind: 'firm' } })).toContain('替这家办的人')
  expect(said('agent', proven)).toContain('替申请人办的人在自己手机上勾了“我保证”，不是本人勾的')
  const read = '工作人员勾了“念过了”，不是本人勾的，也没有签名'
  // A case that was typed at a window says nothing of who ticked anew on a phone.
  expect(said('applicant', { ...proven, consent: 'spoken' })).not.toContain('念')
  expect(said('read-to-applicant')).toContain(`念给本人听了，本人说同意，${read}`)
  const child = { applicant: { kind: 'person', underFourteen: true } }
  expect(said('read-to-applicant', child)).toContain('念给监护人听了，监护人说同意')
  expect(said('read-to-comer')).toContain(`念给来办的人听了，来的人说同意，${read}`)
  expect(said('read-to-comer', { answersDigest: 'second' })).toMatch(/念给来办的人听了.*后来内容改过/)
})
