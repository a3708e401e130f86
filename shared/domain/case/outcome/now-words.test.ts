import { expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { nowWords } from './now-words'

const item = packItems().find(({ id }) => id === 'LX-026')
const site = item?.steps.find(({ kind }) => kind === 'inspect')

const words = (visited: boolean, visit?: object) =>
  item &&
  nowWords(
    item,
    {
      applicant: null,
      disownments: [],
      steps: [
        {
          key: site?.key,
          status: 'open',
          parts: [{ unitId: 'forest', status: 'open', visited, visit, suspendedAt: null }],
        },
      ],
    } as never,
    { key: 'open', word: '正在办', besides: [] } as never,
    { reader: 'applicant', at: {} as never },
  ).words

test('a site that was seen is not still to be seen', () => {
  expect(words(false)).toBe('要到现场看')
  expect(words(true)).toBe('到现场看过了，正在办')
  expect(words(false, {})).toBe('到现场看过了，等同去的人签名')
})

const shared = packItems().find(({ id }) => id === 'LX-045')
const keyOf = (kind: string) => shared?.steps.find((step) => step.kind === kind && !step.optional)?.key

interface Part {
  key: string | undefined
  unitId: string
  suspendedAt?: string
}

const shareWords = (parts: readonly Part[], units?: string[]) =>
  shared &&
  nowWords(
    shared,
    {
      applicant: null,
      disownments: [],
      steps: parts.map(({ key, unitId, suspendedAt = null }) => ({
        key,
        status: 'open',
        parts: [{ unitId, status: 'open', visited: false, suspendedAt }],
      })),
    } as never,
    { key: 'open', word: '正在办', besides: [] } as never,
    { reader: units ? 'staff' : 'applicant', at: {} as never, units: units ?? [] },
  )

test('of several departments that work at one time none is named for all, and each reads its own', () => {
  const examine = keyOf('examine')
  const both = [
    { key: examine, unitId: 'water' },
    { key: examine, unitId: 'eco' },
  ]
  expect(shareWords(both)).toEqual({ unitId: null, words: '2 个部门正在审核' })
  expect(shareWords(both.slice(0, 1))).toEqual({ unitId: 'water', words: '正在审核' })
  expect(shareWords(both, ['eco'])).toEqual({ unitId: 'eco', words: '正在审核' })
  // Whoever works in both reads of neither for the other.
  expect(shareWords(both, ['eco', 'water'])).toEqual({ unitId: null, words: '2 个部门正在审核' })
  const apart = [...both, { key: keyOf('conclude'), unitId: 'gov' }]
  expect(shareWords(apart)).toEqual({ unitId: null, words: '3 个部门正在办' })
})

test('a department that has stopped its days is told apart from those that work, and alone reads that it has', () => {
  const examine = keyOf('examine')
  const eco = { key: examine, unitId: 'eco', suspendedAt: '2026-03-09T10:00:00+08:00' }
  const shares = [{ key: examine, unitId: 'water' }, { key: examine, unitId: 'nr' }, eco]
  expect(shareWords(shares)).toEqual({ unitId: null, words: '2 个部门正在审核，1 个部门暂停着' })
  expect(shareWords(shares, ['eco'])).toEqual({ unitId: 'eco', words: '暂停着' })
  expect(shareWords(shares, ['nr'])).toEqual({ unitId: 'nr', words: '正在审核' })
  const one = [{ key: examine, unitId: 'water' }, eco]
  expect(shareWords(one)).toEqual({ unitId: null, words: '1 个部门正在审核，1 个部门暂停着' })
  expect(shareWords([eco])).toEqual({ unitId: 'eco', words: '暂停着' })
  const all = [eco, { ...eco, unitId: 'nr' }]
  expect(shareWords(all)).toEqual({ unitId: null, words: '2 个部门都暂停着' })
})
