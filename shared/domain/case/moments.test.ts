import { describe, expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { addDays, dayIn } from '../kernel/plain-date'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { whyNotNewDay } from './clock/broken-promise'
import type { CaseActor, Pool } from './context'
import type { CaseCommand } from './decide'
import { handsOver } from './delivery/counter'
import { datedParts } from './delivery/delivery-clock'
import type { DerivedFacts } from './events'
import {
  APPLICANT,
  act,
  attempt,
  contextOf,
  everybody,
  factsOf,
  file,
  type Journey,
  later,
  NO_CHANGE,
  onDay,
  passTime,
  staff,
} from './journeys/case-fixture'
import { driveTo, driveToEnd } from './journeys/sensible-acts'
import type { AfterDecisionCommand } from './revocation/after-decision-command'
import { nextOnTime } from './step/decide-on-time'

// What comes at the same time, or after its time: each keeps its own day, and takes none of another's.

const itemOf = (id: string) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const filed = (id: string, more: Parameters<typeof file>[2] = {}) => file(itemOf(id), '2026-03-02', more)
const done = (journey: Journey, command: CaseCommand, actor: CaseActor): Journey => {
  const tried = attempt(journey, command, actor)
  if (!tried.ok) throw new Error(tried.error.code)
  return tried.value
}
const fault = (journey: Journey, command: object, actor: CaseActor = everybody(journey)) => {
  const tried = attempt(journey, command as CaseCommand, actor)
  return tried.ok
    ? null
    : 'field' in tried.error
      ? `${tried.error.code} ${tried.error.field}`
      : tried.error.code
}
const proposed = (deciders: readonly { role: 'dept-approver' | 'town-approver'; unitId: string }[]) =>
  ({
    type: 'propose-revocation',
    basis: 'other',
    reasonDigest: 'wrong',
    speakDays: 5,
    deciders,
  }) satisfies AfterDecisionCommand

test('whoever only serves one of the papers hands that one over', () => {
  const { item, state, now } = filed('LX-011')
  const by = (role: 'town-window' | 'dept-window', unitId: string) =>
    handsOver(item, state, contextOf({ item, state, events: [], now }, staff({ role, unitId })))
  expect([by('town-window', 'town'), by('dept-window', 'civil')]).toEqual([true, true])
  expect(by('dept-window', 'town')).toBe(false)
})

test('a share that is open and has a paper to serve beside is one share, with one day', () => {
  const start = { ...filed('LX-005'), isUnreached: true } as const
  const granted = driveToEnd(start, 'granted').find(({ state }) => state.decision !== null)
  if (!granted) throw new Error('never granted')
  const approver = { role: 'town-approver', unitId: 'town' } as const
  const asked = done(granted, proposed([approver]), staff(approver))
  expect(datedParts(asked.item, asked.state).map(({ step }) => step.key)).toEqual(['finish'])
})

describe('what time brings', () => {
  const asks = staff({ role: 'dept-reviewer', unitId: 'market' })
  const at = {
    type: 'act',
    action: 'request-approval',
    stepKey: 'site',
    unitId: 'market',
    reasonDigest: 'why',
  }
  test('the law’s day ends a request to prolong it, and no other', () => {
    const site = driveTo(filed('LX-034'), 'site')
    const asked = (kind: 'extend' | 'suspend') => done(site, { ...at, for: kind } as CaseCommand, asks)
    // 10 working days from 2 March; the promise stands still while the site is looked at.
    expect(nextOnTime(site.item, asked('extend').state, CALENDAR_2026)).toBe('2026-03-17')
    const ends = (kind: 'extend' | 'suspend') =>
      passTime(onDay(asked(kind), '2026-03-17')).events.map(({ type }) => type)
    expect(ends('extend')).toContain('approval-lapsed')
    expect(ends('suspend')).not.toContain('approval-lapsed')
  })

  test('an order to put something right ends before the law’s day, and where that is over within a year', () => {
    const seen = act(driveTo(filed('LX-034'), 'site'), 'record-visit')
    const order = { ...at, action: 'require-rectification' }
    expect(fault(seen, { ...order, recheckOn: '2026-03-16' })).toBeNull()
    expect(fault(seen, { ...order, recheckOn: '2026-03-17' })).toBe('case.recheck-day')
    expect(fault(seen, { ...order, recheckOn: '2026-03-02' })).toBe('case.recheck-day')
    expect(fault(seen, { ...order, recheckOn: '2026-03-07' })).toBe('case.recheck-day')
    const over = onDay(seen, '2026-03-17')
    expect(fault(over, { ...order, recheckOn: '2026-04-20' })).toBeNull()
    expect(fault(over, { ...order, recheckOn: addDays(dayIn(over.now), 366) })).toBe('case.recheck-day')
    // On its very last day nothing is left before it.
    expect(fault(onDay(seen, '2026-03-16'), { ...order, recheckOn: '2026-03-18' })).toBeNull()
  })
})

test('a grant is handed over, money is typed and a key is named as the guide has it, or not at all', () => {
  const settling = act(filed('LX-001'), 'accept')
  expect(settling.state.accepted).not.toBeNull()
  const open = filed('LX-006')
  const at = {
    type: 'act',
    action: 'settle',
    stepKey: 'accept',
    unitId: 'village',
    reasonDigest: null,
  } as const
  expect(fault(open, { ...at, method: 'post' })).toBe('case.target-unknown method')
  expect(fault(open, { ...at, method: 'pickup' })).toBeNull()
  expect(fault(open, { ...at, method: null })).toBeNull()
  const posted = filed('LX-031')
  const finish = { ...at, unitId: posted.item.departmentId }
  expect(fault(posted, { ...finish, method: 'post' })).toBe('case.post-unnumbered')
  const notice = driveTo(filed('LX-007'), 'publicity')
  const hang = { ...at, action: 'publish-notice', stepKey: 'publicity', unitId: 'town' }
  expect(fault(notice, { ...hang, tells: [{ key: 'name', digest: 'words' }] })).toBe(
    'case.target-unknown tells',
  )
  expect(fault(notice, { ...hang, tells: [] })).toBeNull()
  const hung = act(notice, 'publish-notice')
  const object = { ...hang, action: 'record-objection', reasonDigest: 'why', objectionId: 'typed' }
  expect(done(hung, object as CaseCommand, everybody(hung)).events.at(-1)).toMatchObject({
    objectionId: 'typed',
  })
})

test('a department asks for no name that was confirmed', () => {
  const start = filed('LX-045', { applicant: { kind: 'firm' } })
  const { fields } = start.item
  const keys = fields.map(({ key }) => key)
  const unitId = start.state.steps[0]?.parts[0]?.unitId ?? ''
  const ask = (name: string) =>
    fault(start, {
      type: 'act',
      action: 'draft-correction',
      stepKey: 'look',
      unitId,
      reasonDigest: null,
      items: [{ kind: 'field', name, reasonDigest: 'why' }],
    })
  const fixed = keys.filter((key) => ask(key) === 'case.identity-fixed')
  expect(fixed).toHaveLength(2)
  expect(ask('mobile')).toBeNull()
})

describe('what follows from answers', () => {
  const change = (journey: Journey, facts: Partial<DerivedFacts>) =>
    done(
      journey,
      {
        type: 'add',
        answersDigest: 'added',
        facts: { ...factsOf(journey), ...facts },
        change: NO_CHANGE,
      },
      APPLICANT,
    ).state
  const keysOf = ({ steps }: Journey['state']) => steps.map(({ key }) => key)

  test('who is confirmed by what was brought is, once; who is not stays so', () => {
    const open = filed('LX-005', { identityConfirmed: false })
    expect(change(open, { confirmedBy: 'wechat' })).toMatchObject({
      identityConfirmed: true,
      confirmedBy: 'wechat',
    })
    expect(change(open, {})).toMatchObject({ identityConfirmed: false, confirmedBy: null })
    expect(change(filed('LX-005'), { confirmedBy: 'wechat' }).confirmedBy).toBeNull()
  })

  test('a step that is not asked for any more goes, unless it is done or under way; one that is comes in its place', () => {
    const review = driveTo(filed('LX-020'), 'review')
    const without = keysOf(review.state).filter((key) => key !== 'finance')
    const gone = change(review, { stepKeys: without })
    expect(keysOf(gone)).toEqual(without)
    expect(
      keysOf(change(review, { stepKeys: without.filter((key) => key !== 'accept' && key !== 'review') })),
    ).toEqual(without)
    const back = change({ ...review, state: gone }, { stepKeys: keysOf(review.state) })
    expect(keysOf(back)).toEqual(keysOf(review.state))
    expect(back.steps.find(({ key }) => key === 'finance')).toMatchObject({ status: 'waiting' })
    expect(back.steps.find(({ key }) => key === 'review')?.status).toBe('open')
  })

  test('a step that lies before what is under way is gone back to', () => {
    const finish = driveTo(filed('LX-020'), 'finish')
    const without = keysOf(finish.state).filter((key) => key !== 'finance')
    const short = {
      ...finish,
      state: { ...finish.state, steps: finish.state.steps.filter(({ key }) => key !== 'finance') },
    }
    expect(keysOf(short.state)).toEqual(without)
    const back = change(short, { stepKeys: keysOf(finish.state) })
    expect(back.steps.map(({ key, status }) => [key, status])).toEqual([
      ['accept', 'done'],
      ['review', 'done'],
      ['finance', 'open'],
      ['finish', 'waiting'],
    ])
  })
})

describe('what one of several holds', () => {
  test('whoever is above and works there too advises as who is above', () => {
    const granted = driveToEnd(filed('LX-005'), 'granted').at(-1)
    if (!granted) throw new Error('never granted')
    const answerers = [{ role: 'town-approver', unitId: 'town' }] as const
    const advise = { type: 'advise-revocation', basis: 'other', reasonDigest: 'why', answerers } as const
    const window = { role: 'window', unitId: 'tax' } as const
    const ward = { role: 'supervisor', unitId: 'county' } as const
    const mayor = { role: 'county-approver', unitId: 'county' } as const
    const advice = (...pools: readonly Pool[]) => done(granted, advise, staff(...pools)).state.advice?.[0]
    expect(advice(window, ward)).toMatchObject({ by: 'supervisor', from: ward })
    expect(advice(ward, mayor, window)).toMatchObject({ by: 'government', from: mayor })
  })

  test('of what was refused late twice the worse is told', () => {
    const organ = { role: 'dept-approver', unitId: 'tax' } as const
    const fall = (journey: Journey) =>
      done(
        done(journey, proposed([organ]), staff(organ)),
        { type: 'revoke-decision', reasonDigest: 'why' },
        staff(organ),
      )
    const refuse = (journey: Journey, days: number, reasonDigest: string) =>
      act(act(later(journey, days), 'refuse', { reasonDigest }), 'conclude')
    const first = fall(refuse(act(filed('LX-052'), 'accept'), 4, 'one'))
    expect(first.state.lateBefore).toEqual({ dueOn: '2026-03-02', judgedOn: '2026-03-06' })
    const milder = fall(refuse(first, 3, 'two'))
    expect(milder.state.lateBefore).toEqual({ dueOn: '2026-03-02', judgedOn: '2026-03-06' })
    const worse = fall(refuse(first, 10, 'two'))
    expect(worse.state.lateBefore).toEqual({ dueOn: '2026-03-06', judgedOn: '2026-03-16' })
  })

  test('who signed one of several decisions is kept with it', () => {
    const parallel = driveTo(filed('LX-045', { applicant: { kind: 'firm' } }), 'parallel')
    const actor = { ...staff({ role: 'dept-reviewer', unitId: 'water' }), staffId: 'signer' }
    const part = (by: Journey) =>
      by.state.steps
        .flatMap(({ key, parts }) => (key === 'parallel' ? parts : []))
        .find(({ unitId }) => unitId === 'water')
    expect(part(act(parallel, 'pass', { actor }))).toMatchObject({ isDecision: true, decidedBy: 'signer' })
    expect(part(act(parallel, 'pass', { unitId: 'water' }))).not.toHaveProperty('decidedBy')
  })
})

describe('what is over stays as it was', () => {
  test('a promise that was kept with the decision is kept on that day, however late the case is closed', () => {
    const granted = driveToEnd(filed('LX-038'), 'granted').find(({ state }) => state.decision !== null)
    if (!granted) throw new Error('never granted')
    expect(granted.state.promiseKeptAt).toBe(granted.now)
    expect(act(later(granted, 20), 'conclude').state.promiseKeptAt).toBe(granted.now)
  })

  test('a household whose emergency was refused is not looked at afterwards; of a grant it is', () => {
    const urgent = filed('LX-009', { answers: { kind: '急难型' } })
    const openAfter = (goal: 'granted' | 'refused') =>
      driveToEnd(urgent, goal)
        .find(({ state }) => state.concludedAt !== null)
        ?.state.steps.find(({ key }) => key === 'assist')?.status
    expect([openAfter('granted'), openAfter('refused')]).toEqual(['open', 'skipped'])
  })

  test('what is objected after the first is of the notice that has ended, and opens nothing anew', () => {
    const hung = act(driveTo(filed('LX-007'), 'publicity'), 'publish-notice')
    const first = act(later(hung, 1), 'record-objection')
    const second = act(later(first, 1), 'record-objection')
    expect(first.state.steps.find(({ key }) => key === 'survey')?.status).toBe('open')
    expect({ ...second.state, version: 0, decidingVersion: 0 }).toEqual({
      ...first.state,
      version: 0,
      decidingVersion: 0,
    })
  })
})

test('whoever decided is not above themselves; the county’s government is above every other organ', () => {
  const granted = driveToEnd(filed('LX-027'), 'granted').at(-1)
  if (!granted) throw new Error('never granted')
  const answerers = [{ role: 'county-approver', unitId: 'gov-office' }] as const
  const advise = { type: 'advise-revocation', basis: 'other', reasonDigest: 'why', answerers } as const
  const by = (unitId: string) => fault(granted, advise, staff({ role: 'county-approver', unitId }))
  expect(granted.state.organUnitId).toBe('gov-office')
  expect([by('gov-office'), by('elsewhere')]).toEqual(['case.not-your-task', null])
})

test('no day that has begun is promised in place of a broken one', () => {
  const { item, state, now } = act(filed('LX-038'), 'accept')
  const days = { now, calendar: CALENDAR_2026 }
  expect(whyNotNewDay(item, state, dayIn(now), days)).toEqual({ code: 'case.new-day-past' })
  expect(whyNotNewDay(item, state, addDays(dayIn(now), -3), days)).toEqual({ code: 'case.new-day-past' })
  expect(whyNotNewDay(item, state, addDays(dayIn(now), 1), days)).toBeNull()
})
