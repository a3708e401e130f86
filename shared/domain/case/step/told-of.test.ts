import { describe, expect, test } from 'vitest'
import type { StaffRole } from '../../organization/staff'
import { type ToldShare, toldOf } from './told-of'

const HELD: Readonly<Record<string, readonly string[]>> = {
  'town-window@t': ['zhao', 'qian'],
  'village-agent@v': ['wang', 'zhao'],
}
const holders = (role: StaffRole, unitId: string) => (HELD[`${role}@${unitId}`] ?? []).map((id) => ({ id }))
const share = (more: Partial<ToldShare>): ToldShare => ({
  stepKey: 'accept',
  partUnitId: 't',
  role: 'town-window',
  unitId: 't',
  assigneeId: null,
  barred: [],
  ...more,
})
const VILLAGE = { role: 'village-agent', unitId: 'v' } as const
const told = (task: ToldShare, held: readonly ToldShare[] = [task], away: readonly string[] = []) =>
  toldOf({ ...task, dueOn: null }, held, { holders, isAway: ({ id }) => away.includes(id) }).map(
    ({ id }) => id,
  )

describe('of a share is told', () => {
  test('every holder who may handle it, where it was given to nobody', () => {
    expect(told(share({}))).toEqual(['zhao', 'qian'])
    expect(told(share({ barred: ['zhao'] }))).toEqual(['qian'])
  })

  test('whoever it was given to alone, and in another of its pools nobody', () => {
    const [own, other] = [share({ assigneeId: 'wang' }), share({ assigneeId: 'wang', ...VILLAGE })]
    expect(told(other, [own, other])).toEqual(['wang'])
    expect(told(own, [own, other])).toEqual([])
  })

  test('everybody else, where whoever it was given to holds it no more, or must leave it to others', () => {
    expect(told(share({ assigneeId: 'gone' }))).toEqual(['zhao', 'qian'])
    // Given to a relative while theirs was the last pool: somebody has to hear of it.
    expect(told(share({ assigneeId: 'zhao', barred: ['zhao'] }))).toEqual(['qian'])
  })

  test('everybody, where whoever it was given to is away as long as it runs; them too, for when they are back', () => {
    const given = share({ assigneeId: 'zhao' })
    expect(told(given)).toEqual(['zhao'])
    expect(told(given, [given], ['zhao'])).toEqual(['zhao', 'qian'])
    expect(told(given, [given], ['qian'])).toEqual(['zhao'])
  })

  test('nobody by way of another share', () => {
    const other = share({ assigneeId: 'wang', stepKey: 'verify', ...VILLAGE })
    expect(told(share({ assigneeId: 'wang' }), [share({ assigneeId: 'wang' }), other])).toEqual([
      'zhao',
      'qian',
    ])
  })
})
