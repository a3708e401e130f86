import { useEffect, useRef } from 'react'
import type { PickedFile } from '../../../platform/platform'
import { sendAgain } from '../../../platform/upload-queue'
import { lookAtAll } from './photo-look'
import type { Photo, PhotoBox } from './photos'

/** The photos of one place, each looked at before it goes: what is fine goes at once, about the rest one is asked. */
export function usePhotoCheck(box: PhotoBox, place: string, photos: readonly Photo[]) {
  const { keys } = box.useAsked()
  const ask = (change: (others: readonly string[]) => readonly string[], key?: string) =>
    box.useAsked.setState((before) => ({ keys: change(before.keys.filter((other) => other !== key)) }))
  const close = (key: string) => ask((others) => others, key)
  const use = (key: string) => {
    close(key)
    sendAgain(key)
  }
  const isHere = useRef(true)
  /** Whoever has gone on is asked nothing, and loses nothing. */
  const letGo = () => {
    for (const { key, stage } of box.of(place)) if (stage === 'held' || stage === 'doubtful') use(key)
  }
  const leave = useRef(letGo)
  leave.current = letGo
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
      leave.current()
    }
  }, [])
  const asked = photos.find(({ key }) => key === keys[0])?.key
  return {
    /** Key of the photo that is asked about here and now. */
    asked,
    more: keys.length - 1,
    close,
    use,
    open: (key: string) => ask((others) => [key, ...others], key),
    /** `replaced`: the one that is asked about. */
    async take(files: readonly PickedFile[], replaced?: string) {
      const added = await box.add(place, files, { kind: 'held' })
      if (replaced !== undefined) {
        close(replaced)
        box.remove(place, replaced)
      }
      if (!isHere.current) return letGo()
      lookAtAll(added, (key) => ask((others) => [...others, key], key))
    },
    remove(key: string) {
      close(key)
      box.remove(place, key)
    },
  }
}
