import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import type { CaseEvent } from './events'
import { act, file } from './journeys/case-fixture'
import { driveToEnd } from './journeys/sensible-acts'
import { isUndoable, standingEvents, whyNotUndo } from './undo'

const item = packItems().find(({ id }) => id === 'LX-010')
if (!item) throw new Error('no LX-010')
const reviewed = act(act(file(item, '2026-11-02'), 'accept'), 'pass')
const failed = act(act(file(item, '2026-11-02'), 'accept'), 'fail')
const last = (events: readonly CaseEvent[]) => {
  const event = events.at(-1)
  if (!event) throw new Error('nothing has happened')
  return event
}

/** 行政许可法 第32、38条: what bears a number is put right, and never unmade. */
test('of all that happens on the way alone what issues no paper and gives nobody a right is taken back', () => {
  const undoable = driveToEnd(file(item, '2026-11-02'), 'granted').flatMap(({ events }) => {
    const event = last(events)
    return isUndoable(event) ? [event.type] : []
  })
  expect([...new Set(undoable)]).toEqual(['examined'])
  expect(isUndoable(last(failed.events))).toBe(false)
  expect(isUndoable({ ...last(reviewed.events), isDecision: true } as CaseEvent)).toBe(false)
  const at = reviewed.now
  const place = { at, stepKey: 'assist', unitId: 'village' }
  expect(
    isUndoable({ type: 'verified', ...place, outcome: 'verified', reasonDigest: null } as CaseEvent),
  ).toBe(true)
  expect(
    isUndoable({ type: 'verified', ...place, outcome: 'failed', reasonDigest: 'why' } as CaseEvent),
  ).toBe(false)
  expect(isUndoable({ type: 'assigned', ...place, staffId: 'a' } as CaseEvent)).toBe(true)
})

test('by whoever did it, and in its seconds', () => {
  const mine = { ...last(reviewed.events), actor: 'staff:me' }
  expect(whyNotUndo(mine, { staffId: 'me', isOver: false })).toBeNull()
  expect(whyNotUndo(mine, { staffId: 'me', isOver: true })).toEqual({ code: 'case.undo-over' })
  expect(whyNotUndo(mine, { staffId: 'other', isOver: false })).toEqual({ code: 'case.not-your-task' })
  const nobodys = { ...mine, actor: 'staff:null' }
  expect(whyNotUndo(nobodys, { staffId: null, isOver: false })).toEqual({ code: 'case.not-your-task' })
  expect(whyNotUndo(undefined, { staffId: 'me', isOver: false })).toEqual({ code: 'case.action-not-allowed' })
  const other = { ...last(failed.events), actor: 'staff:me' }
  expect(whyNotUndo(other, { staffId: 'me', isOver: false })).toEqual({ code: 'case.action-not-allowed' })
})

test('what was taken back counts no more, what came after it does, however often that happens', () => {
  const named = (type: string, more: object = {}) => ({ type, ...more }) as unknown as CaseEvent
  const typesOf = (...events: readonly CaseEvent[]) =>
    standingEvents(events).map(({ type }) => type as string)
  const [filed, accepted, passed] = [named('filed'), named('accepted'), named('examined')]
  const back = named('undone', { to: 2 })
  expect(typesOf(filed, accepted, passed)).toEqual(['filed', 'accepted', 'examined'])
  expect(typesOf(filed, accepted, passed, back)).toEqual(['filed', 'accepted'])
  expect(typesOf(filed, accepted, passed, back, named('granted'))).toEqual(['filed', 'accepted', 'granted'])
  // The fifth event is the one that stands after the undoing.
  expect(typesOf(filed, accepted, passed, back, passed, named('undone', { to: 4 }))).toEqual([
    'filed',
    'accepted',
  ])
})
