import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import type { CaseView } from '#shared/contract/case'
import { act, type Client, caseOf, clientOf, newcomer } from '../product/client'
import { openBrowser, openPhone, untilShown } from './browser'
import { openServerOfFile } from './running-server'
import { DALIANG, file } from './scenes'
import { press, sees } from './screen'

const DESK = { width: 1280, height: 800 }

interface Applicant extends Awaited<ReturnType<typeof newcomer>> {
  readonly name: string
}

/** A server, a browser and one resident for the sheets of a file. To be awaited at its top. */
export async function openSheetScenes() {
  const url = await openServerOfFile()
  const client: Client = clientOf(url)
  const applicantNamed = async (name: string): Promise<Applicant> => ({
    name,
    ...(await newcomer(client, { name, birth: '1963-05-20', villageCode: DALIANG, level: 3 })),
  })
  let browser: Browser
  let resident: Applicant
  beforeAll(async () => {
    browser = await openBrowser()
    resident = await applicantNamed('郑小霞')
  })
  afterAll(() => browser.close())

  const acted = async (person: string, caseId: string, ...rest: [Parameters<typeof act>[2], object?]) => {
    const answer = await act(await client.as(person), caseId, rest[0], { ...rest[1] })
    expect(answer.body).not.toHaveProperty('code')
  }

  /** What the newest message about a case says to somebody, in the product's own list. */
  async function told(person: string, caseId: string) {
    const { body } = await client.door<{
      messages: { title: string; lines: string[]; caseIds: string[] }[]
    }>('GET', `messages?person=${person}`)
    const about = body.messages.filter(({ caseIds }) => caseIds.includes(caseId))
    return about.map(({ title, lines }) => [title, ...lines].join(' '))
  }

  const openAt = async (person: string, path: string, size?: typeof DESK, elder = false) => {
    const phone = await openPhone(browser, { url, person, elder, ...(size ? { size } : {}) })
    await phone.go(path)
    await untilShown(phone.page)
    return phone
  }

  return {
    client,
    openAt,
    applicantNamed,
    acted,
    told,
    resident: () => resident,
    fileCase: (itemId: string, applicant = resident) => file(client, applicant, itemId),
    seenBy: async (person: string, caseId: string): Promise<CaseView> =>
      caseOf(await client.as(person), caseId),
    toldResident: (caseId: string) => told(resident.personId, caseId),
    /** The resident’s own phone, on no page yet. */
    openMine: () => openPhone(browser, { url, person: resident.personId }),
    /** A case alone on somebody's phone, or on its own page at a desk. */
    openCase: (person: string, caseId: string, size?: typeof DESK) =>
      openAt(person, `staff/case/case?id=${caseId}`, size),
    /** The queue at a desk with one case open. */
    openRow: async (person: string, row: RegExp) => {
      const desk = await openAt(person, 'staff/case/queue', DESK)
      await press(desk.page, row)
      await untilShown(desk.page)
      return desk
    },
  }
}

export const sheetOf = (page: Page) => page.getByRole('dialog').filter({ visible: true }).first()

/** The button of an act, wherever the bar has room for it. */
export async function openSheet(page: Page, button: string): Promise<Locator> {
  const direct = page.getByRole('button', { name: button, exact: true }).filter({ visible: true })
  if ((await direct.count()) === 0) await press(page, '更多')
  await press(page, button)
  const sheet = sheetOf(page)
  await sheet.getByText(button, { exact: true }).first().waitFor()
  return sheet
}

/** Keys wait while the case is read again: pressed until the sheet is there. */
export async function sheetByKey(page: Page, key: string): Promise<Locator> {
  const sheet = sheetOf(page)
  while (!(await sheet.isVisible())) {
    await page.keyboard.press(key)
    await page.waitForTimeout(200)
  }
  return sheet
}

export async function finish(page: Page, button: string, done: string) {
  await press(sheetOf(page), button)
  await sees(page, done)
  await page.getByRole('dialog').filter({ visible: true }).waitFor({ state: 'hidden' })
}
