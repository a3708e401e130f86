import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseChanged, CaseView } from '#shared/contract/case'
import type { Inbox } from '#shared/contract/reminder'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// What is left of a case to those whose it is no more, and what comes to those whose it has become.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const DALIANG = '341821105200'
const LIMING = '341821105203'

let people = 0
async function resident() {
  people += 1
  const name = `接手${'甲乙丙丁戊己庚辛壬癸'.charAt(people)}`
  const born = await newcomer(county, { name, birth: '1980-04-05', villageCode: DALIANG, level: 3 })
  return { ...born, name }
}

async function file(
  person: Person,
  serviceItemId: string,
  identity: { readonly name: string; readonly idNumber: string },
  more: object = {},
) {
  const item = packItems().find(({ id }) => id === serviceItemId)
  if (!item) throw new Error(serviceItemId)
  const uploads = await Promise.all(Array.from({ length: 8 }, () => person.upload()))
  const input = validInput(item, createRandom(7), {
    ...packContext(plainDate('2026-11-24')),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    identity: { ...identity, mobile: '15400000001' },
    villageCode: DALIANG,
  })
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId, ...input, ...more },
  })
  expect(filed, JSON.stringify(filed.body)).toMatchObject({ status: 201 })
  return filed.body.id
}

const send = async (person: Person, id: string, door: string, body: object = {}) =>
  person.send<CaseChanged>('POST', `/api/cases/${id}/${door}`, {
    body: { version: (await caseOf(person, id)).version, ...body },
  })
const rate = (person: Person, id: string, level: number) =>
  person.send('POST', `/api/cases/${id}/rating`, { body: { level, reasons: [] } })

test('whoever typed a case at a village sees neither it nor its files once its owner has taken it over', async () => {
  const owner = await resident()
  const agent = await county.as('wang-lixin')
  const id = await file(agent, 'LX-016', owner, { channel: 'village' })
  const [paper] = (await caseOf(agent, id)).papers.flatMap(({ files }) => files)
  expect((await agent.fetchFile(paper?.url ?? '')).status).toBe(200)
  expect((await send(owner.person, id, 'takeover')).status).toBe(200)
  expect((await agent.send('GET', `/api/cases/${id}`)).status).toBe(404)
  expect((await agent.fetchFile(paper?.url ?? '')).status).toBe(404)
})

test('a case is rated by whose it is, not by who lost it nor by staff who typed it and decided on it', async () => {
  const [owner, filer] = [await resident(), await resident()]
  const agent = await county.as('wang-lixin')
  const finish = async (id: string) => {
    for (const action of ['accept', 'grant', 'conclude'] as const) await act(agent, id, action)
    await act(agent, id, 'deliver', { method: 'electronic' })
  }
  const taken = await file(filer.person, 'LX-006', owner)
  expect((await send(owner.person, taken, 'takeover')).status).toBe(200)
  await finish(taken)
  expect(await rate(filer.person, taken, 5)).toMatchObject({ status: 404, body: { code: 'case.not-found' } })
  expect((await rate(owner.person, taken, 1)).status).toBe(201)
  const typed = await file(agent, 'LX-015', owner, { channel: 'village' })
  await send(await county.as('zhao-min'), typed, 'identity-confirmation', { reason: '本人在面前' })
  await finish(typed)
  expect((await rate(agent, typed, 1)).status).toBe(404)
  expect((await rate(owner.person, typed, 2)).status).toBe(201)
})

test('a firm’s case is rated by another of its agents too, whom the page offers it to', async () => {
  const agent = await county.as('li-jianguo')
  const helper = await resident()
  const id = await file(helper.person, 'LX-052', helper)
  await county.services.database.rows(sql`update cases set applicant_index = (select credit_code_index from enterprises
    where id = (select enterprise_id from enterprise_agents a join profiles p on p.id = a.profile_id
      where p.id_number_index = ${county.services.cipher.blindIndex('id-number', '341821196805123019')} limit 1)),
    status = 'delivered', state = state || '{"status": "delivered"}' where id = ${id}::uuid`)
  expect((await agent.send<CaseView>('GET', `/api/cases/${id}`)).body).toMatchObject({ mayRate: true })
  expect((await rate(agent, id, 2)).status).toBe(201)
})

test('a case that was handed to another village stays there when something else is added to it', async () => {
  const owner = await resident()
  const id = await file(owner.person, 'LX-001', owner)
  const agent = await county.as('wang-lixin')
  await act(agent, id, 'transfer', { toUnitId: LIMING, reason: '人住在黎明村' })
  const added = await send(owner.person, id, 'additions', { answers: { mobile: '15400000077' } })
  expect(added.status, JSON.stringify(added.body)).toBe(200)
  const parts = await county.services.database.rows<{ part: string }>(
    sql`select distinct part_unit_id as part from case_tasks where case_id = ${id}::uuid`,
  )
  expect(parts).toEqual([{ part: LIMING }])
  expect((await agent.send<CaseView>('GET', `/api/cases/${id}`)).body).toMatchObject({ viewer: 'former' })
})

test('who becomes the owner by a corrected number hears of it at once; who was it by mistake hears that', async () => {
  const [wrong, right, filer] = [await resident(), await resident(), await resident()]
  const id = await file(filer.person, 'LX-017', wrong)
  await act(await county.as('zhao-min'), id, 'request-correction', {
    reason: '姓名和号码对不上',
    items: ['name', 'idNo'].map((name) => ({ kind: 'field', name, reason: '再对一遍' })),
  })
  const { caseNumber } = await caseOf(filer.person, id)
  const inbox = async ({ person }: { readonly person: Person }) =>
    (await person.send<Inbox>('GET', '/api/inbox')).body.items
      .filter(({ lines }) => lines.some((line) => line.includes(caseNumber)))
      .map(({ title }) => title)
  const before = await inbox(wrong)
  const answers = { name: right.name, idNo: right.idNumber }
  expect((await send(filer.person, id, 'supplement', { answers })).status).toBe(200)
  expect(await inbox(right)).toEqual(['失业登记有人帮你申请了'])
  const [first, ...others] = await inbox(wrong)
  expect(first).toBe('失业登记不是你的事了')
  // What had not gone out yet is nothing to them any more.
  expect(before).toEqual(expect.arrayContaining(others))
  expect((await wrong.person.send('GET', `/api/cases/${id}`)).status).toBe(404)
})
