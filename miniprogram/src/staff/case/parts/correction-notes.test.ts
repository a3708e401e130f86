import { expect, test, vi } from 'vitest'

const kept = vi.hoisted(() => new Map<string, unknown>())
vi.mock('@tarojs/taro', () => ({ default: {} }))
vi.mock('../../../platform', () => ({
  platform: {
    read: (name: string) => kept.get(name),
    write: (name: string, value: unknown) => kept.set(name, value),
  },
}))
vi.mock('../../../platform/navigation', () => ({ openPage: () => undefined }))
vi.mock('../../../ui/form/reason-box', () => ({
  phrasesIn: (words: string) => words.split('；').filter(Boolean),
}))
vi.mock('./correction-picks', () => ({
  keyOf: ({ kind, name }: { kind: string; name: string }) => `${kind}:${name}`,
}))

import { notedCount, noteForPaper } from './correction-notes'

test('what is noted for the notice of one department stands in no other’s, and in no other case’s', () => {
  const of = (unitId: string, caseId = 'one') => ({ caseId, unitId })
  noteForPaper(of('nr'), '总平面图', '看不清', true)
  noteForPaper(of('nr'), '营业执照', '过期了', true)
  expect([of('nr'), of('eco'), of('nr', 'another')].map(notedCount)).toEqual([2, 0, 0])
  noteForPaper(of('eco'), '总平面图', '缺一页', true)
  noteForPaper(of('nr'), '总平面图', '看不清', false)
  expect([of('nr'), of('eco')].map(notedCount)).toEqual([1, 1])
})
