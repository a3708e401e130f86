import { expect, test } from 'vitest'
import type { Instant } from '../kernel/plain-date'
import { plainDate } from '../kernel/plain-date'
import { CONSENT_TEMPLATES, followerData, followerTemplate, progressData, todoData } from './templates'

const AT = '2026-11-24T01:42:00.000Z' as Instant
const card = {
  item: '高龄津贴',
  caseNumber: '3418212611240001',
  word: '受理了',
  day: plainDate('2026-11-24'),
  note: '最晚 12月8日 办好',
}

test('each consent template has one of the official account, and the work of staff has none', () => {
  for (const id of Object.keys(CONSENT_TEMPLATES)) expect(followerTemplate(id), id).toMatch(/^YX-OA-/)
  expect(followerTemplate('YX-STAFF-TASK')).toBeUndefined()
})

test('of its own day the card has the hour of the message, of another the end of the office’s', () => {
  const { time4, ...rest } = followerData('YX-OA-PROGRESS', progressData(card), AT)
  expect(time4).toBe('2026年11月24日 09:42')
  expect(rest).toEqual({
    thing1: '高龄津贴',
    character_string2: '3418212611240001',
    phrase3: '受理了',
    thing5: '最晚 12月8日 办好',
  })
  const todo = followerData('YX-OA-TODO', todoData({ ...card, day: plainDate('2026-12-08') }), AT)
  expect(todo['time4']).toBe('2026年12月8日 17:30')
  expect(todo['thing3']).toBe('受理了')
})

test('a result has no free words: WeChat takes none there', () => {
  const data = followerData('YX-OA-RESULT', progressData(card), AT)
  expect(Object.keys(data).sort()).toEqual(['character_string2', 'const5', 'phrase3', 'thing1', 'time4'])
  expect([...(data['const5'] ?? '')].length).toBeLessThanOrEqual(20)
})
