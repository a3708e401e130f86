/** A decimal number as its digits: money never passes through a float. */
export interface Decimal {
  readonly negative: boolean
  /** Without leading zeros, but `0` itself. */
  readonly whole: string
  /** Without trailing zeros; empty for a whole number. */
  readonly fraction: string
}

const FORM = /^([+-]?)(\d{1,30})(?:\.(\d{1,30}))?$/
const WITH_EXPONENT = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/

/** Reads `-12.50`; undefined when the text is no decimal number of at most 30 + 30 digits. */
export function findDecimal(text: string): Decimal | undefined {
  const match = FORM.exec(text)
  if (!match) return undefined
  const whole = (match[2] ?? '').replace(/^0+(?=\d)/, '')
  const fraction = (match[3] ?? '').replace(/0+$/, '')
  const zero = whole === '0' && fraction === ''
  return { negative: match[1] === '-' && !zero, whole, fraction }
}

/** The shortest digits that name a number; undefined for those beyond any form: 1e30, 1e-30, not finite. */
export function decimalOfNumber(value: number): Decimal | undefined {
  const text = String(value)
  const match = WITH_EXPONENT.exec(text)
  if (!match) return findDecimal(text)
  const [, sign = '', first = '', rest = '', power = ''] = match
  const exponent = Number(power)
  if (Math.abs(exponent) > 25) return undefined
  const digits = first + rest
  // From 1e21 on a number has fewer digits than its exponent asks for.
  return findDecimal(
    exponent < 0
      ? `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
      : `${sign}${digits.padEnd(exponent + 1, '0')}`,
  )
}

export const decimalToText = ({ negative, whole, fraction }: Decimal) =>
  `${negative ? '-' : ''}${whole}${fraction && `.${fraction}`}`

const compareTexts = (left: string, right: string) => (left < right ? -1 : Number(left > right))

function compareSizes(left: Decimal, right: Decimal) {
  if (left.whole.length !== right.whole.length) return left.whole.length - right.whole.length
  const byWhole = compareTexts(left.whole, right.whole)
  // Without trailing zeros, fractions sort as text.
  return byWhole === 0 ? compareTexts(left.fraction, right.fraction) : byWhole
}

/** Negative when `left` is smaller, 0 when both are the same number. */
export function compareDecimals(left: Decimal, right: Decimal) {
  if (left.negative !== right.negative) return left.negative ? -1 : 1
  return left.negative ? compareSizes(right, left) : compareSizes(left, right)
}
