import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { addDays, instantAt, plainDate } from '../../kernel/plain-date'
import type { Unit } from '../../organization/registry'
import { STAFF_ROLES } from '../../organization/staff'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { noticeDays } from '../clock/clocks'
import { turningDays } from '../clock/turning-days'
import { act, contextOf, file, type Journey, refusal, staff } from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { nowWords } from '../outcome/now-words'
import { standingOf } from '../outcome/outcome'
import { issuingOrgan } from '../paper/document-kinds'
import { stepOf } from '../route'
import { allowedActions, firstAction } from '../step/actions'
import { staffSight } from '../whose/visibility'

const publicised = packItems().flatMap((item) =>
  item.steps.filter(({ publicity }) => publicity).map(({ key }) => [item.id, key, item] as const),
)
const UNITS: ReadonlyMap<string, Unit> = new Map([['village', { kind: 'village' } as Unit]])

type Role = (typeof STAFF_ROLES)[number]

function seenBy({ item, state, ...journey }: Journey, role: Role, unitId: string) {
  const pools = [{ role, unitId }]
  const asking = { staffId: 'me', pools, isBarred: false, actedAt: [], isLooking: false }
  const context = contextOf({ item, state, ...journey }, staff(...pools))
  return { context, sight: staffSight({ item, state, tasks: [] }, asking) }
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

const standing = (id: string, key: string, from: string) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  const before = { ...driveTo(file(item, '2026-11-24'), key), now: instantAt(plainDate(from), 600) }
  const published = act(before, 'publish-notice')
  const at = published.state.steps.find((run) => run.key === key)?.parts[0]?.unitId ?? ''
  return { published, role: stepOf(item, key).role, at, key }
}
const on = (journey: Journey, day: string, minute = 600): Journey => ({
  ...journey,
  now: instantAt(plainDate(day), minute),
})
const raised = (journey: Journey, key: string, role: Role, unitId: string, raisedOn?: string) =>
  refusal(journey, 'record-objection', key, staff({ role, unitId }), {
    raisedOn: raisedOn ? plainDate(raisedOn) : undefined,
  })

// Five days from Tuesday 24 November end on a Sunday, so on Monday.
test('what was said in the days of a notice is written down until it is closed, by the day on which it was said', () => {
  const { published, role, at, key } = standing('LX-025', 'publicity', '2026-11-24')
  const late = on(published, '2026-12-02')
  for (const [asked, unitId] of [
    [role, at],
    ['town-window', 'town'],
  ] as const) {
    expect(raised(on(published, '2026-11-30', 24 * 60 - 1), key, asked, unitId)).toBeUndefined()
    expect(raised(on(published, '2026-12-01', 0), key, asked, unitId)).toBe('case.publicity-over')
    expect(raised(late, key, asked, unitId, '2026-11-30')).toBeUndefined()
    expect(raised(late, key, asked, unitId, '2026-12-01')).toBe('case.publicity-over')
    expect(raised(late, key, asked, unitId, '2026-11-23')).toBe('case.publicity-over')
    expect(raised(late, key, asked, unitId, '2026-12-03')).toBe('case.target-unknown')
  }
  const closed = act(late, 'close-notice')
  expect(mayDo(closed, 'town-window', 'town')).not.toContain('record-objection')
  expect(raised(closed, key, role, at, '2026-11-30')).toBe('case.action-not-allowed')
})

test('whoever objects after the first is heard too, until a new notice hangs', () => {
  const { published, role, at, key } = standing('LX-025', 'publicity', '2026-11-24')
  const first = act(on(published, '2026-11-26'), 'record-objection')
  expect(mayDo(first, 'town-window', 'town')).toEqual(['record-objection'])
  expect(mayDo(first, role, at)).toContain('record-objection')
  const second = act(on(first, '2026-11-27'), 'record-objection', { stepKey: key })
  expect(second.state.steps).toEqual(first.state.steps)
  expect(raised(on(second, '2026-12-02'), key, 'town-window', 'town', '2026-11-28')).toBeUndefined()
  // Looked at once more, and then somebody comes: it is looked at again.
  const looked = act(on(second, '2026-11-28'), 'verify')
  const third = act(looked, 'record-objection', { stepKey: key })
  expect(third.state.steps.find((run) => run.key === key)?.status).toBe('waiting')
  const anew = act(act(on(third, '2026-12-04'), 'verify'), 'publish-notice')
  expect(anew.state.steps.find((run) => run.key === key)).not.toHaveProperty('objectedOf')
  expect(raised(anew, key, 'town-window', 'town', '2026-11-28')).toBe('case.publicity-over')
})

// In a year without a calendar nobody knows whether the last day is a day off.
test('in a year without a calendar nobody is sent away before the notice is closed', () => {
  const { published, role, at, key } = standing('LX-025', 'publicity', '2026-12-28')
  expect(raised(on(published, '2027-01-05'), key, role, at)).toBeUndefined()
})

test.each(['LX-025', 'LX-007'])(
  '%s: between its last day and its closing day a notice is neither objected to nor closed',
  (id) => {
    const item = packItems().find((each) => each.id === id)
    const key = item?.steps.find(({ publicity }) => publicity)?.key ?? ''
    // A calendar notice put up on Monday 23 or Thursday 26 November ends on a Friday or before a Saturday.
    const from = id === 'LX-025' ? '2026-11-22' : '2026-11-27'
    const { published, role, at } = standing(id, key, from)
    const run = published.state.steps.find((each) => each.key === key)
    if (!item || !run) throw new Error(id)
    const days = noticeDays(item, run, CALENDAR_2026)
    if (!days) throw new Error('no notice')
    const { lastOn, closableOn } = days
    const first = (day: string) => {
      const then = on(published, day)
      const context = contextOf(then, staff({ role, unitId: at }))
      return firstAction(item, then.state, { stepKey: key, unitId: at }, context)
    }
    const told = (day: string) => {
      const then = { calendar: CALENDAR_2026, now: on(published, day).now }
      const standingNow = standingOf(item, published.state, { calendar: CALENDAR_2026, documents: [] })
      return nowWords(item, published.state, standingNow, { reader: 'applicant', at: then }).words
    }
    expect(turningDays(item, published.state, run, CALENDAR_2026)).toEqual(
      expect.arrayContaining([addDays(lastOn, 1), closableOn]),
    )
    expect([first(lastOn), told(lastOn)]).toEqual(['record-objection', '正在公示'])
    if (addDays(lastOn, 1) < closableOn) expect(first(addDays(lastOn, 1))).toBeNull()
    expect(told(addDays(lastOn, 1))).toBe('公示期满了，准备往下办')
    expect(first(closableOn)).toBe('close-notice')
  },
)
