import { sql } from 'drizzle-orm'
import type { CaseStatus } from '#shared/domain/case/case-status'
import { isRateable } from '#shared/domain/case/outcome/rateable'
import { FACE_TO_FACE } from '#shared/domain/case/whose/identity-check'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { nextDutyAt } from '#shared/domain/organization/duty'
import type { ServiceItem, Step } from '#shared/domain/service-item/item'
import { plainStepName } from '#shared/domain/service-item/step-name'
import { provisionalWorkingDay } from '#shared/domain/time-limit/calendar'
import type { Reference } from './features/service-item'
import { ownCases } from './platform/db/parts/barred-staff'
import { instantText } from './platform/db/parts/instant'
import { walkedAtMost } from './platform/db/parts/rows-at-most'
import { actStands, EVENT_STEP, IS_IDENTITY_CONFIRMED } from './platform/db/parts/stored-state'
import { unreadOf } from './platform/db/parts/unread'
import type { Pack } from './platform/db/seed/pack-schema'
import { profileIdOf } from './platform/db/seed/seed-ids'
import type { Database } from './platform/ports/database'
import type { Colleague, RouteStep, Somebody, StoryCase, StoryFacts } from './sandbox/story'

/** A son of the pack, his mother of eighty, and what she has a right to. */
const TOLD_OF = { item: 'LX-005', filer: 'li-jianguo', owner: 'chen-guilan' } as const

interface Asked {
  readonly database: Database
  readonly pack: Pack
  readonly reference: Reference
  readonly now: Instant
}

interface FoundCase extends Omit<StoryCase, 'acts' | 'open' | 'told' | 'mayBeRated' | 'status'> {
  readonly status: CaseStatus
  readonly acts: readonly {
    readonly type: string
    readonly stepKey: string | null
    readonly at: Instant
    readonly actor: string
  }[]
  readonly open: readonly { readonly stepKey: string; readonly queue: string; readonly staffIds: string[] }[]
  readonly told: readonly { readonly recipient: string; readonly pushed: number; readonly kept: number }[]
}

/** The newest case of the item that is hers, with what was done, what is open before whom, and what was told: one statement. */
async function findCase({ database }: Asked): Promise<FoundCase | undefined> {
  const [row] = await database.rows<FoundCase>(sql`select c.id, c.case_number as "caseNumber", c.status,
      ${IS_IDENTITY_CONFIRMED} as "isIdentityConfirmed", c.owner_id is not null as "isTakenOver",
      (select ${instantText('g.rated_at')} from ratings g where g.case_id = c.id) as "ratedAt",
      (select coalesce(json_agg(json_build_object('type', e.type, 'stepKey', ${EVENT_STEP},
        'at', ${instantText('e.at')}, 'actor', e.actor) order by e.sequence), '[]'::json)
        from case_events e where e.case_id = c.id and ${actStands('e')}) as acts,
      (select coalesce(json_agg(json_build_object('stepKey', t.step_key, 'queue', t.queue, 'staffIds',
        (select coalesce(json_agg(s.id order by s.id is distinct from t.assignee_id), '[]'::json) from staff s
          where s.active and not (s.id = any(t.barred)) and (s.id = t.assignee_id or exists (select 1 from staff_roles r
            where r.staff_id = s.id and r.role = t.role and r.unit_id = t.unit_id)))) order by t.opened_at), '[]'::json)
        from case_tasks t where t.case_id = c.id) as open,
      (select coalesce(json_agg(json_build_object('recipient', k.recipient, 'pushed', k.pushed, 'kept', k.kept)
        order by k.recipient), '[]'::json) from (
          select r.recipient, count(*) filter (where r.channel <> 'inbox' and r.sent_at is not null and coalesce(r.because, '') <> 'rejected')::int as pushed,
            count(*) filter (where r.channel = 'inbox')::int as kept
          from reminders r where r.case_id = c.id and r.dropped_at is null group by r.recipient) k) as told
    from cases c join profiles p on p.id = ${profileIdOf(TOLD_OF.owner)}::uuid and p.id_number_index = c.applicant_index
    where c.service_item_id = ${TOLD_OF.item} order by c.id desc limit 1`)
  return row
}

const isWorkingIn = ({ reference }: Asked) => provisionalWorkingDay(reference.calendar)

function colleague(asked: Asked, id: string): Colleague[] {
  const member = asked.reference.staff.get(id)
  return member
    ? [{ id, name: member.name, nextDuty: nextDutyAt(member, asked.now, isWorkingIn(asked)) }]
    : []
}

/** The pool of a step for whoever lives in that village, in the order of the county's list of staff. */
function poolOf(asked: Asked, { organ, role }: Step, villageId: string) {
  const { reference, pack } = asked
  const place = { village: villageId, town: reference.units.get(villageId)?.parentId ?? '' }
  const unitId = organ.kind in place ? place[organ.kind as keyof typeof place] : ''
  const held = new Set(reference.holders(role, unitId).map(({ id }) => id))
  return pack.staff.filter(({ id }) => held.has(id)).flatMap(({ id }) => colleague(asked, id))
}

const routeOf = (asked: Asked, item: ServiceItem, villageId: string): RouteStep[] =>
  item.steps.map((step) => ({
    key: step.key,
    name: plainStepName(step.name),
    kind: step.kind,
    afield: step.role === 'village-agent',
    decides: step.decides,
    meets: FACE_TO_FACE.includes(step.role),
    staff: poolOf(asked, step, villageId),
  }))

/** What the form asks for and the owner's papers answer: what a son reads off his mother's cards. */
function answersOf(item: ServiceItem, owner: Pack['residents'][number]) {
  const known: Readonly<Record<string, string | null>> = {
    'identity.name': owner.name,
    'identity.idNo': owner.idNumber,
    'identity.mobile': owner.phone,
    ...Object.fromEntries(
      owner.credentials.flatMap(({ code, values }) =>
        Object.entries(values).map(([name, value]) => [`licence:${code}.${name}`, String(value)]),
      ),
    ),
  }
  return item.fields
    .filter(({ kind }) => ['text', 'idcard', 'phone', 'bankcard'].includes(kind))
    .flatMap(({ label, prefill }) => {
      const value = prefill === null ? undefined : known[prefill]
      return value ? [{ label, value }] : []
    })
}

/** What the product says of the story's case; null in a county whose pack has not these people and this item. */
export async function findStory(asked: Asked): Promise<StoryFacts | null> {
  const { pack, reference } = asked
  const item = reference.latest(TOLD_OF.item)?.item
  const [filer, owner] = [TOLD_OF.filer, TOLD_OF.owner].map((id) =>
    pack.residents.find((resident) => resident.id === id),
  )
  if (!item || !filer || !owner) return null
  const names = new Map<string, Somebody>(
    [...pack.residents, ...pack.staff].flatMap(({ id, name }) => [
      [`profile:${profileIdOf(id)}`, { id, name }],
      [`staff:${id}`, { id, name }],
    ]),
  )
  const found = await findCase(asked)
  const tell = ({ acts, open, told, ...row }: FoundCase): StoryCase => ({
    ...row,
    mayBeRated: isRateable(row),
    acts: acts.map(({ actor, ...act }) => ({ ...act, by: names.get(actor) ?? null })),
    open: open.map(({ staffIds, ...share }) => ({
      ...share,
      staff: staffIds.flatMap((id) => colleague(asked, id)),
    })),
    told: told.flatMap(({ recipient, ...counts }) => {
      const name = names.get(recipient)?.name
      return name === undefined ? [] : [{ name, ...counts }]
    }),
  })
  return {
    item: { id: item.id, name: item.plainName },
    filer: { id: filer.id, name: filer.name },
    owner: { id: owner.id, name: owner.name },
    route: routeOf(asked, item, owner.villageId),
    answers: answersOf(item, owner),
    found: found ? tell(found) : null,
  }
}

const COUNTED = 100

/**
 * What waits for each of these people, at most a hundred: of staff the shares in the queues of their pools, of residents
 * their unread messages or, where that is more, the cases that wait for them. One statement, of each pool as many rows of
 * its index as are counted (the lateral stands apart, or its filter would count them again); who has nothing is left out.
 */
export async function findWaiting(
  database: Database,
  people: readonly {
    readonly id: string
    readonly appid: string
    readonly openid: string
    readonly staff: boolean
  }[],
  now: Instant,
): Promise<Record<string, number>> {
  const today: PlainDate = dayIn(now)
  const rows = await database.rows<{
    id: string
    waiting: number
  }>(sql`select k.id, least(w.waiting, ${COUNTED}::int) as waiting
    from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as k(id text, appid text, openid text, staff boolean)
    cross join lateral (select case when k.staff then (
      select count(distinct (t.case_id, t.step_key, t.part_unit_id))::int
        from (select coalesce(array_agg(o.case_id), '{}') as ids from (${ownCases(today, sql`k.id`)}) o) own
        cross join staff_roles r join staff s on s.id = r.staff_id and s.active
        cross join lateral (select t.case_id, t.step_key, t.part_unit_id from case_tasks t
          where t.unit_id = r.unit_id and t.role = r.role and t.queue = 'to-do'
            and not (s.id = any(t.barred)) and t.case_id <> all(own.ids)
          order by t.sort_on, t.case_id, t.step_key, t.part_unit_id ${walkedAtMost(COUNTED)}) t
        where r.staff_id = k.id)
      else (select greatest(
        ${unreadOf(sql`select 'profile:' || i.profile_id from wechat_identities i where i.appid = k.appid and i.openid = k.openid`, now)},
        (select count(distinct c.id)::int from wechat_identities i
          join cases c on coalesce(c.owner_id, c.filed_by) = i.profile_id and c.ended_at is null
            and (c.owner_id is not null or c.entered_by is null)
          join case_tasks t on t.case_id = c.id and t.queue = 'waits-for-applicant'
          where i.appid = k.appid and i.openid = k.openid))) end as waiting offset 0) w
    where w.waiting > 0`)
  return Object.fromEntries(rows.map(({ id, waiting }) => [id, waiting]))
}

/** The last hour of the next day on which something in a queue falls due; null where nothing does. */
export async function findDeadline(database: Database, now: Instant): Promise<PlainDate | null> {
  const [row] = await database.rows<{
    day: PlainDate | null
  }>(sql`select to_char(min(due_on), 'YYYY-MM-DD') as day
    from case_tasks where queue = 'to-do' and due_on > ${dayIn(now)}::date`)
  return row?.day ?? null
}
