import type { ActOnCase } from '#shared/contract/case'
import { slotsOf, uploadIdsOf } from '#shared/domain/application/item-answers'
import type { CaseContext, CaseError, Pool } from '#shared/domain/case/actions'
import { dueOfCase } from '#shared/domain/case/clocks'
import { type CaseCommand, decide, decideOnTime } from '#shared/domain/case/decide'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import { type CaseState, openCorrection, openParts } from '#shared/domain/case/state'
import { staffMaySee } from '#shared/domain/case/visibility'
import { dayIn, type Instant, plainDate, yearOf } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { StaleReferenceError } from '../../platform/db/commit'
import type { Intent } from '../../platform/http/idempotency'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import { sealUploads } from '../application'
import type { Reference } from '../service-item'
import type { CaseDeps } from './deps'
import type { CaseTask } from './outbox'
import { type CaseMove, persistMove } from './persist'
import { type CaseRow, type LoadedCase, listWaitingCases, loadCase } from './queries'
import { checkSupplement } from './supplement'
import { type CaseText, openContent, sealContent, sealText } from './texts'

export interface CaseRequest {
  readonly tokenHash: string
  readonly caseId: string
  readonly intent: Intent
}

export type Answered = { readonly status: number; readonly body: string }

/** The relation of who asks to a case; null when it must not be known to them. */
export function viewerOf(
  item: ServiceItem,
  caseRow: CaseRow,
  principal: Principal,
): 'applicant' | 'staff' | null {
  const owns = principal.realNameLevel === 3 && caseRow.applicantIndex !== null
  if (caseRow.filedBy === principal.profileId) return 'applicant'
  if (owns && caseRow.applicantIndex === principal.idNumberIndex) return 'applicant'
  return staffMaySee(item, caseRow.state, principal.pools) ? 'staff' : null
}

/** The filer confirmed their identity through WeChat after filing: the case learns of it with its next event. */
function confirmedByWechat({ state, filerConfirmed }: CaseRow, at: Instant): readonly CaseEvent[] {
  if (state.identityConfirmed || !filerConfirmed || state.endedAt !== null) return []
  const [open] = openParts(state)
  const target = { stepKey: open?.step.key ?? '', unitId: open?.part.unitId ?? state.organUnitId }
  return [{ type: 'identity-confirmed', by: 'wechat', at, ...target }]
}

/** The state that decisions and pages go by. */
export const currentState = (item: ServiceItem, caseRow: CaseRow, now: Instant): CaseState =>
  confirmedByWechat(caseRow, now).reduce<CaseState>(
    (state, event) => evolve(item, state, event),
    caseRow.state,
  )

/** Nobody handles a case that is their own, filed by themselves or for their number. */
const isApplicant = (caseRow: CaseRow, principal: Principal) =>
  caseRow.filedBy === principal.profileId ||
  (caseRow.applicantIndex !== null && caseRow.applicantIndex === principal.idNumberIndex)

export function staffContext(
  caseRow: CaseRow,
  tasks: readonly CaseTask[],
  principal: Principal,
  reference: Reference,
  now: Instant,
): CaseContext {
  const poolsOf = (key: string, unitId: string): readonly Pool[] =>
    tasks.filter((task) => task.stepKey === key && task.partUnitId === unitId)
  return {
    now,
    calendar: reference.calendar,
    actor: { kind: 'staff', pools: principal.pools, isApplicant: isApplicant(caseRow, principal) },
    poolsOf: (step, unitId) => poolsOf(step.key, unitId),
  }
}

interface Standing {
  readonly reference: Reference
  readonly loaded: LoadedCase
  readonly caseRow: CaseRow
  readonly principal: Principal
  readonly item: ServiceItem
  readonly viewer: 'applicant' | 'staff'
  readonly now: Instant
}

type Prepared = Pick<CaseMove, 'texts' | 'uploadIds' | 'freedSeats' | 'reasonDigest'> & {
  readonly command: CaseCommand
}

/** Authorise, load, decide, persist: two round trips. */
async function run(
  deps: CaseDeps,
  request: CaseRequest,
  version: number,
  prepare: (standing: Standing) => Promise<Prepared> | Prepared,
): Promise<Answered> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(deps, request, version, prepare, attempt > 1)
    } catch (cause) {
      if (!(cause instanceof StaleReferenceError) || attempt === 3) throw cause
    }
  }
}

async function runOnce(
  deps: CaseDeps,
  request: CaseRequest,
  version: number,
  prepare: (standing: Standing) => Promise<Prepared> | Prepared,
  fresh: boolean,
): Promise<Answered> {
  const now = deps.clock.now()
  const loaded = await loadCase(deps.database, request.tokenHash, request.caseId, request.intent, now)
  if (!loaded.principal) throw new ProblemError('account.session-ended')
  const known = fresh ? await deps.reference.refresh() : await deps.reference.cached()
  const reference = known.revision === loaded.revision ? known : await deps.reference.refresh()
  const { principal, caseRow } = loaded
  if (!caseRow) throw new ProblemError('case.not-found')
  const item = reference.at(caseRow.serviceItemId, caseRow.itemVersion)
  const viewer = viewerOf(item, caseRow, principal)
  if (viewer === null) throw new ProblemError('case.not-found')
  if (loaded.prior) return replayed(request.intent, loaded.prior)
  if (caseRow.version !== version) throw new ProblemError('case.state-changed')
  const standing: Standing = { reference, loaded, caseRow, principal, item, viewer, now }
  const prepared = await prepare(standing)
  const confirmed = confirmedByWechat(caseRow, now)
  const decided = decide(
    item,
    currentState(item, caseRow, now),
    prepared.command,
    contextOf(standing, prepared.command),
  )
  if (!decided.ok) throw refusalOf(decided.error)
  const { committed, changed } = await persistMove(
    deps,
    reference,
    {
      ...prepared,
      caseRow,
      tasks: loaded.tasks,
      item,
      events: [...confirmed, ...decided.value],
      actor: actorOf(standing, prepared.command),
      profileId: principal.profileId,
      intent: request.intent,
    },
    now,
  )
  if (committed.kind === 'replayed') return replayed(request.intent, committed.prior)
  return { status: 200, body: JSON.stringify(changed) }
}

function replayed(intent: Intent, prior: { bodyHash: string; status: number; answer: string }): Answered {
  if (prior.bodyHash !== intent.bodyHash) throw new ProblemError('request.key-reused')
  return { status: prior.status, body: prior.answer }
}

const byApplicant = (command: CaseCommand) => command.type === 'supplement' || command.type === 'withdraw'

const actorOf = ({ principal }: Standing, command: CaseCommand) =>
  byApplicant(command) || principal.staffId === null
    ? `profile:${principal.profileId}`
    : `staff:${principal.staffId}`

function contextOf(standing: Standing, command: CaseCommand): CaseContext {
  const { caseRow, loaded, principal, reference, now, viewer } = standing
  const staff = staffContext(caseRow, loaded.tasks, principal, reference, now)
  return byApplicant(command) && viewer === 'applicant' ? { ...staff, actor: { kind: 'applicant' } } : staff
}

/** A domain error is a problem of the registry by the same name. */
const refusalOf = ({ code }: CaseError) => new ProblemError(code)

/** One act of staff at one step. */
export const createActOnCase = (deps: CaseDeps) => (request: CaseRequest, body: ActOnCase) =>
  run(deps, request, body.version, ({ caseRow, item, reference, principal }) => {
    const reason = body.reason === undefined ? null : sealText(deps.cipher, caseRow.id, 'reason', body.reason)
    const worded = (body.items ?? []).map(({ kind, name, reason: why }) => {
      checkCorrectionItem(item, kind, name)
      return { kind, name, text: sealText(deps.cipher, caseRow.id, 'reason', why) }
    })
    checkTransfer(reference, caseRow.state, item, body)
    checkColleague(reference, body, principal)
    const { version: _version, reason: _reason, items: _items, recheckOn, paidOn, ...rest } = body
    const command: CaseCommand = {
      ...defined(rest),
      ...(recheckOn === undefined ? {} : { recheckOn: plainDate(recheckOn) }),
      ...(paidOn === undefined ? {} : { paidOn: plainDate(paidOn) }),
      type: 'act',
      reasonDigest: reason?.digest ?? null,
      items: worded.map(({ kind, name, text }) => ({ kind, name, reasonDigest: text.digest })),
    }
    const texts: CaseText[] = [...(reason ? [reason] : []), ...worded.map(({ text }) => text)]
    return { command, texts, reasonDigest: reason?.digest ?? null }
  })

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }
/** Without the keys whose value is undefined, which zod leaves in the type. */
const defined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Defined<T>

/** 一次性告知: only what the guide lists may be asked for again. */
function checkCorrectionItem(item: ServiceItem, kind: 'material' | 'field', name: string) {
  const known =
    kind === 'material'
      ? item.materials.some((material) => material.name === name && material.kind === 'upload')
      : item.fields.some((field) => field.key === name)
  if (!known) throw new ProblemError('case.target-unknown', { detail: '指南里没有这一样，不能要' })
}

function checkTransfer(reference: Reference, state: CaseState, item: ServiceItem, body: ActOnCase) {
  if (body.action !== 'transfer' || body.toUnitId === undefined) return
  const targets = transferTargets(reference, state, item, body.stepKey, body.unitId)
  if (!targets.some(({ unitId }) => unitId === body.toUnitId)) throw new ProblemError('case.target-unknown')
}

/** Units of the same kind that hold the step's role: a case is handed over, never sent astray. */
export function transferTargets(
  reference: Reference,
  state: CaseState,
  item: ServiceItem,
  stepKey: string,
  unitId: string,
) {
  const step = item.steps.find((each) => each.key === stepKey)
  const from = reference.units.get(unitId)
  if (!step || !from || state.accepted !== null) return []
  return [...reference.units.values()]
    .filter(
      ({ id, kind }) => kind === from.kind && id !== unitId && reference.holders(step.role, id).length > 0,
    )
    .map(({ id, name }) => ({ unitId: id, name }))
}

function checkColleague(reference: Reference, body: ActOnCase, principal: Principal) {
  const named = [...(body.staffId === undefined ? [] : [body.staffId]), ...(body.officerIds ?? [])]
  if (named.some((id) => !reference.staff.has(id))) throw new ProblemError('case.target-unknown')
  if (body.officerIds && principal.staffId !== null && !body.officerIds.includes(principal.staffId)) {
    throw new ProblemError('case.target-unknown', { detail: '到现场的人里要有你自己' })
  }
}

/** The applicant answers a correction notice with just what it asks. */
export const createSupplementCase =
  (deps: CaseDeps) =>
  (request: CaseRequest, body: { version: number; answers?: unknown; materials?: unknown }) =>
    run(deps, request, body.version, async ({ caseRow, item, reference, loaded, viewer, now }) => {
      const correction = openCorrection(caseRow.state)
      if (viewer !== 'applicant' || !correction) throw new ProblemError('case.action-not-allowed')
      const content = openContent(deps.cipher, caseRow.id, loaded.texts, caseRow.state.answersDigest)
      const next = checkSupplement(item, reference, content, correction, body, dayIn(now))
      const uploadIds = [...next.papers.flatMap((paper) => paper.files), ...uploadIdsOf(item, next.answers)]
      await sealUploads(deps, uploadIds, body)
      const text = sealContent(deps.cipher, caseRow.id, next)
      return {
        command: { type: 'supplement', answersDigest: text.digest },
        texts: [text],
        uploadIds,
        reasonDigest: null,
      }
    })

export const createWithdrawCase = (deps: CaseDeps) => (request: CaseRequest, body: { version: number }) =>
  run(deps, request, body.version, ({ caseRow, item, loaded, viewer }) => {
    if (viewer !== 'applicant') throw new ProblemError('case.action-not-allowed')
    const content = openContent(deps.cipher, caseRow.id, loaded.texts, caseRow.state.answersDigest)
    return {
      command: { type: 'withdraw' },
      texts: [],
      freedSeats: slotsOf(item, content.answers),
      reasonDigest: null,
    }
  })

/** Counter or village agent has the person and the card before them; how they checked is kept as the reason. */
export const createConfirmIdentity =
  (deps: CaseDeps) => (request: CaseRequest, body: { version: number; reason: string }) =>
    run(deps, request, body.version, ({ caseRow }) => {
      const reason = sealText(deps.cipher, caseRow.id, 'reason', body.reason)
      const open = caseRow.state.steps.find((step) => step.status === 'open')
      return {
        command: {
          type: 'confirm-identity',
          stepKey: open?.key ?? '',
          unitId: open?.parts[0]?.unitId ?? caseRow.state.organUnitId,
        },
        texts: [reason],
        reasonDigest: reason.digest,
      }
    })

/** What time alone brings about, for all cases: each in a commit of its own, so that a crash loses nothing. */
export const createRunDeadlines = (deps: CaseDeps) => async (): Promise<{ readonly moved: number }> => {
  const reference = await deps.reference.current()
  let moved = 0
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof listWaitingCases>> = await listWaitingCases(
      deps.database,
      after,
      200,
    )
    for (const { caseRow, tasks } of page) {
      if (await moveOnTime(deps, reference, caseRow, tasks)) moved += 1
    }
    after = page.at(-1)?.caseRow.id ?? null
    if (page.length < 200) return { moved }
  }
}

/** The calendar that a date had waited for is there. */
function datesFilled(
  item: ServiceItem,
  caseRow: CaseRow,
  reference: Reference,
  now: Instant,
): readonly CaseEvent[] {
  if (caseRow.dueOn !== null) return []
  const due = dueOfCase(item, caseRow.state, reference.calendar)
  return due.kind === 'on' ? [{ type: 'dates-filled', at: now, year: yearOf(due.on) }] : []
}

async function moveOnTime(
  deps: CaseDeps,
  reference: Reference,
  caseRow: CaseRow,
  tasks: readonly CaseTask[],
) {
  const now = deps.clock.now()
  const item = reference.at(caseRow.serviceItemId, caseRow.itemVersion)
  const context: CaseContext = {
    now,
    calendar: reference.calendar,
    actor: { kind: 'system' },
    poolsOf: () => [],
  }
  const decided = decideOnTime(item, caseRow.state, context)
  const events = decided.length > 0 ? decided : datesFilled(item, caseRow, reference, now)
  if (events.length === 0) return false
  try {
    await persistMove(
      deps,
      reference,
      {
        caseRow,
        tasks,
        item,
        events,
        texts: [],
        actor: 'system:run-deadlines',
        profileId: null,
        intent: null,
        reasonDigest: null,
      },
      now,
    )
    return true
  } catch (cause) {
    // Somebody acted in the meantime: the next run looks again.
    if (cause instanceof ProblemError && cause.code === 'case.state-changed') return false
    throw cause
  }
}
