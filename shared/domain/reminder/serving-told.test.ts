import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { act, file } from '../case/journeys/case-fixture'
import { driveTo } from '../case/journeys/sensible-acts'
import { isPaying } from '../case/result/payout'
import { plainDate } from '../kernel/plain-date'
import type { Told } from './resident-message'
import { tellServing } from './resident-service'

// Days to object are told of where there is something to object to: a refusal, a paper against them, or an amount.
const today = plainDate('2026-11-24')

const linesOf = (
  id: string,
  action: 'grant' | 'refuse',
  of: 'result' | 'revocation' = 'result',
  decided?: 'granted' | 'refused',
) => {
  const item = packItems().find((each) => each.id === id)
  if (!item) throw new Error(`no ${id}`)
  const at = driveTo(
    file(item, '2026-11-02'),
    item.steps.find(({ actions }) => actions.includes(action))?.key ?? '',
  )
  const { state } = act(at, action)
  const after = decided ? { ...state, revocations: [{ decided, revoked: true, answeredAt: today }] } : state
  const told = { item, after, caseId: 'c', caseNumber: '1' } as unknown as Told
  const event = { type: 'served', at: state.receivedAt, of, on: today } as never
  const wording = (title: string, line: string, word: string) => ({
    title,
    line,
    word,
    note: line,
    day: today,
  })
  return { item, said: JSON.stringify(tellServing(event, told, today, wording as never)) }
}

test('of a grant in full no days to object run', () => {
  const { item, said } = linesOf('LX-038', 'grant')
  expect(isPaying(item)).toBe(false)
  expect(said).not.toContain('不服')
  expect(said).toContain('送到了')
})

test('of a refusal they run from the day on which they had it', () => {
  expect(linesOf('LX-038', 'refuse').said).toContain('不服的期限从')
})

test('of a grant that was revoked they run, of a refusal that fell they do not', () => {
  expect(linesOf('LX-038', 'grant', 'revocation', 'granted').said).toContain('不服的期限从')
  const fell = linesOf('LX-038', 'refuse', 'revocation', 'refused').said
  expect(fell).not.toContain('不服')
  expect(fell).toContain('收到')
})
