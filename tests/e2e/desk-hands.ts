import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Client, caseOf, clientOf } from '../product/client'
import { openBrowser, openPhone, type PHONE, untilShown } from './browser'
import { openCountyOfFile } from './running-server'
import { bornBy, file, play } from './scenes'
import { photoOf } from './screen'

const EDGE =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0'
export const DESK = { width: 1280, height: 720 }

const ASKED = [
  { kind: 'material', name: '居民户口簿', reason: '户口簿照片模糊，放平了再拍一张' },
  { kind: 'field', name: 'bankCard', reason: '卡号和社保卡上的不一样' },
]

const NOTICE = ['request-correction', { reason: '看不清', items: ASKED }] as const
const NOTICES = {
  'before acceptance': [['window', ...NOTICE]],
  'after acceptance': [
    ['window', 'accept'],
    ['reviewer', ...NOTICE],
  ],
} as const satisfies Record<string, Parameters<typeof play>[2]>

interface Opened {
  readonly size?: typeof PHONE
  readonly elder?: boolean
}

/** What the village found of every case that was asked about. */
export const OPINION = '上门看过，情况属实'

/** A server, a browser and whoever works with cases of invented people. To be awaited at the top of a file. */
interface HandsOptions {
  readonly birth?: string
  readonly environment?: Readonly<Record<string, string>>
}

export async function openDeskHands({ birth = '1963-05-20', environment }: HandsOptions = {}) {
  const { url } = await openCountyOfFile(environment)
  const client: Client = clientOf(url)
  let browser: Browser
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(() => browser.close())

  const born = bornBy(client, birth)

  async function filed(name: string, itemId: string, acts: Parameters<typeof play>[2] = []) {
    const id = await file(client, await born(name), itemId)
    await play(client, id, acts)
    return id
  }

  return {
    client,
    born,
    filed,
    /** A notice that asked for a paper and a number, answered with a new photo; the number as it was where none is given. */
    async supplemented(name: string, bankCard?: string, when: keyof typeof NOTICES = 'before acceptance') {
      const applicant = await born(name)
      const id = await file(client, applicant, 'LX-005')
      await play(client, id, [['village', 'verify', { reason: OPINION }], ...NOTICES[when]])
      // An answer on the day of the notice would leave every last day where it was.
      await client.door('POST', 'clock', { advanceWorkingDays: 1 })
      const photo = await photoOf('户口簿')
      const files = [await applicant.person.upload(photo.buffer, photo.mimeType, photo.name)]
      const { version, correction } = await caseOf(applicant.person, id)
      const answers = { bankCard: bankCard ?? correction?.answers['bankCard'] }
      const sent = await applicant.person.send('POST', `/api/cases/${id}/supplement`, {
        body: { version, materials: [{ name: '居民户口簿', files }], answers },
      })
      expect(sent.status, JSON.stringify(sent.body)).toBe(200)
      return id
    },
    /** A browser that nobody is logged in at: at a desk where no size is given. */
    async openVisitor(path: string, options: Opened = {}) {
      const desk = await openPhone(browser, { url, size: DESK, userAgent: EDGE, ...options })
      await desk.go(path)
      await untilShown(desk.page)
      return desk
    },
    /** Somebody who works, on a page: at a desk where no size is given. */
    async openWork(person: string, path: string, options: Opened = {}) {
      const desk = await openPhone(browser, { url, person, size: DESK, ...options })
      await desk.go(path)
      await untilShown(desk.page)
      return desk
    },
  }
}

/** How a case comes to whoever decides it. */
export const TO_REVIEWER = [
  ['village', 'verify'],
  ['window', 'accept'],
] as const satisfies Parameters<typeof play>[2]

export const dialogOf = (page: Page) => page.getByRole('dialog').filter({ visible: true })

/** Where the first part that is seen stands. */
export const boxOf = async (of: Locator) => {
  const box = await of.filter({ visible: true }).first().boundingBox()
  if (!box) throw new Error(`no ${of}`)
  return box
}

/** On the first screen of the desk, over the bar with the acts. */
export async function aboveTheBar(page: Page, part: Locator) {
  const [box, bar] = [await boxOf(part), await boxOf(page.locator('.case__acts'))]
  return box.y >= 0 && box.y + box.height <= bar.y
}

/** A promise, and how it is kept. */
function awaited<T>() {
  let keep: (value: T) => void = () => undefined
  const kept = new Promise<T>((resolve) => {
    keep = resolve
  })
  return { kept, keep }
}

/** Holds the next answer to an act until it is let go: as it came, or lost on its way back. The act has been done by then. */
export async function holdAnswer(page: Page) {
  const held = awaited<true>()
  const how = awaited<'comes' | 'lost'>()
  await page.route('**/actions', async (route) => {
    const response = await route.fetch()
    held.keep(true)
    await ((await how.kept) === 'lost' ? route.abort('connectionreset') : route.fulfill({ response }))
  })
  return async (which: 'comes' | 'lost') => {
    // A busy page sends some time after it was pressed.
    await held.kept
    how.keep(which)
    await page.unrouteAll({ behavior: 'wait' })
    await page.waitForTimeout(600)
  }
}
