import { maskPhone } from '../kernel/digits'

/** Said at a counter of who has none: nobody invents a number for them. */
export const NO_PHONE = '没有手机'

/** Between a number that is not theirs and whose it is: `15412345678，外孙`. */
export const WHOSE = '，'

export const maskContact = (text: string) => {
  if (text === NO_PHONE) return text
  const [number = '', ...whose] = text.split(WHOSE)
  return [maskPhone(number), ...whose].join(WHOSE)
}
