import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { act } from '../product/client'
import { keepPicture, PHONE, untilShown } from './browser'
import { dialogOf, OPINION, openDeskHands } from './desk-hands'
import { pageFaults } from './page-checks'
import { file, STAFF } from './scenes'
import { fieldOf, press, sees } from './screen'

// What lies before whoever judges: photos beside what they prove, the answer beside what was asked, the history beside the paper.
const { client, born, filed, supplemented, openWork } = await openDeskHands({ birth: '1943-05-20' })
const answered = (name: string) => supplemented(name, '6228480402564890018')
const DESKS = [
  { width: 1280, height: 720 },
  { width: 1280, height: 800 },
  { width: 1440, height: 900 },
]
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
const boxOf = async (page: Page, selector: string) => {
  const box = await page.locator(selector).filter({ visible: true }).first().boundingBox()
  if (!box) throw new Error(`no ${selector}`)
  return box
}

test.each(DESKS)(
  'photos at $width x $height: whole, enlarged, turned, one after the other, beside what they prove',
  async (size) => {
    const id = await answered(`吴${size.width === 1440 ? '大' : size.height === 800 ? '中' : '小'}英`)
    const desk = await openWork(STAFF.window, `staff/case/case?id=${id}`, { size })
    const { page } = desk
    const viewer = dialogOf(page)
    // A key before the papers are there is for nothing.
    await sees(page, '材料 5 份')
    await page.keyboard.press('2')
    await viewer.waitFor()
    await sees(viewer, '居民户口簿')
    await page.locator('.viewer__picture img').waitFor()
    await page.waitForTimeout(400)
    await keepPicture(page, `viewer-${size.width}x${size.height}`)
    for (const name of ['看完了，下一份', '关上', '放大', '整张', '转一下']) {
      const box = await viewer.getByRole('button', { name }).first().boundingBox()
      expect(
        box && box.y >= 0 && box.y + box.height <= size.height && box.x + box.width <= size.width,
        name,
      ).toBe(true)
    }
    const whole = await boxOf(page, '.viewer__picture img')
    expect(whole.height).toBeGreaterThan(size.height / 2)
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    expect((await boxOf(page, '.viewer__picture img')).width).toBeCloseTo(whole.width * 2, 0)
    await page.keyboard.press('s')
    expect((await boxOf(page, '.viewer__picture img')).width).toBeCloseTo(whole.width * 2, 0)
    await page.keyboard.press('0')
    expect((await boxOf(page, '.viewer__picture img')).width).toBeCloseTo(whole.width, 0)
    await page.mouse.move(whole.x + 200, whole.y + 200)
    await page.mouse.wheel(0, -100)
    await expect
      .poll(async () => (await boxOf(page, '.viewer__picture img')).width)
      .toBeGreaterThan(whole.width)
    // What came is marked, and what was asked stands beside it.
    await sees(viewer, '新')
    await sees(viewer, '上次要的：户口簿照片模糊，放平了再拍一张')
    await sees(viewer, '这份要证明 3 项')
    await sees(viewer, '身份证号')
    expect(await viewer.getByText(/核发/).count()).toBe(0)
    await page.keyboard.press('ArrowRight')
    await sees(viewer, '社保卡/银行卡号')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await sees(viewer, /^第 1 份/)
    await page.keyboard.press('3')
    await sees(viewer, /^第 3 份/)
    // No key of the page behind acts.
    for (const key of ['r', 'f', 'b', 't', 'd', 'j']) await page.keyboard.press(key)
    expect(await viewer.count()).toBe(1)
    expect(await pageFaults(page, { desktop: true })).toEqual([])
    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'hidden' })
    expect(page.url()).toContain('staff/case/case')
    expect(desk.faults).toEqual([])
    await desk.close()
  },
)

test('an upload that nobody has checked wears no tick and no issuer', async () => {
  const id = await filed('吴无英', 'LX-005', [['village', 'verify']])
  const desk = await openWork(STAFF.window, `staff/case/case?id=${id}`)
  const row = desk.page.getByRole('listitem').filter({ hasText: '居民身份证', visible: true })
  await row.waitFor()
  expect(await row.textContent()).toContain('没有哪个部门核过')
  expect(await row.textContent()).not.toContain('核发')
  expect(await row.locator('.paper__mark--free').count()).toBe(0)
  await desk.close()
})

test('wheels keep to the middle of a desk, and large letters keep the desk', async () => {
  const name = '吴宽英'
  const id = await filed(name, 'LX-036')
  const desk = await openWork(STAFF.window, `staff/case/case?id=${id}`)
  await desk.page.keyboard.press('t')
  await press(dialogOf(desk.page), /^转给哪里/)
  await desk.page.getByRole('spinbutton').filter({ visible: true }).first().waitFor()
  await desk.page.waitForTimeout(500)
  await keepPicture(desk.page, 'wheel.desk')
  expect((await boxOf(desk.page, '.weui-picker')).width).toBeLessThan(600)
  await desk.close()
  const elder = await openWork(STAFF.window, 'staff/case/queue', { elder: true })
  await elder.page.locator('.root.desk.elder').filter({ visible: true }).waitFor()
  await sees(elder.page, '申请内容')
  await keepPicture(elder.page, 'staff-queue.desk.elder')
  expect(await pageFaults(elder.page, { desktop: true, elder: true })).toEqual([])
  await elder.close()
})

test('after an answer: what was asked, what came, when; who decides reads history and opinions beside the paper', async () => {
  const id = await answered('吴又英')
  for (const options of [{}, { size: PHONE }, { size: PHONE, elder: true }]) {
    const at = await openWork(STAFF.window, `staff/case/case?id=${id}`, options)
    await sees(at.page, '补来了，对一对这 2 样')
    await sees(at.page, '要的：卡号和社保卡上的不一样')
    await sees(at.page, /交齐$/)
    await sees(at.page, '新')
    await keepPicture(
      at.page,
      `staff-supplement${options.elder ? '.elder' : ''}${options.size ? '' : '.desk'}`,
    )
    expect(await pageFaults(at.page, { desktop: !options.size, elder: options.elder === true })).toEqual([])
    await at.close()
  }
  await act(await client.as(STAFF.window), id, 'accept')
  const path = `staff/case/decision?id=${id}&action=grant`
  for (const size of DESKS) {
    const desk = await openWork(STAFF.reviewer, path, { size })
    await sees(desk.page, '文书预览')
    await sees(desk.page, '经过')
    const opinion = desk.page.getByText(OPINION, { exact: true }).filter({ visible: true }).first()
    const [said, paper] = [await opinion.boundingBox(), await boxOf(desk.page, '.paper-doc')]
    expect(said && said.x + said.width <= paper.x).toBe(true)
    await keepPicture(desk.page, `staff-decision-${size.width}x${size.height}`)
    expect(await pageFaults(desk.page, { desktop: true })).toEqual([])
    await desk.close()
  }
  const phone = await openWork(STAFF.reviewer, path, { size: PHONE })
  await sees(phone.page, '审核意见和现场')
  await sees(phone.page, OPINION)
  await phone.close()
})

test('a paper that is no photo opens by the mouse', async () => {
  const applicant = await born('周明珠', 3)
  const upload = () => applicant.person.upload(PDF, 'application/pdf', '扫描.pdf')
  const id = await file(client, { ...applicant, person: { ...applicant.person, upload } }, 'LX-036')
  const { page, close } = await openWork(STAFF.window, `staff/case/case?id=${id}`)
  await sees(page, /^材料 \d 份/)
  await page.keyboard.press('1')
  await sees(dialogOf(page), '这份是文件，不是照片。')
  const opened = page.waitForEvent('popup')
  await press(dialogOf(page), '打开文件')
  await opened
  await close()
})

test('who is not confirmed at the deciding step is checked face to face, by button and by key', async () => {
  const id = await file(client, await born('周明兰', 2), 'LX-036')
  await act(await client.as(STAFF.window), id, 'accept')
  const phone = await openWork(STAFF.window, 'staff/case/queue', { size: PHONE })
  await press(phone.page, /^去核身份，小吃摊备案.*周\*兰/)
  await untilShown(phone.page)
  const filled = phone.page.locator('.action-bar .button--primary').filter({ visible: true })
  await expect.poll(() => filled.textContent()).toBe('当面核身份')
  await phone.close()
  const desk = await openWork(STAFF.window, `staff/case/case?id=${id}`)
  const bar = desk.page.locator('.case__acts').filter({ visible: true })
  expect(await bar.locator('.button--primary').textContent()).toContain('当面核身份')
  await desk.page.keyboard.press('i')
  await sees(dialogOf(desk.page), '核过了')
  await desk.page.keyboard.press('Escape')
  await press(desk.page, '不予')
  const reason = fieldOf(desk.page, '不予的理由')
  await expect.poll(() => reason.evaluate((field) => field === document.activeElement)).toBe(true)
  // Letters are the reason's until it is left.
  await desk.page.keyboard.press('Escape')
  await desk.page.keyboard.press('i')
  await sees(dialogOf(desk.page), '核过了')
  expect(desk.faults).toEqual([])
  await desk.close()
})

test.each([
  ['he-jing', '管理员'],
  ['chen-zhiyuan', '总联络员'],
])('%s, who has no work of their own, is not told that all is done', async (person, role) => {
  const desk = await openWork(person, 'staff/case/queue')
  await sees(desk.page, '这里没有归你办的件')
  await sees(desk.page, new RegExp(`你的岗位是.*${role}`))
  expect(await desk.page.getByText('都办完了').filter({ visible: true }).count()).toBe(0)
  await desk.close()
})
