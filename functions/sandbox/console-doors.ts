import { and, desc, eq, sql } from 'drizzle-orm'
import { type Context, Hono } from 'hono'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import {
  dayIn,
  findPlainDate,
  type Instant,
  instantAt,
  minuteOfDayIn,
} from '#shared/domain/kernel/plain-date'
import type { Db } from '../platform/ports/database'
import { accounts, miniProgram, officialAccount, openidOf, unionidOf } from './accounts'
import type { PackPerson } from './doors'
import { type FaultBook, faultKinds } from './faults'
import { allowances, conversation, credits, deliveries, entries } from './schema'
import { templates } from './templates'
import type { World } from './wechat/endpoint'
import { codePurposes, issueCode } from './wechat/identity'
import { findMenu } from './wechat/menu'

const HOUR = 3_600_000
const DAY = 24 * HOUR
// Two years and more; beyond it a slip of the keyboard is likelier than a wish.
const MAX_HOURS = 20_000
const MAX_CHARACTERS = 64 * 1024
const MAX_WORKING_DAYS = 600

/** What a door refuses, in the words of the console. */
class Refusal extends Error {
  constructor(
    readonly status: 400 | 404 | 409 | 413 | 422,
    readonly code: string,
    readonly title: string,
    readonly errors: readonly { pointer: string; message: string }[] = [],
  ) {
    super(code)
  }
}

const person = z.string().min(1).max(64)
const bodies = {
  person: z.strictObject({
    name: z
      .string()
      .trim()
      .min(2)
      .max(20)
      .regex(/^[\p{Script=Han}·]+$/u),
    birth: z.string(),
    villageCode: z.string(),
    /** A second WeChat account of somebody who is known already. */
    sameAs: z.string().min(1).max(64).optional(),
  }),
  loginCode: z.strictObject({
    person,
    appid: z.string().optional(),
    purpose: z.enum(codePurposes).default('login'),
  }),
  consent: z.strictObject({
    person,
    templateId: z.string().optional(),
    choice: z.enum(['accept', 'reject']),
  }),
  relation: z.strictObject({ person }),
  message: z.strictObject({ person, text: z.string().min(1).max(600) }),
  event: z.strictObject({
    person,
    event: z.enum(['subscribe', 'unsubscribe', 'SCAN', 'CLICK', 'VIEW', 'view_miniprogram']),
    eventKey: z.string().max(1024).optional(),
  }),
  fault: z.strictObject({
    path: z.string().min(1).max(200),
    times: z.int().min(1).max(10_000),
    kind: z.enum(faultKinds),
    errcode: z.int().optional(),
    milliseconds: z.int().min(0).max(60_000).optional(),
  }),
  clock: z.union([
    z.strictObject({ advanceHours: z.number().positive().max(MAX_HOURS) }),
    z.strictObject({ advanceWorkingDays: z.int().positive().max(MAX_WORKING_DAYS) }),
    z.strictObject({ set: z.string().max(40) }),
  ]),
}

async function read<Schema extends z.ZodType>(context: Context, schema: Schema): Promise<z.infer<Schema>> {
  const text = await context.req.text()
  if (text.length > MAX_CHARACTERS) throw new Refusal(413, 'request.too-big', '内容太大了')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Refusal(400, 'request.malformed', '这不是能读懂的 JSON')
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const errors = parsed.error.issues.map((issue) => ({
    pointer: `/${issue.path.join('/')}`,
    message: issue.message,
  }))
  throw new Refusal(400, 'request.invalid', '有几项写得不对', errors)
}

async function knownPerson(world: World, id: string | undefined): Promise<PackPerson> {
  const found = id ? await world.register.find(id) : undefined
  if (!found) throw new Refusal(404, 'sandbox.person-unknown', '没有这个人，或者他没有微信')
  return found
}

/** An instant as the console writes it, with the county's offset. */
const shanghai = (milliseconds: number) =>
  `${new Date(milliseconds + 8 * HOUR).toISOString().slice(0, -1)}+08:00`

const eventFields = (
  world: World,
  account: typeof miniProgram,
  id: string,
  fields: Record<string, string | number>,
) => ({
  ToUserName: account.username,
  FromUserName: openidOf(account.appid, id),
  CreateTime: Math.floor(world.clock.milliseconds() / 1000),
  ...fields,
})

function consentTemplates(templateId: string | undefined) {
  const asked = templates.filter((template) =>
    templateId === undefined ? template.kind === 'one-time' : template.id === templateId,
  )
  if (asked.length === 0 || asked.some((template) => template.kind === 'relation')) {
    throw new Refusal(422, 'sandbox.template-unknown', '没有这个可以订阅的模板')
  }
  return asked
}

const creditsOf = async (world: World, id: string) => {
  const rows = await world.database.db.select().from(credits).where(eq(credits.person, id))
  return Object.fromEntries(
    templates
      .filter((template) => template.kind !== 'relation')
      .map((template) => [template.id, rows.find((row) => row.templateId === template.id)?.credits ?? 0]),
  )
}

/**
 * The second a pop-up is reported with, another each time: nobody taps twice in one, and the product tells repeated
 * events by it, but a script is quicker than a finger.
 */
async function popupSecond(db: Db, world: World, id: string) {
  const now = String(Math.floor(world.clock.milliseconds() / 1000))
  const [row] = await db
    .insert(entries)
    .values({ name: `popup/${id}`, value: now })
    .onConflictDoUpdate({
      target: entries.name,
      set: { value: sql`greatest(${entries.value}::bigint + 1, ${now}::bigint)::text` },
    })
    .returning({ value: entries.value })
  return Number(row?.value ?? now)
}

/** WeChat's window after the tap: the choice is kept, and the account is told of it. */
async function answerConsent(
  world: World,
  id: string,
  templateId: string | undefined,
  choice: 'accept' | 'reject',
) {
  const asked = consentTemplates(templateId)
  const account = asked[0]?.account === 'official-account' ? officialAccount : miniProgram
  await world.database.transaction(async (db) => {
    for (const template of choice === 'accept' ? asked : []) {
      await db
        .insert(credits)
        .values({ person: id, templateId: template.id, credits: 1 })
        .onConflictDoUpdate({
          target: [credits.person, credits.templateId],
          set: { credits: sql`${credits.credits} + 1` },
        })
    }
    await world.pushes.store(db, account, id, {
      fields: eventFields(world, account, id, {
        CreateTime: await popupSecond(db, world, id),
        MsgType: 'event',
        Event: 'subscribe_msg_popup_event',
      }),
      list: {
        wrapper: 'SubscribeMsgPopupEvent',
        entries: asked.map((template) => ({
          TemplateId: template.id,
          SubscribeStatusString: choice,
          PopupScene: '0',
        })),
      },
    })
  })
  world.pushes.wake()
  const left = await creditsOf(world, id)
  return asked.reduce((sum, template) => sum + (left[template.id] ?? 0), 0)
}

// After a message 5 answers in 48 hours; after a click, a scan or following 3 in one minute.
const allowanceOf = (event: string) =>
  event === 'message' ? { remaining: 5, milliseconds: 2 * DAY } : { remaining: 3, milliseconds: 60_000 }

async function interact(
  world: World,
  id: string,
  kind: string,
  fields: Record<string, string | number>,
  words: string | undefined,
) {
  const at = world.clock.milliseconds()
  const { remaining, milliseconds } = allowanceOf(kind)
  const value = { remaining, untilAt: at + milliseconds }
  await world.database.transaction(async (db) => {
    if (kind !== 'unsubscribe') {
      await db
        .insert(allowances)
        .values({ person: id, kind, ...value })
        .onConflictDoUpdate({ target: [allowances.person, allowances.kind], set: value })
    }
    if (words) {
      await db
        .insert(conversation)
        .values({ id: uuidv7(), person: id, speaker: 'person', content: words, at })
    }
    await world.pushes.store(db, officialAccount, id, {
      fields: eventFields(world, officialAccount, id, fields),
    })
  })
  world.pushes.wake()
}

type ClockMove = z.infer<typeof bodies.clock>

function targetOf(world: World, move: ClockMove): Instant {
  const now = world.clock.now()
  if ('advanceHours' in move) {
    return new Date(
      world.clock.milliseconds() + Math.round(move.advanceHours * HOUR),
    ).toISOString() as Instant
  }
  if ('advanceWorkingDays' in move) {
    const day = world.doors.addWorkingDays(dayIn(now), move.advanceWorkingDays)
    return instantAt(day, minuteOfDayIn(now))
  }
  const isMoment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(move.set)
  const at = isMoment ? Date.parse(move.set) : Number.NaN
  if (Number.isNaN(at))
    throw new Refusal(422, 'sandbox.clock-unreadable', '时间写成 2026-11-24T09:42:00+08:00 这样')
  if (at > world.clock.milliseconds() + MAX_HOURS * HOUR) {
    throw new Refusal(422, 'sandbox.clock-too-far', '一次最多往前拨两年多')
  }
  return new Date(at).toISOString() as Instant
}

async function moveClock(world: World, move: ClockMove) {
  await world.clock.refresh()
  const target = targetOf(world, move)
  if (Date.parse(target) < world.clock.milliseconds()) {
    throw new Refusal(409, 'sandbox.clock-backwards', '时钟只能往前拨')
  }
  const moved = await world.clock.alone(async () => {
    await world.doors.advance(target, (instant) => world.clock.moveTo(instant))
    await world.clock.moveTo(target)
    return true
  })
  if (!moved) throw new Refusal(409, 'sandbox.clock-moving', '时钟正在拨，等它走完')
}

const problem = (context: Context, refusal: Refusal) =>
  context.body(
    JSON.stringify({
      type: 'about:blank',
      status: refusal.status,
      code: refusal.code,
      title: refusal.title,
      ...(refusal.errors.length > 0 && { errors: refusal.errors }),
    }),
    refusal.status,
    { 'content-type': 'application/problem+json; charset=utf-8' },
  )

function addPeopleDoors(app: Hono, world: World) {
  app.get('/people', async (context) => {
    const people = await world.register.list()
    return context.json({ people: people.map(({ id, name, roles, unit }) => ({ id, name, roles, unit })) })
  })
  app.post('/people', async (context) => {
    const body = await read(context, bodies.person)
    const birth = findPlainDate(body.birth)
    if (!birth || birth < '1900-01-01' || birth > dayIn(world.clock.now())) {
      throw new Refusal(422, 'sandbox.birth-impossible', '出生日期不对，写成 1944-11-30 这样')
    }
    if (!world.doors.villages().some((village) => village.code === body.villageCode)) {
      throw new Refusal(422, 'sandbox.village-unknown', '郎溪没有这个村')
    }
    const same = body.sameAs === undefined ? undefined : await knownPerson(world, body.sameAs)
    const { name, villageCode } = body
    const invented = await world.register.invent({
      name,
      birth,
      villageCode,
      idNumber: same?.idNumber ?? null,
    })
    return context.json({ id: invented.id, idNumber: invented.idNumber }, 201)
  })
  app.get('/villages', (context) => context.json({ villages: world.doors.villages() }))
  app.post('/login-codes', async (context) => {
    const body = await read(context, bodies.loginCode)
    const who = await knownPerson(world, body.person)
    const appid = body.appid ?? miniProgram.appid
    if (appid !== miniProgram.appid) throw new Refusal(422, 'sandbox.appid-unknown', '只有小程序能登录')
    const { code, expiresAt } = await issueCode(world, appid, who.id, body.purpose)
    return context.json({ code, appid, expiresAt: shanghai(expiresAt) }, 201)
  })
  app.post('/relations', async (context) => {
    const who = await knownPerson(world, (await read(context, bodies.relation)).person)
    await world.register.bindRelation(who.id)
    return context.json({ person: who.id, bound: true })
  })
}

function addMessageDoors(app: Hono, world: World) {
  app.get('/consents', async (context) => {
    const who = await knownPerson(world, context.req.query('person'))
    return context.json({ credits: await creditsOf(world, who.id) })
  })
  app.post('/consents', async (context) => {
    const body = await read(context, bodies.consent)
    const who = await knownPerson(world, body.person)
    return context.json({ credits: await answerConsent(world, who.id, body.templateId, body.choice) })
  })
  app.get('/messages', async (context) => {
    const who = await knownPerson(world, context.req.query('person'))
    return context.json({ messages: await world.doors.messages(who.id) })
  })
  app.get('/deliveries', async (context) => {
    const who = await knownPerson(world, context.req.query('person'))
    const rows = await world.database.db
      .select()
      .from(deliveries)
      .where(eq(deliveries.person, who.id))
      .orderBy(desc(deliveries.sentAt))
      .limit(100)
    return context.json({
      deliveries: rows.map(({ messageId, api, templateId, page, data, sentAt }) => {
        const template = templates.find((candidate) => candidate.id === templateId)
        const values: Record<string, { value: string }> = JSON.parse(data)
        const lines = Object.entries(template?.fields ?? {}).map(([key, label]) => ({
          label,
          value: values[key]?.value ?? '',
        }))
        return { id: messageId, api, templateId, title: template?.title, page, lines, at: shanghai(sentAt) }
      }),
    })
  })
}

function addOfficialAccountDoors(app: Hono, world: World) {
  app.get('/official-account/menu', async (context) =>
    context.json({ button: (await findMenu(world)) ?? [] }),
  )
  app.get('/official-account/messages', async (context) => {
    const who = await knownPerson(world, context.req.query('person'))
    const rows = await world.database.db
      .select()
      .from(conversation)
      .where(and(eq(conversation.person, who.id)))
      .orderBy(desc(conversation.at), desc(conversation.id))
      .limit(50)
    return context.json({
      follows: (await world.register.followsSince(who)) !== undefined,
      messages: rows.map(({ id, speaker, content, at }) => ({ id, speaker, content, at: shanghai(at) })),
    })
  })
  app.post('/official-account/messages', async (context) => {
    const body = await read(context, bodies.message)
    const who = await knownPerson(world, body.person)
    const id = String((1n << 60n) + BigInt(world.clock.milliseconds()) * 1000n)
    await interact(world, who.id, 'message', { MsgType: 'text', Content: body.text, MsgId: id }, body.text)
    await world.pushes.settle()
    return context.json({ person: who.id }, 201)
  })
  app.post('/official-account/events', async (context) => {
    const body = await read(context, bodies.event)
    const who = await knownPerson(world, body.person)
    if (body.event === 'subscribe' || body.event === 'unsubscribe') {
      await world.register.setFollows(who.id, body.event === 'subscribe')
    }
    const fields = { MsgType: 'event', Event: body.event, EventKey: body.eventKey ?? '' }
    await interact(world, who.id, body.event, fields, undefined)
    await world.pushes.settle()
    return context.json({ person: who.id, unionid: unionidOf(who.id) }, 201)
  })
}

function addMachineDoors(app: Hono, world: World, faultBook: FaultBook, baseUrl: () => string) {
  app.get('/accounts', (context) =>
    context.json({
      accounts: accounts.map(({ pushPath, ...account }) => ({
        ...account,
        pushUrl: `${baseUrl()}${pushPath}`,
      })),
    }),
  )
  app.get('/clock', async (context) => {
    await world.clock.refresh()
    return context.json({ now: shanghai(world.clock.milliseconds()) })
  })
  app.post('/clock', async (context) => {
    await moveClock(world, await read(context, bodies.clock))
    return context.json({ now: shanghai(world.clock.milliseconds()) })
  })
  app.get('/events', async (context) => context.json({ events: await world.doors.recent(20) }))
  app.get('/faults', async (context) => context.json({ faults: await faultBook.list() }))
  app.post('/faults', async (context) => {
    const { errcode, milliseconds, ...fault } = await read(context, bodies.fault)
    await faultBook.order({
      ...fault,
      ...(errcode !== undefined && { errcode }),
      ...(milliseconds !== undefined && { milliseconds }),
    })
    return context.json({ faults: await faultBook.list() }, 201)
  })
  app.delete('/faults', async (context) => {
    await faultBook.clear()
    return context.body(null, 204)
  })
}

/** The console's own doors, below `/sandbox/api`; README.md beside this file documents each. */
export function createConsoleDoors(world: World, faultBook: FaultBook, baseUrl: () => string) {
  const app = new Hono()
  addPeopleDoors(app, world)
  addMessageDoors(app, world)
  addOfficialAccountDoors(app, world)
  addMachineDoors(app, world, faultBook, baseUrl)
  app.all('*', (context) => problem(context, new Refusal(404, 'request.not-found', '没有这个接口')))
  app.onError((error, context) => {
    if (error instanceof Refusal) return problem(context, error)
    throw error
  })
  return app
}
