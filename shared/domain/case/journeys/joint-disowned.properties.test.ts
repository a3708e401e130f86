import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { evolve } from '../evolve'
import { isPartAlone } from '../route'
import { returnTargets } from '../step/return-targets'
import { act, file, type Journey, offered } from './case-fixture'
import { driveToEnd } from './sensible-acts'

const joint = packItems().filter(({ steps }) => steps.some(({ organ }) => organ.kind === 'parallel'))

const disowned = (journey: Journey): Journey => {
  const { item, state, now } = journey
  return { ...journey, state: evolve(item, state, { type: 'disowned', at: now, staffIds: [] }) }
}
const atDepartments = ({ item, state }: Journey) =>
  state.steps.filter(({ key, status }) => status === 'open' && isPartAlone(item, { stepKey: key }))

const ENDS = ['decline', 'refuse', 'terminate']

describe.each(joint)('$id, disowned at any station before its decision,', (item) => {
  const stations = (['granted', 'refused'] as const)
    .flatMap((goal) => driveToEnd(file(item, '2026-11-24'), goal))
    .filter(({ state }) => state.decision === null)
    .map(disowned)

  test('can be ended by somebody', () => {
    expect(stations.length).toBeGreaterThan(3)
    for (const station of stations)
      expect(offered(station).map(({ action }) => action)).toEqual(
        expect.arrayContaining([expect.toSatisfy((action) => ENDS.includes(action))]),
      )
  })

  test('comes to departments by no act', () => {
    for (const station of stations.filter((each) => atDepartments(each).length === 0))
      for (const { action, ...at } of offered(station)) {
        const targets = action === 'return' ? returnTargets(item, station.state, at.stepKey) : [at.stepKey]
        for (const toStepKey of targets) {
          const after = act(station, action, { ...at, toStepKey, cause: 'disowned' })
          expect([action, toStepKey, atDepartments(after)]).toEqual([action, toStepKey, []])
        }
      }
  })
})
