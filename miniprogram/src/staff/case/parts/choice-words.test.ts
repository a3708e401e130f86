import { expect, test } from 'vitest'
import { choiceWords } from './choice-words'

const draft = (packet: string[] | null) => ({ staff: { decisionDrafts: [{ packet }] } })

test('who joins what several organs have decided grants nothing, in the choice, on the button and afterwards', () => {
  const words = JSON.stringify(choiceWords(draft(['准予许可决定书']), 'grant'))
  expect(words).not.toContain('准予')
  expect(words).toContain('统一出件')
})

test('one organ grants and refuses in its own words', () => {
  expect(choiceWords(draft(null), 'grant').done).toBe('准予决定签发了')
  expect(choiceWords({ staff: null }, 'refuse').look).toBe('签发不予')
})
