import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// An answer to a notice may decide which steps there are, and whom the case is for.
let county: County
let owner: Person
let window: Person
let reviewer: Person
beforeAll(async () => {
  county = await openCounty()
  owner = await county.as('li-jianguo')
  window = await county.as('window-health')
  reviewer = await county.as('reviewer-health-1')
})
afterAll(() => county.close())

const PAPERS = ['场所地址方位图和平面图', '卫生检测报告', '卫生管理制度']
const UNTIL_DELIVERED = ['accept', 'review', 'decide', 'deliver']
const VISIT_BEFORE = ['accept', 'review', 'site', 'decide', 'deliver']
const VISIT_AFTER = [...UNTIL_DELIVERED, 'inspect']

/** 公共场所卫生许可 of 李记小吃店; `commit`: whether it chose 告知承诺, which puts the visit after the decision. */
async function file(commit: '是' | '否') {
  const materials = []
  for (const name of PAPERS) materials.push({ name, files: [await owner.upload()] })
  const filed = await owner.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-037',
      answers: {
        entName: '郎溪县梅渚镇李记小吃店',
        uscc: '92341821DEM903328K',
        legalRep: '李建国',
        contact: '李建国',
        mobile: '15400000001',
        kind: '理发美容',
        bizAddress: '梅渚镇大街1号',
        area: 60,
        commit,
      },
      materials,
    },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  return filed.body.id
}
const stepsOf = async (id: string) => (await caseOf(window, id)).staff?.steps.map(({ key }) => key)
const openIn = async (id: string) =>
  (await caseOf(reviewer, id)).staff?.steps.filter(({ status }) => status === 'open').map(({ key }) => key)
const ask = (staff: Person, id: string, name: string) =>
  act(staff, id, 'request-correction', {
    reason: '再对一遍',
    items: [{ kind: 'field', name, reason: '再对一遍' }],
  })
const supplement = async (person: Person, id: string, answers: object) =>
  person.send<{ code?: string; errors?: readonly { pointer: string }[] }>(
    'POST',
    `/api/cases/${id}/supplement`,
    {
      body: { version: (await caseOf(person, id)).version, answers },
    },
  )
const did = async (staff: Person, id: string, action: Parameters<typeof act>[2]) => {
  const done = await act(staff, id, action)
  expect(done.status, JSON.stringify(done.body)).toBe(200)
}

test.each([
  ['是', VISIT_AFTER, '否', VISIT_BEFORE, 'site'],
  ['否', VISIT_BEFORE, '是', VISIT_AFTER, 'decide'],
] as const)(
  'a notice answered otherwise than filed (%s) puts the visit where the answer asks for it',
  async (before, filed, after, answered, next) => {
    const id = await file(before)
    expect(await stepsOf(id)).toEqual(filed)
    await ask(window, id, 'commit')
    expect((await supplement(owner, id, { commit: after })).status).toBe(200)
    expect(await stepsOf(id)).toEqual(answered)
    await did(window, id, 'accept')
    await did(reviewer, id, 'pass')
    expect(await openIn(id)).toEqual([next])
  },
)

test('asked once it had been accepted, the answer puts the visit before the decision all the same', async () => {
  const id = await file('是')
  await did(window, id, 'accept')
  await ask(reviewer, id, 'commit')
  expect((await supplement(owner, id, { commit: '否' })).status).toBe(200)
  expect(await stepsOf(id)).toEqual(VISIT_BEFORE)
  await did(reviewer, id, 'pass')
  expect(await openIn(id)).toEqual(['site'])
})

test('an answer with one’s own number and another’s name is refused by name, and confirms nobody', async () => {
  const clerk = await county.as('zhao-min')
  const born = (name: string) =>
    newcomer(county, { name, birth: '1985-02-02', villageCode: '341821105200', level: 3 })
  const [filer, other] = [await born('苗自己'), await born('苗别人')]
  const filed = await filer.person.send<CaseCreated>('POST', '/api/cases', {
    body: {
      serviceItemId: 'LX-017',
      answers: {
        name: '苗别人',
        idNo: other.idNumber,
        mobile: '15400000001',
        villageCode: '341821105200',
        leaveDate: '2026-11-01',
        leaveReason: '个人辞职',
      },
      materials: [{ name: '居民身份证', files: [await filer.person.upload()] }],
      agent: true,
    },
  })
  expect(filed.status, JSON.stringify(filed.body)).toBe(201)
  const { id } = filed.body
  await ask(clerk, id, 'idNo')
  const asked = await caseOf(filer.person, id)
  const refused = await supplement(filer.person, id, { idNo: filer.idNumber })
  expect([refused.status, refused.body.code, refused.body.errors?.map(({ pointer }) => pointer)]).toEqual([
    422,
    'application.name-differs',
    ['/answers/name'],
  ])
  expect(await caseOf(filer.person, id)).toEqual(asked)
  expect((await caseOf(clerk, id)).identityConfirmed).toBe(false)
})
