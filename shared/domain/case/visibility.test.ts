import { describe, expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import type { Pool } from './context'
import { act, file, type Journey } from './journeys/case-fixture'
import { driveTo } from './journeys/sensible-acts'
import { staffSight } from './visibility'

function itemOf(id: string) {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const fileOn = (id: string) => file(itemOf(id), '2026-11-24')

interface Asking {
  readonly staffId?: string
  readonly isBarred?: boolean
  readonly actedAt?: readonly string[]
  readonly isLooking?: boolean
  readonly tasks?: readonly (Pool & { readonly unstaffed: boolean })[]
}
const sees = (journey: Journey, pools: readonly Pool[], asking: Asking = {}) =>
  staffSight(
    { item: journey.item, state: journey.state, tasks: asking.tasks ?? [] },
    {
      staffId: asking.staffId ?? 'me',
      pools,
      isBarred: asking.isBarred ?? false,
      actedAt: asking.actedAt ?? [],
      isLooking: asking.isLooking ?? false,
    },
  )
const pool = (role: Pool['role'], unitId: string): readonly Pool[] => [{ role, unitId }]

describe('a case that was just filed', () => {
  test.each<[string, Pool['role'], string, 'staff' | null]>([
    ['LX-005', 'village-agent', 'village', 'staff'],
    ['LX-005', 'town-window', 'town', 'staff'],
    ['LX-005', 'town-reviewer', 'town', null],
    ['LX-005', 'town-approver', 'town', null],
    ['LX-005', 'liaison', 'civil', null],
    ['LX-005', 'supervisor', 'county', null],
    ['LX-005', 'admin', 'county', null],
    ['LX-005', 'village-agent', 'next-village', null],
    ['LX-005', 'town-window', 'next-town', null],
    ['LX-050', 'village-agent', 'village', null],
    ['LX-050', 'town-window', 'town', null],
    ['LX-050', 'window', 'justice', 'staff'],
    ['LX-016', 'town-window', 'town', null],
    ['LX-027', 'county-approver', 'gov-office', null],
  ])('%s is, for %s of %s: %s', (id, role, unitId, expected) => {
    expect(sees(fileOn(id), pool(role, unitId))).toBe(expected)
  })
})

test('a step shows the case to its holders when it opens, and for good', () => {
  const filed = fileOn('LX-005')
  const reviewer = pool('town-reviewer', 'town')
  expect(sees(filed, reviewer)).toBeNull()
  const reviewing = driveTo(filed, 'review')
  expect(sees(reviewing, reviewer)).toBe('staff')
  expect(sees(act(reviewing, 'grant'), reviewer)).toBe('staff')
  expect(sees(act(reviewing, 'grant'), pool('village-agent', 'village'))).toBe('staff')
})

test('what was sent back is still seen by whoever had it', () => {
  const deciding = driveTo(fileOn('LX-010'), 'civil')
  expect(sees(act(deciding, 'return'), pool('dept-approver', 'civil'))).toBe('staff')
})

test('whoever stands in sees it while they hold it', () => {
  const tasks = [{ role: 'village-agent' as const, unitId: 'next-village', unstaffed: false }]
  expect(sees(fileOn('LX-005'), pool('village-agent', 'next-village'), { tasks })).toBe('staff')
})

test('whoever acted on it sees it, unless they work here no more or must not handle it', () => {
  const filed = fileOn('LX-005')
  expect(sees(filed, pool('leader', 'county'), { actedAt: ['town'] })).toBe('staff')
  expect(sees(filed, [], { actedAt: ['town'] })).toBeNull()
  expect(sees(filed, pool('town-window', 'town'), { isBarred: true, actedAt: ['town'] })).toBeNull()
})

test('who lost it by transfer is told where it went, even who sent it', () => {
  const moved = act(fileOn('LX-031'), 'transfer', { toUnitId: 'nr' })
  const [from] = moved.state.transfers
  expect(sees(moved, pool('window', 'nr'))).toBe('staff')
  expect(sees(moved, pool('window', from?.unitId ?? ''))).toBe('former')
  expect(sees(moved, pool('window', from?.unitId ?? ''), { actedAt: [from?.unitId ?? ''] })).toBe('former')
})

test('a supervisor sees it for the day for which they gave a reason, and nobody else does so', () => {
  const filed = fileOn('LX-050')
  expect(sees(filed, pool('supervisor', 'county'), { isLooking: true })).toBe('staff')
  expect(sees(filed, pool('leader', 'county'), { isLooking: true })).toBeNull()
})

test('whoever typed it sees it until its owner takes it over', () => {
  const { state, ...journey } = fileOn('LX-016')
  const typed = { ...journey, state: { ...state, enteredBy: 'me' } }
  const agent = pool('village-agent', 'village')
  expect(sees(typed, agent)).toBe('staff')
  expect(sees(typed, agent, { staffId: 'somebody' })).toBeNull()
  const taken = { ...typed, state: { ...typed.state, takenOverAt: typed.now } }
  expect(sees(taken, agent)).toBeNull()
})

test('a step that nobody holds is shown to the administrator, unless it is a sensitive matter', () => {
  const tasks = [{ role: 'liaison' as const, unitId: 'county', unstaffed: true }]
  expect(sees(fileOn('LX-016'), pool('admin', 'county'), { tasks })).toBe('staff')
  expect(sees(fileOn('LX-050'), pool('admin', 'county'), { tasks })).toBeNull()
  expect(sees(fileOn('LX-050'), pool('liaison', 'county'), { tasks })).toBe('staff')
})
