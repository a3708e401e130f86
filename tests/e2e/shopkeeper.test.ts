import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import type { CaseList } from '#shared/contract/case'
import { act, caseOf, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { openServerOfFile } from './running-server'
import { choose, press, sees } from './screen'

const url = await openServerOfFile()
const client = clientOf(url)

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const ANSWERS = {
  uscc: '92341821DEM903328K',
  entName: '郎溪县梅渚镇李记小吃店',
  legalRep: '李建国',
  contact: '李建国',
  mobile: '15400000001',
  fsManager: '周小梅',
  format: '餐饮服务经营者',
  items: ['热食类制售'],
  bizAddress: '郎溪县梅渚镇大街100号',
  area: 50,
}
const PAPERS = ['营业执照', '与经营项目相适应的布局图、操作流程', '食品安全规章制度']

/** His licence, refused after the site was seen. */
async function refusedLicence() {
  const owner = await client.as('li-jianguo')
  const materials = await Promise.all(PAPERS.map(async (name) => ({ name, files: [await owner.upload()] })))
  const body = { serviceItemId: 'LX-034', answers: ANSWERS, materials }
  const { body: filed } = await owner.send<CaseCreated>('POST', '/api/cases', { body })
  const does = async (staff: string, action: Parameters<typeof act>[2], more = {}) => {
    const done = await act(await client.as(staff), filed.id, action, more)
    expect(done.status, `${action}: ${JSON.stringify(done.body)}`).toBe(200)
  }
  await does('qian-xiaoli', 'accept')
  await does('li-wanqing', 'pass')
  const { staff } = await caseOf(await client.as('li-wanqing'), filed.id)
  const officerIds = [...new Set(['li-wanqing', ...(staff?.colleagues ?? []).map((each) => each.staffId)])]
  await does('li-wanqing', 'record-visit', { officerIds: officerIds.slice(0, 2), reason: '生熟没有分开' })
  await does('li-wanqing', 'pass')
  await does('approver-market-1', 'refuse', { reason: '操作间生熟没有分开' })
  return filed.id
}

test('a shopkeeper whose licence was refused applies again with what he wrote and photographed', async () => {
  const id = await refusedLicence()
  const { page, go, faults, close } = await openPhone(browser, { url, person: 'li-jianguo' })
  await go(`features/case/result?id=${id}`)
  await sees(page, '操作间生熟没有分开')
  await press(page, '再申请')
  await sees(page, '上次填的都在，接着填。')
  await untilShown(page)
  await keepPicture(page, 'licence-again-1')
  for (let step = 2; !(await page.getByText('核对一遍').filter({ visible: true }).count()); step += 1) {
    if (step > 12) throw new Error('the form does not end')
    await press(page, '下一步')
    await page.waitForTimeout(150)
    await keepPicture(page, `licence-again-${step}`)
  }
  await sees(page, '郎溪县梅渚镇大街100号')
  await choose(page, 'checkbox', /我保证/)
  await press(page, '提交申请')
  await sees(page, '收到了，接下来交给我们')
  const owner = await client.as('li-jianguo')
  const { items } = (await owner.send<CaseList>('GET', '/api/cases')).body
  const [newest] = items.filter(({ serviceItemId }) => serviceItemId === 'LX-034')
  expect(newest?.id).not.toBe(id)
  const papers = (await caseOf(owner, newest?.id ?? '')).papers.filter(({ files }) => files.length > 0)
  expect(papers.map(({ name }) => name).sort()).toEqual([...PAPERS].sort())
  expect(faults).toEqual([])
  await close()
})
