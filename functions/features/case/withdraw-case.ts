import { slotsOf } from '#shared/domain/application/item-answers'
import { ProblemError } from '../../platform/http/problem'
import type { CaseDeps } from './deps'
import { openContent } from './texts'
import { type CaseRequest, runVerb } from './verb'

/** The applicant takes the application back before it is decided; a half day it held is free again. */
export const createWithdrawCase = (deps: CaseDeps) => (request: CaseRequest, body: { version: number }) =>
  runVerb(deps, request, body.version, ({ caseRow, item, loaded, viewer }) => {
    if (viewer !== 'applicant') throw new ProblemError('case.action-not-allowed')
    const content = openContent(deps.cipher, caseRow.id, loaded.texts, caseRow.state.answersDigest)
    return {
      command: { type: 'withdraw' },
      texts: [],
      freedSeats: slotsOf(item, content.answers),
      reasonDigest: null,
    }
  })
