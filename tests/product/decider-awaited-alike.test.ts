import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import type { Home } from '#shared/contract/service-item'
import { DALIANG, file } from '../e2e/scenes'
import { createRandom } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty } from './county'

// 行政许可法 第22条: leave changes without any write of a case. The list, the first screen, the page and the page of staff say the same at
// each reading, whether a job has gone round or not.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const HEADS = ['approver-transport-1', 'approver-transport-2'] as const
const STAND_INS = ['reviewer-transport-2', 'window-transport', 'sun-zhiyuan', null] as const
const STATES = 100
const WAITS = /在等能作决定的人/

const { pick, chance } = createRandom(20261203)
const DAYS = ['2026-11-10', '2026-11-24', '2026-12-01', '2026-12-09', '2026-12-21', '2026-12-31'] as const

/** Each head's leave, whom it names, that one's own leave, and who has left the post. */
const drawn = () => ({
  leaves: [...HEADS, 'reviewer-transport-2'].map((id) => ({
    id,
    leave: chance(0.25)
      ? []
      : [
          {
            from: '2026-11-01',
            to: pick(DAYS),
            substituteId: id === 'reviewer-transport-2' ? null : pick(STAND_INS),
          },
        ],
  })),
  gone: HEADS.filter(() => chance(0.2)),
})

const setTo = ({ leaves, gone }: ReturnType<typeof drawn>) =>
  county.services.database.rows(sql`with changed as (update staff s
      set leave = l.leave, active = not jsonb_exists(${JSON.stringify(gone)}::jsonb, s.id)
      from jsonb_to_recordset(${JSON.stringify(leaves)}::jsonb) as l(id text, leave jsonb) where s.id = l.id)
    update reference_data set revision = revision + 1, registry = registry + 1`)

test('list, first screen, page and page of staff say the same of whoever is to decide, in every state of leave', async () => {
  const born = await newcomer(county, { name: '殷全', birth: '1980-03-05', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name: '殷全' }, 'LX-038')
  await act(await county.as('window-transport'), id, 'accept')
  expect((await act(await county.as('reviewer-transport-1'), id, 'pass')).status).toBe(200)
  const seen = { waits: 0, decides: 0, doubted: 0 }
  for (let at = 0; at < STATES; at += 1) {
    const state = drawn()
    await setTo(state)
    // As a version before wrote it: it told of nobody who is to decide.
    if (chance(0.2))
      await county.services.database.rows(
        sql`update cases set line = replace(replace(line, '{"shape":14,', '{"shape":13,'), '"toDecide":', '"before":') where id = ${id}::uuid`,
      )
    if (chance(0.1)) await county.app.jobs['remind-of-deadlines']()
    const page = await caseOf(born.person, id)
    const staff = await caseOf(await county.as('reviewer-transport-1'), id)
    const { items } = (await born.person.send<CaseList>('GET', '/api/cases')).body
    const { me } = (await born.person.send<Home>('GET', '/api/home')).body
    const said = (
      one: { readonly dueDoubted?: boolean | undefined } | undefined,
      words: string | undefined,
    ) => [words, one?.dueDoubted ?? false]
    const told = said(page, page.nowText)
    const why = JSON.stringify({ at, state })
    expect(said(items[0], items[0]?.statusText), why).toEqual(told)
    expect(said(me?.running[0], me?.running[0]?.statusText), why).toEqual(told)
    expect(said(staff, staff.nowText), why).toEqual(told)
    expect(page.decisionAwaits !== undefined, why).toBe(WAITS.test(page.nowText))
    expect(page.decisionAwaits?.includes('怕赶不上') ?? false, why).toBe(page.dueDoubted ?? false)
    expect(staff.decisionAwaits, why).toBe(page.decisionAwaits)
    if (page.decisionAwaits === undefined) seen.decides += 1
    else seen.waits += 1
    if (page.dueDoubted) seen.doubted += 1
  }
  // Both kinds were met often: the comparison was of something.
  expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).toBeGreaterThan(10)
}, 120_000)
