import type { CaseActor, CaseContext, Pool } from '#shared/domain/case/context'
import type { Bringer } from '#shared/domain/case/correction/brought'
import { type CaseState, hasOwnerTakenPart, type StepTarget } from '#shared/domain/case/state'
import { isBarred } from '#shared/domain/case/whose/barred'
import {
  type AwaitedReader,
  isDisowned,
  isFilersOwn,
  isMisnamed,
  isOwnNumber,
  standsForAll,
} from '#shared/domain/case/whose/identity'
import { mayStandIn, type StaffSight, seesAsStaff, staffSight } from '#shared/domain/case/whose/visibility'
import type { Instant } from '#shared/domain/kernel/plain-date'
import { asFiled } from '#shared/domain/service-item/fast-track'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Revision } from '../../platform/db/parts/revision'
import type { Principal } from '../../platform/http/principal'
import type { Reference } from '../service-item'
import { approversIn } from './approvers'
import type { CaseRow, Dealings, OwnedCase } from './case-row'
import { correctionRuleOf } from './county-days'
import type { CaseDeps } from './deps'
import { handlersIn, signersAt, standInsAt } from './lists/signers'
import type { CaseTask } from './task'

/** The reference data that a statement has seen the revision of. */
export const referenceAt = ({ reference }: Pick<CaseDeps, 'reference'>, revision: Revision) =>
  reference.since(revision)

/** The guide that a case was filed under, as it is for this case. */
export const itemOf = (
  reference: Reference,
  { serviceItemId, itemVersion, state }: Pick<CaseRow, 'serviceItemId' | 'itemVersion' | 'state'>,
) => asFiled(reference.at(serviceItemId, itemVersion), state)

/** What the principal is to a case beside their work, and what follows from it. */
export interface Claim {
  /** The confirmed person, or who holds a power of the firm now. */
  readonly owner: boolean
  readonly filer: boolean
  /** They filed it for themselves, but it is certainly somebody else's. */
  readonly isOther: boolean
  /** Staff who act for an applicant whose case was entered at a window or a village, with the person before them. */
  readonly standsIn: boolean
  /** May answer a notice and add something. */
  readonly mayAnswer: boolean
  readonly mayWithdraw: boolean
  readonly takesOver: boolean
  /** What was decided is theirs: the owner's, and until there is one, of whoever filed it for themselves. */
  readonly isHolder: boolean
  /** They are the holder, or stand for the firm in everything: theirs is the word that nothing more comes. */
  readonly mayWaive: boolean
  /** The number is theirs, and others typed it. */
  readonly mayDisown: boolean
  /** They wait for it themselves: who only typed it for somebody does not. */
  readonly mayNudge: boolean
}

/** All that it goes by, of the state: a list has no more. */
export type OwnState = Pick<
  CaseState,
  'enteredBy' | 'confirmedBy' | 'applicant' | 'takenOverAt' | 'isDeceased'
> & {
  readonly changes: readonly Pick<CaseState['changes'][number], 'byOwner'>[]
}
type Held = Pick<CaseRow, 'applicantIndex' | 'serviceItemId' | 'filedBy' | 'ownerId' | 'broughtByOther'> & {
  readonly state: OwnState
}
type Owned = Held & Pick<OwnedCase, 'owners'>
type Named = Owned & Pick<OwnedCase, 'otherFirmName'>

const holdsPower = (
  { powers }: Principal,
  { applicantIndex, serviceItemId }: Pick<Held, 'applicantIndex' | 'serviceItemId'>,
) =>
  powers.some(
    ({ firmIndex, itemIds }) =>
      firmIndex === applicantIndex && (itemIds === null || itemIds.includes(serviceItemId)),
  )

/**
 * Once its owner has taken part, whoever filed for them keeps reading and answering, and takes nothing back; until then
 * nothing tells them whether there is one. Whose power for the firm has ended only reads.
 */
export function claimOf(item: ServiceItem, found: FoundCase<OwnedCase>, principal: Principal): Claim {
  const { caseRow, tasks } = found
  const { state } = caseRow
  const { owner, filer, isOther } = ownClaim(caseRow, principal)
  const standsIn =
    mayStandIn({ item, state, tasks }, principal) && seesAsStaff(...askedOf(item, found, principal))
  const answers = filesFor(caseRow, filer)
  const files = answers || standsIn
  const isHolder =
    owner || (answers && !isOther && caseRow.owners.length === 0 && isApplicantReached(caseRow))
  return {
    owner,
    filer,
    isOther,
    standsIn,
    mayAnswer: owner || files,
    // What nobody applied for is taken back by whoever filed it; staff end it in their own name.
    mayWithdraw: owner || (isDisowned(state) ? answers : files && !isOther && !hasOwnerTakenPart(state)),
    takesOver: takesOver(caseRow, principal),
    isHolder,
    mayWaive: isHolder && standsForAll(state, principal.powers, caseRow.applicantIndex),
    mayNudge: owner || (answers && !isOther),
    mayDisown:
      owner && !filer && (state.enteredBy ?? '') !== principal.staffId && found.dealings?.hasClosed !== true,
  }
}

/** Typed by staff for the applicant, who has not taken it over. */
export const isEntered = ({ state, ownerId }: Pick<Held, 'state' | 'ownerId'>) =>
  state.enteredBy !== null && ownerId === null

/** What the reader has still to show of their identity goes by this. */
export function identityReader(
  caseRow: Named,
  principal: Pick<Principal, 'realNameLevel' | 'idNumberIndex' | 'identityIndex' | 'profileId'>,
  takesIt: boolean,
): AwaitedReader {
  const { applicantIndex, broughtByOther, state } = caseRow
  const named = state.applicant?.identityIndex ?? null
  const isOther = named !== null && named !== principal.identityIndex
  return {
    takesIt,
    otherName: isMisnamed({ numberIndex: applicantIndex, identityIndex: named }, principal),
    ...(caseRow.otherFirmName ? { hasOtherFirmName: true } : {}),
    ...(isOther && isFilersUnconfirmed(caseRow, principal)
      ? { typedAnew: { withdraws: !hasOwnerTakenPart(state), follows: !broughtByOther } }
      : {}),
  }
}

/** Whoever filed it for themselves is not confirmed yet: by what they are confirmed with it may come to be named. */
const isFilersUnconfirmed = (
  { filedBy, ownerId, state }: Pick<Held, 'filedBy' | 'ownerId' | 'state'>,
  { profileId, realNameLevel }: Pick<Principal, 'profileId' | 'realNameLevel'>,
) => filedBy === profileId && ownerId === null && realNameLevel < 3 && state.applicant?.takenFrom === 'filer'

/** How the applicant may show who they are beside a counter. Confirmed in WeChat already, it is the name that differs. */
export function identityBy(
  caseRow: OwnedCase,
  { agent }: { readonly agent: boolean },
): 'wechat' | 'takeover' | 'counter' | 'guardian' {
  const { applicantIndex, filedBy, ownerId, owners, state } = caseRow
  if (state.applicant?.underFourteen && owners.length === 0) return 'guardian'
  if (isEntered(caseRow)) return applicantIndex === null ? 'counter' : 'takeover'
  if (owners.includes(ownerId ?? filedBy)) return 'counter'
  return agent ? 'takeover' : 'wechat'
}

/** Who filed it by a power of the firm counts as its filer only while the power holds. */
const filesFor = ({ state }: Pick<Held, 'state'>, filer: boolean) => filer && state.confirmedBy !== 'power'

/** Beside staff, who stand in for an applicant and have no list of their own cases. */
export function answersIt(caseRow: Held, principal: Principal) {
  const { owner, filer } = ownClaim(caseRow, principal)
  return owner || filesFor(caseRow, filer)
}

/** Whose phone it was filed on; null for what staff typed. */
const filedByOf = ({ filedBy, state }: Pick<Held, 'filedBy' | 'state'>) =>
  state.enteredBy === null ? filedBy : null

/** Who has the case: who took it over, else whoever filed it; they may have lost it since. */
export const carrierOf = (caseRow: Pick<Held, 'filedBy' | 'ownerId' | 'state'>) =>
  caseRow.ownerId ?? filedByOf(caseRow)

/** A message reaches the applicant's side: it was filed on a phone, or its owner has an account. */
export const isReached = ({ owners, state }: Pick<OwnedCase, 'owners' | 'state'>) =>
  state.isDeceased !== true && (state.enteredBy === null || owners.length > 0)

/**
 * And the one that reaches is the applicant's own: an owner's, or of whoever filed it for themselves. Whom a card at a counter has
 * named is theirs by their confirmed number alone: a number that was typed proves nothing.
 */
export const isApplicantReached = ({
  owners,
  state,
  applicantIndex,
}: Pick<OwnedCase, 'owners' | 'state' | 'applicantIndex'>) =>
  state.isDeceased !== true &&
  (owners.length > 0 ||
    (state.enteredBy === null &&
      state.confirmedBy !== 'face-to-face' &&
      isFilersOwn(state.applicant, applicantIndex)))

/** Filed by an account that is not the reader's, and not taken over by the reader. */
export const isFiledByOther = ({ filedBy, ownerId }: Pick<Held, 'filedBy' | 'ownerId'>, profileId: string) =>
  filedBy !== profileId && ownerId !== profileId

/** Filed in another's place: whoever filed it said so, or is none of those whose it has turned out to be. */
export const isFiledForAnother = (
  { filedBy, owners, state }: Pick<OwnedCase, 'filedBy' | 'owners' | 'state'>,
  { agent }: { readonly agent: boolean },
) => agent || (state.enteredBy === null && owners.length > 0 && !owners.includes(filedBy))

/** Whoever has it and sees it by that: having taken it over alone gives no sight to who is not its owner any more. */
export function filerOf(
  caseRow: Pick<Held, 'filedBy' | 'ownerId' | 'state'>,
  isOwner: (id: string) => boolean,
) {
  const carrier = carrierOf(caseRow)
  const isTheirs =
    carrier !== null && (caseRow.ownerId === null || carrier === filedByOf(caseRow) || isOwner(carrier))
  return isTheirs ? carrier : null
}

/** Owner or filer, whatever else the principal may do with it. */
export function ownClaim(caseRow: Held, principal: Principal) {
  const { applicantIndex } = caseRow
  const isPerson = principal.realNameLevel === 3 && principal.idNumberIndex === applicantIndex
  const owner = applicantIndex !== null && (isPerson || holdsPower(principal, caseRow))
  const filer = filerOf(caseRow, (id) => owner && id === principal.profileId)
  return { owner, filer: filer === principal.profileId, isOther: isOther(caseRow, principal) }
}

/** Theirs by their confirmed number, and under the very name they are confirmed with: they read it in full. */
export const bearsOwnName = (
  { applicantIndex, state: { applicant } }: Pick<Held, 'applicantIndex' | 'state'>,
  principal: Principal,
) =>
  isOwnNumber(applicantIndex, principal) &&
  principal.identityIndex !== null &&
  applicant?.identityIndex === principal.identityIndex

/** Under their number, or under what they have typed of themselves before they are confirmed. */
export const isReadersOwn = (
  { applicantIndex, state: { applicant } }: Pick<Held, 'applicantIndex' | 'state'>,
  principal: Pick<Principal, 'realNameLevel' | 'idNumberIndex' | 'identityIndex'>,
) =>
  isOwnNumber(applicantIndex, principal) ||
  (principal.identityIndex !== null && applicant?.identityIndex === principal.identityIndex)

/** Somebody was named by the card, and whoever filed it is confirmed with another number. */
const isOther = (
  { applicantIndex, state: { applicant, confirmedBy } }: Pick<Held, 'applicantIndex' | 'state'>,
  { realNameLevel, idNumberIndex }: Pick<Principal, 'realNameLevel' | 'idNumberIndex'>,
) =>
  applicant?.takenFrom === 'filer' &&
  confirmedBy === 'face-to-face' &&
  realNameLevel === 3 &&
  idNumberIndex !== applicantIndex

/** What somebody may do with a case in the applicant's place; null for who may not. */
export const applicantActor = (claim: Claim): Extract<CaseActor, { kind: 'applicant' }> | null => {
  const { mayWithdraw, takesOver: mayTakeOver, mayDisown, mayNudge, isHolder, mayWaive, owner, filer } = claim
  const speaksAs = owner ? 'owner' : filer ? 'filer' : 'staff'
  return claim.mayAnswer
    ? { kind: 'applicant', mayWithdraw, mayTakeOver, mayDisown, mayNudge, isHolder, mayWaive, speaksAs }
    : null
}

/** The case is their own: by their number, by a power, or by having filed it where that makes it theirs and it is nobody else's. */
export const isOwnCase = (
  { applicantIndex, state }: Pick<Held, 'applicantIndex' | 'state'>,
  { owner, filer, isOther }: Pick<Claim, 'owner' | 'filer' | 'isOther'>,
) => owner || (filer && !isOther && !hasOwnerTakenPart(state) && isFilersOwn(state.applicant, applicantIndex))

/** What somebody may bring goes by this. */
export const bringerOf = (
  caseRow: Pick<OwnedCase, 'applicantIndex' | 'state'>,
  { owner, filer, isOther, standsIn, mayAnswer }: Claim,
): Bringer => ({
  owner: isOwnCase(caseRow, { owner, filer, isOther }),
  // Whose power has ended only reads.
  filer: filer && mayAnswer,
  standsIn,
})

/**
 * The one rating is the owner's once they have taken part; till then whoever filed it gives it too. 一事一评 Who has died gives
 * none, whoever holds their phone.
 */
export const isRater = (
  caseRow: Pick<Held, 'applicantIndex' | 'state'>,
  claim: Pick<Claim, 'owner' | 'filer' | 'isOther'>,
) =>
  (claim.owner || (claim.filer && !claim.isOther && !hasOwnerTakenPart(caseRow.state))) &&
  !(caseRow.state.isDeceased && isOwnCase(caseRow, claim))

/** Whoever filed for somebody reads what they brought themselves; whoever else sees the case reads all of it. */
export const readsOwnAlone = (
  caseRow: Pick<Held, 'applicantIndex' | 'state'>,
  claim: Pick<Claim, 'owner' | 'filer' | 'isOther'>,
) => claim.filer && !isOwnCase(caseRow, claim)

/** Whoever has it is no owner now, and the principal is: they may have it alone from now on. */
export function takesOver(caseRow: Owned, principal: Principal) {
  const carrier = carrierOf(caseRow)
  return ownClaim(caseRow, principal).owner && (carrier === null || !caseRow.owners.includes(carrier))
}

/** A case as a statement has found it for who asks. */
export interface FoundCase<Row extends CaseRow = CaseRow> {
  readonly caseRow: Row
  readonly tasks: readonly CaseTask[]
  readonly dealings: Dealings | null
}

export type Viewer = 'applicant' | 'staff' | 'former' | 'objection'

/** What who asks is to a case; null when it must not be known to them. */
export function viewerOf(item: ServiceItem, found: FoundCase, principal: Principal): Viewer | null {
  const { caseRow } = found
  const { owner, filer } = ownClaim(caseRow, principal)
  if (owner || filer) return 'applicant'
  return sightOf(item, found, principal)
}

const barredAs = (caseRow: CaseRow, tasks: readonly CaseTask[], { staffId, pools }: Principal) =>
  isBarred(caseRow, staffId, { tasks, pools })

const askedOf = (item: ServiceItem, { caseRow, tasks, dealings }: FoundCase, principal: Principal) =>
  [
    { item, state: caseRow.state, tasks },
    {
      staffId: principal.staffId,
      pools: principal.pools,
      isBarred: barredAs(caseRow, tasks, principal),
      actedAt: dealings?.actedAt ?? [],
      isLooking: dealings?.isLooking ?? false,
    },
  ] as const

/** Applicant or staff at work: what a case holds is open to them, on whatever day. */
export function readsWhole(item: ServiceItem, found: FoundCase, principal: Principal): boolean {
  const { owner, filer } = ownClaim(found.caseRow, principal)
  return owner || filer || seesAsStaff(...askedOf(item, found, principal))
}

/** What the asking member of staff may see, whatever else the case is to them. */
export const sightOf = (item: ServiceItem, found: FoundCase, principal: Principal): StaffSight =>
  staffSight(...askedOf(item, found, principal))

export const staffActor = (
  caseRow: CaseRow,
  tasks: readonly CaseTask[],
  principal: Principal,
): CaseActor => ({
  kind: 'staff',
  staffId: principal.staffId,
  pools: principal.pools,
  isBarred: barredAs(caseRow, tasks, principal),
})

export function staffContext(
  caseRow: OwnedCase,
  tasks: readonly CaseTask[],
  principal: Principal,
  reference: Reference,
  now: Instant,
): CaseContext {
  const poolsAt = ({ stepKey, unitId }: StepTarget, approval: boolean): readonly Pool[] =>
    tasks.filter(
      (task) =>
        task.approval === approval &&
        task.stepKey === stepKey &&
        task.partUnitId === unitId &&
        !(principal.staffId !== null && task.barred.includes(principal.staffId)),
    )
  const item = reference.at(caseRow.serviceItemId, caseRow.itemVersion)
  return {
    now,
    calendar: reference.calendar,
    correctionRule: correctionRuleOf(reference),
    actor: staffActor(caseRow, tasks, principal),
    poolsOf: (step, unitId) => poolsAt({ stepKey: step.key, unitId }, false),
    isReached: isReached(caseRow),
    isApplicantReached: isApplicantReached(caseRow),
    // Nobody is asked to allow anything of what was disowned.
    leadersAt: (target) => poolsAt(target, true),
    signersAt: (target) => signersAt({ ...caseRow, item, reference, now }, tasks, target).map(({ id }) => id),
    standInsAt: (target) => standInsAt({ ...caseRow, item, reference, now }, target),
    handlersOf: handlersIn({ ...caseRow, reference, now }),
    approversOf: (kind, unitId) =>
      approversIn({ ...caseRow, item, reference, now }).approversOf(kind, unitId, principal.staffId),
  }
}
