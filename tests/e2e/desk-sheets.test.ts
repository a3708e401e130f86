import { expect, test } from 'vitest'
import { nothingMissing } from '../product/project'
import { untilShown } from './browser'
import { choose, fieldOf, press, sees, turnWheels, UNTIL_READ, write } from './screen'
import { finish, openSheet, openSheetScenes, sheetByKey, sheetOf } from './sheet-scenes'

const { client, applicantNamed, acted, fileCase, seenBy, toldResident, openRow } = await openSheetScenes()

test('at a desk a window hands a case to another town by keyboard', async () => {
  const caseId = await fileCase('LX-036')
  const desk = await openRow('zhao-min', /小吃摊备案.*郑\*霞/s)
  const { page } = desk
  await page.keyboard.press('t')
  const sheet = sheetOf(page)
  await sees(sheet, '转过去的单位接着办，申请人也会知道。')
  await write(sheet, '理由', '住在十字镇')
  // A wheel that is left takes nothing with it.
  await press(sheet, /^转给哪里/)
  await page.getByRole('spinbutton').filter({ visible: true }).first().waitFor()
  await page.keyboard.press('Escape')
  await sees(sheet, '转过去的单位接着办，申请人也会知道。')
  expect(await fieldOf(sheet, '理由').inputValue()).toBe('住在十字镇')
  await press(sheet, '转办')
  await sees(sheet, '选一个单位')
  await turnWheels(page, page, /^转给哪里/, ['十字镇'])
  await finish(page, '转办', '郑*霞：转过去了')
  await page.getByRole('button', { name: /小吃摊备案.*郑\*霞/s }).waitFor({ state: 'hidden' })
  expect(await toldResident(caseId)).toContainEqual(
    expect.stringMatching(/^小吃摊备案换了地方办 转给十字镇接着办/),
  )
  const other = await openRow('town-window-341821101-1', /小吃摊备案.*郑\*霞/s)
  await sees(other.page, '住在十字镇')
  expect([desk, other].flatMap(({ faults }) => faults)).toEqual([])
  await Promise.all([desk.close(), other.close()])
})

test('at a desk a project is assigned, examined by each unit, talked over, and decided', async () => {
  const caseId = await fileCase('LX-045')
  await nothingMissing(client, caseId)
  const { applicantMasked: firm } = await seenBy('zhou-min', caseId)
  const row = /项目马上办/
  const desk = await openRow('zhou-min', row)
  const { page } = desk
  await openSheet(page, '指派')
  await press(sheetOf(page), '指派')
  await sees(sheetOf(page), '选一个人')
  await choose(sheetOf(page), 'radio', '郭燕')
  await finish(page, '指派', `${firm}：指派好了`)
  await press(page, '当面核委托')
  await choose(sheetOf(page), 'checkbox', '委托书原件和来人身份证对过')
  await finish(page, '核过了', `${firm}：委托核过了`)
  await sheetByKey(page, 'r')
  await finish(page, '受理', `${firm}：受理了`)

  const eco = await openRow('approver-eco-1', row)
  await openSheet(eco.page, '暂停计时')
  await turnWheels(eco.page, eco.page, /^因为什么暂停/, ['专家评审'])
  await write(sheetOf(eco.page), '预计要几天', '10')
  await write(sheetOf(eco.page), '理由', '环评报告要专家评审')
  await finish(eco.page, '暂停计时', `${firm}：暂停计时了`)
  await choose(eco.page, 'tab', /^暂停计时/)
  await press(eco.page, row)
  await untilShown(eco.page)
  await openSheet(eco.page, '恢复计时')
  await finish(eco.page, '恢复计时', `${firm}：接着计时了`)
  for (const unit of ['approver-nr-1', 'approver-water-1', 'approver-housing-1', 'approver-emergency-1'])
    await acted(unit, caseId, 'pass')
  await choose(eco.page, 'tab', /^待我办/)
  await press(eco.page, row)
  await untilShown(eco.page)
  await eco.page.keyboard.press('f')
  await sees(sheetOf(eco.page), '写明为什么不准予。理由写进决定书，申请人看得到。')
  await choose(sheetOf(eco.page), 'checkbox', '情况和填的不一致')
  // What it decides is its own, and is looked at before it is signed.
  await press(sheetOf(eco.page), '看一遍不予行政许可决定书')
  await finish(eco.page, '签发，不予', `${firm}：记下了，不通过`)

  await page.reload()
  await untilShown(page)
  await press(page, row)
  await untilShown(page)
  await page.keyboard.press('g')
  await write(sheetOf(page), '写一句', '生态环境分局的意见已经对过')
  await finish(page, '开会商', `${firm}：会商记下了`)
  expect((await seenBy('zhou-min', caseId)).staff?.allowed.map(({ action }) => action)).toContain('grant')
  expect([desk, eco].flatMap(({ faults }) => faults)).toEqual([])
  await Promise.all([desk.close(), eco.close()])
})

test('by keyboard alone: into a sheet, through it, out of it, and the page stays', async () => {
  await fileCase('LX-036', await applicantNamed('方小霜'))
  const desk = await openRow('zhao-min', /小吃摊备案.*方\*霜/s)
  const { page } = desk
  const inSheet = () => page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)
  await page.keyboard.press('f')
  const sheet = sheetOf(page)
  await sheet.waitFor()
  await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]'))
  for (let count = 0; count < 9; count += 1) {
    expect(await inSheet()).toBe(true)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'hidden' })
  await sees(page, /^待我办/)
  await page.keyboard.press('f')
  await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]'))
  for (let count = 0; count < 12; count += 1) {
    const name = await page.evaluate(() => document.activeElement?.textContent?.trim())
    if (name === '不符合受理条件') break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Space')
  expect(await fieldOf(sheet, '理由').inputValue()).toBe('不符合受理条件')
  for (let count = 0; count < 12; count += 1) {
    const name = await page.evaluate(() => document.activeElement?.textContent?.trim())
    if (name === '看一遍不予受理决定书') break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await sees(sheetOf(page), '不予受理决定书')
  await page.waitForTimeout(UNTIL_READ)
  await page.keyboard.press('Enter')
  await sees(page, '方*霜：不予受理，决定书发出了')
  await desk.close()
})
