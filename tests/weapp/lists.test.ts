import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type County, openCounty } from '../product/county'
import type { Phone } from './engine'
import { caseAt, phoneOf } from './phones'

const A_PAGE = 3
interface Line {
  readonly id: string
}

let county: County
let filed: Awaited<ReturnType<typeof caseAt>>
let phone: Phone
beforeAll(async () => {
  county = await openCounty()
  filed = await caseAt(county, '陈桂兰', 'to-decide')
}, 60_000)
afterAll(() => county.close())
beforeEach(() => {
  phone = phoneOf(county, filed.personId)
})
afterEach(() => phone.close())

/** Lines as the product gives them, under names of their own, in pages of three. */
async function listAt(address: string, nameKey: string) {
  const { body } = await (await county.logIn(filed.personId)).send<{ items: Line[] }>('GET', address)
  const [line] = body.items
  if (!line) throw new Error(`nothing at ${address}`)
  const lineOf = (number: number) => ({ ...line, id: `line-${number}`, [nameKey]: `第${number}样` })
  const lines = [8, 7, 6, 5, 4, 3, 2, 1].map(lineOf)
  phone.network.weather = (method, path) => {
    const [at, query = ''] = path.split('?')
    if (method !== 'GET' || at !== address) return undefined
    const cursor = /cursor=([^&]*)/.exec(query)?.[1]
    const from = lines.findIndex(({ id }) => id === cursor) + 1
    const items = lines.slice(from, from + A_PAGE)
    const last = from + A_PAGE < lines.length ? (items[A_PAGE - 1]?.id ?? null) : null
    return { status: 200, body: { ...body, items, nextCursor: last } }
  }
  return { comesIn: (number: number) => lines.unshift(lineOf(number)) }
}

const shown = () => [...phone.screen.text().matchAll(/第(\d+)样/g)].map(([, number]) => Number(number))
const asked = (address: string) =>
  phone.network.sent.filter(({ path }) => path.split('?')[0] === address && path.includes('cursor='))

const LISTS = [
  ['features/reminder/inbox', '/api/inbox', 'title', '再看几条'],
  ['tabs/case/my-cases', '/api/cases', 'plainName', '再看几件'],
] as const

test.each(LISTS)(
  '%s: what comes in between two pages hides none of them, and they stay when one comes back',
  async (page, address, nameKey, more) => {
    const { comesIn } = await listAt(address, nameKey)
    const { screen } = phone
    await phone.launch(page)
    expect(shown()).toEqual([8, 7, 6])
    await screen.pressTwice(more)
    expect(shown()).toEqual([8, 7, 6, 5, 4, 3])
    expect(asked(address)).toHaveLength(1)
    comesIn(9)
    await screen.press(more)
    expect(shown()).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
    expect(screen.buttons()).not.toContain(more)
    await phone.navigate('features/service-item/guide', { id: 'LX-005' })
    await phone.pressBack()
    expect(shown()).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1])
    expect(phone.faults).toEqual([])
  },
)

test.each(LISTS)(
  '%s: a page that does not come is told, and tried again',
  async (page, address, nameKey, more) => {
    await listAt(address, nameKey)
    const { screen, network } = phone
    await phone.launch(page)
    network.befall('GET', /cursor=/, 'no-request')
    await screen.press(more)
    expect(screen.text()).toContain('没有连上网')
    expect(shown()).toEqual([8, 7, 6])
    await screen.press('再试一次')
    expect(shown()).toEqual([8, 7, 6, 5, 4, 3])
    expect(phone.faults).toEqual([])
  },
)

test('the search: a page that does not come is told, and a search that fails keeps what was found', async () => {
  const { screen, network } = phone
  await phone.launch('features/service-item/search')
  network.befall('GET', /cursor=/, 'no-request')
  const before = screen.buttons().length
  await screen.pressTwice('再看几项')
  expect(network.sent.filter(({ path }) => path.includes('cursor='))).toHaveLength(1)
  expect(screen.text()).toContain('没有连上网')
  await screen.press('再试一次')
  expect(screen.text()).not.toContain('没有连上网')
  expect(screen.buttons().length).toBeGreaterThan(before)
  await screen.type('写要办的事', '老年补贴')
  expect(screen.text()).toContain('“老年补贴”')
  network.befall('GET', /q=/, 'no-request')
  await screen.type('写要办的事', '老年补贴怎么')
  expect(screen.text()).toContain('没有连上网')
  expect(screen.text()).toContain('高龄津贴')
  await screen.press('再试一次')
  expect(screen.text()).not.toContain('没有连上网')
  expect(screen.text()).toContain('“老年补贴怎么”')
  expect(phone.faults).toEqual([])
})
