import type { ServiceItem } from '#shared/domain/service-item/item'
import type { Principal } from '../../platform/http/principal'
import { ProblemError } from '../../platform/http/problem'
import { sniff } from '../application'
import type { OwnedCase } from './case-row'
import type { CaseDeps } from './deps'
import { loadFile } from './queries'
import { foundNow } from './settlers'
import { type FoundCase, itemOf, ownClaim, readsOwnAlone, readsWhole, referenceAt } from './standing'

/** Who sees the case reads its papers; its filer those that they brought. */
function mayRead(item: ServiceItem, found: FoundCase<OwnedCase>, principal: Principal, broughtBy: string) {
  if (!readsWhole(item, found, principal)) return false
  const { caseRow } = found
  return broughtBy === principal.profileId || !readsOwnAlone(caseRow, ownClaim(caseRow, principal))
}

/** A paper of a case, to whoever may see the case: one statement, and one question to the store. */
export const createReadFile =
  (deps: CaseDeps) => async (tokenHash: string, caseId: string, fileId: string) => {
    const now = deps.clock.now()
    const loaded = await loadFile(deps.database, tokenHash, caseId, fileId, now)
    if (!loaded?.principal) throw new ProblemError('account.session-ended')
    const { caseRow, principal, file } = loaded
    const reference = await referenceAt(deps, loaded.revision)
    const item = caseRow && itemOf(reference, caseRow)
    const reads = (found: FoundCase<OwnedCase>) =>
      item !== null && file !== null && mayRead(item, found, principal, file.ownerId)
    if (
      !caseRow ||
      !file ||
      !(
        reads({ ...loaded, caseRow }) ||
        (principal.staffId !== null && reads(foundNow({ ...loaded, caseRow }, reference, now)))
      )
    )
      throw new ProblemError('case.file-not-found')
    const bytes = await deps.files.read(file.storageKey)
    // Rows of before say what the file was announced as.
    const contentType = file.isSealed ? file.contentType : bytes && (await sniff(bytes))
    if (!bytes || !contentType) throw new ProblemError('case.file-not-found')
    return { bytes, contentType }
  }
