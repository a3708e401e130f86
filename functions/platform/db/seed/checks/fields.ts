import { findPlainDate } from '#shared/domain/kernel/plain-date'
import type { Condition, Field, ServiceItem, SimpleField } from '#shared/domain/service-item/item'
import { isBroughtAsPaper } from '#shared/domain/service-item/proofs'
import { type Check, checkUnique, isCredentialField, type Lookups } from './lookups'

const optionsOf = (field: Field) => ('options' in field ? field.options : [])

/** The values that an answer to the field can have, undefined when it is no field of choices. */
const valuesOf = (field: Field): readonly (string | boolean)[] =>
  field.kind === 'checkbox' ? [true, false] : optionsOf(field)

/** A condition names a field of the same form and values that it can have. */
export function checkCondition(
  check: Check,
  fields: readonly Field[],
  condition: Condition | null,
  path: string,
) {
  if (condition === null || condition.field === '_agent') return
  const field = fields.find((each) => each.key === condition.field)
  if (field === undefined) {
    check(false, `${path}/field`, `表单里没有这一项 "${condition.field}"`)
    return
  }
  const wanted = condition.oneOf ?? (condition.equals === undefined ? [] : [condition.equals])
  for (const value of wanted)
    check(valuesOf(field).includes(value), path, `"${condition.field}" 没有 "${value}" 这个选项`)
}

function checkPattern(check: Check, field: SimpleField, path: string) {
  if (!('pattern' in field) || field.pattern === null) return
  try {
    new RegExp(field.pattern, 'u')
  } catch (error) {
    check(false, `${path}/pattern`, `正则写错了：${(error as Error).message}`)
  }
}

const RANGES = [
  ['min', 'max'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minRows', 'maxRows'],
  ['minPoints', 'maxPoints'],
  ['minDaysAhead', 'maxDaysAhead'],
] as const

function checkRanges(check: Check, field: Field, path: string) {
  const bounds: Readonly<Record<string, unknown>> = { ...field }
  for (const [low, high] of RANGES) {
    const [least, most] = [bounds[low], bounds[high]]
    if (typeof least === 'number' && typeof most === 'number')
      check(least <= most, `${path}/${low}`, `${least} 大于 ${high} 的 ${most}`)
  }
  if ((field.kind === 'date' || field.kind === 'daterange') && !field.min.startsWith('today'))
    check(findPlainDate(field.min) !== undefined, `${path}/min`, `没有这一天 "${field.min}"`)
}

function checkOptions(check: Check, fields: readonly Field[], field: Field, path: string) {
  checkUnique(check, optionsOf(field), (at) => `${path}/options/${at}`)
  if (field.kind === 'multiselect') {
    check(field.maxItems <= field.options.length, `${path}/maxItems`, '比选项还多')
    field.exclusive.forEach((option, at) => {
      check(field.options.includes(option), `${path}/exclusive/${at}`, `没有 "${option}" 这个选项`)
    })
  }
  if (field.kind !== 'select' || field.computed === null) return
  const { from, bands } = field.computed
  check(
    fields.some((each) => each.key === from),
    `${path}/computed/from`,
    `表单里没有这一项 "${from}"`,
  )
  bands.forEach(({ option }, at) => {
    check(field.options.includes(option), `${path}/computed/bands/${at}/option`, `没有 "${option}" 这个选项`)
  })
}

const PREFILLS = new Set([
  'identity.name',
  'identity.idNo',
  'identity.mobile',
  'profile.villageCode',
  'family.relation',
])

const isPrefill = (lookups: Lookups, source: string) =>
  PREFILLS.has(source) || /^share:[a-z-]+\.\w+$/.test(source) || isCredentialField(lookups, source)

const isSex = (field: Field) => {
  const options = optionsOf(field)
  return options.length === 2 && options.includes('男') && options.includes('女')
}

/** A number tells a day of birth and a sex, of somebody whom the same form asks for it. */
function checkNumber(check: Check, fields: readonly Field[], field: Field, path: string) {
  const { ofNumber } = field
  if (ofNumber === null) return
  check(
    fields.some(({ key, kind }) => key === ofNumber && kind === 'idcard'),
    `${path}/ofNumber`,
    `表单里没有这个身份证号 "${ofNumber}"`,
  )
  check(field.kind === 'date' || isSex(field), `${path}/ofNumber`, '身份证号只说出生日期，和男、女')
}

function checkField(
  lookups: Lookups,
  check: Check,
  fields: readonly Field[],
  field: Field,
  path: string,
  around: readonly Field[] = [],
) {
  const { prefill } = field
  checkNumber(check, [...fields, ...around], field, path)
  check(prefill === null || isPrefill(lookups, prefill), `${path}/prefill`, `没有这个来源 "${prefill}"`)
  checkCondition(check, fields, field.showWhen, `${path}/showWhen`)
  checkRanges(check, field, path)
  checkOptions(check, fields, field, path)
  if (field.kind !== 'table') {
    checkPattern(check, field, path)
    return
  }
  checkUnique(
    check,
    field.columns.map((column) => column.key),
    (at) => `${path}/columns/${at}/key`,
  )
  field.columns.forEach((column, at) => {
    checkField(lookups, check, field.columns, column, `${path}/columns/${at}`, fields)
  })
}

export function checkFields(lookups: Lookups, check: Check, item: ServiceItem) {
  checkUnique(
    check,
    item.fields.map((field) => field.key),
    (at) => `/fields/${at}/key`,
  )
  item.fields.forEach((field, at) => {
    checkField(lookups, check, item.fields, field, `/fields/${at}`)
    check(
      !(field.required && isBroughtAsPaper(field, item.materials)),
      `/fields/${at}/required`,
      '材料里已经要这张照片，别让人拍两次：这一项写成可以不填',
    )
  })
  item.duplicateKeys?.forEach((key, at) => {
    check(
      item.fields.some((field) => field.key === key) || isCredentialField(lookups, key),
      `/duplicateKeys/${at}`,
      `表单里没有这一项 "${key}"`,
    )
  })
}
