import { expect, test } from 'vitest'
import { keepPicture, leave, PHONE } from './browser'
import { DESK, openDeskHands } from './desk-hands'
import { press, sees, UNTIL_READ } from './screen'

// The words that a unit offers: written by whoever heads it, picked by whoever works there.
const { filed, openWork } = await openDeskHands({ birth: '1943-05-20' })
const PAGE = 'staff/case/replies'
const NARROW = { width: 320, height: 640 }
const WORDS = '没满 80 周岁，满了那个月再来办'

const fits = (page: { evaluate: (of: () => boolean) => Promise<boolean> }) =>
  page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)

test('a unit without its own reads what every unit has, and a clerk changes nothing', async () => {
  for (const [size, elder] of [
    [NARROW, false],
    [NARROW, true],
    [DESK, false],
  ] as const) {
    const clerk = await openWork('zhao-min', PAGE, { size, elder })
    await sees(clerk.page, '县里通用的')
    await sees(clerk.page, '缺这一份')
    expect(await clerk.page.getByRole('button', { name: '加一句' }).count()).toBe(0)
    expect(await fits(clerk.page)).toBe(true)
    if (elder) await clerk.page.setViewportSize({ width: NARROW.width, height: 1900 })
    await keepPicture(clerk.page, `replies-clerk-${size.width}${elder ? '-elder' : ''}`)
    expect(clerk.faults).toEqual([])
    await clerk.close()
  }
})

test('whoever heads it adds, orders, removes and takes back; whoever works there picks', async () => {
  const head = await openWork('wu-deming', PAGE, { size: PHONE })
  const { page } = head
  await page.getByRole('tab', { name: '不予受理' }).click()
  await press(page, '用这几句改成自己的')
  await page.getByRole('button', { name: '删：不符合受理条件' }).waitFor()
  await press(page, '加一句')
  await press(page, '存好')
  await sees(page, '写一句，至少 2 个字')
  await page.getByRole('textbox', { name: '怎么写' }).fill('打 15405638263 问')
  await sees(page, /^证件、手机、银行卡、办件的号码不能写进来/)
  await keepPicture(page, 'replies-editor')
  await page.getByRole('textbox', { name: '怎么写' }).fill(WORDS)
  // A look at another list takes nothing from what is half typed.
  await page.getByRole('tab', { name: '补材料' }).click()
  await sees(page, '缺这一份')
  await page.getByRole('tab', { name: '不予受理' }).click()
  await page.getByText('加一句').first().waitFor()
  expect(await page.getByRole('textbox', { name: '怎么写' }).inputValue()).toBe(WORDS)
  // Nor does a page that is left and opened again.
  await leave(page, () => press(page, '返回'))
  await leave(page, () => press(page, '办事用语'))
  await page.getByRole('tab', { name: '不予受理' }).click()
  expect(await page.getByRole('textbox', { name: '怎么写' }).inputValue()).toBe(WORDS)
  await press(page, /^用在/)
  await page.getByRole('searchbox', { name: '找事项' }).fill('高龄')
  await press(page, '高龄津贴')
  // An answer that comes late takes nothing from what is typed in another list meanwhile.
  const held: { answer?: (value: unknown) => void } = {}
  const answered = new Promise((resolve) => {
    held.answer = resolve
  })
  await page.route('**/api/work/replies', (route) => answered.then(() => route.continue()), { times: 1 })
  await press(page, '存好')
  await page.getByRole('tab', { name: '补材料' }).click()
  await press(page, '加一句')
  await page.getByRole('textbox', { name: '怎么写' }).fill('社区盖的章要看得清')
  held.answer?.(null)
  await page.getByRole('tab', { name: '不予受理' }).click()
  await sees(page, '只在高龄津贴')
  await page.getByRole('tab', { name: '补材料' }).click()
  expect(await page.getByRole('textbox', { name: '怎么写' }).inputValue()).toBe('社区盖的章要看得清')
  await press(page, '不改了')
  await page.getByRole('tab', { name: '不予受理' }).click()
  await press(page, `上移：${WORDS}`)
  await press(page, '删：不符合受理条件')
  await sees(page, '删了“不符合受理条件”')
  await keepPicture(page, 'replies-removed')
  await press(page, '撤销')
  await page.getByRole('button', { name: '删：不符合受理条件' }).waitFor()
  expect(await fits(page)).toBe(true)
  await keepPicture(page, 'replies-own')
  expect(head.faults).toEqual([])
  await head.close()

  const id = await filed('石可', 'LX-005')
  const clerk = await openWork('zhao-min', `staff/case/case?id=${id}`, { size: DESK })
  await clerk.page.keyboard.press('f')
  const offered = clerk.page.getByRole('checkbox', { name: WORDS })
  await offered.waitFor()
  // In its first moment a sheet hears no key.
  await clerk.page.waitForTimeout(UNTIL_READ)
  await offered.focus()
  await clerk.page.keyboard.press('Space')
  await clerk.page.getByRole('checkbox', { name: WORDS, checked: true }).waitFor()
  expect(await clerk.page.getByRole('textbox', { name: '理由' }).inputValue()).toBe(WORDS)
  await keepPicture(clerk.page, 'replies-picked')
  expect(clerk.faults).toEqual([])
  await clerk.close()
})
