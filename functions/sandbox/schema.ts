import { bigint, index, integer, pgSchema, primaryKey, text, unique } from 'drizzle-orm/pg-core'

export const sandbox = pgSchema('sandbox')

// Moments are milliseconds since 1970, of the movable clock unless the name says machine.
const moment = (name: string) => bigint(name, { mode: 'number' })

/** The one row of the movable clock. */
export const clocks = sandbox.table('clocks', {
  id: integer('id').primaryKey(),
  offsetMilliseconds: moment('offset_milliseconds').notNull(),
  latestAt: moment('latest_at').notNull(),
  movedBy: text('moved_by'),
  movingUntilMachine: moment('moving_until_machine'),
})

export const people = sandbox.table('people', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  villageCode: text('village_code').notNull(),
  /** Not unique: a person may hold two WeChat accounts. */
  idNumber: text('id_number').notNull(),
  phone: text('phone').notNull().unique(),
  createdAt: moment('created_at').notNull(),
})

export const codes = sandbox.table('codes', {
  code: text('code').primaryKey(),
  purpose: text('purpose').notNull(),
  appid: text('appid').notNull(),
  person: text('person').notNull(),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
})

export const tokens = sandbox.table(
  'tokens',
  {
    token: text('token').primaryKey(),
    appid: text('appid').notNull(),
    family: text('family').notNull(),
    issuedAt: moment('issued_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    supersededAt: moment('superseded_at'),
  },
  (table) => [index('tokens_family').on(table.appid, table.family, table.issuedAt)],
)

/** A row to lock while an account's token is issued, and the count of forced refreshes. */
export const accountStates = sandbox.table('account_states', {
  appid: text('appid').primaryKey(),
  forcedOn: text('forced_on').notNull(),
  forcedTimes: integer('forced_times').notNull(),
  forcedAt: moment('forced_at').notNull(),
})

/** Menu, session keys and tickets: whatever is one text under one name. */
export const entries = sandbox.table('entries', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
  expiresAt: moment('expires_at'),
})

export const credits = sandbox.table(
  'credits',
  {
    person: text('person').notNull(),
    templateId: text('template_id').notNull(),
    credits: integer('credits').notNull(),
  },
  (table) => [primaryKey({ columns: [table.person, table.templateId] })],
)

export const relations = sandbox.table('relations', { person: text('person').primaryKey() })

export const followers = sandbox.table('followers', {
  person: text('person').primaryKey(),
  since: moment('since'),
})

/** What WeChat delivered to a person, as it was sent. */
export const deliveries = sandbox.table(
  'deliveries',
  {
    messageId: text('message_id').primaryKey(),
    api: text('api').notNull(),
    person: text('person').notNull(),
    templateId: text('template_id').notNull(),
    page: text('page').notNull(),
    data: text('data').notNull(),
    sentAt: moment('sent_at').notNull(),
  },
  (table) => [index('deliveries_person').on(table.person, table.sentAt)],
)

/** The message that a `client_msg_id` stands for; within ten minutes it is delivered once. */
export const clientMessages = sandbox.table(
  'client_messages',
  {
    person: text('person').notNull(),
    clientMessageId: text('client_message_id').notNull(),
    messageId: text('message_id').notNull(),
    sentAt: moment('sent_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.person, table.clientMessageId] })],
)

/** How many customer-service messages an interaction of the person still allows. */
export const allowances = sandbox.table(
  'allowances',
  {
    person: text('person').notNull(),
    kind: text('kind').notNull(),
    remaining: integer('remaining').notNull(),
    untilAt: moment('until_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.person, table.kind] })],
)

/** The conversation between a person and the official account. */
export const conversation = sandbox.table(
  'conversation',
  {
    id: text('id').primaryKey(),
    person: text('person').notNull(),
    speaker: text('speaker').notNull(),
    content: text('content').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [index('conversation_person').on(table.person, table.at)],
)

/** Pushes to the product, stored with what caused them and drained by the sandbox itself. */
export const pushes = sandbox.table(
  'pushes',
  {
    id: text('id').primaryKey(),
    appid: text('appid').notNull(),
    person: text('person').notNull(),
    message: text('message').notNull(),
    attempts: integer('attempts').notNull(),
    dueAtMachine: moment('due_at_machine').notNull(),
    endedAtMachine: moment('ended_at_machine'),
    outcome: text('outcome'),
  },
  (table) => [index('pushes_due').on(table.endedAtMachine, table.dueAtMachine)],
)

export const faults = sandbox.table('faults', {
  id: text('id').primaryKey(),
  path: text('path').notNull(),
  kind: text('kind').notNull(),
  remaining: integer('remaining').notNull(),
  errcode: integer('errcode'),
  milliseconds: integer('milliseconds'),
})

/** Calls a day, path and account; an emptied quota starts again at 0. */
export const quotas = sandbox.table(
  'quotas',
  {
    appid: text('appid').notNull(),
    path: text('path').notNull(),
    day: text('day').notNull(),
    used: integer('used').notNull(),
  },
  (table) => [unique('quotas_key').on(table.appid, table.path, table.day)],
)
