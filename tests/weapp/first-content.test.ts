import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { CaseList } from '#shared/contract/case'
import type { Home, ServiceItemList } from '#shared/contract/service-item'
import { type County, openCounty } from '../product/county'
import type { Phone } from './engine'
import { caseAt, ITEM, phoneOf } from './phones'

/** Of one setData, and how many until there are the words one came for: the outline, and they. */
const MOST_BYTES = 8 * 1024
const MOST_CALLS = 2

const HOME = 'features/service-item/home'
const GUIDE = 'features/service-item/guide'
const SEARCH = 'features/service-item/search'
const CASES = 'tabs/case/my-cases'

let county: County
let running: Awaited<ReturnType<typeof caseAt>>
let asked: Awaited<ReturnType<typeof caseAt>>
let phone: Phone
beforeAll(async () => {
  county = await openCounty()
  running = await caseAt(county, '陈桂兰', 'to-decide')
  asked = await caseAt(county, '李秀珍', 'to-correct')
}, 60_000)
afterAll(() => county.close())
afterEach(() => phone.close())

const sizes = () => phone.stack.at(-1)?.updates.sizes ?? []
const sent = () => phone.network.sent.map(({ method, path }) => `${method} ${path.replace(/[?].*/, '')}`)

const expectLight = () => {
  expect(sizes().length).toBeLessThanOrEqual(MOST_CALLS)
  expect(Math.max(...sizes())).toBeLessThanOrEqual(MOST_BYTES)
  expect(phone.faults).toEqual([])
}

/** As somebody opens it who was here before, in letters as they are or large. */
async function opened(
  path: string,
  query: Readonly<Record<string, string>> = {},
  { person = running.personId, elder = false } = {},
) {
  phone = phoneOf(county, person)
  await phone.launch('features/case/timeline', { id: running.id })
  if (elder) phone.writeStorage('elder', 'true')
  const before = sent().length
  await phone.launch(path, query)
  return sent().slice(before)
}

const PAGES: readonly (readonly [string, Readonly<Record<string, string>>, string, string])[] = [
  [HOME, {}, '郎溪县数据资源管理局主办', 'GET /api/home'],
  [SEARCH, {}, '种养建房', 'GET /api/service-items'],
  [SEARCH, { q: encodeURIComponent('老年钱') }, '高龄津贴', 'GET /api/service-items'],
  [GUIDE, { id: ITEM }, '正式名称', `GET /api/service-items/${ITEM}`],
  [CASES, {}, '高龄津贴', 'GET /api/cases'],
]

test.each(PAGES)(
  '%s %j is there in one request and two light strokes',
  async (path, query, shown, request) => {
    for (const elder of [false, true]) {
      expect(await opened(path, query, { elder })).toEqual([request])
      expect(phone.screen.text()).toContain(shown)
      expect(phone.stack.at(-1)?.find(({ classes }) => classes.split(' ').includes('elder'))).toHaveLength(
        elder ? 1 : 0,
      )
      expectLight()
      phone.close()
    }
  },
)

test.each(PAGES.filter(([path]) => path !== CASES))(
  '%s %j is there after one way on the first day, before anybody is recognised',
  async (path, query, _shown, request) => {
    phone = phoneOf(county, running.personId)
    const arrive = phone.network.hold('POST', /^\/api\/sessions$/)
    await phone.launch(path, query)
    expect(phone.screen.text()).toMatch(/高龄津贴/)
    expect(sent().filter((each) => each !== 'POST /api/sessions')).toEqual([request])
    if (path === HOME) expect(phone.screen.text()).toContain('演示环境，人物和数据均为虚构')
    expectLight()
    arrive()
    await phone.settled()
    // Recognised, it is drawn once more and no more.
    expect(sizes().length).toBeLessThanOrEqual(MOST_CALLS + 1)
    expect(Math.max(...sizes())).toBeLessThanOrEqual(MOST_BYTES)
    expect(phone.faults).toEqual([])
  },
)

test.each(PAGES.filter(([, query]) => !query['q']))(
  '%s %j shows what the phone has kept as lightly where there is no network',
  async (path, query, shown) => {
    await opened(path, query)
    phone.network.online = false
    await phone.launch(path, query)
    expect(phone.screen.text()).toContain(path === SEARCH ? '没有连上网' : shown)
    expectLight()
  },
)

/** Of each of these the county answers with more than one person has. */
function instead(path: string, body: unknown) {
  phone.network.weather = (method, at) =>
    method === 'GET' && at.split('?')[0] === path ? { status: 200, body: body as object } : undefined
}

async function readAs<Body>(who: { readonly personId: string }, path: string) {
  const { body } = await (await county.logIn(who.personId)).send<Body>('GET', path)
  return body
}

test.each([false, true])(
  'twenty cases of one person, what waits first (large letters: %s)',
  async (elder) => {
    const [open] = (await readAs<CaseList>(running, '/api/cases')).items
    const [waits] = (await readAs<CaseList>(asked, '/api/cases')).items
    if (!open || !waits) throw new Error('no cases')
    const items = Array.from({ length: 20 }, (_, at) => ({ ...(at > 15 ? waits : open), id: `case-${at}` }))
    await opened(CASES, {}, { elder })
    instead('/api/cases', { items, nextCursor: null })
    await phone.launch(CASES)
    const { screen } = phone
    const count = (words: string) => screen.text().split(words).length - 1
    expect(count('户口簿')).toBe(4)
    expect(count('高龄津贴')).toBe(8)
    expectLight()
    for (const _turn of [1, 2]) await screen.press('再看几件')
    expect(count('高龄津贴')).toBe(20)
    expect(screen.buttons()).not.toContain('再看几件')
    expect(phone.faults).toEqual([])
  },
)

test.each([
  [0, 4],
  [1, 2],
  [5, 4],
])('home with %i things to do and %i on their way', async (waiting, others) => {
  const { me: ofRunning, ...home } = await readAs<Home>(running, '/api/home')
  const { me: ofAsked } = await readAs<Home>(asked, '/api/home')
  const [todo] = ofAsked?.todos ?? []
  const [going] = ofRunning?.running ?? []
  if (!todo || !going || !ofRunning) throw new Error('nothing to do, or nothing on its way')
  const todos = Array.from({ length: waiting }, (_, at) => ({
    ...todo,
    whose: '李*珍',
    caseId: `todo-${at}`,
  }))
  const underWay = Array.from({ length: others }, (_, at) => ({ ...going, whose: '李*珍', caseId: `${at}` }))
  const servicePoint = (await readAs<Home>({ personId: 'li-jianguo' }, '/api/home')).me?.servicePoint
  expect(servicePoint).toBeTruthy()
  for (const elder of [false, true]) {
    await opened(HOME, {}, { elder })
    const me = { ...ofRunning, realNameLevel: 2, todos, running: underWay, servicePoint }
    instead('/api/home', { ...home, me })
    await phone.launch()
    expect(phone.screen.text()).toContain(waiting === 0 ? '想办什么事' : `有 ${waiting} 件事等你`)
    expectLight()
    phone.close()
  }
})

test.each([
  ['who is not known', undefined],
  ['who has filed', 'running'],
] as const)(
  'every guide of the county, for %s',
  async (_who, known) => {
    const ids: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const path = `/api/service-items${cursor === '' ? '' : `?cursor=${cursor}`}`
      const page: ServiceItemList = await readAs<ServiceItemList>(running, path)
      ids.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(ids.length).toBeGreaterThan(50)
    await opened(HOME)
    if (known === undefined) {
      phone.keepOnly('elder')
      phone.writeStorage('logged-out', 'true')
    }
    const heavy: string[] = []
    for (const id of ids) {
      await phone.launch(GUIDE, { id })
      if (sizes().length > MOST_CALLS || Math.max(...sizes()) > MOST_BYTES) heavy.push(`${id} ${sizes()}`)
    }
    expect(heavy).toEqual([])
  },
  60_000,
)

test.each(['老年钱', '孩子上户口', '开饭店', '医保参保', '建房', '补', '证明', '农村老人补贴怎么领'])(
  'the list of what is found by %s',
  async (words) => {
    await opened(SEARCH, { q: encodeURIComponent(words) })
    expect(phone.screen.text()).toContain(words)
    expectLight()
  },
)
