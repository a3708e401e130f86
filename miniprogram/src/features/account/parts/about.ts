import { useEffect } from 'react'
import { create } from 'zustand'
import type { AboutCounty } from '#shared/contract/account'
import { call } from '../../../platform/api'

interface About {
  readonly about: AboutCounty | undefined
  readonly isAsking: boolean
}

const useStore = create<About>(() => ({ about: undefined, isAsking: false }))

async function ask() {
  const { about, isAsking } = useStore.getState()
  if (about || isAsking) return
  useStore.setState({ isAsking: true })
  const answer = await call<AboutCounty>('GET', '/api/about')
  useStore.setState({ isAsking: false, ...(answer.ok ? { about: answer.value } : {}) })
}

/** Who runs the service, whom to call, and the county's villages; asked once while the app is open. */
export function useAbout() {
  const about = useStore((store) => store.about)
  useEffect(() => void ask(), [])
  return about
}
