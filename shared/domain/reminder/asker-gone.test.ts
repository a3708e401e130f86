import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { act, file, staff } from '../case/journeys/case-fixture'
import { driveTo } from '../case/journeys/sensible-acts'
import { dayIn } from '../kernel/plain-date'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { answers } from './approvals'

// ADR 0129: who asked may leave before it is answered; whoever has the share then waits for the answer.
const item = packItems().find(({ id }) => id === 'LX-038')
if (!item) throw new Error('no LX-038')
const ASKER = 'asker'
const asked = act(driveTo(file(item, '2026-03-02'), 'review'), 'request-approval', {
  for: 'extend',
  actor: { ...staff({ role: 'dept-reviewer', unitId: 'transport' }), staffId: ASKER },
})
const share = { stepKey: 'review', partUnitId: 'transport' }
const answered = act(asked, 'reject-approval', {
  actor: { ...staff({ role: 'dept-approver', unitId: 'transport' }), staffId: 'head' },
})

const toldWith = (atWork: readonly string[], assigneeId: string | null = null) =>
  answers(
    {
      caseId: 'case',
      caseNumber: '3418212603020001',
      item,
      before: asked.state,
      after: answered.state,
      events: answered.events.slice(-1).map((event) => ({ id: 'event', event })),
      due: { kind: 'none' } as never,
      held: [
        {
          ...share,
          role: 'dept-reviewer',
          unitId: share.partUnitId,
          dueOn: null,
          queue: 'to-do',
          assigneeId,
          barred: [],
          approval: false,
        },
      ],
      opened: [],
      parties: [],
      newCard: null,
      actor: { staffId: 'head', profileId: null },
    },
    {
      calendar: CALENDAR_2026,
      units: new Map(),
      unitName: (unitId) => unitId,
      handlersOf: () => [],
      isAway: () => false,
      holders: (role) => (role === 'dept-reviewer' ? atWork.map((id) => ({ id, name: id })) : []),
    },
    dayIn(answered.now),
  ).map(({ recipient }) => recipient)

test('the answer goes to who asked while they are at work, and to who has it once they are not', () => {
  expect(toldWith([ASKER, 'colleague'])).toEqual([`staff:${ASKER}`])
  expect(toldWith(['colleague'])).toEqual(['staff:colleague'])
  expect(toldWith([ASKER, 'colleague'], 'colleague')).toEqual([`staff:${ASKER}`, 'staff:colleague'])
})
