import { create } from 'zustand'
import { platform } from '../../../platform'
import { type Trouble, upload } from '../../../platform/api'
import type { PickedFile } from '../../../platform/platform'
import { limitWords } from '../../../ui/words/waits'
import type { DraftPhoto } from './drafts'

export type PhotoState =
  | { readonly kind: 'busy'; readonly percent: number }
  /** `words`: why, where the server said so; else sending again may help. */
  | { readonly kind: 'failed'; readonly words: string }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'done'; readonly id: string }

export interface Photo {
  readonly key: number
  readonly name: string
  /** Empty for one that was sent before the app was closed. */
  readonly preview: string
  readonly state: PhotoState
}

interface Photos {
  /** By the place they belong to: the path of a field, or the name of a paper. */
  readonly byPlace: Readonly<Record<string, readonly Photo[]>>
}

const NO_PHOTOS: readonly Photo[] = []

/** Empty where sending again may help at once. */
function whyNotSent(trouble: Trouble) {
  const { code, title } = trouble
  if (code === 'request.rate-limited') {
    return `${limitWords(trouble)}核过身份就不限，材料也能带到窗口交。拍好的都还在。`
  }
  return code.startsWith('upload.') ? title : ''
}

/** The photos of one form: sent one by one, kept while there is no signal, sent by themselves when it is back. */
export function createPhotos(kept: Readonly<Record<string, readonly DraftPhoto[]>>) {
  let keys = 0
  const files = new Map<number, PickedFile>()
  const nextKey = () => {
    keys += 1
    return keys
  }
  const use = create<Photos>(() => ({
    byPlace: Object.fromEntries(
      Object.entries(kept).map(([place, photos]) => [
        place,
        photos.map(({ id, name }) => ({
          key: nextKey(),
          name,
          preview: '',
          state: { kind: 'done', id } as const,
        })),
      ]),
    ),
  }))
  const of = (place: string) => use.getState().byPlace[place] ?? NO_PHOTOS
  const put = (place: string, photos: readonly Photo[]) =>
    use.setState(({ byPlace }) => ({ byPlace: { ...byPlace, [place]: photos } }))
  const setState = (place: string, key: number, state: PhotoState) =>
    put(
      place,
      of(place).map((photo) => (photo.key === key ? { ...photo, state } : photo)),
    )

  async function send(place: string, key: number) {
    const file = files.get(key)
    if (!file) return
    setState(place, key, { kind: 'busy', percent: 0 })
    const answer = await upload(file, (percent) => setState(place, key, { kind: 'busy', percent }))
    if (answer.ok) return setState(place, key, { kind: 'done', id: answer.value })
    if (answer.error.code === 'network.unreachable') return setState(place, key, { kind: 'waiting' })
    setState(place, key, { kind: 'failed', words: whyNotSent(answer.error) })
  }

  return {
    use,
    of,
    async add(place: string, picked: readonly PickedFile[]) {
      const photos = picked.map((file): Photo => {
        const key = nextKey()
        files.set(key, file)
        return { key, name: file.name, preview: file.preview, state: { kind: 'busy', percent: 0 } }
      })
      put(place, [...of(place), ...photos])
      // One after the other: a weak signal carries one photo better than three.
      for (const { key } of photos) await send(place, key)
    },
    send,
    remove(place: string, key: number) {
      files.delete(key)
      put(
        place,
        of(place).filter((photo) => photo.key !== key),
      )
    },
    /** Those that have arrived under these ids; says whether there were any. */
    drop(arrived: ReadonlySet<string>) {
      const isThere = ({ state }: Photo) => state.kind === 'done' && arrived.has(state.id)
      const before = Object.entries(use.getState().byPlace)
      if (!before.some(([, photos]) => photos.some(isThere))) return false
      use.setState({
        byPlace: Object.fromEntries(
          before.map(([place, photos]) => [place, photos.filter((one) => !isThere(one))]),
        ),
      })
      return true
    },
    /** Ends with the form. */
    sendWhenOnline: () =>
      platform.onNetworkChange((online) => {
        if (!online) return
        for (const [place, photos] of Object.entries(use.getState().byPlace)) {
          for (const { key, state } of photos) if (state.kind === 'waiting') void send(place, key)
        }
      }),
  }
}

export type PhotoBox = ReturnType<typeof createPhotos>

export const uploadedIds = (photos: readonly Photo[] | undefined) =>
  (photos ?? NO_PHOTOS).flatMap(({ state }) => (state.kind === 'done' ? [state.id] : []))

/** Photos that are on the phone and not with the office yet. */
export const unsentCount = ({ byPlace }: Photos) =>
  Object.values(byPlace)
    .flat()
    .filter(({ state }) => state.kind !== 'done').length

/** For want of a signal. */
export const hasWaiting = ({ byPlace }: Photos) =>
  Object.values(byPlace).some((photos) => photos.some(({ state }) => state.kind === 'waiting'))

export const draftPhotosOf = ({ byPlace }: Photos): Readonly<Record<string, readonly DraftPhoto[]>> =>
  Object.fromEntries(
    Object.entries(byPlace).map(([place, photos]) => [
      place,
      photos.flatMap(({ name, state }) => (state.kind === 'done' ? [{ id: state.id, name }] : [])),
    ]),
  )
