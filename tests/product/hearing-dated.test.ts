import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { bornBy, file, play } from '../e2e/scenes'
import { type County, caseOf, openCounty, type Person } from './county'

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
  const about = async (reader: Person, words: RegExp) =>
    (await reader.send<Inbox>('GET', '/api/inbox')).body.items.filter(({ title }) => words.test(title))
  const told = () => about(owner.person, /：说意见的日子(定了|改了)$/)
  const newest = async () => {
    const [message] = await told()
    return [message?.title.split('：')[1], message?.lines[0]]
  }
  const decider = await county.as('wu-deming')
  const deciders = async () =>
    (await about(decider, /申请人说意见的日子(定了|改了)$/)).map(({ lines }) => lines[0])
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
  expect(await newest()).toEqual(['说意见的日子定了', '准备撤销的那件，有话 最晚 2027年1月5日 说'])
  expect(await days(['2027-01-01', '2027-01-04'])).toEqual(['2027-01-06', 2, '2027-01-20'])
  expect(await newest()).toEqual([
    '说意见的日子改了',
    '放假安排改了，准备撤销的那件，有话 最晚 2027年1月6日 说，原来是 2027年1月5日',
  ])
  const { timeline } = await caseOf(owner.person, id)
  expect(timeline.filter(({ type }) => type === 'hearing-dated').map(({ note }) => note)).toEqual([
    '最晚 2027年1月6日 说。放假安排改了，原来是 2027年1月5日',
    '最晚 2027年1月5日 说',
  ])
  expect(await deciders()).toEqual([
    '先听申请人陈述、申辩。过了 2027年1月6日，或者申请人说已经说完了，就能定撤不撤',
    '先听申请人陈述、申辩。过了 2027年1月5日，或者申请人说已经说完了，就能定撤不撤',
  ])
  expect(await days(['2027-01-01'])).toEqual(['2027-01-06', 2, '2027-01-20'])
  // Whoever has nothing more to say is asked for nothing more.
  const said = { version: (await caseOf(owner.person, id)).version, statement: '没有别的了', isAll: true }
  expect((await owner.person.send('POST', `/api/cases/${id}/statement`, { body: said })).status).toBe(200)
  await days(['2027-01-01', '2027-01-04', '2027-01-06'])
  expect(await told()).toHaveLength(2)
})
