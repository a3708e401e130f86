import type { CaseView } from '#shared/contract/case'
import { isWithdrawable, mayTakeOver } from '#shared/domain/case/whose/applicant-acts'
import { disownedWaysOf } from '#shared/domain/case/whose/disowned'
import { awaitedIdentity, awaitedIdentityWords, isDisowned } from '#shared/domain/case/whose/identity'
import { organName } from '#shared/domain/organization/registry'
import { applicantActor, type Claim, identityReader, isOwnCase } from '../standing'
import type { Subject } from './subject'

/** What is to be shown of the identity, and whether the reader may do it on their phone. */
export function identityAwaitedOf(
  { item, state, caseRow, principal, viewer }: Subject,
  claim: Claim,
  ways: string | null,
): CaseView['identityAwaited'] {
  const reader = identityReader(caseRow, principal, mayTakeOver(state, applicantActor(claim)))
  const awaited = viewer === 'applicant' ? awaitedIdentityWords(item, state, reader) : null
  if (awaited === null) return null
  const words = ways ?? awaited
  const isOwn =
    isOwnCase(caseRow, claim) ||
    caseRow.applicantIndex === principal.idNumberIndex ||
    reader.typedAnew !== undefined ||
    // By what whoever filed it is confirmed with it comes to be named.
    isDisowned(state)
  const mayInWechat =
    awaitedIdentity(item, state)?.kind === 'person' &&
    state.applicant?.underFourteen !== true &&
    reader.typedAnew?.follows !== false
  const inWechat = mayInWechat && isOwn && claim.filer && principal.realNameLevel < 3
  return { words, inWechat, ...(reader.otherName ? { otherName: true } : {}) }
}

/** For whoever filed what names nobody any more, as long as it has no answer. */
export const disownedWays = ({ item, state, viewer, reference }: Subject) =>
  viewer === 'applicant' && isDisowned(state) && isWithdrawable(state)
    ? disownedWaysOf(item, state, organName(reference, item.departmentId))
    : null
