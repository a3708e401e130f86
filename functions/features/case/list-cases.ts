import type { CaseList, CaseSummary, CaseView } from '#shared/contract/case'
import { dueOfCase } from '#shared/domain/case/clocks'
import { awaitedIdentityWords } from '#shared/domain/case/identity'
import { outcomeOf } from '#shared/domain/case/outcome'
import { mayBeRated } from '#shared/domain/case/rateable'
import { openCorrection } from '#shared/domain/case/state'
import type { Instant } from '#shared/domain/kernel/plain-date'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import type { Reference } from '../service-item'
import type { CaseDeps } from './deps'
import { type ListedCase, listCases } from './list-queries'
import { stateOnTime } from './on-time'
import { readCase } from './queries'
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
    checkFailed: outcomeOf(item, state).checkFailed,
    applicantMasked: row.applicantMasked,
    filedByOther: isFiledByOther(row, principal.profileId),
    filedAt: row.filedAt,
    ...(correctionStanding(item, state, { reference, now }) ?? {
      ...dueView(item, state, due),
      light: caseLight(item, state, { reference, now }),
    }),
    identityAwaited: awaitedIdentityWords(
      item,
      state,
      identityReader(row, principal, takesOver(row, principal)),
    ),
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
