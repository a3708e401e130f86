import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseCreated } from '#shared/contract/application'
import { act, caseOf, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, PHONE, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { press, sees, write } from './screen'

// A permit of four hands, played by each at the page that is theirs: the last of them must defend the decision.
const url = await openServerOfFile()
const client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const DESK = { width: 1280, height: 720 }
const FIRM = '郎溪县梅渚镇李记小吃店'
const ANSWERS = {
  uscc: '92341821DEM903328K',
  entName: FIRM,
  legalRep: '李建国',
  contact: '李建国',
  mobile: '15400000001',
  fsManager: '周小梅',
  format: '餐饮服务经营者',
  items: ['热食类制售'],
  bizAddress: '郎溪县梅渚镇大街100号',
  area: 50,
}
const PAPERS = ['营业执照', '与经营项目相适应的布局图、操作流程', '食品安全规章制度']
const OPINION = '布局图进口出口分开，制度齐，去看看隔油池'
const FOUND = '隔油池装了，冷菜没有专间，只批热食'

async function filed() {
  const owner = await client.as('li-jianguo')
  const materials = await Promise.all(PAPERS.map(async (name) => ({ name, files: [await owner.upload()] })))
  const body = { serviceItemId: 'LX-034', answers: ANSWERS, materials }
  return (await owner.send<CaseCreated>('POST', '/api/cases', { body })).body.id
}

async function openAt(person: string, path: string, size = DESK) {
  const desk = await openPhone(browser, { url, person, size })
  await desk.go(path)
  await untilShown(desk.page)
  return desk
}

const dialogOf = (page: Page) => page.getByRole('dialog').filter({ visible: true })
/** One act by its sheet, as whoever holds the step does it. */
async function does(
  page: Page,
  button: string,
  fill?: (dialog: ReturnType<typeof dialogOf>) => Promise<unknown>,
) {
  await press(page, button)
  await dialogOf(page).waitFor()
  await fill?.(dialogOf(page))
  await page.waitForTimeout(600)
  await press(dialogOf(page), button)
  await dialogOf(page).waitFor({ state: 'hidden' })
  await untilShown(page)
}

test('accepted, examined, seen by two, decided: the approver has before them what the decision rests on', async () => {
  const id = await filed()
  const path = `staff/case/case?id=${id}`
  const window = await openAt('qian-xiaoli', path)
  await sees(window.page, FIRM)
  await keepPicture(window.page, 'permit-1-window.desk')
  await does(window.page, '受理')
  await window.close()

  const reviewer = await openAt('li-wanqing', path)
  await keepPicture(reviewer.page, 'permit-2-reviewer.desk')
  await does(reviewer.page, '通过', (dialog) => write(dialog, /^(理由|写一句)/, OPINION))
  // At the place itself, which site-visit.test.ts plays; the other of them signs.
  const officerIds = ['li-wanqing', 'zhao-gang']
  const seen = await act(await client.as('li-wanqing'), id, 'record-visit', { officerIds, reason: FOUND })
  expect(seen.status, JSON.stringify(seen.body)).toBe(200)
  await reviewer.page.reload()
  await untilShown(reviewer.page)
  await does(reviewer.page, '通过')
  await reviewer.close()

  for (const { size, name } of [
    { size: DESK, name: 'desk' },
    { size: { width: 1280, height: 800 }, name: 'desk-800' },
    { size: PHONE, name: 'phone' },
  ]) {
    const approver = await openAt('approver-market-1', `staff/case/decision?id=${id}&action=grant`, size)
    const { page } = approver
    for (const words of [OPINION, FOUND]) await sees(page, new RegExp(words))
    await sees(page, /到场 李婉清、赵刚/)
    await sees(page, FIRM)
    if (size !== PHONE) {
      const paper = page.locator('.docside .paper-doc').filter({ visible: true })
      const said = (await paper.textContent()) ?? ''
      expect(said).toContain(`${FIRM}：`)
      expect(said).toMatch(/你单位于2026年\d+月\d+日申请“食品经营许可（新办）”，2026年\d+月\d+日受理/)
      expect(said).toContain('食品安全法》第三十五条')
      expect(said).toContain('发给《食品经营许可证》')
      // Neither more time nor the way back is a page away.
      for (const button of ['退回', '延长期限'])
        await page.getByRole('button', { name: button }).filter({ visible: true }).first().waitFor()
      await page.keyboard.press('f')
      await sees(page, '不予的理由')
      await sees(page, /60 日内向.+申请行政复议，或者在 6 个月内向.+起诉/)
    }
    await keepPicture(page, `permit-4-approver.${name}`)
    expect(await pageFaults(page, { desktop: size !== PHONE })).toEqual([])
    expect(approver.faults).toEqual([])
    await approver.close()
  }
  expect((await act(await client.as('approver-market-1'), id, 'grant')).status).toBe(200)
  expect((await caseOf(await client.as('li-jianguo'), id)).decision?.paragraphs[0]).toMatch(/^你单位于/)
})
