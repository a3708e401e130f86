import { expect, test } from 'vitest'
import { bodyOfAfter, EMPTY_DRAFT, faultsOfAfter, meantBy } from './after-decision-forms'

const of = (...units: readonly string[]) => ({
  asksNewFact: false,
  advisable: units.map((unitId) => ({ unitId, unitName: unitId, name: '许可' })),
})
const WRITTEN = { ...EMPTY_DRAFT, basis: 'procedure', text: '没有看现场' }
const ADVISES = 'advise-revocation'

test('of several departments one is chosen by hand; the only one there is needs no choice', () => {
  expect(faultsOfAfter(ADVISES, WRITTEN, of('nr', 'eco'))).toEqual(['whose'])
  const chosen = { ...WRITTEN, unitId: 'eco' }
  expect(faultsOfAfter(ADVISES, chosen, of('nr', 'eco'))).toEqual([])
  expect(bodyOfAfter(ADVISES, chosen, 7, of('nr', 'eco'))).toMatchObject({ unitId: 'eco', version: 7 })
  expect(faultsOfAfter(ADVISES, WRITTEN, of('nr'))).toEqual([])
  expect(bodyOfAfter(ADVISES, WRITTEN, 7, of('nr'))).toMatchObject({ unitId: 'nr' })
})

test('what was chosen and may be no longer is chosen anew; where one organ decides the whole none is named', () => {
  const chosen = { ...WRITTEN, unitId: 'water' }
  expect(meantBy(ADVISES, chosen, of('nr', 'eco'))).toBeUndefined()
  expect(faultsOfAfter(ADVISES, chosen, of('nr', 'eco'))).toEqual(['whose'])
  expect(faultsOfAfter(ADVISES, WRITTEN, of())).toEqual([])
  expect(bodyOfAfter(ADVISES, chosen, 7, of())).not.toHaveProperty('unitId')
  expect(bodyOfAfter('propose-revocation', chosen, 7, of('nr', 'eco'))).not.toHaveProperty('unitId')
})
