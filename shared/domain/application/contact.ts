import { maskPhone } from '../kernel/digits'

/** Said at a counter of who has none: nobody invents a number for them. */
export const NO_PHONE = '没有手机'

/** Between a number that is not theirs and whose it is: `15412345678，外孙`. */
export const WHOSE = '，'

/** Digits of any width that stand together, or parted by single spaces and hyphens. */
const NUMBER = /[\d０-９](?:[ -]?[\d０-９]){6,}/g

/** A card of a bank or of somebody's identity: no telephone has as many digits. */
export const hasCardNumber = (text: string) =>
  (text.match(NUMBER) ?? []).some((number) => number.replace(/[ -]/g, '').length >= 15)

/** Wherever a number stands in it: whoever says whose it is may write down another. */
export const maskContact = (text: string) => {
  if (text === NO_PHONE) return text
  const [number = '', ...whose] = text.split(WHOSE)
  return [maskPhone(number), ...whose.map((words) => words.replace(NUMBER, maskPhone))].join(WHOSE)
}
