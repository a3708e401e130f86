import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { platform } from '../../../platform'

type Supplement = NonNullable<NonNullable<CaseView['staff']>['supplement']>
type Item = Supplement['items'][number]

/** Whether what came in answer to a notice is enough. */
export type Judged = 'enough' | 'short'
type Marks = Readonly<Record<string, Judged>>

/** As a photo is compared: 一样、不一样. */
export const JUDGE_LETTERS = { enough: 'y', short: 'n' } as const satisfies Record<Judged, string>

/** Kept on this phone, as `useDraft` keeps what is written. */
const nameOf = (caseId: string) => `judged:${caseId}`
const read = (caseId: string) => (platform.read(nameOf(caseId)) as Marks | undefined) ?? {}
/** Another answer is judged anew. */
const keyOf = ({ suppliedAt }: Supplement, { kind, name }: Item) => [suppliedAt, kind, name].join(' ')

/** Who accepts judges what came: afterwards it is the decision that says so. */
export const mayJudge = ({ staff }: CaseView) =>
  staff?.supplement != null && staff.allowed.some(({ action }) => action === 'accept' || action === 'settle')

export function useJudged({ id }: CaseView, supplement: Supplement) {
  const [marks, setMarks] = useState(() => read(id))
  return {
    judgedOf: (item: Item) => marks[keyOf(supplement, item)],
    judge: (item: Item, as: Judged) => {
      const next = { ...read(id), [keyOf(supplement, item)]: as }
      platform.write(nameOf(id), next)
      setMarks(next)
    },
  }
}

/** What holds the acceptance back, by its labels: judged not to be enough, or left as it was and not judged. */
export function notEnough(view: CaseView): readonly string[] {
  const supplement = view.staff?.supplement
  if (!supplement || !mayJudge(view)) return []
  const marks = read(view.id)
  return supplement.items
    .filter((item) => {
      const judged = marks[keyOf(supplement, item)]
      return judged === 'short' || (!item.came && judged !== 'enough')
    })
    .map(({ label }) => label)
}
