import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { allowedActions } from './actions'
import type { CaseActor } from './context'
import { evolve } from './evolve'
import {
  attempt,
  contextOf,
  everybody,
  file,
  type Journey,
  refusal,
  writtenFor,
} from './journeys/case-fixture'
import { driveTo } from './journeys/sensible-acts'
import type { StepCommand } from './step-command'
import { staffSight } from './visibility'
import type { VisitWritten } from './visit-record'

const items = packItems()
const cutting = items.find(({ id }) => id === 'LX-026')
if (!cutting) throw new Error('no LX-026')
const there = driveTo(file(cutting, '2026-11-02'), 'site')
const part = ({ state }: Journey) => state.steps.find(({ key }) => key === 'site')?.parts[0]
const unitId = part(there)?.unitId ?? ''
const place = { stepKey: 'site', unitId, reasonDigest: null }
const whole = writtenFor(cutting, 'site')
const officer = (journey: Journey, staffId: string): CaseActor => ({ ...everybody(journey), staffId })

const does = (journey: Journey, staffId: string, command: StepCommand) =>
  attempt(journey, { type: 'act', ...command }, officer(journey, staffId))
const done = (journey: Journey, staffId: string, command: StepCommand) => {
  const tried = does(journey, staffId, command)
  if (!tried.ok) throw new Error(tried.error.code)
  return tried.value
}
const refused = (journey: Journey, staffId: string, command: StepCommand) => {
  const tried = does(journey, staffId, command)
  return tried.ok ? undefined : tried.error.code
}
const record = (more: Partial<VisitWritten> = {}, officerIds = ['first', 'second']): StepCommand => ({
  ...place,
  action: 'record-visit',
  officerIds,
  record: { ...whole, ...more },
})
const sign = (recordDigest = 'record'): StepCommand => ({ ...place, action: 'sign-visit', recordDigest })

test('a record counts once everybody who was there has signed it, each by themselves', () => {
  const written = done(there, 'first', record())
  expect(part(written)?.visited).toBe(false)
  expect(refusal(written, 'pass', 'site', everybody(written))).toBe('case.visit-unsigned')
  expect(refused(written, 'first', sign())).toBe('case.not-your-task')
  expect(refused(written, 'third', sign())).toBe('case.not-your-task')
  const signed = done(written, 'second', sign())
  expect(part(signed)).toMatchObject({ visited: true, visit: { signedBy: ['first', 'second'] } })
  expect(refusal(signed, 'pass', 'site', everybody(signed))).toBeUndefined()
  expect(refused(signed, 'second', sign())).toBe('case.not-your-task')
})

test('whoever writes it for an organ that has nobody there signs nothing: both officers do', () => {
  const written = done(there, 'stand-in', record())
  const half = done(written, 'first', sign())
  expect(part(half)?.visited).toBe(false)
  expect(part(done(half, 'second', sign()))?.visited).toBe(true)
})

test('another record voids the signatures of the one before it, and nobody signs one that they have not read', () => {
  const written = done(there, 'first', record())
  const again = done(written, 'first', record({ digest: 'another' }))
  expect(refused(again, 'second', sign())).toBe('case.visit-changed')
  const signed = done(again, 'second', sign('another'))
  const late = done(signed, 'second', record({ digest: 'third' }))
  expect(part(late)).toMatchObject({ visited: false, visit: { signedBy: ['second'] } })
  expect(refusal(late, 'pass', 'site', everybody(late))).toBe('case.visit-unsigned')
})

test('each point of the list is answered, once, and what is not so is told', () => {
  const [first, ...others] = whole.findings
  if (!first) throw new Error('no points')
  const wrong = { ...first, answer: 'no' } as const
  expect([
    refused(there, 'first', record({ findings: others })),
    refused(there, 'first', record({ findings: [...whole.findings, { ...first, point: 'other' }] })),
    refused(there, 'first', record({ findings: [first, first, ...others.slice(1)] })),
    refused(there, 'first', record({ findings: [wrong, ...others] })),
    refused(there, 'first', record({ findings: [{ ...wrong, remarkDigest: 'why' }, ...others] })),
    refused(there, 'first', record({ onSite: 'remarked' })),
    refused(there, 'first', record({ onSite: 'refused' })),
    refused(there, 'first', record({}, ['first', 'first'])),
  ]).toEqual([
    'case.visit-points',
    'case.visit-points',
    'case.visit-points',
    'case.visit-remark',
    undefined,
    'case.visit-words',
    undefined,
    'case.officers-too-few',
  ])
})

test('what an older instance wrote down, without a record, counts at once as it did', () => {
  const recorded = done(there, 'first', record()).events.at(-1)
  if (recorded?.type !== 'visit-recorded') throw new Error('no visit')
  const { record: _none, ...older } = recorded
  const state = evolve(cutting, there.state, older)
  expect(part({ ...there, state })).toMatchObject({ visited: true, rectifyBy: null })
})

test('an officer sees the case that they sign, whichever role they hold; of another unit nobody does', () => {
  const written = done(there, 'first', record())
  const asking = (staffId: string) =>
    staffSight(
      { item: written.item, state: written.state, tasks: [] },
      {
        staffId,
        pools: [{ role: 'liaison', unitId }],
        isBarred: false,
        actedAt: [],
        isLooking: false,
      },
    )
  expect([asking('second'), asking('third')]).toEqual(['staff', null])
  const liaison: CaseActor = {
    kind: 'staff',
    staffId: 'second',
    pools: [{ role: 'liaison', unitId }],
    isBarred: false,
  }
  expect(allowedActions(written.item, written.state, contextOf(written, liaison))).toEqual([
    { action: 'sign-visit', stepKey: 'site', unitId },
  ])
})

test('every step of the pack at which a site is looked at has a list of its own', () => {
  const visiting = items.flatMap(({ id, steps }) =>
    steps.flatMap(({ key, actions, checklist }) =>
      actions.includes('record-visit') ? [{ at: `${id} ${key}`, points: checklist?.points.length ?? 0 }] : [],
    ),
  )
  expect(visiting.length).toBeGreaterThan(9)
  expect(visiting.filter(({ points }) => points < 3)).toEqual([])
})
