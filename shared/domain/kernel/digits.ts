import { findPlainDate, type PlainDate } from './plain-date'

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const ID_CHECK = '10X98765432'
const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** The check character of the first 17 digits of a citizen's ID number. GB 11643-1999 (ISO 7064 MOD 11-2). */
export const idCheckCharacter = (first17: string) =>
  ID_CHECK.charAt(
    [...first17].reduce((sum, digit, at) => sum + Number(digit) * (ID_WEIGHTS[at] ?? 0), 0) % 11,
  )

/** The day of birth in an ID number of the right form, undefined when it is no day. GB 11643-1999. */
export const birthOfIdNumber = (idNumber: string): PlainDate | undefined =>
  findPlainDate(`${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`)

/** 男 or 女 by the 17th digit, odd or even. GB 11643-1999. */
export const sexOfIdNumber = (idNumber: string) => (Number(idNumber.charAt(16)) % 2 === 1 ? '男' : '女')

/** True for 18 characters with a day of birth and the right check character. GB 11643-1999. */
export const isIdNumber = (text: string) =>
  /^\d{17}[\dX]$/.test(text) &&
  birthOfIdNumber(text) !== undefined &&
  idCheckCharacter(text.slice(0, 17)) === text.charAt(17)

/** An ID number of somebody who is born. */
export const isIdNumberOn = (text: string, today: PlainDate) => {
  const birth = isIdNumber(text) ? birthOfIdNumber(text) : undefined
  return birth !== undefined && birth <= today
}

/** The check character of the first 17 of a unified social credit code. GB 32100-2015 (ISO 7064 MOD 31-3). */
export const creditCodeCheckCharacter = (first17: string) => {
  const sum = [...first17].reduce(
    (total, character, at) => total + CREDIT_ALPHABET.indexOf(character) * (CREDIT_WEIGHTS[at] ?? 0),
    0,
  )
  return CREDIT_ALPHABET.charAt((31 - (sum % 31)) % 31)
}

/** True for a unified social credit code with the right check character. GB 32100-2015. */
export const isCreditCode = (text: string) =>
  text.length === 18 &&
  [...text].every((character) => CREDIT_ALPHABET.includes(character)) &&
  creditCodeCheckCharacter(text.slice(0, 17)) === text.charAt(17)

/** The Luhn check of a card number (ISO/IEC 7812-1). */
export function passesLuhn(digits: string) {
  if (!/^\d+$/.test(digits)) return false
  const sum = [...digits].reverse().reduce((total, character, at) => {
    const digit = Number(character)
    if (at % 2 === 0) return total + digit
    return total + (digit > 4 ? digit * 2 - 9 : digit * 2)
  }, 0)
  return sum % 10 === 0
}

/** `3418**********0024`: the first four and last four of 18. */
export const maskIdNumber = (idNumber: string) => `${idNumber.slice(0, 4)}**********${idNumber.slice(-4)}`
/** `154****2714` */
export const maskPhone = (phone: string) => `${phone.slice(0, 3)}****${phone.slice(-4)}`
/** `**** 4602`: the last four of a card. */
export const maskCard = (card: string) => `**** ${card.slice(-4)}`
const DAY = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])'
const ID_18 = new RegExp(`^[1-9]\\d{5}(?:18|19|20)\\d{2}${DAY}\\d{3}[\\dX]`)
const ID_15 = new RegExp(`^[1-9]\\d{7}${DAY}\\d{3}$`)
const MOBILE = /^(?:(?:00)?86)?(1[3-9]\d{9})$/
const CARD = /^(?:4|5|60|62|9)\d{14,17}$/
/** Written apart it may as well be a row of amounts: only cards of the country are told from those by their shape. */
const CARD_IN_FOURS = /^62\d{14,17}$/
const DATE = /^(?:19|20)\d{2}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])$/

/** Digits that stand together, with an X at the end of an ID number. */
interface Group {
  readonly digits: string
  readonly from: number
  readonly to: number
}

/** The mask of one number that is written in `groups`, undefined where they are none. */
function maskOf(groups: readonly Group[], written: string): string | undefined {
  const digits = groups.map((group) => group.digits).join('')
  const isWhole = groups.length === 1
  if (ID_18.test(digits) && (digits.length === 18 || (isWhole && /^\d+X?$/.test(digits))))
    return maskIdNumber(digits.slice(0, 18)) + digits.slice(18)
  if (ID_15.test(digits) && isWhole) return `${digits.slice(0, 4)}*******${digits.slice(-4)}`
  const inFours = groups.slice(0, -1).every((group) => group.digits.length === 4)
  const isCard = isWhole ? CARD.test(digits) : inFours && isCardInFours(digits)
  if (isCard) return maskCard(digits)
  const mobile = MOBILE.exec(digits)?.[1]
  return mobile === undefined || DATE.test(written.slice(0, 10)) ? undefined : maskPhone(mobile)
}

const isCardInFours = (digits: string) =>
  CARD_IN_FOURS.test(digits) || (CARD.test(digits) && passesLuhn(digits))

/** Full-width characters as the plain ones they stand for, each in its place. */
const inPlainWidth = (text: string) =>
  text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[\u00a0\u3000\t]/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')

const MOST_GROUPS = 19

/** Where a pattern without groups of its own matches. Phones have no `matchAll`. */
function found(text: string, pattern: RegExp) {
  const all: { readonly run: string; readonly index: number }[] = []
  text.replace(pattern, (run, index: number) => {
    all.push({ run, index })
    return run
  })
  return all
}

/** Masks the numbers among digits that only spaces and hyphens part. */
function maskRun(run: string, from: number, text: string, own: readonly string[]): string {
  const groups = found(run, /\d+[Xx]?|[Xx]/g).map(
    ({ run: digits, index }): Group => ({
      digits: digits.toUpperCase(),
      from: from + index,
      to: from + index + digits.length,
    }),
  )
  let masked = ''
  let done = from
  for (let first = 0; first < groups.length; first += 1) {
    for (let count = Math.min(MOST_GROUPS, groups.length - first); count > 0; count -= 1) {
      const taken = groups.slice(first, first + count)
      const [start, end] = [taken[0]?.from ?? 0, taken[count - 1]?.to ?? 0]
      const mask = maskOf(taken, run.slice(start - from, end - from))
      if (mask === undefined) continue
      const digits = taken.map((group) => group.digits).join('')
      const isOwn = own.some((words) => words.includes(digits))
      masked += text.slice(done, start) + (isOwn ? text.slice(start, end) : mask)
      done = end
      first += count - 1
      break
    }
  }
  return masked + text.slice(done, from + run.length)
}

/**
 * A text with the ID numbers, mobile phones and bank cards masked that people write into it, whatever their width and
 * however they part the digits; a slip of the pen is masked too. Case numbers, dates and amounts stay, and so do the
 * numbers that stand in `own`, which the reader has written.
 */
export function maskNumbersIn(text: string, own: readonly string[] = []) {
  const plain = inPlainWidth(text)
  const theirs = own.map((words) => inPlainWidth(words).replace(/[ -]/g, '').toUpperCase())
  let masked = ''
  let done = 0
  for (const { run, index } of found(plain, /\d(?:[ -]{0,3}\d)*(?:[ -]?[Xx])?/g)) {
    masked += text.slice(done, index) + maskRun(run, index, text, theirs)
    done = index + run.length
  }
  return masked + text.slice(done)
}

/** `陈*兰`, `李*`: enough to recognise, not enough to know. */
export function maskName(name: string) {
  const characters = [...name]
  const [first = ''] = characters
  if (characters.length <= 1) return name
  if (characters.length === 2) return `${first}*`
  return `${first}${'*'.repeat(characters.length - 2)}${characters[characters.length - 1]}`
}
