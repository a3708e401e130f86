import { expect, test } from 'vitest'
import { organName, type Unit, unitName } from './registry'

const bureau: Unit = {
  id: 'civil',
  kind: 'department',
  name: '郎溪县民政局',
  shortName: '民政局',
  parentId: 'county',
  creditCode: '',
  documentPrefix: null,
  reviewAuthority: null,
  court: null,
}
const registry = { units: new Map([[bureau.id, bureau]]) }

test('a unit is told in full, and as people call it', () => {
  expect(unitName(registry, 'civil')).toBe('郎溪县民政局')
  expect(organName(registry, 'civil')).toBe('民政局')
})

test('of a unit that is no more nothing is told', () => {
  expect(unitName(registry, 'gone')).toBe('')
  expect(organName(registry, 'gone')).toBe('')
})
