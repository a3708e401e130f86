import { expect, test } from 'vitest'
import { caseOf } from '../product/client'
import { keepPicture, PHONE, untilShown } from './browser'
import { aboveTheBar, boxOf, DESK, dialogOf, openDeskHands } from './desk-hands'
import { pageFaults } from './page-checks'
import { STAFF } from './scenes'
import { choose, fieldOf, press, sees, UNTIL_READ } from './screen'

// After an answer to a notice: what was there beside what came, and no acceptance over what nobody has judged.
const { client, supplemented, openWork } = await openDeskHands({ birth: '1943-05-20' })

const SUPERVISOR = 'supervisor-1'
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
  await sees(page, '别的没动过')
  await sees(page, /^要是还不行：补正告知过一次了，再发要.*同意，点“请示审批”。$/)
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
    // What was replaced proves nothing: it is there to be looked at beside what came.
    await sees(dialogOf(page), '这是原来交的，对着补来的看。')
    expect(await dialogOf(page).getByText('不一样', { exact: true }).count()).toBe(0)
    expect(await dialogOf(page).locator('.keybar__key').getByText('看不清').count()).toBe(0)
    await sees(dialogOf(page), / \d{6} \d{4} · 吴\*/)
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
  await untilShown(page)
  await page.keyboard.press('r')
  await press(dialogOf(page), '受理')
  await sees(page, /：受理了/)
  expect((await caseOf(await client.as(STAFF.window), id)).status).toBe('accepted')
  expect(faults).toEqual([])
  await close()
})

test('in the queue old stands beside new and both are judged on the first screen, by Y and N too', async () => {
  const id = await supplemented('吴队列', ANOTHER_CARD)
  const { page, faults, close } = await openWork(STAFF.window, 'staff/case/queue')
  await page.locator('.qrow').filter({ hasText: '吴*列', visible: true }).click()
  await sees(page, '补来了，对一对这 2 样')
  const [was, is] = await Promise.all(
    [/^看居民户口簿，原来的/, /^看居民户口簿，第 1 张/].map((name) =>
      page.getByRole('button', { name }).filter({ visible: true }).first().boundingBox(),
    ),
  )
  const group = page.getByRole('radiogroup', { name: '居民户口簿，够不够' }).filter({ visible: true })
  const [marks, bar] = [await group.boundingBox(), await page.locator('.case__acts:visible').boundingBox()]
  await keepPicture(page, 'after-supplement-queue.desk')
  expect(was && is && was.x + was.width <= is.x && Math.abs(was.y - is.y) < 60).toBe(true)
  expect(marks && bar && marks.y + marks.height <= bar.y).toBe(true)
  await sees(page, '“够了”“还不行”只记在你用的这台上，换一台要再点。')
  await group.locator('xpath=..').getByText('还没看', { exact: true }).waitFor()
  await sees(page, '够了、还不行')
  const chosen = (name: string) => page.getByRole('radio', { name, checked: true }).filter({ visible: true })
  await page.keyboard.press('y')
  await chosen('居民户口簿，够了').waitFor()
  await page.keyboard.press('n')
  await chosen('社保卡/银行卡号，还不行').waitFor()
  // Thought better of.
  await page.keyboard.press('y')
  await chosen('社保卡/银行卡号，够了').waitFor()
  await page.keyboard.press('2')
  await sees(dialogOf(page), '居民户口簿')
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('Escape')
  await group.locator('xpath=..').getByText('看过了', { exact: true }).waitFor()
  expect(await pageFaults(page, { desktop: true })).toEqual([])
  expect((await caseOf(await client.as(STAFF.window), id)).status).toBe('submitted')
  expect(faults).toEqual([])
  await close()
})

test('who decides after an answer reads on the first screen and where it is signed what came, and what is as it was', async () => {
  const id = await supplemented('章补后', undefined, 'after acceptance')
  const at = await openWork(STAFF.reviewer, `staff/case/decision?id=${id}`)
  const { page } = at
  await sees(page, '受理后补来了，对一对这 2 样')
  expect(await aboveTheBar(page, page.getByText('1 样和原来一样'))).toBe(true)
  const [was, is] = [/^看居民户口簿，原来的/, /^看居民户口簿，第 1 张/].map((name) =>
    page.getByRole('button', { name }),
  )
  if (!was || !is) throw new Error('nothing to compare')
  await keepPicture(page, 'decide-after-supplement.desk')
  for (const part of [page.locator('.daystrip'), page.getByRole('radio', { name: /^准予/ }), was, is])
    expect(await aboveTheBar(page, part)).toBe(true)
  expect((await boxOf(was)).x + (await boxOf(was)).width).toBeLessThanOrEqual((await boxOf(is)).x)
  await choose(page, 'radio', /^准予/)
  await press(page, /^看一遍，签发准予/)
  await sees(dialogOf(page), '要补的和原来一样：社保卡/银行卡号。')
  await sees(dialogOf(page), '受理以后改过：居民户口簿。')
  // What is signed stands beside, whole, and its papers are turned as before.
  const [sheet, paper] = [await boxOf(dialogOf(page)), await boxOf(page.locator('.docside'))]
  expect(sheet.x + sheet.width).toBeLessThanOrEqual(paper.x)
  await keepPicture(page, 'decide-sign-after-supplement.desk')
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press(']')
  await sees(page, '送达方式：送达的时候写')
  expect(await pageFaults(page, { desktop: true })).toEqual([])
  expect(at.faults).toEqual([])
  await at.close()
})

test('the keys that are named do something: after an answer, and where nothing may be done', async () => {
  const named = async (person: string, id: string) => {
    const { page, close } = await openWork(person, `staff/case/case?id=${id}`)
    await untilShown(page)
    const keys = await page.locator('.keybar__key').filter({ visible: true }).allTextContents()
    await close()
    return keys.map((words) => words.replace(/[A-Z?]+|Esc/g, '').trim())
  }
  const answered = await supplemented('章键名')
  const keys = await named(STAFF.window, answered)
  expect(keys).toContain('受理')
  expect(keys).toContain('够了、还不行')
  for (const absent of ['按实心的按钮，往下办', '当面核身份']) expect(keys).not.toContain(absent)
  // The supervisor of the county, who says first why they look.
  expect((await named(SUPERVISOR, answered)).join('')).toMatch(/^(sc)?回队列$/)
})

/** `y` just after another case with an answer to a notice has come to stand there: its keys answer, nobody has looked. */
const judgeAtOnce = () =>
  new Promise<void>((resolve) => {
    const head = () => document.querySelector('.case__head')?.textContent ?? ''
    const before = head()
    const judge = () => {
      for (const kind of ['keydown', 'keyup'])
        document.body.dispatchEvent(
          new KeyboardEvent(kind, { key: 'y', code: 'KeyY', bubbles: true, cancelable: true }),
        )
      resolve()
    }
    const look = () => {
      const isThere = head() !== '' && head() !== before && document.querySelector('.supplement')
      if (isThere) setTimeout(judge, 80)
      else requestAnimationFrame(look)
    }
    look()
  })

test('nothing is judged of an answer that came to the front by itself a moment ago', async () => {
  for (const name of ['沈先来', '沈后来']) await supplemented(name, ANOTHER_CARD)
  const { page, close } = await openWork(STAFF.window, 'staff/case/queue')
  await page.locator('.qrow').filter({ hasText: '沈*来', visible: true }).first().click()
  await sees(page, '补来了，对一对这 2 样')
  await untilShown(page)
  await page.keyboard.press('r')
  await dialogOf(page).waitFor()
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('Control+Enter')
  await page
    .getByText(/^下一件：/)
    .filter({ visible: true })
    .waitFor()
  await page.evaluate(judgeAtOnce)
  const judged = page
    .getByRole('radio', { name: '居民户口簿，够了', checked: true })
    .filter({ visible: true })
  await page.waitForTimeout(UNTIL_READ)
  expect(await judged.count()).toBe(0)
  await page.keyboard.press('y')
  await judged.waitFor()
  await close()
})

test('一样 or not is one question: one stop of Tab, arrows choose, Space and Enter too', async () => {
  const id = await supplemented('章箭头', ANOTHER_CARD)
  const { page, close } = await openWork(STAFF.window, `staff/case/case?id=${id}`)
  const group = page.getByRole('radiogroup').filter({ visible: true }).first()
  const mark = (name: RegExp) => group.getByRole('radio', { name })
  const stops = () => group.locator('[tabindex="0"]').evaluateAll((all) => all.map((one) => one.textContent))
  await group.waitFor()
  expect((await stops()).join()).toMatch(/^够了/)
  await mark(/够了/).focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => mark(/还不行/).getAttribute('aria-checked')).toBe('true')
  expect(await mark(/还不行/).evaluate((one) => one === document.activeElement)).toBe(true)
  expect((await stops()).join()).toMatch(/^还不行/)
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => mark(/够了/).getAttribute('aria-checked')).toBe('true')
  expect((await stops()).join()).toMatch(/^够了/)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => mark(/还不行/).getAttribute('aria-checked')).toBe('true')
  await mark(/够了/).focus()
  await page.keyboard.press('Space')
  await expect.poll(() => mark(/够了/).getAttribute('aria-checked')).toBe('true')
  await close()
})
