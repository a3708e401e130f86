import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type PagePath, pagesFor } from '#shared/contract/pages'
import { type County, openCounty } from '../product/county'
import type { Phone } from './engine'
import { caseAt, ITEM, phoneOf } from './phones'

let county: County
type Case = Awaited<ReturnType<typeof caseAt>>
let cases: Readonly<Record<'toCorrect' | 'toAccept' | 'toDecide' | 'delivered', Case>>
let phone: Phone | undefined

beforeAll(async () => {
  county = await openCounty()
  cases = {
    toCorrect: await caseAt(county, '陈桂兰', 'to-correct'),
    toAccept: await caseAt(county, '李秀珍', 'to-accept'),
    toDecide: await caseAt(county, '吴月英', 'to-decide'),
    delivered: await caseAt(county, '周玉梅', 'delivered'),
  }
}, 120_000)
afterAll(() => county.close())
afterEach(() => phone?.close())

/** Who opens the page, with what, and the words that stand there only when the product answered. */
interface Opening {
  readonly person: () => string
  readonly query?: () => Readonly<Record<string, string>>
  readonly shows: () => readonly string[]
  /** A page that has all of its words with it. */
  readonly asksNothing?: true
}

const li = () => 'li-jianguo'

const OPENINGS = {
  'features/service-item/home': {
    person: li,
    shows: () => ['建国', '高龄津贴', '养老金资格认证', '郎溪县数据资源管理局主办'],
  },
  'features/service-item/search': {
    person: li,
    query: () => ({ q: encodeURIComponent('老年补贴') }),
    shows: () => ['高龄津贴'],
  },
  'features/service-item/guide': {
    person: li,
    query: () => ({ id: ITEM }),
    shows: () => ['高龄津贴', '居民身份证', '正式名称'],
  },
  'features/application/form': {
    person: li,
    query: () => ({ id: ITEM }),
    shows: () => ['给谁办？', '帮别人办'],
  },
  'features/application/submitted': {
    person: () => cases.toDecide.personId,
    query: () => ({ id: cases.toDecide.id }),
    shows: () => [cases.toDecide.caseNumber, '收到了，接下来交给我们'],
  },
  'tabs/case/my-cases': { person: () => cases.toDecide.personId, shows: () => ['高龄津贴'] },
  'features/case/timeline': {
    person: () => cases.toDecide.personId,
    query: () => ({ id: cases.toDecide.id }),
    shows: () => [cases.toDecide.caseNumber],
  },
  'features/case/correction': {
    person: () => cases.toCorrect.personId,
    query: () => ({ id: cases.toCorrect.id }),
    shows: () => ['户口簿照片模糊，重拍一张'],
  },
  'features/case/addition': {
    person: () => cases.toDecide.personId,
    query: () => ({ id: cases.toDecide.id }),
    shows: () => ['补交一样东西', '居民户口簿'],
  },
  'features/case/result': {
    person: () => cases.delivered.personId,
    query: () => ({ id: cases.delivered.id }),
    shows: () => ['准予'],
  },
  'tabs/account/me': { person: li, shows: () => ['李建国'] },
  'features/case/documents': {
    person: () => cases.delivered.personId,
    query: () => ({ id: cases.delivered.id }),
    shows: () => ['受理通知书', '送达回证', '居民户口簿'],
  },
  'features/case/document': {
    person: () => cases.delivered.personId,
    query: () => ({ case: cases.delivered.id, id: cases.delivered.documentId }),
    shows: () => ['受理通知书', '起受理'],
  },
  'features/case/one-page': {
    person: () => cases.toDecide.personId,
    query: () => ({ id: cases.toDecide.id }),
    shows: () => ['高龄津贴', '走到这里'],
  },
  'features/account/register': { person: li, shows: () => ['李建国'] },
  'features/rating/rate': {
    person: () => cases.delivered.personId,
    query: () => ({ id: cases.delivered.id }),
    shows: () => ['满意'],
  },
  'features/reminder/inbox': { person: () => cases.delivered.personId, shows: () => ['高龄津贴'] },
  'features/feedback/complain': { person: li, shows: () => ['12345'] },
  'staff/case/queue': { person: () => 'zhao-min', shows: () => ['李*珍'] },
  'staff/case/case': {
    person: () => 'zhao-min',
    query: () => ({ id: cases.toAccept.id }),
    shows: () => ['李秀珍', '受理'],
  },
  'staff/case/decision': {
    person: () => 'sun-zhiyuan',
    query: () => ({ id: cases.toDecide.id }),
    shows: () => ['吴月英', '准予', '不予'],
  },
  'staff/case/request-correction': {
    person: () => 'zhao-min',
    query: () => ({ id: cases.toAccept.id }),
    shows: () => ['居民户口簿'],
  },
  'staff/account/bind': {
    person: li,
    query: () => ({ token: 'x'.repeat(40) }),
    shows: () => ['绑定'],
    asksNothing: true,
  },
} satisfies Readonly<Record<PagePath, Opening>>

/** Long numbers stand in groups. */
const expectShown = ({ screen }: Phone, words: readonly string[]) => {
  for (const each of words) expect(screen.text().replace(/ /g, '')).toContain(each.replace(/ /g, ''))
}

const openings = Object.entries<Opening>(OPENINGS)

test('every page of the manifest is opened below', () => {
  expect(openings.map(([path]) => path).sort()).toEqual(
    pagesFor('weapp')
      .map(({ path }) => path)
      .sort(),
  )
})

test.each(openings)('%s opens with what the product answers', async (path, { person, query, shows }) => {
  phone = phoneOf(county, person())
  const milliseconds = await phone.launch(path, query?.() ?? {})
  const { count, bytes, largest } = phone.stack.at(-1)?.updates ?? { count: 0, bytes: 0, largest: 0 }
  console.log(`${path}: ${Math.round(milliseconds)} ms, ${count} setData, ${bytes} bytes, largest ${largest}`)
  expect(phone.faults).toEqual([])
  expectShown(phone, shows())
  // WeChat advises to stay below 256 KB; a page of words has no reason to come near.
  expect(largest).toBeLessThan(64 * 1024)
  expect(milliseconds).toBeLessThan(2000)
})

const asking = openings.filter(([, { asksNothing }]) => !asksNothing)

test.each(asking)('%s says that there is no network, and goes on when it is back', async (path, opening) => {
  phone = phoneOf(county, opening.person())
  phone.network.online = false
  await phone.launch(path, opening.query?.() ?? {})
  expect(phone.screen.text()).toContain('没有连上网')
  await phone.setOnline(true)
  await phone.screen.press('再试一次')
  expectShown(phone, opening.shows())
  expect(phone.faults).toEqual([])
})

test.each(asking)('%s says that the server failed, and what to name on the phone', async (path, opening) => {
  phone = phoneOf(county, opening.person())
  const body = { code: 'server.error', title: '出错了，不是你的问题', requestId: '0192-abcd1234' }
  for (const method of ['GET', 'POST']) {
    phone.network.befall(method, /^\/api\/(?!sessions|health)/, { status: 500, body }, 20)
  }
  await phone.launch(path, opening.query?.() ?? {})
  expect(phone.screen.text()).toContain('出错了，不是你的问题')
  expect(phone.screen.text()).toContain('abcd1234')
  expect(phone.faults).toEqual([])
})

test.each(asking)(
  '%s goes behind while it loads, and comes back with what it asked for',
  async (path, opening) => {
    phone = phoneOf(county, opening.person())
    const query = opening.query?.() ?? {}
    const arrive = phone.network.hold('GET', /^\/api\//)
    await phone.launch(path, query)
    await phone.hide()
    arrive()
    await phone.settled()
    await phone.show()
    expectShown(phone, opening.shows())
    // Behind, a page knows no parameters: what it asks for without them is nobody's.
    expect(phone.network.sent.filter(({ path: asked }) => /\/(?:undefined)?(?:\?|$)/.test(asked))).toEqual([])
    expect(phone.faults).toEqual([])
  },
)

test.each(asking)('%s is refreshed in vain, and keeps what it shows', async (path, opening) => {
  phone = phoneOf(county, opening.person())
  await phone.launch(path, opening.query?.() ?? {})
  expectShown(phone, opening.shows())
  await phone.hide()
  phone.network.online = false
  await phone.show()
  expectShown(phone, opening.shows())
  expect(phone.faults).toEqual([])
})
