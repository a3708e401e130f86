import { expect, test } from 'vitest'
import {
  afterForm,
  bodyOfAfter,
  draftOf,
  EMPTY_DRAFT,
  faultsOfAfter,
  meantBy,
  nameOn,
} from './after-decision-forms'

const ACTS = ['advise-revocation', 'propose-revocation'] as const
const of = (...units: readonly string[]) => ({
  asksNewFact: false,
  decisions: units.map((unitId) => ({
    unitId,
    unitName: unitId,
    name: '许可',
    acts: [...ACTS],
    asksNewFact: unitId === 'nr',
  })),
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
  expect(bodyOfAfter('correct-decision', chosen, 7, of('nr', 'eco'))).not.toHaveProperty('unitId')
})

test('whoever signs for two departments names one, and is asked for a new fact where that one was kept', () => {
  const PROPOSES = 'propose-revocation'
  const both = of('nr', 'eco')
  expect(faultsOfAfter(PROPOSES, WRITTEN, both)).toEqual(['whose'])
  expect(faultsOfAfter(PROPOSES, { ...WRITTEN, unitId: 'nr' }, both)).toEqual(['newFact'])
  const eco = { ...WRITTEN, unitId: 'eco', newFact: '写给另一家的' }
  expect(faultsOfAfter(PROPOSES, eco, both)).toEqual([])
  expect(bodyOfAfter(PROPOSES, eco, 7, both)).toMatchObject({ unitId: 'eco' })
  expect(bodyOfAfter(PROPOSES, eco, 7, both)).not.toHaveProperty('newFact')
  const kept = { ...WRITTEN, unitId: 'nr', newFact: '又查到旧图' }
  expect(bodyOfAfter(PROPOSES, kept, 7, both)).toMatchObject({ unitId: 'nr', newFact: '又查到旧图' })
})

test('an answer bears the name of the department that the page stands at, and none where there is one alone', () => {
  const at = { ...of(), shares: [{ unitId: 'eco' }] } as unknown as Parameters<typeof bodyOfAfter>[3]
  expect(bodyOfAfter('decline-advice', WRITTEN, 7, at)).toMatchObject({ unitId: 'eco' })
  expect(bodyOfAfter('keep-decision', WRITTEN, 7, at)).toMatchObject({ unitId: 'eco' })
  expect(bodyOfAfter('decline-advice', WRITTEN, 7, of())).not.toHaveProperty('unitId')
})

test('what is half written of one department is no word of another, and the sheet says whose it is', () => {
  const at = (unitId: string) =>
    ({ ...of(), shares: [{ unitId, shortName: `县${unitId}局` }] }) as unknown as Parameters<
      typeof bodyOfAfter
    >[3]
  const DECLINES = 'decline-advice'
  expect(draftOf('c1', DECLINES, at('nr'))).not.toBe(draftOf('c1', DECLINES, at('eco')))
  expect(draftOf('c1', DECLINES, of())).toBe('after:c1:decline-advice')
  expect(nameOn(DECLINES, at('nr'))).toBe('县nr局')
  expect(nameOn(DECLINES, of())).toBeUndefined()
  // Who is above asks in no department's name.
  expect(nameOn(ADVISES, at('nr'))).toBeUndefined()
})

test('what the holder said is written down under the name of the department, and of another’s under none', () => {
  const at = (more: object) =>
    ({ ...of(), shares: [{ unitId: 'eco', ...more }] }) as unknown as Parameters<typeof bodyOfAfter>[3]
  expect(bodyOfAfter('record-statement', WRITTEN, 7, at({}))).toEqual({
    action: 'record-statement',
    version: 7,
    statement: WRITTEN.text,
    unitId: 'eco',
  })
  expect(bodyOfAfter('record-statement', WRITTEN, 7, at({ isOthers: true }))).not.toHaveProperty('unitId')
  // What one answers oneself is of one's own, whatever another revokes meanwhile.
  for (const answer of ['decline-advice', 'keep-decision'] as const)
    expect(bodyOfAfter(answer, WRITTEN, 7, at({ isOthers: true }))).toMatchObject({ unitId: 'eco' })
  expect(nameOn('decline-advice', at({ isOthers: true, shortName: '县eco局' }))).toBe('县eco局')
  expect(nameOn('record-statement', at({ isOthers: true, shortName: '县eco局' }))).toBeUndefined()
  expect(bodyOfAfter('record-statement', WRITTEN, 7, of())).not.toHaveProperty('unitId')
})

test('of whoever has died no form speaks as to them: the family takes the papers and speaks', () => {
  const wordsOf = (action: Parameters<typeof afterForm>[0], unheard: boolean, isDead: boolean) =>
    JSON.stringify(afterForm(action, { unheard }, isDead))
  expect(wordsOf('keep-decision', true, false)).toContain('申请人会知道')
  expect(wordsOf('keep-decision', true, true)).toContain('收回撤销决定书交给家里人')
  for (const action of [
    'propose-revocation',
    'record-statement',
    'revoke-decision',
    'keep-decision',
  ] as const)
    for (const unheard of [true, false])
      expect(wordsOf(action, unheard, true)).not.toMatch(
        /申请人会知道|告诉申请人了|先听申请人|对申请人说|申请人怎么说/,
      )
})
