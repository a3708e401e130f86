import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import { type Client, clientOf, newcomer } from '../product/client'
import { keepPicture, openBrowser, openPhone, untilShown } from './browser'
import { pageFaults } from './page-checks'
import { openServerOfFile } from './running-server'
import { DALIANG } from './scenes'
import { choose, fieldOf, photograph, press, sees, turnWheels, write } from './screen'

// For whom an application is, and what of them nobody has to type again.
const url = await openServerOfFile()
const client: Client = clientOf(url)
let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

const ITEM = 'LX-005'
const FORM = 'features/case/application/form'
const MOTHER = { name: '陈桂兰', idNumber: '341821194611180024', card: '6299000096932546021' }
const FATHER = { name: '李守田', idNumber: '341821194612300673' }

const sound = async (page: Page, options: Parameters<typeof pageFaults>[1] = {}) =>
  expect(await pageFaults(page, options)).toEqual([])

const count = (page: Page, words: string | RegExp) => page.getByText(words).filter({ visible: true }).count()

async function writePerson(page: Page, { name, idNumber }: { name: string; idNumber: string }) {
  await write(page, '姓名', name)
  await write(page, '身份证号', idNumber)
}

test('for herself with everything on file: eight taps at most, and nothing typed', async () => {
  const phone = await openPhone(browser, { url, person: 'chen-guilan' })
  const { page } = phone
  await phone.go('features/service-item/home')
  await untilShown(page)
  await page.evaluate(() => {
    Object.assign(window, { taps: 0, keys: 0 })
    const counted = window as unknown as { taps: number; keys: number }
    document.addEventListener(
      'click',
      (event) => {
        if (event.isTrusted) counted.taps += 1
      },
      true,
    )
    document.addEventListener(
      'input',
      () => {
        counted.keys += 1
      },
      true,
    )
  })
  await press(page, /^高龄津贴/)
  await press(page, '开始办理')
  await press(page, /^给自己办/)
  await sees(page, '核对一遍')
  await sees(page, '本人近期照片可不交，有就点“改”拍一张')
  await untilShown(page)
  await keepPicture(page, 'form-all-known')
  await sound(page)
  await choose(page, 'checkbox', /我保证/)
  await press(page, '提交申请')
  await sees(page, '收到了，接下来交给我们')
  const { taps, keys } = await page.evaluate(() => {
    const counted = window as unknown as { taps: number; keys: number }
    return { taps: counted.taps, keys: counted.keys }
  })
  console.info(`高龄津贴 for herself: ${taps} taps, ${keys} typed`)
  expect(taps).toBeLessThanOrEqual(8)
  expect(keys).toBe(0)
  await phone.go(`features/service-item/guide?id=${ITEM}`)
  await sees(page, '这件事你已经在办了')
  await untilShown(page)
  await keepPicture(page, 'guide-own-case')
  await sound(page)
  await phone.close()
})

test.each([{ elder: false }, { elder: true }])(
  '李建国 for his mother, from the guide to the receipt, elder mode $elder',
  async ({ elder }) => {
    const filer = elder
      ? await newcomer(client, { name: '李建党', birth: '1968-05-12', villageCode: DALIANG, level: 3 })
      : undefined
    const phone = await openPhone(browser, { url, person: filer?.personId ?? 'li-jianguo', elder })
    const { page } = phone
    const bodies: unknown[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && new URL(request.url()).pathname === '/api/cases')
        bodies.push(request.postDataJSON())
    })
    await phone.go(`features/service-item/guide?id=${ITEM}`)
    await sees(page, /还不符合：现在 58 岁，2048年5月12日 满 80 岁/)
    await untilShown(page)
    await keepPicture(page, elder ? 'guide-unmet.elder' : 'guide-unmet')
    await sound(page, { elder })
    await press(page, '开始办理')
    await sees(page, '给谁办？')
    await sees(page, /现在 58 岁，2048年5月12日 满 80 岁，还不能办/)
    await untilShown(page)
    await keepPicture(page, elder ? 'form-who-resident.elder' : 'form-who-resident')
    await sound(page, { elder })
    await press(page, /^帮别人办/)
    await writePerson(page, MOTHER)
    await sees(page, '满 80 周岁：够了')
    expect(await count(page, /2048年/)).toBe(0)
    await press(page, '用我的手机号')
    await untilShown(page)
    await keepPicture(page, elder ? 'form-who-mother.elder' : 'form-who-mother')
    await sound(page, { elder })
    if (elder) await turnWheels(page, page, /^所在的村/, ['梅渚镇', '大梁村'])
    else await press(page, '和我一个村')
    await turnWheels(page, page, /^代办人与老人关系/, ['子女'])
    await press(page, '下一步')
    await write(page, '社保卡/银行卡号', MOTHER.card)
    await press(page, '下一步')
    for (const paper of ['居民身份证', '居民户口簿', '社会保障卡（或本人银行卡）'])
      await photograph(page, page, paper)
    await untilShown(page)
    await keepPicture(page, elder ? 'form-sides.elder' : 'form-sides')
    await sound(page, { elder })
    await press(page, '下一步')
    await choose(page, 'checkbox', /我保证/)
    await press(page, '提交申请')
    await sees(page, '收到了，还差核身份')
    await sees(page, /^核过身份，最晚/)
    expect(bodies).toMatchObject([{ agent: true, answers: { name: '陈桂兰', agentRel: '子女' } }])
    expect(phone.faults).toEqual([])
    await phone.close()
  },
)

test.each([{ elder: false }, { elder: true }])(
  'a guide tells promise, inspection and delivery apart, elder mode $elder',
  async ({ elder }) => {
    const phone = await openPhone(browser, { url, person: 'li-jianguo', elder })
    const { page } = phone
    await phone.go('features/service-item/guide?id=LX-034')
    await sees(page, '今天申请，承诺')
    await sees(page, /现场核查的这些天不算在里面；都用满，最晚/)
    await sees(page, '最多 5 个工作日，承诺的时间停着')
    await sees(page, '办好以后，最多 10 个工作日')
    await untilShown(page)
    await keepPicture(page, elder ? 'guide-apart.elder' : 'guide-apart')
    await sound(page, { elder })
    await phone.close()
  },
)

test('two people are two drafts, each found again by name', async () => {
  const { personId } = await newcomer(client, {
    name: '何守业',
    birth: '1979-03-08',
    villageCode: DALIANG,
    level: 3,
  })
  const phone = await openPhone(browser, { url, person: personId })
  const { page } = phone
  for (const person of [MOTHER, FATHER]) {
    await phone.go(`${FORM}?id=${ITEM}&n=${person.name.length}${person.idNumber.slice(-2)}`)
    await press(page, /帮(别人|一个人)办$|^帮别人办|^再帮一个人办/)
    await writePerson(page, person)
    await page.waitForFunction((name) => JSON.stringify({ ...localStorage }).includes(name), person.name)
    await page.waitForTimeout(500)
  }
  await phone.go('tabs/case/my-cases')
  await sees(page, /^替李守田/)
  await sees(page, /^替陈桂兰/)
  await phone.go(`${FORM}?id=${ITEM}`)
  await sees(page, '接着帮李守田填')
  await untilShown(page)
  await keepPicture(page, 'form-who-drafts')
  await sound(page)
  await press(page, /^接着帮陈桂兰填/)
  expect(await fieldOf(page, '姓名').inputValue()).toBe('陈桂兰')
  await phone.close()
})

test('who is not old enough reads it by the number that is typed, whoever types it', async () => {
  const phone = await openPhone(browser, { url, person: 'chen-guilan' })
  const { page } = phone
  await phone.go(`${FORM}?id=LX-006`)
  await press(page, /^帮别人办/)
  await writePerson(page, { name: '李建国', idNumber: '341821196805123019' })
  await sees(page, '满 60 周岁：还不够')
  await sees(page, /2028年5月12日 满 60 岁/)
  await phone.close()
})

test('a table begins with oneself, and a new row is not born red', async () => {
  const { personId } = await newcomer(client, {
    name: '何满堂',
    birth: '1979-03-08',
    villageCode: DALIANG,
    level: 3,
  })
  const phone = await openPhone(browser, { url, person: personId })
  const { page } = phone
  await phone.go(`${FORM}?id=LX-021&who=self`)
  await turnWheels(page, page, /^所在的村/, ['梅渚镇', '大梁村'])
  await press(page, '下一步')
  await sees(page, '本人')
  expect(await fieldOf(page, '姓名').inputValue()).toBe('何满堂')
  await press(page, '下一步')
  await sees(page, /还有 1 处没填/)
  await turnWheels(page, page, /^资助类别/, ['普通'])
  await press(page, '再加一个')
  await sees(page, '第 2 个')
  expect(await page.getByRole('alert').filter({ visible: true }).count()).toBe(0)
  await untilShown(page)
  await keepPicture(page, 'form-rows')
  await sound(page)
  await press(page, '下一步')
  await sees(page, /还有 \d 处没填/)
  await phone.close()
})

test('a closed item says so before the first field', async () => {
  const phone = await openPhone(browser, { url, person: 'li-jianguo' })
  const { page } = phone
  await phone.go(`${FORM}?id=LX-004`)
  await sees(page, '现在还不能办')
  await sees(page, /2027年7月1日 开始/)
  expect(await page.getByRole('textbox').filter({ visible: true }).count()).toBe(0)
  await untilShown(page)
  await keepPicture(page, 'form-closed')
  await sound(page)
  await phone.go('features/service-item/guide?id=LX-004')
  await sees(page, /现在还不能办：下一次 2027年7月1日 开始/)
  for (const words of ['今天申请，最晚', /^你符合/, /最晚/]) expect(await count(page, words)).toBe(0)
  await untilShown(page)
  await keepPicture(page, 'guide-closed')
  await sound(page)
  await phone.close()
})

test('what was emptied stays empty when the draft is opened', async () => {
  const { person, personId } = await newcomer(client, {
    name: '何清空',
    birth: '1979-03-08',
    villageCode: DALIANG,
    level: 3,
  })
  const phone = await openPhone(browser, { url, person: personId })
  const { page } = phone
  await phone.go(`${FORM}?id=LX-017&who=self`)
  await press(page, '改申请人')
  await fieldOf(page, '姓名').fill('')
  await page.waitForTimeout(600)
  await page.reload()
  await sees(page, '空着的补上')
  expect(await count(page, /空着的补上/)).toBe(1)
  expect(await fieldOf(page, '姓名').inputValue()).toBe('')
  expect((await person.send<CaseList>('GET', '/api/cases')).body.items).toEqual([])
  await phone.close()
})

test('a guide opened by somebody known whose session has ended never sends them to be confirmed', async () => {
  const phone = await openPhone(browser, { url, person: 'chen-guilan' })
  const { page } = phone
  const shown: string[] = []
  await phone.go('features/service-item/home')
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage))
      if (key.endsWith(':token')) localStorage.setItem(key, JSON.stringify('ended-ended-ended-ended-ended'))
  })
  await page.exposeFunction('shows', (words: string) => shown.push(words))
  await page.addInitScript(() => {
    const tell = (window as unknown as { shows: (words: string) => void }).shows
    new MutationObserver(() => tell(document.body?.textContent ?? '')).observe(document, {
      childList: true,
      subtree: true,
    })
  })
  await phone.go(`features/service-item/guide?id=${ITEM}`)
  await page.reload()
  await sees(page, /你符合：80 岁/)
  expect(shown.join('\n')).not.toMatch(/要交 3 份，|微信核一下/)
  await sees(page, '4 份已免，可以什么都不交。')
  await phone.close()
})
