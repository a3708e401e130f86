import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Queue } from '#shared/contract/work'
import { run as fillLists } from '../../functions/commands/fill-lists'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty } from './county'

// Any case that one may see is found again, whatever has become of it.
let county: County
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

async function filed(name: string, itemId: string) {
  const born = { name, birth: '1944-03-05', villageCode: DALIANG, level: 3 } as const
  const { person, idNumber } = await newcomer(county, born)
  const id = await file(county, { person, name, idNumber }, itemId)
  return { id, person, caseNumber: (await caseOf(person, id)).caseNumber }
}

async function search(staff: string, q: string, more: Readonly<Record<string, string>> = {}) {
  const { status, body } = await (await county.as(staff)).send<Queue>('POST', '/api/work/cases/search', {
    body: { q, ...more },
  })
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
const idsOf = async (staff: string, q: string) => (await search(staff, q)).items.map(({ caseId }) => caseId)

test('what is done is found by whoever did it, with what became of it', async () => {
  const { id, person } = await filed('钱桂枝', 'LX-017')
  const { version } = await caseOf(person, id)
  expect((await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })).status).toBe(200)
  const { items, counts } = await search('zhao-min', '桂枝')
  expect(items).toMatchObject([{ caseId: id, light: null, dueOn: null, firstAction: null, note: '撤回了' }])
  expect(counts['to-do']).toBe(0)
  expect(await idsOf('zhao-min', '桂枝 失业')).toEqual([id])
})

test('who handed a case on finds it by its number, with where it went, and by nobody’s name', async () => {
  const { id, caseNumber } = await filed('孔令仪', 'LX-017')
  const window = await county.as('zhao-min')
  const toUnitId = (await caseOf(window, id)).staff?.transferTargets[0]?.unitId ?? ''
  expect((await act(window, id, 'transfer', { reason: '户口已经迁到那边', toUnitId })).status).toBe(200)
  const found = await search('zhao-min', caseNumber)
  expect(found.items).toMatchObject([
    {
      caseId: id,
      applicantMasked: '',
      villageName: null,
      light: null,
      relation: 'handed-on',
      note: expect.stringContaining('转给了'),
    },
  ])
  for (const q of ['孔令仪', '令仪', '孔', '大梁村', `${caseNumber} 孔`])
    expect(await idsOf('zhao-min', q)).not.toContain(id)
})

test('what is found says what whoever looked for it has to do with it', async () => {
  const relation = async (staff: string, q: string) =>
    (await search(staff, q)).items.map((each) => each.relation)
  const { id, person, caseNumber } = await filed('孔昭仪', 'LX-005')
  const village = await county.as('wang-lixin')
  expect(await relation('wang-lixin', '昭仪')).toEqual(['to-do'])
  await act(village, id, 'verify')
  expect(await relation('wang-lixin', '昭仪')).toEqual(['acted'])
  expect(await relation('zhao-min', '昭仪')).toEqual(['to-do'])
  const items = [{ kind: 'material', name: '居民户口簿', reason: '看不清' }]
  await act(await county.as('zhao-min'), id, 'request-correction', { reason: '看不清', items })
  expect(await relation('zhao-min', '昭仪')).toEqual(['waiting'])
  const { version } = await caseOf(person, id)
  await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })
  expect(await relation('zhao-min', caseNumber)).toEqual(['acted'])
})

test('a case that has only come to the post of whoever looks for it says so', async () => {
  const { id, person } = await filed('钱来仪', 'LX-017')
  const { version } = await caseOf(person, id)
  await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })
  expect((await search('zhao-min', '来仪')).items).toMatchObject([{ relation: 'post', note: '撤回了' }])
})

test('a name is kept for the search as digests of its parts alone', async () => {
  const { id } = await filed('姬无夜', 'LX-017')
  expect(await idsOf('zhao-min', '无夜')).toEqual([id])
  const [kept] = await rows<{ parts: string[] }>(
    sql`select name_parts as parts from cases where id = ${id}::uuid`,
  )
  expect(JSON.stringify(kept?.parts)).not.toMatch(/姬|无|夜/)
  expect(kept?.parts).toHaveLength(3)
})

test('a long list goes on where it ended, each case once', async () => {
  const { id } = await filed('尉迟敬德', 'LX-017')
  await rows(sql`insert into cases select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
      'case_number', '341821261124' || 5000 + n, 'duplicate_guard', null, 'duplicate_index', null, 'key_index', null))).*
    from cases c, generate_series(1, 45) n where c.id = ${id}::uuid`)
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const page: Queue = await search('zhao-min', '敬德', cursor === null ? {} : { cursor })
    seen.push(...page.items.map(({ caseId }) => caseId))
    cursor = page.nextCursor
  } while (cursor !== null)
  expect([seen.length, new Set(seen).size]).toEqual([46, 46])
  expect(await idsOf('zhao-min', '5045')).toHaveLength(1)
})

test('work before who asks is told by its line, as in their queue; of an older shape by the state', async () => {
  const { id } = await filed('慕容雪', 'LX-017')
  const told = async () => (await search('zhao-min', '慕容')).items
  const before = await told()
  const window = await county.as('zhao-min')
  const { items } = (await window.send<Queue>('GET', '/api/work/cases')).body
  expect(items.filter(({ caseId }) => caseId === id)).toEqual(
    before.map((each) => ({ ...each, relation: null })),
  )
  expect(before).toMatchObject([{ note: '身份核过了', firstAction: expect.any(String) }])
  const [kept] = await rows<{ state: object }>(sql`select state from cases where id = ${id}::uuid`)
  await rows(sql`update cases set state = (state - 'pauses' - 'corrections') || '{"identityConfirmed": false}'
    where id = ${id}::uuid`)
  expect(await told()).toEqual(before)
  await rows(sql`update cases set state = ${JSON.stringify(kept?.state)}::jsonb where id = ${id}::uuid`)
  await rows(sql`update case_tasks set
    line = '{"shape":1,' || substr(replace(line, '"first":"', '"first":"transfer","was":"'), 12) where case_id = ${id}::uuid`)
  expect(await told()).toEqual(before)
})

test('cases from before are found once they are filled', async () => {
  const { id, caseNumber } = await filed('上官婉', 'LX-017')
  const before = await rows(sql`select name_parts, seen_by from cases where id = ${id}::uuid`)
  await rows(sql`update cases set name_parts = null, seen_by = null`)
  expect(await idsOf('zhao-min', '上官')).toEqual([])
  await act(await county.as('zhao-min'), id, 'accept')
  expect(await idsOf('zhao-min', caseNumber)).toEqual([])
  const printed: string[] = []
  const context = { services: county.services, words: [], print: (line: string) => printed.push(line) }
  expect(await fillLists(context)).toBe(0)
  expect(await idsOf('zhao-min', '上官')).toEqual([id])
  expect(await idsOf('zhao-min', caseNumber)).toEqual([id])
  expect(await rows(sql`select name_parts from cases where id = ${id}::uuid`)).toEqual(
    before.map((row) => ({ name_parts: (row as { name_parts: unknown }).name_parts })),
  )
  expect(await rows(sql`select id from cases where seen_by is null`)).toEqual([])
  expect(printed.join()).toMatch(/从前的 \d+ 件/)
})
