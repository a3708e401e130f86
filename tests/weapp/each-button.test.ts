import { setTimeout } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type County, newcomer, openCounty } from '../product/county'
import { type Phone, readApp } from './engine'
import { type Cases, casesFor, type Opening, openings } from './openings'
import { ITEM, phoneOf, VILLAGE } from './phones'

// Every button of every page, pressed twice within one moment where nothing works: no other part of the mini program
// loads, nothing that is sent arrives, and WeChat refuses what it is asked for. Each says so, once, and stays.
let county: County
let cases: Cases
let somebody: string
let phone: Phone

beforeAll(async () => {
  county = await openCounty()
  cases = await casesFor(county)
  const born = await newcomer(county, { name: '沈秀英', birth: '1944-03-05', villageCode: VILLAGE, level: 3 })
  await born.person.send('POST', '/api/account', { body: { villageCode: VILLAGE } })
  somebody = born.personId
}, 120_000)
afterAll(() => county.close())
afterEach(() => phone.close())

const ROOTS = readApp().subPackages.map(({ root }) => root)
const WAYS = ['navigateTo', 'redirectTo', 'reLaunch', 'switchTab', 'navigateBack']
/** What the page says where WeChat refuses a call. */
const REFUSED: Readonly<Record<string, string>> = {
  chooseMedia: '你没同意用相机和相册',
  saveImageToPhotosAlbum: '你没同意往相册里存',
  setClipboardData: '没复制上',
}
/** What WeChat was asked twice and does once. */
const DONE_ONCE = ['setClipboardData']
const LOST = /没有连上网|信号/
/** A switch that is pressed twice is turned twice; of this phone's letters the server has a copy for the next phone. */
const SWITCH = /^(大字版|换回标准版|换成大字版)/

interface View extends Opening {
  readonly path: string
  /** From where the page opens. */
  readonly reach?: () => Promise<unknown>
}

const form = {
  path: 'features/case/application/form',
  query: () => ({ id: ITEM, who: 'self' }),
  shows: () => [],
}
const VIEWS: readonly (readonly [string, View])[] = [
  ...openings.map(([path, opening]) => [path, { ...opening, path }] as const),
  [
    'the papers of a form',
    {
      ...form,
      person: () => somebody,
      async reach() {
        await phone.screen.type('社保卡/银行卡号', '6299000043030583308')
        await phone.screen.press('下一步')
      },
    },
  ],
]

const isOver = () => phone.stack.at(-1)?.find((node) => node.attribute('aria-modal') === 'true').length !== 0

async function open({ path, query, reach }: View) {
  phone.missingPackages.clear()
  phone.network.weather = () => undefined
  // What was written by the press before would open another page.
  phone.keepOnly('token')
  await phone.launch(path, query?.(cases) ?? {})
  await reach?.()
  for (const root of ROOTS) if (!path.startsWith(`${root}/`)) phone.missingPackages.add(root)
  phone.network.weather = (method) => (method === 'GET' ? undefined : 'no-request')
}

/** The phone's back key closes what has opened, and leaves the page as it was. */
async function closeOver(path: string) {
  await phone.pressBack()
  // In its first half second a question answers nobody.
  if (isOver()) await setTimeout(550)
  if (isOver()) await phone.pressBack()
  expect(isOver(), 'the back key closes what lies over the page').toBe(false)
  expect(phone.screen.path).toBe(path)
}

const waysGone = () => WAYS.reduce((sum, name) => sum + (phone.calls.get(name) ?? 0), 0)
const lostWrites = () =>
  phone.network.sent.flatMap(({ method, path, status }) =>
    method !== 'GET' && status === undefined ? [path] : [],
  )
const asked = () => Object.keys(REFUSED).map((name) => [name, phone.calls.get(name) ?? 0] as const)

function expectRefused(before: ReadonlyMap<string, number>) {
  for (const [call, count] of asked()) {
    const times = count - (before.get(call) ?? 0)
    if (times > 0) expect(phone.screen.text()).toContain(REFUSED[call])
    if (!DONE_ONCE.includes(call)) expect(times, call).toBeLessThanOrEqual(1)
  }
}

/** Says whether the page is as it was before. */
async function pressVainly(name: string, { path }: View) {
  const { screen } = phone
  const before = { ways: waysGone(), writes: lostWrites().length, asked: new Map(asked()) }
  const depth = phone.stack.length
  await screen.pressTwice(name)
  const ways = waysGone() - before.ways
  expect(ways, 'ways that were gone').toBeLessThanOrEqual(1)
  const isThere = screen.path === path && phone.stack.length === depth
  // A page that it led to recognises by itself who is there, once more after its own answer.
  const lost = lostWrites()
    .slice(before.writes)
    .filter((sent) => isThere || sent !== '/api/sessions')
  const [first] = lost
  if (!SWITCH.test(name)) expect(lost, 'sent').toEqual(first === undefined ? [] : [first])
  if (isThere && ways > 0) expect(screen.text()).toContain('没打开')
  if (isThere && first !== undefined && !SWITCH.test(name)) expect(screen.text(), first).toMatch(LOST)
  expectRefused(before.asked)
  if (isThere && isOver()) await closeOver(path)
  return isThere && ways === 0 && lost.length === 0
}

test.each(VIEWS)('%s: each button, where nothing works', async (_name, view) => {
  phone = phoneOf(county, view.person(cases))
  for (const call of Object.keys(REFUSED))
    phone.hands.refusals.set(call, 'privacy permission is not authorized')
  phone.hands.refusals.set('getPhoneNumber', 'no permission')
  await open(view)
  const names = phone.screen.buttons()
  const single = names.filter((name) => names.filter((each) => each === name).length === 1)
  expect(single.length).toBeGreaterThan(0)
  for (const name of single) {
    if (!phone.screen.buttons().includes(name)) await open(view)
    // What was new has been read.
    if (!phone.screen.buttons().includes(name)) continue
    try {
      if (!(await pressVainly(name, view))) await open(view)
    } catch (cause) {
      const words = cause instanceof Error ? cause.message : String(cause)
      throw new Error(`${name}: ${words}; the page says: ${phone.screen.text()}`, { cause })
    }
  }
  expect(phone.faults).toEqual([])
})

const OLDER = [
  'getWindowInfo',
  'getAppBaseInfo',
  'getRandomValues',
  'openAppAuthorizeSetting',
  'bindEmployeeRelation',
]

test.each(openings)(
  '%s on an older WeChat, killed, and opened with what another mini program hands over',
  async (path, { person, query, shows }) => {
    phone = phoneOf(county, person(cases), OLDER)
    await phone.launch(path, query?.(cases) ?? {})
    phone.kill()
    await phone.launch(path, query?.(cases) ?? {}, {
      scene: 1038,
      referrerInfo: { appId: 'wx0000000000000000', extraData: { code: 'x' } },
    })
    for (const words of shows(cases))
      expect(phone.screen.text().replace(/ /g, '')).toContain(words.replace(/ /g, ''))
    expect(phone.faults).toEqual([])
  },
)
