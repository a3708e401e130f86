import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { act, type Client, caseOf, clientOf } from '../product/client'
import { openBrowser, openPhone, untilShown } from './browser'
import { lookAt } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy } from './scenes'
import { choose, photograph, press, sees, stands, turnWheels, write } from './screen'

// A woman of 78: what she asks for is not yet hers, what is hers her son applies for, and she sees it through.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const born = (name: string, birth: string) => bornBy(client)(name, 3, birth)

test('asks for 老年钱, hears from when it is hers, and has her son apply for the card that is', async () => {
  const son = await born('林大江', '1973-03-12')
  const mother = await born('吴桂香', '1948-06-02')
  const his = await openPhone(browser, { url, person: son.personId })
  const hers = await openPhone(browser, { url, person: mother.personId, elder: true })
  const [his_, hers_] = [lookAt(his.page, 'woman-son', false), lookAt(hers.page, 'woman-mother', true)]

  await hers.go('features/service-item/search')
  await hers.page.getByRole('searchbox').filter({ visible: true }).fill('老年钱')
  await sees(hers.page, '高龄津贴')
  await hers_('search')
  await press(hers.page, /高龄津贴/)
  // On the first screen, before she begins in vain.
  await stands(hers.page, /现在 78 岁，2028年6月2日 满 80 岁/)
  await hers_('guide-too-young')

  await his.go('features/case/application/form?id=LX-006')
  await sees(his.page, '给谁办？')
  await press(his.page, /^帮别人办/)
  await write(his.page, '姓名', mother.name)
  await write(his.page, '身份证号', mother.idNumber)
  await write(his.page, '手机号', '15400000078')
  await turnWheels(his.page, his.page, /^所在的村/, ['梅渚镇', '大梁村'])
  await his_('form-who')
  await press(his.page, '下一步')
  // Her photograph is asked for once, among the papers.
  await photograph(his.page, his.page, '居民身份证')
  await photograph(his.page, his.page, '本人一寸照片')
  await his_('form-papers')
  await press(his.page, '下一步')
  await his_('form-check')
  await choose(his.page, 'checkbox', /我保证/)
  await press(his.page, '提交申请')
  await sees(his.page, /收到了/)
  await his_('receipt')

  const [filed] = (await mother.person.send<CaseList>('GET', '/api/cases')).body.items
  const id = filed?.id ?? ''
  const agent = await client.as('wang-lixin')
  const asked = await act(agent, id, 'request-correction', {
    reason: '照片要白底的',
    items: [{ kind: 'material', name: '居民身份证', reason: '字看不清，光线亮一点再拍' }],
  })
  expect(asked.status, JSON.stringify(asked.body)).toBe(200)
  await hers.go('features/service-item/home')
  await sees(hers.page, /补/)
  await hers_('home-correction')
  await hers.go(`features/case/timeline?id=${id}`)
  await hers_('timeline-correction')
  await his.go(`features/case/correction?id=${id}`)
  await sees(his.page, '字看不清，光线亮一点再拍')
  await photograph(his.page, his.page, '居民身份证')
  await his_('correction')
  await press(his.page, /^补好了，交上去/)
  await sees(his.page, '交上去了')
  // Her son is known, she is not yet: the agent who knows her looks at her card.
  const { version } = await caseOf(agent, id)
  const shown = await agent.send('POST', `/api/cases/${id}/identity-confirmation`, {
    body: { version, reason: '本人和身份证都在面前' },
  })
  expect(shown.status, JSON.stringify(shown.body)).toBe(200)
  for (const [action, more] of [
    ['accept', {}],
    ['grant', {}],
    ['conclude', {}],
    ['deliver', { method: 'electronic' }],
  ] as const)
    expect((await act(agent, id, action, more)).status, action).toBe(200)

  await hers.go('features/service-item/home')
  await hers_('home-done')
  await hers.go(`features/case/result?id=${id}`)
  await sees(hers.page, /办好了|批准了/)
  await hers_('result')
  await hers.go(`features/case/one-page?id=${id}`)
  await hers_('one-page')
  await hers.go(`features/rating/rate?id=${id}`)
  await choose(hers.page, 'radio', /非常满意/)
  await press(hers.page, '提交评价')
  await untilShown(hers.page)
  await hers_('rated')
  const [rated] = (await mother.person.send<CaseList>('GET', '/api/cases')).body.items
  expect(rated).toMatchObject({ id, rated: true })
  expect([...his.faults, ...hers.faults]).toEqual([])
  await his.close()
  await hers.close()
})
