import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { keepPicture, leave, PHONE, untilShown } from './browser'
import { openDoorHands, seesCode } from './door-hands'
import { pageFaults } from './page-checks'
import { SHORT_ITEM } from './people'
import { agreeToEntry, choose, fieldOf, photograph, press, sees, turnWheels, write } from './screen'

// 代录: somebody stands at the counter, agrees, and it is typed for them.
const { client, born, openWork, letIn } = await openDoorHands()

const sound = async (page: Page, options: Parameters<typeof pageFaults>[1] = {}) =>
  expect(await pageFaults(page, options)).toEqual([])

async function fillIn(page: Page, { name, idNumber }: { name: string; idNumber: string }) {
  await write(page, '姓名', name)
  await write(page, '身份证号', idNumber)
  await write(page, '手机号', '15400000003')
  await turnWheels(page, page, /^所在的村/, ['梅渚镇', '大梁村'])
  await press(page, '下一步')
  await turnWheels(page, page, /^失业原因/, ['企业关停'])
  await turnWheels(page, page, /^失业日期/, [])
  await press(page, '下一步')
  await photograph(page, page, '居民身份证')
  await press(page, '下一步')
}

test('at the desk by keys: the item is found, it is filed once however often it is pressed, and stands in the list of whom it is for', async () => {
  const { name, idNumber, personId } = await born('何代录', 0)
  const desk = await openWork('zhao-min', 'staff/case/queue')
  const { page } = desk
  const filings: unknown[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/work/applications'))
      filings.push(request.postDataJSON())
  })
  await page.keyboard.press('e')
  await sees(page, '他来办什么？')
  await untilShown(page)
  await keepPicture(page, 'staff-entry-1280')
  await sound(page, { desktop: true })
  await page.keyboard.press('/')
  await page.waitForFunction(() => document.activeElement?.tagName === 'INPUT')
  await page.keyboard.type('失业')
  await page.getByText(SHORT_ITEM.plainName).filter({ visible: true }).first().waitFor()
  await page.keyboard.press('Enter')
  await sees(page, '谁来的')
  await agreeToEntry(page)
  await keepPicture(page, 'staff-entry-agreed-1280')
  await sound(page, { desktop: true })
  await press(page, '下一步')
  await fillIn(page, { name, idNumber })
  await choose(page, 'checkbox', /念过了/)
  await page
    .getByRole('button', { name: '提交申请' })
    .filter({ visible: true })
    .evaluate((button: HTMLElement) => {
      for (let times = 0; times < 3; times += 1) button.click()
    })
  await sees(page, /交上去了$/)
  await keepPicture(page, 'staff-entered-1280')
  await sound(page, { desktop: true })
  expect(filings).toMatchObject([{ consent: { how: 'spoken' }, visitReason: '没有智能手机' }])
  await press(page, /^给他回执/)
  await sees(page, '赵敏填的，本人口头同意代录')
  await untilShown(page)
  await keepPicture(page, 'case-receipt-1280')
  await sound(page, { desktop: true })
  await choose(page, 'radio', /^58 毫米小票/)
  const printed = page.waitForResponse((answer) => answer.url().endsWith('/receipt/58'))
  await press(page, '打印')
  expect((await printed).headers()['content-type']).toBe('application/pdf')
  await leave(page)
  await press(page, /^再替人填一件/)
  await sees(page, '他来办什么？')
  expect(await page.getByText('没填完的').filter({ visible: true }).count()).toBe(0)
  expect(desk.faults).toEqual([])
  await desk.close()

  const person = await client.as(personId)
  await person.send('POST', '/api/account/identity', { body: { name, idNumber } })
  const { body } = await client.door<{ code: string }>('POST', 'login-codes', {
    person: personId,
    purpose: 'real-name',
  })
  await person.send('POST', '/api/account/identity-confirmation', { body: { code: body.code } })
  expect((await person.send<CaseList>('GET', '/api/cases')).body.items).toHaveLength(1)
})

test.each([
  { size: PHONE, elder: false },
  { size: { width: 320, height: 844 }, elder: true },
])(
  'a village agent finds the item and asks first, $size.width wide, elder $elder',
  async ({ size, elder }) => {
    const phone = await openWork('wang-lixin', 'staff/case/queue', { size, elder })
    const { page } = phone
    await press(page, /^替来的人填/)
    await sees(page, '他来办什么？')
    await untilShown(page)
    await keepPicture(page, `staff-entry-${size.width}`)
    await sound(page, { elder })
    await page.getByRole('searchbox', { name: '写要办的事' }).filter({ visible: true }).fill('火星移民')
    await sees(page, '没找到这件事')
    await page.getByRole('searchbox', { name: '写要办的事' }).filter({ visible: true }).fill('失业')
    await press(page, /^失业登记/)
    await sees(page, '谁来的')
    await choose(page, 'radio', '本人在这里')
    await press(page, '下一步')
    await sees(page, '先问他同不同意')
    await keepPicture(page, `staff-entry-unagreed-${size.width}`)
    await sound(page, { elder })
    await agreeToEntry(page)
    await keepPicture(page, `staff-entry-agreed-${size.width}`)
    await sound(page, { elder })
    await press(page, '下一步')
    await sees(page, '替人办，有三样不同')
    await phone.close()
  },
)

test('who types for nobody is told so, with or without a network', async () => {
  const phone = await openWork('sun-zhiyuan', 'staff/case/entry', { size: PHONE })
  await sees(phone.page, '你的岗位不代录')
  await sound(phone.page)
  await phone.close()
})

test('without a network what is typed stands, and goes out once it is back', async () => {
  const { name, idNumber } = await born('何没网', 0)
  const phone = await openWork('wang-lixin', `features/case/application/form?id=${SHORT_ITEM.id}&who=entry`, {
    size: PHONE,
  })
  const { page } = phone
  await agreeToEntry(page)
  await press(page, '下一步')
  await fillIn(page, { name, idNumber })
  await choose(page, 'checkbox', /念过了/)
  await page.context().setOffline(true)
  await press(page, '提交申请')
  await sees(page, /你填的都还在/)
  await page.context().setOffline(false)
  await press(page, '提交申请')
  await sees(page, /交上去了$/)
  await phone.close()
})

test('at a desk what is half typed for somebody ends with the session, for whoever comes in next', async () => {
  const desk = await letIn('zhao-min')
  const { page } = desk
  await desk.open(`features/case/application/form?id=${SHORT_ITEM.id}&who=entry`)
  await agreeToEntry(page)
  await press(page, '下一步')
  await write(page, '姓名', '何半截')
  await page.waitForFunction(() => JSON.stringify({ ...localStorage }).includes('何半截'))
  expect(await fieldOf(page, '姓名').inputValue()).toBe('何半截')
  await desk.open('staff/case/queue')
  await page.keyboard.press('l')
  await press(page, '换个人，重新扫码')
  await seesCode(page)
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }).includes('何半截'))).toBe(false)
  await desk.close()
})
