import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Pool } from '#shared/domain/case/context'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { StaffRole } from '#shared/domain/organization/staff'
import { MESSAGE_KINDS, type MessageKind, ruleOf } from '#shared/domain/reminder/message-kinds'
import {
  type Beside,
  type Happened,
  hasWork,
  isSaidOtherwise,
  isUntrue,
  takesBackARing,
  type WorkRow,
} from '#shared/domain/reminder/overtaken'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { systemIds } from '../../platform/adapters/system'
import type { Database } from '../../platform/ports/database'
import { isOvertaken } from './overtaken'

// The statement of the claim and the functions of the domain are two readings of one table of rules: on any history they agree.
let database: Database
beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())

const NOW = '2026-11-24T02:00:00.000Z' as Instant
const MEMBERS = ['m0', 'm1', 'm2', 'm3']
const AWAY = 'm3'
const POSTS: readonly Pool[] = [
  { role: 'town-window', unitId: 'u0' },
  { role: 'dept-reviewer', unitId: 'u1' },
]
const HOLD: Readonly<Record<string, readonly string[]>> = {
  'town-window@u0': ['m0', 'm1', 'm3'],
  'dept-reviewer@u1': ['m1', 'm2'],
}
const there = {
  holders: (role: StaffRole, unitId: string) => (HOLD[`${role}@${unitId}`] ?? []).map((id) => ({ id })),
  isAway: ({ id }: { id: string }) => id === AWAY,
}
const staffed = sql`with places as (insert into units (id, kind, name, short_name, credit_code, demo)
    select u, 'town', u, u, '', true from unnest(array['u0', 'u1']) u),
  members as (insert into staff (id, name, part_time, duty_hours, leave, demo)
    select m.id, m.id, false, '[]', case m.id when ${AWAY}
      then '[{"from":"2026-11-20","to":"2026-11-30","substituteId":null}]' else '[]' end::jsonb, true
    from jsonb_array_elements_text(${JSON.stringify(MEMBERS)}::jsonb) m(id))
  insert into staff_roles (staff_id, role, unit_id, acting) select h.id, h.role, h.unit, false from jsonb_to_recordset(${JSON.stringify(
    Object.entries(HOLD).flatMap(([pool, ids]) =>
      ids.map((id) => ({ id, role: pool.split('@')[0], unit: pool.split('@')[1] })),
    ),
  )}::jsonb) as h(id text, role text, unit text)`

const KINDS = Object.keys(MESSAGE_KINDS) as MessageKind[]
/** What ends something, and what is told of. */
const TYPES = [
  ...new Set(
    KINDS.flatMap((kind) => (['applicant', 'staff'] as const).map((audience) => ruleOf(kind, audience)))
      .flatMap((rule) => (rule && rule.untrueAfter !== 'never' ? rule.untrueAfter : []))
      .map(({ type }) => type),
  ),
]
const happened = fc.record(
  {
    type: fc.constantFrom(
      ...TYPES,
      ...['filed', 'approvers-changed', 'settlers-changed', 'dates-moved'],
      ...['applicant-death-recorded', 'death-record-withdrawn'],
    ),
    actor: fc.constantFrom('staff:m0', 'staff:m1', 'system:x'),
    stepKey: fc.constantFrom('s0', 's1'),
    unitId: fc.constantFrom('u0', 'u1'),
    for: fc.constantFrom('extend', 'suspend', 'request-correction'),
    settles: fc.constantFrom('revocation', 'advice'),
    answerBy: fc.constant('2026-12-01'),
    nobody: fc.constant(true),
  },
  { requiredKeys: ['type', 'actor'] },
)
type Drawn = { readonly type: string; readonly actor: string; readonly to?: number }
/** Some of it is taken back. */
const history = fc
  .array(fc.tuple(happened, fc.nat({ max: 5 })), { minLength: 1, maxLength: 7 })
  .map((drawn) =>
    drawn.flatMap(([event, back], at): Drawn[] =>
      back === 0 && at > 0
        ? [event, { type: 'undone', actor: event.actor, to: Math.max(1, at - 1) }]
        : [event],
    ),
  )
const row = fc.record({
  stepKey: fc.constantFrom('s0', 's1'),
  partUnitId: fc.constant('u0'),
  post: fc.constantFrom(...POSTS),
  queue: fc.constantFrom('to-do', 'to-do', 'waits-for-applicant', 'paused'),
  assigneeId: fc.constantFrom(null, ...MEMBERS, 'gone'),
  barred: fc.uniqueArray(fc.constantFrom(...MEMBERS), { maxLength: 2 }),
  approval: fc.boolean(),
})
const rows = fc
  .uniqueArray(row, { maxLength: 4, selector: ({ stepKey, post }) => stepKey + post.role })
  .map((drawn) => drawn.map(({ post, ...rest }): WorkRow => ({ ...rest, ...post })))
const isOfApplicants = (to: string) => to === 'owner' || to === 'helper'
const RULED = KINDS.flatMap((kind) =>
  (['owner', 'helper', ...MEMBERS] as const).flatMap((to) => {
    const rule = ruleOf(kind, isOfApplicants(to) ? 'applicant' : 'staff')
    return rule && (rule.untrueAfter !== 'never' || rule.callsTo || rule.follows) ? [{ kind, to }] : []
  }),
)
const message = fc.record({ what: fc.constantFrom(...RULED), at: fc.nat({ max: 1 }) })
/** Other messages of the case to the same person. */
const OTHERS = [
  ...new Set(
    KINDS.flatMap((kind) =>
      (['applicant', 'staff'] as const).flatMap((audience) => {
        const { follows = [], saidOtherwise } = ruleOf(kind, audience) ?? {}
        return [...follows, ...(saidOtherwise ? [saidOtherwise.kind] : [])]
      }),
    ),
  ),
]
const beside = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom(...OTHERS),
    at: fc.nat({ max: 6 }),
    isLater: fc.boolean(),
    rang: fc.boolean(),
  }),
  { maxLength: 3, selector: ({ kind }) => kind },
)
const general = fc.record({ history, rows, message, beside })
/** Of one request, or of a death, what is said of it beside. */
const retold = fc.record({
  history: history.map((events) =>
    events.map((event) => ({ ...event, stepKey: 's0', unitId: 'u0', for: 'extend' })),
  ),
  rows: fc.constant<WorkRow[]>([
    {
      stepKey: 's0',
      partUnitId: 'u0',
      queue: 'to-do',
      assigneeId: null,
      barred: [],
      approval: false,
      role: 'town-window',
      unitId: 'u0',
    },
  ]),
  message: fc.record({
    what: fc.constantFrom(
      ...[
        'approvers-changed',
        'approval-requested',
        'approval-overtaken',
        'applicant-died',
        'applicant-lives',
      ].map((kind) => ({ kind: kind as MessageKind, to: 'm0' as const })),
      ...(['helper', 'owner'] as const).map((to) => ({ kind: 'death-record-withdrawn' as MessageKind, to })),
    ),
    at: fc.nat({ max: 6 }),
  }),
  beside,
})
const story = fc.oneof({ arbitrary: general, weight: 2 }, { arbitrary: retold, weight: 1 })

const listed = (values: readonly object[], columns: string) =>
  sql`jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as x(${sql.raw(columns)})`

interface Story {
  readonly events: readonly Drawn[]
  readonly told: number
  readonly rows: readonly WorkRow[]
  readonly message: { readonly what: { readonly kind: MessageKind; readonly to: string } }
  readonly beside: readonly (Omit<Beside, 'told'> & { readonly at: number })[]
}

/** As the domain has it. */
function answerOf({ events, told: at, rows: of, message: { what }, ...story }: Story) {
  const rule = ruleOf(what.kind, isOfApplicants(what.to) ? 'applicant' : 'staff')
  const log = events as unknown as readonly Happened[]
  const told = log[at]
  if (!rule || !told) throw new Error('nothing is told')
  const recipient = `${isOfApplicants(what.to) ? 'profile' : 'staff'}:${what.to}`
  const message = { events: log, told, recipient, isOwner: what.to === 'owner' }
  const others = story.beside.flatMap(({ at: each, ...rest }) => {
    const of = log[each % log.length]
    return of ? [{ ...rest, told: of }] : []
  })
  if (isUntrue(rule, message)) return 'untrue'
  if (isSaidOtherwise(rule, message, others)) return 'otherwise'
  if (rule.follows) return takesBackARing(rule, message, others) ? 'takes back' : 'gone'
  return rule.callsTo !== undefined && !hasWork(rule.callsTo, what.to, of, there) ? 'gone' : 'rings'
}

test('what the statement says of a claimed message the domain says of it', async () => {
  await database.rows(staffed)
  const stories = fc.sample(story, { numRuns: 4000, seed: 7 })
  const cases = stories.map((each) => {
    const events = each.history.map((event) => ({ ...event, id: systemIds.next() }))
    const told = each.message.at % events.length
    const named = (isLater: boolean) =>
      each.beside.flatMap((other) => {
        const of = events[other.at % events.length]
        // Of one event a person has one message of a kind.
        const isSame = other.kind === each.message.what.kind && of === events[told]
        return of && !isSame && other.isLater === isLater
          ? [{ ...other, id: systemIds.next(), eventId: of.id }]
          : []
      })
    const before = named(false)
    const id = systemIds.next()
    return { ...each, id, caseId: systemIds.next(), events, told, beside: [...before, ...named(true)] }
  })
  const recipientOf = ({ caseId, message: { what } }: (typeof cases)[number]) =>
    isOfApplicants(what.to) ? `profile:${caseId}` : `staff:${what.to}`
  await database.rows(sql`insert into reminders (id, event_id, case_id, kind, recipient, urgent, body_sealed, channel, created_at,
      available_at, sent_at)
    select x.id, x."eventId", x."caseId", x.kind, x.recipient, false, '', case when x.rang then 'relation' else 'inbox' end,
      ${NOW}::timestamptz, ${NOW}::timestamptz, ${NOW}::timestamptz
    from ${listed(
      cases.flatMap((each) =>
        each.beside.map((other) => ({ ...other, caseId: each.caseId, recipient: recipientOf(each) })),
      ),
      'id uuid, "eventId" uuid, "caseId" uuid, kind text, recipient text, rang boolean',
    )}`)
  const applied = cases.filter(({ message: { what } }) => isOfApplicants(what.to))
  await database.rows(sql`insert into profiles (id, id_number_index, real_name_level, demo, created_at)
    select x.id, x.number, 0, true, ${NOW}::timestamptz from ${listed(
      applied.map(({ caseId, message: { what } }) => ({
        id: caseId,
        number: what.to === 'owner' ? caseId : null,
      })),
      'id uuid, number text',
    )}`)
  await database.rows(sql`insert into cases (id, case_number, service_item_id, item_version, status, version, state, filed_by,
      applicant_index, applicant_masked, organ_unit_id, filed_at, updated_at)
    select x.id, x.id, 'LX-005', 1, 'filed', 1, '{}', x.id, x.id, '', 'u0', ${NOW}::timestamptz, ${NOW}::timestamptz
    from ${listed(
      applied.map(({ caseId: id }) => ({ id })),
      'id uuid',
    )}`)
  await database.rows(sql`insert into case_events (case_id, sequence, id, type, at, actor, payload, hash)
    select x."caseId", x.sequence, x.id, x.type, ${NOW}::timestamptz, x.actor, x.payload, ''
    from ${listed(
      cases.flatMap(({ caseId, events }) =>
        events.map(({ id, type, actor, ...payload }, at) => ({
          caseId,
          sequence: at + 1,
          id,
          type,
          actor,
          payload: JSON.stringify(payload),
        })),
      ),
      '"caseId" uuid, sequence int, id uuid, type text, actor text, payload text',
    )}`)
  await database.rows(sql`insert into case_tasks (case_id, step_key, role, unit_id, part_unit_id, queue, assignee_id, sort_on,
      opened_at, barred, approval)
    select x."caseId", x."stepKey", x.role, x."unitId", x."partUnitId", x.queue, x."assigneeId", '2026-12-01', ${NOW}::timestamptz,
      x.barred, x.approval
    from ${listed(
      cases.flatMap(({ caseId, rows: of }) => of.map((each) => ({ caseId, ...each }))),
      '"caseId" uuid, "stepKey" text, role text, "unitId" text, "partUnitId" text, queue text, "assigneeId" text, barred text[], approval boolean',
    )}`)
  const found = await database.rows<{ id: string; overtaken: boolean }>(
    sql`select c.case_id as id, ${isOvertaken(NOW)} as overtaken from (select x.*, ${NOW}::timestamptz as created_at, 'T' as template_id,
      'subscribe' as channel from ${listed(
        cases.map((each) => ({
          id: each.id,
          case_id: each.caseId,
          event_id: each.events[each.told]?.id,
          kind: each.message.what.kind,
          recipient: recipientOf(each),
        })),
        'id uuid, case_id uuid, event_id uuid, kind text, recipient text',
      )}) c`,
  )
  const byCase = new Map(found.map(({ id, overtaken }) => [id, overtaken]))
  const answers: Record<ReturnType<typeof answerOf>, number> = {
    untrue: 0,
    otherwise: 0,
    'takes back': 0,
    gone: 0,
    rings: 0,
  }
  for (const each of cases) {
    const answer = answerOf(each)
    answers[answer] += 1
    expect({ ...each, overtaken: byCase.get(each.caseId) }).toMatchObject({
      overtaken: answer !== 'rings' && answer !== 'takes back',
    })
  }
  for (const count of Object.values(answers)) expect(count).toBeGreaterThan(25)
})
