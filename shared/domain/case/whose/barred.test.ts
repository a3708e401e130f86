import { expect, test } from 'vitest'
import { APPLICANT, staff } from '../journeys/case-fixture'
import { isBarred, leavesIt, ownAmongStaff, refusedBeforeBy, type WhoseCase } from './barred'

const at = '2026-03-02T01:42:00.000Z' as never
const whose = (state: Partial<WhoseCase['state']> = {}, ownStaff: readonly string[] = []): WhoseCase => ({
  state: { relatives: [], disownments: [], ownBefore: [], ...state },
  ownStaff,
})
const FALLEN = [
  { staffId: 'own', reasonDigest: 'why', isOwnAct: true },
  { staffId: 'wrong', reasonDigest: 'why', isOwnAct: false },
  { reasonDigest: 'why', isOwnAct: true },
]

test('a case is a member of staff’s own by number or power, was theirs, or was filed under their number: each once', () => {
  const disownments = [{ at, numberIndex: 'number', staffIds: ['said-no', 'now'] }]
  expect(ownAmongStaff(whose({ ownBefore: ['before'], disownments }, ['now']))).toEqual([
    'now',
    'before',
    'said-no',
  ])
})

test('whose own it is or was never handles it, however few are left', () => {
  const last = {
    tasks: [{ role: 'window', unitId: 'tax', approval: false, unstaffed: true, barred: [] }],
    pools: [{ role: 'window', unitId: 'tax' }],
  }
  for (const own of [whose({}, ['mine']), whose({ ownBefore: ['mine'] })])
    expect(isBarred(own, 'mine', last)).toBe(true)
  expect(isBarred(whose({}, ['mine']), null)).toBe(false)
  expect(isBarred(whose({}, ['mine']), 'other')).toBe(false)
})

test('a relative leaves it to others, and so does whose refusal fell for what they did themselves', () => {
  const state = { ...whose().state, relatives: ['cousin'], refusedBefore: FALLEN }
  expect(leavesIt(state)).toEqual(['cousin', 'own'])
  expect(leavesIt(whose().state)).toEqual([])
  expect(isBarred({ state, ownStaff: [] }, 'cousin')).toBe(true)
  expect(isBarred({ state, ownStaff: [] }, 'own')).toBe(true)
  // It fell for another reason: they only do not refuse it themselves again.
  expect(isBarred({ state, ownStaff: [] }, 'wrong')).toBe(false)
})

test.each([
  ['a share came to them since nobody is left', {}, {}, false],
  ['somebody is there whose work it is', { unstaffed: false }, {}, true],
  ['they would only approve it', { approval: true }, {}, true],
  ['the share itself keeps them out', { barred: ['cousin'] }, {}, true],
  ['the share keeps out somebody else', { barred: ['other'] }, {}, false],
  ['they hold the role elsewhere', {}, { unitId: 'police' }, true],
  ['they hold another role there', {}, { role: 'dept-reviewer' }, true],
])('a relative by declaration, where %s', (_, task, pool, expected) => {
  const tasks = [
    { role: 'window', unitId: 'tax', approval: false, unstaffed: true, barred: [] as string[], ...task },
  ]
  const pools = [{ role: 'window', unitId: 'tax', ...pool }]
  expect(isBarred(whose({ relatives: ['cousin'] }), 'cousin', { tasks, pools })).toBe(expected)
})

test('whoever refused it once, and it fell, refuses it no more; nobody else is kept from it', () => {
  const by = (staffId?: string | null) =>
    refusedBeforeBy({ refusedBefore: FALLEN }, { ...staff(), ...(staffId === undefined ? {} : { staffId }) })
  expect(['own', 'wrong', 'other', null, undefined].map(by)).toEqual([true, true, false, false, false])
  expect(refusedBeforeBy({}, { ...staff(), staffId: 'own' })).toBe(false)
  expect(refusedBeforeBy({ refusedBefore: FALLEN }, APPLICANT)).toBe(false)
})
