import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { decide } from '../decide'
import { replay, stations } from '../evolve'
import {
  act,
  append,
  attempt,
  contextOf,
  everybody,
  file,
  type Journey,
  staff,
  supplement,
} from '../journeys/case-fixture'
import { allowedActions } from './actions'
import { signedByAll, signingWords } from './joint-signing'

// 门头招牌 whose examination everybody who examines has to sign.
const STEP = 'review'
const UNIT = 'urban'
const item = (() => {
  const found = packItems().find(({ id }) => id === 'LX-039')
  if (!found) throw new Error('no LX-039')
  const steps = found.steps.map((step) =>
    step.key === STEP
      ? { ...step, sign: 'all' as const, actions: [...step.actions, 'return' as const] }
      : step,
  )
  return { ...found, steps }
})()

const as = (staffId: string) => ({ ...staff({ role: 'dept-reviewer', unitId: UNIT }), staffId })
const place = { stepKey: STEP, unitId: UNIT }
const atReview = (...signers: readonly string[]): Journey => ({
  ...act(file(item, '2026-11-24'), 'accept'),
  signers,
})
const passes = (journey: Journey, staffId: string, action: 'pass' | 'fail' = 'pass') =>
  attempt(
    journey,
    action === 'pass'
      ? { type: 'act', action, ...place, reasonDigest: null }
      : { type: 'act', action, ...place, reasonDigest: 'why' },
    as(staffId),
  )
function passed(journey: Journey, staffId: string, action: 'pass' | 'fail' = 'pass') {
  const tried = passes(journey, staffId, action)
  if (!tried.ok) throw new Error(tried.error.code)
  return tried.value
}
const runOf = ({ state }: Journey) => state.steps.find(({ key }) => key === STEP)
const partOf = (journey: Journey) => runOf(journey)?.parts[0]

const people = ['an', 'bo', 'chen', 'du', 'e'] as const

test('a step is done exactly when all who hold it have signed, in whatever order and whoever tries again', () => {
  const holders = fc.subarray([...people], { minLength: 1 })
  const tries = fc.array(fc.constantFrom(...people), { maxLength: 12 })
  fc.assert(
    fc.property(holders, tries, (signers, order) => {
      let journey = atReview(...signers)
      const signed = new Set<string>()
      for (const each of order.filter((name) => signers.includes(name))) {
        const tried = passes(journey, each)
        const isDone = signers.every((name) => signed.has(name))
        expect(tried.ok).toBe(!isDone && !signed.has(each))
        if (!tried.ok) {
          if (!isDone) expect(tried.error.code).toBe('case.signed-before')
          continue
        }
        journey = tried.value
        signed.add(each)
        expect(partOf(journey)?.signedBy).toEqual([...signed])
        expect(runOf(journey)?.status).toBe(signers.every((name) => signed.has(name)) ? 'done' : 'open')
        expect(replay(item, journey.events)).toEqual(journey.state)
      }
    }),
  )
})

test('each signature is an event, and the last of them is the step’s own', () => {
  const journey = ['an', 'bo', 'chen'].reduce(
    (next, each) => passed(next, each),
    atReview('an', 'bo', 'chen'),
  )
  expect(journey.events.slice(-3)).toMatchObject([
    { type: 'signed', staffId: 'an' },
    { type: 'signed', staffId: 'bo' },
    { type: 'examined', outcome: 'passed', signedBy: ['an', 'bo', 'chen'] },
  ])
})

test('one who does not pass it ends it, with the reason; whoever has signed takes nothing back so', () => {
  const begun = passed(atReview('an', 'bo'), 'an')
  expect(passes(begun, 'an', 'fail')).toEqual({ ok: false, error: { code: 'case.signed-before' } })
  const ended = passed(begun, 'bo', 'fail')
  expect(ended.events.at(-1)).toMatchObject({ type: 'examined', outcome: 'failed', reasonDigest: 'why' })
  expect(runOf(ended)?.status).toBe('done')
})

test('who has left is not waited for, and who has come is', () => {
  const begun = passed(passed(atReview('an', 'bo', 'chen'), 'an'), 'bo')
  expect(signedByAll(item, begun.state, () => ['an', 'bo', 'chen'])).toEqual([])
  expect(signedByAll(item, begun.state, () => ['an', 'bo'])).toEqual([place])
  // Time alone begins nothing that nobody has signed.
  expect(signedByAll(item, atReview().state, () => [])).toEqual([])
  const joined = { ...begun, signers: ['an', 'bo', 'du'] }
  expect(runOf(passed(joined, 'du'))?.status).toBe('done')
})

test('by time the step is done with those who have signed', () => {
  const begun = { ...passed(atReview('an', 'bo'), 'an'), signers: ['an'] }
  const command = { type: 'act', action: 'pass', ...place, reasonDigest: null } as const
  const decided = decide(item, begun.state, command, contextOf(begun, { kind: 'system' }))
  expect(decided).toMatchObject({
    ok: true,
    value: [{ type: 'examined', outcome: 'passed', signedBy: ['an'] }],
  })
})

test('where nobody is there, whoever stands in passes it for all', () => {
  const done = passed(atReview(), 'liaison')
  expect(done.events.at(-1)).toMatchObject({ type: 'examined', signedBy: ['liaison'] })
})

test('whoever has signed is offered neither to sign again nor to refuse', () => {
  const begun = passed(atReview('an', 'bo'), 'an')
  const offered = (staffId: string) =>
    allowedActions(item, begun.state, contextOf(begun, as(staffId))).map(({ action }) => action)
  expect(offered('an')).not.toContain('pass')
  expect(offered('an')).not.toContain('fail')
  expect(offered('bo')).toEqual(expect.arrayContaining(['pass', 'fail']))
})

test('an answer to a notice, or a return, is signed anew by all', () => {
  const begun = passed(atReview('an', 'bo'), 'an')
  const asked = act(begun, 'request-correction', { stepKey: STEP })
  expect(partOf(supplement(asked))?.signedBy).toBeUndefined()

  const done = passed(begun, 'bo')
  const deciding = item.steps.find(({ decides }) => decides)?.key ?? ''
  const back = append(done, [
    { type: 'returned', at: done.now, stepKey: deciding, unitId: UNIT, reasonDigest: 'r', toStepKey: STEP },
  ])
  expect([runOf(back)?.status, partOf(back)?.signedBy]).toEqual(['open', undefined])
  expect(passes(back, 'an').ok).toBe(true)
})

test('a signature makes no colleague’s page an old one, and is taken back alone', () => {
  const open = atReview('an', 'bo')
  const begun = passed(open, 'an')
  expect(begun.state.decidingVersion).toBe(open.state.decidingVersion)
  const done = passed(begun, 'bo')
  const undone = { type: 'undone', at: done.now, ...place, to: done.events.length - 1 } as const
  expect(stations(item, [...done.events, undone]).at(-1)?.steps).toEqual(begun.state.steps)
})

test('elsewhere one passes it for all', () => {
  const one = packItems().find(({ id }) => id === 'LX-039')
  if (!one) throw new Error('no LX-039')
  const journey = { ...act(file(one, '2026-11-24'), 'accept'), signers: ['an', 'bo'] }
  const done = act(journey, 'pass', { actor: everybody(journey) })
  expect(done.events.at(-1)).not.toHaveProperty('signedBy')
  expect(runOf(done)?.status).toBe('done')
})

test('how it is said', () => {
  expect(signingWords(2, ['王五'])).toBe('已签 2 人，还等 1 人：王五')
  expect(signingWords(3, [])).toBe('3 人都签了')
})
