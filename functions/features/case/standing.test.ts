import { expect, test } from 'vitest'
import { file } from '#shared/domain/case/journeys/case-fixture'
import type { CaseState } from '#shared/domain/case/state'
import { packItems } from '../../../tests/generated-input'
import { isApplicantReached } from './standing'

// A message reaches the applicant by an account that is certainly theirs, and by no phone of somebody else's.
const item = packItems().find(({ id }) => id === 'LX-032')
if (!item) throw new Error('no LX-032')
const { state: filed } = file(item, '2026-03-02')
const taken = (takenFrom: 'filer' | null, more: Partial<CaseState> = {}): CaseState => ({
  ...filed,
  applicant: filed.applicant && { ...filed.applicant, takenFrom },
  ...more,
})
const reached = (state: CaseState, owners: readonly string[] = []) =>
  isApplicantReached({ state, owners, applicantIndex: 'number' })

test('filed for themselves it reaches them, and whom a card at the counter has named by their own account alone', () => {
  const named = taken('filer', { confirmedBy: 'face-to-face' })
  expect([reached(taken('filer')), reached(named), reached(named, ['owner'])]).toEqual([true, false, true])
})

test('filed under a typed number, or by staff, it reaches an owner and nobody else', () => {
  const entered = taken('filer', { enteredBy: 'clerk' })
  expect([taken(null), entered].map((state) => [reached(state), reached(state, ['owner'])])).toEqual([
    [false, true],
    [false, true],
  ])
})
