import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseAgain } from '#shared/contract/case'
import { file } from '../e2e/scenes'
import { ALLOWANCE, allowanceOf, fileAllowance } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// 再申请: to whom what comes back, for whom it is offered, and until when.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const elder = (name: string) =>
  newcomer(county, { name, birth: ALLOWANCE.born, villageCode: ALLOWANCE.village, level: 3 })
const helperOf = async (name: string) =>
  (await newcomer(county, { name, birth: '1980-04-05', villageCode: ALLOWANCE.village, level: 3 })).person
const again = (person: Person, id: string) =>
  person.send<CaseAgain & { code?: string }>('POST', `/api/cases/${id}/again`)
const withdraw = async (person: Person, id: string) => {
  const { version } = await caseOf(person, id)
  const { status } = await person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version } })
  expect(status).toBe(200)
}
const HELPERS = { mobile: '15400007777', bankCard: '6222021234567890128' }
/** 高龄津贴 of an elder, with phone and card of whoever files it for them. */
async function filedFor(helper: Person, { name, idNumber }: { name: string; idNumber: string }) {
  const body = { ...(await allowanceOf(helper, { name, idNumber }, { answers: HELPERS })), agent: true }
  const { status, body: filed } = await helper.send<CaseCreated>('POST', '/api/cases', { body })
  expect(status, JSON.stringify(filed)).toBe(201)
  return filed.id
}
const offered = async (person: Person, id: string) => (await caseOf(person, id)).applyAgain

test.each(['the owner', 'the filer', 'the owner, who has taken it over'])(
  'a phone and a card that somebody else typed come back to no owner: withdrawn by %s',
  async (who) => {
    const helper = await helperOf('帮办丙')
    const { person, idNumber } = await elder('蒋兰英')
    const id = await filedFor(helper, { name: '蒋兰英', idNumber })
    if (who.endsWith('over')) {
      const { version } = await caseOf(person, id)
      expect((await person.send('POST', `/api/cases/${id}/takeover`, { body: { version } })).status).toBe(200)
    }
    await withdraw(who === 'the filer' ? helper : person, id)
    const { status, body } = await again(person, id)
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.answers).toEqual({})
    expect(JSON.stringify(body)).not.toMatch(/15400007777|6222021234567890128/)
    expect(body.files).toHaveLength(ALLOWANCE.papers.length)
  },
)

test('a notice that asks the owner for a card gives them none that another typed, and their own', async () => {
  const helper = await helperOf('帮办丁')
  const { person, idNumber } = await elder('沈兰英')
  const ask = async (id: string) => {
    await act(await county.as('wang-lixin'), id, 'verify')
    await act(await county.as('zhao-min'), id, 'request-correction', {
      reason: '卡号不对',
      items: [{ kind: 'field', name: 'bankCard', reason: '卡号不对' }],
    })
    return (await caseOf(person, id)).correction?.answers
  }
  const id = await filedFor(helper, { name: '沈兰英', idNumber })
  expect(await ask(id)).toEqual({})
  await withdraw(person, id)
  const own = await fileAllowance(person, '沈兰英', idNumber)
  expect(await ask(own.id)).toEqual({ bankCard: '6299000043030583308' })
})

test('whoever filed for somebody gets no number of their household out of a table', async () => {
  const helper = await helperOf('帮办戊')
  const { idNumber } = await elder('韩兰英')
  const id = await file(county, { name: '韩兰英', person: helper, idNumber, agent: true }, 'LX-007')
  await withdraw(helper, id)
  const { body } = await again(helper, id)
  expect(body.forOther).toBe(true)
  expect(body.answers).toHaveProperty('members')
  expect(JSON.stringify(body.answers)).not.toMatch(/\d{17}[\dX]|1[3-9]\d{9}/)
})

test('nothing begins anew for the dead, nor in the name of who has not applied', async () => {
  const helper = await helperOf('帮办己')
  const dead = await elder('许兰英')
  const one = await filedFor(helper, { name: '许兰英', idNumber: dead.idNumber })
  await act(await county.as('wang-lixin'), one, 'terminate', { reason: 'deceased' })
  const other = await elder('何兰英')
  const two = await filedFor(helper, { name: '何兰英', idNumber: other.idNumber })
  const { version } = await caseOf(other.person, two)
  expect(
    (await other.person.send('POST', `/api/cases/${two}/disownment`, { body: { version } })).status,
  ).toBe(200)
  await withdraw(helper, two)
  for (const id of [one, two]) {
    expect(await offered(helper, id)).toBe(false)
    expect(await again(helper, id)).toMatchObject({ status: 409, body: { code: 'case.action-not-allowed' } })
  }
})

test('it is offered until the same is applied for again, and its reason comes with it', async () => {
  const { person, idNumber } = await elder('吕兰英')
  const { id } = await fileAllowance(person, '吕兰英', idNumber)
  await act(await county.as('wang-lixin'), id, 'verify')
  await act(await county.as('zhao-min'), id, 'accept')
  await act(await county.as('sun-zhiyuan'), id, 'refuse', { reason: '户口不在本县' })
  expect(await offered(person, id)).toBe(true)
  expect((await again(person, id)).body.reason).toBe('户口不在本县')
  const newer = await fileAllowance(person, '吕兰英', idNumber)
  expect(await offered(person, id)).toBe(false)
  expect((await again(person, id)).status).toBe(409)
  await withdraw(person, newer.id)
  expect([await offered(person, id), await offered(person, newer.id)]).toEqual([false, true])
})

test('that its owner has applied since is told to nobody who filed for them', async () => {
  const helper = await helperOf('帮办庚')
  const { person, idNumber } = await elder('施兰英')
  const id = await filedFor(helper, { name: '施兰英', idNumber })
  await withdraw(helper, id)
  await fileAllowance(person, '施兰英', idNumber)
  expect([await offered(helper, id), await offered(person, id)]).toEqual([true, false])
})

test('asked for again and again it makes one copy of each photo, until it is filed', async () => {
  const { person, idNumber } = await elder('陶兰英')
  const { id } = await fileAllowance(person, '陶兰英', idNumber)
  await withdraw(person, id)
  const unused = async () => {
    const [row] = await county.services.database.rows<{ count: number }>(
      sql`select count(*)::int as count from uploads where copied_from in (select id from uploads where case_id = ${id}::uuid)`,
    )
    return row?.count
  }
  const first = await again(person, id)
  for (let at = 0; at < 5; at += 1) expect((await again(person, id)).body).toEqual(first.body)
  expect((await Promise.all([again(person, id), again(person, id)])).map(({ status }) => status)).toEqual([
    200, 200,
  ])
  expect(await unused()).toBe(ALLOWANCE.papers.length)
  const materials = first.body.files.map(({ name, uploads }) => ({
    name,
    files: uploads.map((file) => file.id),
  }))
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: ALLOWANCE.item, answers: first.body.answers, materials },
  })
  expect(filed, JSON.stringify(filed.body)).toMatchObject({ status: 201 })
  expect((await again(person, id)).status).toBe(409)
})
