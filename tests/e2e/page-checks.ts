import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { keepPicture, pageOnTop, untilShown, untilStill } from './browser'

interface CheckOptions {
  readonly elder?: boolean
  /** Pages of 1000 px and more are used with a mouse. */
  readonly desktop?: boolean
}

interface Limits {
  /** Pixels. */
  readonly type: number
  readonly touch: number
}

const limitsOf = ({ elder = false, desktop = false }: CheckOptions): Limits => ({
  type: elder ? 18 : 13,
  touch: elder ? 60 : desktop ? 28 : 44,
})

/** What sticks out of the screen or is cut off. */
const overflowFaults = () => {
  const width = document.documentElement.clientWidth
  const faults: string[] = []
  for (const element of document.querySelectorAll('body *')) {
    const box = element.getBoundingClientRect()
    const isOut = box.width > 0 && box.height > 0 && (box.right > width + 1 || box.left < -1)
    // A wheel of WeChat's, waiting below the page, and what is for readers alone.
    if (element.closest('.backdrop, .reader-only, .weui-picker, [hidden]')) continue
    // A picture that fills its frame stands over the edge of it, and is cut there.
    if (element.matches('[class*=mode-aspectfill]')) continue
    if (isOut)
      faults.push(
        `out ${element.className || element.tagName} ${Math.round(box.left)}..${Math.round(box.right)}`,
      )
    const isCut =
      element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === 'hidden'
    if (isCut && !element.closest('.clip, .nav-bar__title, .taro_router')) {
      faults.push(`cut ${element.className} ${element.scrollWidth}>${element.clientWidth}`)
    }
  }
  return faults
}

/** Contrast, smallest type and touch targets, computed on what is drawn. */
const readingFaults = (limits: Limits) => {
  interface Colour {
    readonly channels: readonly number[]
    readonly alpha: number
  }
  const colourOf = (text: string): Colour => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number)
    return { channels: [red, green, blue], alpha }
  }
  const luminance = ({ channels }: Colour) =>
    channels
      .map((channel) => channel / 255)
      .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, at) => sum + value * ([0.2126, 0.7152, 0.0722][at] ?? 0), 0)
  const ground = (element: Element): Colour => {
    for (let each: Element | null = element; each; each = each.parentElement) {
      const colour = colourOf(getComputedStyle(each).backgroundColor)
      if (colour.alpha > 0.6) return colour
    }
    return colourOf('rgb(246, 244, 238)')
  }
  const contrastOf = (element: Element) => {
    const [text, behind] = [luminance(colourOf(getComputedStyle(element).color)), luminance(ground(element))]
    return (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05)
  }
  const faults = new Set<string>()
  const checkText = (element: Element, words: string) => {
    const style = getComputedStyle(element)
    if (style.visibility === 'hidden' || element.getClientRects().length === 0) return
    const size = Number.parseFloat(style.fontSize)
    const isLarge = size >= 24 || (size >= 18.6 && Number(style.fontWeight) >= 600)
    const contrast = contrastOf(element)
    if (contrast < (isLarge ? 3 : 4.5)) faults.add(`contrast ${contrast.toFixed(2)} “${words}”`)
    if (size < limits.type) faults.add(`type ${size}px “${words}”`)
  }
  const ignored = '.is-out, svg, style, script, .reader-only, .weui-picker, [aria-hidden=true], [hidden]'
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = (node.nodeValue ?? '').trim()
    const element = node.parentElement
    if (words !== '' && element && !element.closest(ignored)) checkText(element, words.slice(0, 12))
  }
  const targets = ['button', 'radio', 'checkbox', 'tab', 'switch', 'link'].map((role) => `[role=${role}]`)
  for (const element of document.querySelectorAll(targets.join(','))) {
    const { width, height } = element.getBoundingClientRect()
    if (width === 0 || element.closest('.nav-bar, .weui-picker')) continue
    if (height >= limits.touch - 0.5 && width >= limits.touch - 0.5) continue
    const name = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 12)
    faults.add(`target ${Math.round(width)}x${Math.round(height)} “${name}”`)
  }
  return [...faults]
}

/**
 * What the look forbids on any page, computed in the browser: words or boxes beyond the screen, contrast under 4.5:1,
 * type under 13 px (18 in elder mode), targets under 44 px (60). Empty when nothing is wrong.
 */
export async function pageFaults(page: Page, options: CheckOptions = {}): Promise<readonly string[]> {
  const measured = await pageOnTop(page)
  await untilStill(page)
  const overflow = await page.evaluate(overflowFaults)
  const reading = await page.evaluate(readingFaults, limitsOf(options))
  // A press before may lead on only now: what was measured then is half of each of two pages.
  return (await pageOnTop(page)) === measured ? [...overflow, ...reading] : pageFaults(page, options)
}

/** Looks at what somebody has reached, once it is shown: a picture is kept, and nothing may be wrong with it. */
export const lookAt =
  (page: Page, whose: string, elder: boolean) =>
  async (name: string): Promise<void> => {
    await untilShown(page)
    await keepPicture(page, `${whose}-${name}${elder ? '.elder' : ''}`)
    expect(await pageFaults(page, { elder }), name).toEqual([])
  }

interface Looked {
  readonly only?: string
  readonly but?: string
  /** Of the least impact too. */
  readonly each?: true
}

/** What axe finds that is serious, with its elements. No page has frames of its own: one call looks at all of it. */
export async function axeFaults(page: Page, { only, but, each }: Looked = {}) {
  const builder = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  if (only !== undefined) builder.include(only)
  if (but !== undefined) builder.exclude(but)
  const { violations } = await builder.analyze()
  return violations
    .filter(({ impact }) => each || impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])
}
