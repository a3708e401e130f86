import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { type Answer, act, type County, caseOf, openCounty, type Person } from './county'

let county: County
let resident: Person
let caseId: string

const ANSWERS = {
  name: '李建国',
  idNo: '341821196805123019',
  mobile: '15405632714',
  villageCode: '341821105200',
  spouseName: '周小梅',
}

beforeAll(async () => {
  county = await openCounty()
  resident = await county.as('li-jianguo')
  const filed = await file('first-of-all')
  caseId = filed.body.id
  // What was due at the start is planned before anything is counted.
  await county.app.jobs['remind-of-deadlines']()
})
afterAll(() => county.close())

const application = () => ({
  serviceItemId: 'LX-001',
  answers: { ...ANSWERS, childOrder: 1, dueDate: '2026-12-01', gestation: '已怀孕' },
  materials: [],
})
const file = (key: string, body: unknown = application()) =>
  resident.send<CaseCreated>('POST', '/api/cases', { body, key })

/** What an answer to bad input must be, whatever went wrong. */
function expectProblem(answer: Answer, status: number, code?: string) {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status)
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const problem = answer.body as { code: string; title: string; status: number; requestId: string }
  expect(problem).toMatchObject({ status, ...(code === undefined ? {} : { code }) })
  expect(problem.title).toMatch(/[\u4e00-\u9fff]/)
  expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/)
}

async function countRows() {
  const [row] = await county.services.database.rows<{ total: number }>(sql`select (
    (select count(*) from cases) + (select count(*) from case_events) + (select count(*) from audit_entries)
    + (select count(*) from case_texts) + (select count(*) from reminders))::int as total`)
  return row?.total
}

const CASES: readonly [string, number, string, () => Promise<Answer>][] = [
  [
    'malformed JSON',
    400,
    'request.malformed',
    () => resident.send('POST', '/api/cases', { body: '{"serviceItemId": ' }),
  ],
  ['an unknown field', 400, 'request.invalid', () => file('unknown-field', { ...application(), extra: 1 })],
  ['a wrong type', 400, 'request.invalid', () => file('wrong-type', { ...application(), serviceItemId: 5 })],
  [
    'a body said to be packed',
    415,
    'request.media-type',
    () =>
      resident.send('POST', '/api/cases', {
        body: application(),
        headers: { 'Content-Encoding': 'gzip' },
      }),
  ],
  [
    'no JSON at all',
    415,
    'request.media-type',
    () =>
      resident.send('POST', '/api/cases', {
        body: 'a=1',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      }),
  ],
  [
    'five megabytes',
    413,
    'request.too-large',
    () => file('too-large', { ...application(), answers: { name: 'x'.repeat(5 * 1024 * 1024) } }),
  ],
  [
    'an item that is not there',
    404,
    'service-item.not-found',
    () => file('no-such-item', { ...application(), serviceItemId: 'LX-999' }),
  ],
  [
    'no Idempotency-Key',
    400,
    'request.idempotency-key-missing',
    () => resident.send('POST', '/api/cases', { body: application(), headers: { 'Idempotency-Key': '' } }),
  ],
  [
    'no session',
    401,
    'account.not-logged-in',
    () => county.visitor.send('POST', '/api/cases', { body: application() }),
  ],
  [
    'a forged session',
    401,
    'account.session-ended',
    () =>
      county.visitor.send('GET', '/api/cases', { headers: { Authorization: `Bearer ${'A'.repeat(43)}` } }),
  ],
  [
    'a staff route without a session',
    401,
    'account.not-logged-in',
    () => county.visitor.send('GET', '/api/work/cases'),
  ],
  ['a staff route without a role', 403, 'account.role-needed', () => resident.send('GET', '/api/work/cases')],
  ['a case id that is none', 404, 'request.not-found', () => resident.send('GET', '/api/cases/42')],
  ['a route that is none', 404, 'request.not-found', () => resident.send('GET', '/api/nothing')],
]

test.each(CASES)('%s is %i and changes nothing', async (_, status, code, send) => {
  const before = await countRows()
  expectProblem(await send(), status, code)
  expect(await countRows()).toBe(before)
})

test('another resident’s case and a village agent of another village see 404', async () => {
  const stranger = await county.as('xu-tao')
  expectProblem(await stranger.send('GET', `/api/cases/${caseId}`), 404, 'case.not-found')
  const elsewhere = await county.as('zhao-xiaoyan')
  expectProblem(await elsewhere.send('GET', `/api/cases/${caseId}`), 404, 'case.not-found')
  expectProblem(
    await elsewhere.send('POST', `/api/cases/${caseId}/actions`, {
      body: { action: 'accept', version: 1, stepKey: 'accept', unitId: '341821105200' },
    }),
    404,
    'case.not-found',
  )
})

test('an intent is answered once: replayed to the same body, refused to another', async () => {
  const body = { ...application(), serviceItemId: 'LX-001' }
  const replay = await file('first-of-all', body)
  expect(replay).toMatchObject({ status: 201, body: { id: caseId } })
  const other = { ...body, answers: { ...body.answers, childOrder: 2 } }
  expectProblem(await file('first-of-all', other), 422, 'request.key-reused')
})

test('of two who accept at once the second is told that the case has changed', async () => {
  const agent = await county.as('wang-lixin')
  const view = await caseOf(agent, caseId)
  const body = { action: 'accept', version: view.version, stepKey: 'accept', unitId: '341821105200' }
  const both = await Promise.all(
    [1, 2].map(() => agent.send('POST', `/api/cases/${caseId}/actions`, { body })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  await act(agent, caseId, 'grant')
  const refused = await agent.send('POST', `/api/cases/${caseId}/actions`, {
    body: { ...body, action: 'refuse', reason: '说明', stepKey: 'finish', version: view.version + 2 },
  })
  expectProblem(refused, 409, 'case.action-not-allowed')
})

test('nobody handles a case of their own', async () => {
  const agent = await county.as('wang-lixin')
  const filed = await agent.send<CaseCreated>('POST', '/api/cases', {
    body: {
      ...application(),
      answers: {
        ...application().answers,
        name: '王立新',
        idNo: '34182119740210327X',
        mobile: '15405636835',
      },
      materials: [],
    },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const answer = await agent.send('POST', `/api/cases/${filed.body.id}/actions`, {
    body: { action: 'accept', version: 1, stepKey: 'accept', unitId: '341821105200' },
  })
  expectProblem(answer, 403, 'case.own-case')
})
