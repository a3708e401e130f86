import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy } from './scenes'
import { choose, photograph, press, sees, turnWheels, write } from './screen'

// A mother for her child, who has no identity card: 居民身份证法 第2条, 个人信息保护法 第31条.
const url = await openServerOfFile()
const client: Client = clientOf(url)
const born = bornBy(client, '1985-03-08')
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const ITEM = 'LX-021'
const GUARDIAN = /我是孩子的父母或者监护人/
const count = (page: Page, words: string | RegExp) => page.getByText(words).filter({ visible: true }).count()

test.each([
  { elder: false, size: { width: 390, height: 844 }, names: ['苗春娥', '苗小满'] },
  { elder: true, size: { width: 320, height: 640 }, names: ['苗秋娥', '苗小暑'] },
])(
  'guide, form and check tell what goes in the place of a card; $size.width, elder $elder',
  async ({ elder, size, names: [mother = '', name = ''] }) => {
    const { personId } = await born(mother, 3)
    const child = await born(name, 0, '2017-05-01')
    const phone = await openPhone(browser, { url, person: personId, elder, size })
    const { page } = phone
    const looked = async (picture: string) => {
      await untilShown(page)
      await keepPicture(page, `child-${picture}${elder ? '.elder' : ''}`)
      expect(await pageFaults(page, { elder })).toEqual([])
    }
    await phone.go(`features/service-item/guide?id=${ITEM}`)
    await sees(page, /没有身份证的孩子：户口簿上孩子那一页/)
    await sees(page, /不满 14 岁，由监护人带户口簿到窗口、村里核/)
    await looked('guide')
    await press(page, '开始办理')
    await press(page, /^帮别人办/)
    await write(page, '姓名', name)
    await write(page, '身份证号', child.idNumber)
    await press(page, '用我的手机号')
    await turnWheels(page, page, /^所在的村/, ['梅渚镇', '大梁村'])
    await press(page, '下一步')
    await sees(page, GUARDIAN)
    await sees(page, /父母或者监护人同意了，才能用孩子的信息/)
    await looked('guardian')
    await press(page, '下一步')
    await sees(page, '先勾上，再点“同意，接着办”')
    await choose(page, 'checkbox', GUARDIAN)
    await press(page, '同意，接着办')
    await sees(page, '参保人')
    await turnWheels(page, page, /^资助类别/, ['普通'])
    await press(page, '下一步')
    await sees(page, '还没有身份证的，拍户口簿上孩子那一页；有的，正反两面都拍')
    expect(await count(page, /拍反面/)).toBe(0)
    await looked('papers')
    for (const paper of ['居民身份证', '居民户口簿']) await photograph(page, page, paper)
    await press(page, '下一步')
    await sees(page, '核对一遍')
    expect(await count(page, /反面没拍/)).toBe(0)
    await choose(page, 'checkbox', /我保证/)
    await press(page, '提交申请')
    await sees(page, '收到了，还差核身份')
    await sees(page, /由监护人带户口簿到窗口、村里核/)
    expect(phone.faults).toEqual([])
    await phone.close()
  },
)

test('taken back before anything is photographed, it is asked again, and no photo is taken until then', async () => {
  const { personId, person } = await born('苗冬娥', 3)
  const child = await born('苗小寒', 0, '2017-05-02')
  const consents = [{ purpose: 'guardian', version: '1' }]
  await person.send('POST', '/api/account/consents', { body: { consents } })
  const phone = await openPhone(browser, { url, person: personId })
  const { page } = phone
  await phone.go('features/case/application/form?id=LX-021')
  await press(page, /^帮别人办/)
  await write(page, '姓名', child.name)
  await write(page, '身份证号', child.idNumber)
  await press(page, '用我的手机号')
  await turnWheels(page, page, /^所在的村/, ['梅渚镇', '大梁村'])
  await press(page, '下一步')
  await turnWheels(page, page, /^资助类别/, ['普通'])
  await press(page, '下一步')
  const tile = page.getByRole('button', { name: /拍一张，居民身份证/ }).filter({ visible: true })
  await tile.waitFor()
  await untilShown(page)
  await person.send('POST', '/api/account/consents/withdrawal', { body: { purpose: 'guardian' } })
  await page.reload()
  await press(page, /^接着帮苗小寒填/)
  await sees(page, GUARDIAN)
  expect(await tile.count()).toBe(0)
  await choose(page, 'checkbox', GUARDIAN)
  await press(page, '同意，接着办')
  await tile.waitFor()
  expect(phone.faults).toEqual([])
  await phone.close()
})
