import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { createRandom, packContext, packItems, validInput } from '../generated-input'
import { act, type Client, caseOf, clientOf } from '../product/client'
import { nothingMissing } from '../product/project'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { bornBy, DALIANG, file, STAFF } from './scenes'
import { answer, choose, press, sees } from './screen'

// What the screens say of a case that names nobody: to whoever filed it, and to who must end it.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const PHONE = { width: 390, height: 844 }
const DESK = { width: 1280, height: 800 }
const SIZES = [PHONE, DESK]

const born = bornBy(client)
async function openAs(person: string, path: string, size = PHONE, elder = false) {
  const opened = await openPhone(browser, { url, person, size, elder })
  await opened.go(path)
  await untilShown(opened.page)
  return opened
}
const count = (page: Page, words: string | RegExp) => page.getByText(words).filter({ visible: true }).count()
async function disownedOf(
  name: string,
  itemId = 'LX-005',
  before: (id: string) => Promise<unknown> = async () => {},
) {
  const [owner, filer] = [await born(`${name}主`, 3, '1944-03-05'), await born(`${name}报`, 2, '1985-03-05')]
  const id = await file(
    client,
    { person: filer.person, name: owner.name, idNumber: owner.idNumber, agent: true },
    itemId,
  )
  await before(id)
  const { version } = await caseOf(owner.person, id)
  const { status } = await owner.person.send('POST', `/api/cases/${id}/disownment`, { body: { version } })
  expect(status).toBe(200)
  return { id, owner, filer }
}
async function does(staff: string, id: string, action: Parameters<typeof act>[2], more = {}) {
  const { status, body } = await act(await client.as(staff), id, action, more)
  expect(status, JSON.stringify(body)).toBe(200)
}

const WAY = /写的证件号是别人的。号写错了的，按对的再申请；不办了可以撤回/

test('whoever filed reads the way on on every page, and no promise', async () => {
  const { id, filer } = await disownedOf('屠甲')
  const { page, go, close, faults } = await openAs(filer.personId, `features/case/timeline?id=${id}`)
  await sees(page, WAY)
  await sees(page, /停着，\d+月\d+日起/)
  for (const promise of [/办好了会告诉你/, /下一步/, /暂停计时/]) expect(await count(page, promise)).toBe(0)
  await keepPicture(page, 'disowned-filer')
  expect(await pageFaults(page)).toEqual([])
  for (const path of ['features/case/result', 'features/case/application/submitted']) {
    await go(`${path}?id=${id}`)
    await untilShown(page)
    await sees(page, WAY)
    for (const promise of [/第一时间/, /接下来交给我们/, /提醒我/])
      expect(await count(page, promise), path).toBe(0)
  }
  for (const path of ['tabs/case/my-cases', 'features/service-item/home']) {
    await go(path)
    await untilShown(page)
    await sees(page, WAY)
    await sees(page, /号码的主人说不是自己申请的/)
  }
  await keepPicture(page, 'disowned-filer-home')
  expect(await pageFaults(page)).toEqual([])
  expect(faults).toEqual([])
  await close()
})

test('a receipt of a case that is gone says so, and leads nowhere', async () => {
  const { id, owner } = await disownedOf('屠丁')
  const { page, close } = await openAs(owner.personId, `features/case/application/submitted?id=${id}`)
  await sees(page, '这件现在看不到了')
  for (const words of ['收到了', '看办到哪一步']) expect(await count(page, words)).toBe(0)
  await close()
})

test('who must end it has that button before all others, and no other is filled', async () => {
  const { id } = await disownedOf('屠乙', 'LX-007', async (each) => {
    await does(STAFF.window, each, 'accept')
    await does(STAFF.reviewer, each, 'pass')
    await does(STAFF.reviewer, each, 'publish-notice')
  })
  for (const size of SIZES) {
    const { page, close } = await openAs(STAFF.reviewer, `staff/case/case?id=${id}`, size)
    await sees(page, '贴出去的公示，先撤下来。')
    expect(await count(page, '这件现在没有要你办的')).toBe(0)
    await keepPicture(page, `disowned-led.${size.width}`)
    expect(await pageFaults(page, { desktop: size.width > 1000 })).toEqual([])
    await press(page, '本人不认，终止')
    await sees(page.getByRole('dialog').filter({ visible: true }).first(), /提交申请的人会读到怎么办/)
    await close()
  }
  const queue = await openAs(STAFF.reviewer, 'staff/case/queue')
  await queue.page
    .getByRole('button', { name: /^去终止，低保/ })
    .filter({ visible: true })
    .first()
    .waitFor()
  await queue.close()
})

test('before acceptance to accept is not the filled button, and its sheet says who reads the paper', async () => {
  const { id } = await disownedOf('屠丙')
  for (const size of SIZES) {
    const { page, close } = await openAs(STAFF.window, `staff/case/case?id=${id}`, size)
    const filled = await page.locator('.button--primary').filter({ visible: true }).allInnerTexts()
    expect(filled.join()).not.toMatch(/受理/)
    for (const words of [/先撤下来/, /文书照旧留着/]) expect(await count(page, words)).toBe(0)
    await sees(page, '没有申请人，停着')
    await press(page, size.width > 1000 ? /^受理/ : '受理')
    const sheet = page.getByRole('dialog').filter({ visible: true }).first()
    await sees(sheet, /受理通知书发给提交申请的人/)
    expect(await sheet.getByText('发给申请人').count()).toBe(0)
    await close()
  }
  const desk = await openAs(STAFF.window, 'staff/case/queue', DESK)
  await sees(desk.page.locator('.qrow'), '本人说不是自己申请的')
  await keepPicture(desk.page, 'disowned-queue')
  expect(await pageFaults(desk.page, { desktop: true })).toEqual([])
  await desk.close()
})

test('who is about to refuse it reads why there is nobody, and has words for it', async () => {
  const { id } = await disownedOf('屠戊', 'LX-005', (each) => does(STAFF.window, each, 'accept'))
  for (const size of SIZES) {
    const { page, close } = await openAs(STAFF.reviewer, `staff/case/decision?id=${id}&action=refuse`, size)
    await sees(page, /号码的主人没有申请，姓名、号码是别人写的/)
    await sees(page, '提交申请的人看得到，写明白')
    await choose(page, 'radio', /不予/)
    await choose(page, 'checkbox', '号码的主人说没有申请')
    await keepPicture(page, `disowned-refusal.${size.width}`)
    expect(await pageFaults(page, { desktop: size.width > 1000 })).toEqual([])
    await press(page, /^看一遍，签发不予/)
    const sheet = page.getByRole('dialog').filter({ visible: true }).first()
    await sees(sheet, /通知提交申请的人|提交申请的人/)
    await close()
  }
})

test('where the form asks for no number nothing on the desk calls whoever disowned it the applicant', async () => {
  const [owner, filer] = [await born('屠社主', 3, '1975-03-05'), await born('屠社报', 1, '1980-05-05')]
  const { name, idNumber } = owner
  expect(
    (await filer.person.send('POST', '/api/account/identity', { body: { name, idNumber } })).status,
  ).toBe(200)
  const id = await file(client, { person: filer.person, name: '', idNumber: '' }, 'LX-033')
  const { version } = await caseOf(owner.person, id)
  await owner.person.send('POST', `/api/cases/${id}/disownment`, { body: { version } })
  const { page, close } = await openAs('qian-xiaoli', `staff/case/case?id=${id}`, DESK)
  await sees(page, '要往下办，先写明给谁办')
  await sees(page, '原来写的姓名')
  await sees(page, /写的是屠\*主/)
  expect(await count(page, /不予受理、要补材料、准予、不予、终止|申请人身份证号/)).toBe(0)
  await keepPicture(page, 'disowned-unnamed')
  expect(await pageFaults(page, { desktop: true })).toEqual([])
  await press(page, '当面核身份')
  const sheet = page.getByRole('dialog').filter({ visible: true }).first()
  await sees(sheet, /原来写的那个人说没有申请/)
  expect(await sheet.getByText(/屠\*主/).count()).toBe(0)
  await close()
  expect(
    (await filer.person.send('POST', `/api/cases/${id}/withdrawal`, { body: { version: version + 1 } }))
      .status,
  ).toBe(200)
  const over = await openAs('qian-xiaoli', `staff/case/case?id=${id}`, DESK)
  await sees(over.page, /号码的主人没有申请/)
  expect(await count(over.page, /才能往下办|先写明/)).toBe(0)
  await over.close()
})

test('departments of a disowned joint case read who ends it, and who leads it has the button', async () => {
  const { person } = await born('屠联办', 3, '1981-03-05')
  const item = packItems().find((each) => each.id === 'LX-045')
  if (!item) throw new Error('no LX-045')
  const { now } = (await client.door<{ now: string }>('GET', 'clock')).body
  const uploads = await Promise.all([...item.materials, ...item.fields].map(() => person.upload()))
  const { answers, materials } = validInput(item, createRandom(5), {
    ...packContext(plainDate(now.slice(0, 10))),
    onFileCredentialCodes: new Set(),
    uploadId: () => uploads.pop() ?? '',
    villageCode: DALIANG,
  })
  const firm = { entName: '郎溪县梅渚镇李记小吃店', uscc: '92341821DEM903328K' }
  const { body } = await person.send<{ id: string }>('POST', '/api/cases', {
    body: { serviceItemId: item.id, answers: { ...answers, ...firm }, materials },
  })
  const { id } = body
  await does('zhou-min', await nothingMissing(client, id), 'accept')
  const { version } = await caseOf(await client.as('li-jianguo'), id)
  await (await client.as('li-jianguo')).send('POST', `/api/cases/${id}/disownment`, { body: { version } })
  for (const size of SIZES) {
    const lead = await openAs('zhou-min', `staff/case/case?id=${id}`, size)
    await lead.page.getByRole('button', { name: '这家企业不认，终止' }).filter({ visible: true }).waitFor()
    await lead.close()
    const { page, close } = await openAs('he-bin', `staff/case/case?id=${id}`, size)
    await sees(page, /没有申请人，由受理的单位（.*马上办.*）终止/)
    expect(await count(page, '这件现在没有要你办的')).toBe(0)
    await keepPicture(page, `disowned-joint.${size.width}`)
    expect(await pageFaults(page, { desktop: size.width > 1000 })).toEqual([])
    await close()
  }
})

test('the answer to a disowning is lost: a look finds that it went through', async () => {
  const [owner, filer] = [await born('屠丢主', 3), await born('屠丢报', 2, '1985-03-05')]
  const id = await file(
    client,
    { person: filer.person, name: owner.name, idNumber: owner.idNumber, agent: true },
    'LX-005',
  )
  const { page, close } = await openAs(
    owner.personId,
    `features/case/timeline?id=${id}`,
    { width: 320, height: 640 },
    true,
  )
  await page.route(
    '**/disownment',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await press(page, '不是我申请的')
  await answer(page, '不是我申请的')
  await sees(page, '不知道记下没有')
  await press(page, '看一下')
  await sees(page, '记下了，不是你申请的')
  await sees(page, '现在没有办件')
  await untilShown(page)
  expect(await count(page, '这件现在看不到了')).toBe(0)
  await close()
})
