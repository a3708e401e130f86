import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import type { Queue } from '#shared/contract/work'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'
import { fileProject, nothingMissing } from './project'

// 行政许可法 第22条: nobody decides for a head whose leave names nobody. Whoever waits reads that it waits, and until when.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const HEADS = ['approver-transport-1', 'approver-transport-2'] as const
const leave = (to: string | null, substituteId: string | null = null) => {
  const days = to === null ? [] : [{ from: '2026-11-01', to, substituteId }]
  return county.services.database.rows(sql`with changed as (update staff set leave = ${JSON.stringify(days)}::jsonb
      where id in (select jsonb_array_elements_text(${JSON.stringify(HEADS)}::jsonb)))
    update reference_data set revision = revision + 1, registry = registry + 1`)
}
const job = () => county.app.jobs['remind-of-deadlines']()

async function confirm(id: string) {
  const window = await county.as('window-transport')
  const { version } = await caseOf(window, id)
  const confirmed = await window.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version, reason: '本人在面前' },
  })
  expect(confirmed.status, JSON.stringify(confirmed.body)).toBe(200)
}

async function toDecide(name: string) {
  const born = await newcomer(county, { name, birth: '1980-03-05', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name }, 'LX-038')
  expect((await act(await county.as('window-transport'), id, 'accept')).status).toBe(200)
  expect((await act(await county.as('reviewer-transport-1'), id, 'pass')).status).toBe(200)
  return { ...born, id }
}

test('whoever waits reads that the head is away, from when somebody is there, and what of the days that endangers', async () => {
  const one = await toDecide('殷一')
  const before = await caseOf(one.person, one.id)
  expect([before.nowText, before.decisionAwaits]).toEqual(['县交通局正在作决定', undefined])
  await leave('2026-12-31')
  const view = await caseOf(one.person, one.id)
  expect(view.nowText).toBe('县交通局在等能作决定的人')
  expect(view.decisionAwaits).toBe(
    '能作决定的人 2027年1月4日 才在。说好的日子怕赶不上，法定最晚 12月22日 也怕赶不上。',
  )
  await job()
  expect((await caseOf(one.person, one.id)).decisionAwaits).toMatch(/县里督办的.+也知道了。$/)
  const own = await one.person.send<CaseList>('GET', '/api/cases')
  expect(own.body.items.map(({ statusText }) => statusText)).toEqual(['县交通局在等能作决定的人'])
  const { body } = await (await county.as('supervisor-1')).send<Queue>('GET', '/api/work/cases?tab=to-do')
  expect(body.items.map(({ caseId }) => caseId)).toContain(one.id)
})

test('nothing is said of it where the leave names somebody, or the head is back before the day', async () => {
  const one = await toDecide('殷二')
  for (const [to, substituteId] of [
    ['2026-12-31', 'reviewer-transport-2'],
    ['2026-11-24', null],
    [null, null],
  ] as const) {
    await leave(to, substituteId)
    const { nowText, decisionAwaits } = await caseOf(one.person, one.id)
    expect([nowText, decisionAwaits]).toEqual(['县交通局正在作决定', undefined])
  }
})

test('a nudge says who hears of it, who only carries it on, and when whoever decides is there', async () => {
  await leave(null)
  const one = await toDecide('殷三')
  await confirm(one.id)
  expect((await caseOf(one.person, one.id)).nudge?.whom).toMatch(/^正在作决定的/)
  await leave('2026-12-31')
  // The heads are told of nothing while they are away.
  expect((await caseOf(one.person, one.id)).nudge?.to).toBeNull()
  await job()
  const { nudge } = await caseOf(one.person, one.id)
  expect(nudge?.to).toEqual(expect.any(String))
  expect(nudge?.whom).toMatch(/^正在跟进的/)
  await leave(null)
})

test('nobody is promised who must leave the case to others', async () => {
  const one = await toDecide('殷四')
  await county.services.database.rows(sql`with changed as (update staff set id_number_index = (select p.id_number_index from cases c join profiles p on p.id = c.filed_by where c.id = ${one.id}::uuid)
      where id in (select jsonb_array_elements_text(${JSON.stringify(HEADS)}::jsonb)))
    update reference_data set revision = revision + 1, registry = registry + 1`)
  // Of what was only typed nobody learns whose it is.
  const typed = await caseOf(one.person, one.id)
  expect(typed.nowText).toBe('县交通局正在作决定')
  expect(typed).not.toHaveProperty('decisionAwaits')
  await confirm(one.id)
  const view = await caseOf(one.person, one.id)
  expect(view.nowText).toBe('县交通局在等能作决定的人')
  expect(view.decisionAwaits).toMatch(/^能作决定的人都要回避，现在没有别人能定。/)
  const { items } = (await one.person.send<CaseList>('GET', '/api/cases')).body
  expect(items[0]).toMatchObject({ statusText: view.nowText, dueDoubted: true })
})

test('of several departments that decide at one time the one that waits is named, with the day; the others go on', async () => {
  const { person, id } = await fileProject(county)
  await nothingMissing(county, id)
  expect((await act(await county.as('zhou-min'), id, 'accept')).status).toBe(200)
  const before = await caseOf(person, id)
  expect(before.nowText).toMatch(/^\d 个部门正在审核$/)
  await county.services.database.rows(sql`with changed as (update staff set leave = '[{"from":"2026-11-01","to":"2026-12-31","substituteId":null}]'::jsonb
      where id in (select staff_id from staff_roles where unit_id = 'water'))
    update reference_data set revision = revision + 1, registry = registry + 1`)
  const view = await caseOf(person, id)
  expect(view.nowText).toMatch(/^\d 个部门正在审核，其中县水利局在等能作决定的人$/)
  expect(view.decisionAwaits).toMatch(/^县水利局能作决定的人 2027年1月4日 才在。/)
  const { items } = (await person.send<CaseList>('GET', '/api/cases')).body
  expect(items.find((each) => each.id === id)?.statusText).toBe(view.nowText)
})
