import { expect, test } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import { answerWords, standsStillWords, whyStill } from './words'

const clock = (kind: string, light: string) => ({ kind, light: { kind: light } })
const view = (...clocks: readonly ReturnType<typeof clock>[]) =>
  ({ status: 'correcting', correction: {}, staff: { clocks } }) as unknown as CaseView

test('no notice stops the law’s days: what stands still of them does so for another reason', () => {
  const why = standsStillWords(view())
  expect(whyStill({ kind: 'promised' }, why)).toBe('等申请人补')
  expect(whyStill({ kind: 'statutory' }, why)).toBe('')
  const unnamed = standsStillWords({ ...view(), staff: { applicantUnnamed: true } } as unknown as CaseView)
  expect(whyStill({ kind: 'statutory' }, unnamed)).toBe('还没写是谁申请的')
})

test('before a notice it is said that the law’s days go on, but not where a department has stopped them', () => {
  expect(answerWords(view(clock('statutory', 'calm')))).toBe('等申请人补的时候承诺期限停着，法定期限照走')
  expect(answerWords(view(clock('promised', 'paused')))).toBe('等申请人补的时候承诺期限停着，法定期限照走')
  expect(answerWords(view(clock('statutory', 'paused')))).toBe('等申请人补的时候承诺期限停着')
})
