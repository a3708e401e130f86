import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { mayTakeOver } from '#shared/domain/case/applicant-acts'
import type { CaseCommand } from '#shared/domain/case/decide'
import type { NewName } from '#shared/domain/case/events'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import { changeContent } from '../acts/changed-content'
import { type CaseAtHand, type CaseRequest, type Prepared, runVerb } from '../acts/verb'
import type { CaseDeps } from '../deps'
import { applicantActor, currentState } from '../standing'
import { openContent } from '../texts'
import { asksNoNumber } from './applicant'
import { findConfirmed, namedAnew } from './filer'

type Taken = Omit<Prepared, 'reasonDigest'>

/** The owner is known by the number; the name beside it may be another. */
function isMisnamed({ caseRow, principal }: CaseAtHand) {
  const named = caseRow.state.applicant?.identityIndex ?? null
  return named !== null && named !== principal.identityIndex
}

/** The name that WeChat has confirmed takes the place of what somebody else had written. */
async function rightlyNamed(deps: CaseDeps, atHand: CaseAtHand): Promise<Taken> {
  const { caseRow, item, loaded, now, principal } = atHand
  const { name: key } = applicantFieldsOf(item)
  const person = await findConfirmed(deps, principal.profileId)
  if (person === null) throw new ProblemError('case.action-not-allowed')
  const taken = (named: NewName): CaseCommand => ({ type: 'take-over', confirmedBy: 'wechat', named })
  if (asksNoNumber(item) || key === null) {
    const filed = openContent(deps.cipher, caseRow.id, loaded.texts, caseRow.state.answersDigest)
    const { named, text, columns } = namedAnew(deps.cipher, item, caseRow, filed, person, dayIn(now))
    const change = { ...named.change, byOwner: true }
    return { command: taken({ ...named, change }), texts: [text], applicant: columns }
  }
  const may = { fields: new Set([key]), materials: new Set<string>(), all: false, refusal: () => '' }
  const brought = { answers: { [key]: person.name } }
  const { text, change, facts, ...rest } = await changeContent(deps, atHand, may, brought)
  const named = {
    applicant: facts.applicant,
    answersDigest: text.digest,
    change: { ...change, named: 'name' as const },
  }
  return { command: taken(named), texts: [text], ...rest }
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
      const taken = isMisnamed(atHand)
        ? await rightlyNamed(deps, atHand)
        : { command: { type: 'take-over', confirmedBy } as const, texts: [] }
      return { ...taken, newOwnerId: principal.profileId, reasonDigest: null }
    })
