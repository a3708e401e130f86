import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import type { Unit } from '../organization/registry'
import { STAFF_ROLES } from '../organization/staff'
import { allowedActions } from './actions'
import { issuingOrgan } from './document-kinds'
import { act, contextOf, file, type Journey, staff } from './journeys/case-fixture'
import { driveTo } from './journeys/sensible-acts'
import { staffSight } from './visibility'

const publicised = packItems().flatMap((item) =>
  item.steps.filter(({ publicity }) => publicity).map(({ key }) => [item.id, key, item] as const),
)
const UNITS: ReadonlyMap<string, Unit> = new Map([['village', { kind: 'village' } as Unit]])

/** What a role at a unit may do of what it sees; null where it does not see the case. */
function mayDo({ item, state, ...journey }: Journey, role: (typeof STAFF_ROLES)[number], unitId: string) {
  const pools = [{ role, unitId }]
  const asking = { staffId: 'me', pools, isBarred: false, actedAt: [], isLooking: false }
  if (staffSight({ item, state, tasks: [] }, asking) === null) return null
  const context = contextOf({ item, state, ...journey }, staff(...pools))
  return allowedActions(item, state, context).map(({ action }) => action)
}

test('seven items of the pack put something up', () => {
  expect(publicised.map(([id]) => id)).toEqual([
    'LX-007',
    'LX-008',
    'LX-012',
    'LX-025',
    'LX-027',
    'LX-030',
    'LX-048',
  ])
})

test.each(publicised)('what is put up of %s (%s) can be objected to where it says', (_id, key, item) => {
  const published = act(driveTo(file(item, '2026-11-24'), key), 'publish-notice')
  const at = published.state.steps.find((run) => run.key === key)?.parts[0]?.unitId ?? ''
  const organ = issuingOrgan('publicity', at, published.state, UNITS)
  const takers = STAFF_ROLES.filter((role) => mayDo(published, role, organ)?.includes('record-objection'))
  expect(takers).toHaveLength(1)
})

test('whoever takes objections for the organ sees the case while the notice runs, and does nothing else there', () => {
  const item = packItems().find(({ id }) => id === 'LX-025')
  if (!item) throw new Error('no LX-025')
  const before = driveTo(file(item, '2026-11-24'), 'publicity')
  const published = act(before, 'publish-notice')
  expect(mayDo(before, 'town-window', 'town')).toBeNull()
  expect(mayDo(published, 'town-window', 'town')).toEqual(['record-objection'])
  expect(mayDo(published, 'town-reviewer', 'town')).toBeNull()
  expect(mayDo(published, 'town-window', 'next-town')).toBeNull()
  expect(mayDo(published, 'window', 'agri')).toBeNull()
})
