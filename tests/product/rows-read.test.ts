import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { file as fileScene } from '../e2e/scenes'
import { applicationOf } from '../services/applications'
import { allowanceOf, fileAllowance } from './allowance'
import { act, boundBefore, type County, caseOf, newcomer, openCounty, type Person } from './county'
import { countRowsRead } from './rows-read'

// What a page or a job reads of a table that grows for ever: what it shows, not what there is.
const MANY = 3_000
const DALIANG = '341821105200'

let county: County
let clerk: Person
let resident: Person
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const profileOf = async (staffId: string) =>
  (await rows<{ id: string }>(sql`select id from profiles where staff_id = ${staffId}`))[0]?.id ?? ''

/** `MANY` cases like `like`, by these columns of their own. */
const fill = (like: string, own: Readonly<Record<string, string | null>>, count = MANY) =>
  rows(sql`insert into cases select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
      'case_number', gen_random_uuid(), 'applicant_index', gen_random_uuid(), 'duplicate_guard', null, 'duplicate_index', null, 'key_index', null)
      || ${JSON.stringify(own)}::jsonb)).* from cases c, generate_series(1, ${count}::int)
    where c.id = ${like}::uuid`)

async function file(person: Person, seed: number) {
  const body = await applicationOf(person, 'LX-017', seed)
  const filed = await person.send<{ id: string }>('POST', '/api/cases', { body })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return filed.body.id
}

const ENDED = '2026-10-20T01:00:00Z'
let ofFiler: string
let filer: Awaited<ReturnType<typeof newcomer>>
beforeAll(async () => {
  // Whoever counts asks the session that has read.
  county = await openCounty({ DATABASE_CONNECTIONS: '1' })
  clerk = await county.as('zhao-min')
  resident = await county.as('li-jianguo')
  filer = await newcomer(county, { name: '周德多', birth: '1980-02-01', villageCode: DALIANG, level: 3 })
  const ofResident = await file(resident, 1)
  ofFiler = await file(filer.person, 2)
  const filed_by = await profileOf('zhao-min')
  // Typed at the counter, most of them done.
  const typed = { filed_by, entered_by: 'zhao-min', channel: 'window' }
  await fill(ofResident, { ...typed, ended_at: ENDED, status: 'delivered' })
  await fill(ofFiler, { ended_at: ENDED, status: 'delivered' })
  await county.app.jobs['remind-of-deadlines']()
  await rows(sql`analyze`)
  // The connection that stood idle meanwhile is gone.
  await clerk.send('GET', '/api/account').catch(() => undefined)
}, 120_000)
afterAll(() => county.close())

async function readBy(table: string, work: () => Promise<unknown>) {
  const read = countRowsRead(county.services.database, table)
  await read()
  await work()
  return read()
}
const ok = async (person: Person, path: string) => {
  const { status, body } = await person.send('GET', path)
  expect(status, JSON.stringify(body)).toBe(200)
}

test('the pages of a clerk read none of what they typed that is done', async () => {
  for (const path of ['/api/cases', '/api/work/cases', '/api/account']) {
    expect(await readBy('cases', () => ok(clerk, path)), path).toBeLessThan(200)
  }
})

test('a page of one’s own cases reads a page of them', async () => {
  expect(await readBy('cases', () => ok(filer.person, '/api/cases'))).toBeLessThan(500)
})

test('whoever has a few cases among those of many reads these few', async () => {
  const few = await newcomer(county, { name: '周少', birth: '1980-02-03', villageCode: DALIANG, level: 3 })
  const own = await file(few.person, 4)
  await fill(own, {}, 9)
  await rows(sql`analyze cases`)
  expect(await readBy('cases', () => ok(few.person, '/api/cases'))).toBeLessThan(100)
  expect(await readBy('cases', () => ok(few.person, '/api/home'))).toBeLessThan(100)
})

test('whoever acts for a firm reads a page of its cases', async () => {
  const [firm] = await rows<{ index: string }>(
    sql`select credit_code_index as index from enterprises where credit_code = '92341821DEM903328K'`,
  )
  expect(firm?.index).toBeDefined()
  const firms = { applicant_index: firm?.index ?? null, identity_index: null }
  await fill(ofFiler, { ...firms, ended_at: ENDED, status: 'delivered' })
  await rows(sql`analyze cases`)
  expect(await readBy('cases', () => ok(resident, '/api/cases'))).toBeLessThan(500)
})

test('whoever acts for a firm in some items reads a page of those, however many others it has', async () => {
  const limitedTo = (items: string) =>
    rows(sql`update enterprise_agents set item_ids = ${items}::text[] where enterprise_id = 'ent-liji'`)
  const shown = async () => {
    const { body } = await resident.send<{ items: unknown[] }>('GET', '/api/cases')
    return body.items.length
  }
  const all = await shown()
  await limitedTo('{LX-042}')
  expect(await readBy('cases', () => ok(resident, '/api/cases'))).toBeLessThan(500)
  expect(await readBy('cases', () => ok(resident, '/api/home'))).toBeLessThan(500)
  const others = await shown()
  await limitedTo('{LX-042,LX-017}')
  expect(await readBy('cases', () => ok(resident, '/api/cases'))).toBeLessThan(500)
  expect(await shown()).toBe(all)
  expect(others).toBeLessThan(all)
})

test('guide and form of whoever has filed for thousands, whose cases run, read what they tell', async () => {
  const helper = await newcomer(county, {
    name: '周帮忙',
    birth: '1980-02-04',
    villageCode: DALIANG,
    level: 3,
  })
  await fill(await file(helper.person, 5), {}, 5_000)
  await fill(ofFiler, { ended_at: null, status: 'received' }, 2_000)
  await rows(sql`analyze cases`)
  for (const path of ['LX-017', 'LX-017/form', 'LX-019', 'LX-019/form'].map(
    (each) => `/api/service-items/${each}`,
  )) {
    await ok(helper.person, path)
    expect(await readBy('cases', () => ok(helper.person, path)), path).toBeLessThan(100)
  }
  // What comes next counts what is open; a number that was drawn is as long as an id.
  await rows(sql`delete from cases where ended_at is null and length(case_number) = 36`)
  await rows(sql`vacuum analyze cases`)
})

test('a filing reads none of what its filer has filed before', async () => {
  expect(await readBy('cases', () => file(filer.person, 3))).toBeLessThan(200)
})

test('a filing reads few of the cases that strangers have typed onto its number, and still finds what bars it', async () => {
  const name = '周德众'
  const owner = await newcomer(county, { name, birth: '1940-02-02', villageCode: DALIANG, level: 3 })
  const { id: own } = await fileAllowance(owner.person, name, owner.idNumber)
  // In the names of accounts that are not the number's: `like` without what is its filer's alone.
  const typed = {
    duplicate_guard: null,
    filed_by: await profileOf('zhou-min'),
    owner_id: null,
    entered_by: null,
  }
  await rows(sql`insert into cases select (jsonb_populate_record(c, ${JSON.stringify(typed)}::jsonb || jsonb_build_object(
      'id', gen_random_uuid(), 'case_number', gen_random_uuid(),
      'state', c.state || '{"identityConfirmed": false, "confirmedBy": null}'))).*
    from cases c, generate_series(1, 600) where c.id = ${own}::uuid`)
  await rows(sql`analyze cases`)
  const body = await allowanceOf(owner.person, { name, idNumber: owner.idNumber })
  const again = () => owner.person.send<{ caseId: string }>('POST', '/api/cases', { body })
  const refused = await again()
  expect(refused).toMatchObject({ status: 409, body: { code: 'application.duplicate', caseId: own } })
  expect(await readBy('cases', again)).toBeLessThan(300)
  await rows(sql`update cases set ended_at = ${ENDED}, duplicate_guard = null where id = ${own}::uuid`)
  expect(await readBy('cases', async () => expect((await again()).status).toBe(201))).toBeLessThan(300)
  await rows(sql`delete from cases where length(case_number) = 36 and applicant_index =
    (select applicant_index from cases where id = ${own}::uuid)`)
  await rows(sql`vacuum analyze cases`)
})

test('a form whose photo is missing reads those that it names, however many its filer has brought', async () => {
  const person = filer.person
  const { materials, ...body } = await applicationOf(person, 'LX-017', 6)
  await rows(sql`insert into uploads select (jsonb_populate_record(u, jsonb_build_object('id', gen_random_uuid()))).*
    from uploads u, generate_series(1, ${MANY}::int)
    where u.id = (select id from uploads where case_id = ${ofFiler}::uuid limit 1)`)
  await rows(sql`analyze uploads`)
  const brought = materials as readonly { readonly name: string; readonly files: readonly string[] }[]
  const lost = { ...body, materials: brought.map((each) => ({ ...each, files: [randomUUID()] })) }
  const post = async () => {
    const answer = await person.send('POST', '/api/cases', { body: lost })
    expect(answer).toMatchObject({ status: 422, body: { code: 'upload.missing' } })
  }
  await post()
  expect(await readBy('uploads', post)).toBeLessThan(50)
})

test('a card of consents reads those of its account', async () => {
  await rows(sql`insert into consent_credits (openid, template_id, credits, updated_at)
    select 'other-' || n, 'YX-PROGRESS', 1, ${ENDED}::timestamptz from generate_series(1, ${MANY}::int) n`)
  await rows(sql`analyze consent_credits`)
  expect(await readBy('consent_credits', () => ok(resident, '/api/consents'))).toBeLessThan(20)
})

test('what removes the sessions that are over reads none that last', async () => {
  await rows(sql`insert into sessions select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(),
      'token_hash', gen_random_uuid()))).* from (select * from sessions limit 1) l join sessions s on s.id = l.id,
      generate_series(1, ${MANY}::int)`)
  const { id } = filer.person
  await rows(sql`analyze sessions`)
  const [over] = await rows<{
    id: string
  }>(sql`update sessions set revoked_at = expires_at - interval '90 days'
    where id = (select id from sessions order by id desc limit 1) returning id`)
  expect(over, id).toBeDefined()
  expect(await readBy('sessions', () => county.app.jobs['remove-expired']())).toBeLessThan(50)
  expect(await rows(sql`select 1 from sessions where id = ${over?.id ?? ''}::uuid`)).toEqual([])
})

test('a hand-over and the ends of powers read what is open', async () => {
  const open = await rows<{ count: number }>(
    sql`select count(*)::int as count from cases where ended_at is null`,
  )
  const read = await readBy('cases', () => county.app.jobs['remind-of-deadlines']())
  expect(open[0]?.count).toBeLessThan(200)
  expect(read).toBeLessThan(2_000)
})

test('a counter that looks for a card reads what it is shown of five hundred', async () => {
  const born = await newcomer(county, { name: '周德卡', birth: '1944-03-05', villageCode: DALIANG, level: 2 })
  const { id } = await fileAllowance(born.person, '周德卡', born.idNumber)
  const [of] = await rows<{ index: string }>(
    sql`select applicant_index as index from cases where id = ${id}::uuid`,
  )
  await fill(id, { applicant_index: of?.index ?? null }, 500)
  await rows(sql`analyze cases`)
  const read = await readBy('cases', async () => {
    const answer = await clerk.send<{ cases: unknown[] }>('POST', '/api/work/identity-checks', {
      body: { idNumber: born.idNumber },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(answer.body.cases).toHaveLength(20)
  })
  expect(read).toBeLessThan(200)
})

test('of many of one key a read of a case reads those that it shows', async () => {
  const born = await newcomer(county, { name: '周德同', birth: '1980-02-05', villageCode: DALIANG, level: 3 })
  const id = await file(born.person, 5)
  const [key] = await rows<{ index: string }>(
    sql`select coalesce(duplicate_index, 'none') as index from cases where id = ${id}::uuid`,
  )
  await fill(id, { duplicate_index: key?.index ?? null, key_index: 'one-key', ended_at: ENDED }, 500)
  await rows(sql`update cases set key_index = 'one-key' where id = ${id}::uuid`)
  await rows(sql`analyze cases`)
  const { version } = (await born.person.send<{ version: number }>('GET', `/api/cases/${id}`)).body
  const read = () => readBy('cases', () => ok(born.person, `/api/cases/${id}`))
  expect(await readBy('cases', () => ok(clerk, `/api/cases/${id}`))).toBeLessThan(150)
  await born.person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })
  expect(await read()).toBeLessThan(150)
})

test('marking the inbox as read reads what is unread', async () => {
  const { person } = filer
  const add = (more: object, count: number) =>
    rows(sql`insert into reminders select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(),
        'event_id', gen_random_uuid(), 'recipient', 'profile:' ||
        (select filed_by from cases where id = ${ofFiler}::uuid)) || ${JSON.stringify(more)}::jsonb)).*
      from (select * from reminders limit 1) l join reminders r on r.id = l.id, generate_series(1, ${count}::int)`)
  await add({ read_at: ENDED, created_at: ENDED }, MANY)
  await add({ read_at: null }, 2)
  await rows(sql`analyze reminders`)
  const { body } = await person.send<{ items: { id: string }[] }>('GET', '/api/inbox')
  const [unread] = await rows<{ count: number }>(sql`select count(*)::int as count from reminders
    where recipient = 'profile:' || (select filed_by from cases where id = ${ofFiler}::uuid) and read_at is null`)
  const read = await readBy('reminders', async () => {
    const upTo = body.items[0]?.id
    const answer = await person.send('POST', '/api/inbox/read', { body: { upTo }, key: randomUUID() })
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200, body: { read: unread?.count } })
  })
  expect(read).toBeLessThan(200)
})

test('of thousands that are unread a count and a mark read what they say', async () => {
  const many = 3 * MANY
  await rows(sql`insert into reminders select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(),
      'event_id', gen_random_uuid(), 'read_at', null, 'dropped_at', null, 'available_at', ${ENDED}::timestamptz,
      'sent_at', ${ENDED}::timestamptz, 'created_at', ${ENDED}::timestamptz - make_interval(secs => g), 'recipient', case when g % 2 = 0 then 'staff:zhao-min' else 'profile:' || g end))).*
    from (select * from reminders limit 1) l join reminders r on r.id = l.id, generate_series(1, ${many}::int) g`)
  await rows(sql`analyze reminders`)
  type Read = { items: { id: string }[]; unread: number }
  const inbox = async () => (await clerk.send<Read>('GET', '/api/inbox')).body
  expect(await inbox()).toMatchObject({ unread: 100 })
  expect(await readBy('reminders', inbox)).toBeLessThan(300)
  const upTo = (await inbox()).items[0]?.id
  const read = await readBy('reminders', async () => {
    const answer = await clerk.send('POST', '/api/inbox/read', { body: { upTo }, key: randomUUID() })
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200, body: { unread: 100 } })
  })
  // A thousand are found, then marked each by its key, and passed over when the rest is counted.
  expect(read).toBeLessThan(4_500)
  await rows(sql`delete from reminders where sent_at = ${ENDED}::timestamptz`)
})

/** `count` tasks like that of a case, of cases that are not there. */
const addTasks = (own: Readonly<Record<string, unknown>>, count: number) =>
  rows(sql`insert into case_tasks select (jsonb_populate_record(t, jsonb_build_object('case_id', gen_random_uuid(),
      'part_unit_id', gen_random_uuid())
      || ${JSON.stringify(own)}::jsonb)).* from (select ctid from case_tasks where case_id = ${ofFiler}::uuid limit 1) l
    join case_tasks t on t.ctid = l.ctid, generate_series(1, ${count}::int)`)

test('of the messages that wait an act and its undo read those of their own case, however many wait in the county', async () => {
  const agent = await county.as('wang-lixin')
  const ids: string[] = []
  for (const name of ['周德等', '周德候', '周德待', '周德久', '周德延', '周德缓']) {
    const born = await newcomer(county, { name, birth: '1944-02-05', villageCode: DALIANG, level: 3 })
    const { id } = await fileAllowance(born.person, name, born.idNumber)
    await act(agent, id, 'verify')
    ids.push(id)
  }
  const add = (count: number, own: object) =>
    rows(sql`insert into reminders select w.* from reminders r, generate_series(1, ${count}::int) g,
      jsonb_populate_record(r, ${JSON.stringify(own)}::jsonb || jsonb_build_object('id', gen_random_uuid(),
        'event_id', gen_random_uuid(), 'case_id', gen_random_uuid(), 'recipient', 'staff:' || g)) w
      where r.case_id = ${ids[0]}::uuid and r.recipient like 'profile:%' limit ${count}::int`)
  const sent = { sent_at: ENDED, created_at: ENDED, available_at: ENDED }
  await add(MANY * 10, sent)
  await rows(sql`analyze reminders`)
  // WeChat is away: by what the planner knows next to nothing waits.
  await add(MANY, { ...sent, sent_at: null, available_at: '2027-06-01T00:00:00Z' })
  // Entries of what the tests before have removed are no messages that wait, but whoever sends walks them.
  await rows(sql`vacuum (index_cleanup on) reminders`)
  const undo = async (id: string) => {
    const { version } = await caseOf(agent, id)
    const undone = await agent.send('POST', `/api/cases/${id}/undo`, { body: { version } })
    expect(undone.status, JSON.stringify(undone.body)).toBe(200)
  }
  const done = async (staff: Person, id: string, action: Parameters<typeof act>[2]) =>
    expect((await act(staff, id, action)).status).toBe(200)
  const acts: readonly ((id: string) => Promise<unknown>)[] = [
    undo,
    (id) => done(agent, id, 'verify'),
    (id) => done(clerk, id, 'accept'),
  ]
  const reads: number[][] = []
  for (const id of ids) {
    const ofCase: number[] = []
    for (const each of acts) ofCase.push(await readBy('reminders', () => each(id)))
    reads.push(ofCase)
  }
  // The server sends by itself now and then, in the middle of an act too; what an act reads it reads each time.
  const least = acts.map((_, at) => Math.min(...reads.map((ofCase) => ofCase[at] ?? 0)))
  for (const read of least) expect(read, JSON.stringify(reads)).toBeLessThan(100)
  await rows(sql`delete from reminders where recipient like 'staff:%' and created_at = ${ENDED}::timestamptz`)
})

test('of tasks that were told of, and of those that are not soon, the reminders of the day read nothing', async () => {
  const remind = () => county.app.jobs['remind-of-deadlines']()
  const like = { case_id: ofFiler, step_key: 'again' }
  await addTasks({ ...like, due_on: '2026-11-25', reminded_for: 'soon' }, 300)
  await addTasks({ ...like, due_on: '2026-11-24', reminded_for: 'today' }, 300)
  await addTasks({ ...like, due_on: '2026-12-08', reminded_for: null }, 300)
  const [own] = await rows<{ days: number }>(
    sql`select (line::json->>'days')::int as days from case_tasks where case_id = ${ofFiler}::uuid and step_key <> 'again'`,
  )
  expect(own?.days).toBeLessThan(10)
  // Of a small table the database reads all, once for each part that looks there; nine hundred tasks would read as often.
  const [events] = await rows<{ count: number }>(sql`select count(*)::int as count from case_events`)
  expect(events?.count).toBeLessThan(50)
  expect(await readBy('case_events', remind)).toBeLessThanOrEqual(3 * (events?.count ?? 0))
  await rows(sql`delete from case_tasks where step_key = 'again'`)
})

test('open work is counted by a hundred rows of a pool, and by none that bar somebody else', async () => {
  // Beside what all the others hold: of a small table the database reads all.
  await addTasks({ unit_id: 'elsewhere' }, 10 * MANY)
  await addTasks({ barred: ['qian-li'] }, MANY)
  await rows(sql`vacuum analyze case_tasks`)
  expect(await readBy('case_tasks', () => ok(clerk, '/api/account'))).toBeLessThan(150)
  expect(await readBy('case_tasks', () => ok(clerk, '/api/work/cases'))).toBeLessThan(1.5 * MANY)
  // For all members at once: whoever they bar walks past them.
  expect(await readBy('case_tasks', () => county.door('GET', 'waiting'))).toBeLessThan(1.5 * MANY)
})

test('whoever holds many pools reads no more of them than tells that there are a thousand', async () => {
  const towns = await rows<{ unitId: string }>(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    select 'zhao-min', 'town-reviewer', unit_id, false from staff_roles where role = 'town-window' group by unit_id
    returning unit_id as "unitId"`)
  expect(towns.length).toBeGreaterThan(9)
  for (const { unitId } of towns) await addTasks({ role: 'town-reviewer', unit_id: unitId }, 600)
  await rows(sql`vacuum analyze case_tasks`)
  expect(await readBy('case_tasks', () => ok(clerk, '/api/account'))).toBeLessThan(110 * (towns.length + 1))
  const read = await readBy('case_tasks', () => ok(clerk, '/api/work/cases'))
  expect(read).toBeLessThan(5_000)
  const { body } = await clerk.send<{ counts: unknown }>('GET', '/api/work/cases')
  expect(body.counts).toMatchObject({ 'to-do': 1_000, paused: 0 })
})

test('of a thousand notices whose objections they take nobody goes through the names', async () => {
  // In the duty hours of the agent, who else is stood in for by the township.
  await county.door('POST', 'clock', { set: '2026-11-24T18:40:00+08:00' })
  const name = '钟离建房'
  const born = await newcomer(county, { name, birth: '1970-05-20', villageCode: DALIANG, level: 3 })
  const id = await fileScene(county, { ...born, name, villageCode: DALIANG }, 'LX-025')
  const agent = await county.as('wang-lixin')
  for (const action of ['verify', 'publish-notice'] as const)
    expect((await act(agent, id, action)).status).toBe(200)
  const search = async (q: string) =>
    expect((await clerk.send('POST', '/api/work/cases/search', { body: { q, tab: 'all' } })).status).toBe(200)
  await search('钟离')
  // What the clerk has to do is read anyway, and the tests above have left much.
  const before = await readBy('case_tasks', () => search('钟'))
  await fill(id, {}, 1_000)
  expect((await readBy('case_tasks', () => search('钟'))) - before).toBeLessThan(300)
  const { caseNumber } = await caseOf(born.person, id)
  const found = await clerk.send<{ items: { caseId: string }[] }>('POST', '/api/work/cases/search', {
    body: { q: caseNumber, tab: 'all' },
  })
  expect(found.body.items.map(({ caseId }) => caseId)).toEqual([id])
})

test('of all that a unit has missed in a year a case reads the newest, who wrote it looks up what is shown, and other units are not asked', async () => {
  const id = await file(resident, 9)
  const [own] = await rows<{ unit: string }>(
    sql`select unit_id as unit from staff_roles where staff_id = 'zhao-min' limit 1`,
  )
  const missed = (unit: ReturnType<typeof sql>, staff: string | null) =>
    rows(sql`insert into missed_items (case_id, sequence, kind, name, unit_id, staff_id, service_item_id, item_version, asked_at)
      select c.id, 9, 'material', 'paper ' || (row_number() over () % 3), ${unit}, ${staff}, c.service_item_id, c.item_version,
        ${county.services.clock.now()}::timestamptz - interval '1 day'
      from cases c order by c.id limit ${MANY}::int`)
  await missed(sql`${own?.unit}`, 'zhao-min')
  await missed(sql`'unit ' || (row_number() over () % 40)`, null)
  await rows(sql`analyze missed_items`)
  expect(await readBy('missed_items', () => ok(clerk, `/api/cases/${id}`))).toBeLessThan(200)
  expect(await readBy('cases', () => ok(clerk, '/api/work/missed-items'))).toBeLessThan(200)
  const head = await county.as('approver-hrss-1')
  expect(await readBy('missed_items', () => ok(head, '/api/work/missed-items'))).toBeLessThan(20)
})

test('whoever leaves, and whoever ends their work, asks whom a thousand tasks could go to once for all of them', async () => {
  const ids = ['leaving-one', 'leaving-two', 'leaving-three'] as const
  await rows(sql`insert into staff (id, name, part_time, duty_hours, leave, listing, demo)
    select id, '周' || id, false, '[]', '[]', 'added', false from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) v (id)`)
  await rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    select id, 'town-reviewer', unit_id, false from staff_roles r, jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) v (id)
    where r.staff_id = 'zhao-min' and r.role = 'town-window'`)
  const people: Person[] = []
  for (const id of ids) {
    const born = await newcomer(county, { name: '周去', birth: '1980-02-06', villageCode: DALIANG, level: 1 })
    await boundBefore(county, born.person, id)
    people.push(born.person)
  }
  const [leaver] = people as [Person]
  const [post] = await rows<{ unitId: string }>(
    sql`select unit_id as "unitId" from staff_roles where staff_id = ${ids[0]}`,
  )
  await addTasks({ role: 'town-reviewer', unit_id: post?.unitId }, 500)
  await addTasks({ role: 'town-reviewer', unit_id: post?.unitId, assignee_id: ids[0] }, 500)
  await rows(sql`vacuum analyze case_tasks, staff, profiles`)
  const admin = await county.as('he-jing')
  const end = (body: object) =>
    admin.send('POST', `/api/members/${ids[0]}/end-of-work`, { body: { reason: '调走了', ...body } })
  const asked: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['what there is of them', () => ok(leaver, '/api/account/closing')],
    ['named first', async () => expect((await end({})).status).toBe(409)],
    [
      'ended',
      async () => {
        const ended = await end({ handOver: true })
        expect(ended.body, JSON.stringify(ended.body)).toMatchObject({ released: 500, unstaffed: 0 })
      },
    ],
  ]
  for (const [what, work] of asked) expect(await readBy('profiles', work), what).toBeLessThan(500)
})
