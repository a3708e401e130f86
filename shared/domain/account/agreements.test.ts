import { expect, test } from 'vitest'
import { plainDate } from '../kernel/plain-date'
import { type Agreement, agreementOn, faultsOfSuccession, otherVersions } from './agreements'
import { consentsLacking, consentsNeeded, consentsOfOtherWords, consentsOutdated } from './consents'

const made = (
  kind: Agreement['kind'],
  version: string,
  on: string,
  more: Partial<Agreement> = {},
): Agreement => ({
  kind,
  version,
  effectiveOn: plainDate(on),
  changes: version === '1' ? null : '写明了给谁看',
  brief: ['一', '二', '三', '四', '五'],
  data: [],
  sections: [{ title: '一', paragraphs: ['话'] }],
  ...more,
})
const SERVICE = made('service', '1', '2026-11-01')
const FIRST = made('privacy', '1', '2026-11-01')
const SECOND = made('privacy', '2', '2027-01-01')
const LAID = [SERVICE, SECOND, FIRST]
const isSame = (a: Agreement, b: Agreement) => JSON.stringify(a) === JSON.stringify(b)

test('a version holds from its day on; before any has come, the first does', () => {
  const held = (on: string) => agreementOn(LAID, 'privacy', plainDate(on))?.version
  expect(['2026-01-01', '2026-12-31', '2027-01-01', '2028-01-01'].map(held)).toEqual(['1', '1', '2', '2'])
  expect(agreementOn([], 'privacy', plainDate('2026-01-01'))).toBeUndefined()
  expect(otherVersions(LAID, 'privacy', plainDate('2027-02-01'))).toEqual([FIRST])
  expect(otherVersions(LAID, 'privacy', plainDate('2026-12-01'))).toEqual([SECOND])
})

test('the tenth version comes after the second', () => {
  const laid = Array.from({ length: 10 }, (_, at) =>
    made('privacy', String(at + 1), `2026-11-${String(at + 10)}`),
  )
  expect(agreementOn(laid, 'privacy', plainDate('2027-01-01'))?.version).toBe('10')
  expect(faultsOfSuccession([], [SERVICE, ...laid], isSame)).toEqual([])
})

test('what people agreed to is neither written over nor taken away', () => {
  const faults = (next: readonly Agreement[]) =>
    faultsOfSuccession([SERVICE, FIRST], next, isSame).map(({ fault, at }) => [fault, at])
  expect(faults(LAID)).toEqual([])
  expect(faults([SERVICE, { ...FIRST, brief: ['别的', '二', '三', '四', '五'] }])).toEqual([
    ['text-changed', 1],
  ])
  expect(faults([SERVICE])).toEqual([['version-dropped', null]])
  expect(faults([SERVICE, FIRST, made('privacy', '3', '2027-01-01')])).toEqual([['version-gap', 2]])
  expect(faults([SERVICE, FIRST, made('privacy', '2', '2026-11-01')])).toEqual([['day-before-last', 2]])
  expect(faults([SERVICE, FIRST, { ...SECOND, changes: null }])).toEqual([['changes-untold', 2]])
  expect(faults([SERVICE, FIRST, FIRST])).toContainEqual(['version-gap', 1])
})

const kept = (purpose: 'privacy' | 'phone', version: string, withdrawnAt: string | null = null) =>
  ({ purpose, version, at: '2026-11-02T00:00:00.000Z', way: 'agree', withdrawnAt }) as const

test('an act needs the words of its day, agreed to before or with it, and not taken back', () => {
  const needed = consentsNeeded('set-phone', LAID, plainDate('2026-12-01'))
  expect(needed.map(({ purpose, version }) => `${purpose} ${version}`)).toEqual([
    'service 1',
    'privacy 1',
    'phone 1',
  ])
  const service = { purpose: 'service', version: '1' } as const
  expect(consentsLacking(needed, [kept('privacy', '1'), kept('phone', '1')], [service])).toEqual([])
  expect(
    consentsLacking(needed, [kept('privacy', '1'), kept('phone', '1', '2026-11-03')], [service]),
  ).toEqual([{ purpose: 'phone', version: '1' }])
  expect(consentsNeeded('apply', [], plainDate('2026-12-01'))).toEqual([])
})

test('new words are asked again of whoever agreed to the old ones, and old words are refused', () => {
  const held = [kept('privacy', '1'), kept('phone', '1', '2026-11-03')]
  expect(consentsOutdated(held, LAID, plainDate('2026-12-01'))).toEqual([])
  expect(consentsOutdated(held, LAID, plainDate('2027-01-01'))).toEqual([
    { purpose: 'privacy', version: '2' },
  ])
  const old = [{ purpose: 'phone', version: '1' }] as const
  expect(consentsOfOtherWords(old, LAID, plainDate('2026-12-01'))).toEqual([])
  expect(consentsOfOtherWords(old, LAID, plainDate('2027-01-01'))).toEqual([
    { purpose: 'phone', version: '2' },
  ])
})
