import { randomBytes } from 'node:crypto'
import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { LosslessNumber } from 'lossless-json'
import { uuidv7 } from 'uuidv7'
import type { Db } from '../../platform/ports/database'
import { type Account, miniProgram, openidOf } from '../accounts'
import type { PackPerson } from '../doors'
import { allowances, clientMessages, conversation, credits, deliveries } from '../schema'
import { findTemplate, type Template } from '../templates'
import { type AuthorisedCall, type Body, done, type Endpoint, isBody, textOf, type World } from './endpoint'
import { WechatError } from './errors'
import { checkData } from './fields'
import type { PushMessage } from './push-request'

const CLIENT_MESSAGE_WINDOW = 600_000
// Stands for the words WeChat refuses; a test may write it, a county will not.
const SENSITIVE = '敏感词'

// Between 2^60 and 2^61: more than a JavaScript number holds, as WeChat's ids are.
const createMessageId = () => String((randomBytes(8).readBigUInt64BE() >> 4n) | (1n << 60n))

async function recipientOf(world: World, account: Account, body: Body) {
  const person = await world.register.findByOpenid(account.appid, body['touser'])
  if (!person) throw new WechatError(40003)
  return person
}

const templateOf = (account: Account, kind: Template['kind'], id: unknown) => {
  const template = findTemplate(id, account.kind, kind)
  if (!template) throw new WechatError(40037)
  return template
}

const pageIn = (world: World, page: unknown) => world.doors.pages().includes(String(page).split('?')[0] ?? '')

function checkPage(world: World, page: unknown) {
  if (page === undefined || page === null || page === '') return
  if (typeof page !== 'string' || !pageIn(world, page)) throw new WechatError(41030)
}

function checkWords(data: unknown) {
  if (JSON.stringify(data).includes(SENSITIVE)) throw new WechatError(45168)
}

/** Spends one consent; two messages at once cannot spend the same. */
async function spendCredit(db: Db, person: string, templateId: string) {
  const spent = await db
    .update(credits)
    .set({ credits: sql`${credits.credits} - 1` })
    .where(and(eq(credits.person, person), eq(credits.templateId, templateId), gt(credits.credits, 0)))
    .returning()
  if (spent.length === 0) throw new WechatError(43101)
}

const deliver = (
  db: Db,
  now: number,
  api: string,
  messageId: string,
  message: { person: string; templateId: string; page: string; data: unknown },
) =>
  db
    .insert(deliveries)
    .values({ ...message, api, messageId, data: JSON.stringify(message.data), sentAt: now })

const eventFields = (world: World, account: Account, person: string, event: string) => ({
  ToUserName: account.username,
  FromUserName: openidOf(account.appid, person),
  CreateTime: Math.floor(world.clock.milliseconds() / 1000),
  MsgType: 'event',
  Event: event,
})

const sentEvent = (
  world: World,
  account: Account,
  person: string,
  templateId: string,
  messageId: string,
): PushMessage => ({
  fields: eventFields(world, account, person, 'subscribe_msg_sent_event'),
  list: {
    wrapper: 'SubscribeMsgSentEvent',
    entries: [{ TemplateId: templateId, MsgID: messageId, ErrorCode: '0', ErrorStatus: 'success' }],
  },
})

/** A message against one consent: of the mini program (one-time) or of the official account (category). */
async function sendSubscribed(world: World, { account, body }: AuthorisedCall, kind: Template['kind']) {
  const person = await recipientOf(world, account, body)
  const template = templateOf(account, kind, body['template_id'])
  checkPage(world, body['page'])
  checkData(template, body['data'])
  checkWords(body['data'])
  const messageId = createMessageId()
  await world.database.transaction(async (db) => {
    await spendCredit(db, person.id, template.id)
    await deliver(db, world.clock.milliseconds(), 'subscribe', messageId, {
      person: person.id,
      templateId: template.id,
      page: textOf(body['page']) ?? '',
      data: body['data'],
    })
    await world.pushes.store(
      db,
      account,
      person.id,
      sentEvent(world, account, person.id, template.id, messageId),
    )
  })
  world.pushes.wake()
  return messageId
}

/** The data of an employee message comes as JSON in a string. */
function parseRelationData(data: unknown): unknown {
  if (typeof data !== 'string') throw new WechatError(40097)
  try {
    return JSON.parse(data)
  } catch {
    throw new WechatError(40097)
  }
}

function checkMiniProgram(target: unknown) {
  if (target === undefined || target === null) return
  if (!isBody(target) || target['appid'] !== miniProgram.appid) throw new WechatError(40013)
}

/** The id that a repeated `client_msg_id` already stands for, or `messageId` when it is new. */
async function claimClientMessage(
  db: Db,
  now: number,
  person: string,
  clientMessageId: string,
  messageId: string,
) {
  const [claimed] = await db
    .insert(clientMessages)
    .values({ person, clientMessageId, messageId, sentAt: now })
    .onConflictDoUpdate({
      target: [clientMessages.person, clientMessages.clientMessageId],
      set: { messageId, sentAt: now },
      setWhere: lt(clientMessages.sentAt, now - CLIENT_MESSAGE_WINDOW),
    })
    .returning()
  if (claimed) return claimed.messageId
  const [former] = await db
    .select()
    .from(clientMessages)
    .where(and(eq(clientMessages.person, person), eq(clientMessages.clientMessageId, clientMessageId)))
  return former?.messageId ?? messageId
}

async function storeTemplateMessage(
  world: World,
  call: AuthorisedCall,
  person: PackPerson,
  template: Template,
) {
  const { account, body } = call
  const now = world.clock.milliseconds()
  const fresh = createMessageId()
  const target = body['miniprogram']
  const page = isBody(target) ? textOf(target['pagepath']) : textOf(body['url'])
  const clientMessageId = textOf(body['client_msg_id'])
  const messageId = await world.database.transaction(async (db) => {
    const id = clientMessageId ? await claimClientMessage(db, now, person.id, clientMessageId, fresh) : fresh
    if (id !== fresh) return id
    await deliver(db, now, 'template', id, {
      person: person.id,
      templateId: template.id,
      page: page ?? '',
      data: body['data'],
    })
    await world.pushes.store(db, account, person.id, {
      fields: {
        ...eventFields(world, account, person.id, 'TEMPLATESENDJOBFINISH'),
        MsgID: id,
        Status: 'success',
      },
    })
    return id
  })
  world.pushes.wake()
  return messageId
}

/** Spends one of the customer-service messages that an interaction allows, the soonest to end first. */
async function spendAllowance(db: Db, person: string, now: number) {
  const open = await db
    .select()
    .from(allowances)
    .where(and(eq(allowances.person, person), gt(allowances.untilAt, now)))
    .orderBy(allowances.untilAt)
    .for('update')
  if (open.length === 0) throw new WechatError(45015)
  const usable = open.find((allowance) => allowance.remaining > 0)
  if (!usable) throw new WechatError(45047)
  await db
    .update(allowances)
    .set({ remaining: usable.remaining - 1 })
    .where(and(eq(allowances.person, person), eq(allowances.kind, usable.kind)))
}

export const messageEndpoints: readonly Endpoint[] = [
  {
    path: '/cgi-bin/message/subscribe/send',
    method: 'POST',
    access: 'mini-program',
    dailyLimit: 10_000_000,
    async handle(world, call) {
      return { ...done, msgid: new LosslessNumber(await sendSubscribed(world, call, 'one-time')) }
    },
  },
  {
    path: '/cgi-bin/message/subscribe/bizsend',
    method: 'POST',
    access: 'official-account',
    dailyLimit: 100_000,
    async handle(world, call) {
      await sendSubscribed(world, call, 'category')
      return done
    },
  },
  {
    path: '/cgi-bin/message/wxopen/employeerelationmsg/send',
    method: 'POST',
    access: 'mini-program',
    async handle(world, { account, body }) {
      const person = await recipientOf(world, account, body)
      const template = templateOf(account, 'relation', body['template_id'])
      checkPage(world, body['page'])
      const data = parseRelationData(body['data'])
      checkData(template, data)
      if (!(await world.register.isRelated(person))) throw new WechatError(40256)
      await deliver(world.database.db, world.clock.milliseconds(), 'relation', createMessageId(), {
        person: person.id,
        templateId: template.id,
        page: textOf(body['page']) ?? '',
        data,
      })
      return done
    },
  },
  {
    path: '/cgi-bin/message/template/send',
    method: 'POST',
    access: 'official-account',
    dailyLimit: 100_000,
    async handle(world, call) {
      const { account, body } = call
      const person = await recipientOf(world, account, body)
      if ((await world.register.followsSince(person)) === undefined) throw new WechatError(43004)
      const template = templateOf(account, 'category', body['template_id'])
      checkMiniProgram(body['miniprogram'])
      checkData(template, body['data'])
      if ((textOf(body['client_msg_id']) ?? '').length > 32) throw new WechatError(40097)
      return { ...done, msgid: new LosslessNumber(await storeTemplateMessage(world, call, person, template)) }
    },
  },
  {
    path: '/cgi-bin/message/custom/send',
    method: 'POST',
    access: 'official-account',
    dailyLimit: 500_000,
    async handle(world, { account, body }) {
      const person = await recipientOf(world, account, body)
      const text = isBody(body['text']) ? textOf(body['text']['content']) : undefined
      if (body['msgtype'] !== 'text' || !text) throw new WechatError(40097)
      const now = world.clock.milliseconds()
      await world.database.transaction(async (db) => {
        await spendAllowance(db, person.id, now)
        await db
          .insert(conversation)
          .values({ id: uuidv7(), person: person.id, speaker: 'account', content: text, at: now })
      })
      return done
    },
  },
]
