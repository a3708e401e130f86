import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseDocument } from '#shared/contract/case'
import { bornBy, file, play } from '../e2e/scenes'
import { act, type County, caseOf, openCounty, type Person } from './county'
import { fileProject, LOOKERS, nothingMissing } from './project'

// What a correction has put right reads so from then on, to everybody and to the next correction.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

async function correct(staffId: string, id: string, written: string, corrected: string) {
  const staff = await county.as(staffId)
  const { version } = await caseOf(staff, id)
  const body = { version, action: 'correct-decision', reason: '录的时候打错了字', written, corrected }
  return staff.send<{ code?: string }>('POST', `/api/cases/${id}/after-decision`, { body })
}
const putRight = { status: 422, body: { code: 'case.slip-put-right' } }

test('what was put right is put right once more as it reads now, and never from the first wording', async () => {
  const owner = await bornBy(county)('陶两改')
  const id = await file(county, owner, 'LX-005')
  await play(county, id, [
    ['village', 'verify'],
    ['window', 'accept'],
    ['reviewer', 'refuse', { reason: '户籍在大粱村，户囗簿没有带' }],
    ['window', 'conclude'],
  ])
  expect((await correct('li-kai', id, '大粱村', '大梁村')).status).toBe(200)
  expect((await caseOf(owner.person, id)).against?.reason).toBe('户籍在大梁村，户囗簿没有带')
  expect(await correct('li-kai', id, '大粱村', '大凉村')).toMatchObject(putRight)
  expect((await correct('li-kai', id, '大梁村，户囗簿', '大梁村，户口簿')).status).toBe(200)
  const view = await caseOf(owner.person, id)
  expect(view.against?.reason).toBe('户籍在大梁村，户口簿没有带')
  const notices = view.documents.filter(({ kind }) => kind === 'amendment')
  expect(notices).toHaveLength(2)
  const path = `/api/cases/${id}/documents/${notices.at(-1)?.id}`
  const { paragraphs } = (await owner.person.send<CaseDocument>('GET', path)).body
  expect(paragraphs).toEqual(expect.arrayContaining(['原文为：大梁村，户囗簿', '更正为：大梁村，户口簿']))
})

async function accepted() {
  const { person, id } = await fileProject(county)
  await nothingMissing(county, id)
  await does('zhou-min', id, 'accept')
  return { person, id }
}
const does = async (staffId: string, id: string, ...how: [Parameters<typeof act>[2], object?]) => {
  const [action, more] = how
  const { status, body } = await act(await county.as(staffId), id, action, { ...more })
  expect({ staffId, action, status, body }).toMatchObject({ status: 200 })
}
const lane = async (person: Person, id: string, unit: string) =>
  (await caseOf(person, id)).lanes?.units.find(({ unitId }) => unitId === unit)?.decision

test('of a department that refused everybody reads the words put right, and its next correction goes by them', async () => {
  const { person, id } = await accepted()
  await does(LOOKERS.nr, id, 'fail', { reason: '缺弃渣场设汁，水土保恃方案没有附' })
  const COLLEAGUE = 'reviewer-nr-2'
  expect((await correct(COLLEAGUE, id, '设汁', '设计')).status).toBe(200)
  expect(await correct(COLLEAGUE, id, '设汁', '设计')).toMatchObject(putRight)
  expect((await correct(COLLEAGUE, id, '设计，水土保恃', '设计，水土保持')).status).toBe(200)
  for (const who of [person, await county.as('zhou-min'), await county.as(LOOKERS.housing)])
    expect((await lane(who, id, 'nr'))?.reason).toBe('缺弃渣场设计，水土保持方案没有附')
  const { staff } = await caseOf(await county.as(LOOKERS.housing), id)
  expect(staff?.refusals?.map(({ words }) => words).join()).toContain('缺弃渣场设计')
})

test('the name of a firm is put right in the paper of each department that bears the old one', async () => {
  const { person, id } = await accepted()
  await does(LOOKERS.nr, id, 'pass')
  await does(LOOKERS.eco, id, 'pass')
  const [OLD, NEW] = ['郎溪绿禾食品有限公司', '郎溪绿禾粮油食品有限公司']
  await county.services.database.rows(
    sql`update enterprises set name = ${NEW} where credit_code = '91341821DEM9000207'`,
  )
  const mayCorrect = async (staffId: string) =>
    (await caseOf(await county.as(staffId), id)).staff?.afterDecision?.allowed.includes('correct-decision')
  expect([await mayCorrect(LOOKERS.nr), await mayCorrect(LOOKERS.eco)]).toEqual([true, true])
  expect((await correct(LOOKERS.nr, id, OLD, NEW)).status).toBe(200)
  expect([await mayCorrect(LOOKERS.nr), await mayCorrect(LOOKERS.eco)]).toEqual([false, true])
  const done = await correct(LOOKERS.eco, id, OLD, NEW)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
  expect([await mayCorrect(LOOKERS.nr), await mayCorrect(LOOKERS.eco)]).toEqual([false, false])
  const { documents, applicantMasked } = await caseOf(person, id)
  expect(applicantMasked).toBe(NEW)
  expect(documents.filter(({ kind }) => kind === 'own-grant').map(({ mark }) => mark?.kind)).toEqual([
    'corrected',
    'corrected',
  ])
  // Who signs from now on signs for the new name, and has nothing to put right.
  await does(LOOKERS.water, id, 'pass')
  expect(await mayCorrect(LOOKERS.water)).toBe(false)
  await county.services.database.rows(
    sql`update enterprises set name = ${OLD} where credit_code = '91341821DEM9000207'`,
  )
})
