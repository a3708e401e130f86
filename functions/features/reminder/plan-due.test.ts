import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { act, file, onDay } from '#shared/domain/case/journeys/case-fixture'
import { addDays, plainDate } from '#shared/domain/kernel/plain-date'
import type { StaffMember } from '#shared/domain/organization/registry'
import { upgradeItem } from '#shared/domain/service-item/upgrade-item'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import type { Database } from '../../platform/ports/database'
import type { Reference } from '../service-item'
import { messagesOf } from './messages'
import { createOutbox } from './outbox-fixture'
import { createPlanDueReminders } from './plan-due'

const item = upgradeItem(JSON.parse(readFileSync('drizzle/packs/langxi/service-items/LX-005.json', 'utf8')))
const examine = item.steps.find((step) => step.kind === 'examine')?.key ?? ''
const TOWN = 'town'

/** Examined since `accepted`, by default late, so that the promise of ten working days runs out first, on `dueOn`. */
const promisedFor = (dueOn: string, accepted: string = addDays(plainDate(dueOn), -6)) =>
  act(onDay(file(item, addDays(plainDate(dueOn), -14)), accepted), 'accept').state

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})
const openOutbox = () => createOutbox(database, { cipher, ids: systemIds, limiter: createMemoryLimiter() })

let database: Database
let outbox: ReturnType<typeof createOutbox>
let reviewer: Awaited<ReturnType<typeof outbox.staff>>

beforeAll(async () => {
  database = await openEmptyDatabase()
  await database.rows(sql`insert into units (id, kind, name, short_name, credit_code, demo)
    values (${TOWN}, 'town', '梅渚镇人民政府', '梅渚镇', 'X', true)`)
})
afterAll(() => database.close())
beforeEach(async () => {
  outbox = openOutbox()
  await outbox.clear()
  await database.rows(sql`delete from case_tasks`)
  reviewer = await outbox.staff()
})

function planner(colleagues: readonly (Pick<StaffMember, 'id' | 'leave'> & Partial<StaffMember>)[] = []) {
  const reference = {
    calendar: new Map([[2026, { offDays: new Set(), workDays: new Set() }]]),
    items: [item],
    at: () => item,
    holders: () =>
      [{ id: reviewer.staffId, leave: [] }, ...colleagues].map((member) => ({
        partTime: false,
        dutyHours: [],
        ...member,
      })),
    staff: new Map(colleagues.map((member) => [member.id, member])),
    rolesOf: () => [{ role: 'town-reviewer', unitId: TOWN }],
    units: new Map(),
    fact: () => ({ limitDays: 15, graceDays: 5 }),
  } as unknown as Reference
  return createPlanDueReminders({ ...outbox.deps, reference: { current: async () => reference } })
}

async function openTask(dueOn: string | null, queue = 'to-do', state = promisedFor(dueOn ?? '2026-11-26')) {
  const { profileId } = await outbox.resident()
  const [caseId, now] = [systemIds.next(), outbox.clock.now()]
  await database.rows(sql`insert into cases (id, case_number, service_item_id, item_version, status, version, state,
      filed_by, applicant_masked, organ_unit_id, filed_at, updated_at)
    values (${caseId}::uuid, ${caseId}, 'LX-005', 1, 'examining', 1, ${JSON.stringify(state)}::jsonb, ${profileId}::uuid, '陈*兰', ${TOWN},
      ${now}::timestamptz, ${now}::timestamptz)`)
  await database.rows(sql`insert into case_events (case_id, sequence, id, type, at, actor, payload, hash)
    values (${caseId}::uuid, 1, ${systemIds.next()}::uuid, 'accepted', ${now}::timestamptz, 'staff:x', '{}', 'h')`)
  await database.rows(sql`insert into case_tasks (case_id, step_key, role, unit_id, part_unit_id, queue, due_on,
      sort_on, opened_at)
    values (${caseId}::uuid, ${examine}, 'town-reviewer', ${TOWN}, ${TOWN}, ${queue}, ${dueOn}::date,
      coalesce(${dueOn}::date, '2026-12-31'), ${now}::timestamptz)`)
  return caseId
}

const toReviewer = () => messagesOf(database, cipher, { profileId: null, staffId: reviewer.staffId })

describe('reminders of what runs out', () => {
  it('come once at each light, however often the job runs', async () => {
    const caseId = await openTask('2026-11-26')
    const plan = planner()
    expect(await plan()).toMatchObject({ tasks: 1, reminders: 1 })
    expect(await plan()).toMatchObject({ tasks: 0, reminders: 0 })
    expect(await toReviewer()).toMatchObject([
      {
        kind: 'due-soon',
        channel: 'relation',
        templateId: 'YX-STAFF-DUE',
        caseIds: [caseId],
        title: '高龄津贴：还剩 2 个工作日',
        page: `staff/case/case?id=${caseId}`,
      },
    ])
    outbox.advance(2 * 86_400)
    await plan()
    outbox.advance(86_400)
    await plan()
    outbox.advance(86_400)
    await plan()
    expect((await toReviewer()).map((message) => message.title)).toEqual([
      '高龄津贴：超期 1 个工作日',
      '高龄津贴：今天 17:30 前办好',
      '高龄津贴：还剩 2 个工作日',
    ])
  })

  it('show the light of the page: that of the promise where the promise runs out first', async () => {
    // Accepted on Monday, the examination has eight days of its own; of the ten promised, three are left.
    await openTask('2026-11-27', 'to-do', promisedFor('2026-11-27', '2026-11-23'))
    await planner()()
    expect((await toReviewer()).map(({ title }) => title)).toEqual(['高龄津贴：还剩 3 个工作日'])
  })

  it('reach the colleagues too, where whoever has it in hand is on leave until it is due', async () => {
    const colleague = await outbox.staff()
    const away = (to: string) => [
      {
        id: colleague.staffId,
        leave: [{ from: plainDate('2026-11-24'), to: plainDate(to), substituteId: null }],
      },
    ]
    const toldOf = async (leave: Parameters<typeof planner>[0]) => {
      await database.rows(sql`update case_tasks set assignee_id = ${colleague.staffId}, reminded_for = null`)
      await outbox.clear()
      await planner(leave)()
      const rows = await database.rows<{ recipient: string }>(sql`select recipient from reminders`)
      return rows.map(({ recipient }) => recipient).sort()
    }
    await openTask('2026-11-26')
    expect(await toldOf(away('2026-11-25'))).toEqual([colleague.recipient])
    expect(await toldOf(away('2026-11-26'))).toEqual([colleague.recipient, reviewer.recipient].sort())
  })

  it('reach a part-timer in the last hours of duty before the day, and colleagues on the day', async () => {
    const agent = await outbox.staff(true)
    const evenings: StaffMember['dutyHours'] = [
      { days: ['mon', 'tue', 'wed', 'thu', 'fri'], periods: ['18:30-20:30'] },
    ]
    const plan = planner([{ id: agent.staffId, leave: [], partTime: true, dutyHours: evenings }])
    const told = async () => {
      await plan()
      await plan()
      const rows = await database.rows<{ kind: string; recipient: string }>(
        sql`select kind, recipient from reminders order by created_at, kind, recipient = ${agent.recipient}`,
      )
      return rows.map(({ kind, recipient }) => `${kind} ${recipient === agent.recipient ? 'agent' : 'clerk'}`)
    }
    // Of ten working days the last three are “soon”: that is told once, and the day before by itself.
    await openTask('2026-11-26')
    const soon = ['due-soon clerk', 'due-soon agent']
    expect(await told()).toEqual(soon)
    outbox.advance(86_400)
    expect(await told()).toEqual([...soon, 'due-last-duty agent'])
    outbox.advance(86_400)
    expect(await told()).toEqual([...soon, 'due-last-duty agent', 'due-today clerk', 'due-today agent'])
    const [message] = (
      await messagesOf(database, cipher, { profileId: null, staffId: agent.staffId })
    ).filter(({ kind }) => kind === 'due-last-duty')
    expect(message).toMatchObject({ title: '高龄津贴：到期前最后一次值班' })
  })

  it('leave alone what has time, waits, or has no date yet', async () => {
    await openTask('2026-12-10')
    await openTask('2026-11-24', 'waits-for-applicant')
    await openTask(null)
    expect(await planner()()).toMatchObject({ tasks: 0, reminders: 0 })
  })

  it('are planned once by two workers at the same time', async () => {
    await openTask('2026-11-24')
    const plans = await Promise.all([planner()(), planner()(), planner()()])
    expect(plans.reduce((sum, plan) => sum + plan.reminders, 0)).toBe(1)
  })

  it('reach all of a large number of tasks', async () => {
    for (let number = 0; number < 520; number += 1) await openTask('2026-11-24')
    expect(await planner()()).toMatchObject({ tasks: 520, reminders: 520 })
  }, 30_000)
})
