import type { Page, Request, Route } from 'playwright-core'
import { createRandom } from '../generated-input'
import { act, type Person } from '../product/client'
import type { Laid } from './hour-cases'

// Hands that work through a queue by keys, faster than they should, and what they must never bring about.

/** What lies before the clerk in the moment in which a key goes down. */
interface Front {
  readonly caseId: string | null
  readonly hasSheet: boolean
  /** The paper that a signature would send out can be read. */
  readonly hasPaper: boolean
  readonly typed: string
  /** The offer to take back, in its words. */
  readonly undo: string
  readonly openRow: string | null
  readonly rows: number
  readonly isQueue: boolean
}

const DOORS = /\/api\/cases\/([0-9a-f-]{36})\/(actions|undo)$/
const SIGNED = ['grant', 'refuse', 'decline', 'settle']
/** What is written for a case bears the end of its number. */
const TAG = /件(\d{4})/g
const tagOf = ({ number }: Laid) => `件${number.slice(-4)}`

const NARROW = [
  { width: 390, height: 844 },
  { width: 1024, height: 768 },
] as const

export interface Hands {
  readonly page: Page
  readonly laid: readonly Laid[]
  readonly colleague: Person
  readonly seed: number
  readonly strokes: number
}

interface Sent {
  readonly key: string
  readonly action: string
  readonly hasMethod: boolean
}

function readFront(page: Page) {
  return page.evaluate(() => {
    const isShown = (element: Element) => element.getClientRects().length > 0
    const pages = [...document.querySelectorAll('.taro_page:not(.taro_page_shade)')]
    const top = pages[pages.length - 1] ?? document.body
    const find = (selector: string) => [...top.querySelectorAll(selector)].filter(isShown)
    const head = find('.case__head .figure')[0]?.textContent ?? ''
    const fields = find('[role=dialog] textarea, [role=dialog] input, .field textarea')
    return {
      number: /^\d{16}/.exec(head)?.[0] ?? null,
      address: location.hash,
      hasSheet: find('[role=dialog]').length > 0,
      hasPaper: find('.paper-doc').length > 0,
      typed: fields.map((field) => ('value' in field ? String(field.value) : '')).join(' '),
      undo: find('.undo-bar').map((bar) => bar.textContent ?? '')[0] ?? '',
      openRow: find('.qrow.is-open')[0]?.id ?? null,
      rows: find('.qrow').length,
    }
  })
}

/** Plays so many strokes; answers what went wrong, in sentences, and what was done. */
export async function playHands({ page, laid, colleague, seed, strokes }: Hands) {
  const random = createRandom(seed)
  const wrong: string[] = []
  const done = new Map<string, Sent>()
  let played = 0
  let isSlow = false
  let last = ''
  let before: Front | undefined
  const caseOf = (id: string | null) => laid.find((each) => each.id === id)

  async function look(): Promise<Front> {
    const { number, address, ...front } = await readFront(page)
    const [, own] = /[?&]id=([0-9a-f-]{36})/.exec(address) ?? []
    const caseId = own ?? laid.find((each) => each.number === number)?.id ?? null
    const isQueue = address.includes('staff/case/queue')
    const tag = caseOf(caseId)
    for (const [words] of front.typed.matchAll(TAG))
      if (tag && words !== tagOf(tag)) wrong.push(`${words} stands before ${tagOf(tag)} after ${last}`)
    if (isQueue && caseId && front.openRow && !front.openRow.includes(caseId))
      wrong.push(`${front.openRow} is marked while ${caseId} is shown`)
    return { ...front, caseId, isQueue }
  }

  const pause = (least = 20, most = 160) => page.waitForTimeout(random.int(least, most))
  async function stroke(key: string, wait?: readonly [number, number]) {
    if (played >= strokes) return
    played += 1
    before = await look()
    last = key
    await page.keyboard.press(key)
    await pause(...(wait ?? []))
  }

  /** Of an act that was sent: for which case, under what, and with which words. */
  function judgeAct(id: string, { action, reason = '' }: { action: string; reason?: string }, about: string) {
    const own = caseOf(id)
    if (before?.caseId !== id) wrong.push(`${about}: in front was ${before?.caseId}`)
    if (SIGNED.includes(action) && !before?.hasPaper) wrong.push(`${about}: no paper was to be read`)
    for (const [words] of reason.matchAll(TAG))
      if (own && words !== tagOf(own)) wrong.push(`${about}: ${words}`)
  }

  function judgeUndo(id: string, about: string) {
    const name = caseOf(id)?.name ?? ''
    if (!before?.undo.includes(`${name.charAt(0)}*${name.slice(-1)}`))
      wrong.push(`${about}: not what the bar says`)
  }

  function judge(request: Request): Sent | undefined {
    const [, id, door] = DOORS.exec(new URL(request.url()).pathname) ?? []
    if (!id || !before) return
    const key = request.headers()['idempotency-key'] ?? ''
    if (door === 'undo') {
      judgeUndo(id, `undo of ${id} by ${last}`)
      return { key, action: 'undo', hasMethod: false }
    }
    const body = request.postDataJSON() as { action: string; reason?: string; method?: string }
    judgeAct(id, body, `${body.action} of ${id} by ${last}`)
    return { key, action: body.action, hasMethod: body.method !== undefined }
  }

  /** Late sometimes, and now and then the answer is lost on its way back. */
  async function answerLate(route: Route) {
    const sent = judge(route.request())
    if (!sent) return route.continue()
    const late = isSlow ? 1_800 : random.int(0, 3) === 0 ? random.int(300, 1500) : 0
    const isLost = random.int(0, 9) === 0
    isSlow = false
    const response = await route.fetch()
    if (response.status() === 200) done.set(sent.key, sent)
    await page.waitForTimeout(late)
    await (isLost ? route.abort('connectionreset') : route.fulfill({ response }))
  }

  const settle = () => page.waitForTimeout(350)
  async function toQueue() {
    for (let times = 0; times < 6; times += 1) {
      const { isQueue, hasSheet } = await look()
      if (isQueue && !hasSheet) return
      await page.keyboard.press('Escape')
      await settle()
    }
  }
  /** Whatever lies between: the same case stands there afterwards. */
  async function keepsPlace(name: string, leave: () => Promise<unknown>) {
    const from = await look()
    if (!from.isQueue || from.hasSheet) return
    await leave()
    await settle()
    let to = await look()
    // It is read again, which may take its time.
    for (let times = 0; times < 20 && to.isQueue && to.caseId === null; times += 1) {
      await settle()
      to = await look()
    }
    if (to.isQueue && from.caseId !== null && to.caseId !== from.caseId)
      wrong.push(`${name}: ${from.caseId} stood there, now ${to.caseId}`)
    if (to.rows < Math.min(from.rows, 20) - 2) wrong.push(`${name}: ${from.rows} rows, now ${to.rows}`)
  }
  const writeTag = async () => {
    const { caseId, hasSheet } = await look()
    const own = caseOf(caseId)
    if (!own || !hasSheet) return
    await page.keyboard.type(`不合条件${tagOf(own)}`)
  }

  /** Nobody presses anything: the sheet stays with what was written, and the case comes. */
  async function staysOpen() {
    const from = await look()
    await page.waitForTimeout(2_000)
    const to = await look()
    if (from.hasSheet && !to.hasSheet) wrong.push(`a sheet of ${from.caseId} closed by itself`)
    if (from.hasSheet && to.typed !== from.typed) wrong.push(`${from.typed} became ${to.typed}`)
    if (to.isQueue && to.openRow !== null && to.caseId === null) wrong.push(`${to.openRow} never came`)
  }

  const macros: Readonly<Record<string, () => Promise<unknown>>> = {
    async walk() {
      for (let times = random.int(1, 5); times > 0; times -= 1)
        await stroke(random.pick(['j', 'j', 'k']) ?? 'j')
    },
    async papers() {
      await stroke('1', [350, 500])
      for (let times = random.int(1, 5); times > 0; times -= 1)
        await stroke(random.pick(['Enter', 'Enter', 'y', 'n', 'b', 's', '+', '2']) ?? 'Enter', [80, 250])
      await stroke('Escape')
    },
    async work() {
      await stroke('1', [350, 450])
      for (let times = 0; times < 4; times += 1) await stroke('Enter', [200, 260])
      await stroke(random.pick(['g', 'r', 'g']) ?? 'g', [500, 700])
      await stroke('Enter', [400, 900])
    },
    async hasty() {
      await stroke(random.pick(['g', 'r']) ?? 'g', [0, 20])
      await stroke('Enter', [0, 40])
      await stroke(random.pick(['Enter', 'j', 'g']) ?? 'Enter')
      await stroke('Enter', [100, 500])
    },
    async refuse() {
      await stroke('f', [500, 700])
      await writeTag()
      // Half of them think better of it: what was written waits for that case.
      if (random.int(0, 1) === 0) {
        await stroke('Escape')
        return stroke('j', [200, 400])
      }
      await stroke('Control+Enter', [500, 700])
      await stroke('Enter', [400, 900])
    },
    async leavesInFlight() {
      isSlow = true
      await stroke(random.pick(['r', 'g']) ?? 'r', [500, 600])
      await stroke('Enter', [0, 10])
      await stroke('Escape', [0, 60])
      await stroke('j', [100, 300])
      await stroke(random.pick(['g', 'r', 'f', 'f']) ?? 'g', [400, 700])
      await writeTag()
      await staysOpen()
    },
    correct: () =>
      keepsPlace('correction', async () => {
        await stroke('b', [500, 700])
        await stroke('Escape', [300, 400])
        await toQueue()
      }),
    async held() {
      const key = random.pick(['j', 'g', 'r', 'Enter', 'Escape']) ?? 'j'
      before = await look()
      last = `held ${key}`
      for (let times = 0; times < 5; times += 1) await page.keyboard.down(key)
      await page.keyboard.up(key)
      await pause(200, 400)
    },
    async twice() {
      const key = random.pick(['g', 'r', 'Enter', '1', 'u']) ?? 'g'
      await stroke(key, [0, 1])
      await stroke(key, [200, 500])
    },
    undo: () => stroke('u', [200, 700]),
    async search() {
      await toQueue()
      await stroke('/', [100, 200])
      await page.keyboard.type(random.pick(laid)?.name.slice(1) ?? '', { delay: 20 })
      await page.waitForTimeout(500)
      await stroke('Enter', [300, 500])
      await stroke('Escape', [100, 200])
      await stroke('Escape', [300, 500])
    },
    tabs: () =>
      keepsPlace('tabs', async () => {
        const filters = page.getByRole('tab').filter({ visible: true })
        const count = await filters.count()
        if (count === 0) return
        await filters.nth(random.int(0, count - 1)).click()
        await settle()
        await filters.first().click()
      }),
    phone: () =>
      keepsPlace('phone', async () => {
        const size = page.viewportSize()
        // Below 1280 it is the phone's, and no key acts.
        await page.setViewportSize(random.pick(NARROW) ?? NARROW[0])
        await settle()
        if (size) await page.setViewportSize(size)
      }),
    async overtaken() {
      const { caseId, isQueue, hasSheet } = await look()
      if (!caseId || !isQueue || hasSheet) return
      await stroke('r', [500, 600])
      // Whether they may is theirs to see.
      await act(colleague, caseId, 'accept').catch(() => undefined)
      await stroke('Enter', [500, 900])
      await stroke('Escape')
    },
  }
  const names = Object.keys(macros)
  await page.route('**/api/cases/**', (route) =>
    route.request().method() === 'POST' ? answerLate(route) : route.continue(),
  )
  for (let times = 0; times < 2; times += 1) await macros['leavesInFlight']?.()
  while (played < strokes) {
    await macros[random.pick(names) ?? 'walk']?.()
    if (random.int(0, 2) === 0) await toQueue()
  }
  await toQueue()
  await page.waitForTimeout(2_000)
  await page.unrouteAll({ behavior: 'wait' })
  return { wrong, done: [...done.values()] }
}
