import type { ButtonProps } from '@tarojs/components'
import type { Pixels } from '#shared/domain/application/photo-faults'

/** `wx.request` knows no PATCH. */
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface HttpAnswer {
  readonly status: number
  /** Parsed JSON; undefined when the answer has no body or none in JSON. */
  readonly body: unknown
  /** The `Date` header: what the server's clock says. */
  readonly date?: string | undefined
  /** The `X-Demo` header: all people there are invented. Undefined where nobody of ours answered. */
  readonly isDemo?: boolean | undefined
}

/** All that a log of WeChat's may hold of a fault: words of an error may hold a name or a number. */
export interface Fault {
  /** Of the manifest, without a query; empty before one is open. */
  readonly page: string
  /** Class of the error, or the call of WeChat's that failed. */
  readonly error: string
}

export type LogInAnswer =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'unavailable'; readonly sentence: string; readonly where?: OtherWay }

/** A page of this host that makes logging in possible, and what its button says. */
export interface OtherWay {
  readonly address: string
  readonly words: string
}

/** What a PIN did; `wrong` says how many tries are left. */
export type Unlocked =
  | { readonly kind: 'open' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'wrong'; readonly sentence: string }

export type CodeAnswer =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unavailable'; readonly sentence: string }

/** A message that WeChat may bring; `title` is what WeChat's own window calls it. */
interface MessageTemplate {
  readonly id: string
  readonly title: string
}

export type SubscribeChoice = 'accept' | 'reject' | 'ban' | 'filter'

export type SubscribeAnswer =
  | { readonly kind: 'answered'; readonly choices: Readonly<Record<string, SubscribeChoice>> }
  /** The resident has turned off all messages of this mini program in WeChat. */
  | { readonly kind: 'switched-off' }
  | { readonly kind: 'unavailable' }

export interface PickedFile {
  readonly name: string
  readonly contentType: string
  /** Bytes. */
  readonly size: number
  /** What an Image can show. */
  readonly preview: string
  /** Temporary path in WeChat, the file itself in the browser. */
  readonly source: string | Blob
}

/** Refusing the camera blocks nothing: the album stays open. */
export type PickAnswer =
  | { readonly kind: 'picked'; readonly files: readonly PickedFile[] }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'closed'; readonly by: Closed }

/**
 * By whom something is closed: the person, in this mini program's settings or in WeChat's question about privacy; the
 * phone, in its own settings; or the mini program, which has not declared it.
 */
export type Closed = 'settings' | 'privacy' | 'phone' | 'undeclared'

/** What is drawn and kept as a picture. Pixels. */
export interface Picture {
  /** Without an ending. */
  readonly name: string
  readonly width: number
  readonly height: number
  draw(context: CanvasRenderingContext2D): void
}

/** Pixels. In the browser there is no capsule, and the bar has the page to itself. */
interface BarArea {
  readonly statusBar: number
  readonly height: number
  /** Room at the right that WeChat's capsule takes. */
  readonly right: number
}

/** Everything that differs between WeChat and the browser. Pages and parts know no other door to the host. */
export interface Platform {
  readonly host: 'wechat' | 'browser'
  /** Once, when the app starts. */
  start(): void
  /** To the log that WeChat keeps for the county, with the build; a browser keeps none. */
  report(fault: Fault): void
  /** A newer version lies on this phone; `apply` starts the app anew with it. A browser has the newest. */
  onNewVersion(listener: (apply: () => void) => void): void
  /** What the host calls this page; of WeChat's own the package says it. */
  nameWindow(title: string): void

  /** Resolves with whatever status came. Rejects when nothing came: no network, or no answer within 10 s. */
  request(
    method: Method,
    path: string,
    options?: { readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown },
  ): Promise<HttpAnswer>
  /** One multipart POST of `fields` and `file`; `onProgress` gets 0 to 100. Rejects like `request`. */
  uploadFile(
    url: string,
    fields: Readonly<Record<string, string>>,
    file: PickedFile,
    onProgress: (percent: number) => void,
  ): Promise<HttpAnswer>
  /** One GET of a file. `source` is what an Image can show and `openFile` opens; undefined when none came. Rejects like `request`. */
  downloadFile(
    url: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly source: string | undefined }>
  /** Keeps what was picked beyond this run; answers by what it is found again, or undefined where there is no room. */
  keepFile(file: PickedFile): Promise<string | undefined>
  /** Undefined where it is gone. */
  openKeptFile(
    handle: string,
    file: Pick<PickedFile, 'name' | 'contentType' | 'size'>,
  ): Promise<PickedFile | undefined>
  dropKeptFile(handle: string): void
  /** Of this person. */
  listKeptFiles(): Promise<readonly string[]>
  /** `source` of a download is not shown any more. */
  forgetFile(source: string): void
  onNetworkChange(listener: (online: boolean) => void): () => void
  /** The app comes to the front again, or goes behind: perhaps for good. */
  onAppShow(listener: () => void): () => void
  onAppHide(listener: () => void): () => void

  /**
   * Tells if the page that is opened next cannot be drawn, because a part of the app did not come: the browser's router has
   * said by then that it is open. WeChat says it itself.
   */
  watchOpening(onLost: () => void): () => void

  /** 128 random bits, in hexadecimal. */
  randomId(): Promise<string>
  /** Kept on this device, for each person apart, as long as there is room: `write` says whether there was. */
  read(key: string): unknown
  write(key: string, value: unknown): boolean
  remove(key: string): void
  /** Forgets of what `write` kept for this person all whose key is one of these. */
  forgetWhere(isOne: (key: string) => boolean): void

  logIn(): Promise<LogInAnswer>
  /** Properties of the button that asks for the phone number; in WeChat only such a button may ask. */
  phoneButton(
    onAnswer: (answer: CodeAnswer) => void,
  ): Pick<ButtonProps, 'openType' | 'onGetPhoneNumber' | 'onClick'>
  /** WeChat's own page of what this mini program has declared; undefined where the host has none, or is too old for it. */
  readonly openPrivacyContract: (() => void) | undefined
  /** Opens WeChat's real-name page and comes back with its code. */
  realNameCode(): Promise<CodeAnswer>
  /** The code with which the app was started anew, because it was killed behind that page. Once. */
  takeStartingCode(): string | undefined
  /** Only inside a tap, with nothing awaited before it; at most 3 templates (WeChat's older clients refuse more). */
  requestSubscribe(templates: readonly MessageTemplate[]): Promise<SubscribeAnswer>
  /** Staff only (用工关系消息); only inside a tap, at most 6 templates. */
  bindEmployeeRelation(templates: readonly MessageTemplate[]): Promise<CodeAnswer['kind'] | 'bound'>

  chooseImages(count: number): Promise<PickAnswer>
  /** Drawn on this device, the longer side brought down to `longest`; rejects where the host cannot, or never answers. */
  pixelsOf(file: PickedFile, longest: number): Promise<Pixels>
  previewImage(current: string, all: readonly string[]): void
  /** Draws and keeps it where the phone keeps pictures. */
  savePicture(picture: Picture): Promise<'saved' | 'cancelled' | 'failed' | Closed>
  /** What is on the page, on paper; WeChat has no printer. */
  printPage(): void
  /**
   * A PDF, by the host's own reader, which forwards and prints it. Where a browser opens no window, what has a name is kept as
   * a file of that name; nobody's papers have one.
   */
  openFile(source: string, name?: string): void
  /**
   * The whole page is covered and asks for the PIN; what stood there stays. It is open again once `unlock` says so, or by
   * `lift`; else the cover stays. `left`: somebody else takes the desk. Hosts without one answer nothing.
   */
  askPin(unlock: (pin: string) => Promise<Unlocked>): {
    readonly answer: Promise<'open' | 'left' | 'ended'>
    readonly lift: () => void
  }
  /**
   * Once nobody has touched this desk, in any tab, for so long, by what is kept as `key`; `act` resolves when it is open again.
   * Milliseconds.
   */
  whenIdle(key: string, milliseconds: number, act: () => Promise<void>): () => void
  /** Another tab has written or removed what is kept by this key. */
  onStored(listener: (key: string) => void): () => void
  /** Leaves the page, with all that it holds, for the one where a phone lets somebody in. */
  openDoor(): void
  /** What the scanned code says; undefined when nothing was scanned. */
  scan(): Promise<string | undefined>
  makePhoneCall(number: string): void
  /** A page of this host outside of the product, as `where` of a login names it; WeChat has none. */
  openAddress(address: string): void
  /** `told`: the host says by itself that it copied. */
  setClipboard(text: string): Promise<'copied' | 'told' | 'refused'>
  /** Where the person opens again what is closed: in this mini program's settings, or in the phone's. */
  openSettings(of?: 'settings' | 'phone'): void
  /**
   * Takes the keyboard into the element `id` until released; Escape closes, other keys are told to `onKey` as `watchKeys`
   * names them. None but Escape is heard in the first 300 ms, unless one has moved or
   * written in it. WeChat has no keyboard to take.
   */
  holdDialog(id: string, onClose: () => void, onKey?: (key: string) => boolean): () => void

  /**
   * The keyboard into the field within the element `id`, or upon it where it takes the keyboard itself, which is brought
   * into view; nothing in WeChat, where a thumb opens it.
   */
  focusField(id: string): void
  /** Which rows stand on the page; what is returned takes the keyboard to the first that was not among them. */
  markRows(): () => void
  /**
   * That field is on its way, and asked for once it is there: what is typed until then waits for it behind `words`, which
   * stand in it, and is handed to `keep` with them. Ends when one goes back, or by what is returned.
   */
  awaitField(id: string, words: string, keep: (words: string) => void): () => void

  /**
   * Keys of the desk as `KeyboardEvent.key` names them, letters small, `shift+t` with Shift. Never those typed into a field,
   * composed by an input method, held down or pressed while a dialog is open. WeChat has none.
   */
  watchKeys(listener: (key: string) => boolean): () => void
  /** Acts once nobody has pressed, typed or read a dialog for so long. WeChat, which has no desk, never does. */
  whenQuiet(milliseconds: number, act: () => void): () => void
  /** At a desk: a wheel over the element `id` asks to enlarge (1) or to make smaller (-1), a drag moves what it holds. */
  watchStage(id: string, onZoom: (step: 1 | -1) => void): () => void
  /** Scrolls the pane of a desk just so far that the element `id` is seen. */
  reveal(id: string): void
  /** This WeChat is older than what the mini program asks for; the browser has no library. */
  isLibraryTooOld(): boolean
  barArea(): BarArea
  /** True while the window has so many pixels across; the phone of WeChat never has as many as a desk. */
  watchWide(listener: (isWide: boolean) => void, from: number): () => void
  /** True when the host's own letters are already set large (关怀模式). */
  prefersLargeText(): boolean
}
