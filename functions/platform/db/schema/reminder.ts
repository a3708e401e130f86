import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns'

/** The outbox: a reminder is written with the change that causes it and sent afterwards. */
export const reminders = pgTable(
  'reminders',
  {
    id: uuid().primaryKey(),
    /** The event that caused it; with recipient and kind it makes the message one message. */
    eventId: uuid().notNull(),
    caseId: uuid(),
    kind: text().notNull(),
    /** `profile:<id>` or `staff:<id>` */
    recipient: text().notNull(),
    urgent: boolean().notNull(),
    templateId: text(),
    /** What the person reads, encrypted JSON `{title, lines, page, data}`. */
    bodySealed: text().notNull(),
    channel: text().notNull().$type<'subscribe' | 'relation' | 'template' | 'sms' | 'inbox'>(),
    /** Why it went into the inbox, or did not go out. */
    because: text(),
    createdAt: instant().notNull(),
    /** Not before; moved on when a limit or WeChat asks to wait. */
    availableAt: instant().notNull(),
    leaseToken: uuid(),
    leasedUntil: instant(),
    /** Set just before WeChat is called: from here to `sent_at` a crash may repeat the message. */
    sendingAt: instant(),
    attempts: integer().notNull().default(0),
    /** Earlier sends of it whose outcome nobody knows: each may have reached the person. */
    unknownSends: integer().notNull().default(0),
    sentAt: instant(),
    deliveredAt: instant(),
    failedAt: instant(),
    droppedAt: instant(),
    readAt: instant(),
    wechatMessageId: text(),
    errorCode: integer(),
  },
  (table) => [
    unique('reminders_once').on(table.eventId, table.recipient, table.kind),
    index('reminders_due')
      .on(table.urgent.desc().nullsFirst(), table.availableAt, table.id)
      .where(sql`${table.sentAt} is null and ${table.failedAt} is null and ${table.droppedAt} is null`),
    // What a day has used up, asked for when the store of the limits has forgotten it.
    // Of all rows: from an index of some of them the planner learns nothing about how few a day has.
    index('reminders_spent').on(sql`coalesce(${table.sentAt}, ${table.sendingAt})`),
    // In the order in which they are counted and marked.
    index('reminders_unread_newest')
      .on(table.recipient, table.createdAt, table.availableAt)
      .where(sql`${table.readAt} is null and ${table.droppedAt} is null`),
    index('reminders_recipient').on(table.recipient, table.createdAt),
    index('reminders_wechat_message').on(table.wechatMessageId),
  ],
)

/** One accept is one message: what is left of a person's consents, by template. */
export const consentCredits = pgTable(
  'consent_credits',
  {
    openid: text().notNull(),
    templateId: text().notNull(),
    credits: integer().notNull(),
    refusedAt: instant(),
    updatedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.openid, table.templateId] })],
)

/** Pushes already counted: WeChat repeats them. */
export const receivedPushes = pgTable('received_pushes', {
  key: text().primaryKey(),
  receivedAt: instant().notNull(),
})
