import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { file } from '../e2e/scenes'
import { type County, caseOf, openCounty, sendAll } from './county'
import { disowning } from './disowning'

// 行政许可法 第32条: what nobody answers in five working days is accepted. Who must hear of it hears of it, and may look.
let county: County
const { born, does, send, titlesOf } = disowning(() => county)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}+08:00` })
const night = () => county.app.jobs['run-deadlines']()
type Born = Awaited<ReturnType<typeof born>>
const people: { silent: Born; withdrawn: Born; answered: Born } = {} as never
const ids = { silent: '', withdrawn: '', answered: '' }

beforeAll(async () => {
  county = await openCounty()
  await setClock('2026-11-24T09:42:00')
  for (const kind of ['silent', 'withdrawn', 'answered'] as const) {
    people[kind] = await born('郝没答', 3)
    ids[kind] = await file(county, people[kind], 'LX-005')
  }
  await does('zhao-min', ids.answered, 'accept')
})
afterAll(() => county.close())

const toldTo = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body.items.filter(
    ({ page, title }) => page.includes(id) && title.includes('视为受理'),
  )
const statusFor = async (staffId: string, id: string) =>
  (await (await county.as(staffId)).send('GET', `/api/cases/${id}`)).status
const waiting = async (staffId: string) => {
  await sendAll(county)
  const [row] = await county.services.database.rows<{ count: number }>(
    sql`select count(*)::int from reminders where recipient = ${`staff:${staffId}`} and kind = 'silence'
      and available_at = '2026-12-02T08:30:00+08:00'::timestamptz`,
  )
  return row?.count
}
const WATCHERS = ['liaison-341821105', 'supervisor-1']

test('until the days are over nobody above the counter sees it', async () => {
  await setClock('2026-12-01T17:00:00')
  await night()
  for (const staffId of WATCHERS) expect(await statusFor(staffId, ids.silent)).toBe(404)
})

test('liaison and supervisor are told once, and see it from then on', async () => {
  await setClock('2026-12-02T00:02:00')
  // Whoever acts before the job has come brings it about as well.
  expect((await send(people.withdrawn.person, ids.withdrawn, 'withdrawal')).status).toBe(200)
  await night()
  await night()
  // Nobody is called on at night: it is there when the offices open.
  for (const staffId of WATCHERS) expect(await waiting(staffId)).toBe(2)
  for (const staffId of WATCHERS) {
    for (const id of [ids.silent, ids.withdrawn]) {
      expect(await toldTo(staffId, id), staffId).toMatchObject([
        {
          title: '高龄津贴：到期没受理，视为受理',
          lines: [
            '梅渚镇在受理期限里没有答复，自 11月24日 起视为受理，申请人已经知道',
            ...(id === ids.silent ? ['问一问为什么没人答复，催着往下办'] : []),
            expect.stringContaining('办件编号'),
          ],
        },
      ])
      expect(await statusFor(staffId, id), staffId).toBe(200)
    }
    expect(await statusFor(staffId, ids.answered)).toBe(404)
    expect((await caseOf(await county.as(staffId), ids.silent)).staff?.allowed).toEqual([])
  }
})

test('those of other units hear nothing, and the rows are what their events say', async () => {
  expect(await titlesOf(await county.as('liaison-341821100'), ids.silent)).toEqual([])
  expect(await statusFor('liaison-341821100', ids.silent)).toBe(404)
  expect(await rebuildCases({ services: county.services, words: [], print: () => undefined })).toBe(0)
})
