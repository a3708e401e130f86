import { type Check, type FieldOf, readCode } from './check'
import { compareDecimals, type Decimal, decimalOfNumber, decimalToText, findDecimal } from './decimal'

type NumberField = FieldOf<'number'>

function isWithin(field: NumberField, value: Decimal, check: Check): boolean {
  const limits = [field.min, field.max].map(decimalOfNumber)
  const [min, max] = limits
  if (min && compareDecimals(value, min) < 0) {
    check.fault('field.too-small', `最小是 ${decimalToText(min)} ${field.unit}`)
    return false
  }
  if (max && compareDecimals(value, max) > 0) {
    check.fault('field.too-large', `最大是 ${decimalToText(max)} ${field.unit}`)
    return false
  }
  if (value.fraction.length > field.decimals) {
    const message =
      field.decimals === 0
        ? '写整数，不带小数点'
        : `小数点后最多 ${field.decimals} 位，现在 ${value.fraction.length} 位`
    check.fault('field.too-precise', message)
    return false
  }
  return true
}

export function checkNumber(field: NumberField, raw: unknown, check: Check) {
  if (typeof raw !== 'number') return check.fault('field.wrong-type', '这里写数字')
  const value = decimalOfNumber(raw)
  if (!value) return check.fault('field.wrong-form', '这个数太长，再看一遍')
  // Adding 0 turns -0 into 0.
  return isWithin(field, value, check) ? raw + 0 : undefined
}

const findMoney = (raw: unknown, check: Check) => {
  if (typeof raw === 'number') return decimalOfNumber(raw)
  const text = readCode(raw, check)
  return text === undefined ? undefined : findDecimal(text)
}

/** Kept as a decimal text in the field's unit (元 or 万元). */
export function checkMoney(field: FieldOf<'money'>, raw: unknown, check: Check) {
  if (typeof raw !== 'number' && typeof raw !== 'string') {
    return check.fault('field.wrong-type', '这里写数字')
  }
  const value = findMoney(raw, check)
  if (!value) return check.fault('field.wrong-form', '写数字，比如 1200 或 1200.5')
  return isWithin(field, value, check) ? decimalToText(value) : undefined
}
