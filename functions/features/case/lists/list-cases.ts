import type { CaseList, CaseSummary, CaseView } from '#shared/contract/case'
import { disownedWays } from '#shared/domain/case/disowned'
import { awaitedWords, isDisowned } from '#shared/domain/case/identity'
import { mayBeRated } from '#shared/domain/case/rateable'
import { ENDED } from '#shared/domain/case/state'
import { dayIn, type Instant } from '#shared/domain/kernel/plain-date'
import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Principal } from '../../../platform/http/principal'
import { ProblemError } from '../../../platform/http/problem'
import type { Reference } from '../../service-item'
import type { CaseDeps } from '../deps'
import { readCase } from '../queries'
import {
  answersIt,
  identityReader,
  isFiledByOther,
  isRater,
  itemOf,
  ownClaim,
  referenceAt,
  takesOver,
  viewerOf,
} from '../standing'
import { viewCase } from '../views/case-view'
import { viewFormer } from '../views/former-view'
import { lightAt, wordsText } from '../views/status-view'
import { organName } from '../views/subject'
import { readLine, standNow, standOn, type ToldStand } from './case-line'
import { type ListedCase, listCases } from './list-queries'

const PAGE_SIZE = 20

const MOST_KNOWN = 10_000

/**
 * Reads for a member of staff what staff need, for others a statement that is half as long. What a session was found to be
 * is remembered to save a second trip, never believed: the statement finds it anew.
 */
function createRead({ database }: CaseDeps) {
  const staff = new Set<string>()
  return async (tokenHash: string, caseId: string, now: Instant) => {
    const isKnown = staff.has(tokenHash)
    const read = await readCase(database, tokenHash, caseId, isKnown ? 'staff' : 'resident', now)
    if (isKnown || !read?.principal?.staffId) return read
    if (staff.size >= MOST_KNOWN) staff.clear()
    staff.add(tokenHash)
    return readCase(database, tokenHash, caseId, 'staff', now)
  }
}

/** One case as the viewer may see it; 404 for everybody else. */
export const createReadCase = (deps: CaseDeps) => {
  const readAsWhatTheyAre = createRead(deps)
  return async (tokenHash: string, caseId: string): Promise<CaseView> => {
    const now = deps.clock.now()
    const read = await readAsWhatTheyAre(tokenHash, caseId, now)
    if (!read?.principal) throw new ProblemError('account.session-ended')
    const { caseRow, principal } = read
    if (!caseRow) throw new ProblemError('case.not-found')
    const reference = await referenceAt(deps, read.revision)
    const item = itemOf(reference, caseRow)
    const viewer = viewerOf(item, { ...read, caseRow }, principal)
    if (viewer === null) throw new ProblemError('case.not-found')
    if (viewer === 'former') return viewFormer(caseRow, item, reference)
    return viewCase(read, caseRow, principal, viewer, {
      reference,
      cipher: deps.cipher,
      documents: deps.documents,
      now,
    })
  }
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

/** By its line as the last write left it; without one by its state. */
function standOf({ line, isFilerKnown, unlined }: ListedCase, reference: Reference, now: Instant): ToldStand {
  if (unlined !== null) return standNow({ ...unlined, item: itemOf(reference, unlined), reference, now })
  if (line === null) throw new ProblemError('case.not-found')
  return standOn(readLine(line), dayIn(now), isFilerKnown)
}

/** How whoever filed what names nobody any more goes on, as long as it has no answer. */
const waysOf = (item: ServiceItem, { stand, own }: ToldStand, reference: Reference) =>
  isDisowned(own) && stand.decision === null && !ENDED[stand.status]
    ? disownedWays(item, { applicant: own.applicant, isOpen: true }, organName(reference, item.departmentId))
    : null

/** A case as its list tells it, by columns and line alone. */
export function summaryOf(
  row: ListedCase,
  principal: Principal,
  reference: Reference,
  now: Instant,
): CaseSummary {
  const { id, caseNumber, applicantMasked, filedAt, rated } = row
  const item = reference.at(row.serviceItemId, row.itemVersion)
  const { stand, own } = standOf(row, reference, now)
  const held = { ...row, state: own }
  const isAsked = stand.status === 'correcting' && answersIt(held, principal)
  const mayRate = mayBeRated(row.status) && !rated && isRater(held, ownClaim(held, principal))
  const ways = waysOf(item, { stand, own }, reference)
  return {
    id,
    caseNumber,
    serviceItemId: item.id,
    plainName: item.plainName,
    status: stand.status,
    statusText: wordsText(stand.now, reference),
    decision: stand.decision && { kind: stand.decision },
    checkFailed: stand.checkFailed,
    applicantMasked,
    filedByOther: isFiledByOther(row, principal.profileId),
    filedAt,
    dueOn: stand.dueOn,
    dueBecause: stand.dueBecause,
    light: lightAt(stand.light, dayIn(now), reference.calendar),
    // Its way to be named again stands among the ways on.
    identityAwaited:
      ways === null && stand.awaited !== null
        ? awaitedWords(stand.awaited, identityReader(held, principal, takesOver(held, principal)))
        : null,
    disownedWays: ways,
    waitsForMe: isAsked ? 'correction' : mayRate ? 'rating' : 'none',
    missing: [...stand.missing],
    rated,
  }
}
