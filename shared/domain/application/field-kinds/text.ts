import { birthOfIdNumber, isCreditCode, isIdNumber, passesLuhn } from '../../kernel/digits'
import { personName } from '../../kernel/person-name'
import { hasUnseen } from '../../kernel/written'
import { NO_PHONE, WHOSE } from '../contact'
import { type Check, type FieldOf, fits, hasDigits, hasLength, plainCode, readCode, readText } from './check'

export function checkText(field: FieldOf<'text'>, raw: unknown, check: Check) {
  const isName = field.prefill === 'identity.name'
  // A name is compared with a register's: whoever typed it reads it once more.
  if (isName && typeof raw === 'string' && hasUnseen(raw.trim()))
    return check.fault('field.wrong-form', '名字里有看不见的字符，删掉重新打一遍')
  const read = readText(raw, check)
  if (read === undefined) return undefined
  const text = isName ? personName(read) : read
  if (!hasLength(text, { unit: '个字', min: field.minLength, max: field.maxLength }, check)) return undefined
  if (field.pattern !== null && !fits(field.pattern, text)) {
    return check.fault('field.wrong-form', field.message ?? '写法不对，对照证件再看一遍')
  }
  return text
}

export function checkTextarea(field: FieldOf<'textarea'>, raw: unknown, check: Check) {
  const text = readText(raw, check, true)
  if (text === undefined) return undefined
  const size = { unit: '个字', min: field.minLength, max: field.maxLength }
  return hasLength(text, size, check) ? text : undefined
}

/** GB 11643-1999; a lower-case x is taken as X. */
export function checkIdNumber(field: FieldOf<'idcard'>, raw: unknown, check: Check) {
  const text = readCode(raw, check)?.toUpperCase()
  if (text === undefined || !hasDigits(text, '身份证号', 18, check)) return undefined
  if (!/^\d{17}[\dX]$/.test(text)) {
    return check.fault('field.wrong-form', '身份证号前 17 位是数字，最后一位是数字或 X')
  }
  const birth = birthOfIdNumber(text)
  if (birth === undefined || birth > check.context.today) {
    return check.fault('field.wrong-form', '第 7 到 14 位是出生日期，现在写的这一天不对')
  }
  if (!isIdNumber(text)) {
    return check.fault('field.wrong-check-digit', field.message ?? '身份证号不对，看看有没有写错一位')
  }
  return text
}

const LONGEST_WHOSE = 20

/** At a counter: their own mobile or landline, somebody else's with whose it is, or that they have none. */
function checkContact(field: FieldOf<'phone'>, raw: unknown, check: Check) {
  const text = readText(raw, check)
  if (text === undefined || text === NO_PHONE) return text
  const [typed = '', ...rest] = text.split(WHOSE)
  const number = plainCode(typed)
  const whose = rest.join(WHOSE).trim()
  if (number === '') return check.fault('field.required', '号码还没写')
  if (!/^[\d-]+$/.test(number)) return check.fault('field.wrong-form', '写号码，或者选没有手机')
  if (number.startsWith('1')) {
    if (!hasDigits(number, '手机号', 11, check)) return undefined
    if (!fits(field.pattern, number)) return check.fault('field.wrong-form', '手机号是 11 位数字，从 1 开头')
  } else if (!/^0\d{2,3}-?\d{7,8}$/.test(number)) {
    return check.fault('field.wrong-form', '座机连区号一起写')
  }
  if (rest.length === 0) return number
  if (whose === '') return check.fault('field.required', '写上是谁的，比如：外孙')
  if ([...whose].length > LONGEST_WHOSE)
    return check.fault('field.too-long', `是谁的，${LONGEST_WHOSE} 个字以内`)
  return number + WHOSE + whose
}

export function checkPhone(field: FieldOf<'phone'>, raw: unknown, check: Check) {
  if (check.context.entered && field.prefill === 'identity.mobile') return checkContact(field, raw, check)
  const text = readCode(raw, check)
  if (text === undefined || !hasDigits(text, '手机号', 11, check)) return undefined
  if (!fits(field.pattern, text)) {
    return check.fault('field.wrong-form', field.message ?? '手机号是 11 位数字，从 1 开头')
  }
  return text
}

export function checkBankCard(field: FieldOf<'bankcard'>, raw: unknown, check: Check) {
  const text = readCode(raw, check)
  if (text === undefined) return undefined
  if (!hasLength(text, { unit: '位', min: field.minLength, max: field.maxLength }, check)) return undefined
  if (!/^\d+$/.test(text)) return check.fault('field.wrong-form', '卡号只有数字')
  if (!passesLuhn(text)) {
    return check.fault('field.wrong-check-digit', field.message ?? '卡号不对，对照卡面再看一遍')
  }
  return text
}

/** GB 32100-2015 */
export function checkCreditCode(field: FieldOf<'uscc'>, raw: unknown, check: Check) {
  const text = readCode(raw, check)?.toUpperCase()
  if (text === undefined || !hasDigits(text, '统一社会信用代码', 18, check)) return undefined
  if (!isCreditCode(text)) {
    return check.fault('field.wrong-check-digit', field.message ?? '统一社会信用代码不对，对照执照再看一遍')
  }
  return text
}
