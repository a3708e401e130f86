import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { ReminderDay } from '../../functions/sandbox/reminder-day'
import { allowanceOf } from './allowance'
import { type County, openCounty, sendAll } from './county'

// Where the console says that today's reminders went, by the outbox itself.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const dayOf = async (...people: string[]) =>
  (await county.door<{ reminderDay: ReminderDay }>('GET', `reminder-day?people=${people.join(',')}`)).body
    .reminderDay
const fates = (day: ReminderDay, person: string) =>
  day.lanes.find(({ id }) => id === person)?.marks.map(({ fate }) => fate)

test('an agent of the evening is told then, and the day says so before and after', async () => {
  const empty = await dayOf('wang-lixin', 'li-jianguo')
  expect(empty).toMatchObject({ wanted: 0, rang: 0 })
  expect(empty.lanes.map(({ id, kind }) => [id, kind])).toEqual([
    ['wang-lixin', 'part-timer'],
    ['li-jianguo', 'enterprise'],
  ])
  expect(empty.lanes[0]?.hours).toEqual([[18 * 60 + 30, 20 * 60 + 30]])

  const son = await county.as('li-jianguo')
  const mother = { name: '陈桂兰', idNumber: '341821194611180024' }
  const body = { ...(await allowanceOf(son, mother)), agent: true }
  expect((await son.send<CaseCreated>('POST', '/api/cases', { body })).status).toBe(201)
  await sendAll(county)
  const before = await dayOf('wang-lixin', 'li-jianguo')
  expect(fates(before, 'wang-lixin')).toEqual(['waiting'])
  expect(before.lanes[0]).toMatchObject({ rang: 0, max: 3 })
  expect(before).toMatchObject({ urgentKeptBack: 0, fates: { waiting: 1 } })

  await county.door('POST', 'clock', { set: '2026-11-24T18:31:00+08:00' })
  const after = await dayOf('wang-lixin')
  // That it runs out tomorrow, before the next evening, is told by the same push.
  expect(fates(after, 'wang-lixin')?.toSorted()).toEqual(['merged', 'sent'])
  const mark = after.lanes[0]?.marks.find(({ fate }) => fate === 'sent')
  expect(mark?.title).toMatch(/高龄津贴/)
  expect(mark?.steps.map(({ title }) => title)).toEqual(['想发', '发出去了'])
  expect(mark).toMatchObject({ to: 18 * 60 + 30 })
  expect(after.lanes[0]).toMatchObject({ rang: 1, max: 3 })
  expect(after.rang).toBeGreaterThan(before.rang)
  expect(Object.values(after.fates).reduce((sum, count) => sum + count)).toBe(after.wanted)
})

test('nobody is asked for by an id that is none, nor more than twelve at once', async () => {
  expect((await county.door('GET', 'reminder-day?people=nobody-at-all')).status).toBe(404)
  const many = Array.from({ length: 13 }, (_, nth) => `p-${nth}`).join(',')
  expect((await county.door('GET', `reminder-day?people=${many}`)).status).toBe(422)
})
