import { createCalls, type Host, type Options } from './host'

/** The stack of pages; each fails as WeChat says, for a page that is none or a stack that is full. */
export interface PageStack {
  readonly depth: () => number
  isPage(path: string): boolean
  isTab(path: string): boolean
  push(path: string, query: Readonly<Record<string, string>>): void
  replace(path: string, query: Readonly<Record<string, string>>): void
  restart(path: string, query: Readonly<Record<string, string>>): void
  /** Closes what is no tab, hides the tab one leaves, and shows the other as it was left. */
  switchTo(path: string): void
  pop(count: number): void
}

const MOST_PAGES = 10

/** Neither names nor values are decoded: WeChat hands them over as they stand. */
function readUrl(url: string) {
  const [path = '', query = ''] = url.split('?')
  const pairs = query.split('&').filter(Boolean)
  return {
    path: path.replace(/^\//, ''),
    query: Object.fromEntries(
      pairs.map((pair) => {
        const at = pair.indexOf('=')
        return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
      }),
    ),
  }
}

export function routeApis(host: Host, stack: PageStack) {
  const { succeed, fail } = createCalls(host)
  const go = (
    name: string,
    options: Options,
    move: PageStack['push'],
    refusal?: () => string | undefined,
  ) => {
    const { path, query } = readUrl(String(options['url']))
    if (!stack.isPage(path)) return fail(name, options, `page "${path}" is not found`)
    if (!host.hasPackage(path)) return fail(name, options, `loadSubpackage: fail, page "${path}"`)
    const refused = refusal?.()
    if (refused !== undefined) return fail(name, options, refused)
    host.loop.later(() => move(path, query))
    succeed(name, options)
  }
  const noTab = (name: string, options: Options) =>
    stack.isTab(readUrl(String(options['url'])).path) ? `can not ${name} a tabbar page` : undefined
  return {
    navigateTo: (options: Options) =>
      go(
        'navigateTo',
        options,
        stack.push,
        () =>
          noTab('navigateTo', options) ??
          (stack.depth() >= MOST_PAGES ? 'webview count limit exceed' : undefined),
      ),
    redirectTo: (options: Options) =>
      go('redirectTo', options, stack.replace, () => noTab('redirectTo', options)),
    reLaunch: (options: Options) => go('reLaunch', options, stack.restart),
    switchTab: (options: Options) =>
      go('switchTab', options, stack.switchTo, () =>
        noTab('switchTab', options) === undefined ? 'can not switch to no-tabBar page' : undefined,
      ),
    navigateBack(options: Options) {
      if (stack.depth() < 2) return fail('navigateBack', options, 'cannot navigate back at first page.')
      host.loop.later(() => stack.pop(Number(options['delta'] ?? 1)))
      succeed('navigateBack', options)
    },
  }
}
