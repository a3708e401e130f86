import type { CaseError, UnknownField } from '#shared/domain/case/context'
import { returnOf } from '#shared/domain/case/correction/draft-step'
import { draftedVersion } from '#shared/domain/case/correction/joined-notice'
import { type CaseCommand, decide } from '#shared/domain/case/decide'
import type { CaseEvent } from '#shared/domain/case/events'
import { evolve } from '#shared/domain/case/evolve'
import type { CaseState } from '#shared/domain/case/state'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import { triedAnew } from '../../../platform/db/commit'
import type { GiveBack } from '../../../platform/http/brake'
import type { Intent, PriorAnswer } from '../../../platform/http/idempotency'
import type { Principal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import type { Reference } from '../../service-item'
import type { OwnedCase } from '../case-row'
import { broughtByOthers, confirmedSince, currentState } from '../current-state'
import type { CaseDeps } from '../deps'
import { broughtByTime, stateOnTime } from '../on-time'
import { persistMove } from '../persist'
import { type LoadedCase, loadCase } from '../queries'
import { settlersNow, viewerNow } from '../settlers'
import { withWatchers } from '../silence'
import {
  applicantActor,
  type Claim,
  claimOf,
  isApplicantReached,
  itemOf,
  referenceAt,
  staffContext,
  type Viewer,
} from '../standing'
import { openContent } from '../texts'
import type { CaseMove } from '../writes/case-move'

export interface CaseRequest {
  readonly tokenHash: string
  readonly caseId: string
  readonly intent: Intent
}

export type Answered = { readonly status: number; readonly body: string }

/** Everything a verb knows when it decides. */
export interface CaseAtHand {
  readonly reference: Reference
  readonly loaded: LoadedCase
  readonly caseRow: OwnedCase
  readonly principal: Principal
  readonly item: ServiceItem
  readonly viewer: Viewer
  readonly claim: Claim
  readonly now: Instant
}

export type Prepared = Pick<
  CaseMove,
  | 'texts'
  | 'uploads'
  | 'applicant'
  | 'changedAnswers'
  | 'newCard'
  | 'newOwnerId'
  | 'madeBy'
  | 'reasonDigest'
  | 'reason'
  | 'restored'
  | 'answer'
  | 'status'
> & {
  readonly command: CaseCommand
  /** Slows down who does it too often: of what the case allows, so that nothing refused counts. */
  readonly brake?: () => Promise<GiveBack>
}

type Narrow = (
  found: Pick<CaseAtHand, 'item' | 'caseRow' | 'principal' | 'now'> & Pick<LoadedCase, 'tasks'>,
) => boolean

/**
 * Authorise, load, decide, persist: two round trips; once more when the reference data has changed
 * meanwhile. `version`: of the page that it was asked from; null of what goes by no page. `narrow` admits staff who may do this
 * one thing to a case that they do not see.
 */
export const runVerb = (
  deps: CaseDeps,
  request: CaseRequest,
  version: number | null,
  prepare: (atHand: CaseAtHand) => Promise<Prepared> | Prepared,
  narrow: Narrow = () => false,
): Promise<Answered> => {
  const verb: Verb = { prepare, narrow, giveBack: null }
  return pastOthers(() => triedAnew((isAgain) => runOnce(deps, request, version, verb, isAgain))).catch(
    async (cause) => {
      await verb.giveBack?.()
      throw cause
    },
  )
}

/** Something else was written between the reading and the writing. */
class OvertakenError extends ProblemError {
  constructor() {
    super('case.state-changed')
  }
}

/** As many as look at one project at once. */
const OVERTAKEN_AT_MOST = 5

/**
 * What was written meanwhile need not decide anything, as the draft of one department does not for another: read anew it is told
 * apart from what makes the page an old one.
 */
async function pastOthers(verb: () => Promise<Answered>): Promise<Answered> {
  for (let times = 1; ; times += 1) {
    try {
      return await verb()
    } catch (cause) {
      if (!(cause instanceof OvertakenError) || times === OVERTAKEN_AT_MOST) throw cause
    }
  }
}

const overtaken = (cause: unknown) => {
  throw cause instanceof ProblemError && cause.code === 'case.state-changed' ? new OvertakenError() : cause
}

interface Verb {
  readonly prepare: (atHand: CaseAtHand) => Promise<Prepared> | Prepared
  readonly narrow: Narrow
  /** By its brake: however often it is decided anew, it is asked for once, and given back where nothing comes of it. */
  giveBack: GiveBack | null
}

async function counted(verb: Verb, { brake }: Prepared) {
  if (brake && verb.giveBack === null) verb.giveBack = await brake()
}

/** What the act comes to, before anything of it is written. */
interface Decided {
  readonly atHand: CaseAtHand
  readonly prepared: Prepared
  /** Who may do this one thing to a case that they do not see. */
  readonly isNarrow: boolean
  readonly byTime: readonly CaseEvent[]
  /** Those of the act itself, after what others and the days have brought. */
  readonly own: readonly CaseEvent[]
  readonly events: readonly CaseEvent[]
}

async function decidedOnce(
  deps: CaseDeps,
  request: CaseRequest,
  asked: number | null,
  { prepare, narrow }: Pick<Verb, 'prepare' | 'narrow'>,
  fresh: boolean,
): Promise<Decided | PriorAnswer> {
  const now = deps.clock.now()
  const loaded = await loadCase(deps.database, request.tokenHash, request.caseId, request.intent, now)
  if (!loaded.principal) throw new ProblemError('account.session-ended')
  // Before all else: who handed a case over sees it no more, but what they were told they are told again.
  if (loaded.prior) return loaded.prior
  if (fresh) await deps.reference.current()
  const reference = await referenceAt(deps, loaded.revision)
  const { principal, caseRow } = loaded
  if (!caseRow) throw new ProblemError('case.not-found')
  const item = itemOf(reference, caseRow)
  const seen = viewerNow({ ...loaded, caseRow }, principal, reference, now)
  const viewer = seen ?? (narrow({ item, caseRow, tasks: loaded.tasks, principal, now }) ? 'staff' : null)
  const claim = claimOf(item, { ...loaded, caseRow }, principal)
  if (viewer === null) throw new ProblemError('case.not-found')
  const version = asked ?? caseRow.version
  if (version > caseRow.version || version < caseRow.state.decidingVersion)
    throw new ProblemError('case.state-changed')
  const atHand: CaseAtHand = { reference, loaded, caseRow, principal, item, viewer, claim, now }
  const prepared = await prepare(atHand)
  if (isOldFor(item, prepared.command, version, caseRow)) throw new ProblemError('case.state-changed')
  const confirmed = confirmedSince(caseRow, now)
  const byTime = [
    ...broughtByOthers(caseRow),
    ...withWatchers(
      broughtByTime(item, currentState(item, caseRow, now), reference, now, isApplicantReached(caseRow)),
      caseRow,
      reference,
    ),
  ]
  const onTime = stateOnTime(item, caseRow, reference, now)
  const settlers = settlersNow(item, caseRow, onTime, reference, now)
  const decided = decide(
    item,
    settlers.reduce<CaseState>((state, event) => evolve(item, state, event), onTime),
    prepared.command,
    contextOf(atHand, prepared.command),
  )
  if (!decided.ok) throw refusalOf(decided.error, prepared.command)
  return {
    atHand,
    prepared,
    isNarrow: seen === null || seen === 'former',
    byTime: [...byTime, ...settlers],
    own: decided.value,
    events: [...confirmed, ...byTime, ...settlers, ...decided.value],
  }
}

async function runOnce(
  deps: CaseDeps,
  request: CaseRequest,
  version: number | null,
  verb: Verb,
  fresh: boolean,
): Promise<Answered> {
  const decided = await decidedOnce(deps, request, version, verb, fresh)
  if (!('events' in decided)) return replayed(request.intent, decided)
  const { atHand, prepared, isNarrow, byTime, events } = decided
  const { loaded, caseRow, item, principal, reference, now } = atHand
  await counted(verb, prepared)
  const { committed, answer } = await persistMove(
    deps,
    reference,
    {
      ...prepared,
      caseRow,
      tasks: loaded.tasks,
      item,
      events,
      byTime,
      answers: () => openContent(deps.cipher, caseRow.id, loaded.texts, caseRow.state.answersDigest).answers,
      by: {
        profileId: principal.profileId,
        actor: actorOf(atHand, prepared.command),
        intent: request.intent,
      },
      ...(isNarrow ? { answer: (next: number) => narrowChange(item, caseRow, next) } : {}),
    },
    now,
  ).catch(overtaken)
  if (committed.kind === 'replayed') return replayed(request.intent, committed.prior)
  return { status: prepared.status ?? 200, body: JSON.stringify(answer) }
}

/** The act as far as it would come to now: refused as the act itself would be, and nothing of it is written or counted. */
export async function rehearse(
  deps: CaseDeps,
  request: CaseRequest,
  version: number,
  prepare: Verb['prepare'],
): Promise<Decided> {
  const decided = await decidedOnce(deps, request, version, { prepare, narrow: () => false }, false)
  // The key of an act that was done: what it came to stands among the papers.
  if (!('events' in decided)) throw new ProblemError('request.key-reused')
  return decided
}

/** As much as the narrow view shows. */
const narrowChange = ({ plainName }: ServiceItem, { id, applicantMasked }: OwnedCase, version: number) => ({
  id,
  plainName,
  applicantMasked,
  version,
})

/** The first answer again; the same key with another body is refused. */
export function replayed(intent: Intent, prior: PriorAnswer): Answered {
  if (prior.bodyHash !== intent.bodyHash) throw new ProblemError('request.key-reused')
  return { status: prior.status, body: prior.answer }
}

/**
 * An assignment makes no page an old one, and drafts none for each other. Two assignments from one page would overwrite each
 * other, whoever answers drafts has read all of them, and whoever writes theirs anew has read why.
 */
const isOldFor = (
  item: ServiceItem,
  command: CaseCommand,
  version: number,
  { version: newest, state }: OwnedCase,
) =>
  (isAssignment(command) && version < newest) ||
  (joinsDrafts(command) && version < draftedVersion(state)) ||
  version < returnedVersion(item, state, command)

const joinsDrafts = (command: CaseCommand) =>
  command.type === 'act' &&
  (command.action === 'request-correction' ||
    command.action === 'return-draft' ||
    command.action === 'accept')

const returnedVersion = (item: ServiceItem, state: OwnedCase['state'], command: CaseCommand) =>
  command.type === 'act' && (command.action === 'draft-correction' || command.action === 'draft-nothing')
    ? (returnOf(item, state, command)?.version ?? 0)
    : 0

const isAssignment = (command: CaseCommand) => command.type === 'act' && command.action === 'assign'

const byApplicant = ({ type }: CaseCommand) =>
  type === 'supplement' ||
  type === 'add' ||
  type === 'take-over' ||
  type === 'withdraw' ||
  type === 'disown' ||
  type === 'nudge' ||
  type === 'choose-delivery' ||
  type === 'speak'

const actorOf = (
  { principal, claim }: CaseAtHand,
  command: CaseCommand,
): `profile:${string}` | `staff:${string}` =>
  (byApplicant(command) && !claim.standsIn) || principal.staffId === null
    ? `profile:${principal.profileId}`
    : `staff:${principal.staffId}`

function contextOf({ caseRow, loaded, principal, reference, now, claim }: CaseAtHand, command: CaseCommand) {
  const staff = staffContext(caseRow, loaded.tasks, principal, reference, now)
  const own = byApplicant(command) ? applicantActor(claim) : null
  return own === null ? staff : { ...staff, actor: own }
}

/** What is wrong with what the act names: its name in the request, and the words. */
const WORDS = {
  stepKey: ['stepKey', '这件没有这一步，或者不归这个单位办'],
  toStepKey: ['toStepKey', '不能退回到这一步'],
  toUnitId: ['toUnitId', '不能转给这个单位'],
  tells: ['tells', '这份公示里没有这一项，或者不是自己填的话，不能改写'],
  raisedOn: ['raisedOn', '提异议的日子不能在今天以后'],
  paidOn: ['paidOn', '发钱的日子不能早于批准那天，也不能在今天以后'],
  cause: ['reason', '不能因为这个终止'],
  for: ['for', '没有请示过这一样'],
  address: ['address', '寄到家的写清收件地址，别的不用写'],
  postedOn: ['postedOn', '寄出的日子不能早于签发那天，也不能在今天以后'],
  receivedOn: ['receivedOn', '收到的日子不能早于寄出那天，也不能在今天以后'],
  returnedOn: ['returnedOn', '退回的日子不能早于寄出那天，也不能在今天以后'],
  takenOn: [
    'takenOn',
    '交给收件人的日子不能早于签发那天，也不能在今天以后；对申请人不利的文书从登记那天算，写今天',
  ],
  taker: ['taker', '申请人已经去世，写上收文书的家属'],
  family: ['family', '申请人在世，公告写给本人'],
  diedOn: ['diedOn', '去世的日子不能早于出生，也不能在今天以后；早于申请那天的，再核对一遍证明'],
  unitId: ['unitId', '写明是哪个单位的决定'],
  method: [
    'method',
    '不能这样给：指南里没有这一种，或者要在手机上收的没有账号；没批的、停了的，本人选了手机上收才行。换一种',
  ],
} as const satisfies Record<UnknownField, readonly [name: string, words: string]>

/** A domain error is a problem of the registry by the same name; what is missing or wrong in the request is pointed at. */
function refusalOf(error: CaseError, command: CaseCommand) {
  const { code } = error
  const pointed = (field: string, message: string) => ({ pointer: `/${field}`, code, message })
  if (error.code === 'case.target-unknown' && command.type !== 'act') {
    const [name, message] = WORDS[error.field]
    return new ProblemError(code, { detail: message, errors: [pointed(name, message)] })
  }
  if (code === 'case.reason-missing')
    return new ProblemError(code, { errors: [pointed('reason', '写明理由')] })
  if (command.type !== 'act') return new ProblemError(code)
  switch (error.code) {
    case 'case.officers-too-few':
      return new ProblemError(code, { errors: [pointed('officerIds', '两人以上')] })
    case 'case.visit-points':
      return new ProblemError(code, { errors: [pointed('findings', '还有没看的，或者不在清单上的')] })
    case 'case.visit-remark':
      return new ProblemError(code, { errors: [pointed('findings', '不符合的写明情况')] })
    case 'case.visit-day':
      return new ProblemError(code, { errors: [pointed('visitedOn', '换一天')] })
    case 'case.visit-why-anew':
      return new ProblemError(code, { errors: [pointed('whyAnew', '写明为什么重记')] })
    case 'case.visit-words':
      return new ProblemError(code, { errors: [pointed('onSiteWords', '写上申请人的话')] })
    case 'case.recheck-day':
      return new ProblemError(code, { errors: [pointed('recheckOn', '换一天复查')] })
    case 'case.new-day-past':
    case 'case.new-day-off':
    case 'case.new-day-beyond-law':
    case 'case.new-day-before-shares':
      return new ProblemError(code, { errors: [pointed('newDueOn', '换一天')] })
    case 'time-limit.calendar-missing': {
      const message = `${error.year} 年的放假安排还没公布，不能定到那一年`
      return new ProblemError(code, { detail: message, errors: [pointed('newDueOn', message)] })
    }
    case 'case.target-unknown': {
      const [name, wrong] = WORDS[error.field]
      // Several may be asked for, and it says for none.
      const message =
        command.action === 'request-approval' && error.field === 'for'
          ? '写明请示什么'
          : command.action === 'return-draft'
            ? '这个单位不在写要补的几家里'
            : wrong
      return new ProblemError(code, { detail: message, errors: [pointed(name, message)] })
    }
    default:
      return new ProblemError(code)
  }
}
