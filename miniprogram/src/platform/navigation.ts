import Taro, { useRouter } from '@tarojs/taro'
import { create } from 'zustand'
import { type PagePath, pageNamed, tabs } from '#shared/contract/pages'
import { platform } from '.'

type Parameters = Readonly<Record<string, string>>

/** WeChat keeps ten pages; the eleventh takes the place of the tenth. */
const STACK_LIMIT = 10
/** A host that never says whether a page opened holds no later tap. Milliseconds. */
const LONGEST_WAY = 10_000

const urlOf = (path: PagePath, parameters: Parameters = {}) => {
  const query = Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  return `/${path}${query ? `?${query}` : ''}`
}

interface Way {
  /** What did not open, to be tried again: without a signal a part of the mini program may not be on the phone yet. */
  readonly unopened: (() => void) | undefined
}

export const useWay = create<Way>(() => ({ unopened: undefined }))

let underWay: number | undefined
let unwatch = () => {}

/** One way at a time: whoever taps twice means one page. What does not open is told, and can be tried again. */
async function go(move: () => Promise<unknown>, onUnopened?: () => void) {
  const now = Date.now()
  if (underWay !== undefined && now - underWay < LONGEST_WAY) return onUnopened?.()
  underWay = now
  useWay.setState({ unopened: undefined })
  const tell = () => {
    useWay.setState({ unopened: () => void go(move) })
    onUnopened?.()
  }
  unwatch()
  unwatch = platform.watchOpening(tell)
  try {
    await move()
  } catch (_reason) {
    tell()
  } finally {
    underWay = undefined
  }
}

const isTab = (path: PagePath) => tabs.some((tab) => tab.path === path)

export function openPage(path: PagePath, parameters?: Parameters, onUnopened?: () => void) {
  // WeChat opens no tab upon another page.
  if (isTab(path)) return openTab(path)
  const url = urlOf(path, parameters)
  void go(
    () => (Taro.getCurrentPages().length < STACK_LIMIT ? Taro.navigateTo({ url }) : Taro.redirectTo({ url })),
    onUnopened,
  )
}

/** A page as the server names it: `features/case/timeline?id=…`. What the manifest does not list is left alone. */
export function openLink(link: string) {
  const [path = '', query = ''] = link.split('?')
  const page = pageNamed(path)
  if (!page) return
  const pairs = query.split('&').filter(Boolean)
  const parameters = pairs.map((pair) => pair.split('=').map(decodeURIComponent) as [string, string])
  openPage(page, Object.fromEntries(parameters))
}

/** Leaves no way back to the page that is left: after submitting, between the bars of staff. */
export function replacePage(path: PagePath, parameters?: Parameters) {
  if (isTab(path)) return openTab(path)
  void go(() => Taro.redirectTo({ url: urlOf(path, parameters) }))
}

/** A tab, as it was left; another page is opened with nothing behind it. */
export function openTab(path: PagePath, parameters?: Parameters) {
  // WeChat takes no parameters to a tab.
  void go(() =>
    isTab(path) ? Taro.switchTab({ url: urlOf(path) }) : Taro.reLaunch({ url: urlOf(path, parameters) }),
  )
}

/** A link of former days, which names a page that stands elsewhere by now, or is no more: `query` as the host tells it. */
export function openFormer(path: string, query: Parameters = {}) {
  const page = pageNamed(path.replace(/^\//, ''))
  if (!page) return openTab('features/service-item/home')
  openTab(page, Object.fromEntries(Object.entries(query).map(([name, value]) => [name, decoded(value)])))
}

function decoded(raw: string) {
  try {
    return decodeURIComponent(raw)
  } catch (_reason) {
    return raw
  }
}

/** While a page slides out it is still the current one: whoever goes back twice means that page. Milliseconds. */
const SLIDE = 400
let leftAt = 0

/** Whether one came here from another page, and not by a link or by reading it anew. */
export const hasPageBefore = () => Taro.getCurrentPages().length > 1

/** The page before, or `otherwise` for whoever came by a link. */
export function goBack(otherwise: PagePath) {
  if (Date.now() - leftAt < SLIDE) return
  leftAt = Date.now()
  if (hasPageBefore()) void go(() => Taro.navigateBack())
  else openTab(otherwise)
}

/**
 * A parameter of the page that asks, whichever is in front: WeChat tells the current one alone, and none while the app is
 * behind. Neither host decodes what `urlOf` encoded.
 */
export function usePageParameter(name: string): string | undefined {
  const raw = useRouter()?.params[name]
  return raw === undefined ? undefined : decoded(raw)
}
