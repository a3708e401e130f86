import type { Field, FieldKind, ServiceItem } from '../service-item/item'
import type { AnswerContext } from './answers'
import type { FieldOf } from './field-kinds/check'
import { UPLOAD_ID } from './field-kinds/choice'
import { dayInWords, dayOfRule } from './field-kinds/day'

/** A schema of JSON Schema 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** The day and the codes that a form is filled in with. */
export type SchemaContext = Pick<
  AnswerContext,
  'today' | 'villageCodes' | 'regionCodes' | 'scopeCodes' | 'policyCodes'
>

type Describe<Kind extends FieldKind> = (field: FieldOf<Kind>, context: SchemaContext) => JsonSchema

const DAY = { type: 'string', format: 'date' } as const

const objectOf = (properties: JsonSchema, required: readonly string[]): JsonSchema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

const codesOf = (codes: ReadonlySet<string>) => ({ type: 'string', enum: [...codes] })

const textOf: Describe<'text' | 'textarea'> = ({ minLength, maxLength }) => ({
  type: 'string',
  minLength,
  maxLength,
})

const listOf = (items: JsonSchema, minItems: number, maxItems: number): JsonSchema => ({
  type: 'array',
  items,
  minItems,
  maxItems,
  uniqueItems: true,
})

const optionsOf: Describe<'radio' | 'select'> = ({ options }) => ({ type: 'string', enum: options })

const LATITUDE = { type: 'number', minimum: -90, maximum: 90 }
const LONGITUDE = { type: 'number', minimum: -180, maximum: 180 }

const spanOf = ({ min, max }: { readonly min: string; readonly max: string }, { today }: SchemaContext) =>
  `最早选 ${dayInWords(dayOfRule(min, today))}，最晚选 ${dayInWords(dayOfRule(max, today))}`

/** The shapes of `AnswerByKind`, as they are sent. */
const SCHEMAS = {
  text: (field, context) => ({
    ...textOf(field, context),
    ...(field.pattern === null ? {} : { pattern: `^(?:${field.pattern})$` }),
  }),
  textarea: textOf,
  number: ({ min, max, decimals }) => ({
    type: decimals === 0 ? 'integer' : 'number',
    minimum: min,
    maximum: max,
  }),
  /** A decimal text keeps what a number may lose. */
  money: ({ min, max }) => ({
    type: ['string', 'number'],
    pattern: '^[+-]?\\d{1,30}(?:\\.\\d{1,30})?$',
    minimum: min,
    maximum: max,
  }),
  date: (field, context) => ({ ...DAY, description: spanOf(field, context) }),
  daterange: (field, context) => ({
    ...objectOf({ from: DAY, to: DAY }, ['from', 'to']),
    description: `${spanOf(field, context)}，最多 ${field.maxDays} 天`,
  }),
  slot: ({ options }) => objectOf({ date: DAY, half: { type: 'string', enum: options } }, ['date', 'half']),
  radio: optionsOf,
  select: optionsOf,
  multiselect: ({ options, minItems, maxItems, exclusive }) => ({
    ...listOf({ type: 'string', enum: options }, Math.max(minItems, 1), maxItems),
    ...(exclusive.length === 0
      ? {}
      : { anyOf: [{ maxItems: 1 }, { not: { contains: { enum: exclusive } } }] }),
  }),
  checkbox: ({ mustBeTrue }) => ({ type: 'boolean', ...(mustBeTrue ? { const: true } : {}) }),
  idcard: () => ({ type: 'string', pattern: '^\\d{17}[\\dX]$' }),
  uscc: () => ({ type: 'string', pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$' }),
  phone: ({ pattern }) => ({ type: 'string', pattern: `^(?:${pattern})$` }),
  bankcard: ({ minLength, maxLength }) => ({ type: 'string', pattern: '^\\d+$', minLength, maxLength }),
  village: (_field, { villageCodes }) => codesOf(villageCodes),
  region: ({ cityMaxLength }, { regionCodes }) =>
    objectOf(
      {
        province: codesOf(regionCodes),
        city: { type: 'string', minLength: 1, maxLength: cityMaxLength },
      },
      ['province', 'city'],
    ),
  location: ({ addressMaxLength }) => ({
    ...objectOf(
      {
        lat: LATITUDE,
        lng: LONGITUDE,
        address: { type: 'string', minLength: 1, maxLength: addressMaxLength },
      },
      ['address'],
    ),
    dependentRequired: { lat: ['lng'], lng: ['lat'] },
  }),
  polygon: ({ minPoints, maxPoints }) => ({
    type: 'array',
    items: objectOf({ lat: LATITUDE, lng: LONGITUDE }, ['lat', 'lng']),
    minItems: minPoints,
    maxItems: maxPoints,
  }),
  image: ({ maxFiles }) => listOf({ type: 'string', pattern: UPLOAD_ID.source }, 1, maxFiles),
  scopePicker: ({ minItems, maxItems }, { scopeCodes }) =>
    listOf(codesOf(scopeCodes), Math.max(minItems, 1), maxItems),
  policyPicker: ({ otherMaxLength }, { policyCodes }) => ({
    anyOf: [
      codesOf(policyCodes),
      ...(otherMaxLength === 0
        ? []
        : [objectOf({ other: { type: 'string', minLength: 1, maxLength: otherMaxLength } }, ['other'])]),
    ],
  }),
  table: ({ columns, minRows, maxRows }, context) => ({
    type: 'array',
    items: fieldsSchema(columns, context),
    minItems: Math.max(minRows, 1),
    maxItems: maxRows,
  }),
} as const satisfies { readonly [Kind in FieldKind]: Describe<Kind> }

function schemaOf(field: Field, context: SchemaContext): JsonSchema {
  // The table above pairs each kind with its description, which the compiler cannot follow through the index.
  const describe = SCHEMAS[field.kind] as (field: Field, context: SchemaContext) => JsonSchema
  const { description, ...schema } = describe(field, context)
  const said = [field.hint, description].filter((words) => typeof words === 'string')
  return { ...schema, title: field.label, ...(said.length > 0 ? { description: said.join('。') } : {}) }
}

/** Always asked, and not worked out from another answer. */
function isDemanded(field: Field): boolean {
  if (field.showWhen !== null || (field.kind === 'select' && field.computed !== null)) return false
  return field.required || (field.kind === 'checkbox' && field.mustBeTrue)
}

function fieldsSchema(fields: readonly Field[], context: SchemaContext): JsonSchema {
  return objectOf(
    Object.fromEntries(fields.map((field) => [field.key, schemaOf(field, context)])),
    fields.filter(isDemanded).map(({ key }) => key),
  )
}

/**
 * The shape of an item's answers for whoever fills in its form without our pages. It says less than `validateAnswers`:
 * check digits, days and what depends on another answer are judged there alone.
 */
export const answersSchemaOf = (item: Pick<ServiceItem, 'fields'>, context: SchemaContext): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...fieldsSchema(item.fields, context),
})
