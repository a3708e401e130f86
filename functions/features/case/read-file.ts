import { sql } from 'drizzle-orm'
import { ProblemError } from '../../platform/http/problem'
import type { CaseDeps } from './deps'
import { loadCase } from './queries'
import { referenceAt, viewerOf } from './standing'

/** A paper of a case, to whoever may see the case. */
export const createReadFile =
  (deps: CaseDeps) => async (tokenHash: string, caseId: string, fileId: string) => {
    const loaded = await loadCase(deps.database, tokenHash, caseId, null, deps.clock.now())
    if (!loaded.principal) throw new ProblemError('account.session-ended')
    const { caseRow, principal } = loaded
    const reference = await referenceAt(deps, loaded.revision)
    if (!caseRow) throw new ProblemError('case.file-not-found')
    const item = reference.at(caseRow.serviceItemId, caseRow.itemVersion)
    const viewer = viewerOf(item, { ...loaded, caseRow }, principal)
    if (viewer === null || viewer === 'former') throw new ProblemError('case.file-not-found')
    const [row] = await deps.database.rows<{ storageKey: string }>(sql`select
      storage_key as "storageKey" from uploads
      where id = ${fileId}::uuid and case_id = ${caseId}::uuid`)
    if (!row) throw new ProblemError('case.file-not-found')
    const stored = await deps.files.find(row.storageKey)
    if (!stored) throw new ProblemError('case.file-not-found')
    return { bytes: await deps.files.read(row.storageKey), contentType: stored.contentType }
  }
