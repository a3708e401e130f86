import { setTimeout } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type County, caseOf, newcomer, openCounty, registerAs } from '../product/county'
import type { Phone } from './engine'
import { caseAt, phoneOf, VILLAGE } from './phones'

// What a page sends never arrives, or its answer is lost or late while the phone is in a pocket: it is told, can be tried
// again where one stands, and is done once. Filing, answering a notice and photos: lost-answers, kept, weak-network.
let county: County
let phone: Phone
beforeAll(async () => {
  county = await openCounty()
}, 60_000)
afterAll(() => county.close())
afterEach(() => phone.close())

interface Act {
  /** Opens the page and goes up to the last button. */
  readonly begin: () => Promise<void>
  readonly press: string | RegExp
  readonly sends: RegExp
  /** How one tries again. */
  readonly again: readonly (string | RegExp)[]
  /** How often it was done, as the product tells. */
  readonly done: () => Promise<number>
  /** WeChat tells the county too. */
  readonly isToldTwice?: true
  /** Each try brings a new code of WeChat: the second finds that it was done. */
  readonly hasFreshCode?: true
}

let id = ''
let personId = ''
async function at(stage: Parameters<typeof caseAt>[2]) {
  const filed = await caseAt(county, '陈桂兰', stage)
  id = filed.id
  personId = filed.personId
}
const asStaff = async (staff: string) => caseOf(await county.as(staff), id)
const events = async (type: string) => {
  const [row] = await county.services.database.rows<{ count: number }>(
    sql`select count(*)::int as count from case_events where case_id = ${id}::uuid and type = ${type}`,
  )
  return row?.count ?? 0
}
/** A question answers nobody in its first half second. */
const afterItOpened = () => setTimeout(600)

const ACTS: Readonly<Record<string, Act>> = {
  rating: {
    async begin() {
      await at('delivered')
      phone = phoneOf(county, personId)
      await phone.launch('features/rating/rate', { id })
      await phone.screen.press('非常满意')
      await phone.screen.type('还想说的', '办得快')
    },
    press: '提交评价',
    sends: /\/rating$/,
    again: ['再试一次'],
    async done() {
      const { rating } = await caseOf(await county.logIn(personId), id)
      return rating ? 1 : 0
    },
  },
  withdrawal: {
    async begin() {
      await at('to-accept')
      phone = phoneOf(county, personId)
      await phone.launch('features/case/timeline', { id })
      await phone.screen.press('撤回申请')
      await afterItOpened()
    },
    press: '撤回',
    sends: /\/withdrawal$/,
    again: ['看一下', '再试一次'],
    done: () => events('withdrawn'),
  },
  addition: {
    async begin() {
      await at('to-decide')
      phone = phoneOf(county, personId)
      await phone.launch('features/case/addition', { id })
      await phone.screen.type('社保卡/银行卡号', '6299000043030583316')
    },
    press: '交上去',
    sends: /\/additions$/,
    again: ['再试一次'],
    done: () => events('added'),
  },
  'reminders that are allowed': {
    async begin() {
      const born = await newcomer(county, {
        name: '沈秀英',
        birth: '1944-03-05',
        villageCode: VILLAGE,
        level: 3,
      })
      personId = born.personId
      phone = phoneOf(county, personId)
      await phone.launch('features/reminder/inbox')
    },
    press: '每样加 1 次',
    sends: /\/api\/consents$/,
    again: ['每样加 1 次'],
    isToldTwice: true,
    async done() {
      const person = await county.logIn(personId)
      const { body } = await person.send<{ items: { credits: number }[] }>('GET', '/api/consents')
      return Math.sign(body.items.reduce((sum, { credits }) => sum + credits, 0))
    },
  },
  'a phone number': {
    async begin() {
      const { body } = await county.door<{ id: string }>('POST', 'people', {
        name: '沈秀英',
        birth: '1944-03-05',
        villageCode: VILLAGE,
      })
      personId = body.id
      await county.logIn(personId)
      phone = phoneOf(county, personId)
      await phone.launch('features/account/register')
    },
    press: '同意，用微信手机号登记',
    sends: /\/api\/account\/phone$/,
    again: ['同意，用微信手机号登记', '知道了'],
    hasFreshCode: true,
    async done() {
      const { body } = await (await county.logIn(personId)).send<{ realNameLevel: number }>(
        'GET',
        '/api/account',
      )
      return body.realNameLevel
    },
  },
  'a name and a number': {
    async begin() {
      const born = await newcomer(county, {
        name: '沈秀英',
        birth: '1944-03-05',
        villageCode: VILLAGE,
        level: 1,
      })
      personId = born.personId
      phone = phoneOf(county, personId)
      await phone.launch('features/account/register')
      await phone.screen.type('姓名', '沈秀英')
      await phone.screen.type('身份证号', born.idNumber)
      await phone.screen.press(/^我同意用身份证号登记/)
    },
    press: '先不核，也能申请',
    sends: /\/api\/account\/identity$/,
    again: ['先不核，也能申请', '再试一次'],
    async done() {
      const { body } = await (await county.logIn(personId)).send<{ realNameLevel: number }>(
        'GET',
        '/api/account',
      )
      return body.realNameLevel - 1
    },
  },
  'a step of staff': {
    async begin() {
      await at('to-accept')
      phone = phoneOf(county, 'zhao-min')
      await phone.launch('staff/case/case', { id })
      await phone.screen.press('受理')
    },
    press: '受理',
    sends: /\/actions$/,
    again: ['受理', '再试一次', '看最新的'],
    done: () => events('accepted'),
  },
  'a look of a supervisor': {
    async begin() {
      await at('to-accept')
      phone = phoneOf(county, 'supervisor-1')
      await phone.launch('staff/case/case', { id })
      await phone.screen.press('抽查')
    },
    press: '看这一件',
    sends: /\/looks$/,
    again: ['看这一件', '再试一次'],
    done: async () => ((await asStaff('supervisor-1')).staff ? 1 : 0),
  },
  'an invitation': {
    async begin() {
      const admin = await county.as('he-jing')
      const invited = await admin.send<{ token: string }>('POST', '/api/invitations', {
        body: { staffId: 'zhao-xiaoyan' },
      })
      const born = await newcomer(county, {
        name: '钱三',
        birth: '1991-02-02',
        villageCode: VILLAGE,
        level: 3,
      })
      await registerAs(county, born.person, 'zhao-xiaoyan')
      personId = born.personId
      phone = phoneOf(county, personId)
      await phone.launch('staff/account/bind', { token: invited.body.token })
    },
    press: '绑定',
    sends: /\/redemption$/,
    again: ['绑定'],
    async done() {
      const { body } = await (await county.logIn(personId)).send<{ roles: unknown[] }>('GET', '/api/account')
      return Math.sign(body.roles.length)
    },
  },
}

const each = Object.entries(ACTS)
const CLEAR = /没有连上网|信号不好|不知道|没.{0,6}上|没绑成|没有绑成/

async function tryAgain({ again }: Act) {
  for (const name of again) {
    const found = phone.screen
      .buttons()
      .find((one) => (typeof name === 'string' ? one === name : name.test(one)))
    if (found === undefined) continue
    await phone.screen.pressFirst(found)
    return
  }
  throw new Error(
    `no way to try again: ${phone.screen.buttons().join(' | ')}; it says: ${phone.screen.text()}`,
  )
}
const keysOf = ({ sends }: Act) =>
  phone.network.sent.filter(({ method, path }) => method === 'POST' && sends.test(path))

test.each(each)('%s: it never arrives, and is done by the second try', async (_name, act) => {
  await act.begin()
  phone.network.befall('POST', act.sends, 'no-request')
  await phone.screen.press(act.press)
  expect(phone.screen.text()).toMatch(CLEAR)
  if (!act.isToldTwice) expect(await act.done()).toBe(0)
  for (let tries = 0; tries < 3 && CLEAR.test(phone.screen.text()); tries += 1) await tryAgain(act)
  expect(await act.done()).toBe(1)
  expect(phone.screen.text()).not.toMatch(CLEAR)
  expect(phone.faults).toEqual([])
})

test.each(each)('%s: its answer is lost, and another try does it no second time', async (_name, act) => {
  await act.begin()
  phone.network.befall('POST', act.sends, 'no-answer')
  await phone.screen.press(act.press)
  expect(phone.screen.text()).toMatch(CLEAR)
  for (let tries = 0; tries < 3 && CLEAR.test(phone.screen.text()); tries += 1) await tryAgain(act)
  expect(await act.done()).toBe(1)
  if (!act.hasFreshCode) expect(new Set(keysOf(act).map(({ key }) => key)).size).toBe(1)
  expect(phone.screen.text()).not.toMatch(CLEAR)
  expect(phone.faults).toEqual([])
})

test.each(each)('%s: pressed twice, its answer late while the phone is in a pocket', async (_name, act) => {
  await act.begin()
  const arrive = phone.network.hold('POST', act.sends)
  const name = phone.screen
    .buttons()
    .find((one) => (typeof act.press === 'string' ? one === act.press : act.press.test(one)))
  await phone.screen.pressTwice(name ?? '')
  await phone.hide()
  arrive()
  await phone.settled()
  await phone.show()
  // The first of all finds nobody logged in.
  expect(keysOf(act).filter(({ status }) => status !== 401)).toHaveLength(1)
  expect(await act.done()).toBe(1)
  expect(phone.screen.text()).not.toMatch(CLEAR)
  expect(phone.faults).toEqual([])
})
