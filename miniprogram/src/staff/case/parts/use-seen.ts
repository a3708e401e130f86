import { create } from 'zustand'
import { useSession } from '../../../platform/session'
import type { PaperView } from '../../../platform/use-files'

type Files = Pick<PaperView, 'files'>

/** Files that were looked at since the app was opened, by their ids: one that was changed is another. */
const useStore = create<{ readonly seen: ReadonlySet<string> }>(() => ({ seen: new Set() }))

// The next hands may be others'.
useSession.subscribe(({ isLoggedIn }) => {
  if (!isLoggedIn) useStore.setState({ seen: new Set() })
})

export const see = (...files: Files['files']) =>
  useStore.setState(({ seen }) => ({ seen: new Set([...seen, ...files.map(({ id }) => id)]) }))

/** Whether each photo of a paper was looked at; one without files has nothing to look at. */
export function useSeen() {
  const { seen } = useStore()
  return ({ files }: Files) => files.every(({ id }) => seen.has(id))
}
