import { create } from 'zustand'
import { useSession } from '../../../platform/session'
import type { PaperView } from '../../../platform/use-files'

type Files = Pick<PaperView, 'files'>

/** Papers that were looked at since the app was opened, by their files: one that was changed is another. */
const useStore = create<{ readonly seen: ReadonlySet<string> }>(() => ({ seen: new Set() }))

// The next hands may be others'.
useSession.subscribe(({ isLoggedIn }) => {
  if (!isLoggedIn) useStore.setState({ seen: new Set() })
})

const keyOf = ({ files }: Files) => files.map(({ id }) => id).join(' ')

export const see = (paper: Files) =>
  useStore.setState(({ seen }) => ({ seen: new Set([...seen, keyOf(paper)]) }))

/** Whether a paper was looked at; one without files has nothing to look at. */
export function useSeen() {
  const { seen } = useStore()
  return (paper: Files) => paper.files.length === 0 || seen.has(keyOf(paper))
}
