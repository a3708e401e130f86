import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseDocument } from '#shared/contract/case'
import { DALIANG, file } from '../e2e/scenes'
import { ALLOWANCE, allowanceOf, fileAllowance } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'
import { deliver } from './deliver'
import { renameAll } from './renamed'

// What an organ has issued, in the words it was issued with, for whoever sees the case.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const NAMES = [
  '沈冬梅',
  '沈秋菊',
  '沈春兰',
  '沈夏荷',
  '沈腊梅',
  '沈月季',
  '沈牡丹',
  '沈芍药',
  '沈海棠',
  '沈玉兰',
  '沈水仙',
  '沈茉莉',
  '沈杜鹃',
]
let people = 0
async function filed(itemId?: string) {
  const name = NAMES[people] ?? ''
  people += 1
  const { village: villageCode, born: birth } = ALLOWANCE
  const born = await newcomer(county, { name, birth, villageCode, level: 3 })
  const id =
    itemId === undefined
      ? (await fileAllowance(born.person, name, born.idNumber)).id
      : await file(county, { ...born, name, villageCode: DALIANG }, itemId)
  return { ...born, name, id }
}

/** Filed for somebody else. */
async function helped(helper: Person, whom: { readonly name: string; readonly idNumber: string }) {
  const body = { ...(await allowanceOf(helper, whom, { answers: { agentRel: '子女' } })), agent: true }
  const { status, body: created } = await helper.send<CaseCreated>('POST', '/api/cases', { body })
  expect(status).toBe(201)
  return created.id
}

async function done(
  staffId: string,
  id: string,
  ...acts: readonly (readonly [Parameters<typeof act>[2], Record<string, unknown>?])[]
) {
  const staff = await county.as(staffId)
  for (const [action, more] of acts) {
    const { status, body } = await act(staff, id, action, more)
    expect({ action, status, body }).toMatchObject({ action, status: 200 })
  }
}

const opened = (person: Person, caseId: string, documentId: string) =>
  person.send<CaseDocument>('GET', `/api/cases/${caseId}/documents/${documentId}`)

async function documentsIn(person: Person, id: string) {
  const { documents } = await caseOf(person, id)
  const read = await Promise.all(documents.map((each) => opened(person, id, each.id)))
  expect(read.map(({ status }) => status)).toEqual(documents.map(() => 200))
  for (const { headers } of read) expect(headers.get('cache-control')).toContain('no-store')
  return read.map(({ body }) => body)
}

const NOTICE = { reason: '看不清', items: [{ kind: 'material', name: '居民身份证', reason: '重拍' }] }

test('each document opens in the words it was issued with, whatever is called otherwise later', async () => {
  const { person, id, name, idNumber } = await filed()
  await done('wang-lixin', id, ['verify'])
  await done('zhao-min', id, ['request-correction', NOTICE])
  const [notice] = await documentsIn(person, id)
  expect(notice).toMatchObject({
    kind: 'correction',
    title: '一次性补正告知书',
    documentNumber: expect.stringMatching(/补〔2026〕\d+号$/),
    recipient: `${name}（${idNumber.slice(0, 4)}**********${idNumber.slice(-4)}）`,
    words: 'as-issued',
  })
  const said = notice?.paragraphs.join('\n')
  expect(said).toContain('1. 居民身份证：重拍')
  // What is asked has its own reasons: of a first notice there is none besides.
  expect(said).not.toContain('看不清')
  expect(said).toMatch(/请在2026年\d+月\d+日以前（含当天）补齐/)
  expect(JSON.stringify(notice)).not.toContain(idNumber)
  const { version } = await caseOf(person, id)
  const materials = [{ name: '居民身份证', files: [await person.upload()] }]
  const brought = await person.send('POST', `/api/cases/${id}/supplement`, { body: { version, materials } })
  expect(brought).toMatchObject({ status: 200 })
  await done('zhao-min', id, ['accept'])
  const before = await documentsIn(person, id)
  expect(before.map(({ kind }) => kind)).toEqual(['correction', 'acceptance'])
  expect(before[1]?.paragraphs.join('')).toMatch(
    /自2026年\d+月\d+日起受理（依据：.+）。承诺 10 个工作日办结，最晚到2026年\d+月\d+日/,
  )
  expect(before[1]?.plain).toMatch(/^收下了，最晚 12月\d+日 办好。$/)
  await renameAll(county)
  expect(await documentsIn(person, id)).toEqual(before)
})

test('a decision, its service and a refusal are documents, and what the result shows is the document', async () => {
  const { person, id } = await filed('LX-018')
  await done('wang-lixin', id, ['verify'])
  await done('zhao-min', id, ['accept'])
  await done('sun-zhiyuan', id, ['refuse', { reason: '已经过了法定退休年龄' }])
  const [, refusal] = await documentsIn(person, id)
  expect(refusal).toMatchObject({ kind: 'deny', words: 'as-issued' })
  expect(refusal?.paragraphs).toEqual([
    expect.stringMatching(/不予办理。$/),
    '理由：已经过了法定退休年龄',
    expect.stringMatching(/60 日内向.+申请行政复议/),
  ])
  const { decision } = await caseOf(person, id)
  expect(decision).toMatchObject({
    paragraphs: refusal?.paragraphs,
    remedy: refusal?.paragraphs[2],
    words: 'as-issued',
  })
  const issued = await documentsIn(person, id)
  await renameAll(county)
  expect(await documentsIn(person, id)).toEqual(issued)

  const granted = await filed('LX-006')
  await done(
    'wang-lixin',
    granted.id,
    ['accept'],
    ['grant'],
    ['conclude'],
    ['deliver', { method: 'electronic' }],
  )
  const [, paper, service] = await documentsIn(granted.person, granted.id)
  expect(service?.title).toBe('送达回证')
  expect(service?.paragraphs).toEqual([
    `送达的文书：《${paper?.title}》（${paper?.documentNumber}）`,
    '送达方式：电子件到手机',
    // Nobody has agreed to be served on the phone: it tells of it, and serves nothing.
    expect.stringMatching(/^发到手机的日期：2026年.+没有同意电子送达。送达日期：本人收到纸质文书那天$/),
  ])
})

test('a pause and what is not accepted are documents too', async () => {
  const paused = await filed('LX-012')
  await done('window-disabled', paused.id, ['accept'])
  const reason = '要到定点医院做残疾评定'
  await done('reviewer-disabled-1', paused.id, ['suspend', { basis: 'appraisal', expectedDays: 15, reason }])
  const pause = (await documentsIn(paused.person, paused.id)).at(-1)
  expect(pause?.paragraphs.join('')).toMatch(
    /需要鉴定，预计 15 天（含周末和放假的日子），到2026年12月9日。自.+所需时间不计算在办理期限内（依据：.+）。理由：要到定点医院/,
  )

  const declined = await filed('LX-036')
  await done('zhao-min', declined.id, ['decline', { reason: '摊点在县城建成区' }])
  const [paper] = await documentsIn(declined.person, declined.id)
  expect(paper?.paragraphs).toEqual([
    expect.stringMatching(/决定不予受理。$/),
    '理由：摊点在县城建成区',
    expect.stringMatching(/60 日内向.+申请行政复议/),
  ])
})

test('who does not see the case finds no document of it, and an order between offices is none of the applicant’s', async () => {
  const { person, id } = await filed()
  await done('wang-lixin', id, ['verify'])
  await done('zhao-min', id, ['accept'])
  const [acceptance] = (await caseOf(person, id)).documents
  const documentId = acceptance?.id ?? ''
  const other = await filed()
  expect((await opened(other.person, id, documentId)).status).toBe(404)
  // Nor by way of a case that they see.
  expect((await opened(other.person, other.id, documentId)).status).toBe(404)
  expect((await opened(county.visitor, id, documentId)).status).toBe(401)
  const staff = await county.as('zhao-min')
  const { body } = await opened(staff, id, documentId)
  expect(body).toMatchObject({ recipient: expect.stringMatching(/^沈\*/), words: 'as-issued' })
  expect(JSON.stringify(body)).not.toContain(other.name)

  const order = '00000000-0000-7000-8000-00000000d0c5'
  await county.services.database.rows(sql`insert into documents
    (id, case_id, kind, unit_id, year, number, document_number, issued_at)
    values (${order}::uuid, ${id}::uuid, 'supervision', 'health', 2026, 1, '督〔2026〕1号', now())`)
  expect((await opened(person, id, order)).status).toBe(404)
  expect((await caseOf(person, id)).documents.map(({ kind }) => kind)).toEqual(['acceptance'])
  expect((await opened(staff, id, order)).status).toBe(200)
})

test('of what was issued before its words were kept it is said that they were put together anew', async () => {
  const { person, id } = await filed()
  await done('wang-lixin', id, ['verify'])
  await done('zhao-min', id, ['accept'])
  const [before] = await documentsIn(person, id)
  await county.services.database.rows(
    sql`delete from case_texts where case_id = ${id}::uuid and kind = 'document'`,
  )
  expect(await documentsIn(person, id)).toEqual([{ ...before, words: 'anew' }])
})

test('of what was deleted by right it is said that it was, and nothing is put together in its place', async () => {
  const { person, id, name } = await filed()
  await done('wang-lixin', id, ['verify'])
  await done('zhao-min', id, ['accept'])
  await done('sun-zhiyuan', id, ['refuse', { reason: '户口不在本县' }])
  const [acceptance, refusal] = await documentsIn(person, id)
  // The way it is deleted (ADR 0060): of a document the row stays, and says nothing.
  await county.services.database.rows(sql`with emptied as (update case_texts set sealed = ''
      where case_id = ${id}::uuid and kind = 'document')
    delete from case_texts where case_id = ${id}::uuid and kind <> 'document'`)
  const gone = { recipient: null, paragraphs: [], plain: '', words: 'deleted' }
  expect(await documentsIn(person, id)).toEqual([
    { ...acceptance, ...gone },
    { ...refusal, ...gone },
  ])
  const view = await caseOf(person, id)
  expect(view.decision).toMatchObject({
    words: 'deleted',
    paragraphs: [],
    reason: null,
    remedy: null,
    documentTitle: refusal?.title,
    organName: refusal?.organName,
  })
  expect(JSON.stringify(view)).not.toContain(name)
})

test('whom a document was issued to is named in full to them alone', async () => {
  const { village: villageCode, born: birth } = ALLOWANCE
  const helper = await filed()
  const owner = await newcomer(county, { name: '苏望舒', birth, villageCode, level: 3 })
  const id = await helped(helper.person, { name: '苏望舒', idNumber: owner.idNumber })
  await done('wang-lixin', id, ['verify'])
  await done('zhao-min', id, ['accept'])
  const [theirs] = await documentsIn(owner.person, id)
  expect(theirs?.recipient).toContain('苏望舒（3418')
  const [helpers] = await documentsIn(helper.person, id)
  expect(helpers?.recipient).toMatch(/^苏\*/)
})

test('how much is paid, to which card and when is told with the grant, and how it comes on paper', async () => {
  const { person, id } = await filed()
  const pay = async () => (await caseOf(person, id)).pay
  expect(await pay()).toMatchObject({ amount: '每月 50 元', from: null, card: '3308', paidOn: null })
  await done('wang-lixin', id, ['verify'])
  await done('zhao-min', id, ['accept'])
  const [draft] = (await caseOf(await county.as('sun-zhiyuan'), id)).staff?.decisionDrafts ?? []
  await done('sun-zhiyuan', id, ['grant'])
  const { decision, documents, pay: paid } = await caseOf(person, id)
  const from = `${decision?.decidedOn.replace(/^(\d{4})-0?(\d+)-.+$/, '$1年$2月')}`
  expect(paid).toMatchObject({ amount: '每月 50 元', from, card: '3308' })
  expect(decision?.paragraphs.slice(1)).toEqual([draft?.paid, draft?.remedy])
  expect(draft?.paid).toBe(`自${from}起，每月发放 50 元，打到尾号 3308 的卡。`)
  expect(draft?.remedy).toMatch(/^对金额有异议的，可以在收到后 60 日内向郎溪县人民政府.*申请行政复议/)
  const paper = (await documentsIn(person, id)).find(({ kind }) => kind === documents.at(-1)?.kind)
  expect(paper?.paragraphs).toEqual(decision?.paragraphs)
  expect(decision?.onPaper).toMatchObject({ post: true, pickupAt: expect.stringContaining('梅渚镇') })
  await done('zhao-min', id, ['conclude'])
  const today = (await county.door<{ now: string }>('GET', 'clock')).body.now.slice(0, 10)
  const letter = { of: 'result', carrier: 'ems', trackingNumber: '1023456789012', postedOn: today } as const
  expect((await deliver(await county.as('zhao-min'), id, 'post', letter)).status).toBe(200)
  expect((await caseOf(person, id)).decision?.onPaper).toBeNull()
  // Nothing is paid of what pays nothing.
  const other = await filed('LX-006')
  expect((await caseOf(other.person, other.id)).pay).toBeNull()
})
