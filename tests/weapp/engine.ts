import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { createJavascript, type Javascript } from './engine/javascript'
import { createLoop } from './engine/loop'
import { createNetwork, type Network } from './engine/network'
import { createPage, type OpenPage, type PageOptions } from './engine/page'
import { createScreen, type Screen } from './engine/screen'
import { accountApis } from './engine/wx/account'
import { deviceApis } from './engine/wx/device'
import { fileApis } from './engine/wx/files'
import type { Hands, Holder, Host } from './engine/wx/host'
import { requestApis } from './engine/wx/requests'
import { type PageStack, routeApis } from './engine/wx/routes'
import { elementReader } from './engine/wxml'

export const BUILD = 'miniprogram/dist/weapp'

interface AppJson {
  readonly pages: readonly string[]
  readonly subPackages: readonly { readonly root: string; readonly pages: readonly string[] }[]
  readonly tabBar: { readonly custom: boolean; readonly list: readonly { readonly pagePath: string }[] }
  readonly preloadRule: Readonly<Record<string, { readonly packages: readonly string[] }>>
  readonly requiredPrivateInfos?: readonly string[]
}

export const readApp = () => JSON.parse(readFileSync(`${BUILD}/app.json`, 'utf8')) as AppJson

/** A phone with WeChat and the built mini program on it, in the hands of one person. */
export interface Phone {
  readonly screen: Screen
  readonly hands: Hands
  readonly network: Network
  readonly storage: ReadonlyMap<string, string>
  /** Paths of the files that the mini program keeps on it. */
  readonly kept: ReadonlySet<string>
  /** Pages open now, the one on the screen last. */
  readonly stack: readonly OpenPage[]
  /** How often each call of WeChat's API was made since the app was started. */
  readonly calls: ReadonlyMap<string, number>
  /** What WeChat would refuse or report, in the order it happened. */
  readonly faults: readonly string[]
  /** Starts the app as after it was closed, on this page; answers the milliseconds until the page had loaded. */
  launch(
    path?: string,
    query?: Readonly<Record<string, string>>,
    /** What another mini program hands over with it. */
    handed?: Readonly<Record<string, unknown>>,
  ): Promise<number>
  /** Opens one page above another, as some way through the pages would. */
  navigate(path: string, query: Readonly<Record<string, string>>): Promise<void>
  /** The phone's own back key. */
  pressBack(): Promise<void>
  /** The signal goes or comes back. */
  setOnline(online: boolean): Promise<void>
  /** WeChat goes behind another app, or to its own page; and comes back, with what that page hands over. */
  hide(): Promise<void>
  /** It goes behind and is killed there before another line of it runs. */
  kill(): void
  show(options?: Readonly<Record<string, unknown>>): Promise<void>
  /** Waits for what is under way, as after a held answer was let go. */
  settled(): Promise<void>
  /** Parts of the mini program whose download fails from now on, by their root. */
  readonly missingPackages: Set<string>
  /** Leaves no byte of the mini program's storage free. */
  fillStorage(options?: { readonly leaving: number }): void
  /** What filled it is gone. */
  emptyStorage(): void
  /** Forgets what the mini program has written, but for this. */
  keepOnly(key: string): void
  /** As an earlier day has left it. */
  writeStorage(key: string, text: string): void
  close(): void
}

interface PhoneParts {
  /** Calls that the phone's older WeChat has not. */
  readonly absent?: readonly string[]
  /** So many times faster go pauses of more than half a second. */
  readonly haste?: number
  /** 基础库 of its WeChat. */
  readonly library?: string
  /** The product's address. */
  readonly product: string
  readonly holder: Holder
}

type AppOptions = Readonly<Record<string, unknown>>

export function createPhone({
  product,
  holder,
  absent = [],
  haste = 1,
  library = '3.5.0',
}: PhoneParts): Phone {
  const faults: string[] = []
  const fault = (words: string) => void faults.push(words)
  const loop = createLoop(
    (cause) => fault(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)),
    haste,
  )
  const { pages, subPackages, tabBar } = readApp()
  const tabPaths = new Set(tabBar.list.map(({ pagePath }) => pagePath))
  const packages = subPackages.map(({ root }) => root)
  const known = new Set([
    ...pages,
    ...subPackages.flatMap((each) => each.pages.map((path) => `${each.root}/${path}`)),
  ])
  const elementOf = elementReader(
    readFileSync(`${BUILD}/base.wxml`, 'utf8'),
    readFileSync(`${BUILD}/utils.wxs`, 'utf8'),
  )
  const declared = process.env['API_BASE'] ?? 'http://127.0.0.1:3000'
  const network = createNetwork(declared, product)
  const storage = new Map<string, string>()
  const missingPackages = new Set<string>()
  const kept = new Set<string>()
  let launchOptions: Readonly<Record<string, unknown>> = {}
  const listeners: Host['listeners'] = { appShow: new Set(), appHide: new Set(), network: new Set() }
  const hands: Hands = {
    photos: [],
    canvas: 'draws',
    looked: [],
    consent: 'accept',
    dialled: [],
    clipboard: '',
    previewed: [],
    album: [],
    opensAlbum: true,
    settingsOpened: 0,
    hasRoom: true,
    refusals: new Map(),
    killedBehind: false,
    phoneSettingsOpened: 0,
    logged: [],
    newVersion: undefined,
    updated: 0,
  }
  const stack: OpenPage[] = []
  /** Tabs that were opened and are not closed, by their path, whether in front or not. */
  const openTabs = new Map<string, OpenPage>()
  let javascript: Javascript | undefined
  let app: AppOptions = {}
  let registered: PageOptions[] = []
  const pageOptions = new Map<string, PageOptions>()
  const tap = { running: false, happened: false }
  /** How often it was started or killed, and in which of these lives a call was made. */
  let life = 0
  const livesOfCalls = new WeakMap<object, number>()

  const running = () => {
    if (!javascript) throw new Error('the app is not started')
    return javascript
  }
  const host: Host = {
    loop,
    network,
    javascript: running,
    storage,
    kept,
    listeners,
    isOfThisRun: (options) => (livesOfCalls.get(options) ?? life) === life,
    launchOptions: () => launchOptions,
    holder,
    hands,
    library,
    isInTap: () => tap.running,
    wasTapped: () => tap.happened,
    hasPackage: (path) => ![...missingPackages].some((root) => path.startsWith(`${root}/`)),
    hasElement: (id) => top().find((node) => node.id === id).length > 0,
    fault,
  }
  const native = (value: unknown) => running().data(JSON.stringify(value))
  const top = () => {
    const page = stack.at(-1)
    if (!page) throw new Error('no page is open')
    return page
  }

  /** A page's script registers the page once; its parts must be there. */
  const optionsOf = (path: string) => {
    const loaded = pageOptions.get(path)
    if (loaded) return loaded
    const { usingComponents } = JSON.parse(readFileSync(`${BUILD}/${path}.json`, 'utf8')) as {
      usingComponents: Readonly<Record<string, string>>
    }
    for (const place of Object.values(usingComponents)) {
      running().run(`${posix.join(posix.dirname(path), place)}.js`)
    }
    if (!existsSync(`${BUILD}/${path}.wxml`)) fault(`${path} has no wxml`)
    if (tabBar.custom && tabPaths.has(path)) running().run('custom-tab-bar/index.js')
    registered = []
    running().run(`${path}.js`)
    const [options, ...more] = registered
    if (!options || more.length > 0) throw new Error(`${path} registered ${registered.length} pages`)
    pageOptions.set(path, options)
    return options
  }
  const open = (path: string, query: Readonly<Record<string, string>>) => {
    const page = createPage(path, query, optionsOf(path), { elementOf, native, later: loop.later, fault })
    stack.push(page)
    if (tabPaths.has(path)) openTabs.set(path, page)
    page.call('onLoad', native(query))
    page.call('onShow')
    loop.later(() => page.call('onReady'))
  }
  const drop = (count: number) => {
    for (const page of stack.splice(Math.max(stack.length - count, 0)).reverse()) {
      openTabs.delete(page.path)
      page.call('onUnload')
    }
  }
  const pageStack: PageStack = {
    depth: () => stack.length,
    isPage: (path) => known.has(path),
    isTab: (path) => tabPaths.has(path),
    push(path, query) {
      top().call('onHide')
      open(path, query)
    },
    replace(path, query) {
      drop(1)
      open(path, query)
    },
    restart(path, query) {
      drop(stack.length)
      for (const page of openTabs.values()) page.call('onUnload')
      openTabs.clear()
      open(path, query)
    },
    switchTo(path) {
      const [bottom] = stack
      const left = bottom && tabPaths.has(bottom.path) ? bottom : undefined
      if (left?.path === path && stack.length === 1) return
      if (left !== undefined && stack.length === 1) left.call('onHide')
      drop(left ? stack.length - 1 : stack.length)
      stack.length = 0
      const kept = openTabs.get(path)
      // WeChat hands no query to a tab.
      if (!kept) return open(path, {})
      stack.push(kept)
      kept.call('onShow')
    },
    pop(count) {
      drop(Math.min(count, stack.length - 1))
      top().call('onShow')
    },
  }
  const { tellNetwork, ...requests } = requestApis(host)
  const apis: Readonly<Record<string, unknown>> = {
    ...deviceApis(host),
    ...requests,
    ...fileApis(host),
    ...accountApis(host),
    ...routeApis(host, pageStack),
  }
  const calls = new Map<string, number>()
  const counted = (name: string, api: unknown) =>
    typeof api === 'function'
      ? (...given: unknown[]) => {
          calls.set(name, (calls.get(name) ?? 0) + 1)
          const [options] = given
          if (typeof options === 'object' && options !== null) livesOfCalls.set(options, life)
          return api(...given)
        }
      : api
  const start = () => {
    life += 1
    loop.close()
    for (const each of Object.values(listeners)) each.clear()
    stack.length = 0
    openTabs.clear()
    pageOptions.clear()
    calls.clear()
    const wx = Object.fromEntries(Object.entries(apis).map(([name, api]) => [name, counted(name, api)]))
    for (const name of absent) delete wx[name]
    javascript = createJavascript(BUILD, packages, {
      console: {
        log: () => {},
        info: () => {},
        warn: (...words: unknown[]) => fault(`console.warn ${words.join(' ')}`),
        error: (...words: unknown[]) => fault(`console.error ${words.join(' ')}`),
      },
      setTimeout: loop.setTimeout,
      clearTimeout: loop.clearTimeout,
      setInterval: loop.setInterval,
      clearInterval: loop.clearTimeout,
      wx,
      App: (options: AppOptions) => {
        app = options
      },
      Page: (options: PageOptions) => void registered.push(options),
      Component: () => {},
      Behavior: (options: unknown) => options,
      getApp: () => app,
      getCurrentPages: () => stack.map(({ instance }) => instance),
    })
    javascript.run('app.js')
  }
  const callApp = (name: string, given: unknown) => {
    const handler = app[name]
    if (typeof handler === 'function') handler.call(app, native(given))
  }

  const goBehind = () => {
    top().call('onHide')
    callApp('onHide', {})
    for (const listener of [...listeners.appHide]) listener(native({}))
  }

  return {
    screen: createScreen({ top, loop, tap, host }),
    hands,
    network,
    storage,
    kept,
    stack,
    calls,
    faults,
    async launch(path = pages[0] ?? '', query = {}, handed = {}) {
      const began = performance.now()
      launchOptions = { path, query, scene: 1001, ...handed }
      start()
      callApp('onLaunch', launchOptions)
      callApp('onShow', launchOptions)
      if (known.has(path)) open(path, query)
      else callApp('onPageNotFound', { path, query, isEntryPage: true })
      const took = performance.now() - began
      await loop.settled()
      return took
    },
    async navigate(path, query) {
      pageStack.push(path, query)
      await loop.settled()
    },
    async pressBack() {
      const [container] = top().find(
        (node) => node.tag === 'page-container' && node.attribute('show') === true,
      )
      if (container) top().dispatch(container, 'beforeleave', {}, false)
      else if (stack.length > 1) pageStack.pop(1)
      await loop.settled()
    },
    async setOnline(online) {
      tellNetwork(online)
      await loop.settled()
    },
    async hide() {
      goBehind()
      await loop.settled()
    },
    kill() {
      goBehind()
      life += 1
      loop.close()
    },
    async show(options = {}) {
      const { path, query } = top()
      const shown = { path, query, scene: 1001, ...options }
      callApp('onShow', shown)
      for (const listener of [...listeners.appShow]) listener(native(shown))
      top().call('onShow')
      await loop.settled()
    },
    settled: loop.settled,
    missingPackages,
    fillStorage({ leaving } = { leaving: 0 }) {
      const held = [...storage].reduce((sum, [key, text]) => sum + Buffer.byteLength(key + text), 0)
      const most = 10 * 1024 * 1024
      storage.set('ballast', ' '.repeat(Math.max(most - held - leaving - 'ballast'.length, 0)))
    },
    emptyStorage: () => void storage.delete('ballast'),
    keepOnly(key) {
      for (const name of [...storage.keys()]) if (name !== key) storage.delete(name)
    },
    writeStorage: (key, text) => void storage.set(key, text),
    close: loop.close,
  }
}
