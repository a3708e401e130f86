import { addDays, dayIn, type Instant, instantAt, minuteOfDayIn } from '../kernel/plain-date'

/** A code to scan is good for so long, once. */
export const CODE_SECONDS = 120
/** What was confirmed on the phone waits so long for its browser. */
export const COLLECTED_WITHIN_SECONDS = 20
/** So many codes wait to be scanned on one network. */
export const CODES_OF_NETWORK = 5
/** A desk that nobody touches for so long asks for its PIN. */
export const IDLE_MINUTES = 15
/** That a desk is in use is noted so often: a lock by the note alone waits so much longer. */
export const NOTED_MINUTES = 1
/** So many wrong PINs end the session. */
export const PINS_TRIED = 5
/** So many wrong codes of a second factor, and it takes none for so many minutes. */
export const FACTOR_TRIES = 5
export const FACTOR_TRIES_MINUTES = 10
/** Whoever refuses computers more often in a day tells the administrators nothing new. */
export const REFUSALS_TOLD = 3
/** A second factor that was shown counts for so long. */
export const FACTOR_MINUTES = 10

/** Hour of the day at which desks end. */
export const CLOSES_AT = 22
const CLOSES_AT_MINUTE = CLOSES_AT * 60

/** When a session of the desk that begins now ends: at the next 22:00 in Asia/Shanghai. */
export const deskEnd = (now: Instant): Instant =>
  instantAt(minuteOfDayIn(now) < CLOSES_AT_MINUTE ? dayIn(now) : addDays(dayIn(now), 1), CLOSES_AT_MINUTE)

const PIN = /^\d{6}$/
/** Steps from digit to digit that are all alike: 000000, 123456, 987654, 024680. */
const isRow = (pin: string) =>
  [...pin].every((digit, at) => at < 2 || (Number(digit) - Number(pin[at - 1]) + 10) % 10 === stepOf(pin))
const stepOf = (pin: string) => (Number(pin[1]) - Number(pin[0]) + 10) % 10
/** 121212, 123123. */
const isRepeated = (pin: string) => pin === pin.slice(0, 2).repeat(3) || pin === pin.slice(0, 3).repeat(2)

export const PIN_GUESSED = '连着的、重复的数太好猜，换一个'

/** Why six digits lock nothing; undefined for a PIN that does. */
export function pinFault(pin: string): 'form' | 'guessed' | undefined {
  if (!PIN.test(pin)) return 'form'
  return isRow(pin) || isRepeated(pin) ? 'guessed' : undefined
}

const BROWSERS = [
  // Before Chrome, whose name each of them bears too.
  ['Edg/', 'Edge'],
  ['360', '360 浏览器'],
  ['QQBrowser', 'QQ 浏览器'],
  ['MicroMessenger', '微信'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const SYSTEMS = [
  ['Windows', 'Windows 电脑'],
  ['UOS', '统信电脑'],
  ['Kylin', '麒麟电脑'],
  ['iPhone', '苹果手机'],
  ['Android', '安卓手机'],
  ['Mac OS X', '苹果电脑'],
  ['Linux', 'Linux 电脑'],
] as const

const named = (agent: string, names: readonly (readonly [string, string])[]) =>
  names.find(([mark]) => agent.includes(mark))?.[1]

/** How a person tells one computer from another, of a browser's own header: "Windows 电脑，Edge 浏览器". */
export function browserWords(userAgent: string): string {
  const [system, browser] = [named(userAgent, SYSTEMS), named(userAgent, BROWSERS)]
  if (system === undefined && browser === undefined) return '认不出的电脑'
  return [system, browser?.replace(/^([A-Za-z]+)$/, '$1 浏览器')].filter(Boolean).join('，')
}

/** An address as its owner knows it again and nobody else learns it: 10.34.*.17, 2409:8a28:*. */
export function maskAddress(address: string): string {
  const four = /^(\d+\.\d+)\.\d+\.(\d+)$/.exec(address)
  if (four) return `${four[1]}.*.${four[2]}`
  return address.includes(':') ? `${address.split(':').slice(0, 2).join(':')}:*` : '认不出的网络'
}

const MARK = 'yinxiang-desk:'
const DIGITS = /^\d{8}$/

/** What the code says to whoever scans it: nothing that means something outside of the mini program. */
export const deskCodeWords = (code: string) => `${MARK}${code}`

/** What was scanned, or typed of it; undefined for what is no code of a desk. */
export function readDeskCode(words: string): string | undefined {
  const typed = words.replace(/\s/g, '')
  if (DIGITS.test(typed)) return typed
  return words.startsWith(MARK) && words.length > MARK.length ? words.slice(MARK.length) : undefined
}
