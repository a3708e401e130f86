import { expect, test, vi } from 'vitest'
import { becauseWords } from './due-words'

vi.mock('../../../ui/surface/day', () => ({ Day: () => null }))

const waits = { kind: 'waits-for', step: 'site', stepName: '现场核查', until: null } as const

test.each([
  ['a special procedure', { because: 'special-procedure', procedure: '鉴定' }, '鉴定的这些天不算，做完再算'],
  ['one of before it was kept', { because: 'special-procedure' }, '暂停的这些天不算，做完再算'],
  ['a visit', { because: 'step' }, '现场核查做完，就告诉你哪天办好'],
  ['a publicity', { because: 'step', until: '2026-12-08' }, '公示到 12月8日 周二，公示完再算'],
  [
    'a publicity to come',
    { because: 'step', unpublished: { days: 7, unit: 'calendar' } },
    '现场核查还没开始，贴出来起要 7 天，公示完就告诉你哪天办好',
  ],
  ['a village', { because: 'stage', until: '2026-12-08' }, '现场核查最晚 12月8日 周二，做完就告诉你哪天办好'],
  ['a village of no limit', { because: 'stage' }, '现场核查做完，就告诉你哪天办好'],
  ['what is asked for', { because: 'correction' }, '等你补材料，补好后再算'],
  ['nobody', { because: 'applicant' }, '没有申请人，先不定日期'],
] as const)('the days of %s are told by its own name', (_, more, words) => {
  expect(becauseWords({ ...waits, ...more })).toBe(words)
})
