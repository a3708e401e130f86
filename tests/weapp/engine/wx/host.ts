import type { Javascript } from '../javascript'
import type { Loop } from '../loop'
import type { Network } from '../network'

/** What a call of WeChat's API brings along. */
export interface Options {
  readonly success?: (answer: unknown) => void
  readonly fail?: (reason: unknown) => void
  readonly complete?: (answer: unknown) => void
  readonly [name: string]: unknown
}

type Purpose = 'login' | 'phone' | 'real-name'
type Consent = 'accept' | 'reject'

/** The person who holds the phone, as WeChat knows them. */
export interface Holder {
  codeFor(purpose: Purpose): Promise<string>
  consent(templateId: string, choice: Consent): Promise<void>
}

/** What the holder of the phone does when WeChat asks, and what WeChat did for them. */
export interface Hands {
  /** Paths of files that the camera brings, in order; none left means that the camera was closed again. */
  readonly photos: string[]
  /** What becomes of a photo that is drawn on a canvas. */
  canvas: 'draws' | 'fails' | 'hangs'
  /** Of each photo whose pixels were asked for: milliseconds of the processor that the page went on working on them. */
  readonly looked: Promise<number>[]
  consent: Consent
  readonly dialled: string[]
  clipboard: string
  readonly previewed: string[]
  /** What stands on the pictures that were put into the album, one list of words each. */
  readonly album: string[][]
  /** False once they said no to writing there. */
  opensAlbum: boolean
  /** How often WeChat's own settings were opened. */
  settingsOpened: number
  /** False where the phone keeps no more files. */
  hasRoom: boolean
  /** What WeChat says where something is closed, by the name of the call: “privacy permission is not authorized”. */
  readonly refusals: Map<string, string>
  /** The phone ends the mini program while WeChat's own page is in front: nothing comes back to it. */
  killedBehind: boolean
  /** How often the phone's own settings were opened. */
  phoneSettingsOpened: number
  /** What the mini program has handed to WeChat's log, line by line. */
  readonly logged: string[]
  /** A newer version has come; undefined before anybody listens. */
  newVersion: (() => void) | undefined
  /** How often it was put on. */
  updated: number
}

export interface Host {
  readonly loop: Loop
  readonly network: Network
  readonly javascript: () => Javascript
  readonly storage: Map<string, string>
  readonly holder: Holder
  /** 基础库 of this WeChat. */
  readonly library: string
  readonly hands: Hands
  readonly isInTap: () => boolean
  readonly wasTapped: () => boolean
  readonly hasElement: (id: string) => boolean
  /** False while the subpackage of this page cannot be brought to the phone. */
  readonly hasPackage: (path: string) => boolean
  /** Paths of what the mini program keeps. */
  readonly kept: Set<string>
  /** False for a call of an app that was killed meanwhile: nothing comes back to it. */
  isOfThisRun(options: object): boolean
  /** What the app was started with. */
  readonly launchOptions: () => Readonly<Record<string, unknown>>
  /** Who of the running app listens to what. */
  readonly listeners: Record<'appShow' | 'appHide' | 'network', Set<(told: unknown) => void>>
  fault(words: string): void
}

/** Calls back as WeChat does: later, success or fail, then complete. Who gives no callback hears of no failure. */
export function createCalls({
  loop,
  javascript,
  isOfThisRun,
  fault,
}: Pick<Host, 'loop' | 'javascript' | 'isOfThisRun' | 'fault'>) {
  const native = (value: object) => javascript().data(JSON.stringify(value))
  const expectCallback = (name: string, { success, fail: failed, complete }: Options) => {
    if (!success && !failed && !complete) fault(`wx.${name} without callbacks`)
  }
  const succeed = (name: string, options: Options, value: object = {}) => {
    expectCallback(name, options)
    if (!isOfThisRun(options)) return
    loop.later(() => {
      const answer = native({ errMsg: `${name}:ok`, ...value })
      options.success?.(answer)
      options.complete?.(answer)
    })
  }
  const fail = (name: string, options: Options, reason: string, more: object = {}) => {
    expectCallback(name, options)
    if (!isOfThisRun(options)) return
    loop.later(() => {
      const answer = native({ errMsg: `${name}:fail ${reason}`, ...more })
      options.fail?.(answer)
      options.complete?.(answer)
    })
  }
  return { native, succeed, fail }
}
