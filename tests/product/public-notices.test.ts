import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PublicNoticePage, PublicNotices } from '#shared/contract/public-notice'
import { DALIANG, file } from '../e2e/scenes'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// What a village has put up is read by anybody, from anywhere, as long as it hangs: what is built where, and nobody's name.
let county: County
beforeAll(async () => {
  county = await openCounty({ START_AT: '2026-11-24T09:40:00+08:00' })
})
afterAll(() => county.close())

const AGENT = 'wang-lixin'
const MEIZHU = '341821105'
const LANGBU = '341821001'
const NAME = '房公示'

async function hung(birth = '1970-05-20') {
  const born = await newcomer(county, { name: NAME, birth, villageCode: DALIANG, level: 3 })
  const id = await file(county, { ...born, name: NAME }, 'LX-025')
  for (const action of ['verify', 'publish-notice'] as const) {
    const done = await act(await county.as(AGENT), id, action)
    expect(done.status, JSON.stringify(done.body)).toBe(200)
  }
  const paper = (await caseOf(born.person, id)).documents.find(({ kind }) => kind === 'publicity')
  return { ...born, id, noticeId: paper?.id ?? '' }
}

const list = async (query = '', who: Person = county.visitor) =>
  who.send<PublicNotices>('GET', `/api/notices${query}`)
const read = async (id: string) => county.visitor.send<PublicNoticePage>('GET', `/api/notices/${id}`)
const idsIn = async (query = '') => (await list(query)).body.items.map(({ id }) => id)

test('hangs for everybody until its last day: by item and place, in the words of the notice, with nobody in it', async () => {
  const { id, idNumber, noticeId } = await hung()
  const { body, headers } = await list()
  const [shown] = body.items.filter((each) => each.id === noticeId)
  expect(shown).toMatchObject({
    itemName: '农村宅基地批准（村民建房）',
    place: '梅渚镇 大梁村',
    publishedOn: '2026-11-24',
  })
  expect(headers.get('x-robots-tag')).toContain('noindex')
  expect(headers.get('cache-control')).toBe('no-store')
  for (const query of ['?item=LX-025', `?unit=${MEIZHU}`, `?unit=${DALIANG}&item=LX-025`])
    expect(await idsIn(query), query).toContain(noticeId)
  for (const query of ['?item=LX-007', `?unit=${LANGBU}`, '?unit=nowhere'])
    expect(await idsIn(query), query).not.toContain(noticeId)
  // A page begins after the last one of the page before.
  expect(await idsIn(`?cursor=${noticeId}`)).not.toContain(noticeId)
  expect(body.serviceItems.map((each) => each.id)).not.toContain('LX-012')

  const page = (await read(noticeId)).body
  expect(page.paragraphs.join()).toContain('公示内容：')
  expect(page.phone).toMatch(/^\d/)
  expect(JSON.stringify([page, body])).not.toMatch(new RegExp(`${NAME}|${idNumber}|15400000001`))

  const last = page.lastOn
  await county.door('POST', 'clock', { set: `${last}T23:50:00+08:00` })
  expect(await idsIn()).toContain(noticeId)
  await county.door('POST', 'clock', { advanceWorkingDays: 1 })
  expect(await idsIn()).not.toContain(noticeId)
  expect((await read(noticeId)).status).toBe(404)
  expect((await caseOf(await county.as(AGENT), id)).staff?.allowed.map(({ action }) => action)).toContain(
    'close-notice',
  )
})

test('is taken down with an objection and with whoever takes the application back', async () => {
  const [objected, taken] = [await hung(), await hung()]
  expect(await idsIn()).toEqual(expect.arrayContaining([objected.noticeId, taken.noticeId]))
  expect(
    (await act(await county.as('zhao-min'), objected.id, 'record-objection', { reason: '占了路' })).status,
  ).toBe(200)
  const { version } = await caseOf(taken.person, taken.id)
  expect(
    (await taken.person.send('POST', `/api/cases/${taken.id}/withdrawal`, { body: { version } })).status,
  ).toBe(200)
  const left = await idsIn()
  for (const { noticeId } of [objected, taken]) {
    expect(left).not.toContain(noticeId)
    expect((await read(noticeId)).status).toBe(404)
  }
})

/** So many cases like it whose publicity was closed since, each with its notice, newer than its own. */
async function goneOn(id: string, count: number) {
  const { rows } = county.services.database
  await rows(sql`insert into cases select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(),
      'case_number', 'GONE-' || n, 'duplicate_guard', null,
      'state', replace(c.state::text, '"status": "open"', '"status": "done"')::jsonb))).*
    from cases c, generate_series(1, ${count}::int) n where c.id = ${id}::uuid`)
  await rows(sql`insert into documents (id, case_id, kind, unit_id, year, number, document_number, issued_at)
    select gen_random_uuid(), c.id, 'publicity', 'gone', 2026, row_number() over (), c.case_number, now() + interval '10 years'
    from cases c where c.case_number like 'GONE-%'`)
}
async function removeGone() {
  const { rows } = county.services.database
  await rows(sql`delete from documents where unit_id = 'gone'`)
  await rows(sql`delete from cases where case_number like 'GONE-%'`)
}

test('cases that have gone on since leave no empty pages before what hangs', async () => {
  const { id, noticeId } = await hung()
  await goneOn(id, 25)
  try {
    expect(await idsIn()).toContain(noticeId)
  } finally {
    await removeGone()
  }
})

test('of a child nothing hangs where the whole world reads it', async () => {
  const { noticeId } = await hung('2010-05-20')
  expect(noticeId).not.toBe('')
  expect(await idsIn()).not.toContain(noticeId)
  expect((await read(noticeId)).status).toBe(404)
})

test('one network that reads all walls at once is told to wait', async () => {
  const asked = await Promise.all(Array.from({ length: 70 }, () => list()))
  expect(asked.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
})
