import { describe, expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { addDays, dayIn, plainDate } from '../kernel/plain-date'
import { standsAt } from './clock/broken-promise'
import type { CaseActor } from './context'
import type { CaseCommand } from './decide'
import { mayChooseDelivery } from './delivery/choose-delivery'
import { whyNotDelivery } from './delivery/delivery'
import { datedParts } from './delivery/delivery-clock'
import { replay } from './evolve'
import {
  APPLICANT,
  act,
  attempt,
  contextOf,
  everybody,
  file,
  HELPER,
  type Journey,
  later,
  refusal,
  staff,
  supplement,
} from './journeys/case-fixture'
import { driveTo, driveToEnd } from './journeys/sensible-acts'
import { issuingOrgan, remedyOn, signedBy } from './paper/document-kinds'
import { marksOf } from './paper/document-marks'
import { lacksSeat } from './result/booked'
import { whyNotAfter } from './revocation/after-decision'
import type { AfterDecisionCommand } from './revocation/after-decision-command'
import { allowedActions, mayBeDecidedAgainst, whyNot } from './step/actions'
import { lapsedBecause, lapsedWords } from './step/approvals'
import { superiorsOf } from './step/approvers'

// What is not there, is not theirs, or comes at another time is refused by its own name, and changes nothing.

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
const decided = (id: string, goal: 'granted' | 'refused', more: Parameters<typeof file>[2] = {}) => {
  const found = driveToEnd(filed(id, more), goal).find(({ state }) => state.decision !== null)
  if (!found) throw new Error(`${id} is never ${goal}`)
  return found
}
const concluded = (start: Journey, goal: 'granted' | 'refused') => {
  const found = driveToEnd(start, goal).find(({ state }) => state.concludedAt !== null)
  if (!found) throw new Error('never concluded')
  return found
}

describe('an act at a step', () => {
  test('that is not there is unknown by its step', () => {
    const { item, state, ...journey } = filed('LX-005')
    const context = contextOf({ item, state, ...journey }, staff())
    expect(whyNot(item, state, 'accept', { stepKey: 'nowhere', unitId: 'town' }, context)).toEqual({
      code: 'case.target-unknown',
      field: 'stepKey',
    })
  })

  test('names what the case does not know, and nothing follows', () => {
    const at = { type: 'act', stepKey: 'accept', unitId: 'town', reasonDigest: 'why' } as const
    const open = filed('LX-005')
    expect(fault(open, { ...at, action: 'transfer', toUnitId: 'town', moved: null })).toBe(
      'case.target-unknown toUnitId',
    )
    expect(fault(open, { ...at, action: 'terminate', cause: 'disowned' })).toBe('case.target-unknown cause')
    expect(fault(open, { ...at, action: 'terminate', cause: 'deceased' })).toBeNull()
    const paying = driveToEnd(filed('LX-010'), 'granted').find(({ state }) => state.decision !== null)
    if (!paying) throw new Error('never granted')
    const today = dayIn(paying.now)
    const pay = { type: 'act', action: 'pay', stepKey: 'finish', unitId: 'civil', reasonDigest: null }
    expect(fault(paying, { ...pay, paidOn: addDays(today, 1) })).toBe('case.target-unknown paidOn')
    expect(fault(paying, { ...pay, paidOn: addDays(today, -1) })).toBe('case.target-unknown paidOn')
    expect(fault(paying, { ...pay, paidOn: today })).toBeNull()
    const deliver = concluded(filed('LX-005'), 'granted')
    const hand = { type: 'act', action: 'deliver', stepKey: 'finish', unitId: 'town', reasonDigest: null }
    expect(fault({ ...deliver, isUnreached: true }, { ...hand, method: 'electronic' })).toBe(
      'case.target-unknown method',
    )
    expect(fault(deliver, { ...hand, method: 'pickup' })).toBeNull()
  })

  test('is of its kind alone: what is asked for has to be said where there is more than one', () => {
    const asks = staff({ role: 'dept-reviewer', unitId: 'market' })
    const site = driveTo(filed('LX-034'), 'site')
    const at = {
      type: 'act',
      action: 'request-approval',
      stepKey: 'site',
      unitId: 'market',
      reasonDigest: 'why',
    }
    expect(fault(site, at, asks)).toBe('case.target-unknown for')
    expect(fault(site, { ...at, for: 'request-correction' }, asks)).toBe('case.action-not-allowed')
    const asked = done(site, { ...at, for: 'extend' } as CaseCommand, asks)
    expect(fault(asked, { ...at, for: 'extend' }, asks)).toBe('case.approval-asked')
    const approver = staff({ role: 'dept-approver', unitId: 'market' })
    const no = { ...at, action: 'reject-approval' }
    expect(fault(asked, { ...no, for: 'suspend' }, approver)).toBe('case.target-unknown for')
    expect(fault(asked, { ...no, for: 'extend' }, approver)).toBeNull()
    expect(fault(asked, no, approver)).toBeNull()
    expect(fault(asked, no, asks)).not.toBeNull()
  })

  test('whoever works on it learns whether it may be ended against them', () => {
    const open = filed('LX-005')
    expect(mayBeDecidedAgainst(open)).toBe(true)
    expect(mayBeDecidedAgainst(act(act(open, 'verify'), 'accept'))).toBe(true)
    expect(mayBeDecidedAgainst(decided('LX-005', 'granted'))).toBe(false)
    const survey = driveTo(filed('LX-011'), 'survey')
    expect(mayBeDecidedAgainst(survey)).toBe(false)
    // A letter of refusal is addressed to somebody.
    const nobody = filed('LX-032', { applicant: { numberIndex: null, identityIndex: null } })
    expect(mayBeDecidedAgainst(nobody)).toBe(false)
  })

  test('a second notice is not offered while the first is open, nor asked of name and number that stand', () => {
    const asked = act(filed('LX-038'), 'request-correction')
    const offers = ({ item, state, ...rest }: Journey) =>
      allowedActions(
        item,
        state,
        contextOf({ item, state, ...rest }, everybody({ item, state, ...rest })),
      ).map(({ action }) => action)
    expect(offers(asked)).not.toContain('request-correction')
    expect(offers(later(supplement(asked), 1))).toContain('accept')
    const number = itemOf('LX-005').fields.find(({ kind }) => kind === 'idcard')?.key ?? ''
    const items = [{ kind: 'field', name: number, reasonDigest: 'why' }] as const
    expect(
      refusal(
        filed('LX-005'),
        'request-correction',
        'accept',
        staff({ role: 'town-window', unitId: 'town' }),
        { items: [...items] },
      ),
    ).toBe('case.identity-fixed')
  })
})

describe('a paper', () => {
  const WINDOW = { role: 'town-window', unitId: 'town' } as const
  const unserved = act({ ...filed('LX-005'), isUnreached: true }, 'decline')
  const why = (actor: CaseActor) =>
    whyNotDelivery(unserved.item, unserved.state, 'hand-over', 'decline', contextOf(unserved, actor))?.code
  test('is handed over by whoever had that post, and by nobody whose own the case is', () => {
    expect(why(staff(WINDOW))).toBeUndefined()
    expect(why({ ...staff(WINDOW), isBarred: true })).toBe('case.own-case')
    expect(why(staff({ ...WINDOW, unitId: 'elsewhere' }))).toBe('case.not-your-task')
    expect(why(staff({ role: 'town-reviewer', unitId: 'town' }))).toBe('case.not-your-task')
    expect(why(APPLICANT)).toBe('case.not-your-task')
  })

  test('that has to be served gives a closed share a day, once', () => {
    expect(datedParts(unserved.item, unserved.state).map(({ step }) => step.key)).toEqual(['accept'])
    const served = done(
      unserved,
      { type: 'hand-over', of: 'decline', takenOn: dayIn(unserved.now), takerDigest: null },
      staff(WINDOW),
    )
    expect(datedParts(served.item, served.state)).toEqual([])
    // The share that is open has its day already.
    const open = filed('LX-005')
    expect(datedParts(open.item, open.state)).toHaveLength(2)
  })

  test('goes as the applicant wishes; whoever filed it says so only where it tells nothing, and not over their word', () => {
    const { state } = filed('LX-005')
    const choose = { type: 'choose-delivery', method: 'pickup', addressDigest: null } as const
    const ANOTHER = { ...APPLICANT, isHolder: false, mayWaive: false, mayWithdraw: false } as const
    expect(mayChooseDelivery(state, HELPER)).toBe(true)
    expect(mayChooseDelivery(state, { ...ANOTHER, speaksAs: 'filer' })).toBe(false)
    expect(mayChooseDelivery(state, { ...ANOTHER, speaksAs: 'staff' })).toBe(true)
    expect(mayChooseDelivery(done(filed('LX-005'), choose, APPLICANT).state, HELPER)).toBe(false)
    expect(mayChooseDelivery(done(filed('LX-005'), choose, HELPER).state, APPLICANT)).toBe(true)
    expect(mayChooseDelivery(state, staff())).toBe(false)
    expect(fault(filed('LX-002'), { ...choose, method: 'post', addressDigest: 'here' }, APPLICANT)).toBe(
      'case.target-unknown method',
    )
    expect(fault(filed('LX-005'), { ...choose, method: 'post' }, APPLICANT)).toBe(
      'case.target-unknown address',
    )
    expect(fault(filed('LX-005'), { ...choose, addressDigest: 'here' }, APPLICANT)).toBe(
      'case.target-unknown address',
    )
  })
})

describe('after the decision', () => {
  const organ = { role: 'dept-approver', unitId: 'tax' } as const
  const seats = [{ on: '2026-03-10', half: '上午', unitId: 'tax' }] as never
  const booked = filed('LX-052')
  const withSeats = {
    ...booked,
    state: { ...booked.state, seats },
    events: booked.events.map((event) => ({ ...event, seats }) as typeof event),
  }
  const propose: AfterDecisionCommand = {
    type: 'propose-revocation',
    basis: 'other',
    reasonDigest: 'wrong',
    speakDays: 5,
    deciders: [organ],
  }
  const refusedOf = (journey: Journey) =>
    driveToEnd(journey, 'refused').find(({ state }) => state.decision !== null) ?? journey

  test('a refused booking that falls has no half day any more where others have it, and says so until another is asked for', () => {
    const proposed = done(refusedOf(withSeats), propose, staff(organ))
    const fallen = (gone: boolean) =>
      done(
        proposed,
        { type: 'revoke-decision', reasonDigest: 'why', ...(gone ? { seatsGone: true } : {}) },
        staff(organ),
      )
    expect(fallen(true).state).toMatchObject({
      seatsGone: true,
      seats: [],
      decision: null,
      status: 'examining',
    })
    expect(lacksSeat(fallen(true).state)).toBe(true)
    expect(fallen(false).state.seats).toEqual(seats)
    expect(lacksSeat(fallen(false).state)).toBe(false)
    expect(lacksSeat({ ...fallen(true).state, seats })).toBe(false)
    expect(lacksSeat({ ...fallen(true).state, endedAt: proposed.now })).toBe(false)
    expect(lacksSeat(act(fallen(true), 'grant').state)).toBe(false)
  })

  test('what was refused too late stays late, decided anew in time or not', () => {
    const late = later(act(withSeats, 'accept'), 4)
    const proposed = done(act(late, 'refuse'), propose, staff(organ))
    const events = done(proposed, { type: 'revoke-decision', reasonDigest: 'why' }, staff(organ))
    expect(events.state.lateBefore).toBeUndefined()
    const closed = done(act(act(late, 'refuse'), 'conclude'), propose, staff(organ))
    const fallen = done(closed, { type: 'revoke-decision', reasonDigest: 'why' }, staff(organ))
    expect(fallen.state.lateBefore).toEqual({ dueOn: '2026-03-02', judgedOn: '2026-03-06' })
    expect(replay(fallen.item, fallen.events)).toEqual(fallen.state)
  })

  test('a slip in the holder’s name is put right by who was confirmed; another slip changes no name', () => {
    const granted = decided('LX-005', 'granted')
    const applicant = { ...granted.state.applicant, numberIndex: 'number', identityIndex: 'right' }
    const slip = {
      type: 'correct-decision',
      reasonDigest: 'why',
      writtenDigest: 'a',
      correctedDigest: 'b',
    } as const
    const approver = staff({ role: 'town-approver', unitId: 'town' })
    const named = { applicant, answersDigest: 'right' } as never
    const put = done(granted, { ...slip, ofHolder: true, named }, approver)
    expect(put.state).toMatchObject({ applicant, answersDigest: 'right', nameCorrectedAt: [put.now] })
    expect(put.state.wordsCorrected).toMatchObject([{ ofHolder: true, writtenDigest: 'a' }])
    const word = done(put, slip, approver)
    expect(word.state.nameCorrectedAt).toEqual([put.now])
    expect(word.state.wordsCorrected).toHaveLength(2)
    expect(word.state.wordsCorrected?.[1]).not.toHaveProperty('ofHolder')
  })

  test('of several organs’ decisions nobody else than the organ begins anything, and none of the applicant’s', () => {
    const parallel = driveTo(filed('LX-045', { applicant: { kind: 'firm' } }), 'parallel')
    const water = act(parallel, 'pass', { unitId: 'water' })
    const codeOf = (actor: CaseActor) =>
      whyNotAfter(water.item, water.state, 'propose-revocation', contextOf(water, actor), 'water')?.code
    const head = staff({ role: 'dept-approver', unitId: 'water' })
    expect(codeOf(head)).toBeUndefined()
    expect(codeOf({ ...head, isBarred: true })).toBe('case.own-case')
    expect(codeOf(APPLICANT)).toBe('case.not-your-task')
    expect(codeOf(staff({ role: 'dept-approver', unitId: 'eco' }))).toBe('case.not-your-task')
  })
})

describe('a request that nobody answered', () => {
  const asks = staff({ role: 'dept-reviewer', unitId: 'market' })
  const site = driveTo(filed('LX-034', { identityConfirmed: false }), 'site')
  const at = {
    type: 'act',
    action: 'request-approval',
    stepKey: 'site',
    unitId: 'market',
    reasonDigest: 'why',
  }
  const asked = done(site, { ...at, for: 'extend' } as CaseCommand, asks)
  const [request] = asked.state.approvals
  if (!request) throw new Error('nothing was asked')

  test('tells what came before: the law’s day, who has not applied, a step that went on, the end', () => {
    expect(lapsedBecause(asked.state, request, true)).toBe('limit')
    const disowned = done(
      later(asked, 1),
      { type: 'disown', staffIds: [] },
      { ...APPLICANT, mayDisown: true },
    )
    expect(lapsedBecause(disowned.state, request, false)).toBe('disowned')
    expect(lapsedWords('disowned', disowned.state)).toBe('本人说不是自己申请的')
    const withdrawn = done(later(asked, 1), { type: 'withdraw', reasonDigest: null }, APPLICANT)
    expect(lapsedBecause(withdrawn.state, request, false)).toBe('ended')
    const on = act(act(later(asked, 1), 'record-visit'), 'pass')
    expect(lapsedBecause(on.state, request, false)).toBe('step')
    // Whoever was disowned before it was asked asked for the one who applies now.
    expect(
      lapsedBecause(
        {
          ...on.state,
          disownments: [{ at: '2026-03-01T00:00:00.000Z' as never, numberIndex: null, staffIds: [] }],
        },
        request,
        false,
      ),
    ).toBe('step')
  })

  test('goes to those who answer for the unit, and to the county’s supervisors where none of them may', () => {
    const members = [
      { role: 'dept-approver', unitId: 'market', id: 'head', leave: [], substituteId: null },
      { role: 'supervisor', unitId: '341821', id: 'ward', leave: [], substituteId: null },
    ]
    const registry = {
      units: new Map([
        ['market', {}],
        ['341821', {}],
      ]),
      holders: (role: string, unitId: string) =>
        members.filter((each) => each.role === role && each.unitId === unitId),
    } as never
    const of = (isBarred: (member: { id: string }) => boolean) =>
      superiorsOf(registry, 'market', {
        isBarred,
        isWorkingDay: () => true,
        span: { from: { day: plainDate('2026-03-02'), minute: 0 }, until: plainDate('2026-03-16') },
      })
    expect(of(() => false)).toEqual([{ role: 'dept-approver', unitId: 'market', because: 'holder' }])
    expect(of(({ id }) => id === 'head')).toEqual([
      { role: 'supervisor', unitId: '341821', because: 'supervision' },
    ])
    expect(of(() => true)).toEqual([])
  })
})

test('a share stands where the applicant is asked or a procedure runs, and at no other', () => {
  const asked = act(filed('LX-038'), 'request-correction').state
  expect(standsAt(asked, { stepKey: 'accept', unitId: 'transport' })).toBe(true)
  expect(standsAt(asked, { stepKey: 'accept', unitId: 'other' })).toBe(false)
  expect(standsAt(asked, { stepKey: 'review', unitId: 'transport' })).toBe(false)
  const stopped = act(driveTo(filed('LX-034'), 'site'), 'suspend').state
  expect(standsAt(stopped, { stepKey: 'site', unitId: 'market' })).toBe(true)
  expect(standsAt(stopped, { stepKey: 'site', unitId: 'other' })).toBe(false)
})

describe('documents', () => {
  test('of what several organs decided each its own is marked by its own alone', () => {
    const all = [
      { id: '0', kind: 'own-grant', unitId: 'water' },
      { id: '1', kind: 'own-grant', unitId: 'eco' },
      { id: '2', kind: 'own-amendment', unitId: 'water' },
      { id: '3', kind: 'revocation', unitId: 'eco' },
      { id: '4', kind: 'service', unitId: 'water' },
    ]
    expect(marksOf(all, '0', () => false)).toEqual([{ kind: 'corrected', by: '2' }])
    expect(marksOf(all, '1', () => false)).toEqual([{ kind: 'revoked', by: '3' }])
    expect(marksOf(all, 'gone', () => false)).toEqual([])
  })

  test('a village is no organ: what it issues is the deciding organ’s, and only a decision is signed as the law names it', () => {
    const units = new Map([
      ['village', { kind: 'village' }],
      ['town', { kind: 'town' }],
    ]) as never
    const where = { organUnitId: 'town' }
    expect(issuingOrgan('acceptance', 'village', where, units)).toBe('town')
    expect(issuingOrgan('acceptance', 'civil', where, units)).toBe('civil')
    expect(issuingOrgan('grant', 'civil', where, units)).toBe('town')
    expect(issuingOrgan('revocation', 'civil', where, units)).toBe('civil')
    expect(issuingOrgan('revocation', null, where, units)).toBe('town')
    const item = itemOf('LX-027')
    const of = { item, state: { decision: null, organUnitId: 'gov-office' } }
    const named = new Map([
      ['gov-office', { id: 'gov-office', name: '政府办', kind: 'department' }],
      ['agri', { id: 'agri', name: '农业农村局', kind: 'department' }],
    ]) as never
    expect(signedBy('grant', 'gov-office', of, named)).not.toBe(
      signedBy('acceptance', 'gov-office', of, named),
    )
    expect(signedBy('grant', 'agri', of, named)).toBe(signedBy('acceptance', 'agri', of, named))
  })

  test('what may be objected to says where: a refusal, and the amount of what is paid; a refusal that fell takes nothing', () => {
    const unit = { id: 'civil', reviewAuthority: '郎溪县人民政府', court: '郎溪县人民法院' } as never
    const on = (kind: string, id: string, decision: unknown = null) =>
      remedyOn(kind, itemOf(id), unit, { organUnitId: 'civil', decision } as never) !== null
    expect(
      ['decline', 'termination', 'refuse', 'deny', 'own-refuse'].map((kind) => on(kind, 'LX-038')),
    ).toEqual([true, true, true, true, true])
    expect([on('grant', 'LX-038'), on('own-grant', 'LX-038'), on('acceptance', 'LX-038')]).toEqual([
      false,
      false,
      false,
    ])
    expect([on('confirm', 'LX-005'), on('confirm', 'LX-035')]).toEqual([true, false])
    expect([on('revocation', 'LX-038'), on('revocation', 'LX-038', { kind: 'granted' })]).toEqual([
      false,
      true,
    ])
    expect(on('revocation', 'LX-045')).toBe(true)
  })
})
