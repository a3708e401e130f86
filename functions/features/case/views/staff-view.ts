import type { CaseView } from '#shared/contract/case'
import { actionLabel } from '#shared/contract/case.labels'
import { applicantFieldsOf, overlappingPeriods } from '#shared/domain/application/item-answers'
import { newDays } from '#shared/domain/case/clock/broken-promise'
import type { CaseContext } from '#shared/domain/case/context'
import { fixedIdentityKeys } from '#shared/domain/case/correction/brought'
import { isAskedAgain } from '#shared/domain/case/correction/notices-given'
import { handedOverMethods } from '#shared/domain/case/delivery/delivery-choice'
import { handedOverBy } from '#shared/domain/case/delivery/settle'
import type { CaseEventType } from '#shared/domain/case/events'
import { outcomeOf } from '#shared/domain/case/outcome/outcome'
import { joinsDecisions } from '#shared/domain/case/parallel/share-decisions'
import { amountAsked, usualRange } from '#shared/domain/case/result/payout'
import { stepOf } from '#shared/domain/case/route'
import { openParts, type StepTarget } from '#shared/domain/case/state'
import { allowedActions, approvalChoices } from '#shared/domain/case/step/actions'
import { APPROVAL_LABELS, type Approval, type ApprovalKind } from '#shared/domain/case/step/approval-state'
import { lapsedBecause, lapsedWords, openApprovals } from '#shared/domain/case/step/approvals'
import { leadersOfCase, ledShare } from '#shared/domain/case/step/leading'
import { returnTargets } from '#shared/domain/case/step/return-targets'
import { isReasonRequired } from '#shared/domain/case/step/step-command'
import { isFailedCheck } from '#shared/domain/case/visit/check'
import { isBarred } from '#shared/domain/case/whose/barred'
import { isDisowned, isUnnamed } from '#shared/domain/case/whose/identity'
import { mayConfirmIdentity } from '#shared/domain/case/whose/identity-check'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { organName, unitName } from '#shared/domain/organization/registry'
import { capacityWarning } from '#shared/domain/service-item/capacity'
import type { ServiceItem, StepAction } from '#shared/domain/service-item/item'
import { stepLimit } from '#shared/domain/service-item/step-limit'
import { plainStepName } from '#shared/domain/service-item/step-name'
import { isPowerEnded } from '../current-state'
import { membersOf } from '../lists/members'
import { signingText } from '../lists/signers'
import { holdersAt } from '../lists/tasks'
import { mayGoElsewhere, transferTargets } from '../lists/transfer-targets'
import { type Claim, identityBy, itemOf, sightOf, staffContext } from '../standing'
import { openContent } from '../texts'
import { longStopsOf, warningsOf } from './act-warnings'
import { approverWords } from './approval-title'
import { newFilesOf, proofsOf, supplementOf } from './brought-view'
import { changeIn, changeNote } from './change-note'
import { clocksOf } from './clocks-view'
import { correctionDrafts } from './correction-drafts'
import { decisionDrafts } from './decision-drafts'
import { departmentDrafts } from './department-drafts'
import { correctionChoices } from './looks-view'
import { noticeDrafts } from './notice-drafts'
import { organAwaited, refusalsOf } from './refusals'
import { afterDecisionOf } from './revocation-view'
import { settlePapers } from './settle-papers'
import { reasonIn, type Subject, textOf } from './subject'
import { whoOf } from './timeline-view'
import { visitsOf } from './visits-view'

/** What staff see besides: what they may do now, the clocks, the steps. */
export function staffOf(subject: Subject, { standsIn }: Pick<Claim, 'standsIn'>): CaseView['staff'] {
  const { viewer, item, state, reference, principal, caseRow, read, now } = subject
  if (viewer !== 'staff') return null
  const context = staffContext(caseRow, read.tasks, principal, reference, now)
  const allowed = allowedActions(item, state, context).filter(
    (each) => each.action !== 'transfer' || mayGoElsewhere(reference, state, item, each),
  )
  const [first] = openParts(state)
  const applicantKind = state.applicant?.kind ?? 'person'
  const disowned = isDisowned(state)
  const labelled = {
    corrections: { length: Number(isAskedAgain(state)) },
    disowned: disowned ? applicantKind : null,
    joins: joinsDecisions(item),
  }
  const open = { stepKey: first?.step.key ?? '', unitId: first?.part.unitId ?? state.organUnitId }
  // Several steps may be open, and an act belongs to the one that allows it.
  const targetOf = (...actions: readonly StepAction[]) =>
    allowed.find(({ action }) => actions.includes(action)) ?? allowed[0] ?? open
  const transferFrom = targetOf('transfer')
  // Asking for them would be refused.
  const fixed = fixedIdentityKeys(item, state)
  const warnings = warningsOf(subject, allowed)
  const asked = amountAsked(item, subject.content.answers)
  const range = usualRange(item)
  const usual = range ? { amountUsual: range } : {}
  return {
    allowed: allowed.map(({ action, stepKey, unitId: unit }) => ({
      action,
      label: action === 'fail' && looksAtFacts(item, stepKey) ? NOT_AS_SAID : actionLabel(action, labelled),
      stepKey,
      stepName: plainStepName(stepOf(item, stepKey).name),
      unitId: unit,
      unitName: unitName(reference, unit),
      shortName: organName(reference, unit),
      reasonRequired: isReasonRequired(item, state, action, { stepKey, unitId: unit }),
      ...(asked && (action === 'grant' || action === 'settle') ? { amountAsked: asked, ...usual } : {}),
      ...longStopsOf(subject, { action, stepKey, unitId: unit }),
      warning: warnings(action),
    })),
    afterDecision: afterDecisionOf(subject, context),
    standsIn,
    mayConfirmIdentity: mayConfirmIdentity(item, state, context.actor),
    otherFirmName: state.identityConfirmed ? null : caseRow.otherFirmName,
    applicantUnnamed: isUnnamed(item, state),
    capacityWarning: youngApplicant(subject),
    disowned,
    endedBy: endedBy(subject),
    identityBy: identityBy(caseRow, subject.content),
    powerEnded: isPowerEnded(caseRow),
    declared: declaredOf(subject),
    ...recordedOf(subject),
    clocks: clocksOf(subject),
    steps: state.steps.map((run) => ({
      key: run.key,
      name: stepOf(item, run.key).name,
      kind: stepOf(item, run.key).kind,
      status: run.status,
      limitText: stepLimit(stepOf(item, run.key)),
      followUp: stepOf(item, run.key).followUp,
      doneOn: run.doneAt === null ? null : dayIn(run.doneAt),
      parts: run.parts.map((part) => ({
        unitName: unitName(reference, part.unitId),
        status: part.status,
        outcome: part.outcome,
        assigneeName: part.assigneeId === null ? null : (reference.staff.get(part.assigneeId)?.name ?? null),
        signingText: signingText({ ...caseRow, item, state, reference, now }, read.tasks, run, part),
      })),
    })),
    ...duplicatesOf(subject),
    returnTargets: returnTargets(item, state, targetOf('return').stepKey).map((key) => ({
      stepKey: key,
      name: plainStepName(stepOf(item, key).name),
    })),
    transferTargets: allowed.some(({ action }) => action === 'transfer')
      ? transferTargets(reference, state, item, transferFrom.stepKey, transferFrom.unitId)
      : [],
    visits: [...visitsOf(subject, allowed)],
    colleagues: colleaguesOf(subject, targetOf('assign', 'record-visit').unitId),
    assignees: allowed
      .filter(({ action }) => action === 'assign')
      .flatMap(({ stepKey, unitId }) =>
        holdersAt(reference, caseRow, read.tasks, { stepKey, unitId }).map(({ id, name }) => ({
          stepKey,
          unitId,
          staffId: id,
          name,
        })),
      ),
    deliveryMethods: [...handedOverMethods(item, state, context.isReached)],
    handsOverBy: handedOverBy(item, state, context.isReached),
    decisionDrafts: decisionDrafts(subject, allowed),
    settlePapers: settlePapers(subject, allowed),
    correctionDrafts: correctionDrafts(subject, allowed),
    oftenMissed: isAskedAgain(state) ? [] : [...read.oftenMissed],
    departmentDrafts: departmentDrafts(subject),
    organsAwaited: organAwaited(subject, context),
    refusals: refusalsOf(subject, allowed),
    noticeDrafts: noticeDrafts(subject, allowed),
    newDays: allowed.some(({ action }) => action === 'promise-anew')
      ? [...newDays(item, state, context)]
      : [],
    approvalChoices: allowed
      .filter(({ action }) => action === 'request-approval')
      .flatMap((target) => choicesOf(subject, target, context)),
    approvals: approvalsOf(subject),
    changedSince: changedSince(subject),
    supplement: supplementOf(subject),
    newFiles: newFilesOf(subject),
    proofs: proofsOf(subject),
    checkFailed: checkFailed(subject),
    extensionDays: item.statutory?.extension?.days ?? null,
    correctionChoices: correctionChoices(subject, allowed, fixed),
  }
}

/** Where no department may: whoever has accepted it. */
const endedBy = ({ item, state, reference }: Subject) =>
  ledShare(item, state) &&
  leadersOfCase(item, state)
    .map(({ unitId }) => organName(reference, unitId))
    .join('、')

/** Until it is decided. */
function youngApplicant({ item, state, content, now }: Subject) {
  if (state.decision !== null || state.endedAt !== null) return null
  const { number } = applicantFieldsOf(item)
  return capacityWarning(
    item,
    number === null ? content.applicantNumber : content.answers[number],
    dayIn(now),
  )
}

/** Relatives among the staff, as the applicant named them. */
const declaredOf = ({ content, reference }: Subject) =>
  (content.relation ?? []).map(({ staffId, kind }) => ({ name: reference.staffName(staffId) ?? '', kind }))

/** How it came in, as it was recorded when it was filed. */
function recordedOf({ state, reference }: Subject) {
  const { channel, src, assisted, enteredBy, enteredAt } = state
  const entered = enteredBy !== null && {
    name: reference.staffName(enteredBy) ?? '',
    unit: enteredAt === null ? '' : unitName(reference, enteredAt),
  }
  return { channel, src, assisted, enteredBy: entered || null }
}

/** 县民政局部门审批, 县民政局王五（代李四）: who is asked, by the units in which they approve, and who stands in by their name. */
const askedOf = ({ reference }: Subject, approvers: Approval['approvers']) =>
  approvers.map((each) => unitName(reference, each.unitId) + approverWords(reference, each)).join('、')

const choicesOf = (subject: Subject, { stepKey, unitId }: StepTarget, context: CaseContext) =>
  approvalChoices(subject.item, subject.state, { stepKey, unitId }, context).map((kind) => ({
    stepKey,
    unitId,
    for: kind,
    label: APPROVAL_LABELS[kind],
    askedOf: askedOf(subject, context.approversOf(kind, unitId)),
  }))

function approvalsOf(subject: Subject) {
  const { state, reference } = subject
  const open = openApprovals(state)
  return state.approvals
    .map((asked) => ({
      stepKey: asked.stepKey,
      unitId: asked.unitId,
      for: asked.for,
      label: APPROVAL_LABELS[asked.for],
      askedOn: dayIn(asked.askedAt),
      askedBy: (asked.askedBy !== null && reference.staffName(asked.askedBy)) || '',
      askedOf: askedOf(subject, asked.approvers),
      reason: textOf(subject, asked.reasonDigest) ?? '',
      answer: answerTo(subject, asked),
      stateText: stateText(subject, asked, open.includes(asked)),
      open: open.includes(asked),
    }))
    .reverse()
}

const ANSWERED_BY = {
  extend: 'limit-extended',
  'request-correction': 'correction-requested',
  suspend: 'clock-suspended',
} as const satisfies Record<ApprovalKind, CaseEventType>

/** What was done as asked, or the refusal, of which every member of staff who sees the case reads who and why. */
function answerTo(subject: Subject, asked: Approval) {
  const { answeredAt, granted, stepKey, unitId } = asked
  if (answeredAt === null) return null
  const type = granted === true ? ANSWERED_BY[asked.for] : 'approval-rejected'
  const event = subject.read.events.find(
    (each) =>
      each.type === type && each.at === answeredAt && each.stepKey === stepKey && each.unitId === unitId,
  )
  if (!event) return null
  return { by: whoOf(subject, event), on: dayIn(answeredAt), reason: textOf(subject, reasonIn(event)) }
}

/** A village judges nothing, and not to pass has no meaning once it is granted: either says what is so. */
const NOT_AS_SAID = '情况不符'
function looksAtFacts(item: ServiceItem, stepKey: string) {
  const { kind, followUp } = stepOf(item, stepKey)
  return kind === 'verify' || followUp
}

function checkFailed(subject: Subject) {
  const { read, item } = subject
  const event = read.events.findLast((each) => isFailedCheck(item, each))
  if (!event) return null
  return { on: dayIn(event.at), by: whoOf(subject, event), reason: textOf(subject, reasonIn(event)) ?? '' }
}

/** Until it is decided: who decides sees what was brought to a case that had been accepted. */
function changedSince(subject: Subject) {
  const { state, read } = subject
  const accepted = read.events.findLastIndex(({ type }) => type === 'accepted')
  if (accepted < 0 || state.decision !== null) return []
  return read.events.flatMap((event, at) => {
    if (at <= accepted) return []
    const note = changeNote(subject, event)
    const change = changeIn(event)
    if (note === null || change === null) return []
    const [fields, papers] = [[...change.fields], [...change.papers]]
    return [{ at: event.at, who: whoOf(subject, event), note, fields, papers }]
  })
}

/** Before a job has written it nobody has been told. */
function nobodyText(events: Subject['read']['events'], { stepKey, unitId, for: kind }: Approval) {
  const last = events.findLast(
    (event) =>
      event.type === 'approvers-changed' &&
      event.stepKey === stepKey &&
      event.unitId === unitId &&
      event.for === kind,
  )
  return last?.type === 'approvers-changed' && last.nobody ? '没有人能批，请管理员安排了' : '没有人能批'
}

function stateText({ state, read }: Subject, asked: Approval, isOpen: boolean) {
  if (asked.granted !== null) return asked.granted ? '同意了' : '没同意'
  if (isOpen) return asked.nobody ? nobodyText(read.events, asked) : '等着批'
  const isTooLate = read.events.some(
    ({ type, at }) => type === 'approval-lapsed' && at === asked.answeredAt && asked.for === 'extend',
  )
  return `没等到批，${lapsedWords(lapsedBecause(state, asked, isTooLate), state)}`
}

/**
 * Other cases of the same person and item, or of the same key; of those for other periods the ones that overlap, which
 * the note says. Those that the viewer may not see are counted.
 */
function duplicatesOf({ read, reference, principal, cipher, item, caseRow, content, now }: Subject) {
  const found = read.duplicates.flatMap((other) => {
    const { id, state, duplicateIndex } = other.caseRow
    const isSame = duplicateIndex !== null && duplicateIndex === caseRow.duplicateIndex
    if (isSame) return [{ ...other, note: null }]
    const { answers } = openContent(cipher, id, other.texts, state.answersDigest)
    const labels = overlappingPeriods(item, content.answers, answers)
    if (labels === null) return []
    return [{ ...other, note: labels.length === 0 ? null : `${labels.join('、')}有重叠` }]
  })
  const seen = found.filter((other) => sightOf(itemOf(reference, other.caseRow), other, principal) !== null)
  return {
    duplicates: seen.map(({ caseRow, note }) => ({
      id: caseRow.id,
      caseNumber: caseRow.caseNumber,
      outcome: outcomeOf(itemOf(reference, caseRow), caseRow.state, {
        calendar: reference.calendar,
        documents: caseRow.documents,
        today: dayIn(now),
        reader: 'staff',
      }),
      note,
    })),
    hiddenDuplicates: found.length - seen.length,
  }
}

/** Who may go along to a site or take a task: everybody with a role in the unit who is not barred. */
const colleaguesOf = ({ reference, caseRow }: Subject, unitId: string) =>
  [...membersOf(reference, unitId)]
    .filter(([id]) => !isBarred(caseRow, id))
    .map(([staffId, name]) => ({ staffId, name }))
