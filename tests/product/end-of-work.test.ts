import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { MemberList, WorkEnded } from '#shared/contract/account'
import type { AccountClosing } from '#shared/contract/account-closing'
import type { Problem } from '#shared/contract/problems'
import type { Inbox } from '#shared/contract/reminder'
import { fileAllowance } from './allowance'
import { boundBefore, caseOf, type Person } from './county'
import { openLeavers } from './leavers'

// An administrator ends a colleague's work in the app, and has them back.
const { county, rows, born, accountOf } = await openLeavers()

const admin = () => county.as('he-jing')
const end = async (staffId: string, body: object = {}, by?: Person) =>
  (by ?? (await admin())).send<WorkEnded & Problem>('POST', `/api/members/${staffId}/end-of-work`, {
    body: { reason: '调到别的县了', ...body },
  })
const comeBack = async (staffId: string) =>
  (await admin()).send<Problem>('POST', `/api/members/${staffId}/return`)
const membersOf = async () => (await (await admin()).send<MemberList>('GET', '/api/invitations')).body
const linesOf = async (person: Person) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.map(({ title, lines }) =>
    [title, ...lines].join('|'),
  )

test('from the next request on they are a resident, and read why; the log names who did it, and not the words', async () => {
  const clerk = await county.as('zhao-min')
  const ended = await end('zhao-min')
  expect(ended, JSON.stringify(ended.body)).toMatchObject({
    status: 200,
    body: { released: 0, unstaffed: 0 },
  })
  expect((await clerk.send('GET', '/api/work/cases')).status).toBe(403)
  expect(await accountOf(clerk)).toMatchObject({ staffId: null, roles: [] })
  expect((await linesOf(clerk))[0]).toMatch(/^你的工作身份停用了\|原因：调到别的县了/)
  const audited = await rows<{
    actor: string
    digest: string
  }>(sql`select actor, reason_digest as digest, audit_entries::text as whole
    from audit_entries where action = 'staff.end-work' and subject = 'staff:zhao-min'`)
  expect(audited).toEqual([
    { actor: 'staff:he-jing', digest: expect.any(String), whole: expect.not.stringContaining('调到') },
  ])
  expect((await end('zhao-min')).status).toBe(404)
})

test('what they have in hand is named first, and goes with them when that is said', async () => {
  const elder = await born('柏手上')
  const { id } = await fileAllowance(elder.person, '柏手上', elder.idNumber)
  const { caseNumber } = await caseOf(elder.person, id)
  await rows(sql`update case_tasks set assignee_id = 'zhou-min' where case_id = ${id}::uuid`)
  expect(await end('zhou-min')).toMatchObject({
    status: 409,
    body: { code: 'account.member-work-in-hand', detail: `1 件：${caseNumber}` },
  })
  expect((await rows(sql`select active from staff where id = 'zhou-min'`))[0]).toEqual({ active: true })
  expect(await end('zhou-min', { handOver: true })).toMatchObject({ status: 200, body: { released: 1 } })
  expect(await rows(sql`select 1 from case_tasks where assignee_id = 'zhou-min'`)).toEqual([])
})

test('whoever holds a post alone leaves once an administrator has ended it; the open work is shown to the administrator', async () => {
  const elder = await born('柏独岗')
  const { id } = await fileAllowance(elder.person, '柏独岗', elder.idNumber)
  const [post] = await rows<{ role: string; unitId: string }>(
    sql`select role, unit_id as "unitId" from staff_roles where staff_id = 'wang-lixin' limit 1`,
  )
  await rows(
    sql`update case_tasks set role = ${post?.role}, unit_id = ${post?.unitId} where case_id = ${id}::uuid`,
  )
  const agent = await county.as('wang-lixin')
  const closingOf = async () => (await agent.send<AccountClosing>('GET', '/api/account/closing')).body
  expect((await closingOf()).workInHand.count).toBeGreaterThan(0)
  expect((await end('wang-lixin')).status).toBe(409)
  const ended = await end('wang-lixin', { handOver: true })
  expect(ended.body.unstaffed).toBeGreaterThan(0)
  expect(await rows(sql`select distinct unstaffed from case_tasks where case_id = ${id}::uuid`)).toEqual([
    { unstaffed: true },
  ])
  expect((await closingOf()).workInHand.count).toBe(0)
  expect((await agent.send('POST', '/api/account/closing', { body: {} })).status).toBe(200)
})

test('a colleague who has closed is nobody there: the work is unstaffed until the returned has redeemed the invitation', async () => {
  const elder = await born('柏窗空')
  const { id } = await fileAllowance(elder.person, '柏窗空', elder.idNumber)
  await rows(sql`insert into staff (id, name, part_time, duty_hours, leave, listing, demo)
    select id, name, false, '[]', '[]', 'added', false from (values ('alone-one', '柏一'), ('alone-two', '柏二')) v (id, name)`)
  const [post] = await rows<{ unitId: string }>(sql`select id as "unitId" from units
    where not exists (select 1 from staff_roles r where r.unit_id = units.id and r.role = 'town-window') limit 1`)
  await rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    select id, 'town-window', ${post?.unitId}, false from staff where id in ('alone-one', 'alone-two')`)
  await rows(sql`update case_tasks set role = 'town-window', unit_id = ${post?.unitId}, part_unit_id = ${post?.unitId}, assignee_id = null, unstaffed = false
    where case_id = ${id}::uuid`)
  const isUnstaffed = async () =>
    (await rows<{ unstaffed: boolean }>(sql`select unstaffed from case_tasks where case_id = ${id}::uuid`))[0]
      ?.unstaffed
  const { person } = await born('柏一', 3)
  await boundBefore(county, person, 'alone-one')
  expect((await end('alone-one')).body.code).toBe('account.member-work-in-hand')
  expect(await end('alone-one', { handOver: true })).toMatchObject({ status: 200, body: { unstaffed: 1 } })
  expect(await isUnstaffed()).toBe(true)
  expect((await comeBack('alone-one')).status).toBe(200)
  expect(await isUnstaffed()).toBe(true)
  const { body } = await (await admin()).send<{ token: string }>('POST', '/api/invitations', {
    body: { staffId: 'alone-one' },
  })
  const redeemed = await person.send('POST', '/api/invitations/redemption', { body: { token: body.token } })
  expect(redeemed.status, JSON.stringify(redeemed.body)).toBe(200)
  expect(await isUnstaffed()).toBe(false)
})

/** Two who hold a post alone, both of whom have come; the open work of a case is theirs. */
async function sharedPost(name: string, caseId: string) {
  const ids = [`${name}-one`, `${name}-two`] as const
  await rows(sql`insert into staff (id, name, part_time, duty_hours, leave, listing, demo)
    select id, '柏' || id, false, '[]', '[]', 'added', false from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) v (id)`)
  const [post] = await rows<{ unitId: string }>(sql`select id as "unitId" from units
    where not exists (select 1 from staff_roles r where r.unit_id = units.id and r.role = 'town-window') limit 1`)
  await rows(sql`insert into staff_roles (staff_id, role, unit_id, acting) select id, 'town-window', ${post?.unitId}, false
    from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) v (id)`)
  await rows(sql`update case_tasks set role = 'town-window', unit_id = ${post?.unitId}, part_unit_id = ${post?.unitId}, assignee_id = null, unstaffed = false
    where case_id = ${caseId}::uuid`)
  const people = []
  for (const id of ids) {
    const { person } = await born(`柏${id === ids[0] ? '前' : '后'}`, 1)
    await boundBefore(county, person, id)
    people.push(person)
  }
  return { ids, people }
}

test.each([
  ['is a relative by the applicant’s word', 'barred'],
  ['is the applicant', 'owner'],
])('a colleague who %s is nobody there', async (_why, how) => {
  const elder = await born('柏回避')
  const { id } = await fileAllowance(elder.person, '柏回避', elder.idNumber)
  const { ids, people } = await sharedPost(how, id)
  const closingOf = async () =>
    (await people[0]?.send<AccountClosing>('GET', '/api/account/closing'))?.body.workInHand.count
  expect(await closingOf()).toBe(0)
  await rows(
    how === 'barred'
      ? sql`update case_tasks set barred = array[${ids[1]}] where case_id = ${id}::uuid`
      : sql`update staff set id_number_index = (select applicant_index from cases where id = ${id}::uuid)
          where id = ${ids[1]}`,
  )
  expect(await closingOf()).toBe(1)
  expect((await end(ids[0])).body.code).toBe('account.member-work-in-hand')
  expect(await end(ids[0], { handOver: true })).toMatchObject({ status: 200, body: { unstaffed: 1 } })
})

test('what comes back to a pool is told there, once for all of it and to nobody whom it is kept from', async () => {
  const filed = []
  for (const name of ['柏交一', '柏交二']) {
    const elder = await born(name)
    filed.push(await fileAllowance(elder.person, name, elder.idNumber))
  }
  const [first, second] = filed
  const { ids, people } = await sharedPost('told', first?.id ?? '')
  await rows(sql`update case_tasks t set role = o.role, unit_id = o.unit_id, assignee_id = null, barred = array[${ids[1]}]
    from staff_roles o where o.staff_id = ${ids[0]} and t.case_id = ${second?.id}::uuid`)
  await rows(sql`insert into staff (id, name, part_time, duty_hours, leave, listing, demo)
    values ('told-leaver', '柏走', false, '[]', '[]', 'added', false)`)
  await rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    select 'told-leaver', role, unit_id, false from staff_roles where staff_id = ${ids[0]}`)
  await rows(sql`update case_tasks set assignee_id = 'told-leaver'
    where case_id in (${first?.id}::uuid, ${second?.id}::uuid)`)
  expect(await end('told-leaver', { handOver: true })).toMatchObject({ status: 200, body: { released: 2 } })
  const told = await Promise.all(people.map(linesOf))
  expect(told.map((lines) => lines.filter((line) => line.includes('回到你们岗位')))).toEqual([
    [
      expect.stringMatching(
        /^2 件回到你们岗位了\|柏走的工作身份停用了，.*接着办\|办件编号 \d{16} 等 2 件，都在“待办”里$/,
      ),
    ],
    [expect.stringMatching(/^1 件回到你们岗位了\|.*\|办件编号 \d{16}$/)],
  ])
  expect(
    await rows(sql`select distinct template_id as template from reminders
      where kind = 'work-left' and recipient in ('staff:told-one', 'staff:told-two')`),
  ).toEqual([{ template: 'YX-STAFF-TASK' }])
})

test('who is let back and ended again before they have come is told of each', async () => {
  const elder = await born('柏在岗')
  const { id } = await fileAllowance(elder.person, '柏在岗', elder.idNumber)
  await rows(sql`update case_tasks t set role = r.role, unit_id = r.unit_id from staff_roles r
    where r.staff_id = 'sun-zhiyuan' and r.role = 'town-reviewer' and t.case_id = ${id}::uuid`)
  await rows(sql`delete from staff_roles o using staff_roles r where r.staff_id = 'sun-zhiyuan' and o.staff_id <> r.staff_id
    and o.role = r.role and o.unit_id = r.unit_id`)
  const { person } = await born('柏再停', 1)
  await boundBefore(county, person, 'sun-zhiyuan')
  for (const round of [1, 2]) {
    // Whoever is awaited has nothing in hand, though what lies at their post still does.
    const ended = await end('sun-zhiyuan', round === 1 ? { handOver: true } : {})
    expect(ended, JSON.stringify(ended.body)).toMatchObject({ status: 200 })
    if (round === 2) expect(ended.body).toEqual({ released: 0, unstaffed: 0 })
    expect((await linesOf(person))[0]).toMatch(/^你的工作身份停用了\|/)
    expect((await comeBack('sun-zhiyuan')).status).toBe(200)
    expect((await linesOf(person))[0]).toMatch(/^你可以回到岗位了\|/)
    expect((await person.send('GET', '/api/work/cases')).status).toBe(403)
  }
})

test('a reason is told in one line', async () => {
  const { person } = await born('柏一行', 1)
  await boundBefore(county, person, 'zhou-min')
  await rows(sql`update staff set active = true where id = 'zhou-min'`)
  const ended = await end('zhou-min', { handOver: true, reason: ' 调走了\r\n\n到\u200b县里\t' })
  expect(ended.status, JSON.stringify(ended.body)).toBe(200)
  expect((await linesOf(person))[0]).toMatch(/^你的工作身份停用了\|原因：调走了 到县里。/)
})

test('desks, the authenticator and an invitation that waits end with it', async () => {
  const { person } = await born('柏桌面', 1)
  await boundBefore(county, person, 'sun-zhiyuan')
  const { id: profileId } = await accountOf(person)
  await rows(
    sql`insert into second_factors (profile_id, id, secret_sealed) values (${profileId}::uuid, gen_random_uuid(), 'x')`,
  )
  await rows(sql`insert into sessions (id, token_hash, profile_id, identity_id, device, created_at, last_seen_at, expires_at, kind)
    select gen_random_uuid(), 'desk-of-sun', profile_id, id, 'x', now(), now(), now() + interval '1 year', 'desk'
    from wechat_identities where profile_id = ${profileId}::uuid`)
  await (await admin()).send('POST', '/api/invitations', { body: { staffId: 'sun-zhiyuan' } })
  expect((await end('sun-zhiyuan', { handOver: true })).status).toBe(200)
  expect(
    await rows(sql`select (select revoked_at is not null from sessions where token_hash = 'desk-of-sun') as desk,
      (select count(*)::int from second_factors where profile_id = ${profileId}::uuid) as factors,
      (select count(*)::int from invitations where staff_id = 'sun-zhiyuan' and redeemed_at is null
        and expires_at > ${county.services.clock.now()}::timestamptz) as invitations`),
  ).toEqual([{ desk: true, factors: 0, invitations: 0 }])
})

test('a slip is mended: they are listed as ended, come back to their posts, and are invited anew', async () => {
  const invite = async () =>
    (await admin()).send('POST', '/api/invitations', { body: { staffId: 'zhao-min' } })
  const { person: former } = await born('柏回来', 1)
  await boundBefore(county, former, 'zhao-min')
  expect((await end('zhao-min', { handOver: true })).status).toBe(200)
  const before = await membersOf()
  expect(before.members.map(({ staffId }) => staffId)).not.toContain('zhao-min')
  expect(before.ended).toContainEqual({ staffId: 'zhao-min', name: '赵敏', posts: expect.any(Array) })
  expect((await invite()).status).toBe(404)
  const back = await comeBack('zhao-min')
  expect(back, JSON.stringify(back.body)).toMatchObject({ status: 200 })
  expect((await linesOf(former))[0]).toMatch(/^你可以回到岗位了\|/)
  // Whoever had it before may be somebody else by now.
  expect((await (await county.as('zhao-min')).send('GET', '/api/work/cases')).status).toBe(403)
  const after = await membersOf()
  expect(after.members).toContainEqual(expect.objectContaining({ staffId: 'zhao-min', bound: false }))
  expect(after.ended.map(({ staffId }) => staffId)).not.toContain('zhao-min')
  expect((await invite()).status).toBe(201)
  expect((await comeBack('zhao-min')).status).toBe(404)
})

test('nobody else may, and nobody their own; of two who end each other at once one stays', async () => {
  expect(await end('he-jing')).toMatchObject({ status: 409, body: { code: 'account.own-work' } })
  const { person } = await born('柏管理', 1)
  expect((await end('qian-li', {}, person)).status).toBe(403)
  await boundBefore(county, person, 'qian-li')
  await rows(sql`insert into staff_roles (staff_id, role, unit_id, acting)
    select 'qian-li', role, unit_id, false from staff_roles where staff_id = 'he-jing' and role = 'admin'`)
  const both = await Promise.all([
    end('qian-li', { handOver: true }),
    end('he-jing', { handOver: true }, person),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 403])
  expect(
    await rows(
      sql`select 1 from staff_roles r join staff s on s.id = r.staff_id and s.active where r.role = 'admin'`,
    ),
  ).toHaveLength(1)
})
