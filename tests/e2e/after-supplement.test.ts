import { expect, test } from 'vitest'
import { caseOf } from '../product/client'
import { keepPicture, PHONE } from './browser'
import { DESK, dialogOf, openDeskHands } from './desk-hands'
import { pageFaults } from './page-checks'
import { STAFF } from './scenes'
import { choose, fieldOf, press, sees, UNTIL_READ } from './screen'

// After an answer to a notice: what was there beside what came, and no acceptance over what nobody has judged.
const { client, supplemented, openWork } = await openDeskHands({ birth: '1943-05-20' })

const ANOTHER_CARD = '6228480402564890018'

test.each([
  { size: DESK, elder: false },
  { size: { width: 1024, height: 768 }, elder: false },
  { size: DESK, elder: true },
  { size: PHONE, elder: false },
  { size: PHONE, elder: true },
])('the photo as it was stands beside the new one: $size.width, large letters $elder', async (options) => {
  const { size, elder } = options
  const id = await supplemented(`吴旧新${size.width}${elder ? '大' : '小'}`.replace(/\d/g, ''), ANOTHER_CARD)
  const { page, faults, close } = await openWork(STAFF.window, `staff/case/case?id=${id}`, options)
  await sees(page, '补来了，对一对这 2 样')
  await sees(page, /要的，最晚 .*补；.* 交齐$/)
  await sees(page, /^日子从补来那天重新算：最晚受理 .*（原来 .*），最晚办好 .*（原来 .*）。$/)
  await sees(page, /^原来填的：\*\*\*\* \d{4}$/)
  const [was, is] = ['原来的', ''].map((which) =>
    page
      .getByRole('button', { name: new RegExp(`^看居民户口簿${which ? '，原来的' : ''}，第 1 张$`) })
      .filter({ visible: true })
      .first(),
  )
  await was?.locator('img').first().waitFor()
  await is?.locator('img').first().waitFor()
  await keepPicture(page, `after-supplement-${size.width}${elder ? '.elder' : ''}`)
  const desktop = size.width > 1000
  expect(await pageFaults(page, { desktop, elder })).toEqual([])
  if (size === DESK && !elder) {
    await was?.click()
    await sees(dialogOf(page), '居民户口簿，原来的')
    await page.waitForTimeout(UNTIL_READ)
    await page.keyboard.press('ArrowRight')
    await sees(dialogOf(page), '上次要的：户口簿照片模糊，放平了再拍一张')
    await keepPicture(page, 'after-supplement-viewer.desk')
    await page.keyboard.press('Escape')
  }
  expect(faults).toEqual([])
  await close()
})

test('what is as it was holds 受理 back until somebody says that it is enough; what is not enough is a reason', async () => {
  const id = await supplemented('吴没换')
  const { page, faults, close } = await openWork(STAFF.window, `staff/case/case?id=${id}`)
  await sees(page, /交来$/)
  await page.keyboard.press('r')
  await sees(dialogOf(page), '还没补好：社保卡/银行卡号')
  await keepPicture(page, 'accept-held-back.desk')
  await page.keyboard.press('Control+Enter')
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('Control+Enter')
  await page.waitForTimeout(UNTIL_READ)
  expect((await caseOf(await client.as(STAFF.window), id)).status).toBe('submitted')
  await page.keyboard.press('Escape')
  await choose(page, 'radio', '社保卡/银行卡号，还不行')
  await page.keyboard.press('f')
  await choose(dialogOf(page), 'checkbox', '要补的“社保卡/银行卡号”没有补好')
  expect(await fieldOf(dialogOf(page), '理由').inputValue()).toBe('要补的“社保卡/银行卡号”没有补好')
  await page.keyboard.press('Escape')
  await dialogOf(page).waitFor({ state: 'hidden' })
  await choose(page, 'radio', '社保卡/银行卡号，够了')
  // What was judged stays, whoever opens it again.
  await page.reload()
  await page
    .getByRole('radio', { name: '社保卡/银行卡号，够了', checked: true })
    .filter({ visible: true })
    .waitFor()
  await page.keyboard.press('r')
  await press(dialogOf(page), '受理')
  await sees(page, /：受理了/)
  expect((await caseOf(await client.as(STAFF.window), id)).status).toBe('accepted')
  expect(faults).toEqual([])
  await close()
})
