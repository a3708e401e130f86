import Taro from '@tarojs/taro'
import { isOlderLibrary, LEAST_LIBRARY } from '#shared/contract/least-library'
import type { Platform } from '../platform'

/** Version and digest of the sources. */
declare const BUILD: string

declare const wx: {
  // Younger than the oldest library that runs this.
  getAppBaseInfo?: typeof Taro.getAppBaseInfo
  getSystemInfoSync?: typeof Taro.getSystemInfoSync
}

interface BaseInfo {
  readonly SDKVersion?: string
  readonly fontSizeScaleFactor?: number
}

let base: BaseInfo | undefined

/** Of a running WeChat it changes no more. `getAppBaseInfo` since library 2.20. */
const baseInfo = (): BaseInfo => {
  base ??= (wx.getAppBaseInfo?.() ?? wx.getSystemInfoSync?.() ?? {}) as BaseInfo
  return base
}

/** What WeChat says of itself, and what it does for who runs the mini program. */
export const wechatItself: Pick<
  Platform,
  'report' | 'onNewVersion' | 'nameWindow' | 'isLibraryTooOld' | 'prefersLargeText'
> = {
  report({ page, error }) {
    const log = Taro.getRealtimeLogManager()
    log.setFilterMsg(error)
    log.error(JSON.stringify({ page, error, build: BUILD }))
  },
  onNewVersion(listener) {
    const versions = Taro.getUpdateManager()
    versions.onUpdateReady(() => listener(() => versions.applyUpdate()))
  },
  nameWindow() {},
  isLibraryTooOld: () => isOlderLibrary(baseInfo().SDKVersion ?? LEAST_LIBRARY, LEAST_LIBRARY),
  // 关怀模式 draws about 1.4 times the standard letters.
  prefersLargeText: () => (baseInfo().fontSizeScaleFactor ?? 1) >= 1.35,
}
