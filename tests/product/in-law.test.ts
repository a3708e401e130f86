import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// What the law orders on the day, by whoever acts first: organ, remedy, what was asked for, when silence is consent.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

type Problem = { code: string; detail?: string; errors?: { pointer: string; message: string }[] }

let people = 0
async function filed(itemId: string, birth = '1960-03-05') {
  people += 1
  const name = `钱春${'甲乙丙丁戊己庚辛壬癸子丑寅卯'.charAt(people)}`
  const born = await newcomer(county, { name, birth, villageCode: DALIANG, level: 3 })
  return { ...born, id: await file(county, { ...born, name }, itemId) }
}

const supplement = async (person: Person, id: string, brought: Record<string, unknown>) => {
  const { version } = await caseOf(person, id)
  const { status, body } = await person.send<Problem>('POST', `/api/cases/${id}/supplement`, {
    body: { version, ...brought },
  })
  return [status, body.errors?.map(({ pointer, message }) => [pointer, message])]
}

test('what a department declines of a decision of the county is objected to where its own acts are', async () => {
  const { person, id } = await filed('LX-027')
  await act(await county.as('window-agri'), id, 'decline', { reason: '不属于本机关职权' })
  const { against } = await caseOf(person, id)
  expect(against?.ways).toMatchObject({ reviewAuthority: '郎溪县人民政府', court: '郎溪县人民法院' })
  expect(against?.remedy).toBe(
    '不服这个决定，可以在收到后 60 日内向郎溪县人民政府申请行政复议，或者在 6 个月内向郎溪县人民法院起诉。',
  )
  const aid = await filed('LX-050')
  await act(await county.as('window-justice'), aid.id, 'decline', { reason: '不属于法律援助范围' })
  const objecting = (await caseOf(aid.person, aid.id)).against
  expect(objecting?.remedy).toContain('先向郎溪县司法局提出异议')
  // The days of both begin with the answer to the objection.
  expect(objecting?.ways).toBeNull()
})

test('a notice is answered by all that it asks for, be it as it was', async () => {
  const { person, id } = await filed('LX-026')
  const items = [
    { kind: 'material', name: '居民身份证', reason: '看不清' },
    { kind: 'field', name: 'species', reason: '树种写错了' },
    { kind: 'field', name: 'volume', reason: '数目不对' },
  ]
  await act(await county.as('window-forest'), id, 'request-correction', { reason: '缺几样', items })
  const materials = [{ name: '居民身份证', files: [await person.upload()] }]
  const before = (await caseOf(person, id)).correction?.answers ?? {}
  const { species, volume } = before
  const lacks = [
    ['/answers/species', '还差：树种'],
    ['/answers/volume', '还差：蓄积/数量（m³或株）'],
  ]
  expect(await supplement(person, id, { materials })).toEqual([422, lacks])
  expect(await supplement(person, id, { materials, answers: { species } })).toEqual([422, lacks.slice(1)])
  expect((await caseOf(person, id)).correction).not.toBeNull()
  expect(await supplement(person, id, { materials, answers: { species, volume } })).toEqual([200, undefined])
})

const said = async (staff: Person, id: string, action: string, at: object, more: object = {}) => {
  const { version } = await caseOf(staff, id)
  const body = { action, ...at, version, reason: '说明', ...more }
  const answer = await staff.send<Problem>('POST', `/api/cases/${id}/actions`, { body })
  return [answer.status, answer.body.code, answer.body.errors?.map(({ message }) => message)]
}

test('money was paid on the day of the decision at the earliest', async () => {
  const { id } = await filed('LX-010')
  await act(await county.as('zhao-min'), id, 'accept')
  await act(await county.as('reviewer-disabled-1'), id, 'pass')
  await act(await county.as('approver-civil-1'), id, 'grant')
  const payer = await county.as('window-civil')
  const pay = (await caseOf(payer, id)).staff?.allowed.find(({ action }) => action === 'pay')
  const at = { stepKey: pay?.stepKey, unitId: pay?.unitId }
  const words = ['发钱的日子不能早于批准那天，也不能在今天以后']
  for (const paidOn of ['1990-01-01', '2026-11-23', '2026-11-25'])
    expect(await said(payer, id, 'pay', at, { paidOn })).toEqual([422, 'case.target-unknown', words])
  expect(await said(payer, id, 'pay', at, { paidOn: '2026-11-24' })).toEqual([200, undefined, undefined])
})

test('a refusal reads as one to its end, in the list, on its page and in what is sent', async () => {
  const { person, personId, id } = await filed('LX-005', '1944-03-05')
  const [window, reviewer] = [await county.as('zhao-min'), await county.as('sun-zhiyuan')]
  await act(window, id, 'accept')
  await act(reviewer, id, 'refuse', { reason: '不是本县户口' })
  await act(window, id, 'conclude')
  await act(window, id, 'deliver', { method: 'pickup' })
  const { status, outcome, nowText, dueOn, dueBecause } = await caseOf(person, id)
  expect({ status, word: outcome.word, nowText, dueOn, dueBecause }).toEqual({
    status: 'delivered',
    word: '没批',
    nowText: '没批',
    dueOn: null,
    dueBecause: null,
  })
  const { items } = (await person.send<CaseList>('GET', '/api/cases')).body
  expect(items).toMatchObject([{ statusText: '没批', outcome: { key: 'refused', tone: 'bad' }, dueOn: null }])
  const { messages } = (
    await county.door<{ messages: { title: string; lines: string[] }[] }>(
      'GET',
      `messages?person=${personId}`,
    )
  ).body
  const delivered = messages.find(({ title }) => title === '高龄津贴决定书送到了')
  expect(delivered?.lines[0]).toBe('没批，理由和不服怎么办都写在决定书里')
})

test('who prolongs a limit is named with the unit they are of', async () => {
  const { person, id } = await filed('LX-027')
  await act(await county.as('window-agri'), id, 'accept')
  const reviewer = await county.as('reviewer-agri-1')
  await act(reviewer, id, 'pass')
  await act(reviewer, id, 'publish-notice')
  await county.door('POST', 'clock', { set: '2026-12-07T09:00:00+08:00' })
  await act(reviewer, id, 'close-notice')
  const agriculture = await county.as('approver-agri-1')
  expect((await caseOf(agriculture, id)).staff?.allowed ?? []).toEqual([])
  expect((await act(await county.as('county-leader'), id, 'extend', { reason: '情况复杂' })).status).toBe(200)
  expect((await caseOf(person, id)).timeline[0]).toMatchObject({
    title: '延长了期限',
    who: '郎溪县人民政府办公室 郑小平',
  })
})

test('silence has accepted once its day is over, whoever comes before the job of the night', async () => {
  const late = [await filed('LX-026'), await filed('LX-026'), await filed('LX-026'), await filed('LX-026')]
  const [asked, declined, accepted, withdrawn] = late.map(({ id }) => id) as [string, string, string, string]
  await county.door('POST', 'clock', { set: '2026-12-14T23:59:00+08:00' })
  expect((await caseOf(late[0]?.person as Person, asked)).status).toBe('submitted')
  await county.door('POST', 'clock', { set: '2026-12-15T00:02:00+08:00' })
  const window = await county.as('window-forest')
  const at = { stepKey: 'accept', unitId: 'forest' }
  const items = [{ kind: 'material', name: '居民身份证', reason: '看不清' }]
  const refused = [409, 'case.action-not-allowed', undefined]
  expect(await said(window, asked, 'request-correction', at, { items })).toEqual(refused)
  expect(await said(window, declined, 'decline', at)).toEqual(refused)
  expect(await said(window, accepted, 'accept', at)).toEqual(refused)
  const view = await caseOf(window, asked)
  expect([view.status, view.staff?.allowed]).toEqual(['accepted', []])
  const { person } = late[3] as { person: Person }
  const { version } = await caseOf(person, withdrawn)
  const answer = await person.send('POST', `/api/cases/${withdrawn}/withdrawal`, { body: { version } })
  expect(answer.status).toBe(200)
  expect((await caseOf(person, withdrawn)).timeline.slice(0, 2)).toMatchObject([
    { title: '撤回了', who: '你' },
    { title: '到期没答复，已经算受理了', who: '日子到了，自动记下' },
  ])
  await county.door('POST', 'clock', { set: '2026-12-15T08:00:00+08:00' })
  for (const { id } of late) {
    const rows = await county.services.database.rows<{ events: number; told: number }>(sql`select
      (select count(*)::int from case_events where case_id = ${id}::uuid and type = 'accepted') as events,
      (select count(*)::int from reminders where case_id = ${id}::uuid and kind = 'accepted') as told`)
    expect(rows).toEqual([{ events: 1, told: 1 }])
  }
})
