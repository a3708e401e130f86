import { expect, test } from 'vitest'
import { caseOf } from '../product/client'
import { keepPicture, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { play } from './scenes'
import { choose, fieldOf, press, sees, turnWheels, write } from './screen'
import { finish, openSheet, openSheetScenes, sheetOf } from './sheet-scenes'

const { client, applicantNamed, acted, told, resident, fileCase, seenBy, toldResident, openCase, openMine } =
  await openSheetScenes()

/** A refusal to accept is looked at before it goes out. */
const LOOK = '看一遍不予受理决定书'
const SEND = '发出，不予受理'

test('a permit: examined, seen by two, put right, suspended, resumed, extended, sent back, refused, posted', async () => {
  const caseId = await fileCase('LX-034')
  await acted('qian-xiaoli', caseId, 'accept')

  const reviewer = await openCase('li-wanqing', caseId)
  const { page } = reviewer
  const { applicantMasked: firm } = await seenBy('li-wanqing', caseId)
  await openSheet(page, '通过')
  await choose(sheetOf(page), 'checkbox', '材料齐，符合条件')
  await finish(page, '通过', `${firm}：通过了`)

  const visited = async (second: string, reason: string) => {
    await acted('li-wanqing', caseId, 'record-visit', { officerIds: ['li-wanqing', second], reason })
    await page.reload()
    await untilShown(page)
  }
  await visited('zhao-gang', '后厨和图纸一致，缺挡鼠板')

  const rectify = await openSheet(page, '要求整改')
  await press(rectify, '要求整改')
  await sees(rectify, '选复查的日子')
  await sees(rectify, '写明理由，至少 2 个字')
  await turnWheels(page, page, /^哪天复查/, [])
  await write(rectify, '理由', '装好挡鼠板')
  await finish(page, '要求整改', `${firm}：整改要求记下了`)
  expect(await toldResident(caseId)).toContainEqual(expect.stringMatching(/^食品经营许可要整改 .*再来看/))

  await visited('qian-sen', '挡鼠板装好了')

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

  const mine = await openMine()
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
  expect(await toldResident(caseId)).toContainEqual(expect.stringMatching(/^食品经营许可延长了期限/))
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
  await visited('zhao-gang', '后厨换了布局')
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
  await openSheet(window.page, '送达')
  await finish(window.page, '送达', `${firm}：送达记下了`)

  await mine.go(`features/case/result?id=${caseId}`)
  await sees(mine.page, '挡鼠设施不合要求')
  await sees(mine.page, /60 日内/)
  await sees(mine.page, /窗口或村里拿/)
  expect(await toldResident(caseId)).toContainEqual(expect.stringMatching(/^食品经营许可没批/))
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
  await choose(sheetOf(window.page), 'radio', '电子件到手机')
  await finish(window.page, '送达', '郑*霞：送达记下了')

  const mine = await openMine()
  await mine.go(`features/case/result?id=${caseId}`)
  await sees(mine.page, '低保，办好了')
  await sees(mine.page, /电子件到手机/)
  await mine.go(`features/case/timeline?id=${caseId}`)
  await sees(mine.page, '钱已发放')
  await sees(mine.page, '结果送到了：电子件到手机')
  expect(await mine.page.getByText('邻居说家里有车').count()).toBe(0)
  expect([reviewer, approver, window, mine].flatMap(({ faults }) => faults)).toEqual([])
  await Promise.all([reviewer, approver, window, mine].map(({ close }) => close()))
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
  await press(sheet, LOOK)
  await sees(sheet, '写明理由，至少 2 个字')
  await write(sheet, '理由', words)
  await page.route('**/actions', (route) => route.abort(), { times: 1 })
  await press(sheet, LOOK)
  await sees(sheet, `理由：${words}`)
  await press(sheet, SEND)
  await sees(sheet, '不知道签上没有')
  // A thumb on the scrim costs nothing either: from the paper back to its reason, and out.
  await press(sheet, '关上')
  await sees(sheet, '理由写进不予受理决定书，申请人看得到。')
  expect(await fieldOf(sheet, '理由').inputValue()).toBe(words)
  await press(sheet, '关上')
  sheet = await openSheet(page, '不予受理')
  expect(await fieldOf(sheet, '理由').inputValue()).toBe(words)

  await acted('qian-li', caseId, 'request-correction', {
    reason: '号码打不通',
    items: [{ kind: 'field', name: 'mobile', reason: '手机号打不通，换一个' }],
  })
  await press(sheet, LOOK)
  await press(sheet, SEND)
  await sees(sheet, '这件刚刚有人办过了')
  await sees(sheet, /钱丽：要补 1 样/)
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

test('a second correction notice: refused to the window, asked for, sent by the approver with a reason', async () => {
  const caseId = await fileCase('LX-014')
  await play(client, caseId, [['village', 'verify']])
  await acted('zhao-min', caseId, 'request-correction', {
    reason: '号码打不通',
    items: [{ kind: 'field', name: 'mobile', reason: '手机号打不通，换一个' }],
  })
  const { version } = await caseOf(resident().person, caseId)
  const supplied = await resident().person.send('POST', `/api/cases/${caseId}/supplement`, {
    body: { version, answers: { mobile: '15400000002' }, materials: [] },
  })
  expect(supplied.status).toBe(200)
  const window = await openCase('zhao-min', caseId)
  await sees(window.page, '受理')
  expect(await window.page.getByRole('button', { name: /^一次性补正/ }).count()).toBe(0)
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
