import { actionLabel, STAFF_ROLE_LABELS, STEP_ACTION_LABELS } from '#shared/contract/case.labels'
import type { Queue } from '#shared/contract/work'
import { isBefore } from '#shared/domain/case/clock/clocks'
import { isDraftStep } from '#shared/domain/case/correction/draft-step'
import type { ServedPaper } from '#shared/domain/case/delivery/delivery-state'
import { endedHow } from '#shared/domain/case/delivery/to-family'
import { PAPER_WORDS } from '#shared/domain/case/paper/service-words'
import { joinsDecisions } from '#shared/domain/case/parallel/share-decisions'
import { settlesAs, settlesWords } from '#shared/domain/case/revocation/settling'
import { isPartAlone, stepOf } from '#shared/domain/case/route'
import { APPROVAL_LABELS, type ApprovalKind } from '#shared/domain/case/step/approval-state'
import { DISOWNED, ENDED_BY_ACCEPTING } from '#shared/domain/case/whose/disowned'
import { FACE_TO_FACE, IDENTITY_CHECK } from '#shared/domain/case/whose/identity-check'
import { dayWords } from '#shared/domain/kernel/day-words'
import { dayIn, type Instant, plainDate } from '#shared/domain/kernel/plain-date'
import { organName } from '#shared/domain/organization/registry'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import {
  type CaseDeps,
  lineOfTask,
  lineOn,
  membersThere,
  referenceAt,
  signingNote,
  type TaskLine,
} from '../case'
import type { Reference } from '../service-item'
import { listTasks, type QueuedTask, type QueuePosition, type QueueTab } from './queue-queries'

const PAGE_SIZE = 20

interface QueueRequest {
  readonly tab: QueueTab
  readonly cursor: string | null
}

/** A `placeCursor`: `2026-12-08_<case id>_<step key>_<unit of the part>`; pages that are open since before the unit was told go on. */
function readCursor(cursor: string | null): QueuePosition | null {
  if (cursor === null) return null
  const [sortOn = '', caseId = '', ...place] = cursor.split('_')
  const partUnitId = place.length > 1 ? (place.pop() ?? '') : ''
  return { sortOn: plainDate(sortOn), caseId, stepKey: place.join('_'), partUnitId }
}

const cursorOf = ({ sortOn, caseId, stepKey, partUnitId }: QueuePosition) =>
  [sortOn, caseId, stepKey, partUnitId].join('_')

/** The work of the principal's pools, what runs out first in front. */
export const createListTasks =
  (deps: CaseDeps) =>
  async (tokenHash: string, { tab, cursor }: QueueRequest): Promise<Queue> => {
    const now = deps.clock.now()
    const after = readCursor(cursor)
    const page = await listTasks(deps.database, tokenHash, { tab, after, size: PAGE_SIZE + 1 }, now)
    const { principal } = page
    if (!principal) throw new ProblemError('account.session-ended')
    if (principal.pools.length === 0) throw new ProblemError('account.role-needed')
    const reference = await referenceAt(deps, page.revision)
    const shown = page.tasks.slice(0, PAGE_SIZE)
    const last = shown.at(-1)
    return {
      counts: page.counts,
      holder: holderOf(principal, reference),
      items: shown.map((task) => queueItem(task, principal, reference, now)),
      nextCursor: page.tasks.length > PAGE_SIZE && last ? cursorOf(last) : null,
    }
  }

/** Who works here, and in which of their units first. */
export function holderOf({ staffId, pools }: Principal, reference: Reference): Queue['holder'] {
  const [pool] = pools
  const unit = pool && reference.units.get(pool.unitId)
  // The unit says already that it is a town, a village or a department.
  const role = pool ? STAFF_ROLE_LABELS[pool.role].replace(/^(镇|村|部门)/, '') : ''
  return {
    name: (staffId !== null && reference.staff.get(staffId)?.name) || '',
    place: [unit?.shortName, role].filter(Boolean).join(' · '),
  }
}

export function queueItem(
  task: QueuedTask,
  principal: Principal,
  reference: Reference,
  now: Instant,
): Queue['items'][number] {
  const item = reference.at(task.serviceItemId, task.itemVersion)
  const held = principal.pools.some(({ role, unitId }) => role === task.role && unitId === task.unitId)
  const line = lineOfTask(task, reference, now)
  if (!line) throw new ProblemError('case.not-found')
  const { isFilerKnown } = task
  const stands = lineOn(line, dayIn(now), { isFilerKnown, calendar: reference.calendar })
  const as = readsAs(line, principal, { reference, now })
  // The administrator learns that somebody is missing, not for whom.
  const anonymous = item.confidential && !held
  return {
    caseId: task.caseId,
    caseNumber: task.caseNumber,
    plainName: item.plainName,
    stepKey: task.stepKey,
    stepName: stepWords(task, line, item),
    applicantMasked: anonymous ? '' : task.applicantMasked,
    villageName:
      anonymous || task.villageCode === null ? null : (reference.units.get(task.villageCode)?.name ?? null),
    light: stands.light,
    dueOn: task.dueOn,
    outcome: stands.outcome,
    note: line.beside
      ? besideWords(line.beside, ownWork(task, line, item), as, now)
      : (signingNoteOf(task, line, { reference, item, now }) ??
        noteOf(task, line, stands, {
          now,
          isJoint: isPartAlone(item, task),
          reference,
          as,
          held,
          missing: missingWords(task, item, reference),
        })),
    firstAction:
      held && !hasSigned(line, principal)
        ? firstActionOf(task, line, stands, { item, reader: principal.staffId, as })
        : null,
    unitName: reference.units.get(task.unitId)?.name ?? '',
    ...departmentOf(task, principal, reference),
    relation: null,
  }
}

type ReadsAs = ReturnType<typeof settlesAs>

/** What who reads is to what waits after a decision: another answers for what they signed, or have proposed themselves. */
function readsAs(
  { settledBy, beside, due: own }: TaskLine,
  { staffId }: Principal,
  at: { readonly reference: Reference; readonly now: Instant },
): ReadsAs {
  if (!settledBy) return null
  const due = beside?.due ?? own
  return settlesAs(settledBy, staffId, membersThere(at, settledBy.pools, due.kind === 'on' ? due.on : null))
}

/**
 * For which unit one stands at a share: told to whoever works in more than one, and to whoever acts in place of it.
 */
function departmentOf(
  { unitId, partUnitId }: QueuedTask,
  { pools }: Principal,
  reference: Reference,
): Pick<Queue['items'][number], 'department'> {
  const isTold = partUnitId !== unitId || new Set(pools.map((pool) => pool.unitId)).size > 1
  if (!isTold) return {}
  return { department: { unitId: partUnitId, name: organName(reference, partUnitId) } }
}

const servingWords = (serve: ServedPaper) => `送达${PAPER_WORDS[serve]}`

/** Beside the step's own work somebody settles what was proposed, or serves a paper of it. */
function stepWords(task: QueuedTask, line: TaskLine, item: ServiceItem) {
  const { settles, beside } = line
  if (settles) return settlesWords(settles).name
  const own = ownWork(task, line, item)
  return beside ? `${own}、${settlesWords(beside.of).name}` : own
}

const ownWork = ({ stepKey }: QueuedTask, { serve }: TaskLine, item: ServiceItem) =>
  serve ? servingWords(serve) : stepOf(item, stepKey).name

const byWords = (due: TaskLine['due'], now: Instant) =>
  due.kind === 'on' ? `，最晚 ${dayWords(due.on, dayIn(now))}` : ''

/** Two works of one pool at one share, each with its own day. */
const besideWords = (
  { of, due, own }: NonNullable<TaskLine['beside']>,
  work: string,
  as: ReadsAs,
  now: Instant,
) => `${work}${byWords(own, now)}；${settlesWords(of, as).note}${byWords(due, now)}`

/**
 * What one opens it for. Nobody comes to refuse whom they could not grant yet: whoever has people before them checks the
 * identity first, the others look.
 */
function firstActionOf(
  { role, queue, stepKey }: QueuedTask,
  line: TaskLine,
  stands: ReturnType<typeof lineOn>,
  { item, reader, as }: { readonly item: ServiceItem; readonly reader: string | null; readonly as: ReadsAs },
) {
  if (line.settles) return settlesWords(line.settles, as).action
  const { beside } = line
  const first = beside && isBefore(beside.due, beside.own) ? settlesWords(beside.of, as).action : null
  if (first !== null) return first
  const disowned = disownedBy(line)
  if (line.serve) return servingWords(line.serve)
  const waitsForIdentity =
    queue === 'to-do' &&
    !disowned &&
    !stands.isIdentified &&
    (stands.first === 'refuse' || line.nobody !== null)
  if (waitsForIdentity) return FACE_TO_FACE.includes(role) ? IDENTITY_CHECK : null
  return wordsOfFirst(line, stands.first, { item, stepKey, reader })
}

function wordsOfFirst(
  line: TaskLine,
  first: ReturnType<typeof lineOn>['first'],
  {
    item,
    stepKey,
    reader,
  }: { readonly item: ServiceItem; readonly stepKey: string; readonly reader: string | null },
) {
  // Nobody has objected while a notice just hangs: there is nothing to take down.
  if (first === null || first === 'record-objection') return null
  // What is written down waits for who has not signed it: nobody goes to write it again.
  if (first === 'record-visit' && line.signs)
    return line.signs.some((id) => id === reader) ? STEP_ACTION_LABELS['sign-visit'] : null
  // What came, or was filed, is looked at before anybody says whether it is enough.
  if (isDraftStep(stepOf(item, stepKey)) && !line.returned)
    return LOOKS_AT[line.notices > 0 ? 'answer' : 'papers']
  return actionLabel(first, {
    corrections: { length: line.notices },
    disowned: disownedBy(line),
    joins: joinsDecisions(item),
  })
}

/** Of a department, before acceptance. */
const LOOKS_AT = { papers: '看材料齐不齐', answer: '看补来的' } as const

const NOBODY = {
  unnamed: '还没写是谁申请的',
  disowned: DISOWNED.person,
  'disowned-by-firm': DISOWNED.firm,
} as const satisfies Record<NonNullable<TaskLine['nobody']>, string>

const disownedBy = ({ nobody }: TaskLine) =>
  nobody === 'disowned' ? 'person' : nobody === 'disowned-by-firm' ? 'firm' : null

/** 县交通局缺部门审批: which post nobody holds, for who fills it; whom an item's own law names may sit elsewhere. */
function missingWords(
  { stepKey, partUnitId, approval }: QueuedTask,
  item: ServiceItem,
  reference: Reference,
) {
  const role = stepOf(item, stepKey).role
  if (!approval) return `${organName(reference, partUnitId)}缺${STAFF_ROLE_LABELS[role]}`
  const named = item.statutory?.extension?.approvedBy.role ?? 'dept-approver'
  return `${named === 'county-approver' ? '' : organName(reference, partUnitId)}缺${STAFF_ROLE_LABELS[named]}`
}

function standsStill({ unstaffed, queue }: QueuedTask, isIdle: boolean, missing: string | null) {
  const who = missing === null ? '' : `（${missing}）`
  if (unstaffed) return isIdle ? `这里没有人办${who}，先找人来办` : `这里没有人办${who}，先归联络员`
  if (queue === 'waits-for-applicant') return '等申请人补材料'
  return queue === 'paused' ? '特别程序，暂停计时' : null
}

const hasSigned = ({ signing }: TaskLine, { staffId }: Principal) =>
  staffId !== null && signing?.signedBy.includes(staffId) === true

/** Who is awaited yet, where each holder has to sign; null where nobody has begun to, or it does not wait for them. */
function signingNoteOf(
  task: QueuedTask,
  { signing }: TaskLine,
  at: { readonly reference: Reference; readonly item: ServiceItem; readonly now: Instant },
) {
  const isTheirs = task.queue === 'to-do' && !task.approval
  return signing && isTheirs ? signingNote(at, at.item, task, signing) : null
}

/** The administrator allows nothing that is not theirs: somebody is to be found. */
const askedWords = (asked: readonly ApprovalKind[], missing: string | null) =>
  `${missing === null ? '请你批' : `没有人能批，要安排人（${missing}）`}：${asked.map((each) => APPROVAL_LABELS[each]).join('、')}`

/** How a paper goes to whom no phone serves. */
const servingNote = (serve: ServedPaper, isForFamily: boolean) =>
  serve === 'termination' || isForFamily
    ? `${endedHow(isForFamily)}，登记哪天收到`
    : '手机上不算送达，当面给或者寄，登记哪天收到'

/** The line under a row: that nobody applies, else what it waits for, else the day after which silence accepts, else the identity. */
function noteOf(
  task: QueuedTask,
  { acceptOn, nobody, settles, serve, forFamily, returned }: TaskLine,
  stands: ReturnType<typeof lineOn>,
  {
    now,
    isJoint,
    reference,
    as,
    held,
    missing,
  }: {
    readonly now: Instant
    readonly isJoint: boolean
    readonly reference: Reference
    readonly as: ReadsAs
    readonly held: boolean
    readonly missing: string
  },
) {
  // Who has the post need not be told which it is.
  const who = held ? null : missing
  if (settles) return settlesWords(settles, as).note
  const asked = task.approval ? stands.asked : []
  const waits = asked.length > 0 ? askedWords(asked, who) : standsStill(task, stands.first === null, who)
  // No department does anything of what nobody applies for.
  const ends =
    nobody && nobody !== 'unnamed' && isJoint && stands.first === null && asked.length === 0
      ? [ENDED_BY_ACCEPTING]
      : []
  if (serve) return servingNote(serve, forFamily === true)
  if (nobody) return [NOBODY[nobody], ...ends, ...(waits === null ? [] : [waits])].join('；')
  if (waits !== null) return waits
  if (stands.awaits) return `等${stands.awaits.map((unitId) => organName(reference, unitId)).join('、')}看完`
  if (returned) return '要补的退回来改，为什么，点开看'
  if (acceptOn === dayIn(now)) return '今天不办，明天起视为受理'
  return stands.isIdentified ? '身份核过了' : '身份还没核过'
}
