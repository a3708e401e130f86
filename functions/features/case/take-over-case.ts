import { sql } from 'drizzle-orm'
import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { mayTakeOver } from '#shared/domain/case/actions'
import { ProblemError } from '../../platform/http/problem'
import { changeContent } from './changed-content'
import type { CaseDeps } from './deps'
import { applicantActor, currentState } from './standing'
import { type CaseRequest, type Prepared, runVerb, type Standing } from './verb'

/** The owner is known by the number; the name beside it may be another. */
function isMisnamed({ caseRow, principal }: Standing) {
  const named = caseRow.state.applicant?.identityIndex ?? null
  return named !== null && named !== principal.identityIndex
}

async function confirmedNameOf({ database, cipher }: CaseDeps, { principal: { profileId } }: Standing) {
  const [row] = await database.rows<{ nameSealed: string | null }>(
    sql`select name_sealed as "nameSealed" from profiles where id = ${profileId}::uuid and real_name_level = 3`,
  )
  return row?.nameSealed ? cipher.decrypt(row.nameSealed, `profiles.${profileId}.name`) : null
}

/** The name that WeChat has confirmed takes the place of what somebody else had written. */
async function rightlyNamed(deps: CaseDeps, standing: Standing): Promise<Omit<Prepared, 'reasonDigest'>> {
  const { name: key } = applicantFieldsOf(standing.item)
  const name = await confirmedNameOf(deps, standing)
  if (key === null || name === null) throw new ProblemError('case.action-not-allowed')
  const may = { fields: new Set([key]), materials: new Set<string>(), all: false, refusal: () => '' }
  const brought = { answers: { [key]: name } }
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
