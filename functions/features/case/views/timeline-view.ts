import type { CaseView } from '#shared/contract/case'
import { CASE_EVENT_LABELS } from '#shared/contract/case.labels'
import { namedWords } from '#shared/domain/case/correction/brought'
import { draftedWords } from '#shared/domain/case/correction/draft-words'
import type { ServedPaper } from '#shared/domain/case/delivery/delivery-state'
import { handedOverWords, type ServedBy } from '#shared/domain/case/delivery/delivery-words'
import { isCertificateApart } from '#shared/domain/case/delivery/settle'
import type { CaseEventType, TerminationCause } from '#shared/domain/case/events'
import { askedWords, BY_SILENCE, OUTCOME_WORDS } from '#shared/domain/case/outcome/outcome-words'
import {
  joinsDecisions,
  ownDecision,
  partlyWords,
  tallyOf,
} from '#shared/domain/case/parallel/share-decisions'
import type { Revocation } from '#shared/domain/case/revocation/revocation-state'
import { TAKEN_BACK } from '#shared/domain/case/revocation/unheard'
import type { CorrectionItem } from '#shared/domain/case/state'
import { APPROVAL_LABELS, type ApprovalKind } from '#shared/domain/case/step/approval-state'
import { leadersOfCase } from '#shared/domain/case/step/leading'
import { CHECK_FAILED, isFailedCheck } from '#shared/domain/case/visit/check'
import {
  disownedTold,
  disownedWords,
  disowner,
  FORMER_DISOWNER,
  FORMERLY_TOLD,
} from '#shared/domain/case/whose/disowned'
import { isDisowned } from '#shared/domain/case/whose/identity'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { organName, unitName } from '#shared/domain/organization/registry'
import { plainStepName } from '#shared/domain/service-item/step-name'
import type { LoggedEvent } from '../queries'
import { isFiledForAnother } from '../standing'
import { approvalTitle, isAboutApproval, type Retold } from './approval-title'
import { servingTitle } from './delivery-notes'
import { noteOf } from './event-notes'
import { partTitle } from './lanes-view'
import { setAsideIn } from './set-aside-view'
import { isForEverybody } from './shown-to'
import type { Subject } from './subject'
import { isUnwanted } from './unwanted'

/** What the product does by itself because a day has come, and the same to whom it is for. */
const ON_TIME = '到期自动办理'
const DAY_CAME = '日子到了，自动记下'

/** And what it does for another reason: none of it fell due for anybody. */
const BY_ITSELF: { readonly [Type in CaseEventType]?: string } = {
  'correction-reminded': '自动提醒',
  'handed-over': '自动安排',
  'promise-broken': '自动记下',
  'stop-overran': '自动记下',
  'dates-filled': '自动补上',
  'dates-moved': '自动重算',
  'settlers-changed': '自动安排',
  'approvers-changed': '自动安排',
  'hearing-dated': '自动重算',
  'renewed-revoked': '自动记下',
}

/** Whoever takes a firm's case over has written nothing: the register's name came with it. */
const BY_REGISTER = '自动改正'
const isFirmNamed = ({ state }: Subject, { type }: LoggedEvent) =>
  type === 'applicant-named' && state.applicant?.kind === 'firm'

/** Who did it, as the reader knows them. */
export function whoOf(subject: Subject, event: LoggedEvent): string {
  const { reference, caseRow } = subject
  // Confirmed by WeChat or by a power, it is shown as the filer's, though a member of staff or a job wrote the event.
  const isOwn = event.type === 'identity-confirmed' && event.by !== 'face-to-face'
  const actor = isOwn && !event.actor.startsWith('profile:') ? `profile:${caseRow.filedBy}` : event.actor
  const [kind, id = ''] = actor.split(':')
  if (event.type === 'disowned') return isDisowned(subject.state) ? disowner(subject.state) : FORMER_DISOWNER
  if (kind === 'profile') return profileWords(subject, event, id)
  if (kind === 'system') return BY_ITSELF[event.type] ?? (subject.viewer === 'staff' ? ON_TIME : DAY_CAME)
  const at = unitOf(subject, checkOf(subject, event) ?? event)
  const unitId = !at || actsElsewhere(event) ? ownUnit(subject, id, at) : at
  const unit = unitId ? unitName(reference, unitId) : ''
  return [unit, reference.staffName(id)].filter(Boolean).join(' ')
}

/** What somebody typed for the applicant happened at no step, but at a counter. */
const unitOf = ({ state }: Subject, { type, unitId }: Told) =>
  unitId ?? (type === 'filed' ? state.enteredAt : null)

function profileWords(subject: Subject, event: LoggedEvent, id: string) {
  if (isFirmNamed(subject, event)) return BY_REGISTER
  return id === subject.principal.profileId ? '你' : applicantWords(subject, id)
}

/** The check of the identity by which somebody was named, of that event. */
const checkOf = ({ read }: Subject, { type, at }: LoggedEvent): Told | undefined =>
  type === 'applicant-named'
    ? read.events.find((each) => each.type === 'identity-confirmed' && each.at === at)
    : undefined

const ACTS_ELSEWHERE: ReadonlySet<CaseEventType> = new Set([
  'objection-recorded',
  'limit-extended',
  'clock-suspended',
  'approval-rejected',
  'terminated',
  'decision-corrected',
  'revocation-proposed',
  'revocation-advised',
  'advice-declined',
  'decision-revoked',
  'decision-kept',
])

/**
 * Whoever allows something, or says no, or ends a joint case, acts at a step that is not theirs; so does whoever takes an
 * objection where a village's notice says (ADR 0064).
 */
const actsElsewhere = ({ type, second }: Told) => ACTS_ELSEWHERE.has(type) || second === true

/** The unit of the step where they hold a role there, else the one that accepted, else one where they do. */
function ownUnit({ reference, item, state }: Subject, staffId: string, at: string | null | undefined) {
  const units = reference.rolesOf(staffId).map(({ unitId }) => unitId)
  const leading = leadersOfCase(item, state).map(({ unitId }) => unitId)
  return units.find((unitId) => unitId === at) ?? units.find((unitId) => leading.includes(unitId)) ?? units[0]
}

/** What the history calls an account on the applicant's side: 本人, 帮办的人 who filed for somebody else, or 申请人. */
function applicantWords({ caseRow, content, item, viewer, owns, state }: Subject, profileId: string) {
  const isFirm = state.applicant?.kind === 'firm'
  if (caseRow.owners.includes(profileId)) {
    if (viewer === 'staff') return '申请人'
    return isFirm ? `这家企业的${owns ? '另一位' : ''}经办人` : '本人'
  }
  // Whoever filed what was disowned keeps the word that they had.
  const isFiledFor = isFiledForAnother(caseRow, content) || state.disownments.length > 0
  const helps = isFirm ? isFiledFor || caseRow.owners.length > 0 : profileId === caseRow.filedBy && isFiledFor
  return helps ? helperWords({ item, content }) : '申请人'
}

/** What whoever helps is to the applicant, as they said it themselves. */
function relationIn({ item, content }: Pick<Subject, 'item' | 'content'>) {
  const asked = item.fields.find(({ prefill }) => prefill === 'family.relation')
  const relation = asked && content.answers[asked.key]
  return typeof relation === 'string' && relation !== '其他' ? relation : undefined
}

/** 帮办的人（子女） */
function helperWords(of: Pick<Subject, 'item' | 'content'>) {
  const relation = relationIn(of)
  return relation === undefined ? '帮办的人' : `帮办的人（${relation}）`
}

/**
 * Who filed it in a person's place: what they are to them, or whoever typed it for them; null where nobody did. To whoever
 * filed it it goes by what they said alone: that the number has another owner is told to nobody (ADR 0044).
 */
export function helpedBy(subject: Subject): CaseView['helpedBy'] {
  const { caseRow, content, state, read, principal } = subject
  const filed = read.events.find(({ type }) => type === 'filed')
  if (filed === undefined || state.applicant?.kind === 'firm') return null
  if (filed.actor.startsWith('staff:')) return { name: whoOf(subject, filed), isReader: false }
  const isReader = filed.actor === `profile:${principal.profileId}`
  const isHelped = isReader ? content.agent : isFiledForAnother(caseRow, content)
  return isHelped ? { name: relationIn(subject) ?? null, isReader } : null
}

/** The applicant did not file it: somebody did for them. */
const filedTitle = ({ viewer, caseRow, principal }: Subject, { type, actor }: LoggedEvent) =>
  type === 'filed' &&
  viewer === 'applicant' &&
  caseRow.owners.includes(principal.profileId) &&
  actor !== `profile:${principal.profileId}`
    ? '帮你提交了申请'
    : undefined

/** Of a promise that was broken once more, or of the law's day; undefined of the first, and of all else. */
function brokenTitle(event: LoggedEvent) {
  if (event.type !== 'promise-broken') return undefined
  if (event.byLaw) return event.again ? '法定的日子也过了' : '法定的日子过了'
  if (!event.again) return undefined
  return event.undated ? '还没定新日子' : '新定的日子也没赶上'
}

/** What happened, newest first; the applicant does not see what is internal. */
export function timelineOf(subject: Subject): CaseView['timeline'] {
  const told = eventsTold(subject)
  const aside = subject.viewer === 'staff' ? setAsideIn(subject) : []
  // Events stand in their own order, also those of one moment.
  return aside.length === 0
    ? told
    : [...aside, ...told].toSorted((left, right) => right.at.localeCompare(left.at))
}

function eventsTold(subject: Subject): CaseView['timeline'] {
  const { read, viewer, item } = subject
  return read.events
    .filter((event) => viewer === 'staff' || isForEverybody(event))
    .map((event) => {
      const { stepKey }: Told = event
      const named = event.type === 'applicant-named' ? event.change?.named : null
      const step = item.steps.find(({ key }) => key === stepKey)
      return {
        id: event.id,
        type: event.type,
        title:
          (named && namedTitle(subject, event, named)) ??
          (event.type === 'disowned' ? disownedTitle(subject) : undefined) ??
          filedTitle(subject, event) ??
          inPlaceTitle(subject, event) ??
          partTitle(subject, event) ??
          ownTitle(subject, event) ??
          brokenTitle(event) ??
          revokedTitle(event) ??
          takenBackTitle(event) ??
          (isFailedCheck(item, event) ? CHECK_FAILED : undefined) ??
          eventTitle(subject, event, step && plainStepName(step.name)),
        who: whoOf(subject, event),
        at: event.at,
        note: named ? null : noteOf(subject, event),
        isNo: isUnwanted(event),
      }
    })
    .reverse()
}

/** Once it names somebody else, the number in it is theirs. */
function disownedTitle({ viewer, state }: Subject) {
  if (!isDisowned(state)) return FORMERLY_TOLD
  return viewer === 'staff' ? disownedWords(state) : disownedTold(state)
}

/** Whoever confirmed who they are has written nothing. */
const namedTitle = (subject: Subject, event: LoggedEvent, named: Parameters<typeof namedWords>[1]) =>
  named === 'whom' && checkOf(subject, event)?.by === 'wechat'
    ? '微信核过，写上了是谁申请的'
    : namedWords(subject.item, named)

/** Taken back by staff, before whom the applicant stood: how they said so is the note. */
function inPlaceTitle({ viewer, reference }: Subject, { type, actor }: LoggedEvent) {
  if (type !== 'withdrawn' || !actor.startsWith('staff:')) return undefined
  if (viewer === 'staff') return '照本人的意思撤回了'
  const roles = reference.rolesOf(actor.slice('staff:'.length))
  return `${roles.some(({ role }) => role === 'village-agent') ? '村里' : '窗口'}替你撤回了`
}

const revokedTitle = ({ type, decided }: Told) =>
  type === 'decision-revoked' && decided === 'refused' ? '没批的决定撤销了，重新作决定' : undefined

const takenBackTitle = ({ type, unheard }: Told) =>
  type === 'decision-kept' && unheard !== undefined ? TAKEN_BACK : undefined

const itemsTitle = (type: CaseEventType, drafted: string, asked: string) =>
  type === 'correction-drafted' ? drafted : asked

/** What happened otherwise than usual. */
function specialTitle({ state }: Subject, event: Told) {
  const { type, bySilence, by, outcome, cause, second, items } = event
  if (items)
    return itemsTitle(
      type,
      draftedWords(state, event.at ?? '', items.length),
      `${second ? '再次' : ''}${askedWords(items)}`,
    )
  if (type === 'accepted' && bySilence) return `到期没答复，${BY_SILENCE}`
  if (type === 'identity-confirmed' && by === 'wechat') return '微信核过身份'
  if (type === 'identity-confirmed' && by === 'power') return '有这家单位的委托'
  if (type === 'verified' && outcome === 'failed') return '村里核实：情况不符'
  if (type === 'terminated' && cause === 'deceased') return `申请人不在了，${OUTCOME_WORDS.terminated}`
  return undefined
}

/** What of an event is told, whichever it is. */
interface Told extends Retold {
  readonly at?: string
  readonly type: CaseEventType
  readonly stepKey?: string | null
  readonly unitId?: string | null
  readonly bySilence?: boolean
  readonly outcome?: string
  readonly by?: string
  readonly method?: ServedBy
  readonly servedOn?: PlainDate | null
  readonly for?: ApprovalKind
  readonly cause?: TerminationCause | null
  readonly items?: readonly CorrectionItem[]
  readonly second?: boolean
  readonly decided?: Revocation['decided']
  readonly of?: ServedPaper
  readonly takers?: readonly unknown[]
  readonly isDecision?: true
  readonly unheard?: unknown
}

/** What becomes of what one of several organs has decided. */
const OWN_TITLES: { readonly [Type in CaseEventType]?: string } = {
  'revocation-advised': '，请它重新审查',
  'advice-declined': '，它答复不撤销',
  'revocation-proposed': '准备撤销',
  'decision-revoked': OUTCOME_WORDS.revoked,
  'decision-kept': '不撤销了',
}

/** What one of several organs has decided of its own part, and that all were handed over together. */
function ownTitle({ item, state, reference }: Subject, event: Told) {
  const { at, type, stepKey, unitId, outcome, isDecision } = event
  if (type === 'granted' || type === 'refused') {
    const partly = tallyOf(item, state, at)
    return joinsDecisions(item) ? `出件了，${partly ? partlyWords(partly) : OUTCOME_WORDS[type]}` : undefined
  }
  const own = stepKey && unitId && ownDecision(item, { stepKey, unitId })
  if (!own || !unitId) return undefined
  const became = takenBackTitle(event) ?? OWN_TITLES[type]
  if (became) return `${organName(reference, unitId)}：${own.name}${became}`
  if (!isDecision) return undefined
  const said = outcome === 'passed' ? OUTCOME_WORDS.granted : OUTCOME_WORDS.refused
  return `${organName(reference, unitId)}：${own.name}${said}`
}

function eventTitle(subject: Subject, event: Told, stepName: string | undefined) {
  const { item, state } = subject
  const { type } = event
  const special = specialTitle(subject, event)
  if (special !== undefined) return special
  if (isAboutApproval(type) && event.for)
    return `${approvalTitle(event, CASE_EVENT_LABELS[type])}：${APPROVAL_LABELS[event.for]}`
  const delivered =
    type === 'delivered'
      ? handedOverWords(event.method ?? null, isCertificateApart(item, state), event.servedOn != null)
      : null
  if (delivered !== null) return delivered
  if (event.of !== undefined) return servingTitle(type, event.of)
  if (event.takers?.length === 0) return '这一步没有人能办'
  if (type === 'examined' && stepName) return `${stepName}${event.outcome === 'failed' ? '：不同意' : '好了'}`
  return CASE_EVENT_LABELS[type]
}
