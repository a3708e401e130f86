import type { RecordDeath } from '#shared/contract/delivery'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import type { DeathCommand } from '#shared/domain/case/delivery/record-death'
import { birthOfIdNumber } from '#shared/domain/kernel/digits'
import { plainDate } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import type { CaseDeps } from '../deps'
import { openContent, sealText } from '../texts'
import { type CaseAtHand, type CaseRequest, runVerb } from './verb'

/** As the number has it that was applied with; null where the form asks for none. */
function bornOn({ cipher }: CaseDeps, { caseRow, item, loaded }: CaseAtHand) {
  const { kind, number } = applicantFieldsOf(item)
  if (kind !== 'person' || number === null) return null
  const { answers } = openContent(cipher, caseRow.id, loaded.texts, caseRow.state.answersDigest)
  const typed = answers[number]
  return typeof typed === 'string' ? (birthOfIdNumber(typed) ?? null) : null
}

/** Staff write down that whom a decision was made for has died, or that this was an error. */
export const createRecordDeath = (deps: CaseDeps) => (request: CaseRequest, body: RecordDeath) =>
  runVerb(deps, request, body.version, (atHand) => {
    const { caseRow, viewer } = atHand
    if (viewer !== 'staff') throw new ProblemError('case.not-your-task')
    const isRecord = body.action === 'record'
    const sealed = sealText(
      deps.cipher,
      caseRow.id,
      isRecord ? 'note' : 'reason',
      isRecord ? body.proof : body.reason,
    )
    const command: DeathCommand = isRecord
      ? {
          type: 'record-death',
          diedOn: plainDate(body.diedOn),
          proofDigest: sealed.digest,
          bornOn: bornOn(deps, atHand),
          isBeforeFiling: body.beforeFiling === true,
        }
      : { type: 'withdraw-death-record', reasonDigest: sealed.digest }
    return { command, texts: [sealed], reasonDigest: isRecord ? null : sealed.digest }
  })
