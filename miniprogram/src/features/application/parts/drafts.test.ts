import { beforeEach, expect, test, vi } from 'vitest'

const { kept, clock } = vi.hoisted(() => ({
  kept: new Map<string, string>(),
  clock: { now: '2026-11-24T01:00:00.000Z' },
}))
vi.mock('../../../platform', () => ({
  platform: {
    read: (key: string) => {
      const text = kept.get(key)
      return text === undefined ? undefined : JSON.parse(text)
    },
    write: (key: string, value: unknown) => kept.set(key, JSON.stringify(value)) !== undefined,
    remove: (key: string) => kept.delete(key),
    forgetWhere: (isOne: (key: string) => boolean) => {
      for (const key of [...kept.keys()].filter(isOne)) kept.delete(key)
    },
  },
}))
vi.mock('../../../platform/clock', () => ({
  now: () => clock.now,
  today: () => clock.now.slice(0, 10),
  isTimeKnown: () => true,
}))
vi.mock('../../../platform/session', () => ({ DRAFTS: 'drafts' }))
vi.mock('../../../platform/upload-queue', () => ({ dropUploadsOf: () => undefined }))

import { forgetFiled, justFiledOf } from '../../service-item/parts/just-filed'
import { filedFrom, findDraft, noteFiled, removeDraft, saveDraft, someoneElse } from './drafts'

const ITEM = 'LX-005'
const CASE = '01930000-0000-7000-8000-000000000001'
const draft = (key: string, id: string) => ({ key, id, plainName: '', step: 0, answers: {}, photos: {} })

beforeEach(() => {
  kept.clear()
  clock.now = '2026-11-24T01:00:00.000Z'
})

test('a case is known by the very draft that became it, whatever had its key before or has it in another tab', () => {
  noteFiled(`item:${ITEM}`, 'one', CASE)
  expect(filedFrom(`item:${ITEM}`, 'one')).toBe(CASE)
  expect(filedFrom(`item:${ITEM}`, 'another')).toBeUndefined()
})

test('two tabs that are asked for whom have a key each', () => {
  const keys = [1, 2].map(() => someoneElse(ITEM)).map((who) => (who.kind === 'other' ? who.draftKey : ''))
  expect(new Set(keys).size).toBe(2)
})

test('what is handed in takes no draft of another tab with it', () => {
  saveDraft(draft('entry:LX-005', 'of this tab'))
  removeDraft('entry:LX-005', 'of the other')
  expect(findDraft('entry:LX-005')?.id).toBe('of this tab')
  removeDraft('entry:LX-005', 'of this tab')
  expect(findDraft('entry:LX-005')).toBeUndefined()
})

test('what was half typed for whoever came is gone after a day, one’s own after thirty', () => {
  for (const key of ['entry:LX-005', 'item:LX-005']) saveDraft(draft(key, 'one'))
  clock.now = '2026-11-25T00:59:00.000Z'
  expect(findDraft('entry:LX-005')).toBeDefined()
  clock.now = '2026-11-25T01:01:00.000Z'
  expect(findDraft('entry:LX-005')).toBeUndefined()
  expect([...kept.keys()].some((key) => key.includes('entry'))).toBe(false)
  expect(findDraft('item:LX-005')).toBeDefined()
})

test('what staff type at a counter is nothing that they have filed themselves', () => {
  noteFiled(`entry:${ITEM}`, 'one', CASE)
  expect(justFiledOf(ITEM, undefined)).toBeUndefined()
  noteFiled(`other:${ITEM}:a`, 'two', CASE)
  expect(justFiledOf(ITEM, undefined)).toEqual({ caseId: CASE, isOwn: false })
})

test('what was just filed is unknown to a guide from before it alone, today, until it comes to nothing', () => {
  noteFiled(`item:${ITEM}`, 'one', CASE)
  expect(justFiledOf(ITEM, '2026-11-24T00:59:00.000Z')).toEqual({ caseId: CASE, isOwn: true })
  expect(justFiledOf(ITEM, '2026-11-24T01:01:00.000Z')).toBeUndefined()
  clock.now = '2026-11-25T01:00:00.000Z'
  expect(justFiledOf(ITEM, undefined)).toBeUndefined()
  clock.now = '2026-11-24T02:00:00.000Z'
  forgetFiled(CASE)
  expect(justFiledOf(ITEM, undefined)).toBeUndefined()
  expect(filedFrom(`item:${ITEM}`, 'one')).toBeUndefined()
})

test('what a version before has noted leads nowhere', () => {
  kept.set(`filed:item:${ITEM}`, JSON.stringify(CASE))
  kept.set(`just-filed:${ITEM}`, JSON.stringify([CASE, '2026-11-24']))
  expect(filedFrom(`item:${ITEM}`, 'one')).toBeUndefined()
  expect(justFiledOf(ITEM, undefined)).toBeUndefined()
})
