import { expect, test } from 'vitest'
import type { Instant } from '../../kernel/plain-date'
import type { CaseEvent } from '../events'
import { keptForAgain, mayApplyAgain } from './again'

const terminated = (cause: string | null) =>
  [{ type: 'terminated', cause }] as unknown as readonly CaseEvent[]

test('whoever got nothing may apply for it once more, but not for the dead nor for who did not apply', () => {
  const may = (
    key: Parameters<typeof mayApplyAgain>[0]['key'],
    events: readonly CaseEvent[] = [],
    isTheirs = true,
  ) => mayApplyAgain({ key }, { applicant: { disowned: !isTheirs } as never }, events)
  for (const key of ['refused', 'declined', 'withdrawn', 'lapsed', 'terminated'] as const) {
    expect(may(key), key).toBe(true)
    expect(may(key, [], false), key).toBe(false)
  }
  for (const key of ['open', 'late', 'granted', 'correcting', 'suspended'] as const)
    expect(may(key), key).toBe(false)
  expect(may('lapsed', terminated(null))).toBe(true)
  for (const cause of ['deceased', 'disowned'])
    expect(may('terminated', terminated(cause)), cause).toBe(false)
})

const at = '2026-11-24T01:42:00.000Z' as Instant
const field = (key: string, kind: string, more: object = {}) => ({ key, kind, ...more }) as never
const columns = [field('name', 'text'), field('when', 'slot'), field('photo', 'image')]
const notice = (suppliedAt: Instant | null) =>
  ({ items: [{ kind: 'field', name: 'phone' }], suppliedAt, lapsedAt: null }) as never

test('what the guide of today asks alike is kept, without what a notice asked for in vain, a half day, or another kind of answer', () => {
  const before = {
    fields: [
      field('name', 'text'),
      field('phone', 'phone'),
      field('family', 'table', { columns }),
      field('visit', 'slot'),
      field('area', 'text'),
      field('gone', 'text'),
    ],
  }
  const today = {
    fields: [...before.fields.slice(0, 4), field('area', 'number'), field('new', 'text')],
    materials: [{ name: '户口簿' }],
  } as never
  const answers = {
    name: '高福英',
    phone: '15400000001',
    family: [{ name: '周小梅', when: { date: '2026-12-01', half: '上午' }, photo: ['p'] }],
    visit: { date: '2026-12-01', half: '上午' },
    area: '五十',
    gone: '没有了',
  } as never
  const papers = [
    { name: '户口簿', files: ['a'] },
    { name: '不要了的', files: ['b'] },
  ]
  const kept = (suppliedAt: Instant | null) =>
    keptForAgain(before, today, { corrections: [notice(suppliedAt)], disownments: [] }, { answers, papers })
  expect(kept(at)).toEqual({
    answers: { name: '高福英', phone: '15400000001', family: [{ name: '周小梅' }] },
    files: [{ kind: 'material', name: '户口簿', files: ['a'] }],
    asked: [],
  })
  expect(kept(null).answers).toEqual({ name: '高福英', family: [{ name: '周小梅' }] })
  expect(kept(null).asked).toMatchObject([{ name: 'phone' }])
})
