import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ALLOWANCE, fileAllowance } from '../product/allowance'
import { act, type Client, clientOf, newcomer } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { DALIANG } from './scenes'
import { press, sees } from './screen'

// What is one's own of a case opens: documents, photos, the whole case on one page, a sentence for the family.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

async function decided(
  name: string,
  ...acts: readonly (readonly [string, Parameters<typeof act>[2], Record<string, unknown>?])[]
) {
  const born = await newcomer(client, { name, birth: '1944-03-05', villageCode: DALIANG, level: 3 })
  const { id } = await fileAllowance(born.person, name, born.idNumber)
  for (const [staff, action, more] of acts) {
    expect((await act(await client.as(staff), id, action, more)).status).toBe(200)
  }
  return { ...born, id }
}

const SIZES = [
  ['', { width: 390, height: 844 }, false],
  ['-elder', { width: 390, height: 844 }, true],
] as const

test.each(SIZES)('documents and photos open from the case%s', async (suffix, size, elder) => {
  const { personId, id } = await decided(
    `吴云${elder ? '飞' : '开'}`,
    ['wang-lixin', 'verify'],
    ['zhao-min', 'accept'],
    ['sun-zhiyuan', 'grant'],
    ['zhao-min', 'conclude'],
  )
  const { page, go, close } = await openPhone(browser, { url, person: personId, size, elder })
  await go(`features/case/result?id=${id}`)
  await sees(page, '每月 50 元')
  await sees(page, /^尾号 \d{4} 的卡$/)
  await sees(page, '要一份纸的')
  await untilShown(page)
  await keepPicture(page, `own-result${suffix}`)
  await press(page, /^材料和文书/)
  await sees(page, '受理通知书')
  await untilShown(page)
  await keepPicture(page, `own-documents${suffix}`)
  expect(await pageFaults(page)).toEqual([])
  await page.getByRole('button', { name: '打开居民户口簿' }).click()
  await page.locator('.taro-preview-image, .taro__preview-image, [class*="preview"] img').first().waitFor()
  await page.keyboard.press('Escape')
  await go(`features/case/documents?id=${id}`)
  await press(page, /^受理通知书/)
  await sees(page, /申请材料齐全，符合法定形式/)
  await sees(page, '就是说')
  await untilShown(page)
  await keepPicture(page, `own-document${suffix}`)
  expect(await pageFaults(page)).toEqual([])
  await close()
})

const sheetsOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0

test.each(SIZES)('the whole case stands on one page, and on paper%s', async (suffix, size, elder) => {
  const { personId, id, idNumber } = await decided(
    `吴雨${elder ? '飞' : '开'}`,
    ['wang-lixin', 'verify'],
    ['zhao-min', 'accept'],
  )
  const { page, go, close } = await openPhone(browser, { url, person: personId, size, elder })
  await go(`features/case/timeline?id=${id}`)
  await press(page, /^一页纸/)
  await sees(page, '有事找谁')
  await sees(page, '走到这里')
  await untilShown(page)
  await keepPicture(page, `own-one-page${suffix}`)
  expect(await pageFaults(page)).toEqual([])
  const words = (await page.locator('.one-page').textContent()) ?? ''
  for (const secret of [idNumber, ALLOWANCE.card]) expect(words).not.toContain(secret)
  await page.emulateMedia({ media: 'print' })
  await keepPicture(page, `own-one-page-print${suffix}`)
  expect(await page.getByText('存成图片').isVisible()).toBe(false)
  // A long history goes on behind the first sheet.
  await page
    .locator('.one-page__row')
    .last()
    .evaluate((row) => {
      for (let each = 0; each < 30; each += 1) row.after(row.cloneNode(true))
    })
  expect(sheetsOf(await page.pdf({ format: 'A4' }))).toBeGreaterThan(2)
  await page.emulateMedia({ media: 'screen' })
  await go(`features/case/timeline?id=${id}`)
  await press(page, /^告诉家里人/)
  await sees(page, /^高龄津贴：.+最晚 12月\d+日 办好，现在不用跑。$/)
  await untilShown(page)
  await keepPicture(page, `own-family${suffix}`)
  await close()
})
