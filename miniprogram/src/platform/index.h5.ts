import './browser/pages.css'
import { consoleDoor } from './browser/console-door'
import { askPin, whenIdle } from './browser/desk-lock'
import { keepFrontShown } from './browser/front-page'
import { keptFiles } from './browser/kept-files'
import { awaitField, focusField, holdDialog, startKeys, watchKeys, whenQuiet } from './browser/keys'
import { closeFiles, openFile } from './browser/open-file'
import { watchOpening } from './browser/opening'
import { previewImage } from './browser/photo-preview'
import { watchStage } from './browser/picture-stage'
import { markRows } from './browser/read-on'
import { askLikeWechat } from './browser/wechat-window'
import { watchWheels } from './browser/wheels'
import type { CodeAnswer, HttpAnswer, PickAnswer, PickedFile, Picture, Platform } from './platform'
import { learnSource } from './source'

const TIME_OUT_MS = 10_000
/** A photo over a weak signal. */
const UPLOAD_TIME_OUT_MS = 120_000
const OPEN_IN_WECHAT = '在微信里打开就能登录'
/** A resident's way is WeChat; a member of staff has this one too. */
const AT_A_DESK = { address: '#/staff/account/desk-login', words: '工作人员扫码登录' }
const APP_NAME = '印象办事'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function request(
  method: Parameters<Platform['request']>[0],
  path: string,
  options: Parameters<Platform['request']>[2] = {},
): Promise<HttpAnswer> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), TIME_OUT_MS)
  try {
    const answer = await fetch(path, {
      method,
      signal: stop.signal,
      headers: {
        accept: 'application/json',
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    })
    return {
      status: answer.status,
      body: parsed(await answer.text()),
      date: answer.headers.get('date') ?? undefined,
      isDemo: answer.headers.has('x-demo'),
    }
  } finally {
    clearTimeout(timer)
  }
}

const uploadFile: Platform['uploadFile'] = (url, fields, file, onProgress) =>
  new Promise((resolve, reject) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    // S3 reads nothing behind the file.
    form.append('file', file.source as Blob, file.name)
    // fetch tells nothing of what has been sent so far.
    const sending = new XMLHttpRequest()
    sending.open('POST', url)
    sending.upload.onprogress = ({ loaded, total }) => onProgress(Math.round((loaded / total) * 100))
    sending.onload = () => resolve({ status: sending.status, body: parsed(sending.responseText) })
    sending.onerror = reject
    sending.ontimeout = reject
    sending.timeout = UPLOAD_TIME_OUT_MS
    sending.send(form)
  })

async function downloadFile(url: string, headers: Readonly<Record<string, string>>) {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), TIME_OUT_MS)
  try {
    const answer = await fetch(url, { headers, signal: stop.signal })
    return { status: answer.status, source: answer.ok ? URL.createObjectURL(await answer.blob()) : undefined }
  } finally {
    clearTimeout(timer)
  }
}

const watchWide: Platform['watchWide'] = (listener, from) => {
  const wide = window.matchMedia(`(min-width: ${from}px)`)
  const tell = () => listener(wide.matches)
  wide.addEventListener('change', tell)
  tell()
  return () => wide.removeEventListener('change', tell)
}

const chooseImages: Platform['chooseImages'] = (count) =>
  new Promise<PickAnswer>((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'image/jpeg,image/png,image/webp'
    input.multiple = count > 1
    input.onchange = () => {
      const files = [...(input.files ?? [])].slice(0, count).map(
        (file): PickedFile => ({
          name: file.name,
          size: file.size,
          contentType: file.type,
          preview: URL.createObjectURL(file),
          source: file,
        }),
      )
      input.remove()
      resolve(files.length > 0 ? { kind: 'picked', files } : { kind: 'cancelled' })
    }
    input.addEventListener('cancel', () => {
      input.remove()
      resolve({ kind: 'cancelled' })
    })
    input.hidden = true
    // In the document, so that a driven browser meets it too.
    document.body.append(input)
    input.click()
  })

async function pixelsOf({ preview }: PickedFile, longest: number) {
  const image = new Image()
  image.src = preview
  await image.decode()
  const scale = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight))
  const [width, height] = [image.naturalWidth * scale, image.naturalHeight * scale].map(Math.round) as [
    number,
    number,
  ]
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, 0, 0, width, height)
  return context.getImageData(0, 0, width, height)
}

async function savePicture({ name, width, height, draw }: Picture) {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d')
  if (!context) return 'failed'
  draw(context)
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!drawn) return 'failed'
  const link = document.createElement('a')
  link.href = URL.createObjectURL(drawn)
  link.download = `${name}.png`
  link.click()
  // The browser reads the address after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return 'saved'
}

async function askedCode(purpose: 'phone' | 'real-name', title: string, words: string): Promise<CodeAnswer> {
  if (!consoleDoor.person) return { kind: 'unavailable', sentence: OPEN_IN_WECHAT }
  const allowed = await askLikeWechat({ app: APP_NAME, title, lines: [words] })
  if (!allowed) return { kind: 'refused' }
  return consoleDoor.code(purpose)
}

const reveal: Platform['reveal'] = (id) => document.getElementById(id)?.scrollIntoView({ block: 'nearest' })

const watchVisibility = (state: DocumentVisibilityState, listener: () => void) => {
  const tell = () => document.visibilityState === state && listener()
  document.addEventListener('visibilitychange', tell)
  return () => document.removeEventListener('visibilitychange', tell)
}

/** Where a phone has let somebody in, it does so again. */
const wayIn = async () =>
  platform.read('desk') === true ? AT_A_DESK : ((await consoleDoor.page()) ?? AT_A_DESK)

const keyOf = (key: string) => `yinxiang:${consoleDoor.person ?? 'visitor'}:${key}`

export const platform: Platform = {
  host: 'browser',
  start() {
    document.documentElement.lang = 'zh-CN'
    startKeys()
    watchWheels()
    keepFrontShown()
    const [, inHash = ''] = location.hash.split('?')
    for (const query of [inHash, location.search]) learnSource(Object.fromEntries(new URLSearchParams(query)))
  },

  request,
  uploadFile,
  downloadFile,
  ...keptFiles,
  forgetFile: (source) => URL.revokeObjectURL(source),
  onNetworkChange(listener) {
    const on = () => listener(true)
    const off = () => listener(false)
    window.addEventListener('online', on)
    window.addEventListener('offline', off)
    return () => {
      window.removeEventListener('online', on)
      window.removeEventListener('offline', off)
    }
  },

  onAppShow: (listener) => watchVisibility('visible', listener),
  onAppHide: (listener) => watchVisibility('hidden', listener),

  watchOpening,

  // crypto.randomUUID exists on https and localhost only.
  randomId: async () =>
    [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(''),
  read(key) {
    const text = localStorage.getItem(keyOf(key))
    return text === null ? undefined : parsed(text)
  },
  write(key, value) {
    try {
      localStorage.setItem(keyOf(key), JSON.stringify(value))
      return true
    } catch (_reason) {
      // Five megabytes are full, or the browser keeps nothing: the page goes on without its memory.
      return false
    }
  },
  remove: (key) => localStorage.removeItem(keyOf(key)),
  forgetWhere(isOne) {
    const own = keyOf('')
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(own))
    for (const key of keys) if (isOne(key.slice(own.length))) localStorage.removeItem(key)
  },

  async logIn() {
    if (consoleDoor.person) {
      const answer = await consoleDoor.code('login')
      if (answer.kind === 'code') return answer
    }
    return { kind: 'unavailable', sentence: OPEN_IN_WECHAT, where: await wayIn() }
  },
  phoneButton: (onAnswer) => ({
    onClick: () => {
      void askedCode('phone', '申请使用你的手机号', '用来登记和联系你办的事').then(onAnswer)
    },
  }),
  openPrivacyContract: undefined,
  realNameCode: () =>
    askedCode('real-name', '申请核对你的实名信息', '姓名和身份证号，和微信支付的实名对一对'),
  takeStartingCode: () => undefined,
  async requestSubscribe(templates) {
    if (!consoleDoor.person) return { kind: 'unavailable' }
    const allowed = await askLikeWechat({
      app: APP_NAME,
      title: '申请给你发送以下消息',
      lines: templates.map((template) => template.title),
    })
    const choice = allowed ? 'accept' : 'reject'
    await consoleDoor.consent(
      templates.map((template) => template.id),
      choice,
    )
    return {
      kind: 'answered',
      choices: Object.fromEntries(templates.map((template) => [template.id, choice])),
    }
  },
  async bindEmployeeRelation(templates) {
    if (!consoleDoor.person) return 'unavailable'
    const allowed = await askLikeWechat({
      app: APP_NAME,
      title: '申请和你建立用工关系',
      lines: templates.map((template) => template.title),
    })
    if (!allowed) return 'refused'
    await consoleDoor.bindRelation()
    return 'bound'
  },

  chooseImages,
  pixelsOf,
  previewImage,
  savePicture,
  printPage: () => window.print(),
  openFile,
  askPin(unlock) {
    closeFiles()
    return askPin(unlock)
  },
  whenIdle: (key, milliseconds, act) => whenIdle(keyOf(key), milliseconds, act),
  onStored(listener) {
    const own = keyOf('')
    const tell = ({ key }: StorageEvent) => key?.startsWith(own) && listener(key.slice(own.length))
    window.addEventListener('storage', tell)
    return () => window.removeEventListener('storage', tell)
  },
  openDoor() {
    closeFiles()
    location.hash = AT_A_DESK.address
    location.reload()
  },
  scan: async () => undefined,
  makePhoneCall: (number) => {
    window.location.href = `tel:${number}`
  },
  openAddress: (address) => {
    window.location.href = address
  },
  setClipboard: (text) =>
    Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject()).then(
      () => 'copied' as const,
      () => 'refused' as const,
    ),
  openSettings() {},
  holdDialog,
  focusField,
  markRows,
  awaitField,

  watchWide,
  watchKeys,
  whenQuiet,
  watchStage,
  reveal,
  report() {},
  onNewVersion() {},
  nameWindow(title) {
    document.title = title
  },
  isLibraryTooOld: () => false,
  barArea: () => ({ statusBar: 0, height: 44, right: 0 }),
  prefersLargeText: () => false,
}
