import { z } from 'zod'
import { STAFF_ROLES } from '#shared/domain/organization/staff'
import {
  type FieldKind,
  PAID_FROM,
  type ServiceItem,
  SIGNS,
  STEP_ACTIONS,
  STEP_KINDS,
} from '#shared/domain/service-item/item'
import {
  EXERCISE_LEVELS,
  type ExerciseLevelCode,
  ITEM_TYPES,
  type ItemTypeCode,
} from '#shared/domain/service-item/item-codes'
import { ITEM_SHAPE } from '#shared/domain/service-item/upgrade-item'

const text = z.string().trim().min(1)
const optionalText = text.nullable()
const count = z.int().min(0)
const options = z.array(text).min(2)
const dayUnit = z.enum(['working', 'calendar'])
const dayRule = z.string().regex(/^(\d{4}-\d{2}-\d{2}|today([+-]\d+d)?)$/)
const monthDay = z.string().regex(/^\d{2}-\d{2}$/)
const role = z.enum(STAFF_ROLES)

const condition = z.union([
  z.strictObject({ field: text, equals: z.union([text, z.boolean()]) }),
  z.strictObject({ field: text, oneOf: z.array(text).min(1) }),
])

const legalBasis = z.strictObject({ law: text, article: optionalText })

const organ = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['village', 'town', 'department']) }),
  z.strictObject({ kind: z.literal('unit'), unitId: text }),
  z.strictObject({
    kind: z.literal('parallel'),
    unitIds: z.array(text).min(2),
    limitDays: z.record(z.string(), count),
    dependsOn: z.record(z.string(), z.array(text)),
    decides: z
      .record(z.string(), z.strictObject({ name: text.max(30), legalBasis: z.array(legalBasis).min(1) }))
      .optional(),
  }),
])

const step = z.strictObject({
  key: text,
  name: text,
  kind: z.enum(STEP_KINDS),
  role,
  organ,
  limitDays: count,
  countsTowardPromise: z.boolean(),
  actions: z.array(z.enum(STEP_ACTIONS)).min(1),
  sign: z.enum(SIGNS).optional(),
  decides: z.boolean(),
  optional: z.boolean(),
  completesApplication: z.boolean(),
  followUp: z.boolean(),
  onlyIfDisputed: z.boolean(),
  when: condition.nullable(),
  publicity: z
    .strictObject({ days: z.int().min(1), unit: dayUnit, tells: z.array(text).min(1).optional() })
    .nullable(),
  suspends: z.array(z.enum(['promised', 'statutory'])),
  officersMin: z.int().min(1),
  checklist: z
    .strictObject({
      source: text,
      points: z
        .array(z.strictObject({ key: text, text: text.max(60) }))
        .min(1)
        .max(20),
    })
    .optional(),
  acceptDeadlineDays: z.int().min(1).nullable(),
  legalDeliverDays: z.int().min(1).nullable(),
  decidedInNameOf: optionalText,
  remedy: z
    .strictObject({
      reviewAuthority: text,
      court: text,
      objection: z
        .strictObject({ to: text, days: z.int().min(1) })
        .nullable()
        .default(null),
      note: optionalText,
    })
    .nullable(),
  note: optionalText,
})

const base = {
  key: text,
  label: text,
  required: z.boolean(),
  hint: optionalText,
  prefill: optionalText,
  sensitive: z.boolean(),
  showWhen: condition.nullable(),
  ofNumber: optionalText.default(null),
}
const lengths = { minLength: count, maxLength: z.int().min(1) }
const items = { minItems: count, maxItems: z.int().min(1) }
const bounds = z.strictObject({
  minLat: z.number().min(-90).max(90),
  maxLat: z.number().min(-90).max(90),
  minLng: z.number().min(-180).max(180),
  maxLng: z.number().min(-180).max(180),
})

const simpleFields = [
  z.strictObject({
    ...base,
    kind: z.literal('text'),
    ...lengths,
    pattern: optionalText,
    message: optionalText,
  }),
  z.strictObject({ ...base, kind: z.literal('textarea'), ...lengths }),
  z.strictObject({
    ...base,
    kind: z.enum(['number', 'money']),
    min: z.number(),
    max: z.number(),
    decimals: z.int().min(0).max(6),
    unit: text,
  }),
  z.strictObject({
    ...base,
    kind: z.literal('date'),
    min: dayRule,
    max: dayRule,
    ofBirth: z.boolean().optional(),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('daterange'),
    min: dayRule,
    max: dayRule,
    maxDays: z.int().min(1),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('slot'),
    options: z.array(text).length(2),
    minDaysAhead: count,
    maxDaysAhead: z.int().min(1),
    capacity: z.int().min(1),
  }),
  z.strictObject({ ...base, kind: z.literal('radio'), options }),
  z.strictObject({
    ...base,
    kind: z.literal('select'),
    options,
    computed: z
      .strictObject({
        from: text,
        bands: z.array(z.strictObject({ min: z.number(), max: z.number().nullable(), option: text })).min(1),
      })
      .nullable(),
  }),
  z.strictObject({ ...base, kind: z.literal('multiselect'), options, ...items, exclusive: z.array(text) }),
  z.strictObject({ ...base, kind: z.literal('checkbox'), mustBeTrue: z.boolean(), message: optionalText }),
  z.strictObject({ ...base, kind: z.enum(['idcard', 'uscc']), message: optionalText }),
  z.strictObject({ ...base, kind: z.literal('phone'), pattern: text, message: optionalText }),
  z.strictObject({ ...base, kind: z.literal('bankcard'), ...lengths, message: optionalText }),
  z.strictObject({ ...base, kind: z.literal('village') }),
  z.strictObject({ ...base, kind: z.literal('region'), cityMaxLength: z.int().min(1) }),
  z.strictObject({ ...base, kind: z.literal('location'), bounds, addressMaxLength: z.int().min(1) }),
  z.strictObject({
    ...base,
    kind: z.literal('polygon'),
    bounds,
    minPoints: z.int().min(3),
    maxPoints: z.int().min(3),
  }),
  z.strictObject({
    ...base,
    kind: z.literal('image'),
    maxFiles: z.int().min(1),
    maxMegabytes: z.int().min(1),
    formats: z.array(z.enum(['jpg', 'png'])).min(1),
  }),
  z.strictObject({ ...base, kind: z.literal('scopePicker'), ...items }),
  z.strictObject({ ...base, kind: z.literal('policyPicker'), otherMaxLength: z.int().min(1) }),
] as const

/** A kind of field that no guide could hold is a fault here, not when a county's pack is read. */
const ofEveryKind = <Schema extends z.ZodType>(
  schema: z.infer<Schema> extends { kind: infer Kind } ? (FieldKind extends Kind ? Schema : never) : never,
): Schema => schema

const field = ofEveryKind(
  z.discriminatedUnion('kind', [
    ...simpleFields,
    z.strictObject({
      ...base,
      kind: z.literal('table'),
      columns: z.array(z.discriminatedUnion('kind', simpleFields)).min(2),
      minRows: count,
      maxRows: z.int().min(1),
    }),
  ]),
)

const material = z.strictObject({
  name: text,
  required: z.boolean(),
  kind: z.enum(['generated', 'upload']),
  source: text,
  credentialCode: optionalText,
  exemption: optionalText,
  blankForm: z.boolean(),
  sample: z.boolean(),
  originals: count,
  copies: count,
  note: optionalText,
  sides: z.union([z.literal(1), z.literal(2)]).default(1),
  forChild: text.optional(),
})

const eligibility = z.strictObject({
  question: text,
  tests: z
    .array(
      z.strictObject({
        fact: text,
        ask: text,
        operator: z.enum(['gte', 'eq']),
        value: z.union([z.number(), text, z.boolean()]),
        from: optionalText,
      }),
    )
    .min(1),
  otherwise: z.enum(['not-yet', 'no', 'not-needed', 'other-item']),
  otherItem: optionalText,
  answer: text,
})

const plain = (characters: number) =>
  text.refine((value) => [...value].length <= characters, { error: `超过 ${characters} 个字` })

const acceptCondition = z.union([
  plain(40).transform((words) => ({ text: words, check: null })),
  z.strictObject({
    text: plain(40),
    check: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('age'), atLeast: z.int().min(1).max(120) }),
      z.strictObject({
        kind: z.literal('credential'),
        code: text,
        field: optionalText.default(null),
        startsWith: optionalText.default(null),
      }),
      z.strictObject({ kind: z.enum(['village', 'not-granted', 'open-window']) }),
    ]),
  }),
])

const statutory = z.strictObject({
  days: z.int().min(1),
  unit: dayUnit,
  from: z.enum(['acceptance', 'application']),
  extension: z
    .strictObject({
      days: z.int().min(1),
      unit: dayUnit,
      basis: text,
      approvedBy: z.strictObject({ role, organ }),
    })
    .nullable(),
})

const itemFile = z.strictObject({
  id: text,
  name: text,
  plainName: plain(10),
  oneLine: plain(40),
  appliesTo: plain(60),
  keywords: z.array(text).min(6),
  typeCode: z.enum(Object.keys(ITEM_TYPES) as ItemTypeCode[]),
  levelCode: z.enum(Object.keys(EXERCISE_LEVELS) as ExerciseLevelCode[]),
  departmentId: text,
  confidential: z.boolean().default(false),
  capacityBasis: text.nullable().default(null),
  audienceCodes: z.array(z.string().regex(/^[1-6]$/)).min(1),
  theme: text,
  lifeEvent: text,
  // GB/T 39554.1-2020: 12, 31 and 33 characters.
  catalogCode: z.string().length(12),
  implementationCodeTemplate: text,
  implementationCode: z.string().length(31),
  handlingCode: z.string().length(33),
  legalBasis: z.array(legalBasis).min(1),
  caseTypeCode: z.enum(['1', '2']),
  promisedDays: count,
  statutory: statutory.nullable(),
  statutoryNote: optionalText,
  fastTrack: z
    .strictObject({ when: condition, promisedDays: count, afterwards: z.array(text) })
    .nullable()
    .default(null),
  onsiteVisits: count,
  onlineDepth: text,
  channels: z.array(z.enum(['mini', 'window', 'village', 'pc'])).min(1),
  fee: text,
  amount: z
    .strictObject({
      text: plain(80),
      rows: z.array(z.strictObject({ when: text, value: text })),
      from: z.enum(PAID_FROM).optional(),
      demo: z.boolean(),
    })
    .nullable(),
  acceptConditions: z.array(acceptCondition).min(1),
  eligibility: z.array(eligibility),
  howToGet: z.strictObject({ methods: z.array(text).min(1), text: plain(60) }),
  faq: z.array(z.strictObject({ q: plain(30), a: plain(80), demo: z.boolean() })).min(2),
  resultName: text,
  resultDocument: z.strictObject({
    title: text,
    kind: z.enum(['certificate', 'decision', 'notice', 'receipt']),
    validYears: z.int().min(1).nullable(),
    certificate: z
      .strictObject({
        prints: z.array(text),
        renewable: z.boolean(),
        renewal: z.strictObject({ askDaysBefore: z.int().min(1), basis: text }).optional(),
      })
      .optional(),
  }),
  guideElements: z.record(z.string(), z.union([z.string(), z.boolean(), z.null()])),
  openWindow: z.strictObject({ from: monthDay, to: monthDay }).nullable(),
  duplicateKeys: z.array(text).min(1).nullable(),
  fields: z.array(field).min(1),
  materials: z.array(material),
  steps: z.array(step).min(2),
  notes: z.array(text),
})

/** One guide as its file holds it; anything else in the file is a fault. */
export const serviceItemSchema: z.ZodType<ServiceItem> = itemFile.transform((item) => ({
  ...item,
  shape: ITEM_SHAPE,
}))
