import { create } from 'zustand'
import type { CaseView } from '#shared/contract/case'
import { useSession } from '../../../platform/session'
import type { PaperView } from '../../../platform/use-files'

/** Whether what the paper shows is what was written. */
export type Compared = 'same' | 'other'
type Fact = Pick<CaseView['answers'][number], 'key' | 'text'>

/** Since the app was opened; another photo or another answer is compared anew. */
const useStore = create<{ readonly marks: Readonly<Record<string, Compared>> }>(() => ({ marks: {} }))

// The next hands may be others'.
useSession.subscribe(({ isLoggedIn }) => {
  if (!isLoggedIn) useStore.setState({ marks: {} })
})

const nameOf = ({ files }: Pick<PaperView, 'files'>, { key, text }: Fact) =>
  [...files.map(({ id }) => id), key, text].join(' ')

export const compare = (paper: PaperView, fact: Fact, mark: Compared) =>
  useStore.setState(({ marks }) => ({ marks: { ...marks, [nameOf(paper, fact)]: mark } }))

export function useCompared() {
  const { marks } = useStore()
  return (paper: PaperView | undefined, fact: Fact) => paper && marks[nameOf(paper, fact)]
}

/** What a paper was found to say otherwise, by the labels of the answers. */
export function useOthers(view: CaseView) {
  const markOf = useCompared()
  return (paper: PaperView) =>
    provenOf(view, paper)
      .rows.filter((row) => markOf(paper, row) === 'other')
      .map(({ label }) => label)
}

/** The answers that this paper proves; all, where the guide does not say which; none, where another came in its place. */
export function provenOf({ answers, papers, staff }: CaseView, paper: PaperView | undefined) {
  if (paper && !papers.some(({ name }) => name === paper.name)) return { isAll: false, rows: [] }
  const keys = staff?.proofs.find((each) => each.paper === paper?.name)?.fields
  const proven = answers.filter(({ key }) => keys?.includes(key))
  return proven.length > 0 ? { isAll: false, rows: proven } : { isAll: true, rows: answers }
}
