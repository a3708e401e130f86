import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import type { StaffRole } from '../../organization/staff'
import type { CaseActor } from '../context'
import type { CaseCommand } from '../decide'
import { replay } from '../evolve'
import { act, attempt, file, type Journey, nothingMissing } from '../journeys/case-fixture'
import { driveTo, driveToEnd } from '../journeys/sensible-acts'
import { stepOf } from '../route'
import type { AfterDecisionCommand } from './after-decision-command'
import { settlersFor } from './settlers'

// Who signed a decision does not say that it stands, as long as there is somebody else. 行政许可法 第60条, 第69条
const guide = (id: string) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return item
}
const member = (staffId: string, role: StaffRole = 'dept-reviewer', unitId = 'eco') => ({
  staffId,
  role,
  unitId,
})
const as = ({ staffId, role, unitId }: ReturnType<typeof member>): CaseActor => ({
  kind: 'staff',
  staffId,
  pools: [{ role, unitId }],
  isBarred: false,
})
const SUPERVISOR = as(member('supervisor', 'supervisor', 'county'))
const DECLINE: AfterDecisionCommand = { type: 'decline-advice', reasonDigest: 'right' }
const KEEP: AfterDecisionCommand = { type: 'keep-decision', reasonDigest: 'right' }

const tried = (journey: Journey, command: CaseCommand, actor: CaseActor) => {
  const done = attempt(journey, command, actor)
  if (!done.ok) return done.error.code
  expect(replay(done.value.item, done.value.events)).toEqual(done.value.state)
  return done.value
}
function does(journey: Journey, command: CaseCommand, actor: CaseActor): Journey {
  const done = tried(journey, command, actor)
  if (typeof done === 'string') throw new Error(done)
  return done
}
const whether = (journey: Journey, command: CaseCommand, actor: CaseActor) => {
  const done = tried(journey, command, actor)
  return typeof done === 'string' ? done : done.events.at(-1)
}

const granting = driveTo(file(guide('LX-038'), '2026-11-02'), 'decide')
const organs = [
  {
    name: 'one organ decides the whole',
    pool: member('signer', stepOf(guide('LX-038'), 'decide').role, granting.state.organUnitId),
    signed: (signer: CaseActor): Journey => {
      const { organUnitId: unitId } = granting.state
      return does(
        granting,
        { type: 'act', stepKey: 'decide', unitId, action: 'grant', reasonDigest: null },
        signer,
      )
    },
  },
  {
    name: 'several organs decide each its own part',
    pool: member('signer'),
    signed: (signer: CaseActor): Journey => {
      const there = act(nothingMissing(file(guide('LX-045'), '2026-11-02')), 'accept')
      return does(
        there,
        { type: 'act', stepKey: 'parallel', unitId: 'eco', action: 'pass', reasonDigest: null },
        signer,
      )
    },
  },
] as const

describe.each(organs)('$name', ({ pool, signed }) => {
  const [signer, second, third] = ['signer', 'second', 'third'].map((staffId) => ({ ...pool, staffId }))
  if (!signer || !second || !third) throw new Error('three people')
  const pools = [{ role: pool.role, unitId: pool.unitId }]
  const granted = (...members: (typeof signer)[]): Journey => ({ ...signed(as(signer)), members })
  const advised = (...members: (typeof signer)[]) =>
    does(
      granted(...members),
      { type: 'advise-revocation', basis: 'abuse', reasonDigest: 'found', answerers: pools },
      SUPERVISOR,
    )
  const proposed = (...members: (typeof signer)[]) =>
    does(
      granted(...members),
      { type: 'propose-revocation', basis: 'procedure', reasonDigest: 'why', speakDays: 5, deciders: pools },
      as(second),
    )

  test('who signed it declines nothing that 督查 says of it while another is there', () => {
    const asked = advised(signer, second)
    expect(whether(asked, DECLINE, as(signer))).toBe('case.own-decision')
    const declined = whether(asked, DECLINE, as(second))
    expect(declined).toMatchObject({ type: 'advice-declined' })
    expect(declined).not.toHaveProperty('bySigner')
  })

  test('who signed it keeps it not while there is a third beside who proposed that it falls', () => {
    const open = proposed(signer, second, third)
    expect(whether(open, KEEP, as(signer))).toBe('case.own-decision')
    expect(whether(open, KEEP, as(second))).toBe('case.own-proposal')
    const kept = whether(open, KEEP, as(third))
    expect(kept).toMatchObject({ type: 'decision-kept' })
    expect(kept).not.toHaveProperty('bySigner')
  })

  test('who asked from above and is of the organ too declines it not while another may, and before the signer where none may', () => {
    const asked = (...members: (typeof signer)[]) =>
      does(
        granted(...members),
        { type: 'advise-revocation', basis: 'abuse', reasonDigest: 'found', answerers: pools },
        { ...SUPERVISOR, staffId: 'second' } as CaseActor,
      )
    const three = asked(signer, second, third)
    expect(whether(three, DECLINE, as(second))).toBe('case.own-advice')
    expect(whether(three, DECLINE, as(third))).not.toHaveProperty('byAdviser')
    const two = asked(signer, second)
    expect(whether(two, DECLINE, as(signer))).toBe('case.own-decision')
    expect(whether(two, DECLINE, as(second))).toMatchObject({ type: 'advice-declined', byAdviser: true })
  })

  test('an organ of two stands not still: the signer answers, and the event says so', () => {
    expect(whether(advised(signer), DECLINE, as(signer))).toMatchObject({ bySigner: true })
    expect(whether(proposed(signer, second), KEEP, as(signer))).toMatchObject({ bySigner: true })
  })

  test('of whom nobody knows that they signed it nothing is kept', () => {
    const { staffId: _staffId, ...nameless } = as(signer) as Extract<CaseActor, { kind: 'staff' }>
    const old: Journey = { ...signed(nameless), members: [signer, second] }
    const asked = does(
      old,
      { type: 'advise-revocation', basis: 'abuse', reasonDigest: 'found', answerers: pools },
      SUPERVISOR,
    )
    expect(whether(asked, DECLINE, as(signer))).toMatchObject({ type: 'advice-declined' })
  })
})

test('where one organ decides the whole, under the name of another nothing is settled', () => {
  const [{ pool, signed }] = organs
  const [signer, second] = [pool, { ...pool, staffId: 'second' }]
  const pools = [{ role: pool.role, unitId: pool.unitId }]
  const asked = does(
    { ...signed(as(signer)), members: [signer, second] },
    { type: 'advise-revocation', basis: 'abuse', reasonDigest: 'found', answerers: pools },
    SUPERVISOR,
  )
  expect(whether(asked, { ...DECLINE, unitId: 'eco' }, as(second))).toBe('case.target-unknown')
  expect(whether(asked, { ...DECLINE, unitId: pool.unitId }, as(second))).toMatchObject({
    type: 'advice-declined',
  })
  const open = does(
    { ...signed(as(signer)), members: [signer, second] },
    { type: 'propose-revocation', basis: 'procedure', reasonDigest: 'why', speakDays: 5, deciders: pools },
    as(signer),
  )
  const words = { type: 'record-statement', statementDigest: 'said' } as const
  expect(whether(open, { ...KEEP, unitId: 'eco' }, as(second))).toBe('case.target-unknown')
  expect(whether(open, { ...KEEP, unitId: pool.unitId }, as(second))).toMatchObject({ type: 'decision-kept' })
  expect(whether(open, { ...words, unitId: 'eco' }, as(second))).not.toMatchObject({ type: 'holder-heard' })
})

test('before an office that the signer holds alone comes one that somebody else holds', () => {
  const town = driveToEnd(file(guide('LX-005'), '2026-03-02'), 'granted').find(
    ({ state }) => state.decision !== null,
  )
  if (!town?.state.decision) throw new Error('never granted')
  const state = { ...town.state, decision: { ...town.state.decision, staffId: 'both' } }
  const unitId = town.state.organUnitId
  const found = (held: Readonly<Record<string, readonly string[]>>, proposer?: string) => {
    const handlersOf = (pools: readonly { readonly role: string; readonly unitId: string }[]) =>
      pools.flatMap((pool) => (pool.unitId === unitId ? (held[pool.role] ?? []) : []))
    return settlersFor({ item: town.item, state }, handlersOf, { last: ['both'], proposer }).map(
      ({ role }) => role,
    )
  }
  const both = { 'town-approver': ['both'], 'town-reviewer': ['both', 'other'] }
  expect(found(both)).toEqual(['town-reviewer'])
  expect(found({ ...both, 'town-approver': ['both', 'head'] })).toEqual(['town-approver'])
  expect(found({ 'town-approver': ['both'] })).toEqual(['town-approver'])
  expect(found({ 'town-approver': ['both'], 'town-reviewer': ['other'] }, 'other')).toEqual(['town-approver'])
  // What the head proposes the reviewers settle, who signed it last of all.
  expect(found({ 'town-approver': ['head'], 'town-reviewer': ['other'] }, 'head')).toEqual(['town-reviewer'])
  expect(found({ 'town-approver': ['head'], 'town-reviewer': ['both'] }, 'head')).toEqual(['town-reviewer'])
  expect(found({ 'town-approver': ['head'] }, 'head')).toEqual([])
})
