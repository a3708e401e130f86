import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { addDays, dayIn, type PlainDate, plainDate } from '../../kernel/plain-date'
import type { HeldRole, Registry, StaffMember } from '../../organization/registry'
import { CALENDAR_2026 } from '../../time-limit/calendar-fixture'
import { dueOf, type LegalClock } from '../../time-limit/clock'
import { runningLaw } from '../clock/clocks'
import type { Pool } from '../context'
import {
  act,
  contextOf,
  file,
  type Journey,
  later,
  onDay,
  passTime,
  refusal,
  staff,
  supplement,
  withdraw,
} from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { allowedActions, approvalChoices } from './actions'
import type { ApprovalKind, Approver } from './approval-state'
import { lapsedBecause, openApprovals } from './approvals'
import { answeredUntil, approversChanged, approversFor, changeApprovers } from './approvers'

function fileOn(id: string) {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return file(item, '2026-11-02')
}
const pool = (role: Pool['role'], unitId: string) => staff({ role, unitId })
const reviewer = pool('dept-reviewer', 'transport')
const approver = pool('dept-approver', 'transport')
const offered = ({ item, state, ...journey }: Journey, actor = approver) =>
  allowedActions(item, state, contextOf({ item, state, ...journey }, actor)).map(({ action }) => action)
const choices = (journey: Journey, stepKey: string, actor = reviewer) => {
  const unitId = journey.state.steps.find(({ key }) => key === stepKey)?.parts[0]?.unitId ?? ''
  return approvalChoices(journey.item, journey.state, { stepKey, unitId }, contextOf(journey, actor))
}

describe('a request for approval', () => {
  const there = driveTo(fileOn('LX-038'), 'review')
  const asked = act(there, 'request-approval', { actor: reviewer, for: 'extend' })

  test('is for the holder of the step, and for what they may not do alone', () => {
    expect(choices(there, 'review')).toEqual(['extend'])
    expect(choices(there, 'review', approver)).toEqual([])
    expect(refusal(there, 'request-approval', 'review', approver)).toBe('case.not-your-task')
    expect(refusal(there, 'request-approval', 'review', reviewer, { reasonDigest: null })).toBe(
      'case.reason-missing',
    )
    expect(refusal(there, 'request-approval', 'review', reviewer, { for: 'suspend' })).toBe(
      'case.action-not-allowed',
    )
  })

  test('lets whom it names do the thing at that step, which they could not before', () => {
    expect(refusal(there, 'extend', 'review', approver)).toBe('case.not-your-task')
    expect(refusal(asked, 'extend', 'review', reviewer)).toBe('case.not-your-task')
    expect(offered(asked)).toEqual(['extend', 'reject-approval'])
    const extended = act(asked, 'extend', { actor: approver })
    expect(extended.state).toMatchObject({
      extension: { days: 10 },
      approvals: [{ for: 'extend', granted: true, answeredAt: extended.now }],
    })
    expect(offered(extended)).toEqual([])
  })

  test('is refused with a reason, and may be made again', () => {
    expect(refusal(asked, 'reject-approval', 'review', reviewer)).toBe('case.not-your-task')
    expect(refusal(asked, 'reject-approval', 'review', approver, { reasonDigest: null })).toBe(
      'case.reason-missing',
    )
    const refused = act(asked, 'reject-approval', { actor: approver })
    expect(refused.events.at(-1)).toMatchObject({ type: 'approval-rejected', for: 'extend' })
    expect(refused.state.approvals).toMatchObject([{ granted: false }])
    expect([offered(refused), choices(refused, 'review')]).toEqual([[], ['extend']])
  })

  test('is made once at a time', () => {
    expect(choices(asked, 'review')).toEqual([])
    const second = driveTo(fileOn('LX-028'), 'site')
    const site = pool('dept-reviewer', 'agri')
    expect(choices(second, 'site', site)).toEqual(['extend', 'suspend'])
    const once = act(second, 'request-approval', { actor: site, for: 'extend' })
    expect(refusal(once, 'request-approval', 'site', site, { for: 'extend' })).toBe('case.approval-asked')
    const twice = act(once, 'request-approval', { actor: site, for: 'suspend' })
    expect(openApprovals(twice.state).map((each) => each.for)).toEqual(['extend', 'suspend'])
    // A special procedure is the holder's own to begin, and an approver's who was asked.
    expect(refusal(twice, 'suspend', 'site', site)).toBeUndefined()
    expect(refusal(twice, 'suspend', 'site', pool('dept-approver', 'agri'))).toBeUndefined()
    expect(refusal(once, 'suspend', 'site', pool('dept-approver', 'agri'))).toBe('case.not-your-task')
  })

  test('is answered by nobody once the step is done', () => {
    const done = act(asked, 'pass', { actor: reviewer })
    expect(openApprovals(done.state)).toEqual([])
    expect(refusal(done, 'extend', 'review', approver)).not.toBeUndefined()
  })

  test('lapses by itself once the law’s date has passed, before the job of the night too', () => {
    const law = runningLaw(asked.item, asked.state)
    const last = law && dueOf(law, CALENDAR_2026)
    if (last?.kind !== 'on') throw new Error('no date of the law')
    expect(passTime(onDay(asked, last.on, 1439)).events).toHaveLength(asked.events.length)
    const over = passTime(onDay(asked, addDays(last.on, 1), 5))
    expect(over.events.at(-1)).toMatchObject({ type: 'approval-lapsed', for: 'extend' })
    expect(over.state.approvals).toMatchObject([{ granted: null, answeredAt: over.now }])
    expect([offered(over), openApprovals(over.state), choices(over, 'review')]).toEqual([[], [], []])
    expect(passTime(later(over, 1)).events).toHaveLength(over.events.length)
  })

  test('is over with the step, the case or the holder that it was for, and nothing of that is written into it', () => {
    const window = pool('town-window', 'town')
    const once = supplement(act(fileOn('LX-005'), 'request-correction'))
    const second = act(once, 'request-approval', {
      actor: window,
      for: 'request-correction',
      stepKey: 'accept',
    })
    const ends = [
      ['step', act(asked, 'pass', { actor: reviewer })],
      ['ended', withdraw(asked)],
      // What the step was done with before the case ended.
      ['step', withdraw(act(asked, 'pass', { actor: reviewer }))],
      ['handed-over', act(second, 'transfer', { toUnitId: 'other', stepKey: 'accept' })],
    ] as const
    for (const [because, { state }] of ends) {
      expect(openApprovals(state)).toEqual([])
      expect(state.approvals).toMatchObject([{ granted: null, answeredAt: null }])
      const [over] = state.approvals
      expect(over && lapsedBecause(state, over, false)).toBe(because)
    }
  })

  test('that is over is not answered by what is allowed at that step later', () => {
    const back = act(act(later(asked, 1), 'pass', { actor: reviewer }), 'return')
    const again = act(back, 'request-approval', { actor: reviewer, for: 'extend' })
    expect(act(again, 'extend', { actor: approver }).state.approvals.map(({ granted }) => granted)).toEqual([
      null,
      true,
    ])
  })

  test('is needless for who approves what they work on', () => {
    const deciding = driveTo(fileOn('LX-038'), 'decide')
    expect(offered(deciding)).toContain('extend')
    expect(choices(deciding, 'decide', approver)).toEqual([])
  })

  test('comes for a second notice alone', () => {
    const window = pool('town-window', 'town')
    expect(choices(fileOn('LX-005'), 'accept', window)).toEqual([])
    const once = supplement(act(fileOn('LX-005'), 'request-correction'))
    expect(choices(once, 'accept', window)).toEqual(['request-correction'])
  })
})

describe('whoever answers', () => {
  const member = (id: string) => ({ id, leave: [], substituteId: null }) as unknown as StaffMember
  const registryOf = (held: Readonly<Record<string, readonly StaffMember[]>>) =>
    ({
      units: new Map([
        ['transport', {}],
        ['gov-office', {}],
      ]),
      holders: (role: string, unitId: string) => held[`${role}@${unitId}`] ?? [],
    }) as unknown as Registry
  const there = driveTo(fileOn('LX-038'), 'review')
  const held = {
    'dept-approver@transport': [member('head')],
    'supervisor@gov-office': [member('supervisor')],
  }
  const SUPERVISION = { role: 'supervisor', unitId: 'gov-office', because: 'supervision' } as const
  const ask = (absent: readonly string[], more: Partial<Registry> = {}) =>
    approversFor({ ...registryOf(held), ...more }, there, 'extend', 'transport', {
      isBarred: ({ id }) => absent.includes(id),
      span: { from: { day: plainDate('2026-03-02'), minute: 0 }, until: plainDate('2026-03-31') },
      isWorkingDay: () => true,
    })

  test('is whom the item names, and the supervisor where nobody of them can', () => {
    expect(ask([])).toEqual([{ role: 'dept-approver', unitId: 'transport', because: 'holder' }])
    expect(ask(['head'])).toEqual([SUPERVISION])
    expect(ask(['head', 'supervisor'])).toEqual([])
  })

  test('is who is back before the law runs out; where it has no day, who is not away for a fortnight', () => {
    const { item, state, now } = there
    const day = dayIn(now)
    const until = (kind: ApprovalKind) =>
      answeredUntil({ item, state }, kind, { now, calendar: CALENDAR_2026 })
    expect(until('suspend')).toBe(addDays(day, 14))
    const law = until('extend')
    expect(dueOf(runningLaw(item, state) as LegalClock, CALENDAR_2026)).toEqual({ kind: 'on', on: law })
    const askOn = (from: PlainDate, to: PlainDate) => {
      const head = { ...member('head'), leave: [{ from, to, substituteId: null }] } as StaffMember
      const registry = registryOf({ ...held, 'dept-approver@transport': [head] })
      const span = { from: { day: addDays(law, -5), minute: 0 }, until: law }
      return approversFor(registry, there, 'extend', 'transport', {
        isBarred: () => false,
        isWorkingDay: () => true,
        span,
      })[0]?.role
    }
    expect(askOn(addDays(law, -6), addDays(law, 5))).toBe('supervisor')
    expect(askOn(addDays(law, -30), addDays(law, -1))).toBe('dept-approver')
  })

  const awayWith = (roles: readonly HeldRole[]): Partial<Registry> => {
    const head = {
      id: 'head',
      leave: [{ from: '2026-03-01', to: '2026-04-30', substituteId: 'deputy' }],
      substituteId: null,
    } as unknown as StaffMember
    return {
      ...registryOf({
        ...held,
        'dept-approver@transport': [head],
      }),
      staff: new Map([['deputy', member('deputy')]]),
      rolesOf: (id) => (id === 'deputy' ? roles : []),
    }
  }
  const REVIEWERS = { role: 'dept-reviewer', unitId: 'transport' } as const
  const DEPUTY = { ...REVIEWERS, because: 'substitute', staffId: 'deputy', inPlaceOf: 'head' } as const

  test('is the very person whom the leave names, of the same organ alone, before the supervisor is asked', () => {
    const town = { role: 'town-approver', unitId: 'town' }
    expect(ask([], awayWith([town, REVIEWERS]))).toEqual([DEPUTY])
    expect(ask(['deputy'], awayWith([REVIEWERS]))).toEqual([SUPERVISION])
    expect(ask([], awayWith([town]))).toEqual([SUPERVISION])
    // Who is above an organ is none of its people.
    expect(ask([], awayWith([{ role: 'supervisor', unitId: 'transport' }]))).toEqual([SUPERVISION])
  })

  describe('goes by who is there now', () => {
    const asked = act(there, 'request-approval', {
      actor: { ...reviewer, staffId: 'first' },
      for: 'extend',
    })
    const [HEAD] = ask([])
    const changesTo = (journey: typeof asked, ...today: readonly Approver[]) =>
      approversChanged(journey, { now: journey.now, approversOf: () => today })
    const turned = (journey: typeof asked, ...today: readonly Approver[]) => ({
      ...journey,
      state: changesTo(journey, ...today).reduce(changeApprovers, journey.state),
    })
    const approversOf = ({ state }: typeof asked) => state.approvals[0]?.approvers
    const mayExtend = (journey: typeof asked, staffId: string, role: Pool['role'], unitId = 'transport') =>
      refusal(journey, 'extend', 'review', { ...pool(role, unitId), staffId }) === undefined

    test('whose it is by law keeps it; who stood in, or 督查, has it as long as the rule names them', () => {
      if (!HEAD) throw new Error('nobody is asked')
      const withDeputy = turned(asked, DEPUTY)
      expect(mayExtend(withDeputy, 'deputy', 'dept-reviewer')).toBe(true)
      expect(mayExtend(withDeputy, 'other', 'dept-reviewer')).toBe(false)
      expect(mayExtend(withDeputy, 'head', 'dept-approver')).toBe(true)
      expect(changesTo(withDeputy, DEPUTY)).toEqual([])
      const overseen = turned(withDeputy, SUPERVISION)
      expect(mayExtend(overseen, 'deputy', 'dept-reviewer')).toBe(false)
      expect(mayExtend(overseen, 'ward', 'supervisor', 'gov-office')).toBe(true)
      const back = turned(overseen, HEAD)
      expect(mayExtend(back, 'ward', 'supervisor', 'gov-office')).toBe(false)
      expect(approversOf(back)).toHaveLength(1)
      expect(changesTo(back, HEAD)).toEqual([])
    })

    test('nobody is left: who stood in answers no more, and the row stays until somebody is found', () => {
      const left = turned(turned(asked, DEPUTY))
      expect(left.state.approvals).toMatchObject([{ nobody: true }])
      expect(mayExtend(left, 'deputy', 'dept-reviewer')).toBe(false)
      expect(approversOf(left)).toContainEqual(DEPUTY)
      expect(changesTo(left)).toEqual([])
      expect(turned(left, DEPUTY).state.approvals[0]?.nobody).toBeUndefined()
    })

    test('an office that an older event has named for who stood in is nobody’s any more', () => {
      const old = {
        ...asked,
        state: changeApprovers(asked.state, { ...changesTo(asked, DEPUTY)[0], added: [REVIEWERS] } as never),
      }
      expect(mayExtend(old, 'deputy', 'dept-reviewer')).toBe(false)
      expect(approversOf(turned(old, DEPUTY))).toEqual([...(approversOf(asked) ?? []), DEPUTY])
    })

    test('who asked answers it by no office of their own', () => {
      const own = { kind: 'staff', staffId: 'first', isBarred: false } as const
      const pools = [REVIEWERS, { role: 'dept-approver', unitId: 'transport' }] as const
      expect(refusal(asked, 'extend', 'review', { ...own, pools })).toBe('case.not-your-task')
      expect(refusal(asked, 'extend', 'review', { ...own, staffId: 'other', pools })).toBeUndefined()
    })
  })
})
