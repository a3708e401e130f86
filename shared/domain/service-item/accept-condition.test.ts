import { expect, test } from 'vitest'
import { plainDate } from '../kernel/plain-date'
import { judgeConditions, knownByBirth } from './accept-condition'
import type { AcceptCondition, ServiceItem } from './item'

const TODAY = plainDate('2026-11-24')
const CONDITIONS: readonly AcceptCondition[] = [
  { text: '满 80 周岁', check: { kind: 'age', atLeast: 80 } },
  {
    text: '户口在郎溪县',
    check: { kind: 'credential', code: 'LIC-HUKOU', field: 'address', startsWith: '郎溪县' },
  },
  { text: '没有领过', check: { kind: 'not-granted' } },
  { text: '家里不宽裕', check: null },
]
const item = (openWindow: ServiceItem['openWindow'] = null) => ({ acceptConditions: CONDITIONS, openWindow })
const NOBODY = knownByBirth(null, TODAY)
const statesOf = (facts = NOBODY, of = item()) => judgeConditions(of, facts).map(({ state }) => state)

test('of whom nothing is known, nothing is said', () => {
  expect(judgeConditions(item(), NOBODY)).toEqual(
    CONDITIONS.map(({ text }) => ({ text, state: 'unknown', why: null })),
  )
})

test('an age is met from the birthday on, and before it the day is told', () => {
  expect(judgeConditions(item(), knownByBirth(plainDate('1946-11-24'), TODAY))[0]).toEqual({
    text: '满 80 周岁',
    state: 'met',
    why: '80 岁',
  })
  expect(judgeConditions(item(), knownByBirth(plainDate('1968-05-12'), TODAY))[0]).toEqual({
    text: '满 80 周岁',
    state: 'unmet',
    why: '现在 58 岁，2048年5月12日 满 80 岁',
  })
})

test('a register elsewhere is for the office to judge, and no grant here says nothing of others', () => {
  const registered = (address: string) => ({
    ...NOBODY,
    credential: (code: string) => (code === 'LIC-HUKOU' ? address : undefined),
  })
  expect(statesOf(registered('郎溪县梅渚镇大梁村'))[1]).toBe('met')
  expect(statesOf(registered('广德市'))[1]).toBe('unknown')
  expect(statesOf({ ...NOBODY, grantedOn: plainDate('2026-11-03') })[2]).toBe('unmet')
})

test('outside of the window nothing is ticked', () => {
  const closed = item({ from: '07-01', to: '08-15' })
  expect(statesOf(knownByBirth(plainDate('1946-11-24'), TODAY), closed)).toEqual(
    CONDITIONS.map(() => 'unknown'),
  )
})
