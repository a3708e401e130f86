import Taro from '@tarojs/taro'
import { type PagePath, pages } from '#shared/contract/pages'

type Parameters = Readonly<Record<string, string>>

/** WeChat keeps ten pages; the eleventh takes the place of the tenth. */
const STACK_LIMIT = 10

const urlOf = (path: PagePath, parameters: Parameters = {}) => {
  const query = Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')
  return `/${path}${query ? `?${query}` : ''}`
}

export function openPage(path: PagePath, parameters?: Parameters) {
  const url = urlOf(path, parameters)
  void (Taro.getCurrentPages().length < STACK_LIMIT ? Taro.navigateTo({ url }) : Taro.redirectTo({ url }))
}

/** A page as the server names it: `features/case/timeline?id=…`. What the manifest does not list is left alone. */
export function openLink(link: string) {
  const [path = '', query = ''] = link.split('?')
  const page = pages.find((each) => each.path === path)
  if (!page) return
  const pairs = query.split('&').filter(Boolean)
  const parameters = pairs.map((pair) => pair.split('=').map(decodeURIComponent) as [string, string])
  openPage(page.path, Object.fromEntries(parameters))
}

/** Leaves no way back to the page that is left: after submitting, between the bars of staff. */
export function replacePage(path: PagePath, parameters?: Parameters) {
  void Taro.redirectTo({ url: urlOf(path, parameters) })
}

/** One of the four tabs. A tab that WeChat's own bar does not list is opened afresh. */
export function openTab(path: PagePath) {
  const url = urlOf(path)
  Taro.switchTab({ url }).catch(() => Taro.reLaunch({ url }))
}

/** The page before, or `otherwise` for whoever came by a link. */
export function goBack(otherwise: PagePath) {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack()
  else openTab(otherwise)
}

/** A parameter of the page that is open. Neither host decodes what `urlOf` encoded. */
export function pageParameter(name: string): string | undefined {
  const raw = Taro.getCurrentInstance().router?.params[name]
  try {
    return raw === undefined ? undefined : decodeURIComponent(raw)
  } catch (_reason) {
    return raw
  }
}
