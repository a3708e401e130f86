import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { instantAt, plainDate } from '../kernel/plain-date'
import type { Unit } from '../organization/registry'
import { STAFF_ROLES } from '../organization/staff'
import { allowedActions } from './actions'
import { issuingOrgan } from './document-kinds'
import { act, contextOf, file, type Journey, staff } from './journeys/case-fixture'
import { driveTo } from './journeys/sensible-acts'
import { stepOf } from './route'
import { staffSight } from './visibility'

const publicised = packItems().flatMap((item) =>
  item.steps.filter(({ publicity }) => publicity).map(({ key }) => [item.id, key, item] as const),
)
const UNITS: ReadonlyMap<string, Unit> = new Map([['village', { kind: 'village' } as Unit]])

type Role = (typeof STAFF_ROLES)[number]

function seenBy({ item, state, ...journey }: Journey, role: Role, unitId: string) {
  const pools = [{ role, unitId }]
  const asking = { staffId: 'me', pools, isBarred: false, actedAt: [], isLooking: false }
  const context = contextOf({ item, state, ...journey }, staff(...pools))
  return { context, sight: staffSight({ item, state, tasks: [] }, asking, context) }
}

/** What a role at a unit may do of what it sees; null where it does not see the case. */
function mayDo(journey: Journey, role: Role, unitId: string) {
  const { context, sight } = seenBy(journey, role, unitId)
  return sight && allowedActions(journey.item, journey.state, context).map(({ action }) => action)
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
  expect(seenBy(published, 'town-window', 'town').sight).toBe('objection')
  expect(mayDo(published, 'town-reviewer', 'town')).toBeNull()
  expect(mayDo(published, 'town-window', 'next-town')).toBeNull()
  expect(mayDo(published, 'window', 'agri')).toBeNull()
})

// Five days from Tuesday 24 November end on a Sunday, so on Monday; in a year without a calendar weekends alone are known, and
// five working days end after twenty, which is never too early.
test.each([
  ['LX-025', 'publicity', '2026-11-24', '2026-11-30', '2026-12-01'],
  ['LX-025', 'publicity', '2026-12-28', '2027-01-04', '2027-01-05'],
  ['LX-012', 'publicity', '2026-12-28', '2027-01-17', '2027-01-18'],
])(
  'what is put up of %s (%s) on %s is objected to on %s, and no more on %s',
  (id, key, from, last, after) => {
    const item = packItems().find((each) => each.id === id)
    if (!item) throw new Error(`no ${id}`)
    const before = { ...driveTo(file(item, '2026-11-24'), key), now: instantAt(plainDate(from), 600) }
    const published = act(before, 'publish-notice')
    const { role } = stepOf(item, key)
    const at = published.state.steps.find((run) => run.key === key)?.parts[0]?.unitId ?? ''
    const taken = (day: string, minute: number) => {
      const then = { ...published, now: instantAt(plainDate(day), minute) }
      const may = (asked: typeof role, unitId: string) =>
        mayDo(then, asked, unitId)?.includes('record-objection')
      return { holder: may(role, at), organ: may('town-window', 'town') }
    }
    const isVillages = id === 'LX-025'
    const inTime = taken(last, 24 * 60 - 1)
    expect(inTime.holder).toBe(true)
    if (isVillages) expect(inTime.organ).toBe(true)
    const late = taken(after, 0)
    expect(late.holder).toBe(false)
    if (isVillages) expect(late.organ).toBeUndefined()
  },
)
