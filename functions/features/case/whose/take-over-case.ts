import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import type { CaseCommand } from '#shared/domain/case/decide'
import type { NewName } from '#shared/domain/case/events'
import { mayTakeOver } from '#shared/domain/case/whose/applicant-acts'
import { isMisnamed } from '#shared/domain/case/whose/identity'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import { type CaseAtHand, type CaseRequest, type Prepared, runVerb } from '../acts/verb'
import { currentState } from '../current-state'
import type { CaseDeps } from '../deps'
import { applicantActor } from '../standing'
import { openContent } from '../texts'
import { asksNoNumber } from './applicant'
import { findConfirmed, namedAnew } from './filer'
import { firmNamed, namedAs } from './named-as'

type Taken = Omit<Prepared, 'reasonDigest'>

/** The owner is known by the number, the firm by its credit code; the name beside it may be another. */
function hasOtherName({ caseRow, principal }: CaseAtHand) {
  if (caseRow.otherFirmName !== null) return true
  const { applicantIndex: numberIndex, state } = caseRow
  return isMisnamed({ numberIndex, identityIndex: state.applicant?.identityIndex ?? null }, principal)
}

/** The name that WeChat has confirmed, or that the register has, takes the place of what somebody else had written. */
async function rightlyNamed(
  deps: CaseDeps,
  atHand: CaseAtHand,
  confirmedBy: 'wechat' | 'power',
): Promise<Taken> {
  const { caseRow, item, loaded, now, principal } = atHand
  const { kind, name: key } = applicantFieldsOf(item)
  const taken = (named: NewName): CaseCommand => ({ type: 'take-over', confirmedBy, named })
  if (kind === 'firm') {
    const { named, ...rest } = await firmNamed(deps, atHand)
    return { command: taken(named), ...rest }
  }
  const person = await findConfirmed(deps, principal.profileId)
  if (person === null) throw new ProblemError('case.action-not-allowed')
  if (asksNoNumber(item) || key === null) {
    const filed = openContent(deps.cipher, caseRow.id, loaded.texts, caseRow.state.answersDigest)
    const { named, text, columns } = namedAnew(deps.cipher, item, caseRow, filed, person, dayIn(now))
    const change = { ...named.change, byOwner: true }
    return { command: taken({ ...named, change }), texts: [text], applicant: columns }
  }
  const { named, ...rest } = await namedAs(deps, atHand, { key, name: person.name })
  return { command: taken(named), ...rest }
}

/** The owner takes their case over from whoever filed it, and from then on it is theirs alone. */
export const createTakeOverCase =
  (deps: CaseDeps) => (request: CaseRequest, body: { readonly version: number }) =>
    runVerb(deps, request, body.version, async (atHand) => {
      const { caseRow, claim, item, now, principal } = atHand
      const actor = applicantActor(claim)
      if (!mayTakeOver(currentState(item, caseRow, now), actor))
        throw new ProblemError('case.action-not-allowed')
      const confirmedBy = caseRow.state.applicant?.kind === 'firm' ? 'power' : 'wechat'
      const taken = hasOtherName(atHand)
        ? await rightlyNamed(deps, atHand, confirmedBy)
        : { command: { type: 'take-over', confirmedBy } as const, texts: [] }
      return { ...taken, newOwnerId: principal.profileId, reasonDigest: null }
    })
