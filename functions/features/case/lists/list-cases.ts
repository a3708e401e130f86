import type { CaseList, CaseSummary } from '#shared/contract/case'
import { lightAt } from '#shared/domain/case/clock/case-light'
import { withDecidersAwaited, withTakingBack, wordsText } from '#shared/domain/case/outcome/now-words'
import { isFresh, isUnread, outcomeAt } from '#shared/domain/case/outcome/outcome'
import { isOver, type Outcome } from '#shared/domain/case/outcome/outcome-words'
import { disownedWays } from '#shared/domain/case/whose/disowned'
import { awaitedWords, isDisowned } from '#shared/domain/case/whose/identity'
import { dayIn, type Instant, type PlainDate } from '#shared/domain/kernel/plain-date'
import { quoted } from '#shared/domain/kernel/quoted'
import { organName } from '#shared/domain/organization/registry'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Principal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import { sealedIn } from '../../../platform/ports/sealed-in'
import type { Reference } from '../../service-item'
import { bookedView } from '../booked-view'
import type { CaseDeps } from '../deps'
import { dueBecauseOn } from '../due-view'
import { appliedAgain, laterKnownTo } from '../later'
import {
  answersIt,
  bearsOwnName,
  identityReader,
  isFiledByOther,
  isRater,
  itemOf,
  ownClaim,
  referenceAt,
  takesOver,
} from '../standing'
import { readLine, type Stand, standNow, standOn, type ToldStand } from './case-line'
import { type AwaitedDecider, decidersAwaited, isDoubted } from './deciders-awaited'
import { type ListedCase, listCases } from './list-queries'

const PAGE_SIZE = 20
const NOT_BOOKED = { booked: null, bookedBefore: null }

/** My cases, newest first. */
export const createListCases =
  (deps: CaseDeps) =>
  async (tokenHash: string, cursor: string | null): Promise<CaseList> => {
    const now = deps.clock.now()
    const page = await listCases(deps.database, tokenHash, { before: cursor, size: PAGE_SIZE + 1 }, now)
    const { principal } = page
    if (!principal) throw new ProblemError('account.session-ended')
    const reference = await referenceAt(deps, page.revision)
    const { nameSealed } = page
    const name =
      nameSealed === null
        ? null
        : deps.cipher.decrypt(nameSealed, sealedIn.profile(principal.profileId, 'name'))
    const shown = page.cases.slice(0, PAGE_SIZE)
    return {
      items: shown.map((each) => summaryOf(each, { principal, name }, reference, now)),
      nextCursor: page.cases.length > PAGE_SIZE ? (shown.at(-1)?.id ?? null) : null,
      unread: page.unread,
    }
  }

/** By its line as the last write left it; without one by its state. */
export function standOf(
  { line, isFilerKnown, unlined }: ListedCase,
  reference: Reference,
  now: Instant,
): ToldStand {
  if (unlined !== null) return standNow({ ...unlined, item: itemOf(reference, unlined), reference, now })
  if (line === null) throw new ProblemError('case.not-found')
  return standOn(readLine(line), now, isFilerKnown)
}

/** How whoever filed what names nobody any more goes on, as long as it has no answer. */
const disownedWaysFor = (
  item: ServiceItem,
  { stand, own }: Pick<ToldStand, 'stand' | 'own'>,
  reference: Reference,
) =>
  isDisowned(own) && !isOver(stand.standing)
    ? disownedWays(item, { applicant: own.applicant, isOpen: true }, organName(reference, item.departmentId))
    : null

/** What a check found otherwise stays until they have said what they think of it. */
function endToRead(
  stand: Stand,
  outcome: Outcome,
  { today, mayRate }: { readonly today: PlainDate; readonly mayRate: boolean },
) {
  // Whose grant was revoked reads why before anybody asks what they think of it.
  const isAskedToRate = mayRate && outcome.key !== 'revoked' && outcome.key !== 'taking-back'
  if (isAskedToRate && (outcome.tone === 'late' || isFresh(stand.overOn, today))) return 'rating'
  return isUnread(outcome, stand, today) ? 'result' : 'none'
}

/** What whoever may answer for the applicant is asked for now, and until when; without that when it is done. */
function asked(stand: Stand, today: PlainDate, answers: boolean) {
  const { speak } = stand
  // After the last day nothing is asked: what is said then is read all the same.
  if (answers && speak && (speak.until === null || speak.until >= today))
    return { waits: 'statement' as const, dueOn: speak.until, newDueOn: null, dueBecause: null }
  return {
    waits: answers && stand.status === 'correcting' ? ('correction' as const) : null,
    dueOn: stand.dueOn,
    newDueOn: stand.newDueOn,
    ...(stand.dueByLaw ? { dueByLaw: stand.dueByLaw } : {}),
    dueBecause: dueBecauseOn(stand.dueBecause, today),
  }
}

const speaksOf = ({ speak }: Stand, reference: Reference) =>
  speak?.own ? `${organName(reference, speak.own.unitId)}的${quoted(speak.own.name)}` : null

/** Who asks, and how they are called; `name` is null for whoever has written none. */
export interface ListReader {
  readonly principal: Principal
  readonly name: string | null
}

const nowTextOf = (
  stand: Stand,
  { awaited, today }: { readonly awaited: readonly AwaitedDecider[]; readonly today: PlainDate },
  reference: Reference,
) =>
  wordsText(
    withDecidersAwaited(
      withTakingBack(stand.now, stand.takingBackBy, today),
      awaited.map(({ unitId }) => unitId),
      reference,
    ),
    reference,
  )

/** A case as its list tells it, by columns and line alone. */
export function summaryOf(
  row: ListedCase,
  { principal, name }: ListReader,
  reference: Reference,
  now: Instant,
): CaseSummary {
  const { id, caseNumber, applicantMasked, filedAt, rated } = row
  const item = reference.at(row.serviceItemId, row.itemVersion)
  const { stand, own, booking } = standOf(row, reference, now)
  const held = { ...row, state: own }
  const claim = ownClaim(held, principal)
  const answers = answersIt(held, principal)
  const today = dayIn(now)
  const awaited = decidersAwaited(stand.toDecide ?? [], {
    reference,
    now,
    ownStaff: row.ownStaff,
  })
  const { waits, ...dates } = asked(stand, today, answers)
  const mayRate = stand.isRateable === true && !rated && isRater(held, claim)
  const ways = disownedWaysFor(item, { stand, own }, reference)
  const light = lightAt(stand.light, today, reference.calendar)
  const outcome = outcomeAt(stand.standing, light, 'applicant')
  const later = laterKnownTo(row.later ?? [], claim, principal.profileId)
  // Whoever has applied once more has read why.
  const isRead = appliedAgain(item, { id, applicant: own.applicant }, later) !== null
  return {
    id,
    caseNumber,
    serviceItemId: item.id,
    plainName: item.plainName,
    status: stand.status,
    statusText: nowTextOf(stand, { awaited, today }, reference),
    ...(waits === null && isDoubted(dates.newDueOn ?? dates.dueOn, awaited, today)
      ? { dueDoubted: true }
      : {}),
    outcome,
    ...(stand.takingBackBy === undefined ? {} : { takingBackBy: stand.takingBackBy }),
    applicantMasked,
    ownName: bearsOwnName(held, principal) ? name : null,
    filedByOther: isFiledByOther(row, principal.profileId),
    filedAt,
    ...dates,
    apart: stand.apart,
    light,
    // Time alone may have ended it since the line was written; what was granted and handed over is still to be kept.
    ...bookedView(stand.endedOn === null || outcome.key === 'granted' ? booking : NOT_BOOKED, reference),
    // Its way to be named again stands among the ways on.
    identityAwaited:
      ways === null && stand.awaited !== null
        ? awaitedWords(stand.awaited, identityReader(held, principal, takesOver(held, principal)))
        : null,
    personAwaited: ways === null && stand.awaited?.kind === 'person',
    disownedWays: ways,
    waitsForMe: waits ?? (isRead ? 'none' : endToRead(stand, outcome, { today, mayRate })),
    speaksOf: speaksOf(stand, reference),
    missing: [...stand.missing],
    rated,
  }
}
