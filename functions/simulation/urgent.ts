import { sql } from 'drizzle-orm'
import { UNDO_SECONDS } from '#shared/domain/case/undo'
import { readableBody } from '../features/reminder/body'
import { instantText } from '../platform/db/parts/instant'
import { miniProgram, openidOf } from '../sandbox/accounts'
import { deliveries } from '../sandbox/schema'
import { templates } from '../sandbox/templates'
import type { Services } from '../services'
import { type Capacity, momentOf, type Taken, type Urgent } from './pushes-counted'

/** A push as the local WeChat has it, with what its card is called. */
export interface Delivered extends Taken {
  readonly person: string
  readonly templateId: string
  readonly title: string
}

/** All that the local WeChat took, oldest first. */
export async function takenOf({ database }: Services): Promise<readonly Delivered[]> {
  const rows = await database.db.select().from(deliveries).orderBy(deliveries.sentAt)
  return rows.map(({ person, api, templateId, sentAt }) => ({
    person,
    openid: openidOf(miniProgram.appid, person),
    as: api === 'relation' ? 'work' : 'own',
    at: sentAt,
    templateId,
    title: templates.find(({ id }) => id === templateId)?.title ?? templateId,
  }))
}

interface Row {
  readonly id: string
  readonly kind: string
  readonly caseId: string | null
  readonly recipient: string
  readonly openid: string | null
  readonly templateId: string | null
  readonly bodySealed: string
  readonly caseNumber: string | null
  readonly createdAt: string
  readonly settledAt: string | null
  readonly channel: string
  readonly because: string | null
  /** When the attempts were made that told it, its own or those of the push that it rode on. */
  readonly attempts: readonly { readonly from: string; readonly to: string | null }[]
  /** Of the case, after the event that it tells of. */
  readonly later: readonly { readonly type: string; readonly at: string }[]
  /** Taken back with the act that it told of. */
  readonly dropped: boolean
}

const readRows = ({ database }: Services) =>
  database.rows<Row>(sql`select r.id, r.kind, r.case_id as "caseId", r.recipient, r.template_id as "templateId",
    r.body_sealed as "bodySealed", c.case_number as "caseNumber", ${instantText('r.created_at')} as "createdAt",
    ${instantText('coalesce(r.sent_at, r.failed_at)')} as "settledAt", r.channel, r.because, r.dropped_at is not null as dropped,
    (select i.openid from wechat_identities i where i.appid = ${miniProgram.appid}
      and r.recipient = 'profile:' || i.profile_id order by i.created_at limit 1) as openid,
    (select coalesce(json_agg(json_build_object('from', ${instantText('d.begun_at')}, 'to', ${instantText('d.ended_at')})), '[]'::json)
      from deliveries d where d.reminder_id = coalesce(r.merged_into, r.id)) as attempts,
    (select coalesce(json_agg(json_build_object('type', a.type, 'at', ${instantText('a.at')})), '[]'::json)
      from case_events b join case_events a on a.case_id = b.case_id and a.sequence > b.sequence
      where b.id = r.event_id) as later
  from reminders r left join cases c on c.id = r.case_id
  where r.urgent and r.template_id is not null order by r.id`)

/** Who has what open at a moment, by person and case. */
export type OpenWork = ReadonlySet<string>
const workKey = (staffId: string, caseId: string) => `${staffId} ${caseId}`

/** The open shares of each member who may take them, those alone that are due by `day` where one is named. */
export async function openWorkOf({ database }: Services, day?: string): Promise<OpenWork> {
  const rows = await database.rows<{
    staffId: string
    caseId: string
  }>(sql`select distinct s.staff_id as "staffId",
      t.case_id as "caseId"
    from case_tasks t join staff_roles s on s.role = t.role and s.unit_id = t.unit_id
    where t.queue = 'to-do' and s.staff_id <> all(t.barred) and (t.assignee_id is null or t.assignee_id = s.staff_id)
      ${day === undefined ? sql`` : sql`and t.due_on <= ${day}::date`}`)
  return new Set(rows.map(({ staffId, caseId }) => workKey(staffId, caseId)))
}

/** Whoever closes at 17:30 is there in that minute. */
const CLOSED = 17 * 60 + 31
const END_OF_DAY = 24 * 60
/** Staff kinds that call to work: it is theirs as long as the share is open. */
const CALLS = /^(due-|task$|lead$|approval$)/
/** Cards with a last day on which something can still be done; those of what is over name the day of the event. */
const WARNS: Readonly<Record<Capacity, (row: Row) => boolean>> = {
  work: ({ kind }) => /^(due-today|due-last-duty|task|approval)$/.test(kind),
  own: ({ templateId }) => templateId === 'YX-CASE-TODO',
}
/** What answers a notice, or ends what it asked for. */
const ANSWERS = [
  'supplemented',
  'correction-lapsed',
  'withdrawn',
  'terminated',
  'declined',
  'granted',
  'refused',
  'disowned',
  'taken-over',
]

/** 2026年11月24日 as 2026-11-24. */
function dayOnCard(text: string | undefined) {
  const [year, month, day] = (text ?? '').match(/\d+/g) ?? []
  if (year === undefined || month === undefined || day === undefined) return null
  return [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-')
}

function untilOf({ cipher }: Services, row: Row, as: Capacity): number | null {
  if (!WARNS[as](row)) return null
  const day = dayOnCard(readableBody(cipher, row).data['date4'])
  if (day === null) return null
  const until = momentOf(day, as === 'work' ? CLOSED : END_OF_DAY)
  // What was late when it was written warns of nothing that is still to come.
  return until > Date.parse(row.createdAt) ? until : null
}

export interface Seen {
  /** What was taken, by phone and capacity. */
  readonly pushes: ReturnType<typeof byPhone>
  /** What was open and due at the close of each day. */
  readonly atClose: ReadonlyMap<string, OpenWork>
  readonly atEnd: OpenWork
  /** When each person gave consents. */
  readonly accepted: ReadonlyMap<string, readonly number[]>
  /** By openid. */
  readonly personOf: ReadonlyMap<string, string>
  readonly now: number
}

function wasOpen(row: Row, as: Capacity, until: number | null, { atClose, atEnd, now }: Seen) {
  const end = until ?? now
  const later = row.later.filter(({ at }) => Date.parse(at) <= end)
  if (as === 'own')
    return row.kind.startsWith('correction-')
      ? !later.some(({ type }) => ANSWERS.includes(type))
      : later.length === 0
  if (!CALLS.test(row.kind)) return later.length === 0
  const key = workKey(row.recipient.slice('staff:'.length), row.caseId ?? '')
  const day = until === null ? undefined : new Date(until + 8 * 3_600_000).toISOString().slice(0, 10)
  return (day === undefined ? atEnd : (atClose.get(day) ?? atEnd)).has(key)
}

const SLACK = 2_000

/** The push that told it, among those that the local WeChat took. */
const rangAt = (row: Row, theirs: readonly Delivered[]) =>
  theirs.find(({ at }) =>
    row.attempts.some(
      ({ from, to }) => Date.parse(from) - SLACK <= at && at <= Date.parse(to ?? from) + SLACK,
    ),
  )?.at ?? null

/** By what was tapped and what was taken: so many consents to this template were left then. */
function consentsLeft(row: Row, openid: string, at: number, theirs: readonly Delivered[], seen: Seen) {
  const given = (seen.accepted.get(seen.personOf.get(openid) ?? '') ?? []).filter((then) => then < at)
  const spent = theirs.filter((push) => push.templateId === row.templateId && push.at < at - SLACK)
  return given.length - spent.length
}

/** What tells of an act waits until that can be taken back no more. */
const ringsFrom = ({ kind, createdAt }: Row) =>
  Date.parse(createdAt) + (kind.startsWith('due-') ? 0 : UNDO_SECONDS * 1000)

const wordsOf = (row: Row, until: number | null) =>
  [
    row.kind,
    row.recipient,
    row.caseNumber,
    `${row.createdAt} 写`,
    until === null ? '' : `到 ${new Date(until).toISOString()}`,
    row.channel,
    row.because,
    row.settledAt ?? '还等着',
  ].join(' ')

function urgentFrom(services: Services, row: Row, openid: string, as: Capacity, seen: Seen): Urgent {
  const theirs = seen.pushes.get(`${openid} ${as}`) ?? []
  const until = untilOf(services, row, as)
  const settledAt = row.settledAt === null ? null : Date.parse(row.settledAt)
  const judgedAt = settledAt ?? Math.min(until ?? seen.now, seen.now)
  return {
    what: wordsOf(row, until),
    openid,
    as,
    from: ringsFrom(row),
    until,
    rangAt: rangAt(row, theirs),
    settledAt,
    wasOpen: wasOpen(row, as, until, seen),
    // Staff of the pack are bound from the start.
    wasAllowed: as === 'work' || consentsLeft(row, openid, judgedAt, theirs, seen) > 0,
  }
}

export const byPhone = (taken: readonly Delivered[]) => {
  const pushes = new Map<string, Delivered[]>()
  for (const push of taken) {
    const key = `${push.openid} ${push.as}`
    pushes.set(key, [...(pushes.get(key) ?? []), push])
  }
  return pushes
}

/** What could not wait, with the push that told it. */
export async function urgentOf(services: Services, seen: Seen): Promise<readonly Urgent[]> {
  const rows = await readRows(services)
  return rows.flatMap((row): readonly Urgent[] => {
    const as: Capacity = row.recipient.startsWith('staff:') ? 'work' : 'own'
    const openid =
      as === 'work' ? openidOf(miniProgram.appid, row.recipient.slice('staff:'.length)) : row.openid
    // Nothing was to ring for whoever has no WeChat.
    return openid === null || row.dropped ? [] : [urgentFrom(services, row, openid, as, seen)]
  })
}
