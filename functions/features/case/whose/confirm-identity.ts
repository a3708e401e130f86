import type { ConfirmIdentity } from '#shared/contract/act-on-case'
import { isUnnamed } from '#shared/domain/case/whose/identity'
import { mayConfirmIdentity } from '#shared/domain/case/whose/identity-check'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import { type CaseAtHand, type CaseRequest, runVerb } from '../acts/verb'
import { currentState } from '../current-state'
import type { CaseDeps } from '../deps'
import { staffActor } from '../standing'
import { openContent, sealText } from '../texts'
import type { Named } from './applicant'
import { whoseAfter } from './applicant-queries'
import { namedAnew, notToBeNamed, personNamed } from './filer'
import { firmNamed } from './named-as'

const mayConfirm = ({ item, caseRow, loaded, principal, now }: CaseAtHand) =>
  mayConfirmIdentity(item, currentState(item, caseRow, now), staffActor(caseRow, loaded.tasks, principal))

/** Who applies, of a case that nobody was named in; nobody writes themselves in. */
async function namedBy(deps: CaseDeps, atHand: CaseAtHand, typed: Named) {
  const { caseRow, item, loaded, principal, now } = atHand
  if (!mayConfirm(atHand)) throw new ProblemError('case.action-not-allowed')
  if (!isUnnamed(item, caseRow.state)) throw notToBeNamed('这件写了是谁申请的，不用再写')
  const person = personNamed(typed, dayIn(now))
  const filed = openContent(deps.cipher, caseRow.id, loaded.texts, caseRow.state.answersDigest)
  const anew = namedAnew(deps.cipher, item, caseRow, filed, person, dayIn(now))
  const { ownStaff } = await whoseAfter(deps.database, caseRow.id, anew.columns.applicantIndex, now)
  if (principal.staffId !== null && ownStaff.includes(principal.staffId))
    throw new ProblemError('case.own-case')
  return anew
}

/**
 * Counter or village agent has the person and the card before them; how they checked is kept as the reason. They need not
 * see the case for it, and see no more of it afterwards.
 */
export const createConfirmIdentity =
  (deps: CaseDeps) =>
  (request: CaseRequest, { version, reason: words, applicant, otherFirmName: read }: ConfirmIdentity) =>
    runVerb(
      deps,
      request,
      version,
      async (atHand) => {
        const { caseRow } = atHand
        // The register has renamed the firm since: what was compared with its licence is another name.
        if (read !== undefined && read !== caseRow.otherFirmName) throw new ProblemError('case.state-changed')
        const reason = sealText(deps.cipher, caseRow.id, 'reason', words)
        const open = caseRow.state.steps.find((step) => step.status === 'open')
        const stepKey = open?.key ?? ''
        const kept = { texts: [reason], reasonDigest: reason.digest }
        // Licence and power on paper are before them, of the firm that the register knows by this code.
        if (caseRow.otherFirmName !== null && !applicant) {
          const { named, texts, ...rest } = await firmNamed(deps, atHand)
          const command = { type: 'confirm-identity', stepKey, named } as const
          return { ...rest, command, texts: [...texts, reason], reasonDigest: reason.digest }
        }
        if (!applicant) return { ...kept, command: { type: 'confirm-identity', stepKey } }
        const { named, text, columns } = await namedBy(deps, atHand, applicant)
        return {
          ...kept,
          command: { type: 'confirm-identity', stepKey, named },
          texts: [text, reason],
          applicant: columns,
        }
      },
      ({ item, caseRow, tasks, principal, now }) =>
        !item.confidential &&
        mayConfirmIdentity(item, currentState(item, caseRow, now), staffActor(caseRow, tasks, principal)),
    )
