import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { ProblemError } from '../../../platform/http/problem'
import { changeContent } from '../acts/changed-content'
import type { CaseAtHand } from '../acts/verb'
import type { CaseDeps } from '../deps'

/** The answer `key` is changed to the name. */
export async function namedAs(
  deps: CaseDeps,
  atHand: CaseAtHand,
  { key, name }: { readonly key: string; readonly name: string },
) {
  const may = { fields: new Set([key]), materials: new Set<string>(), all: false, refusal: () => '' }
  const brought = { answers: { [key]: name } }
  const { text, change, facts, ...rest } = await changeContent(deps, atHand, may, brought)
  const named = {
    applicant: facts.applicant,
    answersDigest: text.digest,
    change: { ...change, named: 'name' as const },
  }
  return { named, texts: [text], ...rest }
}

/** A firm is known by its credit code: it comes to bear the name that the register has beside it. */
export function firmNamed(deps: CaseDeps, atHand: CaseAtHand) {
  const { otherFirmName: name } = atHand.caseRow
  const { name: key } = applicantFieldsOf(atHand.item)
  if (name === null || key === null) throw new ProblemError('case.action-not-allowed')
  return namedAs(deps, atHand, { key, name })
}
