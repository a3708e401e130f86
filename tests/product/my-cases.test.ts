import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import type { Home } from '#shared/contract/service-item'
import { breaksOn } from '#shared/domain/case/clock/broken-promise'
import { lightAt } from '#shared/domain/case/clock/case-light'
import { overrunsOn } from '#shared/domain/case/clock/overrun'
import type { CaseState } from '#shared/domain/case/state'
import { decideOnTime } from '#shared/domain/case/step/decide-on-time'
import { type StoredState, upgradeState } from '#shared/domain/case/upgrade'
import { addDays, dayIn, instantAt } from '#shared/domain/kernel/plain-date'
import { type CaseRow, caseJson } from '../../functions/features/case/case-row'
import { currentState } from '../../functions/features/case/current-state'
import { caseLine, lineColumns, readLine, standOn } from '../../functions/features/case/lists/case-line'
import { timeContext } from '../../functions/features/case/on-time'
import { itemOf } from '../../functions/features/case/standing'
import { file, playScenes } from '../e2e/scenes'
import { type County, openCounty } from './county'

// My cases and home go by what the writes have kept of each case.
let county: County
const people: string[] = []
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
beforeAll(async () => {
  county = await openCounty()
  const { resident, stranger } = await playScenes(county.url)
  people.push(resident, 'li-jianguo')
  // Of somebody else's number: whether who has filed it is confirmed makes a difference.
  const other = { name: '胡春兰', idNumber: stranger.idNumber, agent: true } as const
  for (const itemId of ['LX-025', 'LX-029', 'LX-017'])
    await file(county, { person: await county.as('li-jianguo'), ...other }, itemId)
}, 180_000)
afterAll(() => county.close())

async function answerOf<Body>(person: string, path: string) {
  const { status, body } = await (await county.as(person)).send<Body>('GET', path)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const everybody = () =>
  Promise.all(
    people.map(async (person) => ({
      cases: await answerOf<CaseList>(person, '/api/cases'),
      home: await answerOf<Home>(person, '/api/home'),
    })),
  )

test('lists go by what each write keeps of a case, not by its state', async () => {
  const before = await everybody()
  expect(before.flatMap(({ cases }) => cases.items).length).toBeGreaterThan(5)
  expect(before.flatMap(({ home }) => home.me?.todos ?? []).length).toBeGreaterThan(0)
  await rows(sql`create table kept as select id, state from cases`)
  await rows(
    sql`update cases set state = state - 'steps' - 'pauses' - 'corrections' - 'approvals' - 'identityConfirmed'`,
  )
  expect(await everybody()).toEqual(before)
  await rows(sql`update cases c set state = k.state from kept k where k.id = c.id`)
})

interface Stored extends Omit<CaseRow, 'state'> {
  readonly state: StoredState
}

test('the list tells of messages as the first screen does, and of whom a person is to be seen first', async () => {
  for (const { cases, home } of await everybody()) {
    expect(cases.unread).toBe(home.me?.unreadMessages)
    for (const { caseId, personAwaited } of home.me?.running ?? [])
      expect(cases.items.find(({ id }) => id === caseId)?.personAwaited).toBe(personAwaited)
    for (const { identityAwaited, personAwaited } of cases.items)
      expect(personAwaited).toBe(identityAwaited?.includes('核一次身份') ?? false)
  }
  const all = (await everybody()).flatMap(({ cases }) => cases.items)
  expect(new Set(all.map(({ personAwaited }) => personAwaited)).size).toBe(2)
})

test('the line that was filed is the one of the state that was filed', async () => {
  const reference = await county.app.reference.current()
  const found = await rows<{ caseRow: Stored; line: string; splits: boolean }>(
    sql`select ${caseJson(dayIn(county.services.clock.now()))} as "caseRow", line, line_splits as splits from cases c`,
  )
  const confirmed = new Set<boolean>()
  for (const { caseRow, line, splits } of found) {
    const state: CaseState = upgradeState(caseRow.state)
    confirmed.add(state.identityConfirmed)
    const item = itemOf(reference, { ...caseRow, state })
    const of = caseLine({ item, state, reference, now: caseRow.filedAt, documents: caseRow.documents })
    const kept = readLine(line)
    expect(kept.own).toEqual(of.own)
    expect(splits, item.id).toBe(of.spans.some(({ unknown }) => unknown !== null))
    for (const isFilerKnown of [true, ...(splits ? [false] : [])])
      expect(standOn(kept, caseRow.filedAt, isFilerKnown)).toEqual(standOn(of, caseRow.filedAt, isFilerKnown))
  }
  expect(confirmed.size).toBe(2)
})

test('a case that a version before has written stands in them as ever', async () => {
  const before = await everybody()
  await rows(sql`update cases set line = replace(line, '"known"', '"was"')`)
  await rows(sql`update cases set line_version = version - 1`)
  expect(await everybody()).toEqual(before)
  await rows(sql`update cases set line = null, line_version = null, line_splits = null`)
  expect(await everybody()).toEqual(before)
})

test('what a line foretells of a day is what that day would say, and when time moves the case', async () => {
  const now = county.services.clock.now()
  const reference = await county.app.reference.current()
  const { calendar } = reference
  const found = await rows<{ caseRow: Stored }>(
    sql`select ${caseJson(dayIn(now))} as "caseRow" from cases c where c.ended_at is null`,
  )
  let [spans, turned] = [0, 0]
  for (const { caseRow } of found) {
    const state: CaseState = upgradeState(caseRow.state)
    const item = itemOf(reference, { ...caseRow, state })
    const place = { item, state, reference, documents: caseRow.documents }
    const line = caseLine({ ...place, now })
    const { turnsOn } = lineColumns({ ...place, now })
    spans += line.spans.length - 1
    for (let day = dayIn(now); day < addDays(dayIn(now), 60); day = addDays(day, 1)) {
      const at = instantAt(day, 600)
      for (const isFilerKnown of [true, false]) {
        const told = standOn(line, at, isFilerKnown)
        const fresh = standOn(caseLine({ ...place, now: at }), at, isFilerKnown)
        const shown = ({ stand }: typeof told) => ({ ...stand, light: lightAt(stand.light, day, calendar) })
        expect(shown(told), `${day} ${item.id}`).toEqual(shown(fresh))
      }
      const brings = [null, { at: null, numberIndex: '' }].some((filerConfirmed) => {
        const current = currentState(item, { state, filerConfirmed }, at)
        const found = [breaksOn(item, current, calendar), overrunsOn(current, calendar)]
        return (
          decideOnTime(item, current, timeContext(at, reference)).length > 0 ||
          found.some((on) => on !== null && on <= day)
        )
      })
      expect(brings, `${day} ${item.id} ${turnsOn}`).toBe(turnsOn !== null && turnsOn <= day)
      turned += brings ? 1 : 0
    }
  }
  expect(spans).toBeGreaterThan(1)
  expect(turned).toBeGreaterThan(1)
}, 120_000)

test('what is asked for stands on the first screen, however many newer cases there are', async () => {
  const asked = (home: Home) => home.me?.todos.filter(({ kind }) => kind === 'correction') ?? []
  const homes = await Promise.all(people.map((person) => answerOf<Home>(person, '/api/home')))
  const at = homes.findIndex((home) => asked(home).length > 0)
  const person = people[at] ?? ''
  const [todo] = asked(homes[at] as Home)
  await rows(sql`insert into cases select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'status', 'submitted',
      'case_number', gen_random_uuid(), 'duplicate_guard', null, 'duplicate_index', null, 'key_index', null))).*
    from cases c, generate_series(1, 30) where c.id = (select id from cases o where o.ended_at is null and o.status <> 'correcting'
      and o.filed_by = (select filed_by from cases where id = ${todo?.caseId ?? ''}::uuid) limit 1)`)
  await rows(sql`update cases set id = ('ff' || substr(id::text, 3))::uuid where case_number like '%-%'`)
  expect((await answerOf<CaseList>(person, '/api/cases')).items.map(({ id }) => id)).not.toContain(
    todo?.caseId,
  )
  expect(asked(await answerOf<Home>(person, '/api/home'))).toContainEqual(todo)
})
