import { ProblemError } from '../../platform/http/problem'
import { sniff } from '../application'
import type { CaseDeps } from './deps'
import { loadFile } from './queries'
import { claimOf, itemOf, readsOwnAlone, referenceAt, viewerOf } from './standing'

/** A paper of a case, to whoever may see the case, to its filer their own: one statement, and one question to the store. */
export const createReadFile =
  (deps: CaseDeps) => async (tokenHash: string, caseId: string, fileId: string) => {
    const loaded = await loadFile(deps.database, tokenHash, caseId, fileId, deps.clock.now())
    if (!loaded?.principal) throw new ProblemError('account.session-ended')
    const { caseRow, principal, file } = loaded
    const reference = await referenceAt(deps, loaded.revision)
    if (!caseRow || !file) throw new ProblemError('case.file-not-found')
    const item = itemOf(reference, caseRow)
    const viewer = viewerOf(item, { ...loaded, caseRow }, principal)
    if (viewer === null || viewer === 'former') throw new ProblemError('case.file-not-found')
    const isOwnAlone = readsOwnAlone(caseRow, claimOf(caseRow, principal))
    if (isOwnAlone && file.ownerId !== principal.profileId) throw new ProblemError('case.file-not-found')
    const bytes = await deps.files.read(file.storageKey)
    // Rows of before say what the file was announced as.
    const contentType = file.isSealed ? file.contentType : bytes && (await sniff(bytes))
    if (!bytes || !contentType) throw new ProblemError('case.file-not-found')
    return { bytes, contentType }
  }
