import { fixedIdentityKeys } from '#shared/domain/case/correction/brought'
import { type CaseState, openCorrection } from '#shared/domain/case/state'
import { ownAmongStaff } from '#shared/domain/case/whose/barred'
import { ProblemError } from '../../../platform/http/problem'
import { currentState } from '../current-state'
import type { CaseDeps } from '../deps'
import { checkNotDisowned } from '../whose/disowned-brake'
import { checkGuardianAgreed } from '../whose/guardian-consent'
import { type Brought, type Changeable, changeContent, pointingAtFiles } from './changed-content'
import { type CaseRequest, runVerb } from './verb'

const fixedWords = ({ identityConfirmed }: CaseState) =>
  identityConfirmed ? '身份核过了，姓名和证件号不能改' : '本人已经在办这件，证件号不能改'

/** The applicant answers a correction notice with just what it asks. */
export const createSupplementCase =
  (deps: CaseDeps) => (request: CaseRequest, body: Brought & { readonly version: number }) =>
    runVerb(deps, request, body.version, async (atHand) => {
      const { caseRow, item, claim, principal, now } = atHand
      const state = currentState(item, caseRow, now)
      const correction = openCorrection(state)
      if (!claim.mayAnswer || !correction) throw new ProblemError('case.action-not-allowed')
      // Asking for name and number counts as answered from then on.
      const fixed = fixedIdentityKeys(item, state)
      const named = (kind: 'field' | 'material') =>
        new Set(correction.items.filter((each) => each.kind === kind).map(({ name }) => name))
      const fields = new Set([...named('field')].filter((key) => !fixed.includes(key)))
      const refusal = (key: string) =>
        fixed.includes(key) ? fixedWords(state) : '只改要补的几处，别的不用动'
      const may = {
        fields,
        materials: named('material'),
        all: true,
        entered: claim.standsIn,
        refusal,
        // Whoever types for somebody at the window is asked for nothing of their own.
        admit: async (answers: Parameters<NonNullable<Changeable['admit']>>[0]) => {
          if (claim.standsIn) return
          await checkGuardianAgreed(deps.database, request.tokenHash, atHand, answers)
        },
      }
      const { text, change, facts, ticked, ...brought } = await changeContent(deps, atHand, may, body)
      const { applicantIndex } = brought.applicant ?? caseRow
      const isAnother = applicantIndex !== caseRow.applicantIndex
      const isOwn = applicantIndex === principal.idNumberIndex && principal.realNameLevel === 3
      if (applicantIndex !== null && isAnother && !claim.standsIn && !isOwn)
        await checkNotDisowned(deps.database, { profileId: principal.profileId, applicantIndex })
      return {
        command: {
          type: 'supplement',
          answersDigest: text.digest,
          facts,
          change,
          ...ticked,
          ...(isAnother ? { staffIds: ownAmongStaff(caseRow) } : {}),
        },
        texts: [text],
        ...brought,
        reasonDigest: null,
      }
    }).catch(pointingAtFiles(deps, request, body))
