import { Secret, TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { keepPicture, PHONE } from './browser'
import { openDoorHands } from './door-hands'
import { answer, press, sees, write } from './screen'

// An administrator's authenticator: enrolled on the phone, asked for at a desk before somebody is given work.
const { client, pass, openWork, letIn } = await openDoorHands()

async function codeOf(secret: string) {
  // Each code counts once: the next is of the next half minute.
  await pass(31)
  const { body } = await client.door<{ now: string }>('GET', 'clock')
  return new TOTP({ algorithm: 'SHA1', digits: 6, period: 30, secret: Secret.fromBase32(secret) }).generate({
    timestamp: Date.parse(body.now),
  })
}

test('enrolled on the phone, asked for by a desk, and dropped again', async () => {
  const phone = await openWork('he-jing', 'tabs/account/me', { size: PHONE })
  await press(phone.page, /^二次验证/)
  await sees(phone.page, '还没有绑验证器')
  await keepPicture(phone.page, 'second-factor-none')
  await press(phone.page, '开始绑')
  const words = phone.page.getByText(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  await words.waitFor()
  const secret = ((await words.textContent()) ?? '').replace(/ /g, '')
  await keepPicture(phone.page, 'second-factor-secret')
  await write(phone.page, '验证器上的 6 位数', '12')
  await press(phone.page, '绑好')
  await sees(phone.page, '6 位数字，现在 2 位')
  await write(phone.page, '验证器上的 6 位数', '000000')
  await press(phone.page, '绑好')
  await sees(phone.page, '验证器上的数不对，或者已经用过，等下一个')
  await write(phone.page, '验证器上的 6 位数', await codeOf(secret))
  await press(phone.page, '绑好')
  await sees(phone.page, '验证器绑好了')
  await keepPicture(phone.page, 'second-factor-enrolled')

  const desk = await letIn('he-jing')
  const { page } = desk
  await desk.open('tabs/account/me')
  await press(page, /^邀请同事/)
  await sees(page, '邀请谁？')
  await keepPicture(page, 'invite-desk')
  await write(page, '名字或单位', '钱丽').catch(() => page.getByRole('searchbox').fill('钱丽'))
  await press(page, /钱丽/)
  await answer(page, '邀请')
  await sees(page, '先输验证器上的数')
  await keepPicture(page, 'invite-factor')
  await write(page, '验证器上的 6 位数', await codeOf(secret))
  await press(page, '接着办')
  await sees(page, '邀请钱丽的链接好了')
  await sees(page, /\/sandbox\/links\//)
  await keepPicture(page, 'invite-done')
  await press(page, '再邀一个')
  await sees(page, '邀请谁？')
  // For ten minutes nobody is asked again.
  await page.getByRole('searchbox').filter({ visible: true }).fill('王立新')
  await press(page, /王立新/)
  await answer(page, '邀请')
  await sees(page, '邀请王立新的链接好了')

  await write(phone.page, '验证器上的 6 位数', await codeOf(secret))
  await press(phone.page, '解绑')
  await sees(phone.page, '还没有绑验证器')
  expect([desk.faults, phone.faults]).toEqual([[], []])
  await Promise.all([desk.close(), phone.close()])
})

test.each([PHONE, { width: 320, height: 640 }])('in large letters: $width', async (size) => {
  for (const path of ['staff/account/second-factor', 'staff/account/invite', 'staff/account/let-in']) {
    const phone = await openWork('he-jing', path, { size, elder: true })
    if (path.endsWith('factor')) {
      await press(phone.page, '开始绑')
      await sees(phone.page, '加到验证器里')
    }
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    await keepPicture(phone.page, `${path.split('/').at(-1)}.elder.${size.width}`)
    expect(phone.faults).toEqual([])
    await phone.close()
  }
})
