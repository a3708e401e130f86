import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import type { CaseEvent } from '../case/events'
import type { Instant } from '../kernel/plain-date'
import { plainDate } from '../kernel/plain-date'
import { dueMessage } from './due-message'
import { workAgain } from './staff'

const [item] = packItems()
const at = '2026-03-02T01:42:00.000Z' as Instant

test('a grant that was revoked is not decided anew: what is left is to serve the paper', () => {
  if (!item) throw new Error('no item')
  const event = {
    type: 'decision-revoked',
    at,
    stepKey: 'review',
    unitId: 'organ',
    reasonDigest: 'why',
    basis: 'fraud',
  } as const
  const again = (decided: 'granted' | 'refused') =>
    workAgain(item, [{ ...event, decided } satisfies CaseEvent])
  expect(again('granted')).toBeUndefined()
  expect(again('refused')?.title).toBe('不批的决定撤销了')
})

test('what runs out is named by the paper that is to be served, not by the step that is over', () => {
  const step = item?.steps[0]
  if (!item || !step) throw new Error('no item')
  const of = { caseId: 'id', caseNumber: '1', item, serve: 'decline' } as const
  const task = {
    stepKey: step.key,
    partUnitId: 'unit',
    unitId: 'unit',
    role: step.role,
    dueOn: plainDate('2026-03-02'),
  }
  const [line] = dueMessage(of, task, { kind: 'today' }, plainDate('2026-03-02')).lines
  expect(line).toMatch(/^送达不予受理决定书，/)
})
