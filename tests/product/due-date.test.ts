import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Problem } from '#shared/contract/problems'
import type { DueDate } from '#shared/contract/time-limit'
import { type County, openCounty } from './county'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const asked = <Body = DueDate>(query: string) =>
  county.visitor.send<Body>('GET', `/api/time-limit/due-date?${query}`)
const off = (reason: string, ...days: string[]) => days.map((on) => ({ on, reason }))

test('anybody learns the last day of a limit in working days, and how it was counted', async () => {
  const { status, body, headers } = await asked('start=2026-09-30&days=3&unit=working')
  expect(status).toBe(200)
  expect(body).toEqual({
    dueOn: '2026-10-10',
    counted: ['2026-10-08', '2026-10-09', '2026-10-10'],
    skipped: off(
      '放假',
      '2026-10-01',
      '2026-10-02',
      '2026-10-03',
      '2026-10-04',
      '2026-10-05',
      '2026-10-06',
      '2026-10-07',
    ),
  })
  expect(headers.get('cache-control')).toBe('public, max-age=300')
})

test('calendar days that end on a day off move on: the day moved to is the last, those before it are skipped', async () => {
  expect((await asked('start=2026-11-24&days=4&unit=calendar')).body).toEqual({
    dueOn: '2026-11-30',
    counted: ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30'],
    skipped: off('周末', '2026-11-28', '2026-11-29'),
  })
  // What the days off lie in the midst of counts them.
  expect((await asked('start=2026-11-27&days=3&unit=calendar')).body).toEqual({
    dueOn: '2026-11-30',
    counted: ['2026-11-28', '2026-11-29', '2026-11-30'],
    skipped: [],
  })
})

test.each([
  ['2026-11-24', { dueOn: '2026-11-24', counted: [], skipped: [] }],
  ['2026-11-28', { dueOn: '2026-11-30', counted: [], skipped: off('周末', '2026-11-29') }],
  ['2026-02-14', { dueOn: '2026-02-14', counted: [], skipped: [] }],
  [
    '2020-01-31',
    {
      dueOn: '2020-02-03',
      counted: [],
      skipped: off('放假', '2020-02-01', '2020-02-02'),
    },
  ],
])('0 days from %s', async (start, expected) => {
  for (const unit of ['working', 'calendar'])
    expect((await asked(`start=${start}&days=0&unit=${unit}`)).body).toEqual(expected)
})

test('ten years are counted out in time, as many days as were asked for', async () => {
  const begun = performance.now()
  const { body } = await asked('start=2015-01-01&days=3650&unit=calendar')
  expect(performance.now() - begun).toBeLessThan(2000)
  expect(body.counted).toHaveLength(3650)
  // The 3,650th day is a Sunday.
  expect([body.dueOn, body.counted.at(-1)]).toEqual(['2024-12-30', '2024-12-30'])
})

test.each([
  ['2026-12-24', 6, 'working', 2027],
  ['2026-12-24', 8, 'calendar', 2027],
  ['2026-12-31', 1, 'calendar', 2027],
  ['2014-12-30', 2, 'working', 2014],
  // It ends in a year that is known, and has days in one that is not.
  ['2014-06-01', 400, 'calendar', 2014],
  ['2014-12-31', 0, 'working', 2014],
  ['2027-01-04', 0, 'calendar', 2027],
  ['2015-01-01', 3650, 'working', 2027],
  ['9999-12-31', 1, 'calendar', 10000],
])('from %s %i %s days: no date, and the year is named', async (start, days, unit, year) => {
  const { status, body, headers } = await asked<Problem>(`start=${start}&days=${days}&unit=${unit}`)
  expect([status, body.code]).toEqual([422, 'time-limit.calendar-missing'])
  expect(body.title).toBe(`${year} 年的放假安排这里没有，算不出日期`)
  expect(headers.get('cache-control')).toBe('no-store')
})

test('the day before the first year that is known counts on from there', async () => {
  expect((await asked('start=2014-12-31&days=1&unit=working')).body.dueOn).toBe('2015-01-04')
})

test.each([
  '',
  'days=1&unit=working',
  'start=2026-11-24&unit=working',
  'start=2026-11-24&days=1',
  'start=2026-02-30&days=1&unit=working',
  'start=2026-1-1&days=1&unit=working',
  'start=0000-01-01&days=1&unit=working',
  'start=2026-11-24T00:00:00Z&days=1&unit=working',
  'start=2026-11-24&days=-1&unit=working',
  'start=2026-11-24&days=3651&unit=working',
  'start=2026-11-24&days=1.5&unit=working',
  'start=2026-11-24&days=1e2&unit=working',
  'start=2026-11-24&days=0x1&unit=working',
  'start=2026-11-24&days=%201&unit=working',
  'start=2026-11-24&days=&unit=working',
  'start=2026-11-24&days=1&unit=weeks',
  'start=2026-11-24&start=2026-11-25&days=1&unit=working',
  'start=2026-11-24&days=1&days=2&unit=working',
  'start=2026-11-24&days=1&unit=working&unit=calendar',
  'start=2026-11-24&days=1&unit=working&county=1',
])('what is no question is refused: %s', async (query) => {
  const { status, body } = await asked<Problem>(query)
  expect([status, body.code]).toEqual([400, 'request.invalid'])
})

test('the document of the API tells the answer', async () => {
  interface Served {
    readonly paths: Readonly<Record<string, { get: { parameters: { name: string; required?: boolean }[] } }>>
  }
  const { body } = await county.visitor.send<Served>('GET', '/api/openapi.json')
  const { parameters } = body.paths['/api/time-limit/due-date']?.get ?? { parameters: [] }
  expect(parameters.map(({ name, required }) => [name, required])).toEqual([
    ['start', true],
    ['days', true],
    ['unit', true],
  ])
})

test('one network alone is not answered without end', async () => {
  // Without a server around it all come from nowhere known, which counts as one.
  const ask = () => county.app.app.request('/api/time-limit/due-date?start=2014-01-01&days=0&unit=working')
  expect((await ask()).status).toBe(422)
  for (let asked = 1; asked < 1200; asked += 1) await ask()
  const over = await ask()
  expect(over.status).toBe(429)
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0)
}, 60_000)
