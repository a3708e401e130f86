import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import type { CaseActor } from '../context'
import type { CaseCommand } from '../decide'
import { owedPapers } from '../delivery/owed-papers'
import { signedAt } from '../delivery/signed-at'
import {
  APPLICANT,
  act,
  attempt,
  everybody,
  file,
  type Journey,
  later,
  nothingMissing,
} from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { outcomeOf } from '../outcome/outcome'
import { takingBackBy } from '../revocation/taking-back'
import { nextNudgeAt, sharesToNudge } from '../step/nudge'

// Of several organs each takes back what it revoked before anybody was heard.
const project = packItems().find(({ id }) => id === 'LX-045')
if (!project) throw new Error('no LX-045')
const there = act(nothingMissing(file(project, '2026-11-02')), 'accept')
const joined = (...refusing: readonly string[]) =>
  act(
    driveTo(
      ['nr', 'eco', 'water', 'emergency', 'housing'].reduce(
        (next, unitId) => act(next, refusing.includes(unitId) ? 'fail' : 'pass', { unitId }),
        there,
      ),
      'finish',
    ),
    'grant',
  )

const of = (role: 'dept-reviewer' | 'dept-approver', unitId: string, staffId: string): CaseActor => ({
  kind: 'staff',
  staffId,
  pools: [{ role, unitId }],
  isBarred: false,
})
const head = (unitId: string) => of('dept-approver', unitId, `${unitId}-head`)

function does(journey: Journey, command: CaseCommand, actor: CaseActor): Journey {
  const done = attempt(journey, command, actor)
  if (!done.ok) throw new Error(done.error.code)
  return done.value
}
const proposed = (journey: Journey, unitId: string) =>
  does(
    journey,
    {
      type: 'propose-revocation',
      basis: 'procedure',
      reasonDigest: 'why',
      speakDays: 5,
      deciders: [{ role: 'dept-approver', unitId }],
    },
    of('dept-reviewer', unitId, `${unitId}-one`),
  )
const revoked = (journey: Journey, unitId: string) =>
  does(journey, { type: 'revoke-decision', reasonDigest: 'weighed' }, head(unitId))
const handed = (journey: Journey, paper: 'revocation-notice' | 'revocation' | 'revocation-withdrawn') =>
  does(
    journey,
    {
      type: 'hand-over',
      of: paper,
      takenOn: dayIn(journey.now),
      takerDigest: journey.state.isDeceased ? 'family' : null,
    },
    everybody(journey),
  )
const dies = (journey: Journey) =>
  does(
    journey,
    {
      type: 'record-death',
      diedOn: dayIn(journey.now),
      proofDigest: 'paper',
      bornOn: null,
      isBeforeFiling: false,
    },
    everybody(journey),
  )
const lives = (journey: Journey) =>
  does(journey, { type: 'withdraw-death-record', reasonDigest: 'another' }, everybody(journey))
const fell = (journey: Journey, unitId: string) =>
  revoked(later(handed(proposed(journey, unitId), 'revocation-notice'), 10), unitId)
const back = (journey: Journey, unitId: string) =>
  does(journey, { type: 'keep-decision', reasonDigest: 'unheard', unitId }, head(unitId))
/** Two shares fell unheard, and whose they were is dead again. */
const two = () => {
  const first = handed(fell(dies(joined('emergency')), 'nr'), 'revocation')
  return dies(later(lives(fell(first, 'eco')), 1))
}

test.each([
  ['eco', 'nr'],
  ['nr', 'eco'],
])(
  '%s takes its own back, then %s: the paper of each is owed to the family, one after the other',
  (first, second) => {
    const one = back(two(), first)
    expect(signedAt(one.state, 'revocation-withdrawn')).toBe(one.now)
    expect(() => back(later(one, 2), second)).toThrow('case.revocation-unserved')
    const served = handed(later(one, 3), 'revocation-withdrawn')
    expect(owedPapers(served.state)).not.toContain('revocation-withdrawn')
    const both = back(later(served, 1), second)
    expect(signedAt(both.state, 'revocation-withdrawn')).toBe(both.now)
    expect(owedPapers(both.state)).toContain('revocation-withdrawn')
    const done = handed(later(both, 1), 'revocation-withdrawn')
    expect(owedPapers(done.state)).not.toContain('revocation-withdrawn')
  },
)

test('beside what others refused, and one revoked after it had heard them, nobody is told to wait alone', () => {
  const base = joined('emergency', 'water', 'housing')
  const spoken = does(
    proposed(base, 'nr'),
    { type: 'speak', statementDigest: 'said', isAll: true },
    APPLICANT,
  )
  const heard = handed(revoked(spoken, 'nr'), 'revocation')
  const { item, state, now } = lives(fell(dies(later(heard, 1)), 'eco'))
  const outcome = outcomeOf(item, state, {
    calendar: CALENDAR_2026,
    documents: [{ id: 'paper', kind: 'revocation' }],
    today: dayIn(now),
    reader: 'applicant',
  })
  expect(outcome).toEqual({
    key: 'revoked',
    word: '没批 3 样，撤销了 1 样，正在收回撤销 1 样',
    tone: 'bad',
    documentId: 'paper',
  })
})

test('until when goes by each organ, of the whole by the last of them; each is nudged, and of who has died again none', () => {
  const dead = two()
  const both = lives(later(dead, 1))
  const of = (unitId?: string) => takingBackBy(both.state, CALENDAR_2026, unitId)
  expect([of('nr'), of('eco'), of('water')]).toEqual([expect.any(String), expect.any(String), undefined])
  expect(of()).toBe(of('eco'))
  const asked = ({ item, state, now }: Journey) =>
    sharesToNudge(item, state, { now, calendar: CALENDAR_2026 })
  const taker = (unitId: string) => [{ role: 'dept-approver', unitId }]
  expect(asked(both).flatMap(({ unitId, takers }) => (takers ? [{ unitId, takers }] : []))).toEqual([
    { unitId: 'nr', takers: taker('nr') },
    { unitId: 'eco', takers: taker('eco') },
  ])
  expect(asked(dead)).toEqual([])
  const nudged = does(both, { type: 'nudge', unitIds: ['nr', 'eco'] }, APPLICANT)
  expect(nextNudgeAt(nudged.item, nudged.state, nudged.now)).not.toBeNull()
  const one = back(nudged, 'nr')
  expect(takingBackBy(one.state, CALENDAR_2026)).toBe(of('eco'))
  expect(asked(one).flatMap(({ takers }) => takers ?? [])).toEqual(taker('eco'))
})
