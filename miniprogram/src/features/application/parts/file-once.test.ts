import { beforeEach, expect, test, vi } from 'vitest'

const { kept, answers } = vi.hoisted(() => ({ kept: new Map<string, unknown>(), answers: [] as unknown[] }))
vi.mock('../../../platform', () => ({
  platform: {
    read: (key: string) => kept.get(key),
    write: (key: string, value: unknown) => kept.set(key, value) !== undefined,
    remove: (key: string) => kept.delete(key),
    randomId: async () => 'key-of-this-phone',
  },
}))
vi.mock('../../../platform/api', () => ({ callAs: async () => answers.shift() }))
vi.mock('../../../platform/clock', () => ({ now: () => '2026-11-24T01:00:00.000Z', isTimeKnown: () => true }))
vi.mock('../../../platform/session', () => ({ DRAFTS: 'drafts' }))
vi.mock('../../../platform/source', () => ({ launchSource: () => undefined }))
vi.mock('../../../platform/upload-queue', () => ({ dropUploadsOf: () => undefined }))
vi.mock('../../service-item/parts/just-filed', () => ({ noteJustFiled: () => undefined }))

import { fileOnce } from './file-once'

const KEY = 'entry:LX-005:a'
const CASE = '01930000-0000-7000-8000-000000000001'
const content = (mobile: string) => ({
  serviceItemId: 'LX-005',
  answers: { name: '陈桂兰', idNo: '342501194403055028', mobile },
  materials: [],
  consent: { how: 'spoken' as const },
  visitReason: '手机坏了',
})
const lost = { ok: false, error: { code: 'network.unreachable', errors: [] } }

beforeEach(() => kept.clear())

test('of what was sent for whoever came nothing that names them is kept, and a lost answer is found by its key', async () => {
  answers.push(lost)
  expect((await fileOnce(KEY, content('15400000001'))).ok).toBe(false)
  const held = JSON.stringify([...kept])
  for (const secret of ['陈桂兰', '342501194403055028', '15400000001', '手机坏了'])
    expect(held).not.toContain(secret)
  expect(held).toContain('key-of-this-phone')
  // Changed since: the server knows the key, and says what became of it.
  answers.push({ ok: false, error: { code: 'request.key-reused', caseId: CASE, errors: [] } })
  expect(await fileOnce(KEY, content('15400000002'))).toEqual({
    ok: true,
    value: { created: { id: CASE }, before: 'unanswered' },
  })
})

test('what one files on an own phone is found by what was sent, whatever the server says of the key', async () => {
  const { consent: _consent, visitReason: _why, ...own } = content('15400000001')
  answers.push(lost)
  await fileOnce('item:LX-005', own)
  answers.push(
    { ok: false, error: { code: 'request.key-reused', errors: [] } },
    { ok: true, value: { id: CASE } },
  )
  const changed = { ...own, answers: { ...own.answers, mobile: '15400000002' } }
  expect(await fileOnce('item:LX-005', changed)).toMatchObject({ ok: true, value: { before: 'unanswered' } })
})
