import type { Unit } from './registry'

interface DecidingStep {
  readonly decides: boolean
  readonly remedy: DecisionRemedy | null
  readonly organ:
    | { readonly kind: 'village' | 'town' | 'department' | 'parallel' }
    | { readonly kind: 'unit'; readonly unitId: string }
}

/** What of a service guide says who decides. */
export interface DecidedItem {
  readonly departmentId: string
  readonly steps: readonly DecidingStep[]
}

const decision = (item: DecidedItem) => item.steps.find((step) => step.decides)

/**
 * The organ that decides, whose number, seal and remedy the decision bears: the unit of the deciding step. A village is no
 * organ (村民委员会组织法 第2条: 自治组织), so there it is the item's department, for which the agent acts. `townId` is the
 * applicant's town; without one a town's item falls to the department too.
 */
export function decidingUnit(item: DecidedItem, townId: string | null): string {
  const organ = decision(item)?.organ
  if (organ?.kind === 'unit') return organ.unitId
  return organ?.kind === 'town' && townId !== null ? townId : item.departmentId
}

/** To whom the law sends an objection before anything else, and the calendar days it leaves them for an answer. */
export interface Objection {
  readonly to: string
  readonly days: number
}

export interface DecisionRemedy {
  readonly reviewAuthority: string
  readonly court: string
  readonly objection?: Objection | null | undefined
}

/**
 * Where review (行政复议法: within 60 days) and suit (行政诉讼法 第46条: within 6 months) against what `unit` did are asked for:
 * as the deciding step says where it is the organ that decides (`decidingId`), else as for all its own acts. A law may send
 * an objection elsewhere first. Undefined for a unit that decides nothing.
 */
export function findRemedy(item: DecidedItem, unit: Unit, decidingId: string): DecisionRemedy | undefined {
  const own = unit.id === decidingId ? decision(item)?.remedy : null
  if (own) {
    const { reviewAuthority, court, objection } = own
    return { reviewAuthority, court, ...(objection ? { objection } : {}) }
  }
  const { reviewAuthority, court } = unit
  return reviewAuthority === null || court === null ? undefined : { reviewAuthority, court }
}

/** Against what one objects. */
const OBJECTING = { decision: '不服这个决定，', amount: '对金额有异议的，' } as const

/**
 * Where and until when one may object to what `unit` did, in a sentence: review within 60 days (行政复议法), suit within 6
 * months (行政诉讼法 第46条). What is granted may be too little (行政复议法 第11条). Null for a unit that decides nothing.
 */
export function remedyText(
  item: DecidedItem,
  unit: Unit | undefined,
  decidingId: string,
  to: keyof typeof OBJECTING = 'decision',
): string | null {
  const remedy = unit && findRemedy(item, unit, decidingId)
  if (!remedy) return null
  const { reviewAuthority, court, objection } = remedy
  const review = `可以在收到后 60 日内向${reviewAuthority}申请行政复议，或者在 6 个月内向${court}起诉。`
  return objection
    ? `${OBJECTING[to]}先向${objection.to}提出异议，${objection.days} 日内给答复；答复维持、还是不服的，${review}`
    : OBJECTING[to] + review
}
