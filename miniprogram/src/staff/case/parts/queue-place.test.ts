import { expect, test, vi } from 'vitest'

vi.mock('../../../platform/session', () => ({ useSession: { subscribe: () => () => {} } }))

const { openedBy, rowBeside, rowOf } = await import('./queue-place')

const row = (caseId: string, stepKey = 'accept') => ({
  caseId,
  caseNumber: caseId,
  plainName: '高龄津贴',
  stepKey,
  stepName: '受理',
  applicantMasked: '吴*英',
  villageName: null,
  light: null,
  dueOn: null,
  note: '',
  firstAction: null,
  outcome: { key: 'open', word: '正在办', tone: 'calm', documentId: null } as const,
  relation: null,
  unitName: '梅渚镇',
})

const [A, B, C, D] = [row('a'), row('b'), row('c'), row('d')]

test('a case stands open by its own row, and by another of its rows once that step is done', () => {
  expect(rowOf([A, B, C], openedBy(B))).toBe(1)
  expect(rowOf([A, row('b', 'conclude'), C], openedBy(B))).toBe(1)
  expect(rowOf([A, C], openedBy(B))).toBe(-1)
  expect(rowOf([A], undefined)).toBe(-1)
})

test('the row of another department of the same case is no row of this share', () => {
  const of = (unitId: string) => ({ ...row('b', 'parallel'), department: { unitId, name: unitId } })
  const [nr, eco] = [of('nr'), of('eco')]
  expect(rowOf([A, nr, eco], openedBy(eco))).toBe(2)
  expect(rowOf([A, eco], openedBy(nr))).toBe(-1)
  expect(rowOf([A, row('b', 'finish')], openedBy(nr))).toBe(1)
  expect(openedBy(eco)).toMatchObject({ unitId: 'eco' })
  expect(openedBy(nr).key).not.toBe(openedBy(eco).key)
})

test('beside a case that is listed stand its neighbours', () => {
  expect(rowBeside([A, B, C], openedBy(B), 1, 0)).toBe(C)
  expect(rowBeside([A, B, C], openedBy(B), -1, 0)).toBe(A)
  expect(rowBeside([A, B, C], openedBy(C), 1, 0)).toBeUndefined()
})

test('after one that has left comes the row that moved up into its place', () => {
  expect(rowBeside([A, C, D], openedBy(B), 1, 1)).toBe(C)
  expect(rowBeside([A, C, D], openedBy(B), -1, 1)).toBe(A)
  // It was the last one.
  expect(rowBeside([A, B], openedBy(D), 1, 2)).toBe(B)
  expect(rowBeside([], openedBy(D), 1, 0)).toBeUndefined()
  expect(rowBeside([A], openedBy(B), -1, 0)).toBeUndefined()
})

test('of one that waits elsewhere for another work, the next is beside the place that it left', () => {
  const served = { ...B, stepName: '送达不予受理决定书' }
  const moved = [A, C, D, served]
  expect(rowOf(moved, openedBy(B))).toBe(3)
  const opened = openedBy(served, 1)
  expect(rowBeside(moved, opened, 1, 3)).toBe(C)
  expect(rowBeside(moved, opened, -1, 3)).toBe(A)
  // It has not moved.
  expect(rowBeside([A, served, C], opened, 1, 1)).toBe(C)
  expect(rowBeside([A, served, C], opened, -1, 1)).toBe(A)
})
