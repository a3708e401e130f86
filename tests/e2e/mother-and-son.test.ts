import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { act, type Client, caseOf, clientOf } from '../product/client'
import { openBrowser, openPhone } from './browser'
import { lookAt } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy } from './scenes'
import { choose, photograph, press, sees, turnWheels, write } from './screen'

// A woman of eighty, whose son applies for her; she follows it on her own phone, in large letters or not.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const born = (name: string, birth: string) => bornBy(client)(name, 3, birth)

async function fillIn(
  page: Page,
  mother: { name: string; idNumber: string },
  look: (name: string) => Promise<void>,
) {
  await sees(page, '给谁办？')
  await look('form-who')
  await press(page, /^帮别人办/)
  await look('form-who-agent')
  await write(page, '姓名', mother.name)
  await write(page, '身份证号', mother.idNumber)
  await write(page, '手机号', '15400000003')
  await turnWheels(page, page, /^所在的村/, ['梅渚镇', '大梁村'])
  await look('form-who-filled')
  await press(page, '下一步')
  await write(page, '社保卡/银行卡号', '6299000043030583308')
  await look('form-card')
  await press(page, '下一步')
  await look('form-after-card')
  if (await page.getByText('代办人与老人关系').filter({ visible: true }).count()) {
    await turnWheels(page, page, /^代办人与老人关系/, ['子女'])
    await press(page, '下一步')
  }
  await look('form-papers')
  for (const paper of ['居民身份证', '居民户口簿', '社会保障卡（或本人银行卡）'])
    await photograph(page, page, paper)
  await look('form-papers-taken')
  await press(page, '下一步')
  await look('form-check')
  await choose(page, 'checkbox', /我保证/)
  await press(page, '提交申请')
}

test.each([{ elder: false }, { elder: true }])(
  'the son applies, the mother follows it to the end, large letters $elder',
  async ({ elder }) => {
    const son = await born(elder ? '苏大海' : '苏大江', '1975-02-11')
    const mother = await born(elder ? '林桂香' : '林桂花', '1946-11-10')
    const his = await openPhone(browser, { url, person: son.personId, elder })
    const hers = await openPhone(browser, { url, person: mother.personId, elder })
    const [his_, hers_] = [lookAt(his.page, 'played-son', elder), lookAt(hers.page, 'played-mother', elder)]
    await his.go('features/case/application/form?id=LX-005')
    await fillIn(his.page, mother, his_)
    await sees(his.page, /收到了/)
    await his_('receipt')
    const [filed] = (await mother.person.send<CaseList>('GET', '/api/cases')).body.items
    const id = filed?.id ?? ''
    await his.go(`features/case/timeline?id=${id}`)
    await his_('case-timeline')
    await his.go(`features/case/one-page?id=${id}`)
    await his_('one-page')
    await his.go(`features/case/timeline?id=${id}`)
    await press(his.page, /^告诉家里人/)
    await his_('sheet-family')
    for (const path of ['features/service-item/home', 'features/reminder/inbox', 'tabs/case/my-cases']) {
      await hers.go(path)
      await hers_(path.split('/').pop() ?? '')
    }
    await hers.go(`features/case/timeline?id=${id}`)
    await hers_('case-timeline')
    await press(hers.page, /^一页纸/)
    await sees(hers.page, '存成图片')
    await hers_('one-page')
    await hers.go(`features/case/timeline?id=${id}`)
    await press(hers.page, /^告诉家里人/)
    await hers_('sheet-family')
    // Nobody has shown a card yet: the window looks at it.
    const window = await client.as('zhao-min')
    const { version } = await caseOf(window, id)
    const shown = await window.send('POST', `/api/cases/${id}/identity-confirmation`, {
      body: { version, reason: '本人和身份证都在面前' },
    })
    expect(shown.status).toBe(200)
    for (const [staff, action, more] of [
      ['wang-lixin', 'verify', {}],
      ['zhao-min', 'accept', {}],
      ['sun-zhiyuan', 'grant', {}],
      ['zhao-min', 'conclude', {}],
      ['zhao-min', 'deliver', { method: 'electronic' }],
    ] as const)
      expect((await act(await client.as(staff), id, action, more)).status, action).toBe(200)
    for (const [phone, look] of [
      [hers, hers_],
      [his, his_],
    ] as const) {
      await phone.go('features/service-item/home')
      await look('home-done')
      await phone.go('features/reminder/inbox')
      await look('inbox-done')
      await phone.go(`features/case/timeline?id=${id}`)
      await look('case-timeline-done')
      await phone.go(`features/case/result?id=${id}`)
      await look('case-result')
      await phone.go(`features/case/documents?id=${id}`)
      await look('case-documents')
      await phone.go(`features/case/one-page?id=${id}`)
      await look('one-page-done')
    }
    await hers.go(`features/rating/rate?id=${id}`)
    await hers_('rating')
    await choose(hers.page, 'radio', /非常满意/)
    await hers_('rating-chosen')
    await press(hers.page, '提交评价')
    await hers_('rating-done')
    await hers.go('tabs/case/my-cases')
    await hers_('my-cases-rated')
    expect([...his.faults, ...hers.faults]).toEqual([])
    await his.close()
    await hers.close()
  },
)
