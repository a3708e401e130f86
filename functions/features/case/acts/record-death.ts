import type { RecordDeath } from '#shared/contract/delivery'
import type { DeathCommand } from '#shared/domain/case/delivery/record-death'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import type { CaseDeps } from '../deps'
import { sealText } from '../texts'
import { type CaseRequest, runVerb } from './verb'

/** Staff write down that whom a decision was made for has died, or that this was an error. */
export const createRecordDeath = (deps: CaseDeps) => (request: CaseRequest, body: RecordDeath) =>
  runVerb(deps, request, body.version, ({ caseRow, viewer }) => {
    if (viewer !== 'staff') throw new ProblemError('case.not-your-task')
    const isRecord = body.action === 'record'
    const sealed = sealText(
      deps.cipher,
      caseRow.id,
      isRecord ? 'note' : 'reason',
      isRecord ? body.proof : body.reason,
    )
    const command: DeathCommand = isRecord
      ? { type: 'record-death', diedOn: plainDate(body.diedOn), proofDigest: sealed.digest }
      : { type: 'withdraw-death-record', reasonDigest: sealed.digest }
    return { command, texts: [sealed], reasonDigest: isRecord ? null : sealed.digest }
  })
