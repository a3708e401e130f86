import { applicantFieldsOf } from '#shared/domain/application/item-answers'
import { dayIn } from '#shared/domain/kernel/plain-date'
import { ProblemError } from '../../../platform/http/problem'
import { changeContent } from '../acts/changed-content'
import type { CaseAtHand } from '../acts/verb'
import type { CaseDeps } from '../deps'
import { openContent } from '../texts'
import { asksNoNumber } from './applicant'
import { namedAnew } from './filer'

/** The answer `key` is changed to the name. */
export async function namedAs(
  deps: CaseDeps,
  atHand: CaseAtHand,
  { key, name }: { readonly key: string; readonly name: string },
) {
  const may = {
    fields: new Set([key]),
    materials: new Set<string>(),
    all: false,
    entered: false,
    refusal: () => '',
  }
  const brought = { answers: { [key]: name } }
  const { text, change, facts, ...rest } = await changeContent(deps, atHand, may, brought)
  const named = {
    applicant: facts.applicant,
    answersDigest: text.digest,
    change: { ...change, named: 'name' as const },
  }
  return { named, texts: [text], ...rest }
}

/** Whom a decision is for, under the same number, comes to bear the confirmed name. */
export async function confirmedAs(deps: CaseDeps, atHand: CaseAtHand, name: string) {
  const { caseRow, item, loaded, now } = atHand
  const filed = openContent(deps.cipher, caseRow.id, loaded.texts, caseRow.state.answersDigest)
  const { name: key } = applicantFieldsOf(item)
  if (key !== null && !asksNoNumber(item)) {
    const { named, ...rest } = await namedAs(deps, atHand, { key, name })
    return { named: { applicant: named.applicant, answersDigest: named.answersDigest }, ...rest }
  }
  if (filed.applicantNumber === undefined) throw new ProblemError('case.action-not-allowed')
  const person = { name, idNumber: filed.applicantNumber }
  const { named, text, columns } = namedAnew(deps.cipher, item, caseRow, filed, person, dayIn(now))
  const { applicant, answersDigest } = named
  return { named: { applicant, answersDigest }, texts: [text], applicant: columns }
}

/** A firm is known by its credit code: it comes to bear the name that the register has beside it. */
export function firmNamed(deps: CaseDeps, atHand: CaseAtHand) {
  const { otherFirmName: name } = atHand.caseRow
  const { name: key } = applicantFieldsOf(atHand.item)
  if (name === null || key === null) throw new ProblemError('case.action-not-allowed')
  return namedAs(deps, atHand, { key, name })
}
