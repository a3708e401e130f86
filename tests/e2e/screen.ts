import type { FrameLocator, Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { expect } from 'vitest'

/** What one looks at: a phone of its own, or the phone in the console's frame. */
export type Screen = Pick<Page | FrameLocator | Locator, 'getByRole' | 'getByText' | 'locator'>

type Words = string | RegExp

/** Earlier pages stay behind the open one, hidden. */
const seen = (locator: Locator) => locator.filter({ visible: true })

export const sees = (screen: Screen, words: Words) => seen(screen.getByText(words)).first().waitFor()

/** A button's words are its name; a card that can be pressed says more, and is named by a part of it. */
export const press = (screen: Screen, name: Words) =>
  seen(screen.getByRole('button', { name, exact: typeof name === 'string' }))
    .first()
    .click()

/** A question answers nobody in its first half second: a press that was meant for what lay under it. */
export const UNTIL_READ = 600

/** Answers the question that has just been asked. */
export async function answer(page: Page, words: string) {
  const button = seen(page.getByRole('dialog').getByRole('button', { name: words, exact: true })).last()
  await button.waitFor()
  await page.waitForTimeout(UNTIL_READ)
  await button.click()
}

export const choose = (screen: Screen, role: 'radio' | 'checkbox' | 'tab', name: Words) =>
  seen(screen.getByRole(role, { name })).first().click()

/** At a counter: who it is for stands there, agrees, and is nobody's relative. */
export async function agreeToEntry(screen: Screen) {
  await choose(screen, 'radio', '本人在这里')
  await choose(screen, 'radio', '念给他听了，他说同意')
  await choose(screen, 'checkbox', '没有智能手机')
  await choose(screen, 'radio', '不是亲属')
}

export const fieldOf = (screen: Screen, label: Words) =>
  seen(screen.getByRole('textbox', { name: label })).first()

export const write = (screen: Screen, label: Words, words: string) => fieldOf(screen, label).fill(words)

/** Opens a wheel by its row and turns it by keyboard until `wanted` stands there, column after column. */
export async function turnWheels(page: Page, screen: Screen, label: RegExp, wanted: readonly string[]) {
  await press(screen, label)
  const wheels = seen(screen.getByRole('spinbutton'))
  await wheels.first().waitFor()
  for (const [column, words] of wanted.entries()) {
    const wheel = wheels.nth(column)
    if (column > 0) await page.keyboard.press('Tab')
    for (let turns = 0; (await wheel.getAttribute('aria-valuetext')) !== words; turns += 1) {
      if (turns > 200) throw new Error(`no ${words} on the wheel of ${label}`)
      const before = await wheel.getAttribute('aria-valuenow')
      await page.keyboard.press('ArrowDown')
      await wheel.and(screen.locator(`:not([aria-valuenow="${before}"])`)).waitFor()
    }
  }
  await page.keyboard.press('Enter')
  await wheels.first().waitFor({ state: 'hidden' })
}

/** A photograph of a paper, for the chooser. */
export const photoOf = async (words: string) => ({
  name: `${words}.jpg`,
  mimeType: 'image/jpeg',
  buffer: await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="420"><rect width="640" height="420" fill="#efe9dc"/><text x="60" y="220" font-size="${Math.min(48, 500 / words.length)}">${words}</text></svg>`,
    ),
  )
    .jpeg()
    .toBuffer(),
})

/** Presses the tile of a paper and gives the chooser a photograph; back when it was sent. */
export async function photograph(page: Page, screen: Screen, paper: string) {
  const opened = page.waitForEvent('filechooser')
  await press(screen, new RegExp(`(拍一张|拍正面)，${escaped(paper)}`))
  await (await opened).setFiles(await photoOf(paper))
  await seen(screen.getByRole('button', { name: new RegExp(`^${escaped(paper)}.*，已传好`) }))
    .first()
    .waitFor()
}

const escaped = (words: string) => words.replace(/[()（）|]/g, '\\$&')

/** Until the words stand on the part of the page that one sees, below the bar. */
export async function stands(page: Page, words: Words) {
  const place = seen(page.getByText(words)).first()
  await place.waitFor()
  await expect
    .poll(async () => {
      const box = await place.boundingBox()
      const height = page.viewportSize()?.height ?? 0
      return box !== null && box.y >= 0 && box.y + box.height <= height
    })
    .toBe(true)
}
