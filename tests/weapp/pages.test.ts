import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { pagesFor } from '#shared/contract/pages'
import { type County, openCounty } from '../product/county'
import type { Phone } from './engine'
import { type Cases, casesFor, openings } from './openings'
import { phoneOf } from './phones'

/** As the table at the end shows them. Bytes are those of setData. */
const opened: Readonly<Record<string, string | number>>[] = []
afterAll(() => console.table(opened))

let county: County
let cases: Cases
let phone: Phone | undefined

beforeAll(async () => {
  county = await openCounty()
  cases = await casesFor(county)
}, 120_000)
afterAll(() => county.close())
afterEach(() => phone?.close())

/** Long numbers stand in groups. */
const expectShown = ({ screen }: Phone, words: readonly string[]) => {
  for (const each of words) expect(screen.text().replace(/ /g, '')).toContain(each.replace(/ /g, ''))
}

test('every page of the manifest is opened below', () => {
  expect(openings.map(([path]) => path).sort()).toEqual(
    pagesFor('weapp')
      .map(({ path }) => path)
      .sort(),
  )
})

test.each(openings)('%s opens with what the product answers', async (path, { person, query, shows }) => {
  phone = phoneOf(county, person(cases))
  const milliseconds = await phone.launch(path, query?.(cases) ?? {})
  const sizes = phone.stack.at(-1)?.updates.sizes ?? []
  const largest = Math.max(...sizes)
  opened.push({
    path,
    requests: phone.network.sent.map((each) => `${each.method} ${each.path.slice(0, 32)}`).join(', '),
    setData: sizes.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    sizes: sizes.join(' '),
    milliseconds: Math.round(milliseconds),
  })
  expect(phone.faults).toEqual([])
  expectShown(phone, shows(cases))
  // WeChat advises to stay below 256 KB; a page of words has no reason to come near.
  expect(largest).toBeLessThan(64 * 1024)
  expect(milliseconds).toBeLessThan(2000)
})

const asking = openings.filter(([, { asksNothing }]) => !asksNothing)

test.each(asking)('%s says that there is no network, and goes on when it is back', async (path, opening) => {
  phone = phoneOf(county, opening.person(cases))
  phone.network.online = false
  await phone.launch(path, opening.query?.(cases) ?? {})
  expect(phone.screen.text()).toContain('没有连上网')
  await phone.setOnline(true)
  await phone.screen.press('再试一次')
  expectShown(phone, opening.shows(cases))
  expect(phone.faults).toEqual([])
})

test.each(asking)('%s says that the server failed, and what to name on the phone', async (path, opening) => {
  phone = phoneOf(county, opening.person(cases))
  const body = { code: 'server.error', title: '出错了，不是你的问题', requestId: '0192-abcd1234' }
  for (const method of ['GET', 'POST']) {
    phone.network.befall(method, /^\/api\/(?!sessions|health)/, { status: 500, body }, 20)
  }
  await phone.launch(path, opening.query?.(cases) ?? {})
  expect(phone.screen.text()).toContain('出错了，不是你的问题')
  expect(phone.screen.text()).toContain('abcd1234')
  expect(phone.faults).toEqual([])
})

test.each(asking)(
  '%s goes behind while it loads, and comes back with what it asked for',
  async (path, opening) => {
    phone = phoneOf(county, opening.person(cases))
    const query = opening.query?.(cases) ?? {}
    const arrive = phone.network.hold('GET', /^\/api\//)
    await phone.launch(path, query)
    await phone.hide()
    arrive()
    await phone.settled()
    await phone.show()
    expectShown(phone, opening.shows(cases))
    // Behind, a page knows no parameters: what it asks for without them is nobody's.
    expect(phone.network.sent.filter(({ path: asked }) => /\/(?:undefined)?(?:\?|$)/.test(asked))).toEqual([])
    expect(phone.faults).toEqual([])
  },
)

test.each(asking)('%s is refreshed in vain, and keeps what it shows', async (path, opening) => {
  phone = phoneOf(county, opening.person(cases))
  await phone.launch(path, opening.query?.(cases) ?? {})
  expectShown(phone, opening.shows(cases))
  await phone.hide()
  phone.network.online = false
  await phone.show()
  expectShown(phone, opening.shows(cases))
  expect(phone.faults).toEqual([])
})

/** What the mini program reads that the answers before it did not have. */
const SINCE = [
  'ask',
  'dataAsk',
  'helpedBy',
  'against',
  'appliedAgain',
  'callNow',
  'booked',
  'bookedBefore',
  'expectedOn',
  'notAgreed',
  'switchedOff',
  'isNo',
  'warning',
  'otherFirmName',
  'begunAnew',
  'elsewhere',
  'relation',
  'filed',
  'toldApart',
  'toldApartBy',
  'hasMoreFiled',
  'certificate',
]
const asBefore = (kept: string): string =>
  JSON.stringify(JSON.parse(kept), (key, value) => (SINCE.includes(key) ? undefined : value))

test.each(asking)('%s shows what a version before it has kept', async (path, opening) => {
  phone = phoneOf(county, opening.person(cases))
  const query = opening.query?.(cases) ?? {}
  await phone.launch(path, query)
  const kept = [...phone.storage].filter(([key]) => key.startsWith('page:'))
  for (const [key, text] of kept) phone.writeStorage(key, asBefore(text))
  phone.network.online = false
  await phone.launch(path, query)
  if (kept.length > 0) expectShown(phone, opening.shows(cases))
  expect(phone.faults).toEqual([])
})

/** What everybody may see, logged in or not. */
const PUBLIC = /service-item|complain|bind|agreement|certificate|notice/
const owned = openings.filter(([path]) => !PUBLIC.test(path))

test.each(owned)('%s leads whoever logged out to log in, and then shows it', async (path, opening) => {
  phone = phoneOf(county, opening.person(cases))
  phone.writeStorage('logged-out', 'true')
  await phone.launch(path, opening.query?.(cases) ?? {})
  expect(phone.network.sent.filter(({ path: asked }) => asked === '/api/sessions')).toEqual([])
  await phone.screen.press('微信登录')
  expectShown(phone, opening.shows(cases))
  expect(phone.faults).toEqual([])
})
