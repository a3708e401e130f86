import type { CaseView } from '#shared/contract/case'
import {
  CASE_EVENT_LABELS,
  CASE_STATUS_LABELS,
  STAFF_ROLE_LABELS,
  STEP_ACTION_LABELS,
} from '#shared/contract/case.labels'
import { SATISFACTION } from '#shared/contract/rating.labels'
import { describeAnswer, isSensitive } from '#shared/domain/application/describe-answer'
import {
  allowedActions,
  mayConfirmIdentity,
  mayWithdraw,
  REASON_REQUIRED,
  returnTargets,
} from '#shared/domain/case/actions'
import {
  acceptanceClock,
  correctionDue,
  dueOfCase,
  promisedClock,
  statutoryClock,
  stepClock,
} from '#shared/domain/case/clocks'
import type { CaseEventType } from '#shared/domain/case/events'
import { limitDaysOf, stepOf } from '#shared/domain/case/route'
import { type CaseState, openCorrection, openParts } from '#shared/domain/case/state'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import { findRemedy } from '#shared/domain/organization/deciding-unit'
import type { ServiceItem, StaffRole } from '#shared/domain/service-item/item'
import { dueOf, type LegalClock } from '#shared/domain/time-limit/clock'
import { type Light, lightOf } from '#shared/domain/time-limit/light'
import type { Principal } from '../../platform/http/principal'
import type { Cipher } from '../../platform/ports/cipher'
import type { Reference } from '../service-item'
import { currentState, staffContext, transferTargets } from './act-on-case'
import { answerLabels } from './answer-labels'
import { documentTitle } from './documents'
import { clockBecause, dueBecauseOf, explanationOf } from './due-view'
import type { CaseRow, EventRow, ReadCase } from './queries'
import { type FiledContent, openContent, openText } from './texts'

export interface ViewContext {
  readonly reference: Reference
  readonly cipher: Cipher
  readonly now: Instant
}

interface Subject extends ViewContext {
  readonly read: ReadCase
  readonly caseRow: CaseRow
  readonly item: ServiceItem
  readonly state: CaseState
  readonly content: FiledContent
  readonly principal: Principal
  readonly viewer: 'applicant' | 'staff'
}

const unitName = (reference: Reference, unitId: string) => reference.units.get(unitId)?.name ?? ''
const organName = (reference: Reference, unitId: string) => reference.units.get(unitId)?.shortName ?? ''

/** The light of the date that is shown. */
export function caseLight(
  item: ServiceItem,
  state: CaseState,
  { reference, now }: Pick<ViewContext, 'reference' | 'now'>,
): Light {
  const due = dueOfCase(item, state, reference.calendar)
  if (due.kind === 'waits-for') return { kind: 'paused', since: dayIn(state.filedAt) }
  const judged = state.promiseKeptAt ?? now
  return lightOf(due, item.promisedDays, dayIn(judged), reference.calendar)
}

/** 梅渚镇正在审核: where the case is, in one line. */
export function nowText(item: ServiceItem, state: CaseState, reference: Reference): string {
  if (state.endedAt !== null || state.decision !== null || state.status === 'correcting') {
    return CASE_STATUS_LABELS[state.status]
  }
  const [open] = openParts(state).filter(({ step }) => !stepOf(item, step.key).optional)
  if (!open) return CASE_STATUS_LABELS[state.status]
  const doing = {
    verify: '正在核实',
    accept: '收到了，准备受理',
    examine: '正在审核',
    inspect: '要到现场看',
    publicise: '正在公示',
    decide: '正在作决定',
    conclude: '正在办结',
  }[stepOf(item, open.step.key).kind]
  return `${organName(reference, open.part.unitId)}${doing}`
}

function whoOf({ reference, viewer }: Subject, event: EventRow): string {
  const [kind, id = ''] = event.actor.split(':')
  if (kind === 'profile') return viewer === 'applicant' ? '你' : '申请人'
  if (kind === 'system') return '到期自动办理'
  const payload = JSON.parse(event.payload) as { unitId?: string }
  const unit = payload.unitId === undefined ? '' : unitName(reference, payload.unitId)
  return [unit, reference.staff.get(id)?.name].filter(Boolean).join(' ')
}

const INTERNAL: readonly CaseEventType[] = ['assigned', 'visit-recorded', 'returned', 'dates-filled']

function timelineOf(subject: Subject): CaseView['timeline'] {
  const { read, viewer, item } = subject
  return read.events
    .filter((event) => viewer === 'staff' || !INTERNAL.includes(event.type as CaseEventType))
    .map((event) => {
      const payload = JSON.parse(event.payload) as {
        stepKey?: string
        reasonDigest?: string
        bySilence?: boolean
        outcome?: string
      }
      const step =
        payload.stepKey === undefined ? undefined : item.steps.find(({ key }) => key === payload.stepKey)
      return {
        id: event.id,
        type: event.type,
        title: eventTitle(event.type as CaseEventType, payload, step?.name),
        who: whoOf(subject, event),
        at: event.at,
        note: noteOf(subject, event.type as CaseEventType, payload.reasonDigest),
      }
    })
    .reverse()
}

function eventTitle(
  type: CaseEventType,
  payload: { bySilence?: boolean; outcome?: string; by?: string },
  stepName: string | undefined,
) {
  if (type === 'accepted' && payload.bySilence) return '到期没答复，视为受理'
  if (type === 'identity-confirmed' && payload.by === 'wechat') return '微信核过身份'
  if (type === 'verified' && payload.outcome === 'failed') return '村里核实：情况不符'
  if (type === 'examined' && stepName)
    return `${stepName}${payload.outcome === 'failed' ? '：不同意' : '好了'}`
  return CASE_EVENT_LABELS[type]
}

const SHOWN_TO_APPLICANT: readonly CaseEventType[] = [
  'declined',
  'correction-requested',
  'refused',
  'clock-suspended',
  'limit-extended',
  'transferred',
  'rectification-required',
]

function noteOf(subject: Subject, type: CaseEventType, digest: string | undefined): string | null {
  if (!digest || (subject.viewer === 'applicant' && !SHOWN_TO_APPLICANT.includes(type))) return null
  return textOf(subject, digest)
}

function textOf({ read, caseRow, cipher }: Subject, digest: string | null): string | null {
  const text = digest === null ? undefined : read.texts.find((each) => each.digest === digest)
  return text && text.kind !== 'answers' ? openText(cipher, caseRow.id, text) : null
}

function papersOf({ content, read, caseRow, cipher, item }: Subject): CaseView['papers'] {
  const uploads = new Map(read.uploads.map((upload) => [upload.id, upload]))
  return content.papers.map(({ name, state, files }) => ({
    name,
    state,
    source: item.materials.find((material) => material.name === name)?.source ?? '',
    files: files.flatMap((id) => {
      const upload = uploads.get(id)
      if (!upload) return []
      const url = `/api/cases/${caseRow.id}/files/${id}`
      return [
        {
          id,
          name: cipher.decrypt(upload.nameSealed, `uploads.${id}.name`),
          contentType: upload.contentType,
          url,
        },
      ]
    }),
  }))
}

function answersOf({ item, content, reference, viewer }: Subject): CaseView['answers'] {
  const labels = answerLabels(reference)
  return item.fields.flatMap((field) => {
    const answer = content.answers[field.key]
    if (answer === undefined) return []
    const sensitive = isSensitive(field)
    return [
      {
        key: field.key,
        label: field.label,
        text: describeAnswer(field, answer, labels, { unmasked: false }),
        sensitive: sensitive && viewer === 'staff',
      },
    ]
  })
}

function correctionOf(subject: Subject): CaseView['correction'] {
  const { state, item, reference, content, read } = subject
  const correction = openCorrection(state)
  if (!correction) return null
  const due = correctionDue(item, state, correction, reference.calendar)
  const fields = item.fields.filter((field) =>
    correction.items.some((each) => each.kind === 'field' && each.name === field.key),
  )
  const asked = read.events.filter((event) => event.type === 'correction-requested').at(-1)
  const payload = JSON.parse(asked?.payload ?? '{}') as { reasonDigest?: string }
  return {
    askedOn: dayIn(correction.askedAt),
    byUnit: unitName(reference, correction.unitId),
    dueOn: due.kind === 'on' ? due.on : null,
    dueBecause: clockBecause(due),
    consequence: correction.beforeAcceptance
      ? '到期没补会再提醒一次，再过 5 个工作日还没补，这件就先结束，填过的都留着，随时能再申请。'
      : '到期没补，就按现有的材料作决定。',
    reason: textOf(subject, payload.reasonDigest ?? null) ?? '',
    items: correction.items.map((each) => ({
      kind: each.kind,
      name: each.name,
      label:
        each.kind === 'material'
          ? each.name
          : (item.fields.find(({ key }) => key === each.name)?.label ?? each.name),
      reason: textOf(subject, each.reasonDigest) ?? '',
    })),
    fields,
    answers: Object.fromEntries(
      fields.flatMap(({ key }) => (content.answers[key] === undefined ? [] : [[key, content.answers[key]]])),
    ),
    documentNumber: read.documents.find((document) => document.id === asked?.id)?.documentNumber ?? null,
  }
}

/** 行政复议法、行政诉讼法: where and until when one may object, composed from data. */
function remedyText({ item, state, reference }: Subject): string | null {
  const unit = reference.units.get(state.organUnitId)
  const remedy = unit && findRemedy(item, unit)
  if (!remedy) return null
  return `不服这个决定，可以在收到后 60 日内向${remedy.reviewAuthority}申请行政复议，或者在 6 个月内向${remedy.court}起诉。`
}

function decisionOf(subject: Subject): CaseView['decision'] {
  const { state, item, reference, read } = subject
  const { decision } = state
  if (!decision) return null
  const organ = stepOf(item, decision.stepKey).decidedInNameOf ?? unitName(reference, state.organUnitId)
  const paper = read.documents.find(({ kind }) => ['grant', 'refuse', 'confirm', 'deny'].includes(kind))
  const granted = decision.kind === 'granted'
  return {
    kind: decision.kind,
    decidedOn: dayIn(decision.at),
    organName: organ,
    documentTitle: granted ? item.resultDocument.title : documentTitle(paper?.kind ?? 'deny', reference),
    documentNumber: paper?.documentNumber ?? null,
    reason: textOf(subject, decision.reasonDigest),
    remedy: granted ? null : remedyText(subject),
    howToGet: granted ? item.howToGet.text : '',
    validText:
      granted && item.resultDocument.validYears !== null ? `${item.resultDocument.validYears} 年` : null,
    deliveredBy: state.deliveredBy,
  }
}

function nextOf({ item, state, reference }: Subject): CaseView['next'] {
  const waiting = state.steps.find(
    (run) =>
      run.status === 'waiting' && !stepOf(item, run.key).followUp && !stepOf(item, run.key).onlyIfDisputed,
  )
  if (!waiting || state.endedAt !== null) return null
  const due = dueOfCase(item, state, reference.calendar)
  return {
    title: stepOf(item, waiting.key).name,
    who: waiting.parts.map((part) => unitName(reference, part.unitId)).join('、'),
    dueOn: due.kind === 'on' ? due.on : null,
  }
}

function shownClock(item: ServiceItem, state: CaseState, reference: Reference) {
  const due = dueOfCase(item, state, reference.calendar)
  if (due.kind !== 'on') return null
  return due.clock === 'promised'
    ? { clock: promisedClock(item, state), basis: `${item.name}公布的承诺时限 ${item.promisedDays} 个工作日` }
    : { clock: statutoryClock(item, state), basis: item.legalBasis[0]?.law ?? '' }
}

export function explanationFor(item: ServiceItem, state: CaseState, reference: Reference) {
  const shown = shownClock(item, state, reference)
  return shown?.clock ? explanationOf(shown.clock, reference.calendar, shown.basis) : null
}

type ClockView = NonNullable<CaseView['staff']>['clocks'][number]

function clockView(
  subject: Subject,
  kind: ClockView['kind'],
  label: string,
  clock: LegalClock | null,
  basis: string,
): ClockView[] {
  if (!clock) return []
  const due = dueOf(clock, subject.reference.calendar)
  return [
    {
      kind,
      label,
      dueOn: due.kind === 'on' ? due.on : null,
      dueBecause: clockBecause(due),
      light: lightOf(due, clock.days, dayIn(subject.now), subject.reference.calendar),
      explanation: explanationOf(clock, subject.reference.calendar, basis),
    },
  ]
}

function clocksOf(subject: Subject): ClockView[] {
  const { item, state } = subject
  const parts = openParts(state).flatMap(({ step, part }) =>
    clockView(
      subject,
      'step',
      stepOf(item, step.key).name,
      stepClock(item, state, step, part),
      `这一步 ${limitDaysOf(stepOf(item, step.key), part.unitId)} 个工作日`,
    ),
  )
  return [
    ...parts,
    ...clockView(subject, 'acceptance', '受理', acceptanceClock(item, state), '行政许可法 第三十二条'),
    ...clockView(subject, 'promised', '承诺', promisedClock(item, state), '县里公布的承诺时限'),
    ...clockView(subject, 'statutory', '法定', statutoryClock(item, state), item.legalBasis[0]?.law ?? ''),
  ]
}

function staffOf(subject: Subject): CaseView['staff'] {
  const { viewer, item, state, reference, principal, caseRow, read, now } = subject
  if (viewer !== 'staff') return null
  const context = staffContext(caseRow, read.tasks, principal, reference, now)
  const allowed = allowedActions(item, state, context)
  const [first] = openParts(state)
  const step = first?.step.key ?? ''
  const unitId = first?.part.unitId ?? state.organUnitId
  return {
    allowed: allowed.map(({ action, stepKey, unitId: unit }) => ({
      action,
      label: STEP_ACTION_LABELS[action],
      stepKey,
      stepName: stepOf(item, stepKey).name,
      unitId: unit,
      unitName: unitName(reference, unit),
      reasonRequired: REASON_REQUIRED[action],
    })),
    mayConfirmIdentity: mayConfirmIdentity(item, state, context.actor),
    clocks: clocksOf(subject),
    steps: state.steps.map((run) => ({
      key: run.key,
      name: stepOf(item, run.key).name,
      kind: stepOf(item, run.key).kind,
      status: run.status,
      parts: run.parts.map((part) => ({
        unitName: unitName(reference, part.unitId),
        status: part.status,
        outcome: part.outcome,
        assigneeName: part.assigneeId === null ? null : (reference.staff.get(part.assigneeId)?.name ?? null),
      })),
    })),
    duplicates: read.duplicates.map(({ id, caseNumber, status }) => ({
      id,
      caseNumber,
      statusText: CASE_STATUS_LABELS[status],
    })),
    returnTargets: returnTargets(item, state, step).map((key) => ({
      stepKey: key,
      name: stepOf(item, key).name,
    })),
    transferTargets: allowed.some(({ action }) => action === 'transfer')
      ? transferTargets(reference, state, item, step, unitId)
      : [],
    colleagues: colleaguesOf(subject, unitId),
    extensionDays: item.statutory?.extension?.days ?? null,
    correctionChoices: [
      ...item.materials
        .filter(({ kind }) => kind === 'upload')
        .map(({ name }) => ({ kind: 'material' as const, name, label: name })),
      ...item.fields.map(({ key, label }) => ({ kind: 'field' as const, name: key, label })),
    ],
  }
}

/** Who may go along to a site or take a task: everybody with a role in the unit. */
function colleaguesOf({ reference }: Subject, unitId: string) {
  const roles = Object.keys(STAFF_ROLE_LABELS) as StaffRole[]
  const members = new Map(
    roles.flatMap((role) =>
      reference.holders(role, unitId).map((member) => [member.id, member.name] as const),
    ),
  )
  return [...members].map(([staffId, name]) => ({ staffId, name }))
}

/** The case as the viewer may see it. */
export function viewCase(
  read: ReadCase,
  caseRow: CaseRow,
  principal: Principal,
  viewer: 'applicant' | 'staff',
  context: ViewContext,
): CaseView {
  const { reference, cipher } = context
  const item = reference.at(caseRow.serviceItemId, caseRow.itemVersion)
  const state = currentState(item, caseRow, context.now)
  const content = openContent(cipher, caseRow.id, read.texts, state.answersDigest)
  const subject: Subject = { ...context, read, caseRow, item, state, content, principal, viewer }
  const due = dueOfCase(item, state, reference.calendar)
  const filedByOther = viewer === 'applicant' && caseRow.filedBy !== principal.profileId
  const concluded = state.status === 'delivered' || state.status === 'concluded'
  return {
    id: caseRow.id,
    caseNumber: caseRow.caseNumber,
    serviceItemId: item.id,
    itemName: item.name,
    plainName: item.plainName,
    status: state.status,
    statusText: CASE_STATUS_LABELS[state.status],
    version: caseRow.version,
    viewer,
    applicantMasked: caseRow.applicantMasked,
    filedByOther,
    villageName: caseRow.villageCode === null ? null : unitName(reference, caseRow.villageCode),
    filedAt: caseRow.filedAt,
    dueOn: due.kind === 'on' ? due.on : null,
    dueBecause: dueBecauseOf(due, item),
    light: caseLight(item, state, context),
    explanation: explanationFor(item, state, reference),
    identityConfirmed: state.identityConfirmed,
    nowText: nowText(item, state, reference),
    next: nextOf(subject),
    timeline: timelineOf(subject),
    answers: answersOf(subject),
    papers: papersOf(subject),
    correction: correctionOf(subject),
    documents: read.documents.map((document) => ({
      id: document.id,
      kind: document.kind,
      title: documentTitle(document.kind, reference),
      documentNumber: document.documentNumber,
      organName: unitName(reference, document.unitId),
      issuedOn: dayIn(document.issuedAt as Instant),
    })),
    decision: decisionOf(subject),
    rating: read.rating === null ? null : { level: read.rating, text: ratingText(read.rating) },
    phone: reference.units.get(state.organUnitId)?.phone ?? null,
    mayWithdraw: viewer === 'applicant' && mayWithdraw(state),
    mayRate: viewer === 'applicant' && concluded && read.rating === null,
    staff: staffOf(subject),
  }
}

const ratingText = (level: number) => SATISFACTION[level as keyof typeof SATISFACTION]
