import { identityKeysOf } from '#shared/domain/application/item-answers'
import { openCorrection } from '#shared/domain/case/state'
import { ProblemError } from '../../platform/http/problem'
import { type Brought, changeContent } from './changed-content'
import type { CaseDeps } from './deps'
import { currentState } from './standing'
import { type CaseRequest, runVerb } from './verb'

/** The applicant answers a correction notice with just what it asks. */
export const createSupplementCase =
  (deps: CaseDeps) => (request: CaseRequest, body: Brought & { readonly version: number }) =>
    runVerb(deps, request, body.version, async (standing) => {
      const { caseRow, item, claim, now } = standing
      const state = currentState(item, caseRow, now)
      const correction = openCorrection(state)
      if (!claim.mayAnswer || !correction) throw new ProblemError('case.action-not-allowed')
      // Asking for name and number counts as answered from the confirmation on.
      const fixed = state.identityConfirmed ? identityKeysOf(item) : []
      const named = (kind: 'field' | 'material') =>
        new Set(correction.items.filter((each) => each.kind === kind).map(({ name }) => name))
      const fields = new Set([...named('field')].filter((key) => !fixed.includes(key)))
      const may = { fields, materials: named('material'), all: true }
      const { text, uploads, facts, applicant } = await changeContent(deps, standing, may, body)
      return {
        command: { type: 'supplement', answersDigest: text.digest, facts },
        texts: [text],
        uploads,
        applicant,
        reasonDigest: null,
      }
    })
