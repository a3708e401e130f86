import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, type County, caseOf, openCounty } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// 行政许可法 第42、45条: what is prolonged while a department's procedure stops the law has a day once it goes on.
let county: County
let person: Awaited<ReturnType<typeof fileProject>>['person']
let id: string
const setClock = (to: string) => county.door('POST', 'clock', { set: `${to}+08:00` })
beforeAll(async () => {
  county = await openCounty()
  await county.services.database.rows(
    sql`insert into calendar_years (year, off_days, work_days, source) values (2027, '["2027-01-01"]', '[]', '测试')`,
  )
  await county.services.database.rows(
    sql`update reference_data set revision = revision + 1, calendar = calendar + 1`,
  )
  ;({ person, id } = await fileProject(county))
  await nothingMissing(county, id)
  await does('zhou-min', 'accept')
})
afterAll(() => county.close())

async function does(staffId: string, action: Parameters<typeof act>[2], more: Record<string, unknown> = {}) {
  const { status, body } = await act(await county.as(staffId), id, action, more)
  expect({ staffId, status, body }).toMatchObject({ status: 200 })
}
const told = async () => {
  await county.door('POST', 'clock', { advanceMinutes: 5 })
  const { body } = await county.door<{ messages: { title: string; lines: string[] }[] }>(
    'GET',
    'messages?person=xu-tao',
  )
  return body.messages.map(({ title, lines }) => [title, ...lines.slice(0, -1)])
}

test('page and PDF of what is prolonged meanwhile say from when its days count; the message, that its day comes', async () => {
  await does(LOOKERS.water, 'suspend', { basis: 'expert-review', expectedDays: 20, reason: '专家评审' })
  await setClock('2026-11-26T10:00:00')
  await does(LOOKERS.eco, 'request-approval', { for: 'extend', reason: '事情复杂' })
  await does('county-leader', 'extend', { reason: '准予延长' })
  const [newest] = await told()
  expect(newest?.[1]).toBe('多 15 个工作日，现在停着，接着办了再告诉你到哪天')
  const { documents, timeline } = await caseOf(person, id)
  expect(timeline[0]?.note).toContain('现在停着，接着办了再告诉你到哪天')
  const paper = documents.find(({ kind }) => kind === 'extension')
  const { body } = await person.send('GET', `/api/cases/${id}/documents/${paper?.id}`)
  expect(JSON.stringify(body)).toContain(
    '延长 15 个工作日。法定期限现因专家评审停止计算，专家评审做完后，未用完的日子和延长的日子接着计算。',
  )
})

test('once it goes on the firm is told until when, and the history keeps that day', async () => {
  await setClock('2026-12-15T10:00:00')
  await does(LOOKERS.water, 'resume')
  const [newest] = await told()
  expect(newest).toEqual([
    expect.stringMatching(/：法定期限接着算$/),
    expect.stringMatching(/^县水利局：.+接着办，法定期限也接着算，最晚可以办到 2027年3月10日$/),
    '承诺的 2027年1月6日 不变，还是照它办',
  ])
  const note = '法定期限接着算，最晚 2027年3月10日'
  expect((await caseOf(person, id)).timeline[0]).toMatchObject({ title: '县水利局这一段接着办', note })
  await does(LOOKERS.water, 'suspend', { basis: 'hearing', expectedDays: 5, reason: '又要听证' })
  const resumed = (await caseOf(person, id)).timeline.find(({ type }) => type === 'clock-resumed')
  expect(resumed?.note).toBe(note)
  await does(LOOKERS.water, 'resume')
  expect((await told())[0]?.[0]).toMatch(/有一样暂停$/)
})

test('what is taken back while the law stands still has no day of it to come', async () => {
  await does(LOOKERS.water, 'suspend', { basis: 'hearing', expectedDays: 5, reason: '再听证' })
  const { version, lanes } = await caseOf(person, id)
  expect(lanes?.law?.dueOn).toBeNull()
  const taken = await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })
  expect(taken.status).toBe(200)
  expect((await caseOf(person, id)).lanes?.law?.dueOn).toBeNull()
})
