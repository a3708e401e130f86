import { expect, test } from 'vitest'
import { fileProject, LOOKERS } from '../product/project'
import { keepPicture, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { choose, press, sees, write } from './screen'
import { finish, openSheet, openSheetScenes, sheetOf } from './sheet-scenes'

// A project before four departments and more: each writes what is missing, one notice goes out, and all read one picture.
const { client, acted, seenBy, openAt, openRow } = await openSheetScenes()
const ROW = /项目马上办/
const PAPER = '各阶段材料按清单一次上传'
const PHONES = [
  { width: 390, height: 844 },
  { width: 320, height: 640 },
] as const

test('departments write drafts at their desks, and the officer sends one notice of all of them', async () => {
  const { id } = await fileProject(client)
  const nr = await openRow(LOOKERS.nr, ROW)
  await press(nr.page, '写要补的')
  await sees(nr.page, '要补的一次写全')
  await press(nr.page, /^交草稿/)
  await sees(nr.page, '先勾要补的')
  await choose(nr.page, 'checkbox', PAPER)
  await write(nr.page, `${PAPER}要怎么补`, '标出退让红线的距离')
  await keepPicture(nr.page, 'draft-desk')
  expect(await pageFaults(nr.page, { desktop: true })).toEqual([])
  await press(nr.page, '交草稿，补 1 样')
  await sees(nr.page, /要补的写好了/)

  await acted(LOOKERS.water, id, 'draft-correction', {
    items: [{ kind: 'material', name: PAPER, reason: '标出雨水排口' }],
  })
  const officer = await openRow('zhou-min', ROW)
  await sees(officer.page, /还等.*县生态环境分局|还等.*环境/)
  expect(
    await officer.page.getByRole('button', { name: '受理', exact: true }).filter({ visible: true }).count(),
  ).toBe(0)
  await keepPicture(officer.page, 'drafts-awaited-desk')
  expect(await pageFaults(officer.page, { desktop: true })).toEqual([])

  for (const unit of ['housing', 'emergency'] as const) await acted(LOOKERS[unit], id, 'draft-nothing')
  const eco = await openRow(LOOKERS.eco, ROW)
  await openSheet(eco.page, '不用补')
  const { applicantMasked: firmName } = await seenBy('zhou-min', id)
  await finish(eco.page, '不用补', `${firmName}：记下了，不用补`)

  await officer.page.reload()
  await press(officer.page, ROW)
  await press(officer.page, /^一次性补正/)
  await sees(
    officer.page,
    '各家要的都勾好了，不能少；没写清楚的、不该要的，退给那家改。怎么补可以改成一句话。',
  )
  await write(officer.page, `${PAPER}要怎么补`, '一张图上标两样：退让红线的距离、雨水排口')
  // The paper beside is what will go out, word by word as it is written.
  const paper = officer.page.locator('.docside .paper-doc').filter({ visible: true })
  await sees(paper, /1\. 各阶段材料按清单一次上传：一张图上标两样：退让红线的距离、雨水排口/)
  await sees(paper, '郎溪县“马上办”办公室')
  await keepPicture(officer.page, 'drafts-joined-desk')
  expect(await pageFaults(officer.page, { desktop: true })).toEqual([])
  await officer.page.keyboard.press('Escape')
  await officer.page.keyboard.press('g')
  await sees(sheetOf(officer.page), /退让红线的距离、雨水排口/)
  await press(sheetOf(officer.page), /^发/)
  await sees(officer.page, /补正发出了/)
  expect([nr, officer, eco].flatMap(({ faults }) => faults)).toEqual([])

  const firm = await openAt('xu-tao', `features/case/correction?id=${id}`, PHONES[0])
  await sees(firm.page, /一张图上标两样/)
  await keepPicture(firm.page, 'project-correction')
  await Promise.all([nr, officer, eco, firm].map(({ close }) => close()))
})

test('the officer gives one draft back, which that department reads and writes anew; the notice waits for nobody', async () => {
  const { id } = await fileProject(client)
  await acted(LOOKERS.nr, id, 'draft-correction', {
    items: [{ kind: 'material', name: PAPER, reason: '标出红线' }],
  })
  await acted(LOOKERS.water, id, 'draft-correction', {
    items: [{ kind: 'material', name: PAPER, reason: '标出雨水排口' }],
  })
  for (const unit of ['eco', 'housing', 'emergency'] as const) await acted(LOOKERS[unit], id, 'draft-nothing')
  const page = `staff/case/request-correction?id=${id}&action=request-correction&stepKey=accept&unitId=msb-office`
  const officer = await openAt('zhou-min', page, { width: 1280, height: 800 })
  await sees(officer.page, '退给一家改')
  await officer.page.keyboard.press('t')
  await sees(sheetOf(officer.page), '退给哪一家')
  await press(sheetOf(officer.page), '退给一家改')
  await sees(sheetOf(officer.page), '选一家')
  await choose(sheetOf(officer.page), 'radio', /自然资源和规划局/)
  await write(sheetOf(officer.page), '理由', '退让红线多少米没写清楚')
  await keepPicture(officer.page, 'return-draft-sheet.desk')
  expect(await pageFaults(officer.page, { desktop: true })).toEqual([])
  await press(sheetOf(officer.page), '退给一家改')
  await sees(officer.page, /退回去了，那家收到提醒/)
  await sees(officer.page, '退回去改：退让红线多少米没写清楚')
  await sees(officer.page, /改着，改好以前照它原来要的；不用等，照样能发/)
  await keepPicture(officer.page, 'draft-returned.desk')
  expect(await pageFaults(officer.page, { desktop: true })).toEqual([])

  for (const size of PHONES) {
    const phone = await openAt('zhou-min', page, size)
    await press(phone.page, '退给一家改')
    await sees(sheetOf(phone.page), '退给哪一家')
    await keepPicture(phone.page, `return-draft-sheet-${size.width}`)
    expect(await pageFaults(phone.page)).toEqual([])
    await phone.page.keyboard.press('Escape')
    await keepPicture(phone.page, `draft-returned-${size.width}`)
    expect(phone.faults).toEqual([])
    await phone.close()
  }
  const nr = await openAt(
    LOOKERS.nr,
    `staff/case/request-correction?id=${id}&action=draft-correction&stepKey=look&unitId=nr`,
    PHONES[0],
  )
  await sees(nr.page, '退回来了，改好再交')
  await sees(nr.page, /退让红线多少米没写清楚/)
  await keepPicture(nr.page, 'draft-to-mend')
  expect(await pageFaults(nr.page)).toEqual([])
  await write(nr.page, `${PAPER}要怎么补`, '标出退让红线 5 米的线')
  await press(nr.page, '交草稿，补 1 样')
  await sees(nr.page, /要补的写好了/)
  expect([officer, nr].flatMap(({ faults }) => faults)).toEqual([])
  await Promise.all([officer, nr].map(({ close }) => close()))
})

test('the firm reads on its phone what the officer reads at the desk: who is late, and who waits for it', async () => {
  const { id } = await fileProject(client)
  for (const staffId of Object.values(LOOKERS)) await acted(staffId, id, 'draft-nothing')
  await acted('zhou-min', id, 'accept')
  await client.door('POST', 'clock', { advanceWorkingDays: 11 })
  await acted(LOOKERS.emergency, id, 'pass')
  for (const size of PHONES) {
    const firm = await openAt('xu-tao', `features/case/lanes?id=${id}`, size)
    await sees(firm.page, '县水利局超了 1 个工作日，县住建局要等它办完才能开始')
    await sees(firm.page, '要等县自规局、县水利局办完')
    await keepPicture(firm.page, `lanes-${size.width}`)
    expect(await pageFaults(firm.page)).toEqual([])
    await firm.close()
  }
  const elder = await openAt('xu-tao', `features/case/lanes?id=${id}`, PHONES[1], true)
  const number = elder.page.getByText(/^0563-\d+$/).filter({ visible: true })
  await number.waitFor()
  const box = await number.boundingBox()
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(PHONES[1].width)
  await keepPicture(elder.page, 'lanes-320.elder')
  await elder.close()
  const desk = await openAt('zhou-min', `staff/case/case?id=${id}`, { width: 1280, height: 800 })
  await press(desk.page, /^各部门办到哪了/)
  await untilShown(desk.page)
  await sees(desk.page, '县水利局超了 1 个工作日，县住建局要等它办完才能开始')
  // At a desk each department is one row below the weeks, and the late one is called from there.
  const [name, bar] = await Promise.all([
    desk.page.locator('.lane__name').filter({ visible: true }).first().boundingBox(),
    desk.page.locator('.lane__track').filter({ visible: true }).first().boundingBox(),
  ])
  expect(bar?.x).toBeGreaterThan((name?.x ?? 0) + (name?.width ?? 0))
  await sees(desk.page, '今天')
  await sees(desk.page, /^县水利局电话 \d/)
  expect(await desk.page.getByRole('button', { name: '打电话' }).filter({ visible: true }).count()).toBe(1)
  await keepPicture(desk.page, 'lanes-desk')
  expect(await pageFaults(desk.page, { desktop: true })).toEqual([])
  expect(desk.faults).toEqual([])
  await desk.close()
})
