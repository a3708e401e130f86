import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import type { Pool } from '../context'
import { act, attempt, file, type Journey } from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { type AskingStaff, mayStandIn, seesAsStaff, sightNames, staffSight } from './visibility'

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
  readonly tasks?: Parameters<typeof staffSight>[0]['tasks']
}
const heldBy = (role: Pool['role'], unitId: string, unstaffed: boolean) => ({
  ...{ role, unitId, unstaffed },
  ...{ stepKey: 'accept', partUnitId: unitId, approval: false },
})
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
  const tasks = [heldBy('village-agent', 'next-village', false)]
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
  const tasks = [heldBy('liaison', 'county', true)]
  expect(sees(fileOn('LX-016'), pool('admin', 'county'), { tasks })).toBe('staff')
  expect(sees(fileOn('LX-050'), pool('admin', 'county'), { tasks })).toBeNull()
  expect(sees(fileOn('LX-050'), pool('liaison', 'county'), { tasks })).toBe('staff')
})

describe('in the place of whoever staff typed it for, until its owner takes it over', () => {
  const filed = fileOn('LX-005')
  const typedAt = (channel: 'village' | 'window' | 'mini' | null, enteredAt: string): Journey => ({
    ...filed,
    state: { ...filed.state, channel, enteredAt, enteredBy: 'typist' },
  })
  const stands = (
    { item, state }: Journey,
    asking: Pick<AskingStaff, 'staffId' | 'pools'>,
    tasks: Parameters<typeof mayStandIn>[0]['tasks'] = [],
  ) => mayStandIn({ item, state, tasks }, asking)
  const nobody: readonly Pool[] = []

  test('whoever typed it, and whoever sits where it was typed', () => {
    const typed = typedAt('village', 'village')
    expect(stands(typed, { staffId: 'typist', pools: nobody })).toBe(true)
    expect(stands(typed, { staffId: 'other', pools: nobody })).toBe(false)
    expect(stands(typed, { staffId: 'other', pools: pool('village-agent', 'village') })).toBe(true)
    expect(stands(typed, { staffId: 'other', pools: pool('village-agent', 'next-village') })).toBe(false)
    // A reviewer of the same unit has nobody before them.
    expect(stands(typed, { staffId: 'other', pools: pool('liaison', 'village') })).toBe(false)
  })

  test('at a window its windows, and no agent', () => {
    const typed = typedAt('window', 'elsewhere')
    expect(stands(typed, { staffId: 'other', pools: pool('dept-window', 'elsewhere') })).toBe(true)
    expect(stands(typed, { staffId: 'other', pools: pool('village-agent', 'elsewhere') })).toBe(false)
  })

  test('whoever accepts it, and whoever holds that share for them, but nobody who is only asked to allow something', () => {
    const typed = typedAt('village', 'village')
    const accepts = { staffId: 'other', pools: pool('town-window', 'town') }
    expect(stands(typed, accepts)).toBe(true)
    const deputy = { staffId: 'other', pools: pool('liaison', 'town') }
    const task = { role: 'liaison', unitId: 'town', stepKey: 'accept', approval: false } as const
    expect(stands(typed, deputy, [task])).toBe(true)
    expect(stands(typed, deputy, [{ ...task, approval: true }])).toBe(false)
    expect(stands(typed, deputy, [{ ...task, stepKey: 'assist' }])).toBe(false)
    expect(stands(typed, deputy, [{ ...task, unitId: 'next-town' }])).toBe(false)
    expect(stands(typed, deputy, [{ ...task, role: 'supervisor' }])).toBe(false)
    expect(stands(typed, { staffId: 'other', pools: pool('town-reviewer', 'town') })).toBe(false)
  })

  test('nobody where they filed it themselves, where no place is known, or once it is taken over', () => {
    const accepts = { staffId: 'other', pools: pool('town-window', 'town') }
    expect(stands(filed, accepts)).toBe(false)
    expect(
      stands(typedAt('mini', 'village'), { staffId: 'x', pools: pool('village-agent', 'village') }),
    ).toBe(false)
    expect(stands(typedAt(null, 'village'), { staffId: 'x', pools: pool('village-agent', 'village') })).toBe(
      false,
    )
    const typed = typedAt('village', 'village')
    const taken = { ...typed, state: { ...typed.state, takenOverAt: typed.now } }
    expect(stands(taken, { staffId: 'typist', pools: pool('town-window', 'town') })).toBe(false)
  })
})

test('whoever signed at a site sees it by their name, and not somebody without one', () => {
  const seen = act(driveTo(fileOn('LX-028'), 'site'), 'record-visit')
  expect(sees(seen, pool('liaison', 'civil'), { staffId: 'second' })).toBe('staff')
  expect(sees(seen, pool('liaison', 'civil'), { staffId: 'third' })).toBeNull()
  const asking = {
    staffId: null,
    pools: pool('liaison', 'civil'),
    isBarred: false,
    actedAt: [],
    isLooking: false,
  }
  expect(seesAsStaff({ ...seen, tasks: [] }, asking)).toBe(false)
})

test('the organ that takes what is said against a village’s notice sees that notice, until it is closed', () => {
  const hung = act(driveTo(fileOn('LX-025'), 'publicity'), 'publish-notice')
  expect(sees(hung, pool('town-window', 'town'))).toBe('objection')
  expect(sees(hung, pool('town-window', 'next-town'))).toBeNull()
  expect(sees(hung, pool('town-window', 'town'), { isBarred: true })).toBeNull()
  expect(sees(hung, pool('town-reviewer', 'town'))).toBeNull()
  expect(sightNames({ ...hung, tasks: [] })).toEqual(['objection:town-window:town', 'village-agent:village'])
})

test('whoever is told of a decision that may fall sees it from then on, and whoever asked for that too', () => {
  const refused = act(driveTo(fileOn('LX-038'), 'decide'), 'refuse')
  const organ = refused.state.organUnitId
  const advised = attempt(
    refused,
    {
      type: 'advise-revocation',
      basis: 'other',
      reasonDigest: 'why',
      answerers: [{ role: 'liaison', unitId: organ }],
    },
    { kind: 'staff', pools: [{ role: 'supervisor', unitId: 'county' }], isBarred: false, staffId: 'above' },
  )
  if (!advised.ok) throw new Error(advised.error.code)
  for (const [role, unitId] of [
    ['liaison', organ],
    ['supervisor', 'county'],
  ] as const) {
    expect([role, sees(refused, pool(role, unitId))]).toEqual([role, null])
    expect([role, sees(advised.value, pool(role, unitId))]).toEqual([role, 'staff'])
    expect([role, sees(advised.value, pool(role, 'elsewhere'))]).toEqual([role, null])
    expect(sightNames({ ...advised.value, tasks: [] })).toContain(`${role}:${unitId}`)
  }
})

test('the names under which staff find it: who had it, who lost it, who typed it and who was there', () => {
  const moved = act(fileOn('LX-031'), 'transfer', { toUnitId: 'nr' })
  const [from] = moved.state.transfers
  const typed = { ...moved, state: { ...moved.state, enteredBy: 'typist' } }
  const tasks = [heldBy('liaison', 'nr', true)]
  expect(sightNames({ ...typed, tasks })).toEqual(
    ['liaison:nr', 'staff:typist', 'window:nr', `window:${from?.unitId}`].sort(),
  )
  const seen = act(driveTo(fileOn('LX-028'), 'site'), 'record-visit')
  expect(sightNames({ ...seen, tasks: [] })).toEqual([
    'dept-reviewer:agri',
    'staff:first',
    'staff:second',
    'window:agri',
  ])
})
