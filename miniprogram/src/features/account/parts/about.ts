import { useEffect } from 'react'
import { create } from 'zustand'
import type { AboutCounty } from '#shared/contract/account'
import { call } from '../../../platform/api'

interface About {
  readonly about: AboutCounty | undefined
}

const useStore = create<About>(() => ({ about: undefined }))
let asking: Promise<void> | undefined

async function ask() {
  const answer = await call<AboutCounty>('GET', '/api/about')
  asking = undefined
  if (answer.ok) useStore.setState({ about: answer.value })
}

/** Who runs the service, whom to call, and the county's villages; asked once while the app is open. */
export function useAbout() {
  const about = useStore((store) => store.about)
  useEffect(() => {
    if (!useStore.getState().about) asking ??= ask()
  }, [])
  return about
}
