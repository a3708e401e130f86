import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Account } from '#shared/contract/account'
import type { Inbox } from '#shared/contract/reminder'
import type { Home } from '#shared/contract/service-item'
import type { Queue } from '#shared/contract/work'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { DALIANG, file, play } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person, sendAll } from './county'

// What was just done is taken back within ten seconds by whoever did it, and leaves nothing but its two events.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const born = async (name: string) => ({
  name,
  ...(await newcomer(county, { name, birth: '1943-05-20', villageCode: DALIANG, level: 3 })),
})
const undo = (staff: Person, id: string, version: number, key?: string) =>
  staff.send<{ code?: string; version?: number }>('POST', `/api/cases/${id}/undo`, {
    body: { version },
    ...(key === undefined ? {} : { key }),
  })
const versionOf = async (staff: Person, id: string) => (await caseOf(staff, id)).version

/** A row with its tasks, as they are stored, without what counts changes. */
async function stored(id: string) {
  const [row] = await county.services.database.rows<Record<string, unknown>>(sql`select
      c.state - 'version' - 'decidingVersion' as state, c.status, c.due_on, c.ended_at, c.line, c.turns_on,
      (select json_agg(t order by t.step_key, t.part_unit_id, t.role, t.unit_id) from (select case_id, step_key, role,
        unit_id, part_unit_id, queue, assignee_id, due_on, sort_on, opened_at, unstaffed, barred, approval, line
        from case_tasks where case_id = c.id) t) as tasks,
      (select json_agg(r.id order by r.id) from reminders r where r.case_id = c.id and r.dropped_at is null) as told,
      (select count(*) from documents d where d.case_id = c.id) as documents
    from cases c where c.id = ${id}::uuid`)
  return row
}

const ACTS = [
  ['LX-005', [], 'wang-lixin', 'verify', {}],
  ['LX-025', [], 'wang-lixin', 'verify', {}],
  [
    'LX-007',
    [
      ['village', 'verify'],
      ['window', 'accept'],
    ],
    'sun-zhiyuan',
    'pass',
    { reason: '入户看过' },
  ],
  ['LX-045', [], 'zhou-min', 'assign', { staffId: 'project-officer-2' }],
] as const satisfies readonly (readonly [
  string,
  Parameters<typeof play>[2],
  string,
  Parameters<typeof act>[2],
  object,
])[]

test.each(ACTS)(
  '%s: after undo all stands as it stood before, but for the events',
  async (itemId, acts, who, action, more) => {
    const applicant = await born('石撤回')
    const id = await file(county, applicant, itemId)
    await play(county, id, acts)
    const staff = await county.as(who)
    const before = await stored(id)
    expect(await act(staff, id, action, more)).toMatchObject({ status: 200, body: { undoSeconds: 10 } })
    expect(await stored(id)).not.toEqual(before)
    const version = await versionOf(staff, id)
    const undone = await undo(staff, id, version, `undo-${itemId}`)
    expect(undone).toMatchObject({ status: 200, body: { version: version + 1, undoSeconds: null } })
    expect(await stored(id)).toEqual(before)
    // Asked again it is not done again; and what was undone can be done.
    expect((await undo(staff, id, version, `undo-${itemId}`)).body).toEqual(undone.body)
    const { timeline } = await caseOf(applicant.person, id)
    expect(timeline.map(({ type }) => type)).not.toContain('undone')
    expect((await caseOf(staff, id)).timeline[0]).toMatchObject({ type: 'undone', title: '撤销了刚办的一步' })
    expect((await act(staff, id, action, more)).status).toBe(200)
    const lines: string[] = []
    await rebuildCases({ services: county.services, words: [], print: (line) => lines.push(line) })
    expect(lines.join()).not.toContain(id)
  },
)

test('sent several times at once it is done once, and each is answered so', async () => {
  const agent = await county.as('wang-lixin')
  for (let round = 0; round < 4; round += 1) {
    const id = await file(county, await born('石几遍'), 'LX-005')
    await act(agent, id, 'verify')
    const version = await versionOf(agent, id)
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => undo(agent, id, version, `at-once-${round}`)),
    )
    expect(answers.map(({ status, body }) => [status, body.version])).toEqual(
      Array.from({ length: 4 }, () => [200, version + 1]),
    )
  }
})

test('a message of it waits ten seconds', async () => {
  const id = await file(county, await born('石等等'), 'LX-007')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  await act(await county.as('sun-zhiyuan'), id, 'pass')
  const waits = await county.services.database.rows<{ seconds: number }>(sql`select
    distinct extract(epoch from available_at - created_at)::int as seconds from reminders r
    where r.case_id = ${id}::uuid and r.event_id = (select e.id from case_events e where e.case_id = r.case_id order by sequence desc limit 1)`)
  expect(waits).toEqual([{ seconds: 10 }])
})

test('nor does the inbox show it, a number count it or a look mark it as read before', async () => {
  const applicant = await born('石未告')
  const { person } = applicant
  const inbox = async () => (await person.send<Inbox>('GET', '/api/inbox')).body
  const numbers = async () => [
    (await inbox()).unread,
    (await person.send<Home>('GET', '/api/home')).body.me?.unreadMessages,
    (await person.send<Account>('GET', '/api/account')).body.unreadMessages,
  ]
  const id = await file(county, applicant, 'LX-005')
  const [newest] = (await inbox()).items
  expect(await numbers()).toEqual([1, 1, 1])
  await act(await county.as('wang-lixin'), id, 'verify')
  expect(await numbers()).toEqual([1, 1, 1])
  expect((await inbox()).items).toMatchObject([{ id: newest?.id }])
  // Somebody brings something meanwhile, of which one reads.
  await county.services.database.rows(sql`insert into reminders
    select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'event_id', gen_random_uuid(),
      'created_at', r.created_at + interval '1 second'))).* from reminders r where r.id = ${newest?.id ?? ''}::uuid`)
  const [later] = (await inbox()).items
  const looked = await person.send('POST', '/api/inbox/read', { body: { upTo: later?.id } })
  expect(looked).toMatchObject({ status: 200, body: { unread: 0 } })
  await county.door('POST', 'clock', { advanceHours: 0.004 })
  expect(await numbers()).toEqual([1, 1, 1])
  expect((await inbox()).items.filter(({ read }) => !read)).toMatchObject([{ kind: 'verified' }])
})

/** Who hears once nothing can be taken back any more, and what. */
async function heard(id: string) {
  await county.door('POST', 'clock', { advanceHours: 0.01 })
  // What waits for the end of its seconds is due a moment later; what waits for its reader's hour is told all the same.
  await vi.waitFor(async () => {
    await sendAll(county)
    expect(
      await county.services.database.rows(sql`select kind, available_at from reminders
        where case_id = ${id}::uuid and coalesce(sent_at, dropped_at) is null
          and available_at <= created_at + interval '10 seconds'`),
    ).toEqual([])
  }, 20_000)
  return county.services.database.rows<{
    recipient: string
    kind: string
    of: string
  }>(sql`select r.recipient, r.kind,
      e.type as of from reminders r join case_events e on e.id = r.event_id
    where r.case_id = ${id}::uuid and r.dropped_at is null order by r.created_at, r.kind`)
}

test('who would have had the work next hears nothing of it where the applicant takes all back before', async () => {
  const applicant = await born('石不办')
  const id = await file(county, applicant, 'LX-007')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  await act(await county.as('sun-zhiyuan'), id, 'pass')
  const withdrawn = await applicant.person.send('POST', `/api/cases/${id}/withdrawal`, {
    body: { version: await versionOf(applicant.person, id) },
  })
  expect(withdrawn.status, JSON.stringify(withdrawn.body)).toBe(200)
  const told = await heard(id)
  expect(told.map(({ of }) => of)).not.toContain('examined')
  expect(told.map(({ kind }) => kind)).toContain('withdrawn')
})

test('nobody hears that it goes on after it has ended, whoever has ended it', async () => {
  const agent = await county.as('wang-lixin')
  for (const by of ['applicant', 'window'] as const) {
    const applicant = await born('石停下')
    const id = await file(county, applicant, 'LX-005')
    await act(agent, id, 'verify')
    if (by === 'window') await act(await county.as('zhao-min'), id, 'decline', { reason: '不归这里办' })
    else
      await applicant.person.send('POST', `/api/cases/${id}/withdrawal`, {
        body: { version: await versionOf(applicant.person, id) },
      })
    const kinds = (await heard(id)).map(({ kind }) => kind)
    expect(kinds).not.toContain('verified')
    expect(kinds).toContain(by === 'window' ? 'declined' : 'withdrawn')
  }
})

test('work that is somebody else’s meanwhile is not told; what is still there is', async () => {
  const id = await file(county, await born('石同事'), 'LX-007')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  await act(await county.as('sun-zhiyuan'), id, 'pass')
  expect(await heard(id)).toContainEqual({ recipient: 'staff:li-kai', kind: 'task', of: 'examined' })
  const head = await county.as('zhou-min')
  const given = await file(county, await born('石再派'), 'LX-045')
  await act(head, given, 'assign', { staffId: 'project-officer-2' })
  await act(head, given, 'assign', { staffId: 'zhou-min' })
  const told = (await heard(given)).filter(({ of }) => of === 'assigned')
  expect(told).toEqual([])
})

test('what a colleague does within the seconds and takes back silences nobody: they hear of the work once', async () => {
  const head = await county.as('zhou-min')
  const given = await file(county, await born('石又派'), 'LX-045')
  await act(head, given, 'assign', { staffId: 'project-officer-2' })
  await act(head, given, 'assign', { staffId: 'zhou-min' })
  expect((await undo(head, given, await versionOf(head, given))).status).toBe(200)
  expect((await heard(given)).filter(({ of }) => of === 'assigned')).toEqual([
    { recipient: 'staff:project-officer-2', kind: 'task', of: 'assigned' },
  ])
  // What was old before they did it stays so: who is given it anew is told once.
  for (const staffId of ['zhou-min', 'project-officer-2', 'zhou-min', 'project-officer-2', 'zhou-min'])
    expect((await act(head, given, 'assign', { staffId })).status).toBe(200)
  expect((await undo(head, given, await versionOf(head, given))).status).toBe(200)
  expect((await heard(given)).filter(({ of }) => of === 'assigned')).toHaveLength(2)
  const name = '石会审'
  const founder = await newcomer(county, { name, birth: '1985-05-20', villageCode: DALIANG, level: 3 })
  const id = await file(county, { name, ...founder }, 'LX-020')
  expect((await act(await county.as('window-hrss'), id, 'accept')).status).toBe(200)
  expect((await act(await county.as('reviewer-hrss-1'), id, 'pass')).status).toBe(200)
  const colleague = await county.as('reviewer-finance-1')
  expect((await act(colleague, id, 'pass')).status).toBe(200)
  expect((await undo(colleague, id, await versionOf(colleague, id))).status).toBe(200)
  const told = (await heard(id)).filter(({ of }) => of === 'examined').map(({ recipient }) => recipient)
  expect(told.sort()).toEqual(['staff:reviewer-finance-1', 'staff:reviewer-finance-2'])
})

test('that it goes on is told no more where a notice, an acceptance or the number’s owner has told where it stands', async () => {
  const agent = await county.as('wang-lixin')
  const window = await county.as('zhao-min')
  const next = {
    accept: {},
    'request-correction': {
      reason: '缺一样',
      items: [{ kind: 'field', name: 'mobile', reason: '号码不通' }],
    },
  } as const
  for (const action of ['accept', 'request-correction'] as const) {
    const id = await file(county, await born('石先后'), 'LX-005')
    await act(agent, id, 'verify')
    const done = await act(window, id, action, next[action])
    expect(done.status, JSON.stringify(done.body)).toBe(200)
    expect((await heard(id)).map(({ kind }) => kind)).not.toContain('verified')
  }
  const owner = await born('石本人')
  const son = await newcomer(county, { name: '石代填', birth: '1970-05-20', villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...owner, person: son.person, agent: true }, 'LX-005')
  await act(agent, id, 'verify')
  const disowned = await owner.person.send('POST', `/api/cases/${id}/disownment`, {
    body: { version: await versionOf(owner.person, id) },
  })
  expect(disowned.status, JSON.stringify(disowned.body)).toBe(200)
  const kinds = (await heard(id)).map(({ kind }) => kind)
  expect(kinds).toContain('disowned')
  expect(kinds).not.toContain('verified')
})

test('what it told nobody is not taken back once more by whoever takes the case over', async () => {
  const owner = await born('石接手')
  const helper = await newcomer(county, {
    name: '石帮忙',
    birth: '1970-05-20',
    villageCode: DALIANG,
    level: 3,
  })
  const id = await file(county, { ...owner, person: helper.person, agent: true }, 'LX-005')
  const agent = await county.as('wang-lixin')
  await act(agent, id, 'verify')
  expect((await undo(agent, id, await versionOf(agent, id))).status).toBe(200)
  const dropped = () =>
    county.services.database.rows(sql`select id, dropped_at from reminders
      where case_id = ${id}::uuid and kind = 'verified' and dropped_at is not null order by id`)
  const before = await dropped()
  expect(before.length).toBeGreaterThan(0)
  await county.door('POST', 'clock', { advanceHours: 1 })
  const taken = await owner.person.send('POST', `/api/cases/${id}/takeover`, {
    body: { version: await versionOf(owner.person, id) },
  })
  expect(taken.status).toBe(200)
  expect(await dropped()).toEqual(before)
})

const passed = async (name: string) => {
  const id = await file(county, await born(name), 'LX-007')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  const reviewer = await county.as('sun-zhiyuan')
  expect((await act(reviewer, id, 'pass', { reason: '入户看过' })).status).toBe(200)
  return { id, reviewer, version: await versionOf(reviewer, id) }
}

test('what a day that draws near has told beside it is not taken back with it', async () => {
  const { id, reviewer, version } = await passed('石临期')
  await county.services.database.rows(sql`insert into reminders
    select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'kind', 'due-today'))).* from reminders r
    where r.case_id = ${id}::uuid and r.available_at > r.created_at order by r.event_id desc limit 1`)
  expect((await undo(reviewer, id, version)).status).toBe(200)
  const kinds = await county.services.database.rows<{ kind: string; dropped: boolean }>(sql`select kind,
    dropped_at is not null as dropped from reminders
    where event_id = (select event_id from reminders where case_id = ${id}::uuid and kind = 'due-today')`)
  expect(kinds).toContainEqual({ kind: 'due-today', dropped: false })
  const others = kinds.filter(({ kind }) => kind !== 'due-today')
  expect(others.map(({ dropped }) => dropped)).toEqual(others.map(() => true))
  expect(others.length).toBeGreaterThan(0)
})

test('an act that somebody was told of meanwhile is taken back no more', async () => {
  const { id, reviewer, version } = await passed('石已告')
  await county.services.database.rows(
    sql`update reminders set sent_at = available_at where case_id = ${id}::uuid and available_at > created_at`,
  )
  expect(await undo(reviewer, id, version)).toMatchObject({ status: 409, body: { code: 'case.undo-over' } })
  expect(await versionOf(reviewer, id)).toBe(version)
})

test('not by another, not once anybody acted, not after ten seconds, and never what is signed', async () => {
  const [agent, window, reviewer] = [
    await county.as('wang-lixin'),
    await county.as('zhao-min'),
    await county.as('sun-zhiyuan'),
  ]
  const one = await file(county, await born('石一'), 'LX-005')
  await act(agent, one, 'verify')
  const verified = await versionOf(agent, one)
  expect(await undo(window, one, verified)).toMatchObject({
    status: 403,
    body: { code: 'case.not-your-task' },
  })
  await act(window, one, 'accept')
  expect(await undo(agent, one, verified)).toMatchObject({
    status: 409,
    body: { code: 'case.state-changed' },
  })
  // A notice of acceptance has gone out.
  expect(await undo(window, one, await versionOf(window, one))).toMatchObject({
    status: 409,
    body: { code: 'case.action-not-allowed' },
  })
  const two = await file(county, await born('石二'), 'LX-007')
  await play(county, two, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  await act(reviewer, two, 'pass')
  const passed = await versionOf(reviewer, two)
  await county.door('POST', 'clock', { advanceHours: 0.004 })
  expect(await undo(reviewer, two, passed)).toMatchObject({ status: 409, body: { code: 'case.undo-over' } })
  expect(await undo(await county.as('town-reviewer-341821001-1'), two, passed)).toMatchObject({ status: 404 })
})

test('not by whoever the case has become the own of meanwhile', async () => {
  const id = await file(county, await born('石回避'), 'LX-007')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  const reviewer = await county.as('sun-zhiyuan')
  await act(reviewer, id, 'pass')
  const version = await versionOf(reviewer, id)
  const { database } = county.services
  const isFiledBy = (whose: ReturnType<typeof sql>) =>
    database.rows(sql`update cases set filed_by = ${whose} where id = ${id}::uuid returning id`)
  const [before] = await database.rows<{ id: string }>(
    sql`select filed_by as id from cases where id = ${id}::uuid`,
  )
  await isFiledBy(sql`(select id from profiles where staff_id = 'sun-zhiyuan')`)
  expect(await undo(reviewer, id, version)).toMatchObject({ status: 403, body: { code: 'case.own-case' } })
  await isFiledBy(sql`${before?.id ?? ''}::uuid`)
  expect((await undo(reviewer, id, version)).status).toBe(200)
})

test('a step with an open request is not taken back, and the reason that is given is so', async () => {
  const id = await file(county, await born('石请示'), 'LX-007')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  const reviewer = await county.as('sun-zhiyuan')
  const asked = await act(reviewer, id, 'request-approval', { for: 'extend', reason: '还要核对' })
  expect(asked.status, JSON.stringify(asked.body)).toBe(200)
  await act(reviewer, id, 'pass')
  const refused = await undo(reviewer, id, await versionOf(reviewer, id))
  expect(refused).toMatchObject({ status: 409, body: { code: 'case.undo-entangled' } })
})

test('我办过的: each case once by one’s last act, the newest first, page after page, and nobody else’s', {
  timeout: 120_000,
}, async () => {
  const window = await county.as('zhao-min')
  const ids: string[] = []
  for (let at = 0; at < 23; at += 1) {
    const id = await file(
      county,
      await born(`丁${'甲乙丙丁戊己庚辛壬癸'[at % 10]}${at}号`.replace(/\d+号/, '福')),
      'LX-036',
    )
    await act(window, id, 'accept')
    ids.unshift(id)
  }
  const [oldest] = ids.slice(-1)
  await act(window, oldest ?? '', 'refuse', { reason: '不归这里办' })
  const page = async (cursor?: string) =>
    (
      await window.send<Queue>(
        'GET',
        `/api/work/cases?tab=done${cursor === undefined ? '' : `&cursor=${cursor}`}`,
      )
    ).body
  const first = await page()
  expect(first.items).toHaveLength(20)
  expect(first.items.map(({ caseId }) => caseId).slice(0, 2)).toEqual([oldest, ids[0]])
  const second = await page(first.nextCursor ?? '')
  const all = [...first.items, ...second.items].map(({ caseId }) => caseId)
  expect(new Set(all).size).toBe(all.length)
  expect(all).toEqual(expect.arrayContaining(ids))
  const reviewer = await county.as('sun-zhiyuan')
  const theirs = (await reviewer.send<Queue>('GET', '/api/work/cases?tab=done')).body
  expect(theirs.items.map(({ caseId }) => caseId)).not.toContain(ids[0])
  const wrong = await window.send('GET', `/api/work/cases?tab=done&cursor=2026-11-24_${ids[0]}_accept`)
  expect(wrong).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
})

test('我办过的 has nothing that one has taken back: the act before it stands for the case, or none', async () => {
  const agent = await county.as('wang-lixin')
  const doneBy = async (staff: Person) =>
    (await staff.send<Queue>('GET', '/api/work/cases?tab=done')).body.items.map(({ caseId }) => caseId)
  const kept = await file(county, await born('石留下'), 'LX-005')
  await act(agent, kept, 'verify')
  const taken = await file(county, await born('石收回'), 'LX-005')
  await act(agent, taken, 'verify')
  expect((await doneBy(agent)).slice(0, 2)).toEqual([taken, kept])
  await undo(agent, taken, await versionOf(agent, taken))
  expect((await doneBy(agent))[0]).toBe(kept)
  expect(await doneBy(agent)).not.toContain(taken)
  // Done again, it is there again.
  await act(agent, taken, 'verify')
  expect((await doneBy(agent))[0]).toBe(taken)
  // Of two acts the first one still counts.
  const head = await county.as('zhou-min')
  const given = await file(county, await born('石再派'), 'LX-045')
  await act(head, given, 'assign', { staffId: 'project-officer-2' })
  await act(head, given, 'assign', { staffId: 'zhou-min' })
  expect((await undo(head, given, await versionOf(head, given))).status).toBe(200)
  expect((await doneBy(head))[0]).toBe(given)
})
