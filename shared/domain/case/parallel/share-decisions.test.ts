import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { dayIn, type PlainDate } from '../../kernel/plain-date'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import type { CaseCommand } from '../decide'
import { handedOverMethods } from '../delivery/delivery-choice'
import { deliveryClock, isDeliveredLate } from '../delivery/delivery-clock'
import {
  APPLICANT,
  act,
  attempt,
  everybody,
  file,
  type Journey,
  later,
  nothingMissing,
  offered,
} from '../journeys/case-fixture'
import { driveTo, driveToEnd } from '../journeys/sensible-acts'
import { outcomeOf } from '../outcome/outcome'
import { documentKindOf, issuingOrgan } from '../paper/document-kinds'
import { packetWords } from '../paper/own-decision-words'
import { isUndoable } from '../undo'
import { mayWithdraw } from '../whose/applicant-acts'
import { decidedShares } from './share-decisions'

const project = packItems().find(({ id }) => id === 'LX-045')
if (!project) throw new Error('no LX-045')
const UNITS = ['nr', 'eco', 'water', 'housing', 'emergency'] as const
const there = act(nothingMissing(file(project, '2026-11-02')), 'accept')

/** In the order in which they can: who waits for others comes after them. */
const decided = (...refusing: readonly string[]) =>
  ['nr', 'eco', 'water', 'emergency', 'housing'].reduce(
    (next, unitId) => act(next, refusing.includes(unitId) ? 'fail' : 'pass', { unitId }),
    there,
  )
const handedOver = (...refusing: readonly string[]) => act(driveTo(decided(...refusing), 'finish'), 'grant')
const outcome = ({ item, state, now }: Journey) =>
  outcomeOf(item, state, { calendar: CALENDAR_2026, documents: [], today: dayIn(now), reader: 'applicant' })
const papers = ({ item, state, events }: Journey) =>
  events.flatMap((event) => {
    const kind = documentKindOf(event, item, state)
    const at = 'unitId' in event ? (event.unitId ?? null) : null
    return kind === null ? [] : [[kind, issuingOrgan(kind, at, state, new Map())]]
  })

describe('each of several organs decides its own part', () => {
  test('in its own name, by a paper of its own; what joins them is of whoever handed the application round', () => {
    expect(papers(handedOver('eco')).slice(1)).toEqual([
      ['own-grant', 'nr'],
      ['own-refuse', 'eco'],
      ['own-grant', 'water'],
      ['own-grant', 'emergency'],
      ['own-grant', 'housing'],
      ['packet', 'msb-office'],
    ])
  })

  test('what was signed is not taken back within seconds', () => {
    expect(
      decided()
        .events.filter(({ type }) => type === 'examined')
        .some(isUndoable),
    ).toBe(false)
  })

  test('what all have signed goes out though whose power it went by has ended since', () => {
    const signed = driveTo(decided('eco'), 'finish')
    const ended = { ...signed, state: { ...signed.state, identityConfirmed: false } }
    expect(offered(ended).map(({ action }) => action)).toContain('grant')
    expect(
      attempt(
        ended,
        {
          type: 'act',
          action: 'grant',
          stepKey: 'finish',
          unitId: 'msb-office',
          reasonDigest: null,
        } as CaseCommand,
        everybody(ended),
      ).ok,
    ).toBe(true)
  })

  test('nobody is granted anything before it is known who they are, and a refusal needs its reason', () => {
    const unknown = { ...there, state: { ...there.state, identityConfirmed: false } }
    const tried = (action: 'pass' | 'fail', reasonDigest: string | null) => {
      const done = attempt(
        unknown,
        { type: 'act', action, stepKey: 'parallel', unitId: 'eco', reasonDigest } as CaseCommand,
        everybody(unknown),
      )
      return done.ok || done.error.code
    }
    expect(tried('pass', null)).toBe('case.identity-unconfirmed')
    expect(tried('fail', null)).toBe('case.reason-missing')
    expect(tried('fail', 'why')).toBe(true)
  })

  test('whoever joins them takes no decision: there is one act, and nothing to refuse', () => {
    const ready = driveTo(decided('emergency', 'eco'), 'finish')
    expect(offered(ready).map(({ action }) => action)).toContain('grant')
    expect(offered(ready).map(({ action }) => action)).not.toContain('refuse')
  })
})

describe('what rests on a permit that was refused', () => {
  const housing = { stepKey: 'parallel', unitId: 'housing' }
  const judged = (...how: readonly (readonly ['pass' | 'fail', string])[]) =>
    how.reduce((next, [action, unitId]) => act(next, action, { unitId }), there)
  const actsOf = (journey: Journey) =>
    offered(journey)
      .filter(({ unitId }) => unitId === 'housing')
      .map(({ action }) => action)

  test.each([
    [
      'nr',
      [
        ['fail', 'nr'],
        ['pass', 'water'],
      ],
    ],
    [
      'water',
      [
        ['pass', 'nr'],
        ['fail', 'water'],
      ],
    ],
    [
      'nr、water',
      [
        ['fail', 'water'],
        ['fail', 'nr'],
      ],
    ],
  ] as const)('is not granted where %s has refused, in whichever order', (_which, how) => {
    const journey = judged(...how)
    expect(actsOf(journey)).toContain('fail')
    expect(actsOf(journey)).not.toContain('pass')
    const tried = attempt(
      journey,
      { type: 'act', action: 'pass', ...housing, reasonDigest: null },
      everybody(journey),
    )
    expect(tried).toMatchObject({ ok: false, error: { code: 'case.rests-on-refused' } })
    expect(
      attempt(journey, { type: 'act', action: 'fail', ...housing, reasonDigest: 'why' }, everybody(journey))
        .ok,
    ).toBe(true)
  })

  test('is granted where those that it rests on were, whatever others have refused', () => {
    expect(
      actsOf(judged(['fail', 'eco'], ['fail', 'emergency'], ['pass', 'nr'], ['pass', 'water'])),
    ).toContain('pass')
  })

  test('stands in the packet as what it was: refused with that on which it rests', () => {
    const tail = packetWords(handedOver('water', 'housing')).tail.join('')
    expect(tail).toContain('“建筑工程施工许可证核发”要以“生产建设项目水土保持方案审批”准予为前提。')
    expect(tail).toContain('准予的各自有效')
  })

  test('a project from before, in which it was granted nevertheless, is not told that it stands', () => {
    const before = handedOver('water', 'housing')
    const steps = before.state.steps.map((run) => ({
      ...run,
      parts: run.parts.map((part) =>
        run.key === 'parallel' && part.unitId === 'housing' ? { ...part, outcome: 'passed' as const } : part,
      ),
    }))
    expect(packetWords({ item: before.item, state: { ...before.state, steps } }).tail.join('')).not.toContain(
      '各自有效',
    )
  })
})

describe('what a project comes to', () => {
  test('all granted it is granted, and done once it is concluded', () => {
    expect(outcome(handedOver())).toMatchObject({ key: 'granted', word: '批准了', tone: 'good' })
    expect(outcome(act(handedOver(), 'conclude')).word).toBe('办好了')
  })

  test('one refusal leaves the others as they are, and nobody is told that all went well', () => {
    const partly = handedOver('emergency', 'eco')
    expect(partly.state.decision?.kind).toBe('granted')
    for (const journey of [partly, act(partly, 'conclude')])
      expect(outcome(journey)).toMatchObject({ key: 'granted', word: '批了 3 样，没批 2 样', tone: 'bad' })
    expect(
      decidedShares(partly.item, partly.state).map(({ unitId, isGranted }) => [unitId, isGranted]),
    ).toEqual(UNITS.map((unitId) => [unitId, unitId !== 'emergency' && unitId !== 'eco']))
  })

  test('all refused it is refused, without another reason than theirs', () => {
    const none = handedOver(...UNITS)
    expect(none.state.decision).toMatchObject({ kind: 'refused', reasonDigest: null })
    expect(outcome(none)).toMatchObject({ key: 'refused', word: '没批' })
  })

  test('the packet lists each, and says what stands only where something was refused', () => {
    const said = (journey: Journey) => {
      const { shares, tail } = packetWords(journey)
      return [...shares.map((each) => each.said), ...tail].join('')
    }
    expect(said(handedOver('eco'))).toMatch(
      /1\. 建设工程规划许可证核发：准予.*环境影响评价文件审批：不予.*准予的各自有效/,
    )
    expect(said(handedOver())).not.toContain('不予')
    expect(said(handedOver())).not.toContain('各自有效')
    expect(said(handedOver(...UNITS))).not.toContain('各自有效')
  })

  test('it comes to its end either way', () => {
    for (const goal of ['granted', 'refused'] as const)
      expect(driveToEnd(file(project, '2026-11-02'), goal).at(-1)?.state.deliveredAt).not.toBeNull()
  })

  test('under a guide from before the departments give opinions, and the office decides', () => {
    const steps = project.steps.map((step) => ({
      ...step,
      organ: step.organ.kind === 'parallel' ? { ...step.organ, decides: undefined } : step.organ,
      actions: step.decides ? [...step.actions, 'refuse' as const] : step.actions,
    }))
    const former = driveTo(file({ ...project, steps }, '2026-11-02'), 'finish')
    expect(former.events.some((event) => event.type === 'examined' && event.isDecision)).toBe(false)
    expect(offered(former).map(({ action }) => action)).toEqual(expect.arrayContaining(['grant', 'refuse']))
  })

  test('what is against the firm among them is served as any refusal, and begins no days in the past', () => {
    const concluded = act(handedOver('emergency', 'eco'), 'conclude')
    const { item, state } = concluded
    expect(handedOverMethods(item, state, true)).toEqual(['pickup'])
    expect(
      handedOverMethods(act(handedOver(), 'conclude').item, act(handedOver(), 'conclude').state, true),
    ).toContain('electronic')
    const late = later(concluded, 14)
    const handing = (takenOn: PlainDate) =>
      attempt(late, { type: 'hand-over', of: 'result', takenOn, takerDigest: null }, everybody(late))
    expect(handing(dayIn(concluded.now))).toMatchObject({ ok: false, error: { field: 'takenOn' } })
    expect(handing(dayIn(late.now)).ok).toBe(true)
    const left = {
      type: 'leave',
      of: 'result',
      witnessesDigest: 'two',
      refusalDigest: 'no',
    }
    expect(attempt(late, left as CaseCommand, everybody(late)).ok).toBe(true)
  })

  test('what was granted is handed over within ten working days of the last signature, whenever the packet is written', () => {
    const signed = decided()
    const last = decidedShares(signed.item, signed.state)
      .map(({ at }) => at)
      .sort()
      .at(-1)
    const ready = driveTo(later(signed, 5), 'finish')
    for (const journey of [ready, act(ready, 'grant'), act(act(ready, 'grant'), 'conclude')])
      expect(deliveryClock(journey.item, journey.state)).toMatchObject({ startedAt: last, days: 10 })
    // While one of them has not said anything nothing can be handed over yet.
    expect(deliveryClock(there.item, act(there, 'pass', { unitId: 'nr' }).state)).toBeNull()
    const late = later(act(act(ready, 'grant'), 'conclude'), 20)
    const delivered = act(late, 'deliver', { method: 'pickup' })
    expect(isDeliveredLate(delivered.item, delivered.state, CALENDAR_2026)).toBe(true)
    expect(deliveryClock(delivered.item, delivered.state)).toBeNull()
  })

  test('nobody takes the application back once an organ has signed', () => {
    expect(mayWithdraw(there.state, APPLICANT)).toBe(true)
    for (const action of ['pass', 'fail'] as const)
      expect(mayWithdraw(act(there, action, { unitId: 'nr' }).state, APPLICANT)).toBe(false)
  })
})
