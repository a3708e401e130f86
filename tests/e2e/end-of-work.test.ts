import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { keepPicture, PHONE } from './browser'
import { openDoorHands } from './door-hands'
import { pageFaults } from './page-checks'
import { answer, choose, press, sees, write } from './screen'

// An administrator ends a colleague's work on the phone, and has them back after a slip.
const { openWork } = await openDoorHands()

/** Pixels between the first of the one kind and the first of the other. */
const gapBelow = (page: Page, above: string, below: string) =>
  page.evaluate(
    ([first = '', second = '']) => {
      const boxOf = (selector: string) =>
        [...document.querySelectorAll(selector)]
          .map((each) => each.getBoundingClientRect())
          .find(({ height }) => height > 0)
      return (boxOf(second)?.top ?? 0) - (boxOf(first)?.bottom ?? 0)
    },
    [above, below],
  )

test('ended for a reason, listed as ended, and back again', async () => {
  const phone = await openWork('he-jing', 'staff/account/invite', { size: PHONE })
  await press(phone.page, '有人走了，停用工作身份')
  await sees(phone.page, '停用谁？')
  await phone.page.getByRole('searchbox').filter({ visible: true }).fill('钱丽')
  await press(phone.page, /^钱丽/)
  await sees(phone.page, '停用钱丽的工作身份？')
  await keepPicture(phone.page, 'end-work')
  await press(phone.page, '停用')
  await sees(phone.page, '写两个字以上，本人会看到')
  await choose(phone.page, 'checkbox', '调走了')
  await write(phone.page, '为什么停', '调到别的县了')
  await press(phone.page, '停用')
  await sees(phone.page, /^钱丽马上不能再办岗位上的件/)
  expect(await gapBelow(phone.page, '.notice', '.search-box')).toBeGreaterThanOrEqual(8)
  await keepPicture(phone.page, 'end-work-done')
  await press(phone.page, /^钱丽.*停用了/)
  await answer(phone.page, '让回来')
  await sees(phone.page, '钱丽可以回来了，再邀请一次，本人点了才在岗。')
  await press(phone.page, '再邀请钱丽')
  await answer(phone.page, '邀请')
  await sees(phone.page, '邀请钱丽的链接好了')
  expect(phone.faults).toEqual([])
  await phone.close()
})

test.each([PHONE, { width: 320, height: 640 }])('in large letters: $width', async (size) => {
  const phone = await openWork('he-jing', 'staff/account/invite', { size, elder: true })
  await press(phone.page, '有人走了，停用工作身份')
  await sees(phone.page, '停用谁？')
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await keepPicture(phone.page, `end-work.elder.${size.width}`)
  await phone.page.getByRole('searchbox').filter({ visible: true }).fill('钱丽')
  await press(phone.page, /^钱丽/)
  await choose(phone.page, 'checkbox', '手机丢了')
  // What a press did is seen where it was pressed, however far below the field lies.
  const chosen = phone.page.getByRole('checkbox', { name: '手机丢了', checked: true })
  await chosen.waitFor()
  expect(await chosen.evaluate((each) => getComputedStyle(each).boxShadow)).not.toBe('none')
  await keepPicture(phone.page, `end-work-reason.elder.${size.width}`)
  expect(await pageFaults(phone.page, { elder: true })).toEqual([])
  await phone.close()
})
