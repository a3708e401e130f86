import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '#shared/contract/account'
import type { CaseCreated } from '#shared/contract/application'
import type { Queue } from '#shared/contract/work'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { run as endWork } from '../../functions/commands/end-work'
import { run as inviteAdmin } from '../../functions/commands/invite-admin'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'
import { nothingMissing } from './project'

const DALIANG = '341821105200'

let county: County
let resident: Person
beforeAll(async () => {
  county = await openCounty()
  const born = await newcomer(county, { name: '周德福', birth: '1944-02-01', villageCode: DALIANG, level: 3 })
  resident = born.person
})
afterAll(() => county.close())

const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const queueOf = async (person: Person, tab = 'to-do') =>
  (await person.send<Queue>('GET', `/api/work/cases?tab=${tab}`)).body.items.map((each) => each.caseId)

async function command(run: typeof endWork | typeof inviteAdmin, ...words: string[]) {
  const lines: string[] = []
  const context = { services: county.services, words, print: (line: string) => lines.push(line) }
  const code = await run(context, async () => null)
  return { code, said: lines.join('\n') }
}

let filed = 0
async function file(itemId: string) {
  filed += 1
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(`no ${itemId}`)
  const uploads = await Promise.all([1, 2, 3, 4, 5, 6].map(() => resident.upload()))
  const input = validInput(item, createRandom(20 + filed), {
    ...packContext(plainDate('2026-11-24')),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    villageCode: DALIANG,
  })
  const { body, status } = await resident.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: itemId, ...input },
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}

test('whose work is ended is a resident from the next request on', async () => {
  const clerk = await county.as('zhao-min')
  const { id } = await file('LX-005')
  expect((await act(clerk, id, 'accept')).status).toBe(200)

  expect((await command(endWork, 'zhao-min')).code).toBe(0)
  expect((await clerk.send('GET', '/api/work/cases')).status).toBe(403)
  expect((await clerk.send('GET', `/api/cases/${id}`)).status).toBe(404)
  expect((await clerk.send<Account>('GET', '/api/account')).body).toMatchObject({
    staffId: null,
    roles: [],
    openTasks: 0,
  })
  expect(
    await rows(sql`select actor from audit_entries
      where action = 'staff.end-work' and subject = 'staff:zhao-min'`),
  ).toEqual([{ actor: 'system:command' }])
  // What she did keeps her name.
  const { timeline } = await caseOf(resident, id)
  expect(timeline.map(({ who }) => who)).toContain('梅渚镇 赵敏')

  expect((await command(endWork, 'zhao-min')).code).toBe(1)
  expect((await command(endWork)).code).toBe(1)
  expect((await command(endWork, 'nobody')).code).toBe(1)
})

test('who it is assigned to makes no colleague’s page an old one; what is asked of the applicant does', async () => {
  const { id } = await file('LX-045')
  await nothingMissing(county, id)
  const [holder, colleague] = [await county.as('zhou-min'), await county.as('project-officer-2')]
  const { version, staff } = await caseOf(colleague, id)
  const { stepKey, unitId } = staff?.allowed[0] ?? {}
  const send = (person: Person, more: object) =>
    person.send('POST', `/api/cases/${id}/actions`, { body: { stepKey, unitId, version, ...more } })
  const assigns = { action: 'assign', staffId: 'zhou-min' }
  expect((await send(holder, assigns)).status).toBe(200)
  // Who has it is what an assignment decides.
  const overwrites = await send(colleague, { action: 'assign', staffId: 'project-officer-2' })
  expect(overwrites).toMatchObject({ status: 409, body: { code: 'case.state-changed' } })
  const asks = {
    action: 'request-correction',
    reason: '照片看不清',
    items: [{ kind: 'field', name: 'projectName', reason: '看不清' }],
  }
  const asked = await send(colleague, asks)
  expect(asked, JSON.stringify(asked.body)).toMatchObject({ status: 200, body: { version: version + 2 } })
  expect(await send(holder, assigns)).toMatchObject({ status: 409, body: { code: 'case.state-changed' } })
  const fromTomorrow = { ...assigns, version: version + 3 }
  expect(await send(holder, fromTomorrow)).toMatchObject({ status: 409 })
})

test('what was assigned to them is the pool’s again, and the command names it', async () => {
  const { id, caseNumber } = await file('LX-045')
  await nothingMissing(county, id)
  await act(await county.as('zhou-min'), id, 'assign', { staffId: 'zhou-min' })
  const colleague = await county.as('project-officer-2')
  const assignees = async () => [
    (await rows(sql`select assignee_id as "assigneeId" from case_tasks where case_id = ${id}::uuid`))[0],
    (await caseOf(colleague, id)).staff?.steps[1]?.parts[0]?.assigneeName,
  ]
  expect(await assignees()).toEqual([{ assigneeId: 'zhou-min' }, expect.any(String)])
  expect(await command(endWork, 'zhou-min')).toMatchObject({
    code: 0,
    said: expect.stringContaining(caseNumber),
  })
  expect(await assignees()).toEqual([{ assigneeId: null }, null])
  // The next change of the case makes its tasks anew, and nobody's assignment comes back.
  const asked = await act(colleague, id, 'request-correction', {
    reason: '照片看不清',
    items: [{ kind: 'field', name: 'projectName', reason: '看不清' }],
  })
  expect(asked.status, JSON.stringify(asked.body)).toBe(200)
  expect(
    await rows(sql`select count(*)::int as count from case_tasks where assignee_id = 'zhou-min'`),
  ).toEqual([{ count: 0 }])
})

test('their messages of work are not theirs any more, neither to read nor to get', async () => {
  const agent = await county.as('zhao-xiaoyan')
  const inbox = async () => (await agent.send<{ items: { to: string }[] }>('GET', '/api/inbox')).body.items
  await rows(sql`insert into reminders (id, event_id, kind, recipient, urgent, body_sealed, channel, created_at, available_at)
    select gen_random_uuid(), gen_random_uuid(), 'task', 'staff:zhao-xiaoyan', false,
      (select body_sealed from reminders limit 1), 'inbox', now(), now()`)
  expect((await inbox()).filter(({ to }) => to === 'work')).not.toEqual([])
  await command(endWork, 'zhao-xiaoyan')
  expect((await inbox()).filter(({ to }) => to === 'work')).toEqual([])
})

test('a village whose only agent has left has nobody: its open work is shown to the administrator, new work goes on', async () => {
  const open = await file('LX-013')
  const admin = await county.as('he-jing')
  expect(await queueOf(await county.as('wang-lixin'))).toContain(open.id)
  expect(await queueOf(admin, 'unstaffed')).not.toContain(open.id)
  expect((await command(endWork, 'wang-lixin')).code).toBe(0)
  expect(await queueOf(admin, 'unstaffed')).toContain(open.id)
  const later = await file('LX-006')
  const tasks = await rows(sql`select unstaffed, role, unit_id as "unitId" from case_tasks
    where case_id = ${later.id}::uuid`)
  expect(tasks).toEqual([{ unstaffed: true, role: 'town-window', unitId: '341821105' }])
})

test('who has left may be invited to nothing, and binds again when they come back as somebody else', async () => {
  const admin = await county.as('he-jing')
  const invite = (staffId: string) =>
    admin.send<{ token: string }>('POST', '/api/invitations', { body: { staffId } })
  expect((await invite('zhao-min')).status).toBe(404)
  const invited = await invite('sun-zhiyuan')
  // The registry has them under another id, as the same person.
  await rows(sql`update staff set id_number_index = (select id_number_index from staff where id = 'zhao-min')
    where id = 'sun-zhiyuan'`)
  const redeemed = await (await county.as('zhao-min')).send('POST', '/api/invitations/redemption', {
    body: { token: invited.body.token },
  })
  expect(redeemed.status, JSON.stringify(redeemed.body)).toBe(200)
  expect((await (await county.as('zhao-min')).send('GET', '/api/work/cases')).status).toBe(200)
})

test('an administrator who has left is not among those who are invited from the command line', async () => {
  await command(endWork, 'he-jing')
  const { said } = await command(inviteAdmin, 'he-jing')
  expect(said).not.toMatch(/token=/)
  expect(said).toContain('还没有管理员')
})
