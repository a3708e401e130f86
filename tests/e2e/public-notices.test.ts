import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, file } from './scenes'
import { fieldOf, press, sees, write } from './screen'

// Who passes reads what hangs in the village, without a log-in, on a phone and in large letters.
const url = await openServerOfFile()
const client = clientOf(url)
const born = bornBy(client)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

test.each([
  ['phone', { width: 390, height: 844 }, false],
  ['elder', { width: 320, height: 700 }, true],
] as const)('anybody finds what is publicised and how to object: %s', async (name, size, elder) => {
  const { person, idNumber } = await born('房看墙', 3)
  const id = await file(client, { person, name: '房看墙', idNumber }, 'LX-025')
  for (const action of ['verify', 'publish-notice'] as const)
    expect((await act(await client.as('wang-lixin'), id, action)).status).toBe(200)
  const { page, go, close } = await openPhone(browser, { url, size, elder })
  await go('features/notice/notices')
  await untilShown(page)
  await sees(page, '梅渚镇 大梁村')
  await keepPicture(page, `notices.${name}`)
  expect(await pageFaults(page, { elder })).toEqual([])
  await press(page, /农村宅基地批准/)
  await sees(page, '不同意，怎么提')
  await keepPicture(page, `notice.${name}`)
  expect(await pageFaults(page, { elder })).toEqual([])
  expect(await page.getByText('房看墙').count()).toBe(0)

  await press(page, '交上去')
  await sees(page, '写明哪里不对，至少 5 个字')
  await write(page, '哪里不对', `晒谷场不能盖房（${name}）`)
  await write(page, '你的电话', '1390000')
  await press(page, '交上去')
  await sees(page, '电话写全：11 位手机号，或者带区号的座机')
  expect(await pageFaults(page, { elder })).toEqual([])
  await page.reload()
  await untilShown(page)
  await expect.poll(() => fieldOf(page, '哪里不对').inputValue()).toContain('晒谷场')
  await write(page, '你的电话', '13900001234')
  await press(page, '交上去')
  await sees(page, '收到了')
  await sees(page, /有了结果，打你留的电话告诉你/)
  await keepPicture(page, `notice.objected.${name}`)
  expect(await pageFaults(page, { elder })).toEqual([])
  await close()

  const agent = await openPhone(browser, { url, person: 'wang-lixin', size, elder })
  await agent.go('staff/case/queue')
  await untilShown(agent.page)
  await press(agent.page, /^网上提的异议/)
  await sees(agent.page, `晒谷场不能盖房（${name}）`)
  await keepPicture(agent.page, `queue.objections.${name}`)
  expect(await pageFaults(agent.page, { elder })).toEqual([])
  await press(agent.page, '登记成异议')
  await press(agent.page, '确定登记')
  await sees(agent.page, /已经登记。重新核实出了结果，再打电话告诉提的人/)
  await press(agent.page, '看这件')
  await untilShown(agent.page)
  await sees(agent.page, /晒谷场不能盖房/)
  expect(agent.faults).toEqual([])
  await agent.close()
})
