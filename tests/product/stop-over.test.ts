import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inbox } from '#shared/contract/reminder'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { act, type County, caseOf, openCounty } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// 行政许可法 第45条: a department of a project stops its own days, says for how long, and is not done by then.
let county: County
let id: string
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}+08:00` })
const daily = () => county.app.jobs['remind-of-deadlines']()

beforeAll(async () => {
  county = await openCounty()
  await county.services.database.rows(
    sql`insert into calendar_years (year, off_days, work_days, source) values (2027, '["2027-01-01"]', '[]', '测试')`,
  )
  await county.services.database.rows(
    sql`update reference_data set revision = revision + 1, calendar = calendar + 1`,
  )
  ;({ id } = await fileProject(county))
  await nothingMissing(county, id)
  await does('zhou-min', 'accept')
})
afterAll(() => county.close())

async function does(staffId: string, action: Parameters<typeof act>[2], more: Record<string, unknown> = {}) {
  const { status, body } = await act(await county.as(staffId), id, action, more)
  expect({ staffId, status, body }).toMatchObject({ status: 200 })
}
const linesTo = async (staffId: string, title: string) =>
  (await (await county.as(staffId)).send<Inbox>('GET', '/api/inbox')).body.items
    .filter((each) => each.page.includes(id) && each.title.includes(title))
    .map(({ lines }) => lines.slice(0, -1))
const waterIn = async (who: string) =>
  (await caseOf(await county.as(who), id)).lanes?.units.find(({ unitId }) => unitId === 'water')

test('before it is sent the officer reads after which day of the whole so long a stop would end', async () => {
  const { staff } = await caseOf(await county.as(LOOKERS.water), id)
  const suspend = staff?.allowed.find(({ action }) => action === 'suspend')
  expect(suspend?.longStops).toEqual([
    {
      fromDays: 44,
      words:
        '预计结束在整件承诺的 2027年1月6日 之后。需要这么久可以停，这个日子不因此改，先和牵头受理的说一声。',
    },
  ])
  expect(staff?.allowed.find(({ action }) => action === 'pass')).not.toHaveProperty('longStops')
})

test('whoever leads the project hears that a department stops; who has stopped it is not told their own', async () => {
  await does(LOOKERS.water, 'suspend', { basis: 'expert-review', expectedDays: 20, reason: '专家 10 月初到' })
  await county.door('POST', 'clock', { advanceMinutes: 5 })
  expect(await linesTo('zhou-min', '县水利局这一段暂停')).toEqual([
    ['因专家评审暂停，预计 20 天，到 12月14日，整件的法定期限也停，承诺的不因此停'],
  ])
  expect(await linesTo(LOOKERS.water, '这一段暂停')).toEqual([])
})

test('once the expected day is over, its holder, who is above them and who leads are told, once; all read it on the page', async () => {
  await setClock('2026-12-14T10:00:00')
  await daily()
  await setClock('2026-12-15T00:30:00')
  await county.app.jobs['run-deadlines']()
  expect(await linesTo('zhou-min', '还停着')).toEqual([])
  await setClock('2026-12-15T08:31:00')
  await daily()
  await daily()
  await setClock('2026-12-16T08:31:00')
  await daily()
  expect(await linesTo('zhou-min', '县水利局预计的日子过了，还停着')).toEqual([
    ['专家评审原来预计 12月14日 做完，还没做完，整件最晚 2027年1月6日，问一问还要几天'],
  ])
  expect(await linesTo(LOOKERS.water, '预计的日子过了，还停着')).toEqual([
    ['专家评审原来预计 12月14日 做完，还没做完，申请人看得到', '做完了就恢复计时；没做完的，催一催'],
  ])
  // The pack names no approver of this department: who answers for it is the county's supervisor.
  const approver = 'supervisor-1'
  expect(await linesTo(approver, '预计的日子过了，还停着')).toEqual([
    ['县水利局：专家评审原来预计 12月14日 做完，还没做完，申请人看得到，请过问'],
  ])
  expect((await (await county.as(approver)).send('GET', `/api/cases/${id}`)).status).toBe(200)
  expect((await waterIn('xu-tao'))?.words).toBe('暂停着，原来预计 12月14日 做完，过了，还没做完')
  const { timeline } = await caseOf(await county.as('xu-tao'), id)
  expect(timeline.filter(({ title }) => title === '预计的日子过了，还停着')).toMatchObject([
    { note: '县水利局原来预计 12月14日 做完，还没做完' },
  ])
  // Nobody is disturbed by a department that is in time.
  expect(await linesTo(LOOKERS.eco, '还停着')).toEqual([])
})

test('that it goes on is told too, and the row is what its events say', async () => {
  await setClock('2026-12-23T09:00:00')
  await does(LOOKERS.water, 'resume')
  await county.door('POST', 'clock', { advanceMinutes: 5 })
  expect(await linesTo('zhou-min', '县水利局这一段接着办')).toEqual([['这一段最晚 2027年1月6日']])
  expect(await rebuildCases({ services: county.services, words: [], print: () => undefined })).toBe(0)
})

test('a stop of the version before has its day found once its line is made anew', async () => {
  await does(LOOKERS.eco, 'suspend', { basis: 'appraisal', expectedDays: 2, reason: '鉴定' })
  await county.services.database.rows(
    sql`update cases set turns_on = null, line = regexp_replace(line, '^{"shape":[0-9]+,', '{"shape":9,') where id = ${id}::uuid`,
  )
  await setClock('2026-12-28T08:31:00')
  await daily()
  expect(await linesTo(LOOKERS.eco, '预计的日子过了，还停着')).toHaveLength(1)
})
