import { ProblemError } from '../../platform/http/problem'
import type { CaseDeps } from './deps'
import { type CaseRequest, runVerb } from './verb'

/** The application is taken back before it is decided: by its owner, or while there is none by whoever filed it. */
export const createWithdrawCase = (deps: CaseDeps) => (request: CaseRequest, body: { version: number }) =>
  runVerb(deps, request, body.version, ({ claim }) => {
    if (!claim.mayWithdraw) throw new ProblemError('case.action-not-allowed')
    return { command: { type: 'withdraw' }, texts: [], reasonDigest: null }
  })
