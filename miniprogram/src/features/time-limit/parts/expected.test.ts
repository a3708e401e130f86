import { expect, test } from 'vitest'
import { afterStage, stageLate, stoppedWords } from './expected'

const STOPPED = {
  kind: 'waits-for',
  step: 'assess',
  stepName: '残疾评定',
  because: 'special-procedure',
  procedure: '鉴定',
  until: '2026-12-09',
} as const
const LOOK = '为什么停、要不要你去，点开就看'

test('a list says until when a stop was expected to last, and that it lasts longer', () => {
  const told = (until: string | null, today: string) =>
    stoppedWords({ dueBecause: { ...STOPPED, until } }, today)
  expect(told('2026-12-09', '2026-12-09')).toBe(`预计 12月9日 周三 做完。${LOOK}`)
  expect(told('2026-12-09', '2026-12-10')).toBe(`原来预计 12月9日 周三 做完，过了，还没做完。${LOOK}`)
  expect([told(null, '2026-12-09'), stoppedWords({ dueBecause: null }, '2026-12-09')]).toEqual([LOOK, LOOK])
})

test('a stage is late by its own name, a notice that does not hang by its day, and what follows is told', () => {
  const stage = { ...STOPPED, because: 'stage', stepName: '村级公示', until: null } as const
  expect([stageLate, afterStage].map((words) => words({ dueBecause: stage }))).toEqual([
    '村级公示没按时限做完',
    '做完就告诉你哪天办好',
  ])
  const unpublished = { ...stage, until: '2026-12-09', unpublished: { days: 5, unit: 'calendar' } } as const
  expect([stageLate, afterStage].map((words) => words({ dueBecause: unpublished }))).toEqual([
    '村级公示该 12月9日 周三 贴出来，还没贴',
    '贴出来起要 5 天，公示完就告诉你哪天办好',
  ])
})
