import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { mayTakeOver } from '#shared/domain/case/actions'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../platform/http/problem'
import type { Named } from './applicant'
import { changeContent } from './changed-content'
import type { CaseDeps } from './deps'
import { findConfirmed, namedAnew } from './filer'
import { applicantActor, currentState } from './standing'
import { openContent } from './texts'
import { type CaseRequest, type Prepared, runVerb, type Standing } from './verb'

type Taken = Omit<Prepared, 'reasonDigest'>

/** The owner is known by the number; the name beside it may be another. */
function isMisnamed({ caseRow, principal }: Standing) {
  const named = caseRow.state.applicant?.identityIndex ?? null
  return named !== null && named !== principal.identityIndex
}

/** Where the form asks for no name, the case itself names whoever filed it. */
function filerNamed({ cipher }: CaseDeps, { caseRow, item, loaded, now }: Standing, person: Named): Taken {
  const { state } = caseRow
  const filed = openContent(cipher, caseRow.id, loaded.texts, state.answersDigest)
  const { applicant, text, columns } = namedAnew(cipher, item, caseRow, filed, person, dayIn(now))
  const stepKeys = state.steps.map(({ key }) => key)
  const facts = { applicant, confirmedBy: null, stepKeys, seats: state.seats ?? [], moved: null }
  const named = { answersDigest: text.digest, facts, change: { fields: [], papers: [], byOwner: true } }
  return { command: { type: 'take-over', confirmedBy: 'wechat', named }, texts: [text], applicant: columns }
}

/** The name that WeChat has confirmed takes the place of what somebody else had written. */
async function rightlyNamed(deps: CaseDeps, standing: Standing): Promise<Taken> {
  const { name: key } = applicantFieldsOf(standing.item)
  const person = await findConfirmed(deps, standing.principal.profileId)
  if (person === null) throw new ProblemError('case.action-not-allowed')
  if (key === null) return filerNamed(deps, standing, person)
  const may = { fields: new Set([key]), materials: new Set<string>(), all: false, refusal: () => '' }
  const brought = { answers: { [key]: person.name } }
  const { text, change, facts, ...rest } = await changeContent(deps, standing, may, brought)
  const named = { answersDigest: text.digest, facts, change }
  return { command: { type: 'take-over', confirmedBy: 'wechat', named }, texts: [text], ...rest }
}

/** The owner takes their case over from whoever filed it, and from then on it is theirs alone. */
export const createTakeOverCase =
  (deps: CaseDeps) => (request: CaseRequest, body: { readonly version: number }) =>
    runVerb(deps, request, body.version, async (standing) => {
      const { caseRow, claim, item, now, principal } = standing
      const actor = applicantActor(claim)
      if (!mayTakeOver(currentState(item, caseRow, now), actor))
        throw new ProblemError('case.action-not-allowed')
      const confirmedBy = caseRow.state.applicant?.kind === 'firm' ? 'power' : 'wechat'
      const taken = isMisnamed(standing)
        ? await rightlyNamed(deps, standing)
        : { command: { type: 'take-over', confirmedBy } as const, texts: [] }
      return { ...taken, newOwnerId: principal.profileId, reasonDigest: null }
    })
