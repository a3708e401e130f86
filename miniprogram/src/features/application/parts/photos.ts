import { useMemo } from 'react'
import { create } from 'zustand'
import type { Trouble } from '../../../platform/api'
import type { PickedFile } from '../../../platform/platform'
import {
  addUploads,
  dropUploads,
  openUploads,
  type Sending,
  sendAnew,
  useUploads,
} from '../../../platform/upload-queue'
import { ownerOfDraft } from './drafts'

export interface Photo {
  /** Its name on this phone. */
  readonly key: string
  readonly stage: Sending['kind']
  /** With the office; undefined until it is there. */
  readonly id: string | undefined
}

/** By the place they belong to: the path of a field, or the name of a paper. */
type ByPlace<Value> = Readonly<Record<string, readonly Value[]>>

export interface Photos {
  readonly byPlace: ByPlace<Photo>
  /** So many were taken and are on the phone no more. */
  readonly lost: number
}

const NO_KEYS: readonly string[] = []

const isOnPhone = (key: string) => key in useUploads.getState().byKey

/** None of those that the phone holds no more. */
const photosOf = (keys: readonly string[]): readonly Photo[] => {
  const { byKey } = useUploads.getState()
  return keys.flatMap((key) => {
    const sending = byKey[key]?.sending
    return sending ? [{ key, stage: sending.kind, id: sending.kind === 'done' ? sending.id : undefined }] : []
  })
}

const each = <From, To>(byPlace: ByPlace<From>, make: (of: readonly From[]) => readonly To[]): ByPlace<To> =>
  Object.fromEntries(Object.entries(byPlace).map(([place, of]) => [place, make(of)]))

const countIn = (byPlace: ByPlace<unknown>) => Object.values(byPlace).flat().length

/** The photos of one form. What becomes of each is the queue's matter, and goes on when the form is closed. */
export function createPhotos(draftKey: string, kept: ByPlace<string>) {
  const useKeys = create<{ readonly byPlace: ByPlace<string> }>(() => ({ byPlace: kept }))
  /** Keys of those that are asked about, in turn: on one page one question stands at a time. */
  const useAsked = create<{ readonly keys: readonly string[] }>(() => ({ keys: [] }))
  const keysAt = (place: string) => useKeys.getState().byPlace[place] ?? NO_KEYS
  const put = (place: string, keys: readonly string[]) =>
    useKeys.setState(({ byPlace }) => ({ byPlace: { ...byPlace, [place]: keys } }))
  const allKeys = () => Object.values(useKeys.getState().byPlace).flat()
  void openUploads(allKeys())

  return {
    of: (place: string) => photosOf(keysAt(place)),
    useKeys,
    useAsked,
    async add(place: string, picked: readonly PickedFile[], sending?: Sending) {
      const keys = await addUploads(ownerOfDraft(draftKey), picked, sending)
      const gone = keysAt(place).filter((key) => !isOnPhone(key))
      put(place, [...keysAt(place).filter(isOnPhone), ...keys, ...gone.slice(keys.length)])
      return keys
    },
    remove(place: string, key: string) {
      put(
        place,
        keysAt(place).filter((one) => one !== key),
      )
      dropUploads([key])
    },
    /** The server no longer has what had arrived. */
    sendAllAnew: () => sendAnew(allKeys()),
    /** They were handed in. */
    clear() {
      const gone = allKeys()
      useKeys.setState({ byPlace: {} })
      dropUploads(gone)
    },
    /** Those that have arrived under these ids; says whether there were any. */
    drop(arrived: ReadonlySet<string>) {
      const gone = photosOf(allKeys()).flatMap(({ key, id }) =>
        id !== undefined && arrived.has(id) ? [key] : [],
      )
      if (gone.length === 0) return false
      useKeys.setState(({ byPlace }) => ({
        byPlace: each(byPlace, (keys) => keys.filter((key) => !gone.includes(key))),
      }))
      dropUploads(gone)
      return true
    },
  }
}

export type PhotoBox = ReturnType<typeof createPhotos>

/** Told of what arrived or failed, not of every tenth on the way. */
export function usePhotos({ useKeys }: PhotoBox): Photos {
  const { byPlace } = useKeys()
  const stages = useUploads(() => JSON.stringify(each(byPlace, photosOf)))
  return useMemo(() => {
    const held = JSON.parse(stages) as ByPlace<Photo>
    return { byPlace: held, lost: countIn(byPlace) - countIn(held) }
  }, [byPlace, stages])
}

export const uploadedIds = (photos: readonly Photo[] | undefined) =>
  (photos ?? []).flatMap(({ id }) => (id === undefined ? [] : [id]))

/** Taken, and not refused: there or on its way. */
export const isTaken = (photos: readonly Photo[] | undefined) =>
  (photos ?? []).some(({ stage }) => stage !== 'failed')

const inStages = ({ byPlace }: Photos, stages: readonly Photo['stage'][]) =>
  Object.values(byPlace)
    .flat()
    .filter(({ stage }) => stages.includes(stage)).length

/** Photos that are on the phone and not with the office yet, and those that will not get there. */
export const countsOf = (photos: Photos) => ({
  underWay: inStages(photos, ['busy', 'waiting', 'held']),
  doubtful: inStages(photos, ['doubtful']),
  failed: inStages(photos, ['failed']),
})

/** Why what waits has not gone yet; undefined where nothing waits that was tried. */
export function useDelay(photos: Photos): Trouble | undefined {
  const keys = Object.values(photos.byPlace)
    .flat()
    .map(({ key }) => key)
  return useUploads(
    ({ byKey }) =>
      keys
        .map((key) => byKey[key]?.sending)
        .flatMap((sending) => (sending?.kind === 'waiting' && sending.because ? [sending.because] : []))[0],
  )
}

/** What stands in the way of handing in: “2 张照片还没传上去，传好再交”; undefined where nothing does. */
export function unsentWords(photos: Photos, then: string): string | undefined {
  const { underWay, doubtful, failed } = countsOf(photos)
  if (failed > 0) return `${failed} 张传不上去，删掉重拍`
  if (doubtful > 0) return `${doubtful} 张要看看：点开它，重拍，或者就用`
  return underWay > 0 ? `${underWay} 张照片还没传上去，${then}` : undefined
}
