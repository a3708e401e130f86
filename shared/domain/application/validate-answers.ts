import { fail, ok, type Result } from '../kernel/result'
import type { Field, FieldKind, ServiceItem } from '../service-item/item'
import type { Answer, AnswerByKind, AnswerContext, AnswerFault, Answers, Row } from './answers'
import { isShown, type Scope } from './conditions'
import {
  type Check,
  checkAt,
  type FieldOf,
  hasCount,
  isBlank,
  isBlankList,
  isBlankObject,
  ownValue,
  readList,
  readObject,
} from './field-kinds/check'
import {
  checkCheckbox,
  checkImages,
  checkMultiselect,
  checkOption,
  checkPolicy,
  checkScopes,
  checkVillage,
} from './field-kinds/choice'
import { optionByAge } from './field-kinds/computed'
import { checkDate, checkDateRange, checkSlot } from './field-kinds/day'
import { checkMoney, checkNumber } from './field-kinds/number'
import { checkLocation, checkPolygon, checkRegion } from './field-kinds/place'
import {
  checkBankCard,
  checkCreditCode,
  checkIdNumber,
  checkPhone,
  checkText,
  checkTextarea,
} from './field-kinds/text'
import { valueFromNumber } from './from-number'

const NOT_WRITTEN = '这一项还没填'
const NOT_CHOSEN = '这一项还没选'
const NOT_MARKED = '位置还没标，写个地址也行'

const MISSING = {
  text: NOT_WRITTEN,
  textarea: NOT_WRITTEN,
  number: NOT_WRITTEN,
  money: NOT_WRITTEN,
  date: '日期还没选',
  daterange: '日期还没选',
  slot: '还没选哪天来',
  radio: NOT_CHOSEN,
  select: NOT_CHOSEN,
  multiselect: NOT_CHOSEN,
  checkbox: '这一项还没勾',
  idcard: NOT_WRITTEN,
  uscc: NOT_WRITTEN,
  phone: NOT_WRITTEN,
  bankcard: NOT_WRITTEN,
  village: '村（社区）还没选',
  region: '地方还没选',
  location: NOT_MARKED,
  polygon: '这块地还没画',
  image: '照片还没传',
  scopePicker: NOT_CHOSEN,
  policyPicker: NOT_CHOSEN,
  table: '还没写，最少写 1 行',
} as const satisfies Record<FieldKind, string>

const ABSENT = {
  text: isBlank,
  textarea: isBlank,
  number: isBlank,
  money: isBlank,
  date: isBlank,
  daterange: isBlankObject('from', 'to'),
  slot: isBlankObject('date', 'half'),
  radio: isBlank,
  select: isBlank,
  multiselect: isBlankList,
  checkbox: isBlank,
  idcard: isBlank,
  uscc: isBlank,
  phone: isBlank,
  bankcard: isBlank,
  village: isBlank,
  region: isBlankObject('province', 'city'),
  location: isBlankObject('lat', 'lng', 'address'),
  polygon: isBlankList,
  image: isBlankList,
  scopePicker: isBlankList,
  policyPicker: isBlankObject('other'),
  table: isBlankList,
} as const satisfies Record<FieldKind, (raw: unknown) => boolean>

type Rule<Kind extends FieldKind> = (
  field: FieldOf<Kind>,
  raw: unknown,
  check: Check,
  scope: Scope,
) => AnswerByKind[Kind] | undefined

const RULES = {
  text: checkText,
  textarea: checkTextarea,
  number: checkNumber,
  money: checkMoney,
  date: checkDate,
  daterange: checkDateRange,
  slot: checkSlot,
  radio: checkOption,
  select: checkOption,
  multiselect: checkMultiselect,
  checkbox: checkCheckbox,
  idcard: checkIdNumber,
  uscc: checkCreditCode,
  phone: checkPhone,
  bankcard: checkBankCard,
  village: checkVillage,
  region: checkRegion,
  location: checkLocation,
  polygon: checkPolygon,
  image: checkImages,
  scopePicker: checkScopes,
  policyPicker: checkPolicy,
  table: checkTable,
} satisfies { [Kind in FieldKind]: Rule<Kind> }

function checkTable(
  field: FieldOf<'table'>,
  raw: unknown,
  check: Check,
  outer: Scope,
): readonly Row[] | undefined {
  const list = readList(raw, check)
  if (!list || !hasCount(list.length, { unit: '行', min: field.minRows, max: field.maxRows }, check))
    return undefined
  return list.map((row, index) => checkFields(field.columns, row, check.at(index), outer) as Row)
}

function missing(field: Field, check: Check): undefined {
  if (field.kind === 'checkbox' && field.mustBeTrue) {
    return check.fault('field.must-be-true', field.message ?? '勾上才能接着办')
  }
  return field.required ? check.fault('field.required', MISSING[field.kind]) : undefined
}

function checkField(field: Field, check: Check, scope: Scope): Answer | undefined {
  if (field.kind === 'select' && field.computed) {
    const { from } = field.computed
    const source = scope.fields.find(({ key }) => key === from)
    const birth = (source && valueFromNumber(source, scope)) ?? ownValue(scope.values, from)
    if (!isBlank(birth)) return optionByAge(field.computed, birth, check)
  }
  const onNumber = valueFromNumber(field, scope)
  const raw = ownValue(scope.values, field.key)
  if (!ABSENT[field.kind](raw)) {
    const answer = ruled(field, raw, check, scope)
    return onNumber === undefined || answer === undefined || answer === onNumber
      ? answer
      : check.fault('field.differs-from-number', '和身份证号对不上，这一项按身份证号')
  }
  return onNumber === undefined ? missing(field, check) : ruled(field, onNumber, check, scope)
}

function ruled(field: Field, raw: unknown, check: Check, scope: Scope): Answer | undefined {
  // The table above pairs each kind with its rule, which the compiler cannot follow through the index.
  const rule = RULES[field.kind] as (
    field: Field,
    raw: unknown,
    check: Check,
    scope: Scope,
  ) => Answer | undefined
  return rule(field, raw, check, scope)
}

function checkFields(
  fields: readonly Field[],
  raw: unknown,
  check: Check,
  outer: Scope | undefined,
  judged?: ReadonlySet<string>,
): Answers {
  const keys = fields.map(({ key }) => key)
  const values = readObject(raw, keys, check)
  const kept: Record<string, Answer> = {}
  if (!values) return kept
  const scope: Scope = { fields, values, agent: check.context.agent, outer }
  for (const field of fields) {
    if (!isShown(field, scope)) continue
    const answer = judged?.has(field.key)
      ? (ownValue(values, field.key) as Answer | undefined)
      : checkField(field, check.at(field.key), scope)
    if (answer !== undefined) kept[field.key] = answer
  }
  return kept
}

/**
 * The rules of a form, the same in the mini program and on the server. Takes whatever JSON came; answers of fields
 * that are not shown are dropped, the others come back in the one form that is stored.
 * Fails with all faults, each at its pointer (`/answers/…`). Answers of the fields `judged` were checked when they were
 * given, by the rules of that day, and stay as they are.
 */
export function validateAnswers(
  item: Pick<ServiceItem, 'fields'>,
  answers: unknown,
  context: AnswerContext,
  judged?: ReadonlySet<string>,
): Result<Answers, readonly AnswerFault[]> {
  const faults: AnswerFault[] = []
  const checked = checkFields(item.fields, answers, checkAt('/answers', context, faults), undefined, judged)
  return faults.length === 0 ? ok(checked) : fail(faults)
}
