import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DeadLetters } from '#shared/contract/dead-letters'
import type { Problem } from '#shared/contract/problems'
import { isDead } from '#shared/domain/reminder/dead'
import { REMINDER_REASONS } from '#shared/domain/reminder/delivery'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import { readMessageTemplates } from '../../platform/config/message-templates'
import type { Database } from '../../platform/ports/database'
import { CONFIDENTIAL, openDoors } from './doors-fixture'
import { drainUntilEmpty } from './drain'
import { createOutbox } from './outbox-fixture'
import { type ReminderRow, reminderJson } from './rows'

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})
const otherCipher = createAesCipher({
  keys: [{ id: 'k9', secret: Buffer.alloc(32, 9) }],
  indexSecret: Buffer.alloc(32, 2),
})
const PATH = '/api/work/reminders?status=dead'
const TEMPLATE = 'YX-CASE-PROGRESS'
const DAY = 24 * 3600
const AT = '2026-11-24T01:42:00.000Z'
const REJECTED = { kind: 'rejected', code: 47003 } as const
const RETRY = { kind: 'retry', code: -1, retryAfterSeconds: 1 } as const

let database: Database
let outbox: ReturnType<typeof createOutbox>
let doors: ReturnType<typeof openDoors>
beforeAll(async () => {
  database = await openEmptyDatabase()
  await database.rows(sql`insert into units (id, kind, name, short_name, credit_code, demo)
    values ('county', 'department', '数据资源局', '数据局', '', true)`)
})
afterAll(() => database.close())
beforeEach(async () => {
  outbox = createOutbox(database, { cipher, ids: systemIds, limiter: createMemoryLimiter() })
  await outbox.clear()
  doors = openDoors(database, cipher, outbox, readMessageTemplates(undefined))
})

async function loggedIn(role: string, kind: 'phone' | 'desk' = 'phone') {
  const member = await outbox.staff()
  await database.rows(
    sql`insert into staff_roles (staff_id, role, unit_id, acting) values (${member.staffId}, ${role}, 'county', false)`,
  )
  return doors.login(member, kind)
}
const listed = async (token: string, more = '') => (await doors.get<DeadLetters>(token, PATH + more)).body
const resend = <Body>(token: string, id: string, key?: string) =>
  doors.post<Body>(token, `/api/work/reminders/${id}/resend`, undefined, key)
const lost = (openid: string, messageId: string | null) =>
  outbox.receive({
    fromUserName: openid,
    createTime: 1,
    event: 'subscribe_msg_sent_event',
    messageId: null,
    status: null,
    list: [{ templateId: TEMPLATE, status: null, messageId, errorCode: '1' }],
  })

/** One of each that died, the newest first: rejected, never taken, not arrived. */
async function theDead(more: { caseId?: string } = {}) {
  const me = await outbox.resident({ [TEMPLATE]: 9 })
  const plan = (kind: string) => outbox.plan({ recipient: me.recipient, kind, ...more })
  const notArrived = await plan('granted')
  await outbox.worker()()
  await lost(me.openid, (await outbox.find(notArrived)).wechatMessageId)
  const neverTaken = await plan('payment-recorded')
  outbox.wechat.script.push(...Array.from({ length: 8 }, () => () => RETRY))
  for (let nth = 0; nth < 8; nth += 1) {
    await outbox.worker()()
    outbox.advance(700)
  }
  const rejected = await plan('accepted')
  outbox.wechat.script.push(() => REJECTED)
  outbox.advance(DAY)
  await outbox.worker()()
  return { me, rejected, neverTaken, notArrived, ids: [rejected, neverTaken, notArrived] }
}

describe('dead letters', () => {
  it('say of a short message that its provider will not take it', async () => {
    const me = await outbox.resident({ [TEMPLATE]: 9 })
    const id = await outbox.plan({ recipient: me.recipient, kind: 'correction-requested' })
    outbox.wechat.script.push(() => REJECTED)
    await outbox.worker()()
    await database.rows(sql`update reminders set channel = 'sms' where id = ${id}::uuid`)
    await database.rows(sql`update deliveries set channel = 'sms' where reminder_id = ${id}::uuid`)
    const { items } = await listed(await loggedIn('admin'))
    expect(items.map(({ why, channel }) => ({ why, channel }))).toEqual([
      { why: '发短信的公司不收这条', channel: 'sms' },
    ])
  })

  it('are listed to the administrator, by nobody’s name, with why in words', async () => {
    const { ids, me } = await theDead()
    const admin = await loggedIn('admin')
    const { items, nextCursor } = await listed(admin)
    expect(items.map(({ id }) => id)).toEqual(ids)
    expect(nextCursor).toBeNull()
    expect(items.map(({ why, errorCode, about, channel }) => ({ why, errorCode, about, channel }))).toEqual([
      { why: '微信不收这条', errorCode: 47003, about: '日子定了、改了、误了', channel: 'subscribe' },
      { why: '试了好几次，微信都没收', errorCode: -1, about: '钱发了', channel: 'subscribe' },
      { why: '微信说没有送到', errorCode: 1, about: '批了、没批、办好了', channel: 'subscribe' },
    ])
    expect(items[0]).toEqual({
      id: ids[0],
      at: expect.any(String),
      diedAt: expect.any(String),
      kind: 'accepted',
      about: '日子定了、改了、误了',
      to: 'resident',
      channel: 'subscribe',
      why: '微信不收这条',
      errorCode: 47003,
      messages: 1,
      overtaken: false,
      caseNumber: null,
    })
    expect(JSON.stringify(items)).not.toContain(me.profileId)
  })

  it('name the case only to whom its row lets see it, nobody holding it included, and never of their own', async () => {
    const admin = await loggedIn('admin')
    const numberOf = async (written: Parameters<typeof caseOf>[0]) => {
      await outbox.clear()
      await theDead({ caseId: await caseOf(written) })
      return (await listed(admin)).items[0]?.caseNumber
    }
    expect(await numberOf({ itemId: 'LX-005' })).toBeNull()
    expect(await numberOf({ itemId: 'LX-005', seenBy: 'admin:county' })).toBe('341821-1')
    expect(await numberOf({ itemId: 'LX-005', seenBy: 'supervisor:county' })).toBeNull()
    expect(await numberOf({ itemId: 'LX-005', unstaffed: true })).toBe('341821-1')
    expect(await numberOf({ itemId: CONFIDENTIAL, unstaffed: true })).toBeNull()
    expect(await numberOf({ itemId: 'LX-005', unstaffed: true, isOwn: true })).toBeNull()
  })

  it('that did not arrive died when WeChat said so', async () => {
    const me = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient: me.recipient, kind: 'granted' })
    await outbox.worker()()
    const sentAt = outbox.clock.now()
    outbox.advance(600)
    await lost(me.openid, (await outbox.find(id)).wechatMessageId)
    const [letter] = (await listed(await loggedIn('admin'))).items
    expect(letter).toMatchObject({ id, diedAt: outbox.clock.now() })
    expect(letter?.diedAt).not.toBe(sentAt)
  })

  it('come in pages, each once', async () => {
    const { ids } = await theDead()
    const admin = await loggedIn('admin')
    const first = await listed(admin, '&limit=2')
    expect(first).toMatchObject({ nextCursor: ids[1] })
    const second = await listed(admin, `&limit=2&cursor=${first.nextCursor}`)
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids)
    expect(second.nextCursor).toBeNull()
  })

  it('are nobody else’s: 401, 403, 404, and nothing is sent', async () => {
    const { rejected } = await theDead()
    expect((await doors.get('nobody-nobody-nobody', PATH)).status).toBe(401)
    expect((await resend('nobody-nobody-nobody', rejected)).status).toBe(401)
    const resident = await doors.login(await outbox.resident())
    const supervisor = await loggedIn('supervisor')
    for (const token of [resident, supervisor]) {
      expect(await doors.get(token, PATH)).toMatchObject({
        status: 403,
        body: { code: 'account.role-needed' },
      })
      expect((await resend(token, rejected)).status).toBe(403)
    }
    const admin = await loggedIn('admin')
    expect((await doors.get(admin, '/api/work/reminders?status=sent')).status).toBe(400)
    expect((await resend(admin, randomUUID())).status).toBe(404)
    expect((await resend(admin, 'what')).status).toBe(404)
    expect(await outbox.queued()).toBe(0)
  })

  it('are by the statement what the rule says, of every reason and outcome', async () => {
    const admin = await loggedIn('admin')
    const [outcomes, ends] = [
      [null, 'arrived', 'lost', 'sent', 'unknown'],
      ['sent', 'queued', 'dropped'],
    ]
    const all = [null, ...REMINDER_REASONS].flatMap((because) =>
      ['subscribe', 'inbox'].flatMap((channel) =>
        ends.flatMap((end) =>
          outcomes.map((outcome) => ({
            id: systemIds.next(),
            delivery: systemIds.next(),
            because,
            channel,
            end,
            outcome,
          })),
        ),
      ),
    )
    await database.rows(sql`with each as (select * from jsonb_to_recordset(${JSON.stringify(all)}::jsonb)
        as e(id uuid, delivery uuid, because text, channel text, "end" text, outcome text)),
      written as (insert into reminders (id, event_id, kind, recipient, urgent, body_sealed, channel, because, created_at, available_at,
          sent_at, dropped_at)
        select id, id, 'accepted', 'profile:' || id, false, 'sealed', channel, because, ${AT}::timestamptz, ${AT}::timestamptz,
          case when "end" <> 'queued' then ${AT}::timestamptz end, case when "end" = 'dropped' then ${AT}::timestamptz end from each)
      insert into deliveries (id, reminder_id, recipient, channel, attempt, begun_at, outcome, spent_consent, delivered_at, failed_at)
        select delivery, id, 'profile:' || id, 'subscribe', 1, ${AT}::timestamptz, case outcome when 'unknown' then outcome else 'sent' end,
          false, case outcome when 'arrived' then ${AT}::timestamptz end, case outcome when 'lost' then ${AT}::timestamptz end
        from each where outcome is not null`)
    const rows = await database.rows<{ row: ReminderRow }>(
      sql`select ${reminderJson} as row from reminders r order by id desc`,
    )
    expect(rows.length).toBe(all.length)
    const found: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: DeadLetters = await listed(admin, `&limit=50${cursor && `&cursor=${cursor}`}`)
      found.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(found).toEqual(rows.filter(({ row }) => isDead(row)).map(({ row }) => row.id))
  })
})

describe('sending a dead letter again', () => {
  it('puts it back into the outbox, once for an intent and once for all, and writes it down', async () => {
    const { rejected, me } = await theDead()
    const admin = await loggedIn('admin')
    const answer = { status: 200, body: { id: rejected, queued: 1, overtaken: 0 } }
    expect(await resend(admin, rejected, 'intent-1')).toEqual(answer)
    expect(await resend(admin, rejected, 'intent-1')).toEqual(answer)
    expect(await resend<Problem>(admin, rejected)).toMatchObject({
      status: 409,
      body: { code: 'reminder.not-dead', title: '这条不在没发成的里面了，可能有人刚再发过' },
    })
    expect((await listed(admin)).items.map(({ id }) => id)).not.toContain(rejected)
    const before = await outbox.credits(me.openid)
    outbox.wechat.received.splice(0)
    await drainUntilEmpty(outbox.worker())
    expect(outbox.wechat.received).toEqual([expect.objectContaining({ id: rejected, openid: me.openid })])
    expect(await outbox.find(rejected)).toMatchObject({ sent: true, because: null, channel: 'subscribe' })
    expect(await outbox.credits(me.openid)).toBe(before - 1)
    expect(
      await database.rows(sql`select action from audit_entries where subject = ${`reminder:${rejected}`}`),
    ).toEqual([{ action: 'reminder.resend' }])
  })

  it('of two at once one sends it', async () => {
    const { rejected } = await theDead()
    const admins = [await loggedIn('admin'), await loggedIn('admin')]
    const answers = await Promise.all(admins.map((admin) => resend(admin, rejected)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('gives what was never taken eight tries more, by the way by which it was to go', async () => {
    const { neverTaken } = await theDead()
    const admin = await loggedIn('admin')
    await resend(admin, neverTaken)
    outbox.wechat.script.push(...Array.from({ length: 8 }, () => () => RETRY))
    for (let nth = 0; nth < 7; nth += 1) {
      await outbox.worker()()
      outbox.advance(700)
    }
    expect(await outbox.find(neverTaken)).toMatchObject({ channel: 'subscribe', because: null })
    await outbox.worker()()
    expect(await outbox.find(neverTaken)).toMatchObject({
      channel: 'inbox',
      because: 'undeliverable',
      attempts: 16,
    })
    expect((await listed(admin)).items[0]).toBeDefined()
  })

  it('of what did not arrive counts the new receipt, and spends another consent', async () => {
    const { notArrived, me } = await theDead()
    const before = await outbox.credits(me.openid)
    await resend(await loggedIn('admin'), notArrived)
    await outbox.worker()()
    expect(await outbox.find(notArrived)).toMatchObject({ sent: true, delivered: false, failed: false })
    expect(await outbox.credits(me.openid)).toBe(before - 1)
  })

  it('asks hours and consents as of any other', async () => {
    const { rejected, me } = await theDead()
    await database.rows(sql`update consent_credits set credits = 0 where openid = ${me.openid}`)
    await resend(await loggedIn('admin'), rejected)
    await outbox.worker()()
    expect(await outbox.find(rejected)).toMatchObject({ channel: 'inbox', because: 'no-consent' })
    expect((await listed(await loggedIn('admin'))).items.map(({ id }) => id)).not.toContain(rejected)
  })

  it('rests for the night', async () => {
    const { rejected } = await theDead()
    outbox.advance(14 * 3600)
    await resend(await loggedIn('admin'), rejected)
    outbox.wechat.received.splice(0)
    expect(await outbox.worker()()).toMatchObject({ claimed: 1, waiting: 1, sent: 0 })
    expect(outbox.wechat.received).toEqual([])
  })

  it('does not send what is so no more, and says so', async () => {
    const caseId = systemIds.next()
    const { rejected } = await theDead({ caseId })
    await told(caseId, rejected, 'accepted')
    await happened(caseId, 2, 'withdrawn')
    expect(await resend<Problem>(await loggedIn('admin'), rejected)).toMatchObject({
      status: 409,
      body: { code: 'reminder.overtaken', title: '这条说的已经变了，不再发' },
    })
    expect(await outbox.queued()).toBe(0)
    const { items } = await listed(await loggedIn('admin'))
    expect(items.map(({ id, overtaken }) => [id === rejected, overtaken])).toEqual([
      [true, true],
      [false, false],
      [false, false],
    ])
  })

  it('of a push that told several sends what is still so, and leaves the rest as it was', async () => {
    const me = await outbox.staff()
    const caseId = systemIds.next()
    const plan = (more: { caseId?: string; kind: string }) =>
      outbox.plan({ recipient: me.recipient, channel: 'relation', templateId: 'YX-STAFF-TASK', ...more })
    const ids = [
      await plan({ kind: 'declined' }),
      await plan({ kind: 'withdrawn' }),
      await plan({ kind: 'clock-suspended', caseId }),
    ]
    await told(caseId, ids[2] ?? '', 'clock-suspended')
    await drainUntilEmpty(outbox.worker())
    const [push] = outbox.wechat.received
    await lost('', `m-1-${push?.id}`)
    const admin = await loggedIn('admin')
    const [letter, ...others] = (await listed(admin)).items
    expect(others).toEqual([])
    expect(letter).toMatchObject({ to: 'staff', about: '工作提醒', messages: 3 })
    await happened(caseId, 2, 'withdrawn')
    expect((await resend(admin, letter?.id ?? '')).body).toMatchObject({ queued: 2, overtaken: 1 })
    // The push that did not arrive is one of its day.
    outbox.advance(DAY)
    await drainUntilEmpty(outbox.worker())
    const after = await Promise.all(ids.map((id) => outbox.find(id)))
    expect(after.map(({ sent, failed }) => ({ sent, failed }))).toEqual([
      { sent: true, failed: false },
      { sent: true, failed: false },
      { sent: false, failed: true },
    ])
  })

  it('of a push leaves what does not open where it was, and writes down each that it sends', async () => {
    const me = await outbox.staff()
    const plan = (kind: string) =>
      outbox.plan({ recipient: me.recipient, channel: 'relation', templateId: 'YX-STAFF-TASK', kind })
    const ids = [await plan('declined'), await plan('withdrawn'), await plan('disowned')]
    await drainUntilEmpty(outbox.worker())
    await lost('', `m-1-${outbox.wechat.received[0]?.id}`)
    const admin = await loggedIn('admin')
    const [letter] = (await listed(admin)).items
    const rider = ids.find((id) => id !== letter?.id) ?? ''
    await database.rows(sql`update reminders set body_sealed = 'v1.k0.lost' where id = ${rider}::uuid`)
    expect((await resend(admin, letter?.id ?? '')).body).toMatchObject({ queued: 2, overtaken: 0 })
    const sent = ids.filter((id) => id !== rider)
    const written = await database.rows<{ subject: string }>(
      sql`select subject from audit_entries where action = 'reminder.resend'
        and subject in (${sql.join(
          ids.map((id) => sql`${`reminder:${id}`}`),
          sql`, `,
        )}) order by subject`,
    )
    expect(written.map(({ subject }) => subject)).toEqual(sent.map((id) => `reminder:${id}`).sort())
    await drainUntilEmpty(outbox.worker())
    expect(await outbox.find(rider)).toMatchObject({ sent: false, failed: true })
  })

  it('refuses what does not open, until its key is back', async () => {
    const me = await outbox.resident({ [TEMPLATE]: 1 })
    const id = await outbox.plan({ recipient: me.recipient })
    await outbox.worker({ cipher: otherCipher })()
    const admin = await loggedIn('admin')
    const keyless = openDoors(database, otherCipher, outbox, readMessageTemplates(undefined))
    expect((await listed(admin)).items).toMatchObject([{ id, why: '内容打不开，加密用的密钥不在了' }])
    expect(await keyless.post<Problem>(admin, `/api/work/reminders/${id}/resend`, undefined)).toMatchObject({
      status: 422,
      body: { code: 'reminder.unreadable' },
    })
    expect((await resend(admin, id)).status).toBe(200)
    await outbox.worker()()
    expect(await outbox.find(id)).toMatchObject({ sent: true })
  })

  it('knows nothing of whoever has closed their account', async () => {
    const { rejected } = await theDead()
    await database.rows(sql`update reminders set body_sealed = '' where id = ${rejected}::uuid`)
    const admin = await loggedIn('admin')
    expect((await listed(admin)).items.map(({ id }) => id)).not.toContain(rejected)
    expect((await resend(admin, rejected)).status).toBe(404)
  })
})

async function happened(caseId: string, sequence: number, type: string) {
  const id = systemIds.next()
  await database.rows(sql`insert into case_events (id, case_id, sequence, type, payload, actor, at, hash)
    values (${id}::uuid, ${caseId}::uuid, ${sequence}::int, ${type}, '{}', 'system:test', ${outbox.clock.now()}::timestamptz, '')`)
  return id
}
/** The reminder tells of the first event of its case. */
async function told(caseId: string, reminderId: string, type: string) {
  const event = await happened(caseId, 1, type)
  await database.rows(sql`update reminders set event_id = ${event}::uuid where id = ${reminderId}::uuid`)
}

/** The only case, with one row of work; `isOwn`: of every member of staff. */
async function caseOf(written: { itemId: string; seenBy?: string; unstaffed?: boolean; isOwn?: boolean }) {
  const { itemId, seenBy = 'town-window:town', unstaffed = false, isOwn = false } = written
  const [caseId, at] = [systemIds.next(), outbox.clock.now()]
  const { profileId } = await outbox.resident()
  const applicant = isOwn ? 'own' : 'other'
  await database.rows(sql`update staff set id_number_index = 'own'`)
  await database.rows(sql`delete from case_tasks`)
  await database.rows(sql`delete from cases`)
  await database.rows(sql`insert into cases (id, case_number, service_item_id, item_version, status, version, state, filed_by,
      applicant_masked, applicant_index, organ_unit_id, filed_at, updated_at, seen_by)
    values (${caseId}::uuid, '341821-1', ${itemId}, 1, 'examining', 1, '{}'::jsonb, ${profileId}::uuid, '陈*兰', ${applicant},
      'county', ${at}::timestamptz, ${at}::timestamptz, array[${seenBy}])`)
  await database.rows(sql`insert into case_tasks (case_id, step_key, role, unit_id, part_unit_id, queue, sort_on, opened_at, unstaffed)
    values (${caseId}::uuid, 'examine', 'town-reviewer', 'town', 'town', 'to-do', '2026-12-01', ${at}::timestamptz, ${unstaffed})`)
  return caseId
}
