import { type SQL, sql } from 'drizzle-orm'
import type { DeadLetters } from '#shared/contract/dead-letters'
import type { ReminderChannel } from '#shared/contract/reminder.labels'
import { MESSAGE_GROUP_LABELS } from '#shared/contract/reminder-settings.labels'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { DEAD_REASONS } from '#shared/domain/reminder/dead'
import type { ReminderReason } from '#shared/domain/reminder/delivery'
import { groupOf } from '#shared/domain/reminder/message-groups'
import { type Committed, commit } from '../../platform/db/commit'
import { auditFoundPart } from '../../platform/db/parts/audit'
import { ownStaffJson } from '../../platform/db/parts/barred-staff'
import { instantText } from '../../platform/db/parts/instant'
import { ATTEMPTS_OF, IS_OUT } from '../../platform/db/parts/reminders'
import { texts } from '../../platform/db/parts/texts'
import type { Intent } from '../../platform/http/idempotency'
import { findFor, type Principal, profilePrincipal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { Cipher } from '../../platform/ports/cipher'
import type { Database } from '../../platform/ports/database'
import type { Ids } from '../../platform/ports/ids'
import { openBody } from './body'
import { isOvertaken } from './overtaken'

const REASONS = sql.raw(DEAD_REASONS.map((reason) => `'${reason}'`).join(', '))

/** The row `r` is dead, as `isDead` says of one; who has closed their account is sent nothing again. */
const IS_DEAD = sql`(r.sent_at is not null and r.dropped_at is null and r.body_sealed <> ''
  and (coalesce(r.because, '') in (${REASONS}) or r.channel <> 'inbox' and coalesce((
    select bool_and(d.failed_at is not null) from deliveries d where ${ATTEMPTS_OF} and ${IS_OUT}), false)))`

/** By which it was to go: who gave up put it into the inbox. */
const CHANNEL = sql`case when r.channel <> 'inbox' then r.channel else coalesce((
    select d.channel from deliveries d where d.reminder_id = r.id order by d.begun_at desc limit 1),
  case when r.recipient like 'staff:%' then 'relation' else 'subscribe' end) end`

/** Leaders of pushes, the newest first, from both ends by an index: what was given up, and what did not arrive. */
const lettersPart = (cursor: string | undefined, most: number): SQL => {
  const older = (column: string) =>
    cursor === undefined ? sql`` : sql`and ${sql.raw(column)} < ${cursor}::uuid`
  const page = sql`order by id desc limit ${most}::int`
  return sql`letters as (select id from (
      (select r.id from reminders r where r.because in (${REASONS}) and r.merged_into is null ${older('r.id')} and ${IS_DEAD} ${page})
      union
      (select r.id from (select distinct f.reminder_id from deliveries f where f.failed_at is not null ${older('f.reminder_id')}
          order by f.reminder_id desc) f
        cross join lateral (select * from reminders r where r.id = f.reminder_id and r.merged_into is null and ${IS_DEAD} offset 0) r
        limit ${most}::int)
    ) either ${page})`
}

/**
 * The number of a case that the reader may see, or learn of, by the names that its row keeps; the administrator's, where nobody
 * holds a step of it, but of no confidential item. Nobody reads it of what is their own, or left to others.
 */
const caseNumber = (
  now: Instant,
  confidentialIds: readonly string[],
) => sql`(select c.case_number from cases c, principal p
  where c.id = r.case_id
    and (c.seen_by && (select array_agg(o.role || ':' || o.unit_id) || ('staff:' || p.staff_id) from staff_roles o where o.staff_id = p.staff_id)
      or c.service_item_id <> all(${texts(confidentialIds)}) and exists (select 1 from case_tasks t where t.case_id = c.id and t.unstaffed))
    and not exists (select 1 from case_tasks t where t.case_id = c.id and p.staff_id = any(t.barred))
    and not jsonb_exists(${ownStaffJson(dayIn(now))}::jsonb, p.staff_id))`

interface LetterRow {
  readonly id: string
  readonly at: string
  readonly diedAt: string
  readonly kind: string
  readonly isWork: boolean
  readonly channel: ReminderChannel
  readonly because: ReminderReason | null
  readonly errorCode: number | null
  readonly messages: number
  readonly overtaken: boolean
  readonly caseNumber: string | null
}

const WHYS: Partial<Readonly<Record<ReminderReason, string>>> = {
  rejected: '微信不收这条',
  unreadable: '内容打不开，加密用的密钥不在了',
  undeliverable: '试了好几次，微信都没收',
}
const WHYS_OF_SMS: typeof WHYS = {
  ...WHYS,
  rejected: '发短信的公司不收这条',
  undeliverable: '试了好几次，短信都没发出去',
}
const NOT_ARRIVED = '微信说没有送到'

function aboutOf({ isWork, kind }: LetterRow): string {
  if (isWork) return '工作提醒'
  const group = groupOf(kind)
  return group === null ? '别的' : MESSAGE_GROUP_LABELS[group].name
}

function letterOf(row: LetterRow): DeadLetters['items'][number] {
  const { isWork, because, ...shown } = row
  const whys = row.channel === 'sms' ? WHYS_OF_SMS : WHYS
  return {
    ...shown,
    about: aboutOf(row),
    to: isWork ? 'staff' : 'resident',
    why: (because && whys[because]) ?? NOT_ARRIVED,
  }
}

interface LettersAsked {
  readonly tokenHash: string
  readonly now: Instant
  readonly limit: number
  readonly cursor?: string | undefined
  readonly confidentialIds: readonly string[]
}

/** One round trip: who asks, and a page of the dead letters, by nobody's name. */
export async function findDeadLetters(
  database: Database,
  { limit, cursor, confidentialIds, ...session }: LettersAsked,
): Promise<{ readonly principal: Principal | null; readonly letters: DeadLetters }> {
  const { now } = session
  const found = await findFor<{ readonly rows: readonly LetterRow[] }>(database, session, {
    parts: [lettersPart(cursor, limit + 1)],
    select: sql`(select coalesce(json_agg(json_build_object('id', r.id, 'at', ${instantText('r.created_at')},
        'diedAt', ${instantText('coalesce(a.failed_at, r.sent_at)')}, 'kind', r.kind, 'isWork', r.recipient like 'staff:%', 'channel', ${CHANNEL},
        'because', r.because, 'messages', 1 + (select count(*) from reminders m where m.merged_into = r.id),
        'errorCode', a.error_code, 'overtaken', ${isOvertaken(now)},
        'caseNumber', ${caseNumber(now, confidentialIds)}) order by r.id desc), '[]'::json)
      from letters l join reminders r on r.id = l.id join lateral (select r.*) c on true
        left join lateral (select d.error_code, d.failed_at from deliveries d where d.reminder_id = r.id
          order by d.begun_at desc limit 1) a on true) as rows`,
  })
  const rows = found?.rows ?? []
  const shown = rows.slice(0, limit)
  return {
    principal: found?.principal ?? null,
    letters: {
      items: shown.map(letterOf),
      nextCursor: rows.length > limit ? (shown[shown.length - 1]?.id ?? null) : null,
    },
  }
}

interface ResendDeps {
  readonly database: Database
  readonly cipher: Cipher
  readonly ids: Ids
}

/** What its push tells, with what of it does not open; 422 where that is the letter: sent, it would die again. */
async function pushOf({ database, cipher }: ResendDeps, id: string) {
  const rows = await database.rows<{ id: string; bodySealed: string; caseNumber: string | null }>(
    sql`select r.id, r.body_sealed as "bodySealed", c.case_number as "caseNumber" from reminders r
      left join cases c on c.id = r.case_id where ${ofPush(id)} and r.body_sealed <> ''`,
  )
  const closed = rows.filter((row) => !opens(cipher, row)).map((row) => row.id)
  if (closed.includes(id)) throw new ProblemError('reminder.unreadable')
  return { size: rows.length, closed }
}

const ofPush = (id: string) =>
  sql`(r.id = ${id}::uuid and r.merged_into is null or r.merged_into = ${id}::uuid)`

function opens(cipher: Cipher, row: Parameters<typeof openBody>[1]): boolean {
  try {
    openBody(cipher, row)
    return true
  } catch {
    return false
  }
}

/**
 * Puts a dead letter back into the outbox, with what its push would have told besides: from there it goes as any other, by hours,
 * limits and consents. What is true no more stays where it is. Of two who do so at once one does.
 */
export async function resendLetter(
  deps: ResendDeps,
  {
    principal,
    intent,
    now,
  }: { readonly principal: Principal; readonly intent: Intent; readonly now: Instant },
  id: string,
): Promise<Committed> {
  const { size, closed } = await pushOf(deps, id)
  const actor = `staff:${principal.staffId}`
  return commit(deps.database, {
    now,
    intent,
    status: 200,
    by: profilePrincipal(principal.profileId),
    parts: [
      sql`dead as (select r.id, r.recipient, r.case_id, r.event_id, r.kind, r.created_at, r.template_id, ${CHANNEL} as channel
        from reminders r where ${ofPush(id)} and r.id <> all(${texts(closed)}::uuid[]) and ${IS_DEAD})`,
      sql`judged as materialized (select c.id, c.channel, ${isOvertaken(now)} as overtaken from dead c
        where exists (select 1 from dead where id = ${id}::uuid))`,
      // Asked of the row itself too: whoever waited for another one finds it in the queue.
      sql`again as (update reminders r set sent_at = null, because = null, channel = j.channel, available_at = ${now}::timestamptz,
          may_be_out = false, put_off = false, merged_into = null, lease_token = null, leased_until = null
        from judged j where r.id = j.id and not j.overtaken and r.sent_at is not null and r.dropped_at is null returning r.id)`,
      auditFoundPart(
        'audited',
        { ids: Array.from({ length: size }, () => deps.ids.next()), now, actor, action: 'reminder.resend' },
        sql`select 'reminder:' || id from again`,
      ),
    ],
    demands: [
      {
        holds: sql`exists (select 1 from reminders where id = ${id}::uuid and merged_into is null and body_sealed <> '')`,
        code: 'reminder.not-found',
      },
      { holds: sql`exists (select 1 from judged)`, code: 'reminder.not-dead' },
      { holds: sql`exists (select 1 from judged where not overtaken)`, code: 'reminder.overtaken' },
      { holds: sql`exists (select 1 from again)`, code: 'reminder.not-dead' },
    ],
    answer: sql`json_build_object('id', ${id}::text, 'queued', (select count(*) from again),
      'overtaken', (select count(*) from judged where overtaken))`,
  })
}
