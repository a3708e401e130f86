import { randomBytes } from 'node:crypto'
import { createCalls, type Host, type Options } from './host'

const WINDOW = {
  pixelRatio: 3,
  screenWidth: 390,
  screenHeight: 844,
  windowWidth: 390,
  windowHeight: 844,
  statusBarHeight: 47,
  safeArea: { left: 0, right: 390, top: 47, bottom: 810, width: 390, height: 763 },
  screenTop: 0,
}

/** The phone and its storage. */
export function deviceApis(host: Host) {
  const { storage, javascript, hands, library } = host
  const { native, succeed, fail } = createCalls(host)
  return {
    getWindowInfo: () => native(WINDOW),
    getAppBaseInfo: () =>
      native({ SDKVersion: library, language: 'zh_CN', version: '8.0.50', theme: 'light' }),
    getDeviceInfo: () =>
      native({ brand: 'HUAWEI', model: 'TAS-AL00', platform: 'android', system: 'Android 10' }),
    getSystemInfoSync: () =>
      native({ ...WINDOW, SDKVersion: library, platform: 'android', language: 'zh_CN' }),
    getMenuButtonBoundingClientRect: () =>
      native({ width: 87, height: 32, top: 51, right: 383, bottom: 83, left: 296 }),
    canIUse: () => true,

    getStorageSync(key: string) {
      const text = storage.get(key)
      return text === undefined ? '' : javascript().data(text)
    },
    setStorageSync(key: string, value: unknown) {
      const text = JSON.stringify(value)
      if (text === undefined) throw new Error('setStorageSync:fail data is undefined')
      if (Buffer.byteLength(text) > MOST_AN_ENTRY)
        throw new Error('setStorageSync:fail entry size limit reached')
      const others = [...storage].filter(([name]) => name !== key)
      const size = others.reduce((sum, [name, kept]) => sum + Buffer.byteLength(name + kept), 0)
      if (size + Buffer.byteLength(key + text) > MOST_IN_ALL)
        throw new Error('setStorageSync:fail exceed storage max size')
      storage.set(key, text)
    },
    removeStorageSync: (key: string) => void storage.delete(key),
    getStorageInfoSync: () => native({ keys: [...storage.keys()], limitSize: MOST_IN_ALL / 1024 }),

    getRandomValues({ length, ...options }: Options & { readonly length?: unknown }) {
      if (!options.success) host.fault('wx.getRandomValues without callbacks')
      const bytes = [...randomBytes(Number(length))]
      host.loop.later(() => {
        const answer = { errMsg: 'getRandomValues:ok', randomValues: javascript().bytes(bytes) }
        options.success?.(answer)
        options.complete?.(answer)
      })
    },

    makePhoneCall(options: Options) {
      hands.dialled.push(String(options['phoneNumber']))
      succeed('makePhoneCall', options)
    },
    setClipboardData(options: Options) {
      const refusal = hands.refusals.get('setClipboardData')
      if (refusal !== undefined) return fail('setClipboardData', options, refusal)
      hands.clipboard = String(options['data'])
      succeed('setClipboardData', options)
    },
    openSetting(options: Options) {
      if (!host.wasTapped()) return fail('openSetting', options, 'can only be invoked by user TAP gesture')
      hands.settingsOpened += 1
      succeed('openSetting', options, { authSetting: {} })
    },
    openAppAuthorizeSetting(options: Options) {
      hands.phoneSettingsOpened += 1
      succeed('openAppAuthorizeSetting', options)
    },
    getRealtimeLogManager: () => {
      const line = (...words: unknown[]) => void hands.logged.push(words.map(String).join(' '))
      return { info: line, warn: line, error: line, in: () => {}, setFilterMsg: line, addFilterMsg: line }
    },
    getUpdateManager: () => ({
      onCheckForUpdate: () => {},
      onUpdateFailed: () => {},
      onUpdateReady(listener: () => void) {
        hands.newVersion = listener
      },
      applyUpdate() {
        hands.updated += 1
      },
    }),
    getLaunchOptionsSync: () => native(host.launchOptions()),
    getEnterOptionsSync: () => native(host.launchOptions()),
    pageScrollTo(options: Options) {
      const selector = options['selector']
      if (typeof selector === 'string' && !host.hasElement(selector.slice(1))) {
        return fail('pageScrollTo', options, 'element not found')
      }
      succeed('pageScrollTo', options)
    },
    nextTick: (act: () => void) => host.loop.later(act),
  }
}

/** WeChat's limits: one entry, and all of a mini program. */
const MOST_AN_ENTRY = 1024 * 1024
const MOST_IN_ALL = 10 * 1024 * 1024
