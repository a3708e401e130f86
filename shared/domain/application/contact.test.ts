import { describe, expect, test } from 'vitest'
import { packContext, packItems } from '../../../tests/generated-input'
import { plainDate } from '../kernel/plain-date'
import { NO_PHONE } from './contact'
import { describeAnswer } from './describe-answer'
import type { FieldOf } from './field-kinds/check'
import { identityFieldsOf } from './item-answers'
import { validateAnswers } from './validate-answers'

const context = packContext(plainDate('2026-11-24'))
const none = () => undefined
const labels = { village: none, region: none, scope: none, policy: none }
const items = packItems()
const mobileOf = (item: (typeof items)[number]) => {
  const { mobile } = identityFieldsOf(item)
  const found = item.fields.find(({ key }) => key === mobile)
  if (found?.kind !== 'phone') throw new Error(`${item.id} asks for no number`)
  return found as FieldOf<'phone'>
}
const [first] = items
const field = mobileOf(first as (typeof items)[number])
const judged = (value: unknown, entered: boolean) => {
  const result = validateAnswers({ fields: [field] }, { [field.key]: value }, { ...context, entered })
  return result.ok ? result.value[field.key] : result.error[0]?.message
}

describe('the number of who is entered at a counter', () => {
  test.each(items)('$id: who has no phone is entered without a number, and nobody files so alone', (item) => {
    const fields = [mobileOf(item)]
    const answers = { [fields[0]?.key ?? '']: NO_PHONE }
    expect(validateAnswers({ fields }, answers, { ...context, entered: true })).toEqual({
      ok: true,
      value: answers,
    })
    expect(validateAnswers({ fields }, answers, context).ok).toBe(false)
  })

  test.each([
    [' １５４ 1234 5678 ', '15412345678'],
    ['0563-7012345', '0563-7012345'],
    ['0563 7012345', '05637012345'],
    ['15412345678，外孙', '15412345678，外孙'],
    ['154 1234 5678， 邻居 王二 ', '15412345678，邻居 王二'],
    ['0563-7012345，村部', '0563-7012345，村部'],
    ['没有手机', '没有手机'],
    ['15412345678，', '写上是谁的，比如：外孙'],
    ['，外孙', '号码还没写'],
    ['154123456', '少 2 位。手机号是 11 位，现在 9 位'],
    ['7012345', '座机连区号一起写'],
    ['0563-701', '座机连区号一起写'],
    ['没有', '写号码，或者选没有手机'],
    [`15412345678，${'外'.repeat(21)}`, '是谁的，20 个字以内'],
    ['', '这一项还没填'],
  ])('%j at a counter: %s', (typed, told) => expect(judged(typed, true)).toBe(told))

  test.each(['0563-7012345', '15412345678，外孙', '没有手机'])(
    '%s is refused from one’s own phone',
    (typed) => expect(judged(typed, false)).toMatch(/手机号/),
  )

  test('is read masked, with whose it is', () => {
    const words = (value: string) => describeAnswer(field, value, labels)
    expect(words('没有手机')).toBe('没有手机')
    expect(words('15412345678，外孙')).toBe('154****5678，外孙')
    expect(words('0563-7012345')).toBe('056****2345')
    expect(describeAnswer(field, '15412345678，外孙', labels, { unmasked: true })).toBe('15412345678，外孙')
  })
})
