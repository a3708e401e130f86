import { sql } from 'drizzle-orm'
import { commitBySystem } from '../../platform/db/commit'
import { CONSENT_KEY } from '../../platform/db/parts/reminders'
import type { Clock } from '../../platform/ports/clock'
import type { Database } from '../../platform/ports/database'
import type { MessageTemplates } from '../../platform/ports/message-templates'
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

const ACCEPTED = /^accept/

/**
 * Keeps the books of consents and receipts by what WeChat pushes: an accept is one message more, once for each pop-up;
 * a reject in the settings is none any more; a receipt may come before the answer to the call, twice, or late.
 */
export function createWechatEventReceiver({ database, clock, appid, templates }: WechatEventDeps) {
  /** Of whoever has closed their account, or was never here, nothing is kept. */
  const isKnown = (openid: string) =>
    sql`exists(select 1 from wechat_identities i where i.appid = ${appid} and i.openid = ${openid})`

  const popup = ({ fromUserName, createTime, list }: ReminderPush) =>
    Promise.all(
      list
        .filter((entry) => ACCEPTED.test(entry.status ?? ''))
        .map(({ templateId }) => {
          const key = `${CONSENT_KEY}${fromUserName}:${createTime}:${templateId}`
          const now = clock.now()
          return commitBySystem(database, {
            now,
            parts: [
              sql`first as (insert into received_pushes (key, received_at)
                select ${key}, ${now}::timestamptz where ${isKnown(fromUserName)}
                on conflict do nothing returning 1)`,
              sql`counted as (insert into consent_credits (openid, template_id, credits, updated_at)
                select ${fromUserName}, ${templateId}, 1, ${now}::timestamptz from first
                on conflict (openid, template_id) do update set credits = consent_credits.credits + 1,
                  refused_at = null, updated_at = excluded.updated_at)`,
            ],
          })
        }),
    )

  const change = ({ fromUserName, list }: ReminderPush) =>
    Promise.all(
      list
        .filter((entry) => entry.status === 'reject')
        .map(({ templateId }) => {
          const now = clock.now()
          return commitBySystem(database, {
            now,
            parts: [
              sql`refused as (insert into consent_credits (openid, template_id, credits, refused_at, updated_at)
                select ${fromUserName}, ${templateId}, 0, ${now}::timestamptz, ${now}::timestamptz
                where ${isKnown(fromUserName)}
                on conflict (openid, template_id) do update set credits = 0, refused_at = excluded.refused_at,
                  updated_at = excluded.updated_at)`,
            ],
          })
        }),
    )

  /**
   * The receipt is kept first: the answer to the call looks for it. A message whose answer was lost is known by its
   * openid and template, if it is the only one under way, and is not sent again.
   */
  const receipt = (openid: string, templateId: string | null, messageId: string, arrived: boolean) => {
    const now = clock.now()
    const key = receiptKey(messageId, arrived ? 'success' : 'failed')
    const outcome = arrived
      ? sql`delivered_at = coalesce(delivered_at, ${now}::timestamptz)`
      : sql`failed_at = coalesce(failed_at, ${now}::timestamptz)`
    return database.rows(sql`with kept as (
        insert into received_pushes (key, received_at) values (${key}, ${now}::timestamptz)
        on conflict do nothing returning 1
      ), known as (
        update reminders set ${outcome} where wechat_message_id = ${messageId} returning id
      ), under_way as (
        select r.id from wechat_identities i
        join reminders r on r.recipient = 'profile:' || i.profile_id
        where i.appid = ${appid} and i.openid = ${openid} and r.template_id = ${templateId}
          and r.channel = 'subscribe' and r.sending_at is not null and r.sent_at is null and r.failed_at is null
          and r.wechat_message_id is null
      ) update reminders set ${outcome}, sent_at = coalesce(sent_at, ${now}::timestamptz),
          wechat_message_id = ${messageId}
        where id in (select id from under_way) and (select count(*) from under_way) = 1
          and not exists(select 1 from known) and exists(select 1 from kept)`)
  }

  const sent = ({ fromUserName, list }: ReminderPush) =>
    Promise.all(
      list.map(async ({ templateId, messageId, errorCode }) => {
        if (messageId) await receipt(fromUserName, templateId, messageId, (errorCode ?? '0') === '0')
      }),
    )

  return async (pushed: ReminderPush): Promise<void> => {
    const list = pushed.list.map((entry) => ({ ...entry, templateId: templates.nameOf(entry.templateId) }))
    const push = { ...pushed, list }
    switch (push.event) {
      case 'subscribe_msg_popup_event':
        await popup(push)
        return
      case 'subscribe_msg_change_event':
        await change(push)
        return
      case 'subscribe_msg_sent_event':
        await sent(push)
        return
      case 'TEMPLATESENDJOBFINISH':
        if (push.messageId) {
          await receipt(push.fromUserName, null, push.messageId, push.status === 'success')
        }
        return
    }
  }
}
