import { sql } from 'drizzle-orm'
import { boolean, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { DEAD_REASONS } from '#shared/domain/reminder/dead'
import { instant } from './columns'

const DEAD = DEAD_REASONS.map((reason) => `'${reason}'`).join(', ')

type Channel = 'subscribe' | 'relation' | 'template' | 'sms' | 'inbox'

/** The outbox: what somebody is told, why, and whether that is done. What was sent of it stands in `deliveries`. ADR 0133 */
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
    /** By which it is to go, or to which it has fallen back. */
    channel: text().notNull().$type<Channel>(),
    /** Why it went into the inbox, or did not go out. */
    because: text(),
    createdAt: instant().notNull(),
    /** Not before; moved on when a limit or WeChat asks to wait. */
    availableAt: instant().notNull(),
    leaseToken: uuid(),
    leasedUntil: instant(),
    /** A send is under way, or nobody knows how one ended. In this row: whoever takes the reminder back locks it and must see it. */
    mayBeOut: boolean().notNull().default(false),
    /** It waits for a better hour, or for what else comes today: a push that goes out before may tell it too. */
    putOff: boolean().notNull().default(false),
    /** The reminder whose push tells it too. */
    mergedInto: uuid(),
    /** The queue is done with it: it went out, stands in the inbox alone, or never will go out. */
    endedAt: instant('sent_at'),
    droppedAt: instant(),
    readAt: instant(),
    // Of the version before this one, which may still serve beside it while a county goes over: not written any more, and read by
    // nothing but `failed_at`, in what is open. They go with the next release.
    failedAt: instant(),
    sendingAt: instant(),
    attempts: integer().notNull().default(0),
    unknownSends: integer().notNull().default(0),
    deliveredAt: instant(),
    wechatMessageId: text(),
    errorCode: integer(),
  },
  (table) => [
    unique('reminders_once').on(table.eventId, table.recipient, table.kind),
    index('reminders_due')
      .on(table.urgent.desc().nullsFirst(), table.availableAt, table.id)
      .where(sql`${table.endedAt} is null and ${table.failedAt} is null and ${table.droppedAt} is null`),
    // Of a person all that waits is told together. In other words than those of what is due: of next to nothing that waits
    // the planner would walk all of it for one person.
    index('reminders_open')
      .on(table.recipient, table.createdAt)
      .where(sql`coalesce(${table.endedAt}, ${table.failedAt}, ${table.droppedAt}) is null`),
    // Who is just being told something.
    index('reminders_leased').on(table.recipient).where(sql`${table.leasedUntil} is not null`),
    index('reminders_merged').on(table.mergedInto).where(sql`${table.mergedInto} is not null`),
    // In the order in which they are counted and marked.
    index('reminders_unread_newest')
      .on(table.recipient, table.createdAt, table.availableAt)
      .where(sql`${table.readAt} is null and ${table.droppedAt} is null`),
    index('reminders_recipient').on(table.recipient, table.createdAt),
    // Dead letters, the newest first: what WeChat will not take, and what does not open.
    index('reminders_dead')
      .on(table.id)
      .where(sql`${table.because} in (${sql.raw(DEAD)})`),
  ],
)

/** What was sent of a reminder, an attempt a row; what was called off before the call is none. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: uuid().primaryKey(),
    reminderId: uuid()
      .notNull()
      .references(() => reminders.id, { onDelete: 'cascade' }),
    /** As of the reminder: how often a phone has rung today is asked for by it. */
    recipient: text().notNull(),
    channel: text().notNull().$type<Channel>(),
    attempt: integer().notNull(),
    templateId: text(),
    /** By which a receipt finds it where WeChat gave no id; null once its person has left. */
    openid: text(),
    /** When its limits were reserved: it counts for that day. From here to `ended_at` a crash may repeat the message. */
    begunAt: instant().notNull(),
    endedAt: instant(),
    /** Null while it is under way. */
    outcome: text().$type<'sent' | 'refused' | 'rejected' | 'retry' | 'unknown'>(),
    messageId: text(),
    errorCode: integer(),
    deliveredAt: instant(),
    failedAt: instant(),
    spentConsent: boolean().notNull(),
  },
  (table) => [
    unique('deliveries_once').on(table.reminderId, table.channel, table.attempt),
    // What a day has used up, asked for when the store of the limits has forgotten it.
    // Of all rows: from an index of some of them the planner learns nothing about how few a day has.
    index('deliveries_begun').on(table.begunAt),
    index('deliveries_recipient').on(table.recipient, table.begunAt),
    // And what did not arrive.
    index('deliveries_lost').on(table.reminderId).where(sql`${table.failedAt} is not null`),
    index('deliveries_message').on(table.messageId).where(sql`${table.messageId} is not null`),
    index('deliveries_awaiting')
      .on(table.openid, table.templateId)
      .where(
        sql`${table.channel} = 'subscribe' and ${table.messageId} is null and coalesce(${table.outcome}, 'unknown') in ('unknown', 'sent')`,
      ),
  ],
)

/**
 * One accept is one message: what is left of a person's consents, by template. The projection of `consent_entries`, ADR 0133;
 * negative where more was spent than WeChat says was given: then none is left.
 */
export const consentCredits = pgTable(
  'consent_credits',
  {
    openid: text().notNull(),
    templateId: text().notNull(),
    credits: integer().notNull(),
    refusedAt: instant(),
    /** The newest entry. */
    updatedAt: instant().notNull(),
    /** The newest entry from which on it is counted. */
    resetAt: instant(),
    /** How often it was written: whoever counts anew writes only over what they have read. */
    version: integer().notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.openid, table.templateId] })],
)

/** The book of consents: what was given, taken back and spent, once each, however often WeChat repeats it. */
export const consentEntries = pgTable(
  'consent_entries',
  {
    key: text().primaryKey(),
    /** WeChat gives it per account: entries of two accounts never meet. */
    openid: text().notNull(),
    templateId: text().notNull(),
    kind: text()
      .notNull()
      .$type<
        'opening' | 'accepted' | 'rejected' | 'refused-in-page' | 'spent' | 'given-back' | 'none-left'
      >(),
    /** WeChat's own time of its events. */
    at: instant().notNull(),
    deliveryId: uuid(),
    /** What an opening begins with. */
    credits: integer(),
    refusedAt: instant(),
  },
  (table) => [index('consent_entries_of').on(table.openid, table.templateId)],
)

/** Receipts: WeChat repeats them, and one may come before the answer to its call. */
export const receivedPushes = pgTable('received_pushes', {
  key: text().primaryKey(),
  receivedAt: instant().notNull(),
})
