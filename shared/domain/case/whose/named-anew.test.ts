import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import type { CaseActor } from '../context'
import type { CaseCommand } from '../decide'
import { confirmedWith } from '../decide'
import type { NewName } from '../events'
import {
  APPLICANT,
  act,
  attempt,
  everybody,
  factsOf,
  file,
  HELPER,
  type Journey,
  later,
  NO_CHANGE,
} from '../journeys/case-fixture'
import { openCorrection } from '../state'

const itemOf = (id: string) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const filed = (id = 'LX-005', applicant: NonNullable<Parameters<typeof file>[2]>['applicant'] = {}) =>
  file(itemOf(id), '2026-03-02', { identityConfirmed: false, ...(applicant ? { applicant } : {}) })
/** Its form asks for no number, and staff wrote it for nobody. */
const unnamed = () => filed('LX-032', { numberIndex: null, identityIndex: null, takenFrom: null })
const OWN: NewName = {
  applicant: { ...factsOf(filed()).applicant, numberIndex: 'card', identityIndex: 'card and name' },
  answersDigest: 'as the card has it',
  change: { ...NO_CHANGE, named: 'name-and-number' },
}
const TAKER: CaseActor = { ...APPLICANT, mayTakeOver: true }
const tried = (journey: Journey, command: CaseCommand, actor: CaseActor = APPLICANT) =>
  attempt(journey, command, actor)
const done = (journey: Journey, command: CaseCommand, actor: CaseActor = APPLICANT): Journey => {
  const result = tried(journey, command, actor)
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
const refusal = (journey: Journey, command: CaseCommand, actor: CaseActor = APPLICANT) => {
  const result = tried(journey, command, actor)
  return result.ok ? null : result.error.code
}
const disowned = (journey: Journey) =>
  done(journey, { type: 'disown', staffIds: ['clerk'] }, { ...APPLICANT, mayDisown: true })
const sinceOf = (before: Journey, after: Journey) => after.events.slice(before.events.length)

describe('whoever filed it for themselves is confirmed under another name', () => {
  const own = () => filed('LX-005', { takenFrom: 'filer' })
  const NAME: CaseCommand = { type: 'name-applicant', ...OWN, staffIds: ['was-theirs'] }

  test('the case bears it from then on, what was changed is told, and staff whose own it was stay barred', () => {
    const named = done(own(), NAME)
    expect(named.state.applicant).toEqual(OWN.applicant)
    expect(named.state.answersDigest).toBe('as the card has it')
    expect(named.state.changes.at(-1)).toMatchObject({ named: 'name-and-number', at: named.now })
    expect(named.state.ownBefore).toEqual(['was-theirs'])
    // It named somebody before: nothing was received by it.
    expect(sinceOf(own(), named)).toMatchObject([{ type: 'applicant-named', isReceipt: false }])
    expect(done(own(), { ...NAME, change: null }).state.changes).toEqual([])
  })

  test('not what somebody else filed, what is confirmed, taken over, decided or ended already', () => {
    expect(refusal(filed(), NAME)).toBe('case.action-not-allowed')
    const confirmed = file(itemOf('LX-005'), '2026-03-02', { applicant: { takenFrom: 'filer' } })
    expect(refusal(confirmed, NAME)).toBe('case.action-not-allowed')
    expect(refusal(done(own(), { type: 'take-over', confirmedBy: null }, TAKER), NAME)).toBe(
      'case.action-not-allowed',
    )
    const withdrawn = done(own(), { type: 'withdraw', reasonDigest: null })
    expect(refusal(withdrawn, NAME)).toBe('case.action-not-allowed')
  })

  test('nor under the number of whoever has said that they have not applied', () => {
    const { applicant } = own().state
    const before = disowned(own())
    const back = { ...before, state: { ...before.state, applicant } }
    const theirs = { ...OWN, applicant: { ...OWN.applicant, numberIndex: 'number' } }
    expect(refusal(back, { type: 'name-applicant', ...theirs })).toBe('application.disowned')
    expect(refusal(back, { type: 'name-applicant', ...OWN })).toBeNull()
    const nobody = { ...OWN, applicant: { ...OWN.applicant, numberIndex: null } }
    expect(refusal(back, { type: 'name-applicant', ...nobody })).toBeNull()
  })
})

describe('the owner takes it over', () => {
  test('under the name that they are confirmed with, and known from then on by how they were confirmed', () => {
    const over = done(filed(), { type: 'take-over', confirmedBy: 'wechat', named: OWN }, TAKER)
    expect(sinceOf(filed(), over).map(({ type }) => type)).toEqual([
      'taken-over',
      'applicant-named',
      'identity-confirmed',
    ])
    expect(over.state).toMatchObject({
      identityConfirmed: true,
      confirmedBy: 'wechat',
      applicant: OWN.applicant,
    })
    expect(refusal(filed(), { type: 'take-over', confirmedBy: null }, HELPER)).toBe('case.action-not-allowed')
  })

  test('confirmed is who is not yet, of what is open: at its first open share, and at the organ where none is', () => {
    const { state, now } = filed()
    expect(confirmedWith(state, 'wechat', now)).toEqual([
      { type: 'identity-confirmed', by: 'wechat', at: now, stepKey: 'assist', unitId: 'village' },
    ])
    expect(confirmedWith({ ...state, steps: [] }, 'wechat', now)).toMatchObject([
      { stepKey: '', unitId: state.organUnitId },
    ])
    expect(confirmedWith(state, null, now)).toEqual([])
    expect(confirmedWith({ ...state, identityConfirmed: true }, 'wechat', now)).toEqual([])
    expect(confirmedWith({ ...state, endedAt: now }, 'wechat', now)).toEqual([])
  })
})

describe('the card is shown', () => {
  const check = (named?: NewName): CaseCommand => ({
    type: 'confirm-identity',
    stepKey: 'accept',
    ...(named ? { named } : {}),
  })
  test('of whom the case names only the card is looked at, and no other name is written from it', () => {
    const shown = done(filed(), check(), everybody(filed()))
    expect(shown.state).toMatchObject({ identityConfirmed: true, confirmedBy: 'face-to-face' })
    expect(refusal(filed(), check(OWN), everybody(filed()))).toBe('case.action-not-allowed')
    expect(refusal(filed(), check(), APPLICANT)).toBe('case.action-not-allowed')
  })

  test('of a firm the name is written as the register has it', () => {
    const firm = filed('LX-038', { kind: 'firm' })
    const named = done(firm, check({ ...OWN, change: { ...NO_CHANGE, named: 'name' } }), everybody(firm))
    expect(named.state.changes.at(-1)?.named).toBe('name')
    expect(named.state.identityConfirmed).toBe(true)
  })

  test('of whom it names nobody the card writes it, and from that day on the application is complete', () => {
    const nobody = later(unnamed(), 3)
    expect(refusal(nobody, check(), everybody(nobody))).toBe('case.applicant-unnamed')
    const named = done(nobody, check(OWN), everybody(nobody))
    expect(sinceOf(nobody, named)).toMatchObject([
      { type: 'applicant-named', isReceipt: true },
      { type: 'identity-confirmed', by: 'face-to-face' },
    ])
    expect(named.state.completeAt).toBe(nobody.now)
  })

  test('not under the number of whoever has said that they have not applied', () => {
    const nobody = unnamed()
    const said = { at: nobody.now, numberIndex: 'card', staffIds: [] }
    const after = { ...nobody, state: { ...nobody.state, disownments: [said] } }
    expect(refusal(after, check(OWN), everybody(after))).toBe('case.named-disowner')
    const other = { ...said, numberIndex: 'another' }
    const free = { ...nobody, state: { ...nobody.state, disownments: [other] } }
    expect(refusal(free, check(OWN), everybody(free))).toBeNull()
  })

  test('what somebody else had wished of the delivery is asked of them anew; their own wish stays', () => {
    const by = (speaks: CaseActor, journey: Journey) =>
      done(journey, { type: 'choose-delivery', method: 'pickup', addressDigest: null }, speaks)
    const wishes = (journey: Journey) => done(journey, check(), everybody(journey)).state.deliveryChoice
    expect(wishes(by(HELPER, filed()))).toBeUndefined()
    expect(wishes(by(HELPER, filed('LX-005', { takenFrom: 'filer' })))?.method).toBe('pickup')
    expect(wishes(by(APPLICANT, filed()))?.method).toBe('pickup')
  })

  test('a notice that asks for name and number alone is answered by it, another one is not', () => {
    const asks = (...items: readonly { kind: 'field' | 'material'; name: string }[]) =>
      act(filed(), 'request-correction', { items: items.map((each) => ({ ...each, reasonDigest: 'why' })) })
    const numberKey = itemOf('LX-005').fields.find(({ kind }) => kind === 'idcard')?.key ?? ''
    const open = (journey: Journey) =>
      openCorrection(done(journey, check(), everybody(journey)).state) !== undefined
    expect(open(asks({ kind: 'field', name: numberKey }))).toBe(false)
    expect(open(asks({ kind: 'field', name: numberKey }, { kind: 'field', name: 'mobile' }))).toBe(true)
    expect(open(asks({ kind: 'material', name: numberKey }))).toBe(true)
  })
})

test('who says that they have not applied ends what was asked of them, and staff whose own it was stay barred', () => {
  const asked = act(filed(), 'request-correction')
  const after = disowned(later(asked, 1))
  expect(openCorrection(after.state)).toBeUndefined()
  expect(after.state.status).toBe('submitted')
  expect(after.state.disownments).toEqual([{ at: after.now, numberIndex: 'number', staffIds: ['clerk'] }])
  expect(after.state.applicant).toMatchObject({ numberIndex: null, identityIndex: null, disowned: true })
  expect(refusal(after, { type: 'disown', staffIds: [] }, { ...APPLICANT, mayDisown: false })).toBe(
    'case.action-not-allowed',
  )
})

test('what is brought with 我保证 is told as ticked, by whom, and by nobody where it was not', () => {
  const add = (more: object): CaseCommand =>
    ({
      type: 'add',
      answersDigest: 'added',
      facts: factsOf(filed()),
      change: NO_CHANGE,
      ...more,
    }) as CaseCommand
  expect(done(filed(), add({ tickedBy: 'agent' })).state.commitment).toEqual({
    at: filed().now,
    answersDigest: 'added',
    by: 'agent',
  })
  expect(done(filed(), add({})).state.commitment).toBeUndefined()
  const brought = {
    type: 'supplement',
    answersDigest: 'brought',
    facts: factsOf(filed()),
    change: NO_CHANGE,
  } as const
  const asked = act(filed(), 'request-correction')
  expect(done(asked, { ...brought, staffIds: ['was-theirs'] }).state.ownBefore).toEqual(['was-theirs'])
  expect(done(asked, brought).state.ownBefore).toEqual([])
  expect(refusal(filed(), brought)).toBe('case.action-not-allowed')
  expect(refusal(asked, brought, everybody(asked))).toBe('case.action-not-allowed')
  expect(refusal(disowned(filed()), add({}))).toBe('case.action-not-allowed')
  expect(refusal(filed(), add({}), everybody(filed()))).toBe('case.action-not-allowed')
})
