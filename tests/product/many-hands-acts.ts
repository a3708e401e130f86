import fc from 'fast-check'
import { type CaseState, ENDED } from '#shared/domain/case/state'
import {
  DALIANG,
  FACE,
  files,
  ITEMS,
  isApplicant,
  isBarred,
  isOwner,
  isStaff,
  itemOf,
  LIMING,
  type Model,
  mayTakeOver,
  type Name,
  one,
  sightOf,
  standsIn,
} from './many-hands-law'

// What people send, whose act each is by the law, and in what order they come.
export interface CaseRow {
  readonly version: number
  readonly state: CaseState
  readonly applicantIndex: string | null
  readonly confirmed: boolean
}

export type Kind =
  | 'file'
  | 'supplement'
  | 'add'
  | 'withdraw'
  | 'takeover'
  | 'verify'
  | 'accept'
  | 'ask'
  | 'grant'
  | 'refuse'
  | 'conclude'
  | 'deliver'
  | 'confirm'
  | 'ask-approval'
  | 'look'
  | 'rate'
  | 'settle'
  | 'undo'
  | 'again'
const ACTIONS: Partial<Record<Kind, string>> = {
  verify: 'verify',
  accept: 'accept',
  ask: 'request-correction',
  grant: 'grant',
  refuse: 'refuse',
  conclude: 'conclude',
  deliver: 'deliver',
  settle: 'settle',
  'ask-approval': 'request-approval',
}
const KINDS: readonly Kind[] = [
  'supplement',
  'add',
  'withdraw',
  'takeover',
  'verify',
  'accept',
  'ask',
  'grant',
  'refuse',
  'conclude',
  'deliver',
  'confirm',
  'ask-approval',
  'look',
  'rate',
  'settle',
  'undo',
  'again',
]

/** Whose act it may be at all; a refusal is never wrong here, an answer of 2xx to anybody else is. */
export function isTheirs(model: Model, kind: Kind, name: Name): boolean {
  const filesIt = files(model, name) || standsIn(model, name)
  const holds = isStaff(name) && !isBarred(model, name)
  switch (kind) {
    case 'supplement':
      return isOwner(model, name) || filesIt
    case 'add':
      return isOwner(model, name) || (filesIt && !model.part)
    case 'withdraw':
      return isOwner(model, name) || (filesIt && !model.part)
    case 'takeover':
      return mayTakeOver(model, name)
    case 'rate':
      return isOwner(model, name) || (isApplicant(model, name) && !model.part)
    // To staff it is no case of theirs, even where they work on it.
    case 'again':
      return isApplicant(model, name)
    // Whoever did the last act, as long as nobody acted since.
    case 'undo':
      return holds && model.last?.kind === 'verify' && model.last.actor === name
    case 'look':
      return name === 'supervisor-1' && !isBarred(model, name)
    case 'confirm':
      return holds && FACE.includes(name)
    case 'verify':
      return holds && ['wang-lixin', 'zhao-xiaoyan', 'zhao-min', 'qian-li'].includes(name)
    default:
      return holds && sightOf(model, name) !== 'nothing' && !['supervisor-1', 'window-hrss'].includes(name)
  }
}

/** What a request would be sent with, from whatever the person sees, or a page opened before. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one row for each act, nothing nested
export function requestOf(
  model: Model,
  kind: Kind,
  { version, state }: CaseRow,
  pick: number,
): [string, object] {
  const door = `/api/cases/${model.caseId}`
  const open = state.steps.filter(({ status }) => status === 'open')
  const run = open[kind === 'verify' ? 0 : open.length - 1] ?? state.steps[0]
  const at = { stepKey: run?.key, unitId: run?.parts[0]?.unitId }
  const stale = pick % 11 === 0 && version > 1 ? version - 1 : version
  switch (kind) {
    case 'add':
      return [
        `${door}/additions`,
        { version: stale, answers: { mobile: `1540000${String(pick).padStart(4, '0')}` } },
      ]
    case 'supplement': {
      const wanted = (state.corrections.at(-1)?.items ?? []).map(({ name }) => name)
      const to = one(pick % 2 === 0 ? 'other' : 'owner')
      const whole: Record<string, unknown> = {
        name: to.name,
        idNo: to.idNumber,
        mobile: '15400000099',
        villageCode: pick % 3 === 0 ? LIMING : DALIANG,
        slot: { date: pick % 2 === 0 ? '2026-12-03' : '2026-12-04', half: pick % 3 === 0 ? '上午' : '下午' },
      }
      const answers = Object.fromEntries(wanted.map((key) => [key, whole[key]]))
      return [`${door}/supplement`, { version: stale, answers }]
    }
    case 'withdraw':
      return [`${door}/withdrawal`, { version: stale, reason: '本人说不办了' }]
    case 'takeover':
      return [`${door}/takeover`, { version: stale }]
    case 'rate':
      return [`${door}/rating`, { level: 1 + (pick % 5), reasons: [] }]
    case 'look':
      return [`/api/work/cases/${model.caseId}/looks`, { reason: '有人反映办得慢，看一看' }]
    case 'undo':
      return [`${door}/undo`, { version: stale }]
    case 'again':
      return [`${door}/again`, {}]
    case 'confirm':
      return [`${door}/identity-confirmation`, { version: stale, reason: '本人和身份证都在面前' }]
    default: {
      const action = ACTIONS[kind]
      const asks =
        model.itemId === 'LX-052'
          ? [['slot'], ['mobile']]
          : [['name', 'idNo'], ['villageCode'], ['mobile'], ['mobile', 'villageCode']]
      const items = (asks[pick % asks.length] ?? []).map((name) => ({
        kind: 'field',
        name,
        reason: '再对一遍',
      }))
      return [
        `${door}/actions`,
        {
          version: stale,
          action,
          ...at,
          ...(['ask', 'refuse', 'ask-approval'].includes(kind) ? { reason: '写在这里的理由' } : {}),
          ...(kind === 'ask' ? { items } : {}),
          ...(kind === 'ask-approval' ? { for: 'request-correction' } : {}),
          ...(kind === 'deliver' ? { method: 'electronic' } : {}),
        },
      ]
    }
  }
}

const start = fc.record({
  itemId: fc.constantFrom(...ITEMS),
  filer: fc.constantFrom<Name>('owner', 'filer', 'stranger', 'wang-lixin', 'zhao-min', 'agent', 'limited'),
  applicant: fc.constantFrom<Name>('owner', 'owner', 'other', 'zhao-min', 'sun-zhiyuan'),
  relative: fc.constantFrom<Name | null>(null, null, 'sun-zhiyuan', 'zhao-min'),
  typed: fc.boolean(),
  seed: fc.nat(1000),
})
const step = fc.record({
  /** Of all kinds, in one of eight; else of those that the state may allow. */
  any: fc.nat(7),
  kind: fc.nat(9999),
  /** One of those who could, or anybody. */
  likely: fc.integer({ min: 0, max: 9 }),
  pick: fc.nat(9999),
})
export const sequence = [start, fc.array(step, { minLength: 6, maxLength: 16 })] as const

export type Start = typeof start extends fc.Arbitrary<infer T> ? T : never

/** Whether the state of the case may allow it: of acts drawn blindly three in four are refused, and nothing moves. */
function fits({ state }: CaseRow, model: Model, kind: Kind): boolean {
  const action = ACTIONS[kind]
  switch (kind) {
    case 'supplement':
      return state.status === 'correcting'
    case 'add':
    case 'withdraw':
      return state.decision === null && !ENDED[state.status]
    case 'takeover':
      return model.taken === null
    case 'confirm':
      return !state.identityConfirmed
    case 'rate':
    case 'again':
      return ENDED[state.status]
    case 'undo':
      return model.last?.kind === 'verify'
    // 即办件 of one pool: of these the booked visit alone.
    case 'settle':
      return (
        model.itemId === 'LX-052' &&
        state.steps.some(({ key, status }) => key === 'accept' && status === 'open')
      )
    case 'look':
    case 'ask-approval':
      return true
    default: {
      const { steps } = itemOf(model.itemId)
      const open = state.steps.filter(({ status }) => status === 'open').map(({ key }) => key)
      return steps.some(({ key, actions }) => open.includes(key) && actions.some((each) => each === action))
    }
  }
}

export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
/** The next act: mostly one that may succeed, and a withdrawal seldom, else few cases would come to a decision. */
export function kindOf(row: CaseRow, model: Model, { any, kind, pick }: Step): Kind {
  if (any === 0) return KINDS[kind % KINDS.length] ?? 'look'
  const likely = KINDS.filter((each) => fits(row, model, each) && (each !== 'withdraw' || pick % 6 === 0))
  return likely[kind % likely.length] ?? 'look'
}
