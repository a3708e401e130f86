import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { IdentityChecks } from '#shared/contract/work'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'

// What opens a case for a moment: the number of the card in hand, and a supervisor's written reason.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

let people = 0
async function filed(itemId: string, level: 2 | 3 = 2) {
  people += 1
  const name = `邵文${'甲乙丙丁戊己庚辛壬癸'.charAt(people)}`
  const born = await newcomer(county, { name, birth: '1944-03-05', villageCode: DALIANG, level })
  return { ...born, name, id: await file(county, { ...born, name }, itemId) }
}
const check = async (staff: string, idNumber: string) =>
  (await county.as(staff)).send<IdentityChecks>('POST', '/api/work/identity-checks', { body: { idNumber } })
const seenBy = async (staff: string, idNumber: string) => (await check(staff, idNumber)).body.cases
const auditOf = (action: string) =>
  county.services.database.rows<{ actor: string; subject: string; reasonDigest: string | null }>(
    sql`select actor, subject, reason_digest as "reasonDigest" from audit_entries where action = ${action}
      order by at, id`,
  )

test('the number of a card opens what waits for its identity, in the place of the counter alone', async () => {
  const { id, idNumber, person } = await filed('LX-016')
  const one = { id, plainName: '就业登记', applicantMasked: '邵*乙', version: 1 }
  // Nothing of it is a step of village or town, and none of them may read it.
  for (const staff of ['wang-lixin', 'zhao-min', 'window-hrss']) {
    expect(await seenBy(staff, idNumber), staff).toEqual([one])
  }
  expect(await seenBy('window-hrss', idNumber.toLowerCase())).toEqual([one])
  for (const staff of ['zhao-xiaoyan', 'town-window-341821103-1', 'window-civil', 'zhou-min'])
    expect(await seenBy(staff, idNumber), staff).toEqual([])
  for (const staff of ['wang-lixin', 'zhao-min'])
    expect((await (await county.as(staff)).send('GET', `/api/cases/${id}`)).status).toBe(404)
  // What is unknown, known elsewhere, or confirmed already looks the same.
  expect((await check('wang-lixin', '341821194611180024')).body).toEqual({ cases: [] })
  const confirmed = await filed('LX-016', 3)
  expect(await seenBy('wang-lixin', confirmed.idNumber)).toEqual([])
  expect((await check('wang-lixin', '341821194403050000')).body).toMatchObject({
    code: 'request.invalid',
    errors: [{ pointer: '/idNumber' }],
  })
  expect((await check('sun-zhiyuan', idNumber)).status).toBe(403)
  const audited = await auditOf('case.check-by-number')
  expect(audited[0]).toEqual({ actor: 'staff:wang-lixin', subject: 'cases:1', reasonDigest: null })
  expect(JSON.stringify(audited)).not.toContain(idNumber)
  await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version: 1 } })
  expect(await seenBy('wang-lixin', idNumber)).toEqual([])
})

test('the check is recorded in the place where it was made, and opens no more than before', async () => {
  const { id, idNumber, person } = await filed('LX-005')
  await act(await county.as('zhao-min'), id, 'accept')
  const agent = await county.as('window-civil')
  const [found] = await seenBy('window-civil', idNumber)
  const body = { version: found?.version, reason: '本人和身份证都在面前' }
  const door = `/api/cases/${id}/identity-confirmation`
  expect((await agent.send('POST', door, { body: { ...body, version: 1 } })).status).toBe(409)
  const answer = await agent.send('POST', door, { body })
  // No status, no date, no words: as much as the narrow view had.
  expect(answer).toMatchObject({ status: 200, body: { id, version: 3 } })
  expect(Object.keys(answer.body).sort()).toEqual(['applicantMasked', 'id', 'plainName', 'version'])
  expect((await agent.send('GET', `/api/cases/${id}`)).status).toBe(404)
  expect(await seenBy('window-civil', idNumber)).toEqual([])
  expect((await agent.send('POST', door, { body: { ...body, version: 3 } })).status).toBe(404)
  const { timeline } = await caseOf(person, id)
  expect(timeline.find(({ type }) => type === 'identity-confirmed')?.who).toMatch(/^郎溪县民政局 /)
})

test('a sensitive matter opens to the holders of its steps, not to a number', async () => {
  const { id, idNumber } = await filed('LX-050')
  for (const staff of ['wang-lixin', 'zhao-min']) expect(await seenBy(staff, idNumber), staff).toEqual([])
  expect((await seenBy('window-justice', idNumber)).map((each) => each.id)).toEqual([id])
  const refused = await (await county.as('wang-lixin')).send(
    'POST',
    `/api/cases/${id}/identity-confirmation`,
    { body: { version: 1, reason: '本人在面前' } },
  )
  expect(refused.status).toBe(404)
})

test('a counter’s looks are counted, and the sixty-first of an hour waits', async () => {
  for (let count = 0; count < 60; count += 1)
    expect((await check('qian-li', '341821194611180024')).status).toBe(200)
  const braked = await check('qian-li', '341821194611180024')
  expect(braked).toMatchObject({ status: 429, body: { code: 'request.rate-limited' } })
  expect(Number(braked.headers.get('Retry-After'))).toBeGreaterThan(60)
  expect((await check('wang-lixin', '341821194611180024')).status).toBe(200)
})

test('a supervisor writes why, and sees the case until the day is over', async () => {
  const { id } = await filed('LX-050')
  const supervisor = await county.as('supervisor-1')
  const get = async () => (await supervisor.send('GET', `/api/cases/${id}`)).status
  expect(await get()).toBe(404)
  const looks = `/api/work/cases/${id}/looks`
  expect((await supervisor.send('POST', looks, { body: { reason: ' ' } })).status).toBe(400)
  expect(await get()).toBe(404)
  const reason = '群众来电反映办得慢'
  const first = await supervisor.send<{ until: string }>('POST', looks, {
    body: { reason },
    key: 'look-once-1',
  })
  expect(first).toMatchObject({ status: 201, body: { until: '2026-11-24T16:00:00.000Z' } })
  expect(await supervisor.send('POST', looks, { body: { reason }, key: 'look-once-1' })).toMatchObject({
    status: 201,
    body: first.body,
  })
  expect(
    (await supervisor.send('POST', looks, { body: { reason: '别的理由' }, key: 'look-once-1' })).status,
  ).toBe(422)
  expect(await get()).toBe(200)
  const view = await caseOf(supervisor, id)
  expect(view).toMatchObject({ viewer: 'staff', staff: { allowed: [] } })
  const audited = await auditOf('case.look')
  expect(audited).toEqual([
    { actor: 'staff:supervisor-1', subject: `case:${id}`, reasonDigest: expect.any(String) },
  ])
  const sealed = await county.services.database.rows(
    sql`select * from case_texts where case_id = ${id}::uuid`,
  )
  expect(JSON.stringify(sealed)).toContain(audited[0]?.reasonDigest)
  expect(JSON.stringify(sealed)).not.toContain(reason)
  await county.door('POST', 'clock', { advanceHours: 24 })
  expect(await get()).toBe(404)
  // The same request again is the same answer, and opens nothing anew.
  const unknown = '/api/work/cases/00000000-0000-7000-8000-000000000000/looks'
  expect((await supervisor.send('POST', unknown, { body: { reason } })).status).toBe(404)
  expect((await (await county.as('zhao-min')).send('POST', looks, { body: { reason } })).status).toBe(403)
})

test('a second look on the same day is the first one, and the sixty-first of an hour waits', async () => {
  const { id } = await filed('LX-016')
  await county.door('POST', 'clock', { advanceHours: 2 })
  const supervisor = await county.as('supervisor-1')
  const look = (reason: string) =>
    supervisor.send<{ until: string }>('POST', `/api/work/cases/${id}/looks`, { body: { reason } })
  const first = await look('群众来电反映办得慢')
  expect(first.status).toBe(201)
  expect(await look('再看一次')).toMatchObject({ status: 201, body: { until: first.body.until } })
  expect(
    await county.services.database.rows(sql`select id from case_looks where case_id = ${id}::uuid`),
  ).toHaveLength(1)
  for (let count = 2; count < 60; count += 1) expect((await look('再看一次')).status).toBe(201)
  const braked = await look('再看一次')
  expect(braked).toMatchObject({ status: 429, body: { code: 'request.rate-limited' } })
  expect((braked.body as unknown as { detail: string }).detail).toContain('次数太多')
})
