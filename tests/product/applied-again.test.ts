import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseAgain, CaseList } from '#shared/contract/case'
import type { Home } from '#shared/contract/service-item'
import { ALLOWANCE, allowanceOf, fileAllowance } from './allowance'
import { act, type County, caseOf, newcomer, openCounty, type Person } from './county'

// What came to nothing and was applied for once more: it waits for nobody, and leads to the new one.
let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

const waits = async (person: Person, id: string) => {
  const { items } = (await person.send<CaseList>('GET', '/api/cases')).body
  const { todos } = (await person.send<Home>('GET', '/api/home')).body.me ?? {}
  return {
    list: items.find((each) => each.id === id)?.waitsForMe,
    home: todos?.some(({ caseId }) => caseId === id),
  }
}
const UNREAD = { list: 'result', home: true }
const READ = { list: 'none', home: false }
const elder = (name: string) =>
  newcomer(county, { name, birth: ALLOWANCE.born, villageCode: ALLOWANCE.village, level: 3 })

async function refused(id: string) {
  await act(await county.as('wang-lixin'), id, 'verify')
  await act(await county.as('zhao-min'), id, 'accept')
  await act(await county.as('sun-zhiyuan'), id, 'refuse', { reason: '户口不在本县' })
}

test('a refusal that was applied for again waits no more, and leads to the newest', async () => {
  const { person, idNumber } = await elder('吕秋菊')
  const { id } = await fileAllowance(person, '吕秋菊', idNumber)
  await refused(id)
  expect(await waits(person, id)).toEqual(UNREAD)
  expect((await caseOf(person, id)).appliedAgain).toBeNull()
  const newer = await fileAllowance(person, '吕秋菊', idNumber)
  expect(await waits(person, id)).toEqual(READ)
  expect(await caseOf(person, id)).toMatchObject({ appliedAgain: newer.id, applyAgain: false })
  await refused(newer.id)
  expect(await waits(person, newer.id)).toEqual(UNREAD)
  expect((await caseOf(person, newer.id)).appliedAgain).toBeNull()
  expect((await caseOf(await county.as('sun-zhiyuan'), id)).appliedAgain).toBeNull()
})

test('what the owner has applied for since is no news to whoever filed for them: it waits on', async () => {
  const helper = (await elder('帮办秋')).person
  const { person, idNumber } = await elder('施秋菊')
  const body = { ...(await allowanceOf(helper, { name: '施秋菊', idNumber })), agent: true }
  const { id } = (await helper.send<CaseCreated>('POST', '/api/cases', { body })).body
  await refused(id)
  await fileAllowance(person, '施秋菊', idNumber)
  expect(await waits(helper, id)).toEqual(UNREAD)
  expect(await caseOf(helper, id)).toMatchObject({ appliedAgain: null, applyAgain: true })
  expect(await waits(person, id)).toEqual(READ)
})

test('of a firm it is what was begun from it, and no second shop', async () => {
  const owner = await county.as('li-jianguo')
  const answers = {
    entName: '郎溪县梅渚镇李记小吃店',
    uscc: '92341821DEM903328K',
    legalRep: '李建国',
    contact: '李建国',
    mobile: '15400000001',
    format: '餐饮服务经营者',
    items: ['热食类制售'],
    bizAddress: '梅渚镇大街1号',
    area: 50,
    fsManager: '周小梅',
  }
  const licence = async (materials: readonly object[]) => {
    const body = { serviceItemId: 'LX-034', answers, materials }
    const filed = await owner.send<CaseCreated>('POST', '/api/cases', { body })
    expect(filed, JSON.stringify(filed.body)).toMatchObject({ status: 201 })
    return filed.body.id
  }
  const shop = async () => {
    const names = ['营业执照', '与经营项目相适应的布局图、操作流程', '食品安全规章制度']
    return licence(await Promise.all(names.map(async (name) => ({ name, files: [await owner.upload()] }))))
  }
  const id = await shop()
  await act(await county.as('qian-xiaoli'), id, 'decline', { reason: '不归本窗口办' })
  await shop()
  expect(await waits(owner, id)).toEqual(UNREAD)
  expect(await caseOf(owner, id)).toMatchObject({ appliedAgain: null, applyAgain: true })
  const { files } = (await owner.send<CaseAgain>('POST', `/api/cases/${id}/again`)).body
  const again = await licence(
    files.map(({ name, uploads }) => ({ name, files: uploads.map((each) => each.id) })),
  )
  expect(await waits(owner, id)).toEqual(READ)
  expect(await caseOf(owner, id)).toMatchObject({ appliedAgain: again, applyAgain: false })
})
