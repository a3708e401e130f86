import { describe, expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import type { Pool } from './actions'
import { act, file } from './journeys/case-fixture'
import { staffMaySee } from './visibility'

function fileOn(id: string) {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  return file(item, '2026-11-24')
}
const sees = (id: string, role: Pool['role'], unitId: string) => {
  const { item, state } = fileOn(id)
  return staffMaySee(item, state, [{ role, unitId }])
}

describe('a case is seen', () => {
  test.each<[string, Pool['role'], string]>([
    ['LX-005', 'village-agent', 'village'],
    ['LX-005', 'town-window', 'town'],
    ['LX-005', 'town-reviewer', 'town'],
    ['LX-005', 'town-approver', 'town'],
    ['LX-005', 'liaison', 'civil'],
    ['LX-005', 'supervisor', 'county'],
    ['LX-046', 'dept-reviewer', 'tax'],
    ['LX-027', 'county-approver', 'gov-office'],
    ['LX-045', 'county-approver', 'gov-office'],
  ])('%s by %s of %s', (id, role, unitId) => {
    expect(sees(id, role, unitId)).toBe(true)
  })
})

describe('a case is not seen', () => {
  test.each<[string, Pool['role'], string]>([
    ['LX-005', 'village-agent', 'next-village'],
    ['LX-005', 'town-window', 'next-town'],
    ['LX-005', 'town-reviewer', 'next-town'],
    ['LX-005', 'window', 'civil'],
    ['LX-005', 'dept-approver', 'housing'],
    ['LX-046', 'dept-reviewer', 'housing'],
    ['LX-038', 'county-approver', 'gov-office'],
    ['LX-005', 'leader', 'county'],
    ['LX-005', 'admin', 'county'],
  ])('%s by %s of %s', (id, role, unitId) => {
    expect(sees(id, role, unitId)).toBe(false)
  })
})

test('a case that was handed on is seen by the unit that has it now', () => {
  const { item, state } = act(fileOn('LX-031'), 'transfer', { toUnitId: 'nr' })
  expect(staffMaySee(item, state, [{ role: 'window', unitId: 'nr' }])).toBe(true)
})
