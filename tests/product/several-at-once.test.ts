import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { dayIn, plainDate } from '#shared/domain/kernel/plain-date'
import type { CaseDeps } from '../../functions/features/case'
import { createFileApplications } from '../../functions/features/case/filing/file-application'
import { listWaitingCases } from '../../functions/features/case/lists/list-queries'
import { persistTogether } from '../../functions/features/case/persist'
import { itemOf } from '../../functions/features/case/standing'
import { DOCUMENT_RULES } from '../../functions/features/document'
import { createPlanReminders } from '../../functions/features/reminder'
import { createBrake } from '../../functions/platform/http/brake'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { type County, newcomer, openCounty, type Person } from './county'

// What several features will do: one statement that files, or moves, many cases.

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const DALIANG = '341821105200'
const rows = <Row extends object>(query: ReturnType<typeof sql>) => county.services.database.rows<Row>(query)
const depsOf = (): CaseDeps => {
  const { services, app } = county
  const { cipher, ids, clock } = services
  return {
    ...services,
    reference: app.reference,
    brake: createBrake(services),
    planReminders: createPlanReminders({ cipher, ids, clock, reference: () => app.reference.known() }),
    documents: DOCUMENT_RULES,
    isDemo: true,
    ownAddress: 'https://yinxiang.example',
    endsOn: null,
    onCommitted: () => undefined,
  }
}

const latestToken = async () => {
  const [session] = await rows<{ hash: string }>(
    sql`select token_hash as hash from sessions order by created_at desc, id desc limit 1`,
  )
  if (!session) throw new Error('nobody has logged in')
  return session.hash
}

/** An application for `itemId` as the form would give it. */
async function applicationFor(
  person: Person,
  itemId: string,
  identity: { name: string; idNumber: string },
  seed: number,
) {
  const item = packItems().find(({ id }) => id === itemId)
  if (!item) throw new Error(itemId)
  const uploads = await Promise.all(Array.from({ length: 8 }, () => person.upload()))
  const input = validInput(item, createRandom(seed), {
    ...packContext(plainDate(dayIn(county.services.clock.now()))),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { ...identity, mobile: '15400000001' },
    villageCode: DALIANG,
  })
  return { serviceItemId: itemId, ...input, src: null, assisted: false, relation: [] }
}

interface Written {
  readonly case_id: string
  readonly written: string
  readonly events: number
  readonly whole: boolean
  readonly texts: number
  readonly tasks: number
  readonly reminders: number
  readonly audits: number
  readonly documents: number
}

/** What stands of each case, and by how many transactions its row, event, documents and audit were written. */
const writtenOf = (ids: readonly string[]) =>
  rows<Written>(sql`select c.id as case_id,
      (select string_agg(distinct x.xmin::text, ',') from (
        select xmin from case_events e where e.case_id = c.id and e.sequence = c.version
        union all select xmin from audit_entries a where a.subject = 'case:' || c.id and a.at = c.updated_at
        union all select xmin from documents d where d.case_id = c.id and d.issued_at = c.updated_at
        union all select c.xmin) x) as written,
      (select count(*)::int from case_events e where e.case_id = c.id) as events,
      (select bool_and(e.hash = case_event_hash((select b.hash from case_events b
          where b.case_id = e.case_id and b.sequence = e.sequence - 1), e.case_id, e.sequence, e.type,
        to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), e.actor, e.payload))
        from case_events e where e.case_id = c.id) as whole,
      (select count(*)::int from case_texts t where t.case_id = c.id) as texts,
      (select count(*)::int from case_tasks t where t.case_id = c.id) as tasks,
      (select count(*)::int from reminders r where r.case_id = c.id) as reminders,
      (select count(*)::int from audit_entries a where a.subject = 'case:' || c.id) as audits,
      (select count(*)::int from documents d where d.case_id = c.id) as documents
    from cases c where c.id::text in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)) order by c.case_number`)

const fileAll = async (
  applications: Awaited<ReturnType<typeof applicationFor>>[],
  key: string,
  channel: 'mini' | 'window',
) => {
  const [first, ...others] = applications.map((each) => ({ ...each, channel }))
  if (!first) throw new Error('nothing to file')
  const answer = await createFileApplications(depsOf())(
    {
      tokenHash: await latestToken(),
      intent: { route: 'POST /bundles', key, bodyHash: 'the same' },
      applications: [first as never, ...(others as never[])],
    },
    (each) => sql`json_build_array(${sql.join([...each], sql`, `)})`,
  )
  return JSON.parse(answer.body) as CaseCreated[]
}

test('thirty cases are filed, handed over and accepted with numbers of one counter, each by one statement', async () => {
  const window = await county.logIn('zhao-min')
  const applications = []
  for (let at = 0; at < 30; at += 1) {
    const born = await county.door<{ idNumber: string }>('POST', 'people', {
      name: '村里人',
      birth: '1980-01-02',
      villageCode: DALIANG,
    })
    const identity = { name: '村里人', idNumber: born.body.idNumber }
    applications.push(await applicationFor(window, 'LX-018', identity, at + 1))
  }
  const filed = await fileAll(applications, 'thirty', 'window')
  const ids = filed.map(({ id }) => id)
  const filings = await writtenOf(ids)
  expect(new Set(filings.map(({ written }) => written)).size).toBe(1)

  // The village's agent is on leave on both days: whoever stands in has the thirty from one statement.
  await county.door('POST', 'clock', { set: '2026-11-26T09:00:00+08:00' })
  await county.app.jobs['remind-of-deadlines']()
  const handed = await rows<{ written: string; cases: number }>(sql`select e.xmin::text as written,
      count(distinct e.case_id)::int as cases from case_events e where e.type = 'handed-over'
      and e.case_id::text in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)) group by 1`)
  expect(handed.map(({ cases }) => cases)).toEqual([30])
  for (const each of await writtenOf(ids)) {
    expect(each).toMatchObject({ whole: true })
    expect(each.written).not.toContain(',')
  }

  const reference = await county.app.reference.current()
  const deps = depsOf()
  const now = deps.clock.now()
  // As on the day on which silence accepts.
  await rows(sql`update cases set turns_on = ${dayIn(now)}::date
    where id::text in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`)
  const waiting = (await listWaitingCases(deps.database, null, 200, dayIn(now))).filter(({ caseRow }) =>
    ids.includes(caseRow.id),
  )
  expect(waiting).toHaveLength(30)
  const moves = waiting.map(({ caseRow, tasks }) => ({
    caseRow,
    tasks,
    item: itemOf(reference, caseRow),
    events: [
      {
        type: 'accepted' as const,
        at: now,
        stepKey: 'accept',
        unitId: caseRow.state.organUnitId,
        bySilence: true,
      },
    ],
    texts: [],
    reasonDigest: null,
  }))
  await persistTogether(deps, reference, moves, { actor: 'system:run-deadlines', now })
  const accepted = await writtenOf(ids)
  expect(new Set(accepted.map(({ written }) => written)).size).toBe(1)
  for (const each of accepted) expect(each).toMatchObject({ events: 3, whole: true, audits: 3, documents: 1 })
  const numbers = await rows<{ number: number; last: number }>(sql`select d.number, k.last from documents d
    join document_counters k on k.unit_id = d.unit_id and k.kind = d.kind and k.year = d.year
    where d.case_id::text in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)) order by d.number`)
  const first = numbers[0]?.number ?? 0
  expect(numbers).toEqual(numbers.map((_, at) => ({ number: first + at, last: first + 29 })))

  // A second writer that was not quick enough changes nothing of any of them.
  await expect(
    persistTogether(deps, reference, moves.slice(0, 2), { actor: 'system:run-deadlines', now }),
  ).rejects.toMatchObject({ code: 'case.state-changed' })
  expect(await writtenOf(ids)).toEqual(accepted)
}, 60_000)

describe('a bundle of three', () => {
  test('is filed by one statement, each case whole, and once', async () => {
    const named = { name: '一件事', birth: '1985-04-05', villageCode: DALIANG, level: 3 } as const
    const { person, idNumber } = await newcomer(county, named)
    const identity = { name: named.name, idNumber }
    const applications = await Promise.all(
      ['LX-018', 'LX-009', 'LX-025'].map((itemId, at) => applicationFor(person, itemId, identity, at + 1)),
    )
    const filed = await fileAll(applications, 'bundle-1', 'mini')
    const found = await writtenOf(filed.map(({ id }) => id))
    expect(found.map(({ case_id }) => case_id)).toEqual(filed.map(({ id }) => id))
    expect(new Set(found.map(({ written }) => written)).size).toBe(1)
    expect(found[0]?.written).not.toContain(',')
    for (const each of found)
      expect(each).toMatchObject({ events: 1, whole: true, texts: 1, audits: 1, documents: 0 })
    for (const { tasks, reminders } of found) expect([tasks > 0, reminders > 0]).toEqual([true, true])
    const numbers = filed.map(({ caseNumber }) => Number(caseNumber.slice(-4)))
    expect(numbers).toEqual([numbers[0], (numbers[0] ?? 0) + 1, (numbers[0] ?? 0) + 2])
    expect(await fileAll(applications, 'bundle-1', 'mini')).toEqual(filed)
  })

  test('of which one cannot be, none is filed', async () => {
    const named = { name: '半件事', birth: '1985-04-05', villageCode: DALIANG, level: 3 } as const
    const { person, idNumber } = await newcomer(county, named)
    const of = (itemId: string) => applicationFor(person, itemId, { name: named.name, idNumber }, 7)
    const alone = await of('LX-018')
    await fileAll([alone], 'alone', 'mini')
    const before = await rows<{ cases: number }>(sql`select count(*)::int as cases from cases`)
    await expect(fileAll([await of('LX-009'), await of('LX-018')], 'bundle-2', 'mini')).rejects.toMatchObject(
      {
        code: 'application.duplicate',
      },
    )
    expect(await rows(sql`select count(*)::int as cases from cases`)).toEqual(before)
    expect(
      await rows(
        sql`select 1 from case_events e where not exists (select 1 from cases c where c.id = e.case_id)`,
      ),
    ).toEqual([])
  })
})
