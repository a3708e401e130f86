import { exhaustive } from '../kernel/exhaustive'
import type { Instant } from '../kernel/plain-date'
import { fail, ok, type Result } from '../kernel/result'
import type { ServiceItem } from '../service-item/item'
import type { CaseContext, CaseError } from './context'
import { lookersOf } from './correction/draft-step'
import { type DeliveryCommand, decideDelivery } from './delivery/delivery'
import { type DeathCommand, decideDeath } from './delivery/record-death'
import type { CaseEvent, DerivedFacts, NewName } from './events'
import { decideAfter } from './revocation/after-decision'
import type { AfterDecisionCommand } from './revocation/after-decision-command'
import { type CaseState, type ConfirmedBy, type ContentChange, openCorrection, openParts } from './state'
import { decideStep } from './step/decide-step'
import { decideNudge } from './step/nudge'
import type { StepCommand } from './step/step-command'
import { type LastEvent, whyNotUndo } from './undo'
import { isWithdrawable, mayDisown, mayTakeOver, mayWithdraw } from './whose/applicant-acts'
import type { TickedBy } from './whose/commitment'
import { isLeftOutByOrgan, isUnnamed, namesNobody } from './whose/identity'
import { findCheckingPool } from './whose/identity-check'

/** Answers and papers as they stand with what was brought. */
interface Brought {
  readonly answersDigest: string
  readonly facts: DerivedFacts
  readonly change: ContentChange
  /** Who ticked 我保证 for them; missing where nobody did. */
  readonly tickedBy?: TickedBy
}

export type CaseCommand =
  | AfterDecisionCommand
  | DeliveryCommand
  | DeathCommand
  | ({ readonly type: 'act' } & StepCommand)
  | {
      readonly type: 'confirm-identity'
      /** The step that is open meanwhile. */
      readonly stepKey: string
      /** Who applies, where nobody had written it; of a firm the register's name, where another stood beside its code. */
      readonly named?: NewName
    }
  | ({
      readonly type: 'supplement'
      /** Staff whose own the case is until now, where it names somebody else from now on. */
      readonly staffIds?: readonly string[]
    } & Brought)
  | ({ readonly type: 'add' } & Brought)
  | {
      readonly type: 'take-over'
      /** How the owner is known to be the applicant. */
      readonly confirmedBy: ConfirmedBy | null
      /** The owner's own name, where another stood beside their number. */
      readonly named?: NewName
    }
  /** Whoever filed it, for whom it is, was confirmed under another name or number than it bears. */
  | ({ readonly type: 'name-applicant' } & NewName)
  | {
      readonly type: 'undo'
      readonly last: LastEvent | undefined
      /** The number of the event before it. */
      readonly to: number
      /** Its seconds are gone. */
      readonly isOver: boolean
    }
  /** `unitIds`: whose people it reaches. */
  | { readonly type: 'nudge'; readonly unitIds: readonly string[] }
  | { readonly type: 'withdraw'; readonly reasonDigest: string | null }
  | {
      readonly type: 'disown'
      /** Staff whose own the case is until now. */
      readonly staffIds: readonly string[]
    }

const lookedAtBy = (item: ServiceItem, state: CaseState) => {
  const lookers = lookersOf(item, state)
  return lookers.length > 0 ? { lookers } : {}
}

/** Decides what follows from a command; the events are not yet part of the case. */
export function decide(
  item: ServiceItem,
  state: CaseState,
  command: CaseCommand,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const at = context.now
  switch (command.type) {
    case 'act':
      return decideStep(item, state, command, context)
    case 'confirm-identity':
      return checked(item, state, command, context)
    case 'supplement':
      return maySupplement(state, context)
        ? ok([
            {
              type: 'supplemented',
              at,
              ...broughtBy(command),
              ...leaving(command),
              ...lookedAtBy(item, state),
            },
          ])
        : fail({ code: 'case.action-not-allowed' })
    case 'add':
      return context.actor.kind === 'applicant' && isWithdrawable(state) && !state.applicant?.disowned
        ? ok([{ type: 'added', at, ...broughtBy(command) }])
        : fail({ code: 'case.action-not-allowed' })
    case 'take-over':
      return mayTakeOver(state, context.actor)
        ? ok([
            { type: 'taken-over', at },
            ...(command.named ? [namedAt(item, state, command.named, at)] : []),
            ...confirmedWith(state, command.confirmedBy, at),
          ])
        : fail({ code: 'case.action-not-allowed' })
    case 'name-applicant':
      return namedAnew(item, state, command, at)
    case 'withdraw':
      return mayWithdraw(state, context.actor)
        ? ok([{ type: 'withdrawn', at, reasonDigest: command.reasonDigest }])
        : fail({ code: 'case.action-not-allowed' })
    case 'nudge':
      return decideNudge(item, state, command.unitIds, context)
    case 'undo':
      return undone(state, command, context)
    case 'disown':
      return mayDisown(state, context.actor)
        ? ok([{ type: 'disowned', at, staffIds: command.staffIds }])
        : fail({ code: 'case.action-not-allowed' })
    case 'correct-decision':
    case 'advise-revocation':
    case 'decline-advice':
    case 'propose-revocation':
    case 'record-statement':
    case 'speak':
    case 'revoke-decision':
    case 'keep-decision':
      return decideAfter(item, state, command, context)
    case 'choose-delivery':
    case 'post':
    case 'record-receipt':
    case 'record-return':
    case 'hand-over':
    case 'leave':
    case 'announce':
    case 'record-announced':
      return decideDelivery(item, state, command, context)
    case 'record-death':
    case 'withdraw-death-record':
      return decideDeath(item, state, command, context)
    default:
      return exhaustive(command)
  }
}

function undone(
  state: CaseState,
  { last, to, isOver }: Extract<CaseCommand, { type: 'undo' }>,
  { now: at, actor }: CaseContext,
): Result<CaseEvent[], CaseError> {
  const staffId = actor.kind === 'staff' ? (actor.staffId ?? null) : null
  const refusal = whyNotUndo(last, { staffId, isOver })
  if (refusal) return fail(refusal)
  const { stepKey, unitId } = { stepKey: '', unitId: state.organUnitId, ...last }
  return ok([{ type: 'undone', at, stepKey: stepKey ?? '', unitId: unitId ?? state.organUnitId, to }])
}

/** What names nobody any more is not brought back under the number that was disowned. */
const maySupplement = (state: CaseState, { actor }: CaseContext) =>
  actor.kind === 'applicant' && state.endedAt === null && openCorrection(state) && !state.applicant?.disowned

/** What is decided, confirmed or somebody's by a takeover stays under the name that it has. */
const isNamedAnew = (state: CaseState) =>
  isWithdrawable(state) &&
  !state.identityConfirmed &&
  state.takenOverAt === null &&
  state.applicant?.takenFrom === 'filer'

/** Where it named nobody until now, the application is complete with it. */
const namedAt = (item: ServiceItem, state: CaseState, named: NewName, at: Instant): CaseEvent => ({
  type: 'applicant-named',
  at,
  applicant: named.applicant,
  answersDigest: named.answersDigest,
  change: named.change,
  ...leaving(named),
  isReceipt: namesNobody(item, state) && !isLeftOutByOrgan(item, state),
})

/** Whoever has said that they have not applied is not written into it again. */
const wasDisownedBy = ({ disownments }: CaseState, { applicant: { numberIndex } }: NewName) =>
  numberIndex !== null && disownments.some((each) => each.numberIndex === numberIndex)

function namedAnew(
  item: ServiceItem,
  state: CaseState,
  named: NewName,
  at: Instant,
): Result<CaseEvent[], CaseError> {
  if (!isNamedAnew(state)) return fail({ code: 'case.action-not-allowed' })
  return wasDisownedBy(state, named)
    ? fail({ code: 'application.disowned' })
    : ok([namedAt(item, state, named, at)])
}

const leaving = ({ staffIds }: { readonly staffIds?: readonly string[] }) => (staffIds ? { staffIds } : {})

const broughtBy = ({ answersDigest, facts, change, tickedBy }: Brought) => ({
  answersDigest,
  ...facts,
  change,
  ...(tickedBy === undefined ? {} : { isCommitted: true as const, tickedBy }),
})

/** How the applicant of a case that was not confirmed yet is known from now on; nothing where there is nothing to confirm. */
export function confirmedWith(state: CaseState, by: ConfirmedBy | null, at: Instant): CaseEvent[] {
  if (by === null || state.identityConfirmed || !isWithdrawable(state)) return []
  const [open] = openParts(state)
  const { stepKey, unitId } = {
    stepKey: open?.step.key ?? '',
    unitId: open?.part.unitId ?? state.organUnitId,
  }
  return [{ type: 'identity-confirmed', by, at, stepKey, unitId }]
}

/** Said with what was filed under their number: who files is the applicant only where the form itself says so. */
const isOthersWish = ({ deliveryChoice, applicant }: CaseState) =>
  deliveryChoice?.by === 'filer' && applicant?.takenFrom !== 'filer'

function checked(
  item: ServiceItem,
  state: CaseState,
  { stepKey, named }: Extract<CaseCommand, { type: 'confirm-identity' }>,
  context: CaseContext,
): Result<CaseEvent[], CaseError> {
  const at = context.now
  const place = findCheckingPool(item, state, context.actor)
  const lacksName = isUnnamed(item, state)
  const isFirm = state.applicant?.kind === 'firm'
  if (!place || (named && !lacksName && !isFirm)) return fail({ code: 'case.action-not-allowed' })
  if (lacksName && !named) return fail({ code: 'case.applicant-unnamed' })
  if (named && wasDisownedBy(state, named)) return fail({ code: 'case.named-disowner' })
  return ok([
    ...(named ? [namedAt(item, state, named, at)] : []),
    {
      type: 'identity-confirmed',
      by: 'face-to-face',
      at,
      stepKey,
      unitId: place.unitId,
      ...(isOthersWish(state) ? { endsWish: true } : {}),
    },
  ])
}
