import { useEffect, useRef, useState } from 'react'
import type { PickedFile } from '../../../platform/platform'
import { type Doubtful, lookAt } from './photo-look'

const NONE: readonly Doubtful[] = []

/** Photos on their way to `send`: what is fine goes at once, about the rest one is asked, one after the other. */
export function usePhotoCheck(send: (files: readonly PickedFile[]) => Promise<void>) {
  const [asked, setAsked] = useState(NONE)
  const [isBusy, setBusy] = useState(false)
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  const check = async (files: readonly PickedFile[]) => {
    const { fine, doubtful } = await lookAt(files)
    // Whoever has gone on meanwhile is not asked, and loses nothing.
    const certain = isHere.current ? fine : files
    if (certain.length > 0) await send(certain)
    return isHere.current ? doubtful : NONE
  }
  const [doubtful, ...rest] = asked
  return {
    doubtful,
    more: rest.length,
    isBusy,
    async take(files: readonly PickedFile[]) {
      setAsked(await check(files))
    },
    /** `files`: taken in place of the one that is asked about. */
    async replace(files: readonly PickedFile[]) {
      setBusy(true)
      try {
        setAsked([...(await check(files)), ...rest])
      } finally {
        setBusy(false)
      }
    },
    use() {
      setAsked(rest)
      return doubtful && send([doubtful.file])
    },
    drop: () => setAsked(rest),
  }
}
