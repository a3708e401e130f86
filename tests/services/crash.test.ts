import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applicationOf } from './applications'
import { atMost, forgetReservations } from './counties'
import { ask, createDatabase, places } from './databases'
import { openKillable } from './killed-server'

type Killable = Awaited<ReturnType<typeof openKillable>>

/** Files `count` applications while the server is killed each time so many are answered; says what was answered. */
async function fileAmidKills(product: Killable, count: number, kills: readonly number[]) {
  const session = await product.logIn('zhao-min')
  const uploads = product.uploadsOf(session)
  const bodies = await atMost(count, 8, (index) => applicationOf(uploads, 'LX-017', index))
  let answered = 0
  const filing = atMost(count, 10, async (index) => {
    const answer = await product.insist(bodies[index], session)
    answered += 1
    return answer
  })
  for (const kill of kills) {
    while (answered < kill) await new Promise((resolve) => setTimeout(resolve, 1))
    await product.die('SIGKILL')
    await product.start()
  }
  const answers = await filing
  expect(answers.filter(({ status }) => status !== 201)).toEqual([])
  return { session, ids: answers.map(({ body }) => body.id).sort() }
}

describe('on PostgreSQL', () => {
  let product: Killable
  let databaseUrl: string
  beforeAll(async () => {
    databaseUrl = await createDatabase()
    await forgetReservations()
    product = await openKillable({ DATABASE_URL: databaseUrl, REDIS_URL: places().redis })
  })
  afterAll(() => product.close())

  it('files each of a hundred applications once though the server is killed twice meanwhile', async () => {
    const { ids } = await fileAmidKills(product, 100, [20, 60])
    const stored = await ask<{ id: string; case_number: string }>(
      databaseUrl,
      'select id, case_number from cases order by id',
    )
    expect(stored.map(({ id }) => id)).toEqual(ids)
    expect(new Set(stored.map(({ case_number }) => case_number)).size).toBe(100)
  })

  it('left every chain whole, with its audit row and its reminders', async () => {
    const [counted] = await ask<Record<string, number>>(
      databaseUrl,
      `select count(*)::int as events, count(distinct case_id)::int as cases,
        count(*) filter (where hash <> case_event_hash(lag_hash, case_id, sequence, type, iso, actor, payload))::int as broken,
        (select count(*)::int from audit_entries where action = 'case.file') as audits,
        (select count(distinct case_id)::int from reminders) as reminded,
        (select count(*)::int from uploads where case_id is null) as loose
      from (select *, lag(hash) over (partition by case_id order by sequence) as lag_hash,
        to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as iso from case_events) e`,
    )
    expect(counted).toEqual({ events: 100, cases: 100, broken: 0, audits: 100, reminded: 100, loose: 0 })
  })
})

describe('on the embedded database', () => {
  let product: Killable
  beforeAll(async () => {
    product = await openKillable({})
  })
  afterAll(() => product.close())

  it('files each of thirty applications once though the server is killed meanwhile', async () => {
    const { session, ids } = await fileAmidKills(product, 30, [10])
    const listed: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? '' : `?cursor=${cursor}`
      const page = await product.send<{ items: { id: string }[]; nextCursor: string | null }>(
        'GET',
        `/api/cases${query}`,
        undefined,
        session,
      )
      listed.push(...page.body.items.map(({ id }) => id))
      cursor = page.body.nextCursor
    }
    expect(listed.sort()).toEqual(ids)
  })
})
