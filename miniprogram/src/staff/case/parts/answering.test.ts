import { expect, test, vi } from 'vitest'
import { formOf } from './action-forms'
import { answeringForm, askedForBy } from './answering'

vi.mock('../../../platform/clock', () => ({ today: () => '2026-11-24' }))
vi.mock('./words', () => ({ isForNobody: () => false }))

const place = { stepKey: 'review', unitId: 'transport' }
const allowed = (action: string) => ({ action, label: action, ...place }) as never
const view = (open: boolean) =>
  ({
    staff: {
      allowed: [allowed('extend'), allowed('reject-approval')],
      approvals: [{ ...place, for: 'extend', open, reason: '检测结果没回来' }],
    },
  }) as never

test('who allows what was asked for reads whose reason the applicant reads, and has words of their own', () => {
  const form = answeringForm(formOf('extend'), allowed('extend'), view(true))
  expect(form.lead).toContain('申请人读到的是请示里写的理由')
  expect(form.phrases).not.toEqual(formOf('extend').phrases)
  expect(askedForBy(allowed('extend'), view(true))?.reason).toBe('检测结果没回来')
})

test('who prolongs it of their own tells the applicant', () => {
  expect(answeringForm(formOf('extend'), allowed('extend'), view(false)).lead).toContain('理由会告诉申请人')
})
