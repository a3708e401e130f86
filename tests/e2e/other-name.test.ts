import { sql } from 'drizzle-orm'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { act } from '../product/client'
import { type County, openCounty } from '../product/county'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { DESK, dialogOf } from './desk-hands'
import { pageFaults } from './page-checks'
import { bornBy } from './scenes'
import { press, sees } from './screen'

// What the register and a notice know of a firm is told where somebody acts on it, and only there.
const county: County = await openCounty()
afterAll(() => county.close())
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const USCC = '92341821DEM903328K'
const NAME = '郎溪县梅渚镇李记小吃店'
const WINDOW = 'qian-xiaoli'
const NAMES = ['营业执照', '与经营项目相适应的布局图、操作流程', '食品安全规章制度']
const rows = (statement: ReturnType<typeof sql>) => county.services.database.rows(statement)
const born = bornBy(county, '1980-02-03')

/** By who holds no power for the shop, or by `person`. */
async function filed(entName: string, person?: string) {
  const filer = person === undefined ? (await born('何帮办')).person : await county.as(person)
  await rows(sql`update enterprises set name = ${entName} where credit_code = ${USCC}`)
  const materials = await Promise.all(NAMES.map(async (name) => ({ name, files: [await filer.upload()] })))
  const answers = {
    entName,
    uscc: USCC,
    legalRep: '李建国',
    contact: '周小梅',
    mobile: '15400000001',
    format: '餐饮服务经营者',
    items: ['热食类制售'],
    bizAddress: '梅渚镇大街1号',
    area: 50,
    fsManager: '周小梅',
  }
  const { status, body } = await filer.send<CaseCreated>('POST', '/api/cases', {
    body: { serviceItemId: 'LX-034', answers, materials },
  })
  await rows(sql`update enterprises set name = ${NAME} where credit_code = ${USCC}`)
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}

async function openAs(person: string, path: string, size = DESK) {
  const opened = await openPhone(browser, { url: county.url, person, size })
  await opened.go(path)
  await untilShown(opened.page)
  return opened
}

test.each([
  ['郎溪绿禾食品有限公司', 1],
  [NAME, 0],
] as const)(
  'who checks the power of what was filed as %s reads what the register calls it: %i',
  async (name, told) => {
    const id = await filed(name)
    const { page, close } = await openAs(WINDOW, `staff/case/case?id=${id}`)
    await press(page, '当面核委托')
    await sees(dialogOf(page), '当面核委托')
    const words = dialogOf(page).getByText(`这个信用代码登记的是“${NAME}”，和申请里写的不一样`)
    expect(await words.count()).toBe(told)
    await keepPicture(page, `firm-other-name-${told}`)
    expect(await pageFaults(page, { desktop: true })).toEqual([])
    await close()
  },
)

test('whose power has ended reads what is asked for, and is led to no form that would be refused', async () => {
  const agent = 'zhou-xiaomei'
  const id = await filed(NAME, agent)
  const asked = await act(await county.as(WINDOW), id, 'request-correction', {
    reason: '看不清',
    items: [{ kind: 'material', name: NAMES[0], reason: '看不清' }],
  })
  expect(asked.status, JSON.stringify(asked.body)).toBe(200)
  const phone = { width: 390, height: 844 }
  const holds = await openAs(agent, `features/case/timeline?id=${id}`, phone)
  await holds.page.getByRole('button', { name: '现在补', exact: true }).filter({ visible: true }).waitFor()
  await holds.close()
  await rows(sql`update enterprise_agents set until = '2026-11-23' where item_ids = array['LX-034']`)
  const { page, go, close } = await openAs(agent, `features/case/timeline?id=${id}`, phone)
  await sees(page, /要补 1 样/)
  expect(
    await page.getByRole('button', { name: '现在补', exact: true }).filter({ visible: true }).count(),
  ).toBe(0)
  await keepPicture(page, 'power-ended-asked')
  expect(await pageFaults(page)).toEqual([])
  await go(`features/case/correction?id=${id}`)
  await sees(page, '不归你替别人补')
  await keepPicture(page, 'power-ended-correction')
  await close()
})
