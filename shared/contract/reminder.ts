import { z } from 'zod'
import { DELIVERY_STATUSES, REMINDER_REASONS } from '#shared/domain/reminder/delivery'
import { flag, id, integer, moment, text, textOrNull, written } from './primitives'
import { REMINDER_CHANNELS } from './reminder.labels'

const inboxMessage = z
  .strictObject({
    id,
    at: moment,
    kind: text,
    title: text,
    lines: z.array(text),
    /** With its query, without leading slash. */
    page: text,
    /** `work`: to me as a member of staff. */
    to: z.enum(['me', 'work']),
    channel: z.enum(REMINDER_CHANNELS),
    status: z.enum(DELIVERY_STATUSES),
    /** When it went to WeChat, or until when it waits, which no member of staff can be told; null where it does neither. */
    pushAt: moment.nullable(),
    /** Why it is only here; null where that is one of the next three, for which the mini programs of before have no words. */
    because: z.enum(REMINDER_REASONS).nullable(),
    notAgreed: flag,
    switchedOff: flag,
    noNumber: flag,
    urgent: flag,
    read: flag,
  })
  .meta({ id: 'InboxMessage' })

export const inboxQuery = z.strictObject({
  cursor: id.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})
export const inbox = z
  .strictObject({ items: z.array(inboxMessage), unread: integer, nextCursor: textOrNull })
  .meta({ id: 'Inbox' })
export type Inbox = z.infer<typeof inbox>

/** Everything up to and including this message has been seen. */
export const readInbox = z.strictObject({ upTo: id }).meta({ id: 'ReadInbox' })
/** `unread`: what is left, at most 100. One request marks a bounded number, so there may be older ones: ask again. */
export const inboxRead = z.strictObject({ read: integer, unread: integer }).meta({ id: 'InboxRead' })
export type InboxRead = z.infer<typeof inboxRead>

/** What the consent card offers: at most three templates, asked for in one tap. */
const consent = z.strictObject({
  templateId: text,
  title: text,
  purpose: text,
  /** Messages that WeChat will still deliver. */
  credits: integer,
  /** The person switched it off. */
  refused: flag,
})
export const consents = z
  .strictObject({
    items: z.array(consent),
    /** What reminds staff of their work, bound in one tap. */
    work: z.array(z.strictObject({ name: text, templateId: text, title: text })),
  })
  .meta({ id: 'Consents' })
export type Consents = z.infer<typeof consents>

/** What the page saw in WeChat's window. WeChat's own push counts, so this adds nothing by itself. */
export const reportConsents = z
  .strictObject({
    choices: z
      .array(
        z.strictObject({
          templateId: written.max(64),
          choice: z.enum(['accept', 'reject', 'ban', 'filter']),
        }),
      )
      .min(1)
      .max(5),
  })
  .meta({ id: 'ReportConsents' })
