import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openEmptyDatabase } from '../../../tests/empty-database'
import { createAesCipher } from '../../platform/adapters/cipher'
import { createMemoryLimiter } from '../../platform/adapters/memory-limiter'
import { systemIds } from '../../platform/adapters/system'
import type { Database } from '../../platform/ports/database'
import type { OutgoingReminder, SendOutcome } from '../../platform/ports/wechat'
import { drainUntilEmpty } from './drain'
import { createOutbox } from './outbox-fixture'

const cipher = createAesCipher({
  keys: [{ id: 'k1', secret: Buffer.alloc(32, 1) }],
  indexSecret: Buffer.alloc(32, 2),
})
const TEMPLATE = 'YX-CASE-PROGRESS'

let database: Database
let outbox: ReturnType<typeof createOutbox>
beforeAll(async () => {
  database = await openEmptyDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  outbox = createOutbox(database, { cipher, ids: systemIds, limiter: createMemoryLimiter() })
  await outbox.clear()
})

/** What it asks of the database, a statement each. */
function counted() {
  let asked = 0
  const counting: Database = {
    ...database,
    rows: (statement) => {
      asked += 1
      return database.rows(statement)
    },
  }
  return { counting, asked: () => asked }
}
const people = (count: number, credits = 1) =>
  Promise.all(Array.from({ length: count }, () => outbox.resident({ [TEMPLATE]: credits })))

test('fifty messages to fifty people take a claim, and two statements for each thirty-two of them', async () => {
  for (const { recipient } of await people(50)) await outbox.plan({ recipient })
  // Else the store of the limits is told first what the day has used up.
  await outbox.deps.limiter.restore([])
  const { counting, asked } = counted()
  expect(await outbox.worker({ database: counting })()).toMatchObject({ claimed: 50, sent: 50 })
  expect(asked()).toBe(1 + 2 * 2)
})

test('nobody gets two at the same time, and at most thirty-two people one', async () => {
  const [busy, ...others] = await people(36, 9)
  for (let nth = 0; nth < 3; nth += 1) await outbox.plan({ recipient: busy?.recipient ?? '', urgent: true })
  for (const { recipient } of others) await outbox.plan({ recipient })
  const under = new Map<string, number>()
  let most = 0
  const sendReminder = async ({ id, openid }: OutgoingReminder): Promise<SendOutcome> => {
    under.set(openid, (under.get(openid) ?? 0) + 1)
    const now = [...under.values()].filter((count) => count > 0)
    expect(Math.max(...now)).toBe(1)
    most = Math.max(most, now.length)
    await new Promise((resolve) => setTimeout(resolve, 5))
    under.set(openid, 0)
    return { kind: 'sent', messageId: `m-${id}` }
  }
  expect(await drainUntilEmpty(outbox.worker({ wechat: { sendReminder } }))).toMatchObject({ sent: 38 })
  expect(most).toBe(32)
})

interface PlanNode {
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly 'Node Type': string
  readonly Plans?: readonly PlanNode[]
}
const nodesOf = (plan: PlanNode): readonly PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
/** It goes through a table, or an index, from end to end. */
const walks = (node: PlanNode) =>
  (node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'reminders') ||
  (node['Index Name']?.startsWith('reminders_') === true && node['Index Cond'] === undefined)

test('what a wave begins and ends is found by its id, however much else waits', async () => {
  const [one, two] = await people(2)
  await database.rows(sql`insert into reminders (id, event_id, kind, recipient, urgent, template_id, body_sealed, channel, created_at, available_at)
    select gen_random_uuid(), gen_random_uuid(), 'accepted', 'profile:' || gen_random_uuid(), false, ${TEMPLATE}, '', 'subscribe',
      ${outbox.clock.now()}::timestamptz, ${outbox.clock.now()}::timestamptz + interval '1 day' from generate_series(1, 5000)`)
  for (const { recipient } of [one, two].flatMap((each) => each ?? [])) await outbox.plan({ recipient })
  await database.rows(sql`analyze reminders`)
  const walked: string[][] = []
  const explaining: Database = {
    ...database,
    rows: async (statement) => {
      const [row] = await database.rows<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
        sql`explain (format json) ${statement}`,
      )
      const [explained] = row?.['QUERY PLAN'] ?? []
      const nodes = explained ? nodesOf(explained.Plan) : []
      expect(nodes.length).toBeGreaterThan(1)
      walked.push(nodes.filter(walks).map((node) => node['Index Name'] ?? node['Node Type']))
      return database.rows(statement)
    },
  }
  const worker = outbox.worker({ database: explaining })
  expect(await worker()).toMatchObject({ claimed: 2, sent: 2 })
  expect(walked.slice(-2)).toEqual([[], []])
})

test('what there is no time for goes back at once, and has taken nothing', async () => {
  const all = await people(70)
  for (const { recipient } of all) await outbox.plan({ recipient })
  expect(await drainUntilEmpty(outbox.worker(), { hasTime: () => false })).toMatchObject({
    claimed: 70,
    sent: 32,
    waiting: 38,
  })
  expect(await outbox.underWay()).toEqual([])
  const left = await Promise.all(all.map(({ openid }) => outbox.credits(openid)))
  expect(left.filter((credits) => credits === 1)).toHaveLength(38)
  expect(await outbox.worker()()).toMatchObject({ claimed: 38, sent: 38 })
})

test('one that breaks keeps none of its wave back, and goes out after its lease', async () => {
  const [first] = await people(3)
  const ids: string[] = []
  for (const { recipient } of [first, ...(await people(2))].flatMap((each) => each ?? []))
    ids.push(await outbox.plan({ recipient }))
  outbox.wechat.script.push(() => {
    throw new Error('a defect')
  })
  expect(await outbox.worker()()).toMatchObject({ claimed: 3, sent: 2, broken: 1 })
  expect(await outbox.underWay()).toEqual([ids[0]])
  outbox.advance(121)
  expect(await drainUntilEmpty(outbox.worker())).toMatchObject({ sent: 1 })
  expect(await outbox.find(ids[0] ?? '')).toMatchObject({ attempts: 2, sent: true })
  expect(await outbox.credits(first?.openid ?? '')).toBe(0)
})

test('of several workers that want the last consent of somebody one gets it', async () => {
  const [person] = await people(1)
  if (!person) throw new Error('nobody')
  for (let nth = 0; nth < 3; nth += 1) await outbox.plan({ recipient: person.recipient, urgent: true })
  const workers = [1, 2, 3, 4].map(() => outbox.worker()({ batch: 1 }))
  const fates = await Promise.all(workers)
  const sum = (fate: 'sent' | 'inbox') => fates.reduce((all, report) => all + report[fate], 0)
  expect([sum('sent'), sum('inbox')]).toEqual([1, 2])
  expect(
    await database.rows(sql`select credits from consent_credits where openid = ${person.openid}`),
  ).toEqual([{ credits: 0 }])
})

test('who has lost the lease writes nothing but that WeChat has it', async () => {
  const { recipient, openid } = await outbox.resident({ [TEMPLATE]: 2 })
  const id = await outbox.plan({ recipient })
  const late = (outcome: SendOutcome) => async () => {
    outbox.advance(121)
    await drainUntilEmpty(outbox.worker())
    return outcome
  }
  outbox.wechat.script.push(late({ kind: 'retry', retryAfterSeconds: 1, code: 45011 }))
  expect(await outbox.worker()()).toMatchObject({ lost: 1 })
  expect(await outbox.find(id)).toMatchObject({ sent: true, attempts: 2 })
  expect(await outbox.credits(openid)).toBe(1)
})

test('of two workers that hold something for one person one tells it, and the other waits and tells what has come since', async () => {
  const { recipient, openid } = await outbox.staff()
  const plan = () => outbox.plan({ recipient, channel: 'relation', templateId: 'YX-STAFF-TASK' })
  const first = await plan()
  const before = outbox.deps.limiter
  // What comes between a worker's claim and its call.
  const meanwhile = (change: () => Promise<unknown>) =>
    outbox.worker({
      limiter: {
        ...before,
        reserve: async (...asked) => {
          await change()
          return before.reserve(...asked)
        },
      },
    })
  const other = await plan()
  const theirs = sql`update reminders set lease_token = '00000000-0000-7000-8000-000000000000',
    leased_until = ${outbox.clock.now()}::timestamptz + interval '1 minute' where id = ${other}::uuid`
  expect(await meanwhile(() => database.rows(theirs))()).toMatchObject({ sent: 0, waiting: 1, lost: 1 })
  expect(outbox.wechat.received).toEqual([])
  outbox.advance(61)
  const rang = sql`insert into deliveries (id, reminder_id, recipient, channel, attempt, openid, begun_at, outcome, spent_consent)
    values (gen_random_uuid(), ${other}::uuid, ${recipient}, 'relation', 1, ${openid}, ${outbox.clock.now()}::timestamptz, 'sent', false)`
  expect(await meanwhile(() => database.rows(rang))()).toMatchObject({ sent: 0, waiting: 2 })
  expect(outbox.wechat.received).toEqual([])
  expect(await outbox.find(first)).toMatchObject({ attempts: 0, sent: false })
})
