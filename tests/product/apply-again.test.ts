import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApplicationForm, CaseCreated } from '#shared/contract/application'
import type { CaseAgain, CaseList } from '#shared/contract/case'
import { ALLOWANCE, allowanceOf, fileAllowance } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// 再申请: what an application that ended leaves for the next one, to whom it is a case of.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const [CARD, REGISTER] = ALLOWANCE.papers
const elder = (name: string) =>
  newcomer(county, { name, birth: ALLOWANCE.born, villageCode: ALLOWANCE.village, level: 3 })
const again = (person: Person, id: string, key?: string) =>
  person.send<CaseAgain & { code?: string }>('POST', `/api/cases/${id}/again`, key ? { key } : {})
const withdraw = async (person: Person, id: string) =>
  person.send('POST', `/api/cases/${id}/withdrawal`, {
    body: { version: (await caseOf(person, id)).version },
  })

const refused = async (name: string) => {
  const { person, idNumber } = await elder(name)
  const { id } = await fileAllowance(person, name, idNumber)
  await act(await county.as('wang-lixin'), id, 'verify')
  await act(await county.as('zhao-min'), id, 'accept')
  await act(await county.as('sun-zhiyuan'), id, 'refuse', { reason: '户口不在本县' })
  return { person, idNumber, id }
}

test('a refused application leaves its answers and papers, and is filed again with them', async () => {
  const { person, idNumber, id } = await refused('吴秀莲')
  const { status, body } = await again(person, id)
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body).toMatchObject({ serviceItemId: ALLOWANCE.item, forOther: false, asked: [] })
  expect(body.answers).toMatchObject({ name: '吴秀莲', idNo: idNumber, bankCard: '6299000043030583308' })
  expect(body.files.map(({ kind, name, uploads }) => [kind, name, uploads.length])).toEqual(
    ALLOWANCE.papers.map((name) => ['material', name, 1]),
  )
  const materials = body.files.map(({ name, uploads }) => ({ name, files: uploads.map((file) => file.id) }))
  const filed = await person.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: body.serviceItemId, answers: body.answers, materials },
  })
  expect(filed, JSON.stringify(filed.body)).toMatchObject({ status: 201 })
  // Each case has files of its own.
  for (const caseId of [id, filed.body.id]) {
    const files = (await caseOf(person, caseId)).papers.flatMap((paper) => paper.files)
    expect(files).toHaveLength(ALLOWANCE.papers.length)
    for (const { url } of files) expect((await person.fetchFile(url)).status).toBe(200)
  }
})

test('what a notice asked for in vain is asked for anew, and its answer of before is not carried over', async () => {
  const { person, idNumber } = await elder('郑桂英')
  const { id } = await fileAllowance(person, '郑桂英', idNumber)
  await act(await county.as('wang-lixin'), id, 'verify')
  await act(await county.as('zhao-min'), id, 'request-correction', {
    reason: '看不清',
    items: [
      { kind: 'material', name: REGISTER, reason: '照片模糊' },
      { kind: 'field', name: 'bankCard', reason: '卡号不对' },
    ],
  })
  await withdraw(person, id)
  const { body } = await again(person, id)
  expect(body.asked).toEqual([REGISTER, '社保卡/银行卡号'])
  expect(body.answers).not.toHaveProperty('bankCard')
  expect(body.files.map(({ name }) => name)).not.toContain(REGISTER)
  expect(body.files.map(({ name }) => name)).toContain(CARD)
})

test('what is under way, or was granted, begins nothing anew', async () => {
  const { person, idNumber } = await elder('冯秀兰')
  const { id } = await fileAllowance(person, '冯秀兰', idNumber)
  expect(await again(person, id)).toMatchObject({ status: 409, body: { code: 'case.action-not-allowed' } })
  await act(await county.as('wang-lixin'), id, 'verify')
  await act(await county.as('zhao-min'), id, 'accept')
  await act(await county.as('sun-zhiyuan'), id, 'grant')
  expect((await again(person, id)).status).toBe(409)
})

test('nobody else gets anything of it: not staff who decided it, not a stranger', async () => {
  const { id } = await refused('何桂芳')
  for (const other of [await county.as('sun-zhiyuan'), (await elder('曹玉兰')).person])
    expect(await again(other, id)).toMatchObject({ status: 404, body: { code: 'case.not-found' } })
})

test('whoever filed for somebody begins anew for them, without the numbers that are not theirs', async () => {
  const helper = (
    await newcomer(county, { name: '帮办乙', birth: '1980-04-05', villageCode: ALLOWANCE.village, level: 3 })
  ).person
  const { person, idNumber } = await elder('谢兰英')
  const body = { ...(await allowanceOf(helper, { name: '谢兰英', idNumber })), agent: true }
  const { body: filed } = await helper.send<CaseCreated>('POST', '/api/cases', { body })
  await withdraw(helper, filed.id)
  const own = await again(helper, filed.id)
  expect(own.body).toMatchObject({ forOther: true, answers: { name: '谢兰英' } })
  const owners = await again(person, filed.id)
  expect(owners.status === 404 || owners.body.forOther === false).toBe(true)
})

test('the same wish twice makes the same files, and the form knows no duplicate', async () => {
  const { person, id } = await refused('蒋秀珍')
  const key = 'again-and-again-0001'
  const first = await again(person, id, key)
  const second = await again(person, id, key)
  expect(second.body.files).toEqual(first.body.files)
  const form = await person.send<ApplicationForm>('GET', `/api/service-items/${ALLOWANCE.item}/form`)
  expect(form.body.filed).toEqual([])
  expect((await person.send<CaseList>('GET', '/api/cases')).body.items[0]?.outcome.key).toBe('refused')
})

test('who has too many files lying unused is told so, and when to try again, whichever door they come by', async () => {
  const { person, idNumber } = await newcomer(county, {
    name: '蒋未核',
    birth: ALLOWANCE.born,
    villageCode: ALLOWANCE.village,
    level: 2,
  })
  const { id } = await fileAllowance(person, '蒋未核', idNumber)
  await withdraw(person, id)
  const { body: account } = await person.send<{ id: string }>('GET', '/api/account')
  const fill = (count: number) =>
    county.services.database.rows(sql`insert into uploads
      (id, owner_id, name_sealed, content_type, size, storage_key, created_at)
      select gen_random_uuid(), ${account.id}::uuid, '', 'image/jpeg', 1, gen_random_uuid()::text, now()
      from generate_series(1, ${count}::int)`)
  // One more would be right; two papers come.
  await fill(199)
  const refusedAgain = await again(person, id)
  await fill(1)
  const refusedHere = await person.send<{ code?: string; detail?: string }>('POST', '/api/uploads', {
    body: { name: 'a.jpg', contentType: 'image/jpeg', size: 1 },
  })
  for (const { status, body, headers } of [refusedAgain, refusedHere]) {
    expect(status).toBe(429)
    expect(body).toMatchObject({
      code: 'request.rate-limited',
      title: '传了还没用上的文件太多了',
      detail: expect.stringContaining('用上的就不算了'),
    })
    expect(headers.get('retry-after')).toBe('86400')
  }
})

test('it takes no body: whatever else comes with it is not understood', async () => {
  const { person, id } = await refused('华无言')
  for (const body of ['[', '{', 'null', '{}', '\u0000', 'x'.repeat(100)])
    expect(await person.send('POST', `/api/cases/${id}/again`, { body }), body).toMatchObject({
      status: 400,
      body: { code: 'request.malformed' },
    })
  expect((await again(person, id)).status).toBe(200)
})
