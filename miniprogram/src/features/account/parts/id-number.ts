import { isIdNumber } from '#shared/domain/kernel/digits'

export const ID_LENGTH = 18
/** A pasted number may come with spaces: they must not cost it its end. */
export const LONGEST_TYPED = 40

/** As it is meant, however it was typed. */
export const idNumberOf = (typed: string) => typed.replace(/\s/g, '').toUpperCase()

/** What is wrong with a typed number of a person, in words with the count. */
export function faultOfIdNumber(idNumber: string) {
  if (idNumber === '') return '身份证号还没填'
  const off = ID_LENGTH - idNumber.length
  if (off !== 0) {
    return `${off > 0 ? '少' : '多'} ${Math.abs(off)} 位。身份证号是 ${ID_LENGTH} 位，现在 ${idNumber.length} 位`
  }
  return isIdNumber(idNumber) ? undefined : '身份证号不对，看看有没有写错一位'
}
