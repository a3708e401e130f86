import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Account } from '#shared/contract/account'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseAgain } from '#shared/contract/case'
import { file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, type Person } from '../product/county'
import { applicationOf, fileCase } from './applications'
import { atMost, openOnServices } from './counties'
import { ask } from './databases'

let county: County
let databaseUrl: string
let resident: Person
beforeAll(async () => {
  const opened = await openOnServices('PostgreSQL and Redis', { DATABASE_CONNECTIONS: '20' })
  county = opened.county
  databaseUrl = opened.databaseUrl
  const born = await newcomer(county, {
    name: '沈秀英',
    birth: '1970-03-05',
    villageCode: '341821105200',
    // Whoever is not confirmed has ten cases pending at most.
    level: 3,
  })
  resident = born.person
})
afterAll(() => county.close())

it('lets one of two staff accept the same case, fifty times', async () => {
  const [one, two] = await Promise.all([county.as('zhao-min'), county.as('qian-li')])
  const filed = await atMost(50, 4, (index) => fileCase(resident, 'LX-017', index))
  for (const { id } of filed) {
    const view = await caseOf(one, id)
    const allowed = view.staff?.allowed.find(({ action }) => action === 'accept')
    const body = {
      action: 'accept',
      version: view.version,
      stepKey: allowed?.stepKey,
      unitId: allowed?.unitId,
    }
    const answers = await Promise.all(
      [one, two].map((who) => who.send('POST', `/api/cases/${id}/actions`, { body })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'case.state-changed' })
  }
  const [counted] = await ask<Record<string, number>>(
    databaseUrl,
    `select count(*) filter (where type = 'accepted')::int as events,
      count(distinct case_id) filter (where type = 'accepted')::int as cases,
      (select count(*)::int from audit_entries where action like 'case.accepted%') as audits from case_events`,
  )
  expect(counted).toEqual({ events: 50, cases: 50, audits: 50 })
})

it('gives 200 applications filed at once a number each', async () => {
  const bodies = await atMost(200, 8, (index) => applicationOf(resident, 'LX-017', 1_000 + index))
  const filed = await Promise.all(
    bodies.map((body) => resident.send<CaseCreated>('POST', '/api/cases', { body })),
  )
  expect(filed.map(({ status }) => status)).toEqual(filed.map(() => 201))
  const numbers = filed.map(({ body }) => body.caseNumber)
  expect(new Set(numbers).size).toBe(200)
  for (const number of numbers) expect(number).toMatch(/^341821261124\d{4,}$/)
})

it('gives twelve seats of a half day to fifty who ask at once', async () => {
  const bodies = await atMost(50, 8, (index) => applicationOf(resident, 'LX-052', 2_000 + index))
  const slot = { date: '2026-11-30', half: '上午' }
  const filed = await Promise.all(
    bodies.map((body) =>
      resident.send('POST', '/api/cases', { body: { ...body, answers: { ...body.answers, slot } } }),
    ),
  )
  const full = filed.filter(({ status }) => status !== 201)
  expect(filed).toHaveLength(50)
  expect(full).toHaveLength(38)
  for (const { body } of full) expect(body).toMatchObject({ code: 'application.slot-full' })
  const booked = await ask(databaseUrl, 'select booked from slot_counters')
  expect(booked).toEqual([{ booked: 12 }])
})

it('answers one intent with one case, however often and at whatever moment it is sent', async () => {
  const body = await applicationOf(resident, 'LX-052', 3_000)
  const file = (more: object = {}) =>
    resident.send<CaseCreated>('POST', '/api/cases', { body: { ...body, ...more }, key: 'one-intent' })
  const [before] = await ask<{ cases: number }>(databaseUrl, 'select count(*)::int as cases from cases')
  const answers = [
    ...(await Promise.all(Array.from({ length: 8 }, () => file()))),
    // Its papers are taken by now, as after an answer that was lost on its way.
    await file(),
  ]
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
  expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1)
  const [after] = await ask<{ cases: number }>(databaseUrl, 'select count(*)::int as cases from cases')
  expect(after?.cases).toBe((before?.cases ?? 0) + 1)
  expect(await file({ agent: true })).toMatchObject({ status: 422, body: { code: 'request.key-reused' } })
})

it('answers one act of staff alike when it is sent several times at once', async () => {
  const window = await county.as('zhao-min')
  const { id } = await fileCase(resident, 'LX-017', 4_000)
  const { version, staff } = await caseOf(window, id)
  const { stepKey, unitId } = staff?.allowed.find(({ action }) => action === 'accept') ?? {}
  const body = { action: 'accept', version, stepKey, unitId }
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      window.send('POST', `/api/cases/${id}/actions`, { body, key: 'one-act-of-staff' }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
})

const RACES = 20
/** Of a name that a card may bear. */
const nth = (race: number) => [...'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'][race] ?? ''
const born = async (name: string, birth = '1943-05-20') => ({
  name,
  ...(await newcomer(county, { name, birth, villageCode: '341821105200', level: 3 })),
})
/** One act, told by the version that the page showed. */
const acting = async (staff: Person, id: string, action: Parameters<typeof act>[2], more: object = {}) => {
  const { version, staff: seen } = await caseOf(staff, id)
  const { stepKey, unitId } = seen?.allowed.find((each) => each.action === action) ?? {}
  const body = { action, version, stepKey, unitId, ...more }
  return () => staff.send<{ status?: string }>('POST', `/api/cases/${id}/actions`, { body })
}
const undoing = (staff: Person, id: string, version: number) => () =>
  staff.send('POST', `/api/cases/${id}/undo`, { body: { version } })
/**
 * The acts of a race: the first has a start, of nothing at first and of more from race to race. Whichever
 * side is the quicker one on a machine, each wins some of the races, and between them lies the tie.
 */
const atOnce = <Sent>(acts: readonly (() => Promise<Sent>)[], start: number) =>
  Promise.all(acts.map((one, index) => (index === 0 ? one() : sleep(start).then(one))))
/** Milliseconds: each act begins once with each start (0 to 640), and at the end it is through by then. */
const startOf = (race: number) => Math.floor(race / 4) ** 3 * 10
const codes = (answers: readonly { readonly status: number }[]) => answers.map(({ status }) => status).sort()
const eventsOf = (id: string) =>
  ask<{ type: string }>(databaseUrl, 'select type from case_events where case_id = $1 order by sequence', [
    id,
  ])
const typesOf = async (id: string) => (await eventsOf(id)).map(({ type }) => type)
const auditsOf = async (id: string) => {
  const [row] = await ask<{ count: number }>(
    databaseUrl,
    'select count(*)::int as count from audit_entries where subject = $1',
    [`case:${id}`],
  )
  return row?.count
}

it('lets one settle, accept or refuse what two have before them: one wins, whole', async () => {
  const [one, two] = await Promise.all([county.as('zhao-min'), county.as('qian-li')])
  const ends = new Set<string>()
  for (let race = 0; race < RACES; race += 1) {
    const id = await file(county, await born(`石竞${nth(race)}`), 'LX-036')
    const acts = await Promise.all([
      acting(one, id, 'settle'),
      acting(two, id, 'settle'),
      acting(two, id, 'accept'),
      acting(one, id, 'decline', { reason: '摊点归县里备案' }),
    ])
    // Who sends first has not always the start.
    const turned = [...acts.slice(race % 4), ...acts.slice(0, race % 4)]
    expect(codes(await atOnce(turned, startOf(race)))).toEqual([200, 409, 409, 409])
    const types = (await typesOf(id)).join()
    expect(['filed,accepted,granted,concluded,delivered', 'filed,accepted', 'filed,declined']).toContain(
      types,
    )
    ends.add(types)
    expect(await auditsOf(id)).toBe(2)
  }
  expect(ends.size).toBeGreaterThan(1)
  const wrong = await ask(
    databaseUrl,
    `select d.unit_id, d.kind, d.year, count(*), max(d.number), k.last from documents d
      join document_counters k on k.unit_id = d.unit_id and k.kind = d.kind and k.year = d.year
      group by d.unit_id, d.kind, d.year, k.last having count(*) <> max(d.number) or max(d.number) <> k.last`,
  )
  expect(wrong, 'numbers of documents with gaps').toEqual([])
})

it('takes back, or goes on: never both', async () => {
  const [agent, window] = await Promise.all([county.as('wang-lixin'), county.as('zhao-min')])
  const ends = new Set<string>()
  for (let race = 0; race < RACES; race += 1) {
    const id = await file(county, await born(`石撤${nth(race)}`), 'LX-005')
    await act(agent, id, 'verify')
    const { version } = await caseOf(agent, id)
    const accepts = await acting(window, id, 'accept')
    const undoes = [undoing(agent, id, version), undoing(agent, id, version)]
    const acts = race % 2 === 0 ? [accepts, ...undoes] : [...undoes, accepts]
    expect(codes(await atOnce(acts, startOf(race)))).toEqual([200, 409, 409])
    const types = (await typesOf(id)).join()
    expect(['filed,verified,undone', 'filed,verified,accepted']).toContain(types)
    ends.add(types)
    expect(await auditsOf(id)).toBe(3)
    if (!types.endsWith('undone')) continue
    const [told] = await ask<{ count: number }>(
      databaseUrl,
      `select count(*)::int as count from reminders r join case_events e on e.id = r.event_id
        where e.case_id = $1 and e.type = 'verified' and r.dropped_at is null`,
      [id],
    )
    expect(told?.count, 'messages of what was taken back').toBe(0)
    expect((await act(agent, id, 'verify')).status).toBe(200)
    expect((await act(window, id, 'accept')).status).toBe(200)
  }
  expect(ends.size).toBeGreaterThan(1)
})

it('applies again once, however often it is asked for and sent at once', async () => {
  const window = await county.as('zhao-min')
  for (let race = 0; race < RACES / 2; race += 1) {
    const applicant = await born(`石再${nth(race)}`)
    const id = await file(county, applicant, 'LX-036')
    await act(window, id, 'decline', { reason: '摊点归县里备案' })
    const [other, { person }] = [await county.logIn(applicant.personId), applicant]
    const asked = await Promise.all(
      [person, other, person, other, person].map((who) =>
        who.send<CaseAgain>('POST', `/api/cases/${id}/again`, {}),
      ),
    )
    expect(codes(asked)).toEqual([200, 200, 200, 200, 200])
    expect(new Set(asked.map(({ body }) => JSON.stringify(body.files))).size).toBe(1)
    const [{ body: again }] = asked as [(typeof asked)[number]]
    const { serviceItemId, answers, files } = again
    const materials = files.map(({ name, uploads }) => ({ name, files: uploads.map((each) => each.id) }))
    const body = { serviceItemId, answers, materials }
    const filed = await Promise.all([person, other].map((who) => who.send('POST', '/api/cases', { body })))
    expect(filed.map(({ status }) => status).filter((status) => status === 201)).toHaveLength(1)
    const [left] = await ask<{ cases: number; copies: number; unused: number }>(
      databaseUrl,
      `select count(distinct c.id)::int as cases, count(u.id) filter (where u.copied_from is not null)::int as copies,
          count(u.id) filter (where u.case_id is null)::int as unused
        from uploads u left join cases c on c.id = u.case_id
        where u.owner_id = (select filed_by from cases where id = $1)
          and (u.copied_from is not null or u.case_id is not null)`,
      [id],
    )
    expect(left).toEqual({ cases: 2, copies: files.flatMap(({ uploads }) => uploads).length, unused: 0 })
  }
})

it('keeps the village and the elder mode of one account that two requests name at once', async () => {
  const { person, personId } = await born('石同时')
  const { id } = (await person.send<Account>('GET', '/api/account')).body
  const other = await county.logIn(personId)
  const holder = new pg.Client({ connectionString: databaseUrl })
  await holder.connect()
  await holder.query('begin')
  await holder.query('select 1 from profiles where id = $1 for update', [id])
  const village = '341821105203'
  const asked = [
    person.send('POST', '/api/account', { body: { villageCode: village } }),
    other.send('POST', '/api/account', { body: { elderMode: true } }),
  ]
  // Both have read the row and wait for it.
  for (let waiting = 0; waiting < 2; await sleep(20)) {
    const [row] = await ask<{ count: number }>(
      databaseUrl,
      `select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
    )
    waiting = row?.count ?? 0
  }
  await holder.query('commit')
  await holder.end()
  expect(codes(await Promise.all(asked))).toEqual([200, 200])
  const [kept] = await ask(databaseUrl, 'select village_code, elder_mode from profiles where id = $1', [id])
  expect(kept).toEqual({ village_code: village, elder_mode: true })
})
