import { expect, test } from 'vitest'
import { plainDate } from '../kernel/plain-date'
import { SMS_TEMPLATES, type SmsTemplate, smsParameters, smsTemplate, smsText, takesSms } from './sms'
import { CONSENT_TEMPLATES, todoData } from './templates'

const NAMES = Object.keys(SMS_TEMPLATES) as readonly SmsTemplate[]
const SIGNATURE = '【郎溪县印象办事】'
const data = todoData({
  item: '高龄津贴',
  caseNumber: '3418212611240001',
  word: '补一张照片',
  day: plainDate('2026-12-08'),
  note: '陈桂兰的身份证，反面',
})

test('of each card there is a short message, and it says which thing, which day and the end of the number, nothing else', () => {
  for (const name of Object.keys(CONSENT_TEMPLATES)) expect(NAMES).toContain(smsTemplate(name))
  expect(smsTemplate('YX-STAFF-TASK')).toBeUndefined()
  expect(smsParameters(data)).toEqual({ item: '高龄津贴', day: '2026年12月8日', tail: '0001' })
  expect(smsText('YX-SMS-TODO', smsParameters(data))).toBe(
    '你的高龄津贴有事等你办，日期2026年12月8日。微信打开“印象办事”看，尾号0001。',
  )
})

test('it is one part of 70 characters with the longest thing that a card takes and the signature', () => {
  const longest = { item: '长'.repeat(20), day: '2026年12月28日', tail: '0001' }
  for (const name of NAMES) {
    const text = SIGNATURE + smsText(name, longest)
    expect([...text].length, text).toBeLessThanOrEqual(70)
    expect(text).not.toContain('$')
  }
})

test('mobile numbers of the mainland take one', () => {
  expect(['15405630001', '13900000000'].map(takesSms)).toEqual([true, true])
  const none = ['05637012345', '+85291234567', '1540563000', '154056300011', '12345678901', '']
  expect(none.map(takesSms)).toEqual(none.map(() => false))
})
