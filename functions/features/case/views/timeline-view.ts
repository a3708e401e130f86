import type { CaseView } from '#shared/contract/case'
import { CASE_EVENT_LABELS, STEP_ACTION_LABELS } from '#shared/contract/case.labels'
import { type CaseEventType, deliveryWords } from '#shared/domain/case/events'
import { FAMILY_GOES_ON } from '#shared/domain/case/family'
import type { ApprovalKind } from '#shared/domain/case/state'
import type { EventRow } from '../queries'
import { changeNote } from './change-note'
import { remedyText } from './decision-drafts'
import { type Subject, textOf, unitName } from './subject'

function whoOf(subject: Subject, event: EventRow): string {
  const { reference, principal } = subject
  const [kind, id = ''] = event.actor.split(':')
  if (kind === 'profile') return id === principal.profileId ? '你' : applicantWords(subject, id)
  if (kind === 'system') return '到期自动办理'
  const payload = JSON.parse(event.payload) as { unitId?: string }
  const unit = payload.unitId === undefined ? '' : unitName(reference, payload.unitId)
  return [unit, reference.staffName(id)].filter(Boolean).join(' ')
}

/** Whoever filed for somebody is not them; before it was taken over they are who acts. */
function applicantWords({ caseRow, content, viewer, owns, state }: Subject, profileId: string) {
  const isFirm = state.applicant?.kind === 'firm'
  if (caseRow.owners.includes(profileId)) {
    if (viewer === 'staff') return '申请人'
    return isFirm ? `这家企业的${owns ? '另一位' : ''}经办人` : '本人'
  }
  const helps = (isFirm || profileId === caseRow.filedBy) && (content.agent || caseRow.owners.length > 0)
  return helps ? '帮办的人' : '申请人'
}

const INTERNAL: readonly CaseEventType[] = [
  'assigned',
  'handed-over',
  'visit-recorded',
  'returned',
  'dates-filled',
  'approval-requested',
  'approval-rejected',
]

/** What happened, newest first; the applicant does not see what is internal. */
export function timelineOf(subject: Subject): CaseView['timeline'] {
  const { read, viewer, item } = subject
  return read.events
    .filter((event) => viewer === 'staff' || !INTERNAL.includes(event.type as CaseEventType))
    .map((event) => {
      const payload = JSON.parse(event.payload) as {
        stepKey?: string
        reasonDigest?: string
        unitId?: string
        bySilence?: boolean
        outcome?: string
        method?: string
        for?: ApprovalKind
        cause?: string
      }
      const step =
        payload.stepKey === undefined ? undefined : item.steps.find(({ key }) => key === payload.stepKey)
      return {
        id: event.id,
        type: event.type,
        title: eventTitle(event.type as CaseEventType, payload, step?.name),
        who: whoOf(subject, event),
        at: event.at,
        note: changeNote(subject, event) ?? noteOf(subject, event.type as CaseEventType, payload),
      }
    })
    .reverse()
}

/** What happened otherwise than usual. */
function specialTitle(type: CaseEventType, { bySilence, by, outcome, cause }: TitlePayload) {
  if (type === 'accepted' && bySilence) return '到期没答复，视为受理'
  if (type === 'identity-confirmed' && by === 'wechat') return '微信核过身份'
  if (type === 'identity-confirmed' && by === 'power') return '有这家单位的委托'
  if (type === 'verified' && outcome === 'failed') return '村里核实：情况不符'
  if (type === 'terminated' && cause === 'deceased') return '申请人不在了，停办了'
  return undefined
}

interface TitlePayload {
  readonly bySilence?: boolean
  readonly outcome?: string
  readonly by?: string
  readonly method?: string
  readonly for?: ApprovalKind
  readonly cause?: string
}

function eventTitle(type: CaseEventType, payload: TitlePayload, stepName: string | undefined) {
  const special = specialTitle(type, payload)
  if (special !== undefined) return special
  if (isAboutApproval(type) && payload.for)
    return `${CASE_EVENT_LABELS[type]}：${STEP_ACTION_LABELS[payload.for]}`
  const delivered = type === 'delivered' ? deliveryWords(payload.method ?? null) : null
  if (delivered !== null) return `${CASE_EVENT_LABELS[type]}：${delivered}`
  if (type === 'examined' && stepName)
    return `${stepName}${payload.outcome === 'failed' ? '：不同意' : '好了'}`
  return CASE_EVENT_LABELS[type]
}

const isAboutApproval = (type: CaseEventType) => type === 'approval-requested' || type === 'approval-rejected'

const SHOWN_TO_APPLICANT: readonly CaseEventType[] = [
  'declined',
  'correction-requested',
  'refused',
  'clock-suspended',
  'limit-extended',
  'transferred',
  'rectification-required',
]

function noteOf(
  subject: Subject,
  type: CaseEventType,
  { reasonDigest: digest, unitId, cause }: { reasonDigest?: string; unitId?: string; cause?: string },
): string | null {
  if (cause === 'deceased') return FAMILY_GOES_ON
  if (!digest || (subject.viewer === 'applicant' && !SHOWN_TO_APPLICANT.includes(type))) return null
  const reason = textOf(subject, digest)
  // Not to accept is a decision too, and tells what one may do against it.
  const remedy = type === 'declined' ? remedyText(subject, organIdOf(subject, unitId)) : null
  return reason === null || remedy === null ? reason : `${reason.replace(/[。；，,.]$/, '')}。${remedy}`
}

/** A village is no organ. */
const organIdOf = ({ reference, state }: Subject, unitId = state.organUnitId) =>
  reference.units.get(unitId)?.kind === 'village' ? state.where.departmentId : unitId
