import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { file } from '../e2e/scenes'
import { type County, caseOf, openCounty } from './county'
import { disowning } from './disowning'

// A promise that breaks in a year without a calendar: no day of it can be promised in its place, and nobody is asked for one.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-12-17T09:42:00+08:00' })
})
afterAll(() => county.close())
const { born, does, toldOf } = disowning(() => county)

test('who holds it is told to do it, not to name a day, and who waits is told no day on which they hear of one', async () => {
  const owner = await born('郝无日', 3)
  const id = await file(county, owner, 'LX-005')
  await does('zhao-min', id, 'accept')
  await county.door('POST', 'clock', { set: '2027-01-04T08:31:00+08:00' })
  await county.app.jobs['remind-of-deadlines']()
  const [told] = await toldOf(owner.person, id)
  expect(told).toMatchObject({ title: '高龄津贴：没赶上说好的日子' })
  expect(told?.lines.join('')).toMatch(/没有新日子可定，在催着办，办好了马上告诉你/)
  expect(told?.lines.join('')).not.toContain('告诉你哪天能')
  const inbox = async (staffId: string) =>
    (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body.items.find(
      ({ page, title }) => page.includes(id) && title.includes('没赶上'),
    )
  expect((await inbox('sun-zhiyuan'))?.lines.join('')).toMatch(/没有新日子可定，抓紧办/)
  expect((await inbox('wu-deming'))?.lines.join('')).toMatch(/没有新日子可定，请催着办/)
  const seen = await caseOf(await county.as('sun-zhiyuan'), id)
  expect(seen.staff?.allowed.map(({ action }) => action)).not.toContain('promise-anew')
  // Nobody had said that a day would be named: on the next day nobody is told that none was.
  await county.door('POST', 'clock', { set: '2027-01-06T08:31:00+08:00' })
  await county.app.jobs['remind-of-deadlines']()
  expect((await toldOf(owner.person, id)).map(({ title }) => title)).not.toContain('高龄津贴：新日子没人定')
})
