import { z } from 'zod'
import { AGREEMENT_KINDS, BRIEF_SENTENCES } from '#shared/domain/account/agreements'
import { isCreditCode, isIdNumber } from '#shared/domain/kernel/digits'
import { findPlainDate, type PlainDate } from '#shared/domain/kernel/plain-date'
import { STAFF_ROLES, WEEKDAYS } from '#shared/domain/organization/staff'
import { RECIPIENT_KINDS, USUAL_LIMITS, WECHAT_PER_DAY } from '#shared/domain/reminder/limits'
import { serviceItemSchema } from './service-item-schema'

const text = z.string().trim().min(1)
const optionalText = text.nullable()
const count = z.int().min(0)
const demo = z.boolean()
const day = z.custom<PlainDate>((value) => typeof value === 'string' && findPlainDate(value) !== undefined, {
  error: '不是 YYYY-MM-DD 写的一天',
})
const kebab = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const creditCode = z
  .string()
  .refine(isCreditCode, { error: '不是统一社会信用代码，或末位校验不对（GB 32100）' })
const idNumber = z.string().refine(isIdNumber, { error: '不是公民身份号码，或末位校验不对（GB 11643）' })
const landline = z.string().regex(/^0\d{2,3}-\d{7,8}$/)
const mobile = z.string().regex(/^1\d{10}$/)
const period = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/)
  .refine((value) => value.slice(0, 5) < value.slice(6), { error: '开始不早于结束' })
const hours = z.array(
  z.strictObject({
    days: z.array(z.enum(WEEKDAYS)).min(1),
    periods: z.array(period).min(1),
    unitId: z.exactOptional(text),
  }),
)

const dailyLimit = z
  .strictObject({ max: z.int().min(1), urgentReserve: count })
  .refine(({ max, urgentReserve }) => urgentReserve < max, {
    path: ['urgentReserve'],
    error: '给急件留的要比一天的少',
  })

const pack = z.strictObject({
  id: kebab,
  version: text,
  generatedOn: day,
  title: text,
  region: z.strictObject({
    code: z.string().regex(/^\d{6}$/),
    name: text,
    cityCode: z.string().regex(/^\d{6}$/),
    city: text,
    provinceCode: z.string().regex(/^\d{6}$/),
    province: text,
    formerName: optionalText,
    postcode: z.string().regex(/^\d{6}$/),
    areaCode: z.string().regex(/^0\d{2,3}$/),
    platePrefix: text,
    population: count,
    populationYear: count,
    developmentZone: z.strictObject({ code: text, name: text }).nullable(),
    source: text,
  }),
  sponsor: z.strictObject({
    unitId: text,
    name: text,
    filingNumber: text,
    dataContactId: text,
    dataContactPhone: landline,
    hotline: text,
    demo,
  }),
  disclaimer: text,
  demoRule: text,
  peopleNote: text,
  codeNote: text,
})

const office = { creditCode, phone: landline, address: text, documentPrefix: text, liaisonId: text }
const units = z.strictObject({
  county: z.strictObject({ id: text, name: text, shortName: text, creditCode, demo }),
  departments: z.array(
    z.strictObject({
      id: kebab,
      name: text,
      shortName: text,
      standing: z.enum(['coordinating', 'resident', 'vertical', 'mass']),
      ministryCode: z.string().length(2),
      ...office,
      reviewAuthority: optionalText,
      reviewNote: optionalText,
      court: optionalText,
      demo,
    }),
  ),
  towns: z.array(
    z.strictObject({
      id: z.string().regex(/^\d{9}$/),
      name: text,
      kind: z.enum(['subdistrict', 'town']),
      ...office,
      reviewAuthority: text,
      court: text,
      population: count,
      populationDemo: demo,
      staffing: z.strictObject({ fullTime: count, partTime: count, count, hoursPerWeek: count, demo }),
      hallName: text,
      note: optionalText,
      demo,
    }),
  ),
  villages: z.array(
    z.strictObject({
      id: z.string().regex(/^\d{12}$/),
      townId: text,
      name: text,
      kind: z.enum(['community', 'village']),
      statisticsName: text,
      creditCode,
      note: optionalText,
      demo,
    }),
  ),
})

const servicePoint = z.strictObject({
  id: kebab,
  kind: z.enum(['county', 'department', 'town', 'village']),
  unitId: text,
  name: text,
  address: text,
  phone: landline,
  hasHall: z.boolean(),
  windows: count,
  hours,
  equipment: z.array(text),
  capabilities: z.array(text),
  agentVacant: z.boolean(),
  vacantSince: day.nullable(),
  partTime: z.boolean(),
  model: z.boolean(),
  sharedWith: optionalText,
  nearest: optionalText,
  mobileStands: z.array(z.strictObject({ place: text, marketDays: text, periods: z.array(period).min(1) })),
  note: optionalText,
  demo,
})

const person = {
  id: kebab,
  name: text,
  birth: day,
  sex: z.enum(['male', 'female']),
  idNumber,
  phone: mobile.nullable(),
  villageId: text,
  note: optionalText,
  demo,
}
const staffMember = z.strictObject({
  ...person,
  roles: z.array(z.strictObject({ role: z.enum(STAFF_ROLES), unitId: text, acting: z.boolean() })).min(1),
  partTime: z.boolean(),
  dutyHours: hours,
  leave: z.array(z.strictObject({ from: day, to: day, substituteId: optionalText })),
  substituteId: optionalText,
  maxOpenCases: z.int().min(1).nullable(),
  reminderAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullable(),
})

const credential = z.strictObject({
  code: text,
  validTo: day.nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  demo,
})
const resident = z.strictObject({
  ...person,
  householdId: text,
  registeredHere: z.boolean(),
  realNameLevel: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  wechat: z.boolean(),
  elderMode: z.boolean(),
  guardianId: optionalText,
  family: z.array(z.strictObject({ personId: text, relation: text })),
  mayActFor: z.array(
    z.strictObject({
      personId: text,
      lifeEvents: z.array(text).min(1),
      from: day,
      until: day,
      consent: z.enum(['in-person']),
    }),
  ),
  sharedData: z.record(z.string(), z.union([z.string(), z.number()])),
  credentials: z.array(credential),
})
const enterprise = z.strictObject({
  id: kebab,
  name: text,
  kind: z.enum(['sole-trader', 'company']),
  creditCode,
  legalRepresentative: text,
  villageId: optionalText,
  address: text,
  credentials: z.array(credential),
  agents: z.array(
    z.strictObject({ personId: text, itemIds: z.array(text).min(1).nullable(), until: day.nullable() }),
  ),
  permits: z.array(z.strictObject({ itemId: text, name: text, validTo: day })),
  demo,
})

const metricUse = z.enum(['score', 'publish', 'inform'])
const named = z.strictObject({ key: text, name: text })
const labels = z.record(z.string(), text)

const itemFacts = z.strictObject({
  id: text,
  confidence: z.enum(['high', 'medium', 'low']),
  legalNotes: z.array(z.strictObject({ law: text, note: text })),
  demoFields: z.array(text),
  staffMaterials: z.array(z.strictObject({ name: text, step: text })),
  photoMaterials: z.array(text),
  proactiveReminder: optionalText,
  fastTrack: z
    .strictObject({
      when: z.strictObject({ field: text, equals: z.union([text, z.boolean()]) }),
      limitHours: z.int().min(1).nullable(),
      note: text,
    })
    .nullable(),
  amountCap: optionalText,
  siteVisits: z.int().min(1).nullable(),
  delegation: z.strictObject({ to: text, basis: text }).nullable(),
  nextItems: z.array(text),
  projectStages: z.array(text),
  projectHelp: z.boolean(),
  withoutApplication: z.boolean(),
  publicLedger: z.boolean(),
  paidOnline: z.boolean(),
  originalsPostedBack: z.boolean(),
})

/** The files of a pack that stand alone, by the name under which the pack has their content. */
export const PACK_FILES = {
  pack,
  units,
  servicePoints: z.array(servicePoint),
  staff: z.array(staffMember),
  residents: z.array(resident),
  enterprises: z.array(enterprise),
  credentialKinds: z.array(
    z.strictObject({
      code: text,
      name: text,
      holder: text,
      issuer: text,
      issuerUnitId: text,
      fields: z.array(text).min(1),
      validity: text,
    }),
  ),
  policies: z.array(
    z.strictObject({
      code: text,
      name: text,
      unitId: text,
      benefit: text,
      period: text,
      maxAmountYuan: count,
      needs: text,
      demo,
    }),
  ),
  businessScopes: z.array(
    z.strictObject({
      code: text,
      name: text,
      needsItemId: optionalText,
      audience: z.enum(['both', 'individual', 'company']),
      demo,
    }),
  ),
  regions: z.array(z.strictObject({ code: z.string().regex(/^\d{2}$/), name: text })),
  documentKinds: z.strictObject({
    pattern: text,
    example: text,
    note: text,
    kinds: z.array(z.strictObject({ key: kebab, mark: text, name: text })),
    demo,
  }),
  correctionRule: z.strictObject({
    limitDays: z.int().min(1),
    graceDays: z.int().min(1),
    /** Working days to speak before a decision is revoked; 5 where the pack names none. */
    speakDays: z.int().min(1).optional(),
    settleDays: z.int().min(1).optional(),
    note: text,
    demo,
  }),
  lifeEvents: z.array(named),
  choices: z.strictObject({
    deliveryMethods: labels,
    onlineDepths: z.array(z.strictObject({ name: text, note: text })),
    servicePointCapabilities: labels,
    servicePointEquipment: labels,
  }),
  bundles: z.array(
    z.strictObject({
      code: text,
      name: text,
      nationalBatch: optionalText,
      itemIds: z.array(text).min(2),
      after: z.record(z.string(), z.array(text).min(1)),
      sharedFields: z.array(z.strictObject({ label: text, fields: z.record(z.string(), text) })),
      note: optionalText,
    }),
  ),
  metrics: z.array(z.strictObject({ key: text, name: text, formula: text, use: metricUse })),
  targets: z.array(
    z.strictObject({
      unitKind: z.enum(['town', 'department']),
      year: z.int(),
      targets: z.array(
        z.strictObject({ metric: text, value: z.number().nullable(), rule: optionalText, unit: text }),
      ),
      demo,
    }),
  ),
  rhythms: z.array(z.strictObject({ key: text, name: text, cron: text })),
  proofRules: z.array(
    z.strictObject({ number: z.int().min(1), rule: text, status: text, configurable: z.boolean(), demo }),
  ),
  itemFacts: z.array(itemFacts),
  /** All versions that ever held: to what people agreed stays to be read. */
  agreements: z.array(
    z.strictObject({
      kind: z.enum(AGREEMENT_KINDS),
      version: z.string().regex(/^[1-9]\d{0,3}$/),
      effectiveOn: day,
      changes: optionalText,
      brief: z.array(text).length(BRIEF_SENTENCES),
      data: z.array(z.strictObject({ name: text, purpose: text, kept: text, sensitive: z.boolean() })),
      sections: z.array(z.strictObject({ title: text, paragraphs: z.array(text).min(1) })).min(1),
      /** Nobody of the county has looked at it yet. */
      demo: z.exactOptional(demo),
    }),
  ),
  /** Without it the first items of the catalogue stand on the home page. */
  home: z.strictObject({ hot: z.array(text).max(12) }).default({ hot: [] }),
  /** How many messages may go out at most; without it the usual ones. */
  reminderLimits: z
    .strictObject({
      perDay: z.record(z.enum(RECIPIENT_KINDS), dailyLimit),
      templatePerMinute: z.int().min(1),
      accountPerDay: z.int().min(1).max(WECHAT_PER_DAY),
      smsPerDay: z.int().min(1).max(WECHAT_PER_DAY).default(USUAL_LIMITS.smsPerDay),
      demo: z.exactOptional(demo),
    })
    .default(USUAL_LIMITS),
} as const

const calendar = z.strictObject({
  year: z.int().min(2000),
  source: text,
  offDays: z.array(day),
  workDays: z.array(day),
})

/** The folders of a pack with one file a thing: the file is named after what it holds. */
export const PACK_FOLDERS = { calendars: calendar, serviceItems: serviceItemSchema } as const

type Single = { readonly [Name in keyof typeof PACK_FILES]: z.infer<(typeof PACK_FILES)[Name]> }
type Foldered = {
  readonly [Name in keyof typeof PACK_FOLDERS]: readonly z.infer<(typeof PACK_FOLDERS)[Name]>[]
}
/** A county's data, checked: every id in it resolves. */
export type Pack = Single & Foldered

export type PackResident = Pack['residents'][number]
export type PackStaffMember = Pack['staff'][number]
export type PackCredential = PackResident['credentials'][number]

/** What an operator mends: the file under the pack's folder, the place in it as a JSON pointer, and the fault. */
export interface PackFault {
  readonly file: string
  readonly path: string
  readonly fault: string
}

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
/** `servicePoints` stands in `service-points.json`. */
export const fileOf = (name: keyof typeof PACK_FILES) => `${dashed(name)}.json`
/** `serviceItems` stand in the folder `service-items`. */
export const folderOf = (name: keyof typeof PACK_FOLDERS) => dashed(name)
