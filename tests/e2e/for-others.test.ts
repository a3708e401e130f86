import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList, CaseView } from '#shared/contract/case'
import { sexOfIdNumber } from '#shared/domain/kernel/digits'
import { act, type Client, caseOf, clientOf } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { SHORT_ITEM, WINDOW } from './people'
import { openServerOfFile } from './running-server'
import { bornBy, file, STAFF } from './scenes'
import { agreeToEntry, choose, fieldOf, photograph, press, sees, turnWheels, write } from './screen'

const thirdOf = (idNumber: string) => (sexOfIdNumber(idNumber) === '男' ? '他' : '她')

// Who fills in an application for somebody else, and who may not fill in their own.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const FORM = `features/case/application/form?id=${SHORT_ITEM.id}`

const born = bornBy(client, '1979-03-08')

/** From who applies to the last step, for somebody of whom nothing is known. */
async function fillIn(
  page: Page,
  { name, idNumber }: { name: string; idNumber: string },
  afterPerson: () => Promise<unknown> = async () => undefined,
) {
  await write(page, '姓名', name)
  await write(page, '身份证号', idNumber)
  await write(page, '手机号', '15400000003')
  await turnWheels(page, page, /^所在的村/, ['梅渚镇', '大梁村'])
  await press(page, '下一步')
  await afterPerson()
  await turnWheels(page, page, /^失业原因/, ['企业关停'])
  await turnWheels(page, page, /^失业日期/, [])
  await press(page, '下一步')
  await photograph(page, page, '居民身份证')
  await press(page, '下一步')
}

const sound = async (page: Page, options: Parameters<typeof pageFaults>[1] = {}) =>
  expect(await pageFaults(page, options)).toEqual([])

const FILING = /^\/api\/(cases|work\/applications)$/

const sentBodies = (page: Page) => {
  const bodies: unknown[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST' && FILING.test(new URL(request.url()).pathname))
      bodies.push(request.postDataJSON())
  })
  return bodies
}

test('at the window staff fill it in for who comes: what they declared is sent and told on the case', async () => {
  const { name, idNumber } = await born('何桂枝', 0)
  const phone = await openPhone(browser, { url, person: WINDOW.id })
  const { page } = phone
  const bodies = sentBodies(page)
  await phone.go(`${FORM}&src=p7`)
  await page.reload()
  await sees(page, '给谁办？')
  await keepPicture(page, 'form-who')
  await sound(page)
  await press(page, /^来梅渚镇办事的人/)
  await sees(page, '谁来的')
  await press(page, '下一步')
  await sees(page, '先选谁来的')
  await choose(page, 'radio', '本人在这里')
  await press(page, '下一步')
  await sees(page, '先问他同不同意')
  await choose(page, 'radio', '念给他听了，他说同意')
  await press(page, '下一步')
  await sees(page, '先点为什么要来')
  await choose(page, 'checkbox', '没有智能手机')
  await press(page, '下一步')
  await sees(page, '先选他是你的什么人')
  await choose(page, 'radio', '不是亲属')
  await keepPicture(page, 'form-entry')
  await sound(page)
  await press(page, '下一步')
  await sees(page, '替人办，有三样不同')
  expect(await fieldOf(page, '姓名').inputValue()).toBe('')
  await keepPicture(page, 'form-entry-person')
  await sound(page)
  await fillIn(page, { name, idNumber })
  await press(page, '提交申请')
  await sees(page, '先勾上“念过了”，再提交')
  await choose(page, 'checkbox', /念过了/)
  await keepPicture(page, 'form-entry-check')
  await sound(page)
  await press(page, '提交申请')
  await sees(page, `替${thirdOf(idNumber)}交上去了`)
  await sees(page, '还差核身份：人和身份证都在，现在就核。')
  await sees(page, /^核过身份，最晚/)
  await keepPicture(page, 'form-entered')
  await sound(page)
  expect(bodies).toMatchObject([{ consent: { how: 'spoken' }, visitReason: '没有智能手机' }])
  for (const told of ['relation', 'agent', 'channel', 'src']) expect(bodies[0]).not.toHaveProperty(told)
  await press(page, '去核身份')
  await sees(page, /^窗口代填 · 赵敏 梅渚镇$/)
  await keepPicture(page, 'staff-case-entered')
  await sound(page)
  const id = /[?&]id=([\w-]+)/.exec(page.url())?.[1] ?? ''
  expect((await caseOf(await client.as('zhao-min'), id)).staff).toMatchObject({
    channel: 'window',
    src: null,
    assisted: true,
    enteredBy: { name: '赵敏' },
  })
  expect(phone.faults).toEqual([])
  await phone.close()
  const desk = await openPhone(browser, { url, person: WINDOW.id, size: { width: 1280, height: 800 } })
  await desk.go(`staff/case/case?id=${id}`)
  await sees(desk.page, /^窗口代填 · 赵敏/)
  await keepPicture(desk.page, 'staff-case-entered-1280')
  await sound(desk.page, { desktop: true })
  for (const [path, words, keep] of [
    ['staff/case/queue', '替来的人填', 'staff-queue-entry-1280'],
    [FORM, '给谁办？', 'form-who-1280'],
  ] as const) {
    await desk.go(path)
    await sees(desk.page, words)
    await untilShown(desk.page)
    await keepPicture(desk.page, keep)
    await sound(desk.page, { desktop: true })
  }
  await desk.close()
})

test('who types it for a relative learns that others will decide, and sees the case no more', async () => {
  const { name, idNumber } = await born('何桂芳', 0, '1960-03-08')
  const phone = await openPhone(browser, { url, person: WINDOW.id, elder: true })
  const { page } = phone
  const bodies = sentBodies(page)
  await phone.go(FORM)
  await press(page, /^来梅渚镇办事的人/)
  await choose(page, 'radio', '本人没来，家里人或别人来的')
  await choose(page, 'radio', '念给他听了，他说同意')
  await choose(page, 'checkbox', '没有智能手机')
  await choose(page, 'radio', '我的父母')
  await sees(page, '那这件你就不能办')
  await sees(page, /由梅渚镇\s*别的人办；没有别的人，联络员另找人办/)
  await keepPicture(page, 'form-entry-relative.elder')
  await sound(page, { elder: true })
  await press(page, '下一步')
  await keepPicture(page, 'form-entry-person.elder')
  await sound(page, { elder: true })
  await fillIn(page, { name, idNumber })
  await choose(page, 'checkbox', /念过了/)
  await press(page, '提交申请')
  await sees(page, `替${thirdOf(idNumber)}交上去了`)
  await sees(page, /你们是亲属，这件由别人办/)
  await sees(page, '还差核身份，由同事来核。')
  await keepPicture(page, 'form-entered.elder')
  await sound(page, { elder: true })
  expect(await page.getByText('看这一件').count()).toBe(0)
  expect(bodies).toMatchObject([
    { agent: true, consent: { how: 'spoken' }, relation: [{ staffId: 'zhao-min', kind: 'child' }] },
  ])
  const colleague = await client.as('qian-li')
  const queue = await colleague.send<{ items: { caseId: string; applicantMasked: string }[] }>(
    'GET',
    '/api/work/cases',
  )
  const found = queue.body.items?.find(({ applicantMasked }) => /^何.*芳$/.test(applicantMasked))
  expect(found).toBeDefined()
  expect((await (await client.as('zhao-min')).send('GET', `/api/cases/${found?.caseId}`)).status).toBe(404)
  await phone.close()
})

test('what is typed for who came stands when it is left, until it is thrown away', async () => {
  const phone = await openPhone(browser, { url, person: STAFF.village })
  const { page } = phone
  const declare = () => agreeToEntry(page)
  await phone.go(FORM)
  await press(page, /^来大梁村办事的人/)
  await declare()
  await press(page, '下一步')
  await write(page, '姓名', '何大田')
  await page.waitForFunction(() => JSON.stringify({ ...localStorage }).includes('何大田'))
  await phone.go('tabs/case/my-cases')
  await sees(page, /^替何大田，\d+月\d+日存的/)
  await press(page, /^失业登记/)
  await sees(page, '上次替人填的还在')
  await declare()
  await press(page, '下一步')
  expect(await fieldOf(page, '姓名').inputValue()).toBe('何大田')
  await press(page, '返回')
  await press(page, '重新填')
  await declare()
  await press(page, '下一步')
  expect(await fieldOf(page, '姓名').inputValue()).toBe('')
  await phone.close()
})

test.each([{ elder: false }, { elder: true }])(
  'a resident files for somebody who gave no power, elder mode $elder',
  async ({ elder }) => {
    const filer = await born(elder ? '何二顺' : '何大顺', 3)
    const child = await born(elder ? '何二宝' : '何大宝', 0, '2016-05-01')
    const phone = await openPhone(browser, { url, person: filer.personId, elder })
    const { page } = phone
    const bodies = sentBodies(page)
    await phone.go(FORM)
    await press(page, /^帮别人办/)
    await sees(page, '对方没授权给你，也能先办。')
    await sees(page, '没授权，有三样不同')
    expect(await fieldOf(page, '姓名').inputValue()).toBe('')
    await keepPicture(page, elder ? 'form-who-agent.elder' : 'form-who-agent')
    await sound(page, { elder })
    // A child's: its guardian agrees before anything more is asked, and nothing that was typed is lost.
    await fillIn(page, child, async () => {
      await sees(page, /我是孩子的父母或者监护人/)
      await keepPicture(page, elder ? 'form-guardian-asked.elder' : 'form-guardian-asked')
      await sound(page, { elder })
      await choose(page, 'checkbox', /我是孩子的父母或者监护人/)
      await press(page, '同意，接着办')
    })
    await choose(page, 'checkbox', /我保证/)
    await press(page, '提交申请')
    await sees(page, '收到了，还差核身份')
    expect(bodies).toMatchObject([{ agent: true }])
    expect(bodies[0]).not.toHaveProperty('channel')
    const { items } = (await filer.person.send<CaseList>('GET', '/api/cases')).body
    expect(items).toHaveLength(1)
    expect(phone.faults).toEqual([])
    await phone.close()
  },
)

test('a child is told at filing and at the check what parents do, and an adult puts the number right', async () => {
  const child = await born('何小宝', 2, '2016-05-01')
  const adult = await born('何满仓', 0)
  const phone = await openPhone(browser, { url, person: child.personId })
  const { page } = phone
  await phone.go(FORM)
  await press(page, /^给自己办/)
  await fillInKnown(page)
  await choose(page, 'checkbox', /我保证/)
  await press(page, '提交申请')
  await sees(page, '登记的是孩子的号码')
  await sees(page, /找到“失业登记”，点“开始办理”，再点“帮别人办”/)
  await sees(page, /填的都还在/)
  await sees(page, '大人换成自己的号码登记；孩子的事由监护人替他申请。')
  await untilShown(page)
  await keepPicture(page, 'form-guardian')
  await sound(page)
  await press(page, '换成我自己的')
  await sees(page, '你是哪一位？')
  expect(await fieldOf(page, '姓名').inputValue()).toBe('')
  await choose(page, 'checkbox', /同意用身份证号登记/)
  await choose(page, 'checkbox', /敏感信息/)
  await press(page, '微信核一下')
  await sees(page, '身份证号还没填')
  await write(page, '姓名', adult.name)
  await write(page, '身份证号', adult.idNumber)
  await press(page, '先不核，也能申请')
  await sees(page, '失业登记')
  expect(phone.faults).toEqual([])
  await phone.close()
})

/** The same of one's own, whose name and number stand there. */
async function fillInKnown(page: Page) {
  await turnWheels(page, page, /^所在的村/, ['梅渚镇', '大梁村'])
  await press(page, '下一步')
  await turnWheels(page, page, /^失业原因/, ['企业关停'])
  await turnWheels(page, page, /^失业日期/, [])
  await press(page, '下一步')
  await photograph(page, page, '居民身份证')
  await press(page, '下一步')
}

test('who handed a case over is told what is left of it, and why no more', async () => {
  const { name, person, idNumber } = await born('何满囤', 3, '1944-03-05')
  const id = await file(client, { person, name, idNumber }, 'LX-001')
  const agent = await client.as(STAFF.village)
  const [target] = (await caseOf(agent, id)).staff?.transferTargets ?? []
  const handed = await act(agent, id, 'transfer', { reason: '人搬到那个村了', toUnitId: target?.unitId })
  expect(handed.status).toBe(200)
  const left = (await agent.send<CaseView>('GET', `/api/cases/${id}`)).body
  expect(left.viewer).toBe('former')
  for (const elder of [false, true]) {
    const phone = await openPhone(browser, { url, person: STAFF.village, elder })
    const { page } = phone
    for (const path of ['timeline', 'result', 'correction', 'addition']) {
      await phone.go(`features/case/${path}?id=${id}`)
      await sees(page, left.nowText)
      await sees(page, '别的为什么看不到')
      await untilShown(page)
      await sound(page, { elder })
    }
    await phone.go(`features/case/timeline?id=${id}`)
    await sees(page, '别的为什么看不到')
    await keepPicture(page, elder ? 'timeline-former.elder' : 'timeline-former')
    expect(await page.getByRole('button', { name: '打电话问' }).count()).toBe(0)
    await phone.go(`staff/case/case?id=${id}`)
    await sees(page, /只给申请人和现在办这件的人看/)
    expect(phone.faults).toEqual([])
    await phone.close()
  }
})

test('a form without a number has no others: whoever files it is the applicant', async () => {
  const phone = await openPhone(browser, { url, person: WINDOW.id })
  const { page } = phone
  await phone.go('features/case/application/form?id=LX-032')
  await sees(page, '给谁办？')
  expect(await page.getByText('帮别人办').count()).toBe(0)
  await press(page, /^给自己办/)
  await untilShown(page)
  expect(await page.getByText('帮别人办').count()).toBe(0)
  for (const [id, words] of [
    ['LX-032', '照着对方带来的材料写。'],
    ['LX-034', '照着执照写。'],
  ]) {
    await phone.go(`features/case/application/form?id=${id}`)
    await page.reload()
    await press(page, /^来梅渚镇办事的人/)
    await agreeToEntry(page)
    if (id === 'LX-032') {
      await press(page, '下一步')
      await sees(page, '名字还没填')
      await fieldOf(page, '姓名').fill('邬窗口')
      await fieldOf(page, '身份证号').fill('341821197503050023')
    }
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
    await press(page, '下一步')
    await sees(page, words ?? '')
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0)
    expect(await page.getByText('有三样不同').count()).toBe(0)
    await keepPicture(page, `form-entry-person-${id}`)
    await sound(page)
  }
  await phone.close()
})

test('who types a booking reads its half day on the receipt, and no promise of a visit done', async () => {
  const phone = await openPhone(browser, { url, person: 'window-tax', size: { width: 320, height: 844 } })
  const { page } = phone
  await phone.go('features/case/application/form?id=LX-052')
  await press(page, /办事的人/)
  await agreeToEntry(page)
  await press(page, '下一步')
  await write(page, '单位/企业名称', '郎溪县梅渚镇李记小吃店')
  await write(page, '统一社会信用代码', '92341821DEM903328K')
  await write(page, '法定代表人/经营者', '李记春')
  await write(page, '经办人', '李记春')
  await write(page, '手机号', '15400000003')
  await press(page, '下一步')
  await choose(page, 'checkbox', '发票申领')
  await press(page, '下一步')
  await turnWheels(page, page, /^预约时段/, [])
  await choose(page, 'radio', /^上午/)
  await press(page, '下一步')
  await press(page, '下一步')
  await photograph(page, page, '营业执照')
  await press(page, '下一步')
  await choose(page, 'checkbox', /念过了/)
  await press(page, '提交申请')
  await sees(page, '替对方交上去了')
  await sees(page, /^约了 .* 上午来，还没定下来$/)
  await sees(page, /定下来/)
  expect(await page.getByText(/办好/).count()).toBe(0)
  await keepPicture(page, 'form-entered-booked-320')
  await sound(page)
  await phone.close()
})
