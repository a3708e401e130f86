import { describe, expect, test } from 'vitest'
import { packItems } from '../../../../tests/generated-input'
import { publishedCalendar } from '../../../../tests/published-calendar'
import { instantAt, plainDate } from '../../kernel/plain-date'
import type { DayUnit } from '../../time-limit/calendar'
import { dueOf, explainDays, type LegalClock } from '../../time-limit/clock'
import { deliveryClock } from '../delivery/delivery-clock'
import { remedyDays } from '../delivery/remedy-days'
import {
  act,
  file,
  type Journey,
  nothingMissing,
  onDay,
  passTime,
  supplement,
} from '../journeys/case-fixture'
import { driveTo } from '../journeys/sensible-acts'
import { openCorrection, openParts } from '../state'
import { acceptanceClock, correctionDue, noticeDays, promisedClock, statutoryClock, taskDue } from './clocks'

// Counted out apart from the product, with the days off typed from the notices of the State Council's office.

const CALENDAR = publishedCalendar()

type From = readonly [from: string, until: string]
type Limit = readonly [
  what: string,
  law: string,
  /** In Shanghai. */
  begins: string,
  days: number,
  unit: DayUnit,
  /** The last day, or the year that has no calendar. */
  due: string | number,
  ...stopped: readonly From[],
]

const LIMITS: readonly Limit[] = [
  [
    'told what is missing, over 春节 2015',
    '行政许可法 第32条',
    '2015-02-12 10:00',
    5,
    'working',
    '2015-02-25',
  ],
  ['decided, over 春节 2015', '行政许可法 第42条', '2015-02-12 10:00', 20, 'working', '2015-03-17'],
  [
    'decided and prolonged, over 春节 2015',
    '行政许可法 第42条',
    '2015-02-12 10:00',
    30,
    'working',
    '2015-03-31',
  ],
  ['delivered, over 春节 2015', '行政许可法 第44条', '2015-02-12 10:00', 10, 'working', '2015-03-03'],
  [
    'told what is missing, over 春节 2020',
    '行政许可法 第32条',
    '2020-01-20 10:00',
    5,
    'working',
    '2020-02-04',
  ],
  ['decided, over 春节 2020', '行政许可法 第42条', '2020-01-20 10:00', 20, 'working', '2020-02-25'],
  [
    'decided and prolonged, over 春节 2020',
    '行政许可法 第42条',
    '2020-01-20 10:00',
    30,
    'working',
    '2020-03-10',
  ],
  ['delivered, over 春节 2020', '行政许可法 第44条', '2020-01-20 10:00', 10, 'working', '2020-02-11'],
  [
    'told what is missing, over 春节 2024',
    '行政许可法 第32条',
    '2024-02-07 10:00',
    5,
    'working',
    '2024-02-20',
  ],
  ['decided, over 春节 2024', '行政许可法 第42条', '2024-02-07 10:00', 20, 'working', '2024-03-12'],
  [
    'decided and prolonged, over 春节 2024',
    '行政许可法 第42条',
    '2024-02-07 10:00',
    30,
    'working',
    '2024-03-26',
  ],
  ['delivered, over 春节 2024', '行政许可法 第44条', '2024-02-07 10:00', 10, 'working', '2024-02-27'],
  [
    'told what is missing, over 春节 2025',
    '行政许可法 第32条',
    '2025-01-23 10:00',
    5,
    'working',
    '2025-02-06',
  ],
  ['decided, over 春节 2025', '行政许可法 第42条', '2025-01-23 10:00', 20, 'working', '2025-02-26'],
  [
    'decided and prolonged, over 春节 2025',
    '行政许可法 第42条',
    '2025-01-23 10:00',
    30,
    'working',
    '2025-03-12',
  ],
  ['delivered, over 春节 2025', '行政许可法 第44条', '2025-01-23 10:00', 10, 'working', '2025-02-12'],
  [
    'told what is missing, over 春节 2026',
    '行政许可法 第32条',
    '2026-02-11 10:00',
    5,
    'working',
    '2026-02-25',
  ],
  ['decided, over 春节 2026', '行政许可法 第42条', '2026-02-11 10:00', 20, 'working', '2026-03-17'],
  [
    'decided and prolonged, over 春节 2026',
    '行政许可法 第42条',
    '2026-02-11 10:00',
    30,
    'working',
    '2026-03-31',
  ],
  ['delivered, over 春节 2026', '行政许可法 第44条', '2026-02-11 10:00', 10, 'working', '2026-03-03'],
  ['several organs together', '行政许可法 第42条第二款', '2024-01-15 09:00', 45, 'working', '2024-03-21'],
  [
    'several organs together, prolonged by 15',
    '行政许可法 第42条第二款',
    '2024-01-15 09:00',
    60,
    'working',
    '2024-04-12',
  ],
  ['several organs together', '行政许可法 第42条第二款', '2026-01-15 09:00', 45, 'working', '2026-03-25'],
  [
    'several organs together, prolonged by 15',
    '行政许可法 第42条第二款',
    '2026-01-15 09:00',
    60,
    'working',
    '2026-04-16',
  ],
  ['the Sunday before 元旦 is over', '行政许可法 第82条', '2015-01-03 09:00', 1, 'working', '2015-01-04'],
  ['a Sunday is worked for 春节', '行政许可法 第82条', '2015-02-14 09:00', 1, 'working', '2015-02-15'],
  ['a Saturday is worked after 春节', '行政许可法 第82条', '2015-02-27 09:00', 1, 'working', '2015-02-28'],
  ['the parade', '行政许可法 第82条', '2015-09-02 09:00', 1, 'working', '2015-09-06'],
  ['the Sunday worked for the parade', '行政许可法 第82条', '2015-09-05 12:00', 1, 'working', '2015-09-06'],
  ['the Sunday worked before 春节', '行政许可法 第82条', '2020-01-18 09:00', 1, 'working', '2020-01-19'],
  [
    'a Saturday that was to be worked and was not',
    '行政许可法 第82条',
    '2020-01-31 09:00',
    1,
    'working',
    '2020-02-03',
  ],
  ['the spring that was prolonged', '行政许可法 第82条', '2020-01-23 16:00', 1, 'working', '2020-02-03'],
  ['a Sunday worked for 劳动节', '行政许可法 第82条', '2020-04-25 09:00', 1, 'working', '2020-04-26'],
  ['a Sunday worked for 国庆节', '行政许可法 第82条', '2020-09-26 09:00', 1, 'working', '2020-09-27'],
  ['a Sunday worked for 春节', '行政许可法 第82条', '2024-02-17 09:00', 1, 'working', '2024-02-18'],
  ['the Saturday worked for 中秋', '行政许可法 第82条', '2024-09-13 17:00', 1, 'working', '2024-09-14'],
  ['the Sunday worked for 清明', '行政许可法 第82条', '2024-04-06 09:00', 1, 'working', '2024-04-07'],
  ['a Saturday worked for 国庆节', '行政许可法 第82条', '2024-10-11 09:00', 1, 'working', '2024-10-12'],
  ['a Sunday worked for 春节', '行政许可法 第82条', '2025-01-25 09:00', 1, 'working', '2025-01-26'],
  [
    'a Saturday worked for 国庆节 and 中秋',
    '行政许可法 第82条',
    '2025-10-10 09:00',
    1,
    'working',
    '2025-10-11',
  ],
  ['a Saturday worked for 春节', '行政许可法 第82条', '2026-02-13 09:00', 1, 'working', '2026-02-14'],
  ['a Sunday worked for 国庆节', '行政许可法 第82条', '2026-09-19 09:00', 1, 'working', '2026-09-20'],
  ['Friday 23:50', '民法典 第201条', '2026-11-27 23:50', 1, 'working', '2026-11-30'],
  ['Saturday, filed', '民法典 第201条', '2026-11-28 10:00', 1, 'working', '2026-11-30'],
  ['Sunday 23:59', '民法典 第201条', '2026-11-29 23:59', 1, 'working', '2026-11-30'],
  ['midnight begins Monday', '民法典 第201条', '2026-11-30 00:00', 1, 'working', '2026-12-01'],
  ['on a day of 国庆节', '民法典 第201条', '2025-10-03 10:00', 1, 'working', '2025-10-09'],
  ['a Saturday that is worked', '民法典 第201条', '2026-10-10 10:00', 1, 'working', '2026-10-12'],
  ['Friday 23:50, five days', '民法典 第201条', '2026-11-27 23:50', 5, 'working', '2026-12-04'],
  ['Saturday, five days', '民法典 第201条', '2026-11-28 10:00', 5, 'working', '2026-12-04'],
  ['ends on a Saturday', '民法典 第203条', '2026-11-24 09:00', 4, 'calendar', '2026-11-30'],
  ['ends on a worked Saturday', '民法典 第203条', '2026-05-07 09:00', 2, 'calendar', '2026-05-09'],
  ['ends on the first day of 国庆节', '民法典 第203条', '2025-09-24 09:00', 7, 'calendar', '2025-10-09'],
  ['ends within 春节 2020, prolonged', '民法典 第203条', '2020-01-20 09:00', 10, 'calendar', '2020-02-03'],
  ['ends within 春节 2024', '民法典 第203条', '2024-02-01 09:00', 10, 'calendar', '2024-02-18'],
  ['ends within 春节 2015', '民法典 第203条', '2015-02-10 09:00', 15, 'calendar', '2015-02-25'],
  [
    'ends on a working day, days off within',
    '民法典 第203条',
    '2026-02-10 09:00',
    15,
    'calendar',
    '2026-02-25',
  ],
  ['ends on a Sunday that is worked', '民法典 第203条', '2024-04-02 09:00', 5, 'calendar', '2024-04-07'],
  ['ends on a plain Sunday', '民法典 第203条', '2025-03-01 09:00', 15, 'calendar', '2025-03-17'],
  ['LX-003, fifteen days', '民法典 第203条', '2026-09-22 09:00', 15, 'calendar', '2026-10-08'],
  ['LX-049, three days', '民法典 第203条', '2026-09-30 09:00', 3, 'calendar', '2026-10-08'],
  ['LX-050, seven days', '民法典 第203条', '2026-09-24 09:00', 7, 'calendar', '2026-10-08'],
  ['before closing', '县里定的', '2026-11-24 17:30', 0, 'working', '2026-11-24'],
  ['after closing', '县里定的', '2026-11-24 17:31', 0, 'working', '2026-11-25'],
  ['after closing on Friday', '县里定的', '2026-11-27 17:31', 0, 'working', '2026-11-30'],
  ['before 国庆节, after closing', '县里定的', '2026-09-30 18:00', 0, 'working', '2026-10-08'],
  ['on a day off', '县里定的', '2020-02-01 10:00', 0, 'working', '2020-02-03'],
  ['on a worked Sunday', '县里定的', '2026-09-20 10:00', 0, 'working', '2026-09-20'],
  ['on a worked Sunday, after closing', '县里定的', '2026-09-20 17:31', 0, 'working', '2026-09-21'],
  ['before 春节, after closing', '县里定的', '2024-02-09 17:31', 0, 'working', '2024-02-18'],
  [
    'an appraisal over 国庆节',
    '行政许可法 第45条',
    '2026-09-21 09:00',
    20,
    'working',
    '2026-11-03',
    ['2026-09-28', '2026-10-12'],
  ],
  [
    'a hearing that begins and ends within 春节',
    '行政许可法 第45条',
    '2026-02-11 09:00',
    20,
    'working',
    '2026-03-17',
    ['2026-02-16', '2026-02-20'],
  ],
  [
    'an expert review from before to after 春节 2020',
    '行政许可法 第45条',
    '2020-01-16 09:00',
    20,
    'working',
    '2020-02-26',
    ['2020-01-22', '2020-02-05'],
  ],
  [
    'two procedures, one after the other',
    '行政许可法 第45条',
    '2025-09-22 09:00',
    20,
    'working',
    '2025-11-04',
    ['2025-09-26', '2025-09-30'],
    ['2025-10-09', '2025-10-14'],
  ],
  [
    'two that overlap count once',
    '行政许可法 第45条',
    '2026-11-02 09:00',
    20,
    'working',
    '2026-12-10',
    ['2026-11-05', '2026-11-12'],
    ['2026-11-10', '2026-11-17'],
  ],
  [
    'stopped on the last day',
    '行政许可法 第45条',
    '2026-11-02 09:00',
    5,
    'working',
    '2026-11-16',
    ['2026-11-09', '2026-11-13'],
  ],
  [
    'stopped and gone on with on one day',
    '行政许可法 第45条',
    '2026-11-02 09:00',
    5,
    'working',
    '2026-11-09',
    ['2026-11-04', '2026-11-04'],
  ],
  [
    'gone on with in a year without a calendar',
    '行政许可法 第45条',
    '2026-12-01 09:00',
    20,
    'working',
    2027,
    ['2026-12-10', '2027-01-05'],
  ],
  [
    'two departments stopped, some days of it at once',
    '行政许可法 第45条',
    '2026-03-02 09:42',
    45,
    'working',
    '2026-05-15',
    ['2026-03-10', '2026-03-17'],
    ['2026-03-12', '2026-03-18'],
  ],
  [
    'the last day of the last year that is known',
    '行政许可法 第82条',
    '2026-12-24 09:00',
    5,
    'working',
    '2026-12-31',
  ],
  ['one day more', '行政许可法 第82条', '2026-12-24 09:00', 6, 'working', 2027],
  ['prolonged into the next year', '行政许可法 第42条', '2026-11-24 09:00', 30, 'working', 2027],
  ['calendar days into the next year', '民法典 第203条', '2026-12-24 09:00', 8, 'calendar', 2027],
  ['after closing on the last day', '县里定的', '2026-12-31 17:31', 0, 'working', 2027],
  ['before the first year that is known', '行政许可法 第82条', '2014-12-24 09:00', 6, 'working', 2014],
  ['from one year into the next', '行政许可法 第42条', '2025-12-17 09:00', 20, 'working', '2026-01-15'],
  ['from one year into the next', '行政许可法 第42条', '2019-12-25 09:00', 20, 'working', '2020-01-22'],
]

function clockOf([, , begins, days, unit, , ...stopped]: Limit): LegalClock {
  const [on = '', hour = ''] = begins.split(' ')
  const [hours = 0, minutes = 0] = hour.split(':').map(Number)
  return {
    startedAt: instantAt(plainDate(on), hours * 60 + minutes),
    days,
    unit,
    pauses: stopped.map(([from, until]) => ({ from: plainDate(from), until: plainDate(until) })),
  }
}

const named = LIMITS.map((limit): readonly [string, Limit] => {
  const [what, law, begins, days, unit, due] = limit
  return [`${what} (${law}): from ${begins} ${days} ${unit} days: ${due}`, limit]
})

test.each(named)('%s', (_, limit) => {
  const due = limit[5]
  const clock = clockOf(limit)
  if (typeof due === 'number') {
    expect(dueOf(clock, CALENDAR)).toEqual({ kind: 'calendar-missing', year: due })
    return
  }
  expect(dueOf(clock, CALENDAR)).toEqual({ kind: 'on', on: due })
  const counted = explainDays(clock, CALENDAR, plainDate(due)).filter(({ number }) => number !== null)
  expect(counted).toHaveLength(clock.days)
  if (clock.days > 0) expect(counted.at(-1)?.on).toBe(due)
})

/** Served on; the sixtieth day (行政复议法 第20条); six months later (行政诉讼法 第46条); both over the days off. */
const REMEDIES: readonly (readonly [string, string | null, string | null])[] = [
  ['2020-08-10', '2020-10-09', '2021-02-10'],
  ['2023-08-02', '2023-10-07', '2024-02-02'],
  ['2024-08-09', '2024-10-08', '2025-02-10'],
  ['2025-07-31', '2025-09-29', '2026-02-02'],
  ['2025-08-29', '2025-10-28', '2026-02-28'],
  ['2026-03-02', '2026-05-06', '2026-09-02'],
  ['2026-02-03', '2026-04-07', '2026-08-03'],
  ['2015-07-05', '2015-09-06', '2016-01-05'],
  ['2019-11-25', '2020-02-03', '2020-05-25'],
  ['2024-12-02', '2025-02-05', '2025-06-03'],
  ['2026-08-31', '2026-10-30', null],
  ['2026-11-24', null, null],
]

test.each(REMEDIES)('served on %s: review until %s, suit until %s', (servedOn, reviewUntil, suitUntil) => {
  expect(remedyDays(plainDate(servedOn), CALENDAR)).toMatchObject({ reviewUntil, suitUntil })
})

describe('of the items of the pack', () => {
  const items = new Map(packItems().map((item) => [item.id, item]))
  const filed = (id: string, day: string, minute?: number) => {
    const item = items.get(id)
    if (!item) throw new Error(`no ${id}`)
    return file(item, day, minute === undefined ? {} : { minute })
  }
  const CLOCKS = {
    promised: promisedClock,
    statutory: statutoryClock,
    acceptance: acceptanceClock,
    delivery: deliveryClock,
  } as const
  const lastDay = ({ item, state }: Journey, of: keyof typeof CLOCKS) => {
    const clock = CLOCKS[of](item, state)
    const due = clock && dueOf(clock, CALENDAR)
    return due?.kind === 'on' ? due.on : (due?.kind ?? null)
  }

  const pesticides = act(filed('LX-028', '2026-02-10'), 'accept')
  const project = act(nothingMissing(filed('LX-045', '2026-01-15')), 'accept')
  const stops = (journey: Journey, day: string, unitId: string) =>
    act(onDay(journey, day), 'suspend', { unitId })
  const twoStopped = stops(stops(project, '2026-01-19', 'water'), '2026-01-21', 'eco')
  const goneOn = act(
    onDay(act(onDay(twoStopped, '2026-01-23'), 'resume', { unitId: 'water' }), '2026-01-26'),
    'resume',
    { unitId: 'eco' },
  )
  const answered = supplement(onDay(act(filed('LX-005', '2026-09-24'), 'request-correction'), '2026-09-29'))
  const granted = (day: string) => act(onDay(driveTo(pesticides, 'decide'), day), 'grant')
  const shop = act(act(filed('LX-031', '2026-01-30'), 'accept'), 'grant')
  const house = filed('LX-025', '2026-09-14')
  const published = act(driveTo(onDay(house, '2026-09-18'), 'publicity'), 'publish-notice')
  const received = act(onDay(published, '2026-09-24'), 'close-notice')

  test.each<[string, string, Journey, keyof typeof CLOCKS, string]>([
    ['LX-028, ten days promised', '县里的承诺', pesticides, 'promised', '2026-03-02'],
    ['LX-028, decided', '行政许可法 第42条', pesticides, 'statutory', '2026-03-16'],
    [
      'LX-028, prolonged by ten',
      '行政许可法 第42条',
      act(driveTo(pesticides, 'decide'), 'extend'),
      'statutory',
      '2026-03-30',
    ],
    ['LX-028, delivered, over 春节', '行政许可法 第44条', granted('2026-02-13'), 'delivery', '2026-03-05'],
    ['LX-028, delivered, over 国庆', '行政许可法 第44条', granted('2026-09-30'), 'delivery', '2026-10-20'],
    ['LX-031, of whose guide says nothing', '行政许可法 第44条', shop, 'delivery', '2026-02-13'],
    ['LX-045, thirty days promised', '县里的承诺', project, 'promised', '2026-03-04'],
    ['LX-045, decided together', '行政许可法 第42条第二款', project, 'statutory', '2026-03-25'],
    ['LX-045, two departments stopped at once', '行政许可法 第45条', goneOn, 'statutory', '2026-04-01'],
    ['LX-045, as promised all the same', '县里的承诺', goneOn, 'promised', '2026-03-04'],
    [
      'LX-045, prolonged by fifteen',
      '行政许可法 第42条第二款',
      act(driveTo(project, 'finish'), 'extend'),
      'statutory',
      '2026-04-16',
    ],
    ['LX-005, the promise anew from the supplement', '县里的承诺', answered, 'promised', '2026-10-19'],
    ['LX-005, told anew what is missing', '行政许可法 第32条', answered, 'acceptance', '2026-10-12'],
    ['LX-025, the end of the village stage is the receipt', '县里的承诺', received, 'promised', '2026-10-22'],
    ['LX-025, accepted after the stage', '行政许可法 第32条', received, 'acceptance', '2026-10-09'],
    [
      'LX-013, on the spot at 17:30',
      '县里的承诺',
      filed('LX-013', '2026-09-30', 17 * 60 + 30),
      'promised',
      '2026-09-30',
    ],
    [
      'LX-013, on the spot at 17:31',
      '县里的承诺',
      filed('LX-013', '2026-09-30', 17 * 60 + 31),
      'promised',
      '2026-10-08',
    ],
    [
      'LX-005, silence counts from the receipt',
      '行政许可法 第32条',
      filed('LX-005', '2026-09-24'),
      'acceptance',
      '2026-10-09',
    ],
  ])('%s (%s)', (_what, _law, journey, clock, expected) => {
    expect(lastDay(journey, clock)).toBe(expected)
  })

  test('LX-025: nothing of it runs before the village has looked, which has five days of its own', () => {
    expect([lastDay(house, 'promised'), lastDay(house, 'acceptance')]).toEqual([null, null])
    const [first] = openParts(house.state)
    expect(first && taskDue(house.item, house.state, first.step, first.part, CALENDAR)).toEqual({
      kind: 'on',
      on: '2026-09-20',
    })
    const hung = published.state.steps.find(({ key }) => key === 'publicity')
    expect(hung && noticeDays(published.item, hung, CALENDAR)).toEqual({
      lastOn: '2026-09-23',
      closableOn: '2026-09-24',
    })
  })

  test('LX-028: ten days to answer a notice, and five after the one reminder (县里的规则)', () => {
    const asked = act(filed('LX-028', '2026-09-17'), 'request-correction')
    const until = ({ item, state }: Journey) => {
      const correction = openCorrection(state)
      return correction && correctionDue(item, state, correction, CALENDAR)
    }
    expect(until(asked)).toEqual({ kind: 'on', on: '2026-10-08' })
    expect(until(passTime(onDay(asked, '2026-10-08')))).toEqual({ kind: 'on', on: '2026-10-14' })
  })
})
