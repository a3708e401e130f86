import type { Objection } from '../organization/deciding-unit'
import type { StaffRole } from '../organization/staff'
import type { DayUnit } from '../time-limit/calendar'
import type { VisitChecklist } from './checklist'
import type { ExerciseLevelCode, ItemTypeCode } from './item-codes'
import type { ParallelOrgan } from './parallel-organ'
import type { ResultDocument } from './result-document'

export const STEP_KINDS = [
  'verify',
  'accept',
  'examine',
  'inspect',
  'publicise',
  'decide',
  'conclude',
] as const
export type StepKind = (typeof STEP_KINDS)[number]

/** The closed list of what a guide lets a member of staff do at a step. */
export const STEP_ACTIONS = [
  'verify',
  'return',
  'accept',
  'draft-correction',
  'draft-nothing',
  'request-correction',
  'decline',
  'transfer',
  'assign',
  'pass',
  'fail',
  'convene',
  'record-visit',
  'require-rectification',
  'suspend',
  'resume',
  'extend',
  'publish-notice',
  'close-notice',
  'record-objection',
  'grant',
  'refuse',
  'pay',
  'conclude',
  'deliver',
] as const
export type GuideAction = (typeof STEP_ACTIONS)[number]

/** To sign what a colleague wrote down at a site, to ask whoever must approve, and for them to refuse. */
const COLLEAGUES_ACTIONS = ['sign-visit', 'request-approval', 'reject-approval'] as const

/**
 * What no guide lists: what may be needed at any open step (a new day for a broken promise, the end of what life has ended, a
 * draft given back before the notice), and to do at once what a guide lists one after the other.
 */
export const COMMON_ACTIONS = [
  ...COLLEAGUES_ACTIONS,
  'promise-anew',
  'return-draft',
  'terminate',
  'settle',
] as const
type CommonAction = (typeof COMMON_ACTIONS)[number]

/** All that a member of staff can do at a step. */
export type StepAction = GuideAction | CommonAction

/** How many of those who hold a step have to sign what they pass. */
export const SIGNS = ['any', 'all'] as const

export type SuspendableClock = 'promised' | 'statutory'

/** A field's answer decides: equal to one value, or one of several. `_agent` is true when somebody applies for another. */
export interface Condition {
  readonly field: string
  readonly equals?: string | boolean
  readonly oneOf?: readonly string[]
}

/** Where a step is done: the applicant's village or its town, the item's own department, or a unit by id. */
export type StepOrgan =
  | { readonly kind: 'village' | 'town' | 'department' }
  | { readonly kind: 'unit'; readonly unitId: string }
  | ParallelOrgan

interface Remedy {
  readonly reviewAuthority: string
  readonly court: string
  /** Where and within how many days one may object first; null where the law knows none, and in guides from before it was asked. */
  readonly objection: Objection | null
  /** For the county; shown to nobody. */
  readonly note: string | null
}

export interface Step {
  readonly key: string
  readonly name: string
  readonly kind: StepKind
  readonly role: StaffRole
  readonly organ: StepOrgan
  /** Working days from the day after the step before was done; 0 is the same day. */
  readonly limitDays: number
  readonly countsTowardPromise: boolean
  readonly actions: readonly GuideAction[]
  /** `all`, 会签: each holder of the role in the unit has to pass it; `any`, and where it is missing: one of them does for all. */
  readonly sign?: (typeof SIGNS)[number] | undefined
  /** Exactly one step of an item grants or refuses. */
  readonly decides: boolean
  /** A pre-check that holds nothing up: open beside acceptance, closed by it. */
  readonly optional: boolean
  /** The application is complete, and received, when this step is done. */
  readonly completesApplication: boolean
  /** Opened after the case is concluded; holds no clock of the case. */
  readonly followUp: boolean
  /** `any-overdue-or-disagree`: only when a parallel unit was late or said no. */
  readonly onlyIfDisputed: boolean
  readonly when: Condition | null
  readonly publicity: {
    readonly days: number
    readonly unit: DayUnit
    /** Keys of the answers that the notice prints: 宅基地位置、面积、层数. None where it is missing. 农经发〔2019〕6号 */
    readonly tells?: readonly string[] | undefined
  } | null
  /** The clocks that stand still from the step's opening to its end. */
  readonly suspends: readonly SuspendableClock[]
  /** 行政许可法 第34条: two or more officers at a site check. */
  readonly officersMin: number
  /** Missing where nobody goes out, and in guides from before it was asked. */
  readonly checklist?: VisitChecklist | undefined
  readonly acceptDeadlineDays: number | null
  /** 行政许可法 第44条 */
  readonly legalDeliverDays: number | null
  readonly decidedInNameOf: string | null
  readonly remedy: Remedy | null
  readonly note: string | null
}

interface FieldBase {
  readonly key: string
  readonly label: string
  readonly required: boolean
  readonly hint: string | null
  /** `identity.name`, `profile.villageCode`, `licence:LIC-SSCARD.bankNo`, `share:…`, `family.relation` */
  readonly prefill: string | null
  readonly sensitive: boolean
  readonly showWhen: Condition | null
  /** Of a date of birth or a sex: the `idcard` field of the same person, beside it or around its table, that tells it. */
  readonly ofNumber: string | null
}

interface Bounds {
  readonly minLat: number
  readonly maxLat: number
  readonly minLng: number
  readonly maxLng: number
}

/** One field without rows of its own. Dates are `YYYY-MM-DD`, `today`, `today-365d` or `today+300d`. */
export type SimpleField = FieldBase &
  (
    | {
        readonly kind: 'text'
        readonly minLength: number
        readonly maxLength: number
        readonly pattern: string | null
        readonly message: string | null
      }
    | { readonly kind: 'textarea'; readonly minLength: number; readonly maxLength: number }
    | {
        readonly kind: 'number' | 'money'
        readonly min: number
        readonly max: number
        readonly decimals: number
        readonly unit: string
      }
    | {
        readonly kind: 'date'
        readonly min: string
        readonly max: string
        /** The day on which somebody was born whose ID number the form does not ask for: a baby has none yet. */
        readonly ofBirth?: boolean | undefined
      }
    | { readonly kind: 'daterange'; readonly min: string; readonly max: string; readonly maxDays: number }
    | {
        readonly kind: 'slot'
        readonly options: readonly string[]
        readonly minDaysAhead: number
        readonly maxDaysAhead: number
        readonly capacity: number
      }
    | { readonly kind: 'radio'; readonly options: readonly string[] }
    | {
        readonly kind: 'select'
        readonly options: readonly string[]
        /** Worked out from a date of birth; chosen by hand only when that is missing. */
        readonly computed: {
          readonly from: string
          readonly bands: readonly {
            readonly min: number
            readonly max: number | null
            readonly option: string
          }[]
        } | null
      }
    | {
        readonly kind: 'multiselect'
        readonly options: readonly string[]
        readonly minItems: number
        readonly maxItems: number
        /** Options that admit no other beside them. */
        readonly exclusive: readonly string[]
      }
    | { readonly kind: 'checkbox'; readonly mustBeTrue: boolean; readonly message: string | null }
    | { readonly kind: 'idcard' | 'uscc'; readonly message: string | null }
    | { readonly kind: 'phone'; readonly pattern: string; readonly message: string | null }
    | {
        readonly kind: 'bankcard'
        readonly minLength: number
        readonly maxLength: number
        readonly message: string | null
      }
    | { readonly kind: 'village' }
    | { readonly kind: 'region'; readonly cityMaxLength: number }
    | { readonly kind: 'location'; readonly bounds: Bounds; readonly addressMaxLength: number }
    | {
        readonly kind: 'polygon'
        readonly bounds: Bounds
        readonly minPoints: number
        readonly maxPoints: number
      }
    | {
        readonly kind: 'image'
        readonly maxFiles: number
        readonly maxMegabytes: number
        readonly formats: readonly string[]
      }
    | { readonly kind: 'scopePicker'; readonly minItems: number; readonly maxItems: number }
    | { readonly kind: 'policyPicker'; readonly otherMaxLength: number }
  )

type TableField = FieldBase & {
  readonly kind: 'table'
  readonly columns: readonly SimpleField[]
  readonly minRows: number
  readonly maxRows: number
}

export type Field = SimpleField | TableField
export type FieldKind = Field['kind']

export interface Material {
  readonly name: string
  readonly required: boolean
  /** `generated`: 在线填写, made from the form itself; `upload`: brought by the applicant. */
  readonly kind: 'generated' | 'upload'
  readonly source: string
  /** A valid one on file makes the paper 已免. */
  readonly credentialCode: string | null
  readonly exemption: string | null
  readonly blankForm: boolean
  readonly sample: boolean
  readonly originals: number
  readonly copies: number
  readonly note: string | null
  /** Of a card both its sides are photographed, 正面 and 反面. */
  readonly sides: 1 | 2
  /** What a child brings who has no such card yet: 户口簿上孩子那一页. Missing where no child brings it. */
  readonly forChild?: string | undefined
}

interface EligibilityQuestion {
  readonly question: string
  readonly tests: readonly {
    readonly fact: string
    readonly ask: string
    readonly operator: 'gte' | 'eq'
    readonly value: number | string | boolean
    readonly from: string | null
  }[]
  readonly otherwise: 'not-yet' | 'no' | 'not-needed' | 'other-item'
  readonly otherItem: string | null
  readonly answer: string
}

/** What the county can hold a condition against by itself; the rest is for the office to judge. */
export type ConditionCheck =
  | { readonly kind: 'age'; readonly atLeast: number }
  /** A valid one on file, or one whose value begins so. */
  | {
      readonly kind: 'credential'
      readonly code: string
      readonly field: string | null
      readonly startsWith: string | null
    }
  /** Any village of the county. */
  | { readonly kind: 'village' }
  | { readonly kind: 'not-granted' }
  | { readonly kind: 'open-window' }

export interface AcceptCondition {
  readonly text: string
  /** Of who applies; null where it is of somebody else, or nobody but the office can tell. */
  readonly check: ConditionCheck | null
}

interface StatutoryExtension {
  readonly days: number
  readonly unit: DayUnit
  readonly basis: string
  readonly approvedBy: { readonly role: StaffRole; readonly organ: StepOrgan }
}

/**
 * From which month a payment runs, as the county's rule says: that of the application, of the decision, the one after it, or
 * the one after all that the law asks for was so.
 */
export const PAID_FROM = ['filing-month', 'decision-month', 'next-month', 'entitled'] as const

/** A service guide (实施清单) in one version; a case keeps the version it was filed under. */
export interface ServiceItem {
  /** The number of this shape, by which what is stored is read. */
  readonly shape: number
  readonly id: string
  readonly name: string
  readonly plainName: string
  readonly oneLine: string
  readonly appliesTo: string
  readonly keywords: readonly string[]
  readonly typeCode: ItemTypeCode
  readonly levelCode: ExerciseLevelCode
  readonly departmentId: string
  /** Sensitive by its nature: never shown outside its steps, not in counts and searches either. */
  readonly confidential: boolean
  /** The law by which whoever applies must have full civil capacity: the desk is warned where they are under eighteen. */
  readonly capacityBasis: string | null
  /** GB/T 39046-2020 A.4 服务对象 */
  readonly audienceCodes: readonly string[]
  readonly theme: string
  readonly lifeEvent: string
  readonly catalogCode: string
  readonly implementationCodeTemplate: string
  readonly implementationCode: string
  readonly handlingCode: string
  readonly legalBasis: readonly { readonly law: string; readonly article: string | null }[]
  /** GB/T 39046-2020 A.6: `1` 即办件, `2` 承诺件 */
  readonly caseTypeCode: '1' | '2'
  /** Working days, 0 for 即办件. */
  readonly promisedDays: number
  readonly statutory: {
    readonly days: number
    readonly unit: DayUnit
    readonly from: 'acceptance' | 'application'
    readonly extension: StatutoryExtension | null
  } | null
  readonly statutoryNote: string | null
  /**
   * Emergencies, by what was answered when filing: their own promise in working days, and the checks, by the keys of
   * their steps, that follow the grant.
   */
  readonly fastTrack: {
    readonly when: Condition
    readonly promisedDays: number
    readonly afterwards: readonly string[]
  } | null
  readonly onsiteVisits: number
  readonly onlineDepth: string
  readonly channels: readonly string[]
  readonly fee: string
  readonly amount: {
    readonly text: string
    readonly rows: readonly { readonly when: string; readonly value: string }[]
    /** Of what is paid each month; missing of what is paid once, and in guides from before it was asked. */
    readonly from?: (typeof PAID_FROM)[number] | undefined
    readonly demo: boolean
  } | null
  readonly acceptConditions: readonly AcceptCondition[]
  readonly eligibility: readonly EligibilityQuestion[]
  readonly howToGet: { readonly methods: readonly string[]; readonly text: string }
  readonly faq: readonly { readonly q: string; readonly a: string; readonly demo: boolean }[]
  readonly resultName: string
  readonly resultDocument: ResultDocument
  readonly guideElements: Readonly<Record<string, string | boolean | null>>
  /** Month and day, both included, each year: filing is refused outside. */
  readonly openWindow: { readonly from: string; readonly to: string } | null
  /** Answers that make a second application the same one; null means one pending case a person and item. */
  readonly duplicateKeys: readonly string[] | null
  readonly fields: readonly Field[]
  readonly materials: readonly Material[]
  readonly steps: readonly Step[]
  readonly notes: readonly string[]
}
