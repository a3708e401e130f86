import type { PlainDate } from '../../kernel/plain-date'
import type { DeliveryMethod } from '../../service-item/delivery-methods'
import type { ServiceItem, StepAction } from '../../service-item/item'
import type { WordedItem } from '../correction/asked'
import type { NoticeWords, Place, TerminationCause } from '../events'
import { joinsDecisions } from '../parallel/share-decisions'
import type { CaseState, CorrectionItem, StepPart, StepTarget } from '../state'
import { countFindings, type VisitWritten } from '../visit/visit-record'
import type { ApprovalKind } from './approval-state'
import type { SpecialProcedure } from './special-procedures'

/** Actions that only a stated reason makes valid. */
const REASON_REQUIRED = {
  verify: false,
  return: true,
  accept: false,
  'draft-correction': false,
  'draft-nothing': false,
  'return-draft': true,
  'request-correction': true,
  decline: true,
  transfer: true,
  assign: false,
  pass: false,
  fail: true,
  convene: false,
  'record-visit': false,
  'sign-visit': false,
  'require-rectification': true,
  suspend: true,
  resume: false,
  extend: true,
  'promise-anew': true,
  'publish-notice': false,
  'close-notice': false,
  'record-objection': true,
  grant: false,
  refuse: true,
  pay: false,
  conclude: false,
  deliver: false,
  'request-approval': true,
  'reject-approval': true,
  terminate: false,
  settle: false,
} as const satisfies Record<StepAction, boolean>

/** What two officers signed of a site says 不符合 of a point. */
const isFoundWanting = ({ visit }: Pick<StepPart, 'visit'>) =>
  visit !== undefined && countFindings(visit.findings, 'no') > 0

/**
 * Whether an act is valid only with a reason: whoever grants what a step before or a visit found otherwise, or passes such a visit, says why too, but for who only joins what others have decided.
 */
export const isReasonRequired = (
  item: Pick<ServiceItem, 'steps'>,
  state: Pick<CaseState, 'steps'>,
  action: StepAction,
  at?: StepTarget,
) =>
  REASON_REQUIRED[action] ||
  (action === 'grant' &&
    !joinsDecisions(item) &&
    state.steps.some(({ parts }) =>
      parts.some((part) => part.outcome === 'failed' || isFoundWanting(part)),
    )) ||
  (action === 'pass' &&
    at !== undefined &&
    state.steps.some(
      ({ key, parts }) =>
        key === at.stepKey && parts.some((part) => part.unitId === at.unitId && isFoundWanting(part)),
    ))

type Reasoned = {
  [Action in StepAction]: (typeof REASON_REQUIRED)[Action] extends true ? Action : never
}[StepAction]

interface Free<Action extends Exclude<StepAction, Reasoned>> extends StepTarget {
  readonly action: Action
  readonly reasonDigest: string | null
}
interface WithReason<Action extends Reasoned> extends StepTarget {
  readonly action: Action
  readonly reasonDigest: string
}

type Plain =
  | 'verify'
  | 'accept'
  | 'draft-nothing'
  | 'pass'
  | 'convene'
  | 'resume'
  | 'close-notice'
  | 'conclude'

/** What a member of staff does at a step. Texts are sealed elsewhere; here stand their digests. */
export type StepCommand =
  | Free<Plain>
  | WithReason<'decline' | 'fail' | 'extend'>
  /** `isFallenReason`: it says why it was refused before, and that fell */
  | (WithReason<'refuse'> & { readonly isFallenReason?: boolean })
  /** `amount`: in 分, where it is asked (`amountAsked`) */
  | (Free<'grant'> & { readonly amount?: number | undefined })
  /** `tells`: answers that the notice prints in these words */
  | (Free<'publish-notice'> & { readonly tells?: readonly NoticeWords[] | undefined })
  /** `raisedOn`: today when absent */
  | (WithReason<'record-objection'> & {
      readonly raisedOn?: PlainDate | undefined
      /** One that was typed on the public page; missing where it was said or written. */
      readonly objectionId?: string | undefined
    })
  | (Free<'draft-correction'> & { readonly items: readonly CorrectionItem[] })
  /** `toUnitId`: the department whose draft it is */
  | (WithReason<'return-draft'> & { readonly toUnitId: string })
  | (WithReason<'request-correction'> & { readonly items: readonly WordedItem[] })
  /** `toStepKey`: the step before when absent */
  | (WithReason<'return'> & { readonly toStepKey?: string | undefined })
  | (WithReason<'transfer'> & {
      /** A unit that the registry knows to hold the same role */
      readonly toUnitId: string
      /** At the accepting step: the place that the whole case moves to */
      readonly moved: Place | null
    })
  | (Free<'assign'> & { readonly staffId: string })
  /** `officerIds`: two or more */
  | (Free<'record-visit'> & {
      readonly officerIds: readonly string[]
      readonly record: VisitWritten
      /** The last paper of this site; missing where there is none. */
      readonly paperId?: string | undefined
      /** Why what all had signed is written anew. */
      readonly whyAnewDigest?: string | undefined
    })
  /** `recordDigest`: of the record that was read */
  | (Free<'sign-visit'> & { readonly recordDigest: string })
  | (WithReason<'require-rectification'> & { readonly recheckOn: PlainDate })
  /** `newDueOn`: of the days that `newDays` offers */
  | (WithReason<'promise-anew'> & { readonly newDueOn: PlainDate })
  /** `expectedDays`: days of the calendar, as the applicant reads them */
  | (WithReason<'suspend'> & { readonly basis: SpecialProcedure; readonly expectedDays: number })
  | (Free<'pay'> & { readonly paidOn: PlainDate })
  | (Free<'deliver'> & { readonly method: DeliveryMethod })
  /** With a reason where it goes another way than was chosen */
  | (Free<'settle'> & {
      /** Null where nothing is handed over yet. */
      readonly method: DeliveryMethod | null
      /** As in `grant` */
      readonly amount?: number | undefined
    })
  | (Free<'terminate'> & { readonly cause: TerminationCause })
  /** `for`: the only one possible when absent */
  | (WithReason<'request-approval' | 'reject-approval'> & { readonly for?: ApprovalKind | undefined })

/** The command of one action, or of several. */
export type CommandOf<Action extends StepAction> = Extract<StepCommand, { readonly action: Action }>
