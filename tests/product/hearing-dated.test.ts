import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { bornBy, file, play } from '../e2e/scenes'
import { type County, caseOf, openCounty } from './county'

// The last day to speak before a revocation: undated in a year without a calendar, told when it comes, and never earlier then.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-12-28T09:42:00+08:00' })
})
afterAll(() => county.close())

async function offDays(days: readonly string[]) {
  const { rows } = county.services.database
  await rows(sql`insert into calendar_years (year, off_days, work_days, source)
    values (2027, ${JSON.stringify(days)}::jsonb, '[]', 'test')
    on conflict (year) do update set off_days = excluded.off_days`)
  await rows(sql`update reference_data set revision = revision + 1, calendar = calendar + 1`)
}

test('the day that a calendar brings is told, a later one too, and an earlier one changes nothing', async () => {
  const owner = await bornBy(county)('陶改期')
  const id = await file(county, owner, 'LX-005')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'grant'],
    ['window', 'conclude'],
  ])
  const reviewer = await county.as('sun-zhiyuan')
  const body = { action: 'propose-revocation', basis: 'unqualified', reason: '户口在外县' }
  const { version } = await caseOf(reviewer, id)
  const done = await reviewer.send('POST', `/api/cases/${id}/after-decision`, { body: { ...body, version } })
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  const untilOf = async () => (await caseOf(owner.person, id)).revocation?.speakUntil
  const told = async () =>
    (await owner.person.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ title }) =>
      title.endsWith('说意见的日子定了'),
    )
  const days = async (off: readonly string[]) => {
    await offDays(off)
    await county.app.jobs['run-deadlines']()
    return [
      await untilOf(),
      (await told()).length,
      (await caseOf(reviewer, id)).staff?.afterDecision?.settleBy,
    ]
  }
  expect([await untilOf(), (await told()).length]).toEqual([null, 0])
  expect(await days(['2027-01-01'])).toEqual(['2027-01-05', 1, '2027-01-19'])
  expect(await days(['2027-01-01', '2027-01-04'])).toEqual(['2027-01-06', 2, '2027-01-20'])
  expect(await days(['2027-01-01'])).toEqual(['2027-01-06', 2, '2027-01-20'])
})
