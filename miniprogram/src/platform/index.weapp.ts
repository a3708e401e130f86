import Taro from '@tarojs/taro'
import type {
  Closed,
  CodeAnswer,
  HttpAnswer,
  PickAnswer,
  Picture,
  Platform,
  SubscribeAnswer,
  SubscribeChoice,
} from './platform'
import { wechatItself } from './wechat/itself'
import { keptFiles } from './wechat/kept-files'
import { pixelsOf } from './wechat/pixels'

declare const API_BASE: string

/** Taro adds promises to what is asynchronous; the rest is WeChat's own, and one thing Taro does not know. */
declare const wx: Pick<
  typeof Taro,
  | 'getStorageSync'
  | 'setStorageSync'
  | 'removeStorageSync'
  | 'getStorageInfoSync'
  | 'getMenuButtonBoundingClientRect'
  // Taro hands these on without a promise.
  | 'chooseMedia'
  | 'createOffscreenCanvas'
> & {
  // Younger than the oldest library that runs this.
  getWindowInfo?: typeof Taro.getWindowInfo
  getSystemInfoSync?: typeof Taro.getSystemInfoSync
  getRandomValues?: typeof Taro.getRandomValues
  openAppAuthorizeSetting?(options: { fail(): void }): void
  openPrivacyContract?(options: { fail(): void }): void
  openPrivacyContract?(options: { fail(): void }): void
  bindEmployeeRelation?(options: { tmplIds: string[]; success(): void; fail(): void }): void
}

const TIME_OUT_MS = 10_000
/** WeChat Pay's page of 城市服务实名信息校验; its code comes back with the app's next appearance. */
const REAL_NAME = { appId: 'wx308bd2aeb83d3345', path: 'subPages/city/wxpay-auth/main' }
const MAIN_SWITCH_OFF = 20004

const RANDOM_BYTES = 16
const hexOf = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const absolute = (url: string) => (url.startsWith('/') ? API_BASE + url : url)

const parsed = (text: unknown): unknown => {
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text)
  } catch (_reason) {
    return undefined
  }
}

async function request(
  method: Parameters<Platform['request']>[0],
  path: string,
  options: Parameters<Platform['request']>[2] = {},
): Promise<HttpAnswer> {
  const { statusCode, data, header } = await Taro.request({
    url: absolute(path),
    method,
    header: { accept: 'application/json', 'content-type': 'application/json', ...options.headers },
    timeout: TIME_OUT_MS,
    ...(options.body === undefined ? {} : { data: JSON.stringify(options.body) }),
  })
  return {
    status: statusCode,
    body: parsed(data),
    date: header['Date'] ?? header['date'],
    isDemo: (header['X-Demo'] ?? header['x-demo']) !== undefined,
  }
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  webp: 'image/webp',
  heic: 'image/heic',
  gif: 'image/gif',
}

async function chooseImages(count: number): Promise<PickAnswer> {
  try {
    const { tempFiles } = await new Promise<Taro.chooseMedia.SuccessCallbackResult>((success, fail) => {
      wx.chooseMedia({
        count,
        mediaType: ['image'],
        sizeType: ['compressed'],
        sourceType: ['camera', 'album'],
        success,
        fail,
      })
    })
    return {
      kind: 'picked',
      files: tempFiles.map(({ tempFilePath, size }) => {
        const name = tempFilePath.split('/').pop() ?? 'photo.jpg'
        const ending = name.split('.').pop()?.toLowerCase() ?? ''
        return {
          name,
          size,
          contentType: CONTENT_TYPES[ending] ?? 'image/jpeg',
          preview: tempFilePath,
          source: tempFilePath,
        }
      }),
    }
  } catch (reason) {
    const by = closedBy(reason)
    return by === undefined ? { kind: 'cancelled' } : { kind: 'closed', by }
  }
}

async function savePicture({ width, height, draw }: Picture) {
  try {
    // Since library 2.16.
    const canvas = wx.createOffscreenCanvas({ type: '2d', width, height })
    draw(canvas.getContext('2d') as unknown as CanvasRenderingContext2D)
    const drawn = { width, height, destWidth: width, destHeight: height, fileType: 'png' } as const
    const { tempFilePath } = await Taro.canvasToTempFilePath({
      // Taro's types know the canvas of a page alone; WeChat takes either.
      canvas: canvas as unknown as Taro.Canvas,
      ...drawn,
    })
    await Taro.saveImageToPhotosAlbum({ filePath: tempFilePath })
    return 'saved'
  } catch (reason) {
    if (/cancel/.test(wordsOf(reason))) return 'cancelled'
    return closedBy(reason) ?? 'failed'
  }
}

const wordsOf = (reason: unknown) =>
  typeof reason === 'object' && reason && 'errMsg' in reason ? String(reason.errMsg) : ''
/** What WeChat says of it, in this order: a refused privacy is “not authorized” too. */
const CLOSED: readonly (readonly [RegExp, Closed])[] = [
  [/not declared in the privacy/, 'undeclared'],
  [/privacy/, 'privacy'],
  [/system permission/, 'phone'],
  [/auth|permission/, 'settings'],
]
const closedBy = (reason: unknown) => CLOSED.find(([said]) => said.test(wordsOf(reason)))?.[1]

/** The county has used up what it bought, or has no permission to ask. */
const NO_PHONE = /no permission|1400001|quota|limit/
const NO_PHONE_WORDS = '现在取不到微信手机号。可以先看看，要办的话到窗口办。'

const choiceOf = (value: unknown): SubscribeChoice => {
  // acceptWithAudio and acceptWithAlert are acceptances too.
  if (typeof value === 'string' && value.startsWith('accept')) return 'accept'
  return value === 'ban' || value === 'filter' ? value : 'reject'
}

async function requestSubscribe(
  templates: Parameters<Platform['requestSubscribe']>[0],
): Promise<SubscribeAnswer> {
  const tmplIds = templates.map((template) => template.id)
  try {
    const answer: Record<string, unknown> = {
      ...(await Taro.requestSubscribeMessage({ tmplIds, entityIds: [] })),
    }
    return {
      kind: 'answered',
      choices: Object.fromEntries(tmplIds.map((id) => [id, choiceOf(answer[id])])),
    }
  } catch (reason) {
    const code = typeof reason === 'object' && reason && 'errCode' in reason ? reason.errCode : undefined
    return code === MAIN_SWITCH_OFF ? { kind: 'switched-off' } : { kind: 'unavailable' }
  }
}

const bindEmployeeRelation: Platform['bindEmployeeRelation'] = (templates) =>
  new Promise((resolve) => {
    // Since library 3.10.
    if (!wx.bindEmployeeRelation) return resolve('unavailable')
    wx.bindEmployeeRelation({
      tmplIds: templates.map((template) => template.id),
      success: () => resolve('bound'),
      fail: () => resolve('refused'),
    })
  })

/** What WeChat's page hands over with the app's next appearance. */
function codeIn(referrerInfo: unknown): string | undefined {
  const { appId, extraData } = (referrerInfo ?? {}) as {
    appId?: unknown
    extraData?: Record<string, unknown>
  }
  const code = appId === REAL_NAME.appId ? extraData?.['code'] : undefined
  return typeof code === 'string' ? code : undefined
}

let wasTaken = false

async function realNameCode(): Promise<CodeAnswer> {
  const answer = new Promise<CodeAnswer>((resolve) => {
    const onReturn = (shown: Taro.onAppShow.CallbackResult) => {
      Taro.offAppShow(onReturn)
      const code = codeIn(shown.referrerInfo)
      resolve(code === undefined ? { kind: 'refused' } : { kind: 'code', code })
    }
    Taro.onAppShow(onReturn)
  })
  try {
    await Taro.navigateToMiniProgram(REAL_NAME)
  } catch (_reason) {
    return { kind: 'refused' }
  }
  return answer
}

/** Of a phone that is held upright it changes no more; each question stops the page until WeChat has answered. */
let area: ReturnType<Platform['barArea']> | undefined

function measureBar() {
  // `getWindowInfo` since library 2.20.
  const { statusBarHeight = 20, windowWidth }: Partial<Taro.getWindowInfo.Result> =
    (wx.getWindowInfo?.() ?? wx.getSystemInfoSync?.()) || {}
  const capsule: Partial<Taro.getMenuButtonBoundingClientRect.Rect> =
    wx.getMenuButtonBoundingClientRect() ?? {}
  const { top = statusBarHeight + 6, height = 32, left } = capsule
  const gap = Math.max(top - statusBarHeight, 0)
  return {
    statusBar: statusBarHeight,
    height: height + gap * 2,
    right: windowWidth === undefined || left === undefined ? 96 : windowWidth - left,
  }
}

export const platform: Platform = {
  host: 'wechat',
  start() {},
  ...wechatItself,

  request,
  uploadFile: (url, fields, file, onProgress) =>
    new Promise((resolve, reject) => {
      const task = Taro.uploadFile({
        url: absolute(url),
        filePath: String(file.source),
        name: 'file',
        formData: { ...fields },
        success: ({ statusCode, data }) => resolve({ status: statusCode, body: parsed(data) }),
        fail: reject,
      })
      task.progress(({ progress }) => onProgress(progress))
      task.catch(reject)
    }),
  ...keptFiles,
  // WeChat clears its temporary files itself.
  forgetFile() {},
  async downloadFile(url, headers) {
    const { statusCode, tempFilePath } = await Taro.downloadFile({
      url: absolute(url),
      header: { ...headers },
      timeout: TIME_OUT_MS,
    })
    return { status: statusCode, source: statusCode < 300 ? tempFilePath : undefined }
  },
  onNetworkChange(listener) {
    const changed: Taro.onNetworkStatusChange.Callback = ({ isConnected }) => listener(isConnected)
    Taro.onNetworkStatusChange(changed)
    return () => Taro.offNetworkStatusChange(changed)
  },

  onAppShow(listener) {
    const shown = () => listener()
    Taro.onAppShow(shown)
    return () => Taro.offAppShow(shown)
  },
  onAppHide(listener) {
    const hidden = () => listener()
    Taro.onAppHide(hidden)
    return () => Taro.offAppHide(hidden)
  },

  watchOpening: () => () => {},
  randomId: () =>
    new Promise((resolve) => {
      const otherwise = () =>
        resolve(hexOf(Uint8Array.from({ length: RANDOM_BYTES }, () => Math.random() * 256)))
      // Since library 2.19. The id tells wishes apart and keeps no secret.
      if (!wx.getRandomValues) return otherwise()
      wx.getRandomValues({
        length: RANDOM_BYTES,
        success: ({ randomValues }) => resolve(hexOf(new Uint8Array(randomValues))),
        fail: otherwise,
      })
    }),
  read(key) {
    const value: unknown = wx.getStorageSync(key)
    // WeChat says '' for what it does not hold.
    return value === '' ? undefined : value
  },
  write(key, value) {
    try {
      wx.setStorageSync(key, value)
      return true
    } catch (_reason) {
      // Ten megabytes are full, or one entry is beyond one: the page goes on without its memory.
      return false
    }
  },
  remove: (key) => wx.removeStorageSync(key),
  forgetWhere(isOne) {
    for (const key of wx.getStorageInfoSync().keys) if (isOne(key)) wx.removeStorageSync(key)
  },

  async logIn() {
    try {
      const { code } = await Taro.login()
      if (code) return { kind: 'code', code }
    } catch (_reason) {
      // Said below in the resident's words.
    }
    return { kind: 'unavailable', sentence: '微信没有应答，过一会儿再点一次' }
  },
  phoneButton: (onAnswer) => ({
    openType: 'getPhoneNumber',
    onGetPhoneNumber: ({ detail }) => {
      const { errno, errMsg } = { errno: undefined, ...detail }
      if (detail.code) return onAnswer({ kind: 'code', code: detail.code })
      if (NO_PHONE.test(`${errMsg} ${errno ?? ''}`)) {
        return onAnswer({ kind: 'unavailable', sentence: NO_PHONE_WORDS })
      }
      onAnswer({ kind: 'refused' })
    },
  }),
  // Since library 2.32.3.
  openPrivacyContract: wx.openPrivacyContract && (() => wx.openPrivacyContract?.({ fail() {} })),
  realNameCode,
  takeStartingCode() {
    const { referrerInfo } = Taro.getLaunchOptionsSync() as Partial<Taro.getLaunchOptionsSync.LaunchOptions>
    const code = wasTaken ? undefined : codeIn(referrerInfo)
    wasTaken = true
    return code
  },
  requestSubscribe,
  bindEmployeeRelation,

  chooseImages,
  pixelsOf,
  previewImage: (current, all) => {
    void Taro.previewImage({ current, urls: [...all] })
  },
  savePicture,
  printPage() {},
  openFile: (filePath) => {
    // WeChat tells its own failure.
    Taro.openDocument({ filePath, fileType: 'pdf', showMenu: true }).catch(() => {})
  },
  askPin: () => ({ answer: new Promise(() => {}), lift() {} }),
  whenIdle: () => () => {},
  onStored: () => () => {},
  openDoor() {},
  scan: () =>
    Taro.scanCode({ scanType: ['qrCode', 'barCode'] }).then(
      ({ result }) => result,
      () => undefined,
    ),
  makePhoneCall: (phoneNumber) => {
    // Closing WeChat's window without calling rejects; there is nothing to say about it.
    Taro.makePhoneCall({ phoneNumber }).catch(() => {})
  },
  openAddress() {},
  setClipboard: (data) =>
    Taro.setClipboardData({ data }).then(
      () => 'told' as const,
      () => 'refused' as const,
    ),
  openSettings(of = 'settings') {
    // Closing them again without a change is no failure.
    const fail = () => {}
    // Since library 2.25.
    if (of === 'phone' && wx.openAppAuthorizeSetting) wx.openAppAuthorizeSetting({ fail })
    else Taro.openSetting().catch(fail)
  },

  holdDialog: () => () => {},
  focusField() {},
  markRows: () => () => {},
  awaitField: () => () => {},
  watchWide(listener) {
    listener(false)
    return () => {}
  },
  watchKeys: () => () => {},
  whenQuiet: () => () => {},
  watchStage: () => () => {},
  reveal() {},
  barArea: () => {
    area ??= measureBar()
    return area
  },
}
