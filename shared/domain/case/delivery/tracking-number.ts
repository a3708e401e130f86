import type { Carrier } from './delivery-state'

/** UPU S10: eight digits, weighed, and the ninth that checks them. */
const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7] as const

function checkDigit(digits: string) {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  const rest = 11 - (sum % 11)
  if (rest === 10) return 0
  return rest === 11 ? 5 : rest
}

const S10 = /^[A-Z]{2}(\d{8})(\d)[A-Z]{2}$/

const isS10 = (number: string) => {
  const [, digits = '', check = ''] = S10.exec(number) ?? []
  return digits !== '' && Number(check) === checkDigit(digits)
}

/** Beside the international shape: thirteen digits of EMS, and of a registered letter X, a letter and eleven digits. */
const OWN = { ems: /^1\d{12}$/, registered: /^X[A-Z]\d{11}$/ } as const satisfies Record<Carrier, RegExp>

/** As it is kept: without blanks, in capitals. */
export const trackingNumber = (typed: string) => typed.replace(/[\s-]/g, '').toUpperCase()

/** Whether a number has the shape of the carrier's, its check digit included. */
export const isTrackingNumber = (carrier: Carrier, number: string) =>
  OWN[carrier].test(number) || isS10(number)
