import { expect, test, vi } from 'vitest'
import { becauseWords } from './due-words'

vi.mock('../../../platform/clock', () => ({ today: () => '2026-11-24' }))
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
  [
    'a notice that is to hang',
    { because: 'stage', until: '2026-12-08', unpublished: { days: 5, unit: 'working' } },
    '现场核查最晚 12月8日 周二 贴出来，贴出来起要 5 个工作日，公示完就告诉你哪天办好',
  ],
  [
    'a notice whose day is over, while nothing tells that it does not hang',
    { because: 'step', until: '2026-11-23', unpublished: { days: 7, unit: 'calendar' } },
    '现场核查该 11月23日 周一 贴出来，贴出来起要 7 天，公示完就告诉你哪天办好',
  ],
] as const)('the days of %s are told by its own name', (_, more, words) => {
  expect(becauseWords({ ...waits, ...more })).toBe(words)
})

test.each([
  [{}, '现场核查没按时限做完，做完就告诉你哪天办好'],
  [
    { until: '2026-11-23', unpublished: { days: 5, unit: 'calendar' } },
    '现场核查该 11月23日 周一 贴出来，还没贴，贴出来起要 5 天，公示完就告诉你哪天办好',
  ],
] as const)('a village that is late with %j is told as that', (more, words) => {
  expect(becauseWords({ ...waits, because: 'stage', ...more }, true)).toBe(words)
})
