import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { file } from '../e2e/scenes'
import { type County, openCounty, sendAll } from './county'
import { disowning } from './disowning'

// Nobody's phone rings at an hour that is not theirs; what it would have told stands in the app at once.
let county: County
const { born, does } = disowning(() => county)
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}:00+08:00` })

/** What reached the phone, the latest first: when, and what it leads to. */
async function rung(person: string) {
  await sendAll(county)
  const { body } = await county.door<{ deliveries: { at: string; page: string }[] }>(
    'GET',
    `deliveries?person=${person}`,
  )
  return body.deliveries.map(({ at, page }) => ({ at: at.slice(0, 16), page }))
}
const rungOf = async (person: string, id: string) =>
  (await rung(person)).filter(({ page }) => page.includes(id)).map(({ at }) => at)
/** When a push told a member of staff of a case, be it with others; the latest first. */
async function rungAtWork(staffId: string, id: string) {
  await sendAll(county)
  const rows = await county.services.database.rows<{ at: string }>(
    sql`select to_char(d.begun_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI') as at
      from reminders r join deliveries d on d.reminder_id = coalesce(r.merged_into, r.id) and d.outcome = 'sent'
      where r.recipient = ${`staff:${staffId}`} and r.case_id = ${id}::uuid group by 1 order by 1 desc`,
  )
  return rows.map(({ at }) => at)
}
const inboxOf = async (person: { send: Awaited<ReturnType<typeof born>>['person']['send'] }, id: string) =>
  (await person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ page }) => page.includes(id))

async function applicant(name: string) {
  const who = await born(name, 3)
  await county.door('POST', 'consents', { person: who.personId, choice: 'accept' })
  return who
}

describe('in the demo’s week', () => {
  let resident: Awaited<ReturnType<typeof applicant>>
  let first = ''
  beforeAll(async () => {
    county = await openCounty()
    await setClock('2026-11-24T09:47')
    resident = await applicant('安早晨')
    first = await file(county, resident, 'LX-007')
  }, 120_000)
  afterAll(() => county.close())

  test('an agent whose hours are in the evening hears of new work then, and reads it at once', async () => {
    expect(await rungAtWork('wang-lixin', first)).toEqual([])
    expect(await inboxOf(await county.as('wang-lixin'), first)).toMatchObject([
      { kind: 'task', status: 'queued', pushAt: null },
    ])
    await setClock('2026-11-24T18:29')
    expect(await rungAtWork('wang-lixin', first)).toEqual([])
    await setClock('2026-11-24T18:31')
    expect(await rungAtWork('wang-lixin', first)).toEqual(['2026-11-24T18:30'])
    expect(await inboxOf(await county.as('wang-lixin'), first)).toMatchObject([
      { pushAt: expect.stringMatching(/^2026-11-24T10:3/) },
    ])
  })

  test('what is signed at 22:30 rings at eight, and stands in the app at once', async () => {
    await setClock('2026-11-24T22:30')
    await does('wang-lixin', first, 'verify')
    await does('zhao-min', first, 'accept')
    const before = await rungOf(resident.personId, first)
    const accepted = async () =>
      (await inboxOf(resident.person, first)).filter(({ kind }) => kind === 'accepted')
    await sendAll(county)
    expect(await accepted()).toMatchObject([
      { status: 'queued', because: null, pushAt: '2026-11-25T00:00:00.000Z' },
    ])
    expect(await rungOf(resident.personId, first)).toEqual(before)
    for (const night of ['2026-11-24T23:10', '2026-11-25T00:06']) {
      await setClock(night)
      expect(await rungOf(resident.personId, first), night).toEqual(before)
    }
  })

  test('a start at two in the morning fires nothing, whatever was due before', async () => {
    await setClock('2026-11-25T02:00')
    const open = sql`sent_at is null and dropped_at is null and channel <> 'inbox'`
    const due = await county.services.database.rows(sql`update reminders set lease_token = gen_random_uuid(),
      leased_until = '2026-11-24T17:31:00+08:00', available_at = '2026-11-24T17:29:00+08:00' where ${open} returning id`)
    expect(due.length).toBeGreaterThan(2)
    const report = await county.app.jobs['drain-reminders']()
    expect(report).toMatchObject({ claimed: due.length, sent: 0, waiting: due.length })
    expect(await county.app.jobs['drain-reminders']()).toMatchObject({ claimed: 0 })
    expect(
      await county.services.database.rows(
        sql`select distinct may_be_out, (select count(*)::int from deliveries d where d.reminder_id = reminders.id) as attempts, to_char(available_at at time zone 'Asia/Shanghai', 'HH24:MI') as at
          from reminders where ${open} order by at`,
      ),
    ).toEqual(['08:00', '08:30'].map((at) => ({ at, attempts: 0, may_be_out: false })))
  })

  test('in the morning residents hear from eight on, the office when it opens', async () => {
    await setClock('2026-11-25T08:01')
    expect(await rungOf(resident.personId, first)).toContain('2026-11-25T08:00')
    expect(await rungAtWork('sun-zhiyuan', first)).toEqual([])
    await setClock('2026-11-25T08:31')
    // What is claimed as the office opens may be on its way for a moment.
    expect(await rungAtWork('sun-zhiyuan', first)).toEqual(['2026-11-25T08:30'])
  })

  test('on leave nobody is disturbed, nor at the weekend before they are back', async () => {
    await setClock('2026-11-26T10:00')
    const other = await file(county, await applicant('安归来'), 'LX-007')
    await setClock('2026-11-29T19:00')
    expect(await rungAtWork('wang-lixin', other)).toEqual([])
    await setClock('2026-11-30T18:31')
    expect((await rungAtWork('wang-lixin', other)).slice(-1)).toEqual(['2026-11-30T18:30'])
  })

  test('on Friday after hours the office hears on Monday', async () => {
    await setClock('2026-12-04T17:40')
    const late = await file(county, await applicant('安周五'), 'LX-007')
    await does('wang-lixin', late, 'verify')
    // What can be taken back is told when it no longer can.
    await setClock('2026-12-05T10:00')
    expect(await rungAtWork('zhao-min', late)).toEqual([])
    await setClock('2026-12-07T08:31')
    expect(await rungAtWork('zhao-min', late)).toContain('2026-12-07T08:30')
  })
})

test('a Saturday that is worked for a holiday is a day like others', async () => {
  county = await openCounty({ START_AT: '2026-10-09T17:40:00+08:00' })
  try {
    const id = await file(county, await applicant('安调休'), 'LX-007')
    await does('wang-lixin', id, 'verify')
    await setClock('2026-10-10T08:31')
    expect(await rungAtWork('zhao-min', id)).toEqual(['2026-10-10T08:30'])
  } finally {
    await county.close()
  }
}, 120_000)
