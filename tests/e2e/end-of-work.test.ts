import { expect, test } from 'vitest'
import { keepPicture, PHONE } from './browser'
import { openDoorHands } from './door-hands'
import { answer, press, sees, write } from './screen'

// An administrator ends a colleague's work on the phone, and has them back after a slip.
const { openWork } = await openDoorHands()

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
  await press(phone.page, '调走了')
  await write(phone.page, '为什么停', '调到别的县了')
  await press(phone.page, '停用')
  await sees(phone.page, /^钱丽马上不能再办岗位上的件/)
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
  await phone.close()
})
