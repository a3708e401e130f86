import type { Browser } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepPicture, openBrowser, openPhone, untilStill } from './browser'
import { type ConsoleWindow, keepConsole, openConsole } from './console-window'
import { openServerOfFile } from './running-server'
import { choose, photograph, press, sees, turnWheels, write } from './screen'

const url = await openServerOfFile()
/** Passes the check of card numbers, and is nobody's. */
const CARD = '6299000043030583308'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

type Phone = Awaited<ReturnType<typeof openPhone>>

/** From the visitor's home to level 3. */
async function register({ page, go }: Phone, person: { name: string; idNumber: string }, keep: string) {
  await go('features/service-item/home')
  await press(page, /^登记一次/)
  await choose(page, 'checkbox', /《服务协议》和《隐私保护说明》/)
  await press(page, '同意，接着办')
  await press(page, '同意，用微信手机号登记')
  await press(page, '允许')
  await write(page, '姓名', person.name)
  await write(page, '身份证号', person.idNumber)
  await turnWheels(page, page, /^你住哪个村或社区/, ['梅渚镇', '大梁村'])
  await sees(page, /梅渚镇\s*大梁村/)
  await choose(page, 'checkbox', /同意用身份证号登记/)
  await choose(page, 'checkbox', /敏感信息/)
  await keepPicture(page, `${keep}-register`)
  await press(page, '微信核一下')
  await press(page, '允许')
  await sees(page, '微信核过，是你')
  await keepPicture(page, `${keep}-registered`)
  await press(page, '好')
}

async function find({ page }: Phone, words: string, item: RegExp, keep: string) {
  await press(page, /^找事情/)
  await page.getByRole('searchbox').fill(words)
  await sees(page, /找到 \d+ 项/)
  await keepPicture(page, `${keep}-search`)
  // The page below has a row of the same name, to be seen until this one has slid over it.
  await untilStill(page)
  await press(page, item)
  await sees(page, '要交什么')
  await keepPicture(page, `${keep}-guide`)
  await press(page, '开始办理')
}

async function acceptReminders({ page }: Phone, keep: string) {
  await sees(page, '收到了，接下来交给我们')
  await press(page, '好，到时提醒我')
  await press(page, '允许')
  await sees(page, '好，到时微信提醒你。')
  await keepPicture(page, `${keep}-receipt`)
}

const atWork = (name: string) => `journey-1-${name}`

/** What the sheet of an act asks, then the act itself. */
async function act({ page, phone }: ConsoleWindow, button: string, keep: string, answer?: string) {
  await press(phone, button)
  const sheet = phone.getByRole('dialog')
  if (answer !== undefined) await choose(sheet, 'radio', answer)
  await keepConsole(page, keep)
  await press(sheet, button)
  await sheet.waitFor({ state: 'hidden' })
}

/** Becomes somebody at work and opens the case from the push that came. */
async function openTask(desk: ConsoleWindow, name: string, item: string, step: string) {
  await desk.become(name)
  await desk.openNotice(new RegExp(`新办件：${item}.*${step}`, 's'))
  await sees(desk.phone, '办这一件')
  await sees(desk.phone, item)
}

async function signGrant({ page, phone }: ConsoleWindow, keep: string) {
  await press(phone, '准予')
  await press(phone, '看一遍，签发准予')
  await keepConsole(page, keep)
  const sheet = phone.getByRole('dialog')
  await press(sheet, '签发，准予')
  await sheet.waitFor({ state: 'hidden' })
}

/** The paper as it arrives on the phone. */
async function savePaper({ page }: Phone, keep: string) {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, '存到手机')])
  expect(download.suggestedFilename()).toMatch(/^高龄津贴.+\.png$/)
  const path = `dist/pictures/${keep}-paper.png`
  await download.saveAs(path)
  const { format, width } = await sharp(path).metadata()
  expect([format, width]).toEqual(['png', 1080])
  await sees(page, '存好了')
}

async function rate({ page }: Phone, keep: string) {
  await press(page, /^这次办得怎么样/)
  await choose(page, 'radio', '非常满意')
  await choose(page, 'checkbox', '不用跑')
  await write(page, '还想说的', '在家就办好了')
  await keepPicture(page, `${keep}-rating`)
  await press(page, '提交评价')
  await sees(page, '谢谢，你评的是“非常满意”')
  await keepPicture(page, `${keep}-rated`)
}

test('高龄津贴, from a new phone to the result and its rating', async () => {
  const desk = await openConsole(browser, { url })
  const person = { name: '沈秀英', ...(await desk.bear({ name: '沈秀英', birth: '1944-03-05' })) }
  const phone = await openPhone(browser, { url, person: person.id })
  const { page } = phone

  await register(phone, person, 'journey-1')
  await find(phone, '老年补贴', /^高龄津贴/, 'journey-1')

  await keepPicture(page, 'journey-1-form-who')
  await press(page, /^给自己办/)
  await write(page, '社保卡/银行卡号', CARD)
  await press(page, '下一步')
  for (const paper of ['居民身份证', '居民户口簿', '社会保障卡（或本人银行卡）']) {
    await photograph(page, page, paper)
  }
  await keepPicture(page, 'journey-1-form-papers')
  await press(page, '下一步')
  await sees(page, '1944年3月5日')
  await sees(page, '80-89周岁')
  await choose(page, 'checkbox', /我保证/)
  await keepPicture(page, 'journey-1-form-check')
  await press(page, '提交申请')
  await acceptReminders(phone, 'journey-1')

  await openTask(desk, '王立新', '高龄津贴', '村级核实')
  await act(desk, '核实上报', atWork('village-agent'))

  await openTask(desk, '赵敏', '高龄津贴', '乡镇受理')
  await press(desk.phone, '一次性补正')
  await choose(desk.phone, 'checkbox', '居民户口簿')
  await choose(desk.phone, 'checkbox', '看不清，重新拍一张')
  await keepConsole(desk.page, atWork('correction-notice'))
  await press(desk.phone, '看告知书，补 1 样')
  await keepConsole(desk.page, atWork('correction-preview'))
  await press(desk.phone, '发出，补 1 样')
  await sees(desk.phone, '补正发出了')

  await desk.become(person.name)
  await phone.go(await desk.openNotice(/高龄津贴要补 1 样/))
  await sees(page, '补 1 样，就接着办')
  await sees(page, '看不清，重新拍一张')
  await photograph(page, page, '居民户口簿')
  await keepPicture(page, 'journey-1-correction')
  await press(page, '补好了，交上去')
  await sees(page, '办到哪了')
  await keepPicture(page, 'journey-1-timeline')

  await openTask(desk, '赵敏', '高龄津贴', '乡镇受理')
  await act(desk, '受理', atWork('town-window'))
  await openTask(desk, '孙志远', '高龄津贴', '乡镇审核')
  await signGrant(desk, atWork('town-reviewer'))
  await openTask(desk, '赵敏', '高龄津贴', '办结送达')
  await act(desk, '办结', atWork('conclude'))
  await act(desk, '送达', atWork('deliver'), '电子件到手机')

  await desk.become(person.name)
  await keepConsole(desk.page, atWork('notifications'))
  await phone.go(await desk.openNotice(/高龄津贴办好了/))
  await sees(page, '高龄津贴，办好了')
  await keepPicture(page, 'journey-1-result')
  await savePaper(phone, 'journey-1')
  await rate(phone, 'journey-1')
  expect([...desk.faults, ...phone.faults]).toEqual([])
})

test('养老保险参保, done on the spot by the village', async () => {
  const desk = await openConsole(browser, { url })
  const person = { name: '周德福', ...(await desk.bear({ name: '周德福', birth: '1980-02-01' })) }
  const phone = await openPhone(browser, { url, person: person.id })
  const { page } = phone

  await register(phone, person, 'journey-2')
  await find(phone, '养老保险', /^养老保险参保/, 'journey-2')
  await press(page, /^给自己办/)
  await turnWheels(page, page, /^缴费档次/, ['1000'])
  await choose(page, 'checkbox', '无')
  await keepPicture(page, 'journey-2-form')
  await press(page, '下一步')
  await write(page, '社保卡/银行卡号', CARD)
  await press(page, '下一步')
  for (const paper of ['居民身份证', '居民户口簿']) await photograph(page, page, paper)
  await press(page, '下一步')
  await choose(page, 'checkbox', /我保证/)
  await keepPicture(page, 'journey-2-form-check')
  await press(page, '提交申请')
  await acceptReminders(phone, 'journey-2')

  await openTask(desk, '王立新', '养老保险参保', '收件受理')
  await act(desk, '受理', 'journey-2-accept')
  await signGrant(desk, 'journey-2-grant')
  // Whoever acted himself is not pushed: what comes next stands on the same page.
  await act(desk, '办结', 'journey-2-conclude')
  await act(desk, '送达', 'journey-2-deliver', '电子件到手机')

  await desk.become(person.name)
  await phone.go(await desk.openNotice(/养老保险参保办好了/))
  await sees(page, '养老保险参保，办好了')
  await keepPicture(page, 'journey-2-result')
  await rate(phone, 'journey-2')
  expect([...desk.faults, ...phone.faults]).toEqual([])
})
