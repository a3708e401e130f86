import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import type { CaseCommand } from '../decide'
import { APPLICANT, act, attempt, file, type Journey, later, staff } from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { settleDue, settlesWords, settlingBeside, settlingIn, settlingsOf } from './settling'

const item = packItems().find(({ id }) => id === 'LX-038')
if (!item) throw new Error('no LX-038')
const granted = act(driveTo(file(item, '2026-11-02'), 'decide'), 'grant')
const organ = granted.state.organUnitId
const HEAD = staff({ role: 'dept-approver', unitId: organ })
const deciders = [{ role: 'dept-approver', unitId: organ }] as const
const does = (
  journey: Journey,
  command: CaseCommand,
  actor = HEAD as Parameters<typeof attempt>[2],
): Journey => {
  const tried = attempt(journey, command, actor)
  if (!tried.ok) throw new Error(tried.error.code)
  return tried.value
}
const proposed = (journey: Journey, more: object = {}) =>
  does(journey, {
    type: 'propose-revocation',
    basis: 'procedure',
    reasonDigest: 'why',
    speakDays: 5,
    deciders,
    ...more,
  })
const advised = (journey: Journey, role: 'supervisor' | 'county-approver', settleDays?: number) =>
  does(
    journey,
    {
      type: 'advise-revocation',
      basis: 'procedure',
      reasonDigest: 'why',
      answerers: deciders,
      ...(settleDays === undefined ? {} : { settleDays }),
    },
    staff({ role, unitId: 'county' }),
  )
const dueOf = ({ state }: Journey) =>
  settlingsOf(state).map((each) => [each.of, settleDue(state, each, CALENDAR_2026)])

test('nothing waits after a decision that nobody doubts', () => {
  expect(settlingsOf(granted.state)).toEqual([])
  expect(settlingsOf(file(item, '2026-11-02').state)).toEqual([])
})

test('whoever is to revoke has its days from the last one to speak on: nobody is late while the holder may speak', () => {
  // 2 November is a Monday: five working days to speak, ten to settle.
  expect(dueOf(proposed(granted))).toEqual([['revocation', { kind: 'on', on: '2026-11-23' }]])
  expect(dueOf(proposed(granted, { settleDays: 3 }))).toEqual([
    ['revocation', { kind: 'on', on: '2026-11-12' }],
  ])
  const unreached: Journey = { ...granted, isUnreached: true }
  expect(dueOf(proposed(unreached))).toEqual([['revocation', { kind: 'paused', since: dayIn(granted.now) }]])
})

test('in a year without calendar nobody knows the day yet', () => {
  const [settling] = settlingsOf(proposed(granted).state)
  if (!settling) throw new Error('nothing waits')
  expect(settleDue(proposed(granted).state, settling, new Map())).toMatchObject({ kind: 'calendar-missing' })
})

test('who is asked from above answers in days of their own, by what they were asked', () => {
  expect(dueOf(advised(granted, 'supervisor'))).toEqual([['proposal', { kind: 'on', on: '2026-11-16' }]])
  expect(dueOf(advised(granted, 'county-approver', 2))).toEqual([['order', { kind: 'on', on: '2026-11-04' }]])
  expect(
    new Set((['revocation', 'proposal', 'order'] as const).map((of) => settlesWords(of).name)).size,
  ).toBe(3)
})

test('what is answered waits no longer', () => {
  const kept = does(proposed(granted), { type: 'keep-decision', reasonDigest: 'weighed' })
  expect(settlingsOf(kept.state)).toEqual([])
  const said = does(proposed(granted), { type: 'speak', statementDigest: 's', isAll: true }, APPLICANT)
  const gone = does(later(said, 1), { type: 'revoke-decision', reasonDigest: 'weighed' })
  expect(settlingsOf(gone.state)).toEqual([])
})

test('it stands in a row of those who settle it, and beside a share of their own where they hold one', () => {
  const { state } = proposed(granted)
  const [settling] = settlingsOf(state)
  const row = {
    stepKey: settling?.stepKey ?? '',
    partUnitId: settling?.unitId ?? '',
    role: 'dept-approver',
    unitId: organ,
    approval: true,
  } as const
  expect(settlingIn(state, row)).toEqual(settling)
  expect(settlingBeside(state, { ...row, approval: false })).toEqual(settling)
  expect(settlingIn(state, { ...row, approval: false })).toBeNull()
  expect(settlingBeside(state, row)).toBeNull()
  for (const other of [
    { role: 'dept-reviewer' },
    { unitId: 'elsewhere' },
    { stepKey: 'accept' },
    { partUnitId: 'elsewhere' },
  ] as const)
    expect(settlingIn(state, { ...row, ...other })).toBeNull()
})
