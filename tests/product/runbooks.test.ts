import { readdirSync, readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { Queue } from '#shared/contract/work'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { run as endWork } from '../../functions/commands/end-work'
import { run as inviteAdmin } from '../../functions/commands/invite-admin'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, newcomer, openCounty } from './county'

const FOLDER = 'docs/runbooks'
const DALIANG = '341821105200'

const statements = readdirSync(FOLDER).flatMap((runbook) =>
  [...readFileSync(`${FOLDER}/${runbook}`, 'utf8').matchAll(/^```sql\n([\s\S]*?)^```$/gm)].map(
    ([, statement = '']) => ({ runbook, statement }),
  ),
)

function statementWith(words: string) {
  const found = statements.find(({ statement }) => statement.includes(words))
  if (!found) throw new Error(`no runbook has a statement with ${words}`)
  return sql.raw(found.statement.replace(/;\s*$/, ''))
}

let county: County
let caseId: string
beforeAll(async () => {
  county = await openCounty()
  const { person } = await newcomer(county, {
    name: '周德福',
    birth: '1980-02-01',
    villageCode: DALIANG,
    level: 3,
  })
  const item = packItems().find(({ id }) => id === 'LX-013')
  if (!item) throw new Error('no LX-013')
  const uploads = [await person.upload(), await person.upload(), await person.upload()]
  const input = validInput(item, createRandom(3), {
    ...packContext(plainDate('2026-11-24')),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    villageCode: DALIANG,
  })
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: item.id, ...input },
  })
  caseId = filed.body.id
  await act(await county.as('wang-lixin'), caseId, 'accept')
}, 60_000)
afterAll(() => county.close())

class Undone extends Error {}

test('the runbooks have statements', () => {
  expect(statements.length).toBeGreaterThan(10)
})

test.each(statements.map(({ runbook, statement }) => [runbook, statement.slice(0, 60), statement] as const))(
  '%s: %s… runs',
  async (_runbook, _start, statement) => {
    const tried = county.services.database.transaction(async (db) => {
      await db.execute(sql.raw(statement))
      throw new Undone()
    })
    await expect(tried).rejects.toThrow(Undone)
  },
)

test('a chain of events that nobody touched is whole, and one that somebody touched is not', async () => {
  const { database } = county.services
  const broken = () => database.rows<{ case_id: string; sequence: number }>(statementWith('case_event_hash('))
  expect(await broken()).toEqual([])
  await database.rows(sql`update case_events set actor = 'staff:somebody-else'
    where case_id = ${caseId}::uuid and sequence = 1`)
  expect(await broken()).toEqual([{ case_id: caseId, sequence: 1 }])
})

test('a row is what its events say, or is named by its fields and put back', async () => {
  const { services } = county
  const rebuilt = async (...words: string[]) => {
    const lines: string[] = []
    const code = await rebuildCases({ services, words, print: (line) => lines.push(line) })
    return { code, lines }
  }
  const rowOf = async () => {
    const [row] =
      await services.database.rows<object>(sql`select state, status, due_on, organ_unit_id, was_disowned, channel from cases
      where id = ${caseId}::uuid`)
    return row
  }
  expect(await rebuilt()).toEqual({ code: 0, lines: ['重算了 1 件，0 件和记录对不上。'] })
  const before = await rowOf()
  await services.database.rows(sql`update cases set status = 'granted', channel = 'window', due_on = '2026-01-01', was_disowned = true,
    state = state || '{"paidOn": "2026-01-02"}' where id = ${caseId}::uuid`)
  expect(await rebuilt()).toEqual({
    code: 1,
    lines: [`${caseId}  state.paidOn status due_on was_disowned channel`, '重算了 1 件，1 件和记录对不上。'],
  })
  expect(await rowOf()).not.toEqual(before)
  expect(await rebuilt('--write')).toMatchObject({
    code: 0,
    lines: [expect.any(String), expect.stringContaining('写回 1 件')],
  })
  expect(await rowOf()).toEqual(before)
  expect(
    await services.database.rows(sql`select actor, subject from audit_entries where action = 'case.rebuild'`),
  ).toEqual([{ actor: 'system:command', subject: `case:${caseId}` }])
  expect(await rebuilt('--wirte')).toMatchObject({ code: 1 })
})

test('what is rebuilt is told by its state, whatever a wrong one had left in the lists', async () => {
  const { services } = county
  const queued = async () => {
    const agent = await county.as('wang-lixin')
    const { items } = (await agent.send<Queue>('GET', '/api/work/cases')).body
    return items.find((each) => each.caseId === caseId)
  }
  const before = await queued()
  await services.database.rows(sql`update case_tasks set line = replace(line, '"nobody":null', '"nobody":"unnamed"')
    where case_id = ${caseId}::uuid`)
  await services.database.rows(
    sql`update cases set status = 'granted', lined_version = version where id = ${caseId}::uuid`,
  )
  expect(await queued()).not.toEqual(before)
  expect(await rebuildCases({ services, words: ['--write'], print: () => undefined })).toBe(0)
  expect(await queued()).toEqual(before)
})

test('a row that does not say what its events say is found', async () => {
  const { database } = county.services
  const unequal = () => database.rows<{ case_number: string }>(statementWith('c.version <>'))
  expect(await unequal()).toEqual([])
  await database.rows(sql`delete from case_events where case_id = ${caseId}::uuid and sequence = 2`)
  expect(await unequal()).toHaveLength(1)
})

test('the only administrator comes back by the runbook: the phone of before is let go, and an invitation lets in', async () => {
  const { services } = county
  const linkTo = async (page: string) => `https://wxaurl.cn/?${page}`
  const run = (command: typeof endWork | typeof inviteAdmin, lines: string[] = []) =>
    command({ services, words: ['he-jing'], print: (line) => lines.push(line) }, linkTo)
  const stand = async () => {
    const [row] = await services.database.rows<object>(sql`select s.active, s.awaited,
      (select count(*)::int from profiles where staff_id = s.id) as bound,
      (select registry from reference_data) as registry from staff s where s.id = 'he-jing'`)
    return row
  }
  const before = await stand()
  expect(before).toMatchObject({ active: true, bound: 1 })
  // Of who works nothing changes.
  await services.database.rows(statementWith('set awaited = true'))
  expect(await stand()).toEqual(before)
  expect(await run(endWork)).toBe(0)
  expect(await run(inviteAdmin)).toBe(1)
  const ended = (await stand()) as { registry: number }
  await services.database.rows(statementWith('set awaited = true'))
  expect(await stand()).toEqual({ active: false, awaited: true, bound: 1, registry: ended.registry + 1 })
  expect(
    await services.database.rows(
      sql`select actor, subject from audit_entries where action = 'staff.return-to-work'`,
    ),
  ).toEqual([{ actor: 'system:command', subject: 'staff:he-jing' }])
  const lines: string[] = []
  expect(await run(inviteAdmin, lines)).toBe(0)
  const [, token = ''] = /token=([\w-]+)/.exec(lines.join()) ?? []
  const admin = await county.logIn('he-jing')
  expect((await admin.send('GET', '/api/invitations')).status).toBe(403)
  const redeemed = await admin.send('POST', '/api/invitations/redemption', { body: { token } })
  expect(redeemed.status).toBe(200)
  expect(await stand()).toMatchObject({ active: true, awaited: false, bound: 1 })
})

test('after a restore what waits stands in the inbox, and nothing goes out', async () => {
  const { database } = county.services
  const waiting = () =>
    database.rows<{ count: number }>(sql`select count(*)::int as count from reminders
      where sent_at is null and dropped_at is null`)
  await database.rows(statementWith("channel = 'inbox'"))
  expect(await waiting()).toEqual([{ count: 0 }])
})
