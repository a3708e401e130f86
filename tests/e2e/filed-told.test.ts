import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openToLookAt } from './looked-at'
import { bornBy, file } from './scenes'
import { fieldOf, press, sees } from './screen'

// What was filed before is told apart, can be reached beside what is begun, and stands whole at the narrowest in large letters.
const { client, lookedAt, openPhone } = await openToLookAt('filed-told', { width: 320, height: 640 })
const born = bornBy(client, '1975-03-05')

test('of two companies of one founder each is told by its name, and the way to it stands below in large letters', async () => {
  const owner = await born('甄开店', 2)
  for (let count = 0; count < 2; count += 1) await file(client, owner, 'LX-032')
  await lookedAt(owner, 'features/service-item/guide?id=LX-032', 'guide', async (page, elder) => {
    await sees(page, /^公司名称 .+，11月24日 ?交的/)
    const notice = page.locator('.notice').filter({ hasText: '看办到哪', visible: true }).first()
    const [words, way] = [notice.locator('.notice__body'), notice.locator('.notice__action')]
    const [above, below] = [await words.boundingBox(), await way.boundingBox()]
    if (!above || !below) throw new Error('no notice')
    if (elder) {
      expect(below.y).toBeGreaterThanOrEqual(above.y + above.height)
      expect(above.width).toBeGreaterThan(200)
    } else expect(below.x).toBeGreaterThanOrEqual(above.x + above.width)
  })
  await lookedAt(owner, 'features/case/application/form?id=LX-032', 'form', async (page, elder) => {
    // Nobody else can be applied for: what is asked is not for whom.
    await sees(page, '这件交过了')
    expect(await page.getByText('给谁办？').filter({ visible: true }).count()).toBe(0)
    const cell = page.locator('.cell--way').filter({ hasText: '看办到哪', visible: true }).first()
    const [words, way] = [cell.locator('.cell__body'), cell.locator('.cell__value')]
    const [above, below] = [await words.boundingBox(), await way.boundingBox()]
    if (!above || !below) throw new Error('no cell')
    if (elder) {
      expect(below.y).toBeGreaterThanOrEqual(above.y + above.height)
      expect(above.width).toBeGreaterThan(150)
    } else expect(below.x).toBeGreaterThanOrEqual(above.x + above.width)
  })
})

test('how another one differs is said once of several, and a day is broken nowhere', async () => {
  const owner = await born('甄补贴')
  for (const name of ['甄爸', '甄妈', '甄叔']) {
    const { idNumber } = await born(name, 2, '1990-03-05')
    await file(client, { name, idNumber, person: owner.person, agent: true }, 'LX-019')
  }
  const areWhole = async (page: Page) => {
    const days = page.locator('.nowrap').filter({ hasText: /^11月24日$/, visible: true })
    expect(await days.count()).toBe(3)
    for (const day of await days.all())
      expect(await day.evaluate((each) => each.getClientRects().length)).toBe(1)
  }
  const saidTimes = (page: Page, words: RegExp) => page.getByText(words).filter({ visible: true }).count()
  await lookedAt(owner, 'features/service-item/guide?id=LX-019', 'several', async (page) => {
    await sees(page, '你替甄*交过一件')
    await areWhole(page)
    expect(await saidTimes(page, /换一个申领期间/)).toBe(1)
  })
  await lookedAt(owner, 'features/case/application/form?id=LX-019', 'several-form', async (page) => {
    await sees(page, '给谁办？')
    expect(await saidTimes(page, /这件交过了/)).toBe(0)
    await areWhole(page)
  })
})

test('what is begun is gone on with, below what was filed meanwhile and bars another', async () => {
  const owner = await born('甄半路')
  const { page, go, close } = await openPhone({ person: owner.personId })
  await go('features/case/application/form?id=LX-017&who=self')
  await press(page, '改申请人')
  await press(page, /^手机号/)
  await fieldOf(page, '手机号').fill('15400000077')
  await sees(page, '已自动保存')
  await file(client, owner, 'LX-017')
  await go('features/case/application/form?id=LX-017')
  await sees(page, '给自己办的')
  await sees(page, '上次填的还在')
  await press(page, /^接着填/)
  await sees(page, /自己的不用再交一次/)
  expect(await fieldOf(page, '手机号').inputValue()).toBe('15400000077')
  await close()
})

test('a child for whom a parent has filed reads that a guardian does it, and begins nothing', async () => {
  const child = await born('甄小满', 2, '2016-03-05')
  const parent = await born('甄家长')
  await file(client, { ...child, person: parent.person, agent: true }, 'LX-009')
  await lookedAt(parent, 'features/service-item/guide?id=LX-009', 'parent', (page) => sees(page, '再办一件'))
  await lookedAt(child, 'features/service-item/guide?id=LX-009', 'child', async (page) => {
    await sees(page, '要由监护人来办')
    for (const words of ['再办一件', '帮别人办'])
      expect(await page.getByText(words, { exact: true }).filter({ visible: true }).count()).toBe(0)
    // Of a number that is typed alone nobody is told what others filed: what would begin another stands there and is not to be pressed.
    const begin = page.getByRole('button', { name: '开始办理' }).filter({ visible: true })
    expect(await begin.isDisabled()).toBe(true)
  })
})
