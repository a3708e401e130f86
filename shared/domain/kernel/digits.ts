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
const CARD = /^(4|5|60|62|9)\d{14,17}$/

// A disabled person's card carries the ID number in its own.
const maskIdNumbersIn = (text: string) =>
  text.replace(/\d{17}[\dXx]/g, (digits) =>
    isIdNumber(digits.toUpperCase()) ? maskIdNumber(digits) : digits,
  )

/** A text with the ID numbers, mobile phones and bank cards masked that people write into it. */
export const maskNumbersIn = (text: string) =>
  maskIdNumbersIn(text).replace(/\d{11,19}/g, (digits) => {
    if (/^1[3-9]\d{9}$/.test(digits)) return maskPhone(digits)
    return CARD.test(digits) && passesLuhn(digits) ? maskCard(digits) : digits
  })

/** `陈*兰`, `李*`: enough to recognise, not enough to know. */
export function maskName(name: string) {
  const characters = [...name]
  const [first = ''] = characters
  if (characters.length <= 1) return name
  if (characters.length === 2) return `${first}*`
  return `${first}${'*'.repeat(characters.length - 2)}${characters[characters.length - 1]}`
}
