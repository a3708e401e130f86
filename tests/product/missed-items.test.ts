import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MissedItems } from '#shared/contract/missed-items'
import { run as rebuildCases } from '../../functions/commands/rebuild-cases'
import { bornBy, file } from '../e2e/scenes'
import { act, type County, caseOf, openCounty, type Person } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// ★4 of the county's list: what a first notice left out is counted for who wrote it, to learn by.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const WINDOW = 'zhao-min'
const APPROVER = 'wu-deming'
const REGISTER = { kind: 'material', name: '居民户口簿', reason: '户口簿照片模糊，放平了再拍一张' }
const CARD = { kind: 'field', name: 'bankCard', reason: '卡号和社保卡上的不一样' }
const rows = <Row extends object>(statement: ReturnType<typeof sql>) =>
  county.services.database.rows<Row>(statement)
const missedOf = async (staffId: string) =>
  (await (await county.as(staffId)).send<MissedItems>('GET', '/api/work/missed-items')).body
const kept = () =>
  rows<{ name: string }>(sql`select name, staff_id as "staffId" from missed_items order by asked_at, name`)

async function answered(person: Person, id: string) {
  const { version } = await caseOf(person, id)
  const materials = [{ name: REGISTER.name, files: [await person.upload()] }]
  const { status, body } = await person.send('POST', `/api/cases/${id}/supplement`, {
    body: { version, materials },
  })
  expect({ status, body }).toMatchObject({ status: 200 })
}

async function askedTwice(name: string) {
  const born = await bornBy(county)(name)
  const id = await file(county, born, 'LX-005')
  const window = await county.as(WINDOW)
  expect(
    (await act(window, id, 'request-correction', { reason: '户口簿看不清', items: [REGISTER] })).status,
  ).toBe(200)
  await answered(born.person, id)
  const reason = '第一次漏了这几样'
  expect((await act(window, id, 'request-approval', { for: 'request-correction', reason })).status).toBe(200)
  const items = [REGISTER, CARD]
  const { status, body } = await act(await county.as(APPROVER), id, 'request-correction', { reason, items })
  expect({ status, body }).toMatchObject({ status: 200 })
  return id
}

const rebuild = async (...words: string[]) => {
  const lines: string[] = []
  await rebuildCases({ services: county.services, words, print: (line) => lines.push(line) })
  return lines
}

test('what only the second notice asked for is whose the first was, and of no other', async () => {
  const id = await askedTwice('严一')
  expect(await kept()).toEqual([{ name: 'bankCard', staffId: WINDOW }])
  expect(await missedOf(WINDOW)).toMatchObject({
    own: [
      {
        itemId: 'LX-005',
        plainName: '高龄津贴',
        asked: [{ kind: 'field', label: '社保卡/银行卡号', count: 1, cases: [{ id }] }],
      },
    ],
    units: [],
  })
  expect(await missedOf('sun-zhiyuan')).toMatchObject({ own: [], units: [] })
})

test('whoever heads the unit reads what, and neither who nor which case', async () => {
  const head = await missedOf(APPROVER)
  expect(head.own).toEqual([])
  expect(head.units).toEqual([
    {
      unitName: expect.stringContaining('梅渚镇'),
      items: [
        {
          itemId: 'LX-005',
          plainName: '高龄津贴',
          asked: [{ kind: 'field', label: '社保卡/银行卡号', count: 1 }],
        },
      ],
    },
  ])
  expect(JSON.stringify(head.units)).not.toMatch(/赵敏|zhao-min|\d{16}/)
  // Of what is confidential the head learns nothing; who wrote it does.
  await rows(sql`insert into missed_items select gen_random_uuid(), sequence, kind, name, unit_id, staff_id, 'LX-009', 1, asked_at
    from missed_items`)
  await rows(sql`update missed_items set case_id = (select id from cases limit 1), sequence = 99
    where service_item_id = 'LX-009'`)
  expect(await missedOf(APPROVER)).toEqual(head)
  expect((await missedOf(WINDOW)).own.map(({ itemId }) => itemId)).toContain('LX-009')
  await rows(sql`delete from missed_items where service_item_id = 'LX-009'`)
})

test('of several departments it is put to whoever said then that nothing is missing, and to no other', async () => {
  const { id } = await fileProject(county)
  await nothingMissing(county, id)
  expect((await act(await county.as('zhou-min'), id, 'accept')).status).toBe(200)
  const reason = '附图漏了一张'
  const asking = await county.as(LOOKERS.nr)
  expect((await act(asking, id, 'request-approval', { for: 'request-correction', reason })).status).toBe(200)
  const items = [{ kind: 'material', name: '各阶段材料按清单一次上传', reason: '补附图 3' }]
  const head = await county.as('approver-nr-1')
  const { status, body } = await act(head, id, 'request-correction', { reason, items })
  expect({ status, body }).toMatchObject({ status: 200 })
  const missed = await rows(
    sql`select unit_id as "unitId", staff_id as "staffId" from missed_items where case_id = ${id}::uuid`,
  )
  expect(missed).toEqual([{ unitId: 'nr', staffId: LOOKERS.nr }])
  for (const other of [LOOKERS.water, LOOKERS.eco, 'zhou-min'])
    expect((await missedOf(other)).own).toEqual([])
})

test('what was missed twice stands beside the next first notice of the unit, and beside no second', async () => {
  const born = await bornBy(county)('严新')
  const next = await file(county, born, 'LX-005')
  const window = await county.as(WINDOW)
  const often = async () => (await caseOf(window, next)).staff?.oftenMissed
  expect(await often()).toEqual([])
  await askedTwice('严二')
  expect(await often()).toEqual([{ unitId: '341821105', kind: 'field', name: 'bankCard' }])
  expect(
    (await act(window, next, 'request-correction', { reason: '户口簿看不清', items: [REGISTER] })).status,
  ).toBe(200)
  await answered(born.person, next)
  expect(await often()).toEqual([])
})

test('it comes of the events, and what is older than a year is gone', async () => {
  const before = await kept()
  await rows(sql`delete from missed_items`)
  expect((await rebuild()).join()).toContain('missed_items')
  await rebuild('--write')
  expect(await kept()).toEqual(before)
  await rows(
    sql`update missed_items set name = 'idNo' where asked_at = (select min(asked_at) from missed_items)`,
  )
  await rebuild('--write')
  expect(await kept()).toEqual(before)
  expect((await rebuild()).join()).not.toContain('missed_items')
  await rows(sql`update missed_items set asked_at = asked_at - interval '13 months'`)
  expect(await missedOf(WINDOW)).toMatchObject({ own: [] })
  await county.app.jobs['remove-expired']()
  expect(await kept()).toEqual([])
})
