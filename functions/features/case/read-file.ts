import { sql } from 'drizzle-orm'
import { ProblemError } from '../../platform/http/problem'
import type { CaseDeps } from './deps'
import { loadCase } from './queries'
import { itemOf, referenceAt, viewerOf } from './standing'

/** A paper of a case, to whoever may see the case. */
export const createReadFile =
  (deps: CaseDeps) => async (tokenHash: string, caseId: string, fileId: string) => {
    const loaded = await loadCase(deps.database, tokenHash, caseId, null, deps.clock.now())
    if (!loaded.principal) throw new ProblemError('account.session-ended')
    const { caseRow, principal, tasks } = loaded
    const reference = await referenceAt(deps, loaded.revision)
    const visible = caseRow && viewerOf(itemOf(reference, caseRow), { caseRow, tasks }, principal) !== null
    if (!visible) throw new ProblemError('case.file-not-found')
    const [row] = await deps.database.rows<{ storageKey: string }>(sql`select
      storage_key as "storageKey" from uploads
      where id = ${fileId}::uuid and case_id = ${caseId}::uuid`)
    if (!row) throw new ProblemError('case.file-not-found')
    const stored = await deps.files.find(row.storageKey)
    if (!stored) throw new ProblemError('case.file-not-found')
    return { bytes: await deps.files.read(row.storageKey), contentType: stored.contentType }
  }
