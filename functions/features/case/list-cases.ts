import type { CaseList, CaseSummary, CaseView } from '#shared/contract/case'
import { actionLabel, STAFF_ROLE_LABELS } from '#shared/contract/case.labels'
import type { Queue } from '#shared/contract/work'
import { allowedActions } from '#shared/domain/case/actions'
import { openApprovalsAt } from '#shared/domain/case/approvals'
import { acceptanceClock, dueOfCase } from '#shared/domain/case/clocks'
import { awaitedIdentityWords } from '#shared/domain/case/identity'
import { mayBeRated } from '#shared/domain/case/rateable'
import { stepOf } from '#shared/domain/case/route'
import { containsWords } from '#shared/domain/case/search-words'
import { APPROVAL_LABELS, type CaseState, openCorrection } from '#shared/domain/case/state'
import { taskLight } from '#shared/domain/case/task-light'
import { dayIn, findPlainDate, type Instant } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { dueOf } from '#shared/domain/time-limit/clock'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { Reference } from '../service-item'
import type { CaseRow } from './case-row'
import type { CaseDeps } from './deps'
import { type ListedCase, listCases, listTasks, type Sought } from './list-queries'
import { stateOnTime } from './on-time'
import type { CaseTask } from './outbox'
import { readCase } from './queries'
import {
  answersIt,
  identityReader,
  isFiledByOther,
  isRater,
  itemOf,
  ownClaim,
  referenceAt,
  staffContext,
  takesOver,
  viewerOf,
} from './standing'
import { viewCase } from './views/case-view'
import { dueView } from './views/due-view'
import { viewFormer } from './views/former-view'
import { askedLabel, caseLight, correctionStanding, nowText } from './views/status-view'

const PAGE_SIZE = 20

/** One case as the viewer may see it; 404 for everybody else. */
export const createReadCase =
  (deps: CaseDeps) =>
  async (tokenHash: string, caseId: string): Promise<CaseView> => {
    const now = deps.clock.now()
    const read = await readCase(deps.database, tokenHash, caseId, now)
    if (!read?.principal) throw new ProblemError('account.session-ended')
    const { caseRow, principal } = read
    if (!caseRow) throw new ProblemError('case.not-found')
    const reference = await referenceAt(deps, read.revision)
    const item = itemOf(reference, caseRow)
    const viewer = viewerOf(item, { ...read, caseRow }, principal)
    if (viewer === null) throw new ProblemError('case.not-found')
    if (viewer === 'former') return viewFormer(caseRow, item, reference)
    return viewCase(read, caseRow, principal, viewer, { reference, cipher: deps.cipher, now })
  }

/** My cases, newest first. */
export const createListCases =
  (deps: CaseDeps) =>
  async (tokenHash: string, cursor: string | null): Promise<CaseList> => {
    const now = deps.clock.now()
    const page = await listCases(deps.database, tokenHash, { before: cursor, size: PAGE_SIZE + 1 }, now)
    const { principal } = page
    if (!principal) throw new ProblemError('account.session-ended')
    const reference = await referenceAt(deps, page.revision)
    const shown = page.cases.slice(0, PAGE_SIZE)
    return {
      items: shown.map((each) => summaryOf(each, principal, reference, now)),
      nextCursor: page.cases.length > PAGE_SIZE ? (shown.at(-1)?.id ?? null) : null,
    }
  }

function summaryOf(row: ListedCase, principal: Principal, reference: Reference, now: Instant): CaseSummary {
  const item = itemOf(reference, row)
  const state = stateOnTime(item, row, reference, now)
  const due = dueOfCase(item, state, reference.calendar)
  const waitsForRating = mayBeRated(row.status) && !row.rated && isRater(row, ownClaim(row, principal))
  return {
    id: row.id,
    caseNumber: row.caseNumber,
    serviceItemId: item.id,
    plainName: item.plainName,
    status: state.status,
    statusText: nowText(item, state, reference),
    decision: state.decision && { kind: state.decision.kind },
    applicantMasked: row.applicantMasked,
    filedByOther: isFiledByOther(row, principal.profileId),
    filedAt: row.filedAt,
    ...(correctionStanding(item, state, { reference, now }) ?? {
      ...dueView(item, state, due),
      light: caseLight(item, state, { reference, now }),
    }),
    identityAwaited: awaitedIdentityWords(state, identityReader(row, principal, takesOver(row, principal))),
    waitsForMe:
      state.status === 'correcting' && answersIt(row, principal)
        ? 'correction'
        : waitsForRating
          ? 'rating'
          : 'none',
    missing: (openCorrection(state)?.items ?? []).map((each) => askedLabel(item, each)),
    rated: row.rated,
  }
}

interface QueueRequest {
  readonly tab: 'to-do' | 'waits-for-applicant' | 'paused' | 'unstaffed'
  readonly cursor: string | null
  readonly search: string | null
}

/** Items and villages by their names; persons and numbers are looked for by the database. */
async function soughtOf(
  { reference }: Pick<CaseDeps, 'reference'>,
  search: string | null,
): Promise<Sought | null> {
  if (search === null) return null
  const { items, units } = await reference.cached()
  return {
    words: search,
    itemIds: items
      .filter(({ name, plainName }) => containsWords(plainName, search) || containsWords(name, search))
      .map(({ id }) => id),
    villageCodes: [...units.values()]
      .filter(({ kind, name }) => kind === 'village' && containsWords(name, search))
      .map(({ id }) => id),
    confidentialIds: items.filter(({ confidential }) => confidential).map(({ id }) => id),
  }
}

/** `2026-12-08_<case id>_<step key>` */
function readCursor(cursor: string | null) {
  if (cursor === null) return null
  const match = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})_([\w-]{1,50})$/.exec(cursor)
  const sortOn = match?.[1] === undefined ? undefined : findPlainDate(match[1])
  if (!match || !sortOn) throw new ProblemError('request.invalid')
  return { sortOn, caseId: match[2] ?? '', stepKey: match[3] ?? '' }
}

/** The work of the principal's pools, what runs out first in front. */
export const createListTasks =
  (deps: CaseDeps) =>
  async (tokenHash: string, { tab, cursor, search }: QueueRequest): Promise<Queue> => {
    const now = deps.clock.now()
    const after = readCursor(cursor)
    const sought = await soughtOf(deps, search)
    const page = await listTasks(deps.database, tokenHash, { tab, after, sought, size: PAGE_SIZE + 1 }, now)
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
      nextCursor:
        page.tasks.length > PAGE_SIZE && last ? `${last.sortOn}_${last.caseRow.id}_${last.stepKey}` : null,
    }
  }

/** Who works here, and in which of their units first. */
function holderOf({ staffId, pools }: Principal, reference: Reference): Queue['holder'] {
  const [pool] = pools
  const unit = pool && reference.units.get(pool.unitId)
  // The unit says already that it is a town, a village or a department.
  const role = pool ? STAFF_ROLE_LABELS[pool.role].replace(/^(镇|村|部门)/, '') : ''
  return {
    name: (staffId !== null && reference.staff.get(staffId)?.name) || '',
    place: [unit?.shortName, role].filter(Boolean).join(' · '),
  }
}

function queueItem(
  task: CaseTask & { readonly caseRow: CaseRow },
  principal: Principal,
  reference: Reference,
  now: Instant,
): Queue['items'][number] {
  const { caseRow } = task
  const item = itemOf(reference, caseRow)
  const state = stateOnTime(item, caseRow, reference, now)
  const step = stepOf(item, task.stepKey)
  const context = staffContext(caseRow, [task], principal, reference, now)
  const [first] = allowedActions(item, state, context)
  const held = principal.pools.some(({ role, unitId }) => role === task.role && unitId === task.unitId)
  // The administrator learns that somebody is missing, not for whom.
  const anonymous = item.confidential && !held
  return {
    caseId: caseRow.id,
    caseNumber: caseRow.caseNumber,
    plainName: item.plainName,
    stepKey: task.stepKey,
    stepName: step.name,
    applicantMasked: anonymous ? '' : caseRow.applicantMasked,
    villageName:
      anonymous || caseRow.villageCode === null
        ? null
        : (reference.units.get(caseRow.villageCode)?.name ?? null),
    light: lightOfTask(task, item, state, reference, now),
    dueOn: task.dueOn,
    note: noteOf(task, caseRow, reference, now),
    firstAction: first ? actionLabel(first.action, state) : null,
    unitName: reference.units.get(task.unitId)?.name ?? '',
  }
}

function lightOfTask(
  task: CaseTask,
  item: ServiceItem,
  state: CaseState,
  reference: Reference,
  now: Instant,
) {
  const run = state.steps.find(({ key }) => key === task.stepKey)
  const part = run?.parts.find(({ unitId }) => unitId === task.partUnitId)
  return run && part
    ? taskLight(item, state, { run, part }, dayIn(now), reference.calendar)
    : caseLight(item, state, { reference, now })
}

/** What runs out and what follows. */
function noteOf(task: CaseTask, caseRow: CaseRow, reference: Reference, now: Instant) {
  const item = itemOf(reference, caseRow)
  const state = stateOnTime(item, caseRow, reference, now)
  const asked = task.approval
    ? openApprovalsAt(state, { stepKey: task.stepKey, unitId: task.partUnitId })
    : []
  if (asked.length > 0) return `请你批：${asked.map((each) => APPROVAL_LABELS[each.for]).join('、')}`
  if (task.unstaffed) return '这里没有人办，先归联络员'
  if (task.queue === 'waits-for-applicant') return '等申请人补材料'
  if (task.queue === 'paused') return '特别程序，暂停计时'
  const acceptance = acceptanceClock(item, state)
  const deadline =
    acceptance && stepOf(item, task.stepKey).kind === 'accept' ? dueOf(acceptance, reference.calendar) : null
  if (deadline?.kind === 'on' && deadline.on === dayIn(now)) return '今天不办，明天起视为受理'
  return state.identityConfirmed ? '身份核过了' : '身份还没核过'
}
