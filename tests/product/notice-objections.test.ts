import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ObjectionReceived, WorkObjections } from '#shared/contract/notice-objection'
import type { Problem } from '#shared/contract/problems'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// Whoever passes objects to a notice on its own page. It moves nothing until somebody takes it up, and who left a telephone is told.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-11-24T09:40:00+08:00' })
})
afterAll(() => county.close())

const AGENT = 'wang-lixin'
const WINDOW = 'zhao-min'
const WORDS = '这块地是村里的晒谷场，不能盖房'
const SAID = { words: WORDS, name: '史提议', phone: '13900001234' }

async function hung() {
  const born = await newcomer(county, {
    name: '房异议',
    birth: '1970-05-20',
    villageCode: DALIANG,
    level: 3,
  })
  const id = await file(county, { ...born, name: '房异议' }, 'LX-025')
  for (const action of ['verify', 'publish-notice'] as const)
    expect((await act(await county.as(AGENT), id, action)).status).toBe(200)
  const paper = (await caseOf(born.person, id)).documents.find(({ kind }) => kind === 'publicity')
  return { ...born, id, noticeId: paper?.id ?? '' }
}

const objects = (noticeId: string, body: object, key?: string) =>
  county.visitor.send<ObjectionReceived & Partial<Problem>>('POST', `/api/notices/${noticeId}/objections`, {
    body,
    ...(key === undefined ? {} : { key }),
  })
const workOf = async (person: Person, caseId: string) =>
  (await person.send<WorkObjections>('GET', '/api/work/objections')).body.items.filter(
    (each) => each.caseId === caseId,
  )
const settle = (person: Person, id: string, way: 'set-aside' | 'told', body: object = {}) =>
  person.send<Partial<Problem>>('POST', `/api/work/objections/${id}/${way}`, { body })
const codeOf = ({ status, body }: { status: number; body: Partial<Problem> }) => [status, body.code]

test('stands where the office works and moves nothing; taken up it is an objection of the day on which it was typed', async () => {
  const { id, person, noticeId } = await hung()
  const before = await caseOf(person, id)
  const received = await objects(noticeId, SAID, 'objection-1')
  expect([received.status, received.body]).toEqual([
    201,
    { number: expect.stringMatching(/号$/), receivedOn: '2026-11-24', isTold: true },
  ])
  // Sent again it is the same one; another under its key is none.
  expect((await objects(noticeId, SAID, 'objection-1')).body).toEqual(received.body)
  expect(codeOf(await objects(noticeId, { words: '另外一句话' }, 'objection-1'))).toEqual([
    422,
    'request.key-reused',
  ])
  const after = await caseOf(person, id)
  expect([after.version, after.status]).toEqual([before.version, before.status])
  expect(JSON.stringify(after)).not.toContain(WORDS)

  const agent = await county.as(AGENT)
  const [work, ...more] = await workOf(agent, id)
  expect(more).toEqual([])
  expect(work).toMatchObject({ stage: 'unread', outcome: null, ...SAID })
  expect(await workOf(await county.as(WINDOW), id)).toHaveLength(1)
  expect(await workOf(await county.as('reviewer-health-1'), id)).toEqual([])
  expect(codeOf(await settle(agent, work?.id ?? '', 'told'))).toEqual([409, 'objection.untold'])

  await county.door('POST', 'clock', { advanceWorkingDays: 1 })
  const taken = await act(agent, id, 'record-objection', { reason: '网上提的', objectionId: work?.id })
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
  const { timeline } = await caseOf(agent, id)
  const told = JSON.stringify(timeline)
  expect(told).toContain(WORDS)
  expect(told).toContain('11月24日')
  expect(JSON.stringify(await caseOf(person, id))).not.toContain(WORDS)
  const [waiting] = await workOf(agent, id)
  expect(waiting).toMatchObject({ stage: 'awaits-result', outcome: 'taken', phone: SAID.phone })
  const again = await act(agent, id, 'record-objection', { reason: '再来', objectionId: work?.id })
  expect(codeOf(again as { status: number; body: Partial<Problem> })).toEqual([409, 'objection.settled'])

  const { version } = await caseOf(person, id)
  await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })
  expect((await workOf(agent, id))[0]).toMatchObject({ stage: 'to-tell' })
  expect((await settle(agent, work?.id ?? '', 'told')).status).toBe(200)
  expect(await workOf(agent, id)).toEqual([])
  const [row] = await county.services.database.rows(
    sql`select told_by as by, told_at is not null as told, contact_sealed as contact from notice_objections
      where case_id = ${id}::uuid`,
  )
  expect(row).toEqual({ by: AGENT, told: true, contact: null })
})

test('set aside with a reason it leaves the case as it was, and who left no telephone is told nothing', async () => {
  const { id, person, noticeId } = await hung()
  expect((await objects(noticeId, { words: WORDS })).body.isTold).toBe(false)
  const agent = await county.as(AGENT)
  const [work] = await workOf(agent, id)
  expect(work).toMatchObject({ name: null, phone: null })
  const { version } = await caseOf(person, id)
  expect((await settle(agent, work?.id ?? '', 'set-aside', { reason: '说的是另一块地' })).status).toBe(200)
  expect(await workOf(agent, id)).toEqual([])
  expect(codeOf(await settle(agent, work?.id ?? '', 'set-aside', { reason: '再来一次' }))).toEqual([
    404,
    'objection.not-found',
  ])
  expect((await caseOf(person, id)).version).toBe(version)
  // Whoever decides it reads that somebody objected, who set it aside and why; the applicant does not.
  const { timeline } = await caseOf(agent, id)
  expect(timeline.filter(({ type }) => type === 'objection-set-aside')).toMatchObject([
    { title: '网上提的，没有算异议', who: expect.stringContaining('王立新'), note: '说的是另一块地' },
  ])
  expect(JSON.stringify(await caseOf(person, id))).not.toContain('另一块地')
})

test('whoever is to telephone reads why it was set aside', async () => {
  const { id, noticeId } = await hung()
  await objects(noticeId, SAID)
  const [work] = await workOf(await county.as(AGENT), id)
  await settle(await county.as(AGENT), work?.id ?? '', 'set-aside', { reason: '说的是另一块地' })
  const [left] = await workOf(await county.as(WINDOW), id)
  expect(left).toMatchObject({ stage: 'to-tell', outcome: 'aside', reason: '说的是另一块地' })
})

test('no notice is closed over what nobody has read; whoever closes it is told before', async () => {
  const { id, noticeId } = await hung()
  await objects(noticeId, { words: WORDS })
  const agent = await county.as(AGENT)
  const warned = async () =>
    (await caseOf(agent, id)).staff?.allowed.find(({ action }) => action === 'close-notice')?.warning
  await county.door('POST', 'clock', { advanceWorkingDays: 12 })
  expect(await warned()).toContain('有 1 条没看')
  const refused = await act(agent, id, 'close-notice')
  expect(codeOf(refused as { status: number; body: Partial<Problem> })).toEqual([
    409,
    'case.objections-unread',
  ])
  const [work] = await workOf(agent, id)
  await settle(agent, work?.id ?? '', 'set-aside', { reason: '说的是另一块地' })
  expect((await warned()) ?? '').not.toContain('没看')
  expect((await act(agent, id, 'close-notice')).status).toBe(200)
})

test('whoever holds the share now reads it, whosever pool took it when it was typed, and nobody who is kept from the case', async () => {
  const { id, noticeId } = await hung()
  await objects(noticeId, { words: WORDS })
  const { rows } = county.services.database
  const agent = await county.as(AGENT)
  await rows(sql`update notice_objections set takers = '{town-window:merged}' where case_id = ${id}::uuid`)
  expect(await workOf(agent, id)).toHaveLength(1)
  expect(await workOf(await county.as('reviewer-health-1'), id)).toEqual([])
  const related = sql`update cases set state = jsonb_set(state, '{relatives}', ${JSON.stringify([AGENT])}::jsonb) where id = ${id}::uuid`
  await rows(related)
  expect(await workOf(agent, id)).toEqual([])
  // Declarations have left nobody else, and it has come back to them.
  await rows(sql`update case_tasks set unstaffed = true where case_id = ${id}::uuid`)
  const [work] = await workOf(agent, id)
  expect((await settle(agent, work?.id ?? '', 'set-aside', { reason: '说的是另一块地' })).status).toBe(200)
})

test('what was typed against the first notice is taken up also once another hangs', async () => {
  const { id, noticeId } = await hung()
  for (const words of [WORDS, `${WORDS}，也占了路`]) await objects(noticeId, { words })
  const agent = await county.as(AGENT)
  const [first, second] = await workOf(agent, id)
  const takes = async (objectionId?: string) =>
    act(agent, id, 'record-objection', { reason: '网上提的', objectionId })
  expect((await takes(first?.id)).status).toBe(200)
  await county.door('POST', 'clock', { advanceWorkingDays: 1 })
  for (const action of ['verify', 'publish-notice'] as const)
    expect((await act(agent, id, action)).status).toBe(200)
  const taken = await takes(second?.id)
  expect(taken.status, JSON.stringify(taken.body)).toBe(200)
})

test('nothing of whoever objects stands in events, audit rows or in clear anywhere', async () => {
  const { id, noticeId } = await hung()
  await objects(noticeId, SAID)
  const stored =
    await county.services.database.rows(sql`select to_jsonb(o)::text as held from notice_objections o
    where case_id = ${id}::uuid union all select payload from case_events where case_id = ${id}::uuid
    union all select to_jsonb(a)::text from audit_entries a where subject = ${`case:${id}`}`)
  const held = JSON.stringify(stored)
  for (const secret of Object.values(SAID)) expect(held).not.toContain(secret)
  expect(held).toContain('case.objection-typed')
})

test('too short, a telephone that is none, and a notice that has come down are refused in plain words', async () => {
  const { noticeId, id } = await hung()
  expect(codeOf(await objects(noticeId, { words: '不行' }))).toEqual([400, 'request.invalid'])
  expect(codeOf(await objects(noticeId, { words: WORDS, phone: '12345' }))).toEqual([400, 'request.invalid'])
  expect((await act(await county.as(WINDOW), id, 'record-objection', { reason: '占了路' })).status).toBe(200)
  expect(codeOf(await objects(noticeId, { words: WORDS }))).toEqual([404, 'notice.not-found'])
})

test('one network that writes on and on is told to come in person, and leaves room for others', async () => {
  const { noticeId } = await hung()
  const answers = []
  for (let at = 0; at < 4; at += 1) answers.push(await objects(noticeId, { words: `${WORDS}${at}` }))
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429])
  expect(answers.at(-1)?.body.detail).toContain('今天从这里已经提过几次了')
  expect(answers.at(-1)?.body.detail).toContain('窗口当面说')
  const elsewhere = []
  for (const _more of ['one', 'two', 'three']) {
    const other = await hung()
    elsewhere.push(await objects(other.noticeId, { words: WORDS }))
  }
  const last = elsewhere.at(-1)
  expect([last?.status, last?.body.detail]).toEqual([429, expect.stringContaining('这一个小时里')])
})
