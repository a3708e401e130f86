import { expect, test } from 'vitest'
import { packItems } from '../../../tests/generated-input'
import { dueOfCase } from '../case/clock/clocks'
import { act, file, type Journey, nothingMissing, onDay, staff } from '../case/journeys/case-fixture'
import { extended, suspended } from '../case/paper/clock-words'
import { CALENDAR_2026 } from '../time-limit/calendar-fixture'
import { tellResident } from './resident'

// 行政许可法 第42、45条: the limit that one department's procedure had stopped goes on, and whoever waits is told until when.
const found = packItems().find(({ id }) => id === 'LX-045')
if (!found) throw new Error('no LX-045')
const item = found
const accepted = (promisedDays = item.promisedDays) =>
  act(nothingMissing(file({ ...item, promisedDays }, '2026-03-02')), 'accept')
/** Beyond the law's 45 days, as after notices that stop the promise alone. */
const slowly = accepted(60)
const stop = (journey: Journey, day: string, unitId = 'water', minute?: number) =>
  act(onDay(journey, day, minute), 'suspend', { unitId, basis: 'expert-review', expectedDays: 20 })
const resume = (journey: Journey, day: string, unitId = 'water', minute?: number) =>
  act(onDay(journey, day, minute), 'resume', { unitId })
const asking = (journey: Journey, day: string) =>
  act(onDay(journey, day), 'request-approval', {
    unitId: 'eco',
    for: 'extend',
    actor: staff({ role: 'dept-reviewer', unitId: 'eco' }),
  })
const extend = (journey: Journey, day: string) =>
  act(asking(journey, day), 'extend', { actor: staff({ role: 'county-approver', unitId: 'gov-office' }) })

function told(before: Journey, after: Journey) {
  const [event] = after.events.slice(before.events.length)
  if (!event) throw new Error('nothing happened')
  const message = tellResident(
    event,
    {
      caseId: 'case',
      caseNumber: '3418212603020001',
      item: after.item,
      before: before.state,
      after: after.state,
      due: dueOfCase(after.item, after.state, CALENDAR_2026),
      newCard: null,
    },
    {
      calendar: CALENDAR_2026,
      units: new Map(),
      unitName: (unitId) => (unitId === 'water' ? '县水利局' : '生态环境分局'),
      holders: () => [],
    },
  )
  return message && { title: message.title, lines: message.lines.slice(0, -1) }
}
const paperOf = (
  { item: guide, state, events }: Journey,
  words: typeof suspended | typeof extended,
  type: 'clock-suspended' | 'limit-extended',
) => {
  const event = events.findLast((each) => each.type === type)
  const paper = words({ item: guide, state, calendar: CALENDAR_2026, phone: null }, event as never)
  return { said: paper.paragraphs[0]?.said ?? '', plain: paper.plain }
}

test('where the promised day counts and stays, a stop and its end change nothing that is shown: one message', () => {
  const stopped = stop(accepted(), '2026-03-10')
  expect(told(accepted(), stopped)?.lines[0]).toMatch(/法定期限这些天不算，承诺的日子不因此改。/)
  const on = resume(stopped, '2026-03-17')
  expect(told(stopped, on)).toBeUndefined()
  expect(on.events.at(-1)).toMatchObject({ type: 'clock-resumed', lawOn: '2026-05-14' })
})

test('where the law’s day was shown, a stop says what is shown meanwhile, and its end the new one', () => {
  const stopped = stop(slowly, '2026-03-10')
  expect(dueOfCase(slowly.item, slowly.state, CALENDAR_2026)).toMatchObject({ on: '2026-05-08' })
  expect(dueOfCase(slowly.item, stopped.state, CALENDAR_2026)).toMatchObject({ on: '2026-05-28' })
  const [line] = told(slowly, stopped)?.lines ?? []
  expect(line).toContain('法定期限这些天不算，先按承诺的 5月28日，接着办了要是更早，再告诉你。')
  expect(line).not.toContain('不因此改')
  const paper = paperOf(stopped, suspended, 'clock-suspended')
  expect(paper.plain).not.toContain('不因此改')
  expect(paper.plain).toContain('先按承诺的2026年5月28日')
  const on = resume(stopped, '2026-03-17')
  expect(told(stopped, on)).toEqual({
    title: `${item.plainName}：法定期限接着算`,
    lines: [
      expect.stringMatching(/^县水利局：.+接着办，法定期限也接着算，最晚可以办到 5月14日$/),
      '比承诺的早，按这一天办',
    ],
  })
})

test('while another department stops the law too, the end of one is no message; the last one tells', () => {
  const both = stop(stop(slowly, '2026-03-10'), '2026-03-12', 'eco')
  // What is shown does not change by the second stop.
  expect(told(stop(slowly, '2026-03-10'), both)?.lines[0]).toContain('承诺的日子不因此改')
  const one = resume(both, '2026-03-17')
  expect(told(both, one)).toBeUndefined()
  expect(one.events.at(-1)).not.toHaveProperty('lawOn')
  expect(told(one, resume(one, '2026-03-18', 'eco'))?.lines[0]).toMatch(/^生态环境分局：.+ 5月15日$/)
})

test('what was prolonged while it stood still has its day told with the end of the stop, once', () => {
  const longer = extend(stop(accepted(), '2026-03-10'), '2026-03-12')
  const on = resume(longer, '2026-03-17')
  expect(told(longer, on)?.lines).toEqual([
    expect.stringMatching(/^县水利局：.+法定期限也接着算，最晚可以办到 6月4日$/),
    '承诺的 4月14日 不变，还是照它办',
  ])
  const again = stop(on, '2026-03-19')
  expect(told(again, resume(again, '2026-03-19'))).toBeUndefined()
})

test('a day that was told of what was prolonged is told anew once a stop has moved it', () => {
  const before = stop(extend(accepted(), '2026-03-09'), '2026-03-10')
  const on = resume(before, '2026-03-17')
  expect(told(before, on)?.lines[0]).toContain('法定期限也接着算，最晚可以办到 6月4日')
  const again = stop(on, '2026-03-19')
  expect(told(again, resume(again, '2026-03-20'))?.lines[0]).toContain('最晚可以办到 6月')
})

test('what is prolonged while the law’s day, which was shown, stands still promises no day that may come earlier', () => {
  const linesOf = (stopped: Journey) =>
    told(asking(stopped, '2026-03-12'), extend(stopped, '2026-03-12'))?.lines ?? []
  const lines = linesOf(stop(accepted(70), '2026-03-10'))
  expect(lines).toContain('先按承诺的 6月11日，接着办了要是更早，再告诉你')
  expect(lines.join()).not.toContain('不变')
  // Where the promise was shown before, it stays.
  expect(linesOf(stop(accepted(), '2026-03-10'))).toContain('承诺的 4月14日 不变，还是照它办')
})

test('the paper of what is prolonged while the law stands still says from when its days are counted on', () => {
  const going = paperOf(extend(accepted(), '2026-03-12'), extended, 'limit-extended')
  expect(going.said).toMatch(/延长 15 个工作日，延长后到2026年5月28日止。$/)
  expect(going.plain).toBe('法定期限延长 15 个工作日，为什么，上面写着。')
  const still = paperOf(extend(stop(accepted(), '2026-03-10'), '2026-03-12'), extended, 'limit-extended')
  expect(still.said).toMatch(
    /延长 15 个工作日。法定期限现因专家评审停止计算，专家评审做完后，未用完的日子和延长的日子接着计算。$/,
  )
  expect(still.plain).toBe('法定期限延长 15 个工作日，现在停着，专家评审做完再接着算。为什么，上面写着。')
})
