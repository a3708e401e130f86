import { sql } from 'drizzle-orm'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { commitBySystem } from '../../platform/db/commit'
import { AWAITS_RECEIPT } from '../../platform/db/parts/reminders'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { MessageTemplates } from '../../platform/ports/message-templates'
import { bookConsents } from './consent-book'
import { receiptKey } from './outcomes'

/** What a push says, as far as reminders are concerned; WeChat's push in the adapter's shape fits. */
export interface ReminderPush {
  readonly fromUserName: string
  /** Seconds since 1970. */
  readonly createTime: number
  readonly event: string | null
  readonly messageId: string | null
  readonly status: string | null
  readonly list: readonly {
    readonly templateId: string
    readonly status: string | null
    readonly messageId: string | null
    readonly errorCode: string | null
  }[]
}

export interface WechatEventDeps {
  readonly database: Database
  readonly clock: Clock
  /** The mini program's: consents belong to its openids. */
  readonly appid: string
  readonly templates: Pick<MessageTemplates, 'nameOf'>
}

/** Which account heard it: each has its own openids, templates and message ids. */
export type PushedTo = 'mini-program' | 'official-account'

const ACCEPTED = /^accept/

/** The messages that each account sends, and gets receipts of. */
const SENT_BY: Readonly<Record<PushedTo, readonly string[]>> = {
  'mini-program': ['subscribe', 'relation'],
  'official-account': ['template'],
}

const numberOf = (text: string | null) => (/^-?\d{1,9}$/.test(text ?? '') ? Number(text) : null)

interface Receipt {
  readonly openid: string
  /** Null where the receipt does not tell it. */
  readonly templateId: string | null
  readonly messageId: string
  readonly arrived: boolean
  /** WeChat's, where it says why it did not arrive. */
  readonly errorCode: number | null
}

/**
 * Keeps the books of consents and receipts by what WeChat pushes: an accept is one message more, once for each pop-up;
 * a reject in the settings is none any more, of those that were given before it; a receipt may come before the answer to the
 * call, twice, or late. The official account asks for no consents, and what is given there is none of the mini program's.
 */
export function createWechatEventReceiver({ database, clock, appid, templates }: WechatEventDeps) {
  const book = ({ fromUserName: openid, createTime, list }: ReminderPush, kind: 'accepted' | 'rejected') => {
    const isOfKind = (status: string) => (kind === 'accepted' ? ACCEPTED.test(status) : status === 'reject')
    return bookConsents(
      { database, clock, appid },
      list
        .filter(({ status }) => isOfKind(status ?? ''))
        .map(({ templateId }) => ({
          key: `${kind}:${openid}:${createTime}:${templateId}`,
          openid,
          templateId,
          kind,
          at: new Date(createTime * 1000).toISOString() as Instant,
          deliveryId: null,
          credits: null,
          refusedAt: null,
        })),
    )
  }

  /**
   * The receipt is kept first: the answer to the call looks for it. What WeChat gave no id is known by its openid and template:
   * first what surely went out, the oldest first; else what may have, if it is of one message alone. That one is not sent again.
   */
  const receipt = (account: PushedTo, { openid, templateId, messageId, arrived, errorCode }: Receipt) => {
    const now = clock.now()
    const [channel = ''] = SENT_BY[account]
    const key = receiptKey(channel, messageId, arrived ? 'success' : 'failed')
    const outcome = arrived
      ? sql`delivered_at = coalesce(d.delivered_at, ${now}::timestamptz)`
      : sql`failed_at = coalesce(d.failed_at, ${now}::timestamptz), error_code = coalesce(d.error_code, ${errorCode}::int)`
    return commitBySystem(database, {
      now,
      parts: [
        sql`kept as (insert into received_pushes (key, received_at) values (${key}, ${now}::timestamptz)
          on conflict do nothing returning 1)`,
        sql`known as (update deliveries d set ${outcome}
          where d.message_id = ${messageId} and d.channel in ${SENT_BY[account]} returning 1)`,
        sql`awaiting as (select d.id, d.reminder_id, d.outcome is not distinct from 'sent' as is_sent, d.begun_at from deliveries d
          where d.openid = ${openid} and d.template_id = ${templateId} and ${AWAITS_RECEIPT}
            and exists (select 1 from kept) and not exists (select 1 from known))`,
        sql`found as (select id, reminder_id from awaiting where is_sent
            or (select count(distinct reminder_id) from awaiting) = 1
          order by is_sent desc, begun_at, id limit 1)`,
        // The reminder first, as whoever sends it does.
        sql`ended as (update reminders r set sent_at = coalesce(r.sent_at, ${now}::timestamptz), may_be_out = true,
            because = nullif(r.because, 'outcome-unknown'), lease_token = null, leased_until = null
          from found where r.id = found.reminder_id returning r.id)`,
        sql`riding as (update reminders r set sent_at = coalesce(r.sent_at, ${now}::timestamptz), because = 'merged',
            lease_token = null, leased_until = null
          from ended where r.merged_into = ended.id
            and (coalesce(r.sent_at, r.failed_at, r.dropped_at) is null or r.because = 'outcome-unknown'))`,
        sql`told as (update deliveries d set ${outcome}, outcome = 'sent', message_id = ${messageId},
            ended_at = coalesce(d.ended_at, ${now}::timestamptz)
          from found join ended on ended.id = found.reminder_id where d.id = found.id and ${AWAITS_RECEIPT})`,
      ],
    })
  }

  const sent = ({ fromUserName: openid, list }: ReminderPush) =>
    Promise.all(
      list.map(async ({ templateId, messageId, errorCode }) => {
        const arrived = (errorCode ?? '0') === '0'
        if (messageId)
          await receipt('mini-program', {
            openid,
            templateId,
            messageId,
            arrived,
            errorCode: arrived ? null : numberOf(errorCode),
          })
      }),
    )

  const ofMiniProgram = async (push: ReminderPush) => {
    switch (push.event) {
      case 'subscribe_msg_popup_event':
        return book(push, 'accepted')
      case 'subscribe_msg_change_event':
        return book(push, 'rejected')
      case 'subscribe_msg_sent_event':
        return sent(push)
    }
  }

  const ofOfficialAccount = async ({ event, fromUserName: openid, messageId, status }: ReminderPush) => {
    if (event !== 'TEMPLATESENDJOBFINISH' || !messageId) return
    const arrived = status === 'success'
    await receipt('official-account', { openid, templateId: null, messageId, arrived, errorCode: null })
  }

  return async (pushed: ReminderPush, account: PushedTo): Promise<void> => {
    const list = pushed.list.map((entry) => ({ ...entry, templateId: templates.nameOf(entry.templateId) }))
    await (account === 'mini-program' ? ofMiniProgram : ofOfficialAccount)({ ...pushed, list })
  }
}
