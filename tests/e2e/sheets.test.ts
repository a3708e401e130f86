import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import { act, type Client, caseOf, clientOf, newcomer } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { DALIANG, file, play } from './scenes'
import { choose, fieldOf, press, sees, turnWheels, write } from './screen'

const DESK = { width: 1280, height: 800 }

interface Applicant extends Awaited<ReturnType<typeof newcomer>> {
  readonly name: string
}

const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
let resident: Applicant
beforeAll(async () => {
  browser = await openBrowser()
  resident = await applicantNamed('郑小霞')
})
afterAll(() => browser.close())

const applicantNamed = async (name: string): Promise<Applicant> => ({
  name,
  ...(await newcomer(client, { name, birth: '1963-05-20', villageCode: DALIANG, level: 3 })),
})

const fileCase = (itemId: string, applicant = resident) => file(client, applicant, itemId)

const acted = async (person: string, caseId: string, ...rest: [Parameters<typeof act>[2], object?]) => {
  const answer = await act(await client.as(person), caseId, rest[0], { ...rest[1] })
  expect(answer.body).not.toHaveProperty('code')
}

const seenBy = async (person: string, caseId: string): Promise<CaseView> =>
  caseOf(await client.as(person), caseId)

/** What the newest message about a case says to somebody, in the product's own list. */
async function told(person: string, caseId: string) {
  const { body } = await client.door<{ messages: { title: string; lines: string[]; caseIds: string[] }[] }>(
    'GET',
    `messages?person=${person}`,
  )
  const about = body.messages.filter(({ caseIds }) => caseIds.includes(caseId))
  return about.map(({ title, lines }) => [title, ...lines].join(' '))
}

const toldResident = (caseId: string) => told(resident.personId, caseId)

/** A case alone on somebody's phone, or on its own page at a desk. */
async function openCase(person: string, caseId: string, size?: typeof DESK) {
  const phone = await openPhone(browser, { url, person, ...(size ? { size } : {}) })
  await phone.go(`staff/case/case?id=${caseId}`)
  await untilShown(phone.page)
  return phone
}

const sheetOf = (page: Page) => page.getByRole('dialog').filter({ visible: true }).first()

/** The button of an act, wherever the bar has room for it. */
async function openSheet(page: Page, button: string): Promise<Locator> {
  const direct = page.getByRole('button', { name: button, exact: true }).filter({ visible: true })
  if ((await direct.count()) === 0) await press(page, '更多')
  await press(page, button)
  const sheet = sheetOf(page)
  await sheet.getByText(button, { exact: true }).first().waitFor()
  return sheet
}

async function finish(page: Page, button: string, done: string) {
  await press(sheetOf(page), button)
  await sees(page, done)
  await page.getByRole('dialog').filter({ visible: true }).waitFor({ state: 'hidden' })
}

test('a permit: examined, seen by two, put right, suspended, resumed, extended, sent back, refused, posted', async () => {
  const caseId = await fileCase('LX-034')
  await acted('qian-xiaoli', caseId, 'accept')

  const reviewer = await openCase('li-wanqing', caseId)
  const { page } = reviewer
  const { applicantMasked: firm } = await seenBy('li-wanqing', caseId)
  await openSheet(page, '通过')
  await choose(sheetOf(page), 'checkbox', '材料齐，符合条件')
  await finish(page, '通过', `${firm}：通过了`)

  const visit = await openSheet(page, '记录现场')
  await press(visit, '记录现场')
  await sees(visit, '还差 2 人，到现场要两人以上')
  await choose(visit, 'checkbox', '李婉清')
  await sees(visit, '还差 1 人，到现场要两人以上')
  await choose(visit, 'checkbox', '赵刚')
  await write(visit, '写一句', '后厨和图纸一致，缺挡鼠板')
  await finish(page, '记录现场', `${firm}：现场情况记下了`)

  const rectify = await openSheet(page, '要求整改')
  await press(rectify, '要求整改')
  await sees(rectify, '选复查的日子')
  await sees(rectify, '写明理由，至少 2 个字')
  await turnWheels(page, page, /^哪天复查/, [])
  await write(rectify, '理由', '装好挡鼠板')
  await finish(page, '要求整改', `${firm}：整改通知发出了`)
  expect(await toldResident(caseId)).toContainEqual(expect.stringMatching(/^食品经营许可要整改 .*再来看/))

  await openSheet(page, '记录现场')
  await choose(sheetOf(page), 'checkbox', '李婉清')
  await choose(sheetOf(page), 'checkbox', '钱森')
  await finish(page, '记录现场', `${firm}：现场情况记下了`)

  const suspend = await openSheet(page, '暂停计时')
  await press(suspend, '暂停计时')
  await sees(suspend, '选一样程序')
  await turnWheels(page, page, /^因为什么暂停/, ['检测'])
  await write(suspend, '预计要几天', '400')
  await write(suspend, '理由', '送检餐具，等检测报告')
  await press(suspend, '暂停计时')
  await sees(suspend, '写预计几天，1 到 365')
  await write(suspend, '预计要几天', '12')
  await finish(page, '暂停计时', `${firm}：暂停计时了`)
  expect(await toldResident(caseId)).toContainEqual(expect.stringContaining('食品经营许可暂停计时'))

  const mine = await openPhone(browser, { url, person: resident.personId })
  await mine.go(`features/case/timeline?id=${caseId}`)
  await sees(mine.page, '装好挡鼠板')
  await sees(mine.page, '送检餐具，等检测报告')
  expect(await mine.page.getByText('缺挡鼠板').count()).toBe(0)

  await openSheet(page, '恢复计时')
  await finish(page, '恢复计时', `${firm}：接着计时了`)

  const ask = await openSheet(page, '请示审批')
  await press(ask, '请示审批')
  await sees(ask, '选要批什么')
  await sees(ask, '写明理由，至少 2 个字')
  await choose(ask, 'radio', /^延长期限/)
  await keepPicture(page, 'staff-request-approval')
  expect(await pageFaults(page)).toEqual([])
  await choose(ask, 'checkbox', '情况复杂，要再核实')
  await finish(page, '请示审批', `${firm}：请示发出了`)
  await sees(page, '请示 1 次')
  await sees(page, '等着批')
  const approver = await openCase('approver-market-1', caseId)
  const reject = await openSheet(approver.page, '不同意')
  await press(reject, '不同意')
  await sees(reject, '写明理由，至少 2 个字')
  await choose(reject, 'checkbox', '时间来得及，不用延长')
  await finish(approver.page, '不同意', `${firm}：回复发出了`)
  await page.reload()
  await untilShown(page)
  await sees(page, '没同意')
  await keepPicture(page, 'staff-approvals')
  expect(await pageFaults(page)).toEqual([])
  await openSheet(page, '通过')
  await finish(page, '通过', `${firm}：通过了`)
  await sees(page, '这件现在没有要你办的')

  await approver.page.reload()
  await untilShown(approver.page)
  const { dueOn } = await seenBy('approver-market-1', caseId)
  const extend = await openSheet(approver.page, '延长期限')
  await sees(extend, /延长 5 个工作日/)
  await choose(extend, 'checkbox', '情况复杂，要再核实')
  await finish(approver.page, '延长期限', `${firm}：期限延长了`)
  expect(
    (await seenBy('approver-market-1', caseId)).staff?.allowed.map(({ action }) => action),
  ).not.toContain('extend')
  expect(await toldResident(caseId)).toContainEqual(expect.stringMatching(/^食品经营许可要多办几天/))
  expect(dueOn).not.toBeNull()
  const back = await openSheet(approver.page, '退回')
  await choose(back, 'radio', '现场核查')
  await press(back, '退回')
  await sees(back, '写明理由，至少 2 个字')
  await choose(back, 'checkbox', '现场记录不全')
  await finish(approver.page, '退回', `${firm}：退回去了`)
  expect(await told('li-wanqing', caseId)).toContainEqual(
    expect.stringMatching(/^食品经营许可：退回重新审核/),
  )

  await page.reload()
  await untilShown(page)
  await sees(page, '现场记录不全')
  await openSheet(page, '记录现场')
  await choose(sheetOf(page), 'checkbox', '李婉清')
  await choose(sheetOf(page), 'checkbox', '赵刚')
  await finish(page, '记录现场', `${firm}：现场情况记下了`)
  const failing = await openSheet(page, '不通过')
  await press(failing, '不通过')
  await sees(failing, '写明理由，至少 2 个字')
  await choose(failing, 'checkbox', '材料和现场对不上')
  await finish(page, '不通过', `${firm}：记下了，不通过`)

  await approver.page.reload()
  await untilShown(approver.page)
  await sees(approver.page, '材料和现场对不上')
  await press(approver.page, '不予')
  await write(approver.page, '不予的理由', '挡鼠设施不合要求')
  await press(approver.page, '看一遍，签发不予')
  await finish(approver.page, '签发，不予', `${firm}：不予决定签发了`)

  const window = await openCase('qian-xiaoli', caseId)
  await openSheet(window.page, '办结')
  await finish(window.page, '办结', `${firm}：办结了`)
  const deliver = await openSheet(window.page, '送达')
  await press(deliver, '送达')
  await sees(deliver, '选一样')
  await choose(deliver, 'radio', '寄到家')
  await finish(window.page, '送达', `${firm}：送达记下了`)

  await mine.go(`features/case/result?id=${caseId}`)
  await sees(mine.page, '挡鼠设施不合要求')
  await sees(mine.page, /60 日内/)
  await sees(mine.page, /寄到家/)
  expect(await toldResident(caseId)).toContainEqual(expect.stringMatching(/^食品经营许可没有批准/))
  expect([reviewer, approver, window, mine].flatMap(({ faults }) => faults)).toEqual([])
  await Promise.all([reviewer, approver, window, mine].map(({ close }) => close()))
})

test('低保: publicised, objected to, closed when its days are over, granted, paid, collected', async () => {
  const caseId = await fileCase('LX-007')
  await play(client, caseId, [
    ['village', 'verify'],
    ['window', 'accept'],
  ])
  const reviewer = await openCase('sun-zhiyuan', caseId)
  const { page } = reviewer
  await openSheet(page, '通过')
  await finish(page, '通过', '郑*霞：通过了')
  await openSheet(page, '发布公示')
  await finish(page, '发布公示', '郑*霞：公示发出了')
  expect(await toldResident(caseId)).toContainEqual(expect.stringMatching(/^低保开始公示/))
  await sees(page, /^公示到.*起才能往下办$/)
  expect(await page.getByText('前办完这一步').count()).toBe(0)
  const objection = await openSheet(page, '登记异议')
  await press(objection, '登记异议')
  await sees(objection, '写明理由，至少 2 个字')
  await write(objection, '理由', '邻居说家里有车，查过是儿子的，已分户')
  await finish(page, '登记异议', '郑*霞：异议记下了')
  // Looked into again by the step before, then published anew.
  await openSheet(page, '通过')
  await finish(page, '通过', '郑*霞：通过了')
  await openSheet(page, '发布公示')
  await finish(page, '发布公示', '郑*霞：公示发出了')
  await client.door('POST', 'clock', { advanceWorkingDays: 8 })
  await page.reload()
  await untilShown(page)
  await openSheet(page, '公示期满无异议')
  await finish(page, '公示期满无异议', '郑*霞：公示结束，接着办')

  const approver = await openCase('approver-civil-1', caseId)
  await press(approver.page, '准予')
  await press(approver.page, '看一遍，签发准予')
  await finish(approver.page, '签发，准予', '郑*霞：准予决定签发了')

  const window = await openCase('window-civil', caseId)
  const pay = await openSheet(window.page, '发放到账')
  await press(pay, '发放到账')
  await sees(pay, '选到账的日子')
  await turnWheels(window.page, window.page, /^哪天到账/, [])
  await finish(window.page, '发放到账', '郑*霞：发放记下了')
  expect(await toldResident(caseId)).toContainEqual(expect.stringMatching(/^低保的钱发了/))
  await openSheet(window.page, '办结')
  await finish(window.page, '办结', '郑*霞：办结了')
  await openSheet(window.page, '送达')
  await choose(sheetOf(window.page), 'radio', '窗口或村里拿')
  await finish(window.page, '送达', '郑*霞：送达记下了')

  const mine = await openPhone(browser, { url, person: resident.personId })
  await mine.go(`features/case/result?id=${caseId}`)
  await sees(mine.page, '低保，批准了')
  await sees(mine.page, /窗口或村里拿/)
  await mine.go(`features/case/timeline?id=${caseId}`)
  await sees(mine.page, '钱已发放')
  await sees(mine.page, '结果送到了：窗口或村里拿')
  expect(await mine.page.getByText('邻居说家里有车').count()).toBe(0)
  expect([reviewer, approver, window, mine].flatMap(({ faults }) => faults)).toEqual([])
  await Promise.all([reviewer, approver, window, mine].map(({ close }) => close()))
})

/** The queue at a desk with one case open. */
async function openRow(person: string, row: RegExp) {
  const desk = await openPhone(browser, { url, person, size: DESK })
  await desk.go('staff/case/queue')
  await untilShown(desk.page)
  await press(desk.page, row)
  await untilShown(desk.page)
  return desk
}

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
  await page.keyboard.press('r')
  await finish(page, '受理', `${firm}：受理了`)

  const eco = await openRow('reviewer-eco-1', row)
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
  for (const unit of ['he-bin', 'pan-yong', 'reviewer-housing-1', 'reviewer-emergency-1'])
    await acted(unit, caseId, 'pass')
  await choose(eco.page, 'tab', /^待我办/)
  await press(eco.page, row)
  await untilShown(eco.page)
  await eco.page.keyboard.press('f')
  await sees(sheetOf(eco.page), '写明哪里不符合，下一步的人看得到。')
  await choose(sheetOf(eco.page), 'checkbox', '情况和填的不一致')
  await finish(eco.page, '不通过', `${firm}：记下了，不通过`)

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

test('a sheet keeps what was typed, sends once, and says who was first', async () => {
  const caseId = await fileCase('LX-017')
  const phone = await openCase('zhao-min', caseId)
  const { page } = phone
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/actions')) sent.push(request.url())
  })
  const words = '材料要到十字镇交，那边离他住的地方近'
  let sheet = await openSheet(page, '不予受理')
  await press(sheet, '不予受理')
  await sees(sheet, '写明理由，至少 2 个字')
  await write(sheet, '理由', words)
  await page.route('**/actions', (route) => route.abort(), { times: 1 })
  await press(sheet, '不予受理')
  await sees(sheet, '不知道交上没有')
  expect(await fieldOf(sheet, '理由').inputValue()).toBe(words)
  // A thumb on the scrim costs nothing either.
  await press(sheet, '关上')
  sheet = await openSheet(page, '不予受理')
  expect(await fieldOf(sheet, '理由').inputValue()).toBe(words)

  await acted('qian-li', caseId, 'request-correction', {
    reason: '号码打不通',
    items: [{ kind: 'field', name: 'mobile', reason: '手机号打不通，换一个' }],
  })
  await press(sheet, '不予受理')
  await sees(sheet, '这件刚刚有人办过了')
  await sees(sheet, /钱丽：要补材料/)
  expect(await fieldOf(sheet, '理由').inputValue()).toBe(words)
  await press(sheet, '现在不能这样办了，看最新的')
  await sees(page, /等申请人补 1 样/)

  const other = await fileCase('LX-017', await applicantNamed('方小云'))
  await phone.go(`staff/case/case?id=${other}`)
  await untilShown(page)
  const transfer = await openSheet(page, '转办')
  await turnWheels(page, page, /^转给哪里/, ['十字镇'])
  await write(transfer, '理由', words)
  sent.length = 0
  await transfer.getByRole('button', { name: '转办', exact: true }).dblclick()
  await sees(page, '方*云：转过去了')
  await sees(page, /^转给了.*十字镇.*，不归你办了$/)
  await keepPicture(page, 'staff-case-former')
  expect(await page.getByRole('button', { name: '转办' }).count()).toBe(0)
  expect(sent).toHaveLength(1)
  expect(phone.faults).toEqual([])
  await phone.close()
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
    if (name === '不予受理') break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  await sees(page, '方*霜：不予受理，通知书发出了')
  await desk.close()
})

test('a second correction notice: refused to the window, asked for, sent by the approver with a reason', async () => {
  const caseId = await fileCase('LX-014')
  await play(client, caseId, [['village', 'verify']])
  await acted('zhao-min', caseId, 'request-correction', {
    reason: '号码打不通',
    items: [{ kind: 'field', name: 'mobile', reason: '手机号打不通，换一个' }],
  })
  const { version } = await caseOf(resident.person, caseId)
  const supplied = await resident.person.send('POST', `/api/cases/${caseId}/supplement`, {
    body: { version, answers: { mobile: '15400000002' }, materials: [] },
  })
  expect(supplied.status).toBe(200)
  const window = await openCase('zhao-min', caseId)
  await sees(window.page, '受理')
  expect(await window.page.getByRole('button', { name: '一次性补正' }).count()).toBe(0)
  const ask = await openSheet(window.page, '请示审批')
  await choose(ask, 'radio', /^再次补正告知/)
  await sees(ask, /^由 梅渚镇.*镇审批 批$/)
  await write(ask, '理由', '第一次漏了一份')
  await finish(window.page, '请示审批', '郑*霞：请示发出了')
  await sees(window.page, '等着批')

  const approver = await openCase('wu-deming', caseId)
  const { page } = approver
  await press(page, '同意再补正')
  await sees(page, '补正已经告知过一次')
  await page.getByRole('checkbox').filter({ visible: true }).first().click()
  await choose(page, 'checkbox', '缺这一份')
  await press(page, '看告知书，补 1 样')
  await sees(page, '还有 1 处没写')
  await choose(page, 'checkbox', '第一次漏了这几样')
  await press(page, '看告知书，补 1 样')
  await sees(sheetOf(page), /^梅政补〔2026〕/)
  await finish(page, '发出，补 1 样', '郑*霞：补正发出了')
  expect((await toldResident(caseId)).filter((words) => words.includes('要补 1 样'))).toHaveLength(2)
  await window.page.reload()
  await untilShown(window.page)
  await sees(window.page, '同意了')
  await Promise.all([window.close(), approver.close()])
})
