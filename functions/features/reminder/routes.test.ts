import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Consents, Inbox, InboxRead } from '#shared/contract/reminder'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import { readMessageTemplates } from '../../platform/config/message-templates'
import type { Database } from '../../platform/ports/database'
import { openDoors } from './doors-fixture'
import { drainUntilEmpty } from './drain'
import { messagesOf } from './messages'
import { createOutbox } from './outbox-fixture'
import { createWechatEventReceiver } from './wechat-events'

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})
const openOutbox = () => createOutbox(database, { cipher, ids: systemIds, limiter: createMemoryLimiter() })

let database: Database
let outbox: ReturnType<typeof createOutbox>
let doors: ReturnType<typeof openDoors>

beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  outbox = openOutbox()
  await outbox.clear()
  doors = openDoors(database, cipher, outbox, readMessageTemplates(undefined))
})

const login = (person: Parameters<typeof doors.login>[0]) => doors.login(person)
const get = <Body>(token: string, path: string) => doors.get<Body>(token, path)
const post = <Body>(token: string, path: string, body: unknown, key?: string) =>
  doors.post<Body>(token, path, body, key)

describe('the inbox', () => {
  it('pages through everything that was written to me, newest first, and says how it came', async () => {
    const me = await outbox.staff()
    const other = await outbox.resident()
    const ids: string[] = []
    for (let number = 0; number < 5; number += 1) {
      outbox.advance(60)
      const recipient = number % 2 === 0 ? me.recipient : `profile:${me.profileId}`
      const channel = number % 2 === 0 ? 'relation' : 'subscribe'
      ids.unshift(await outbox.plan({ recipient, channel, templateId: 'YX-STAFF-TASK' }))
      await outbox.plan({ recipient: other.recipient })
    }
    await drainUntilEmpty(outbox.worker())
    const token = await login(me)
    const first = await get<Inbox>(token, '/api/inbox?limit=3')
    expect(first).toMatchObject({ status: 200, body: { unread: 5, nextCursor: ids[2] } })
    const second = await get<Inbox>(token, `/api/inbox?limit=3&cursor=${first.body.nextCursor}`)
    expect(second.body.nextCursor).toBeNull()
    const items = [...first.body.items, ...second.body.items]
    expect(items.map((message) => message.id)).toEqual(ids)
    expect(items[0]).toEqual({
      id: ids[0],
      at: outbox.clock.now(),
      kind: 'accepted',
      title: '高龄津贴受理了',
      lines: ['最晚 12月8日 办好'],
      page: 'features/case/timeline?id=1',
      to: 'work',
      channel: 'relation',
      status: 'sent',
      pushAt: outbox.clock.now(),
      because: null,
      notAgreed: false,
      switchedOff: false,
      noNumber: false,
      urgent: false,
      read: false,
    })
    expect(items[1]).toMatchObject({
      to: 'me',
      channel: 'inbox',
      status: 'delivered',
      because: null,
      notAgreed: true,
    })
  })

  it('marks as read up to a message, once for an intent', async () => {
    const me = await outbox.resident()
    const [older, newer] = [await outbox.plan(me), await outbox.plan(me)]
    const token = await login(me)
    expect(await post(token, '/api/inbox/read', { upTo: older }, 'intent-1')).toEqual({
      status: 200,
      body: { read: 1, unread: 1 },
    })
    expect(await post(token, '/api/inbox/read', { upTo: older }, 'intent-1')).toEqual({
      status: 200,
      body: { read: 1, unread: 1 },
    })
    const { body } = await get(token, '/api/inbox')
    expect(body).toMatchObject({
      unread: 1,
      items: [
        { id: newer, read: false },
        { id: older, read: true },
      ],
    })
  })

  const addOlder = (recipient: string, count: number) =>
    database.rows(sql`insert into reminders select (jsonb_populate_record(r, jsonb_build_object(
        'id', gen_random_uuid(), 'event_id', gen_random_uuid(), 'created_at', r.created_at - make_interval(secs => n)))).*
      from reminders r, generate_series(1, ${count}::int) n where r.recipient = ${recipient}`)

  it('marks what the page shows and a thousand of the rest at once, and says what is left', async () => {
    const me = await outbox.resident()
    const newest = await outbox.plan(me)
    await addOlder(me.recipient, 1999)
    const token = await login(me)
    const mark = async () => (await post<InboxRead>(token, '/api/inbox/read', { upTo: newest })).body
    const first = await mark()
    expect(first).toEqual({ read: expect.any(Number), unread: 100 })
    expect(first.read).toBeLessThanOrEqual(1050)
    const { body } = await get<Inbox>(token, '/api/inbox?limit=50')
    expect(body.unread).toBe(100)
    expect(body.items.filter((message) => !message.read)).toEqual([])
    expect(await mark()).toEqual({ read: 2000 - first.read, unread: 0 })
    expect(await mark()).toEqual({ read: 0, unread: 0 })
  })

  it('does not know a message of somebody else', async () => {
    const [me, other] = [await outbox.resident(), await outbox.resident()]
    const theirs = await outbox.plan(other)
    const token = await login(me)
    expect(await post(token, '/api/inbox/read', { upTo: theirs })).toMatchObject({
      status: 404,
      body: { code: 'reminder.not-found' },
    })
    expect((await get<Inbox>(token, '/api/inbox')).body.items).toEqual([])
  })

  it.each(['/api/inbox', '/api/consents'])('%s is closed without a session', async (path) => {
    const response = await doors.app.request(path)
    expect(response.status).toBe(401)
    expect(await get(systemIds.secret(32), path)).toMatchObject({
      status: 401,
      body: { code: 'account.session-ended' },
    })
  })
})

const popup = (openid: string, createTime: number, status = 'accept') => ({
  fromUserName: openid,
  createTime,
  event: 'subscribe_msg_popup_event',
  messageId: null,
  status: null,
  list: ['YX-CASE-PROGRESS', 'YX-CASE-RESULT'].map((templateId) => ({
    templateId,
    status,
    messageId: null,
    errorCode: null,
  })),
})
const creditsIn = (body: Consents) =>
  Object.fromEntries(body.items.map(({ templateId, credits }) => [templateId, credits]))

describe('consents', () => {
  it('count each pop-up of WeChat once, however often it is pushed', async () => {
    const me = await outbox.resident()
    await Promise.all([1, 2, 3].map(() => outbox.receive(popup(me.openid, 1000))))
    await outbox.receive(popup(me.openid, 1001))
    await outbox.receive(popup(me.openid, 1002, 'reject'))
    const { body } = await get<Consents>(await login(me), '/api/consents')
    expect(creditsIn(body)).toEqual({ 'YX-CASE-PROGRESS': 2, 'YX-CASE-RESULT': 2, 'YX-CASE-TODO': 0 })
  })

  it('end when they are switched off in the settings', async () => {
    const me = await outbox.resident({ 'YX-CASE-RESULT': 4 })
    await outbox.receive({
      ...popup(me.openid, 1000, 'reject'),
      event: 'subscribe_msg_change_event',
    })
    const { body } = await get<Consents>(await login(me), '/api/consents')
    expect(body.items).toContainEqual({
      templateId: 'YX-CASE-RESULT',
      title: '办理结果通知',
      purpose: '办好了、有结果时',
      credits: 0,
      refused: true,
    })
  })

  it('are not added by what the page reports', async () => {
    const me = await outbox.resident({ 'YX-CASE-TODO': 1 })
    const choices = [
      { templateId: 'YX-CASE-PROGRESS', choice: 'accept' },
      { templateId: 'YX-CASE-TODO', choice: 'reject' },
    ]
    const token = await login(me)
    const { status, body } = await post<Consents>(token, '/api/consents', { choices })
    expect(status).toBe(200)
    expect(creditsIn(body)).toEqual({ 'YX-CASE-PROGRESS': 0, 'YX-CASE-RESULT': 0, 'YX-CASE-TODO': 1 })
    const later = await get<Consents>(token, '/api/consents')
    expect(later.body.items).toContainEqual(
      expect.objectContaining({ templateId: 'YX-CASE-TODO', credits: 1, refused: true }),
    )
  })
})

describe('an account with template ids of its own', () => {
  const names = ['YX-CASE-PROGRESS', 'YX-CASE-TODO', 'YX-CASE-RESULT', 'YX-STAFF-TASK', 'YX-STAFF-DUE']
  const idAt = (name: string) => `at-wechat-${names.indexOf(name)}`
  const templates = readMessageTemplates(names.map((name) => `${name}:${idAt(name)}`).join(','))

  it('shows, counts and refuses by them; the books keep our names', async () => {
    doors = openDoors(database, cipher, outbox, templates)
    const me = await outbox.resident({ 'YX-CASE-TODO': 1 })
    const receive = createWechatEventReceiver({
      database,
      clock: outbox.clock,
      appid: outbox.deps.appid,
      templates,
    })
    const accepted = {
      templateId: idAt('YX-CASE-RESULT'),
      status: 'accept',
      messageId: null,
      errorCode: null,
    }
    await receive({ ...popup(me.openid, 1000), list: [accepted] }, 'mini-program')
    const token = await login(me)
    const choices = [{ templateId: idAt('YX-CASE-TODO'), choice: 'reject' }]
    const { body } = await post<Consents>(token, '/api/consents', { choices })
    expect(body.work.map(({ name, templateId }) => [name, templateId])).toEqual([
      ['YX-STAFF-TASK', idAt('YX-STAFF-TASK')],
      ['YX-STAFF-DUE', idAt('YX-STAFF-DUE')],
    ])
    expect(creditsIn(body)).toEqual({
      [idAt('YX-CASE-PROGRESS')]: 0,
      [idAt('YX-CASE-RESULT')]: 1,
      [idAt('YX-CASE-TODO')]: 1,
    })
    const later = await get<Consents>(token, '/api/consents')
    expect(later.body.items.filter(({ refused }) => refused).map(({ templateId }) => templateId)).toEqual([
      idAt('YX-CASE-TODO'),
    ])
    expect(await outbox.credits(me.openid, 'YX-CASE-RESULT')).toBe(1)
  })
})

describe('messages for the console', () => {
  it('show each with its channel, case and status', async () => {
    const me = await outbox.resident({ 'YX-CASE-PROGRESS': 1 })
    const caseId = systemIds.next()
    const id = await outbox.plan({ ...me, caseId })
    const person = { profileId: me.profileId, staffId: null }
    expect(await messagesOf(database, cipher, person)).toMatchObject([{ id, status: 'queued' }])
    const at = outbox.clock.now()
    outbox.advance(3600)
    await drainUntilEmpty(outbox.worker())
    expect(await messagesOf(database, cipher, person)).toEqual([
      {
        id,
        eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        at,
        pushAt: outbox.clock.now(),
        channel: 'subscribe',
        templateId: 'YX-CASE-PROGRESS',
        kind: 'accepted',
        caseIds: [caseId],
        title: '高龄津贴受理了',
        lines: ['最晚 12月8日 办好'],
        page: 'features/case/timeline?id=1',
        status: 'sent',
        because: null,
      },
    ])
    expect(await messagesOf(database, cipher, { profileId: null, staffId: null })).toEqual([])
  })
})
