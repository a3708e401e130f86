import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import type { CaseActor } from '../case/context'
import { act, attempt, file, type Journey, nothingMissing } from '../case/journeys/case-fixture'
import { plainDate } from '../kernel/plain-date'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { adviceReminders } from './after-decision-staff'
import type { PlanContext, ReminderChange } from './change'

// Who signed a decision is told that another answers only where there is one who may: the same people as at the door.
const item = packItems().find(({ id }) => id === 'LX-045')
if (!item) throw new Error('no LX-045')
const POOL = { role: 'dept-reviewer', unitId: 'eco' } as const
const SIGNER: CaseActor = { kind: 'staff', staffId: 'signer', pools: [POOL], isBarred: false }
const SUPERVISOR: CaseActor = {
  kind: 'staff',
  staffId: 'supervisor',
  pools: [{ role: 'supervisor', unitId: 'county' }],
  isBarred: false,
}
const does = (journey: Journey, command: Parameters<typeof attempt>[1], actor: CaseActor): Journey => {
  const done = attempt(journey, command, actor)
  if (!done.ok) throw new Error(done.error.code)
  return done.value
}
const advised = does(
  does(
    act(nothingMissing(file(item, '2026-11-02')), 'accept'),
    { type: 'act', stepKey: 'parallel', unitId: 'eco', action: 'pass', reasonDigest: null },
    SIGNER,
  ),
  { type: 'advise-revocation', unitId: 'eco', basis: 'abuse', reasonDigest: 'found', answerers: [POOL] },
  SUPERVISOR,
)
const event = advised.events.at(-1)
if (!event) throw new Error('nothing happened')
/** `away`: who is on leave until the day to answer. */
const lineOf = (own: readonly string[], staffId = 'supervisor', away: readonly string[] = []) =>
  adviceReminders(
    {
      caseId: 'c',
      caseNumber: '3418212611240003',
      item,
      after: { ...advised.state, ownBefore: [...own] },
      events: [{ id: 'e', event }],
      actor: { staffId, profileId: null },
    } as unknown as ReminderChange,
    {
      holders: () => [
        { id: 'signer', name: '甲' },
        { id: 'second', name: '乙' },
      ],
      handlersOf: (_pools: readonly unknown[], until: string | null) =>
        ['signer', 'second'].filter((id) => !own.includes(id) && (until === null || !away.includes(id))),
      calendar: CALENDAR_2026,
      unitName: () => '县生态环境分局',
    } as unknown as PlanContext,
    plainDate('2026-11-24'),
  ).map(({ recipient, lines }) => [recipient, lines.join().includes('由另一个人答复')])

test('the signer reads that another answers, and nothing of it where the other one’s own case it was', () => {
  expect(lineOf([])).toEqual([
    ['staff:signer', true],
    ['staff:second', false],
  ])
  expect(lineOf(['second'])).toEqual([['staff:signer', false]])
})

test('who asked and works in the organ too is somebody who may answer, and is told nothing of their own', () => {
  expect(lineOf([], 'second')).toEqual([['staff:signer', true]])
})

test('where the other one is on leave until the day to answer the signer reads that it is theirs, as the door lets them', () => {
  const [signers] = lineOf([], 'supervisor', ['second'])
  expect(signers).toEqual(['staff:signer', false])
})
