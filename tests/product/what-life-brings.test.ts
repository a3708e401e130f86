import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { Inbox } from '#shared/contract/reminder'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const DALIANG = '341821105200'
const PAPERS = ['居民身份证', '居民户口簿', '社会保障卡（或本人银行卡）']

async function allowance(person: Person, idNumber: string, more: Record<string, unknown> = {}) {
  const materials = await Promise.all(PAPERS.map(async (name) => ({ name, files: [await person.upload()] })))
  return person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-005',
      answers: {
        name: '钱月英',
        idNo: idNumber,
        mobile: '15400000003',
        villageCode: DALIANG,
        birth: '1944-03-05',
        bankCard: '6299000043030583308',
      },
      materials,
      ...more,
    },
  })
}

const elder = () => newcomer(county, { name: '钱月英', birth: '1944-03-05', villageCode: DALIANG, level: 3 })

test('an applicant dies: staff end the case, once, for that cause alone, and the family reads how to go on', async () => {
  const { person, idNumber } = await elder()
  const { body } = await allowance(person, idNumber)
  const window = await county.as('zhao-min')
  expect(await act(window, body.id, 'terminate', { reason: '不想办了' })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/reason' }] },
  })
  expect(await act(window, body.id, 'terminate', { reason: 'deceased' })).toMatchObject({
    status: 200,
    body: { status: 'terminated' },
  })
  const [last] = (await caseOf(person, body.id)).timeline
  expect(last?.note).toContain('家里人可以带死亡证明')
  const { items } = (await person.send<Inbox>('GET', '/api/inbox')).body
  expect(items.filter(({ title }) => title === '高龄津贴的申请停了')).toHaveLength(1)
})

test('a paper and a phone brought of one’s own accord stand beside the others; name and number do not change', async () => {
  const { person, idNumber } = await elder()
  const { body } = await allowance(person, idNumber)
  const add = async (brought: Record<string, unknown>) =>
    person.send('POST', `/api/cases/${body.id}/additions`, {
      body: { version: (await caseOf(person, body.id)).version, ...brought },
    })
  const before = await caseOf(person, body.id)
  const materials = [{ name: PAPERS[0], files: [await person.upload()] }]
  expect(await add({ answers: { mobile: '15400000009' }, materials })).toMatchObject({ status: 200 })
  const after = await caseOf(person, body.id)
  expect(after.papers.find(({ name }) => name === PAPERS[0])?.files).toHaveLength(2)
  expect(after.dueOn).toBe(before.dueOn)
  expect(await add({ answers: { name: '别人' } })).toMatchObject({ status: 422 })
  expect(await add({})).toMatchObject({ status: 422 })
})

test('an application typed at a window says so to staff, bars nobody, and is not the typist’s own', async () => {
  const { person, idNumber } = await elder()
  const window = await county.as('zhao-min')
  const { body, status } = await allowance(window, idNumber, {
    channel: 'window',
    src: 'p1',
    assisted: true,
    consent: { how: 'spoken' },
    relation: [{ staffId: 'sun-zhiyuan', kind: 'child' }],
  })
  expect(status, JSON.stringify(body)).toBe(201)
  const view = await caseOf(window, body.id)
  expect(view).toMatchObject({
    viewer: 'staff',
    staff: { channel: 'window', src: 'p1', assisted: true, enteredBy: { name: '赵敏', unit: '梅渚镇' } },
  })
  expect((await act(window, body.id, 'accept')).status).toBe(200)
  // The declared relative is barred, and the owner may take the case over.
  const relative = await county.as('sun-zhiyuan')
  const { version } = await caseOf(person, body.id)
  const granted = await relative.send('POST', `/api/cases/${body.id}/actions`, {
    body: { action: 'grant', stepKey: 'review', unitId: '341821105', version },
  })
  expect([403, 404]).toContain(granted.status)
  expect((await allowance(person, idNumber, { channel: 'window', consent: { how: 'spoken' } })).status).toBe(
    403,
  )
})
