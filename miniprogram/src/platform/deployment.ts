import { create } from 'zustand'

const useDeployment = create<{ readonly isDemo: boolean }>(() => ({ isDemo: false }))

/** From an answer, whatever was asked; of no server of ours it says nothing. */
export function learnDemo(isDemo: boolean | undefined) {
  if (isDemo !== undefined) useDeployment.setState({ isDemo })
}

/** True where all people are invented; home, 我的 and every paper say so. */
export const useIsDemo = () => useDeployment(({ isDemo }) => isDemo)
