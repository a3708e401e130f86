import type { WithdrawCase } from '#shared/contract/case'
import { ProblemError } from '../../../platform/http/problem'
import type { CaseDeps } from '../deps'
import { sealText } from '../texts'
import { type CaseRequest, runVerb } from './verb'

/**
 * The application is taken back before it is decided: by its owner, or while there is none by whoever filed it. Staff who do
 * it in the applicant's place write how the applicant said so.
 */
export const createWithdrawCase =
  (deps: CaseDeps) =>
  (request: CaseRequest, { version, reason: words }: WithdrawCase) =>
    runVerb(deps, request, version, ({ caseRow, claim }) => {
      if (words === undefined && claim.standsIn && claim.mayWithdraw) {
        const message = '写明本人怎么说要撤的'
        throw new ProblemError('case.reason-missing', {
          errors: [{ pointer: '/reason', code: 'field.required', message }],
        })
      }
      if (words === undefined)
        return { command: { type: 'withdraw', reasonDigest: null }, texts: [], reasonDigest: null }
      const reason = sealText(deps.cipher, caseRow.id, 'reason', words)
      const reasonDigest = reason.digest
      return { command: { type: 'withdraw', reasonDigest }, texts: [reason], reasonDigest }
    })
