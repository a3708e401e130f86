import { type Check, type FieldOf, hasLength, ownValue, readChosen, readObject, readText } from './check'

const chooseFrom = (knows: (text: string) => boolean) => (raw: unknown, check: Check) => {
  const text = readText(raw, check)
  if (text === undefined) return undefined
  return knows(text) ? text : check.fault('field.not-an-option', '没有这个选项，重新选一个')
}

export const checkOption = (field: FieldOf<'radio'> | FieldOf<'select'>, raw: unknown, check: Check) =>
  chooseFrom((text) => field.options.includes(text))(raw, check)

export function checkMultiselect(field: FieldOf<'multiselect'>, raw: unknown, check: Check) {
  const size = { unit: '项', min: field.minItems, max: field.maxItems }
  const chosen = readChosen(raw, size, (text) => field.options.includes(text), check)
  const alone = chosen?.find((option) => field.exclusive.includes(option))
  if (alone !== undefined && chosen?.length !== 1) {
    return check.fault('field.not-together', `选了“${alone}”，就不选别的`)
  }
  return chosen
}

export function checkCheckbox(field: FieldOf<'checkbox'>, raw: unknown, check: Check) {
  if (typeof raw !== 'boolean') return check.fault('field.wrong-type', '这里只能勾或不勾')
  if (field.mustBeTrue && !raw) return check.fault('field.must-be-true', field.message ?? '勾上才能接着办')
  return raw
}

export const checkVillage = (_field: FieldOf<'village'>, raw: unknown, check: Check) =>
  chooseFrom((code) => check.context.villageCodes.has(code))(raw, check)

export const checkScopes = (field: FieldOf<'scopePicker'>, raw: unknown, check: Check) =>
  readChosen(
    raw,
    { unit: '项', min: field.minItems, max: field.maxItems },
    (code) => check.context.scopeCodes.has(code),
    check,
  )

/** A policy's code, or its name in the applicant's own words. */
export function checkPolicy(field: FieldOf<'policyPicker'>, raw: unknown, check: Check) {
  if (typeof raw === 'string') return chooseFrom((code) => check.context.policyCodes.has(code))(raw, check)
  const own = readObject(raw, ['other'], check)
  if (!own) return undefined
  const place = check.at('other')
  const other = readText(ownValue(own, 'other'), place)
  if (other === undefined) return undefined
  return hasLength(other, { unit: '个字', min: 1, max: field.otherMaxLength }, place) ? { other } : undefined
}

// uploads.id
export const UPLOAD_ID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/

export const NOT_UPLOADED = '这张没传上，重新传一次'

export const isUploadId = (text: string) => UPLOAD_ID.test(text)

export const checkImages = (field: FieldOf<'image'>, raw: unknown, check: Check) =>
  readChosen(raw, { unit: '张', min: 1, max: field.maxFiles }, isUploadId, check, NOT_UPLOADED)
