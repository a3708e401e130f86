import { View } from '@tarojs/components'
import { useRef, useState } from 'react'
import { isReadFrom } from '#shared/domain/application/photo-faults'
import { FILES_A_PAPER } from '#shared/domain/application/validate-materials'
import type { Material } from '#shared/domain/service-item/item'
import { platform } from '../../../platform'
import type { Trouble } from '../../../platform/api'
import type { Closed, PickedFile } from '../../../platform/platform'
import { areKept, type Sending, type Shown, sendAgain, useUploads } from '../../../platform/upload-queue'
import { Notice } from '../../../ui/feedback/notice'
import { UploadRow, type UploadState, UploadTile } from '../../../ui/form/upload-tile'
import { limitWords } from '../../../ui/words/waits'
import { sidesOf } from './papers'
import { FAULT_WORDS, PhotoCheck } from './photo-check'
import { type Photo, type PhotoBox, usePhotos } from './photos'
import { goesOnWords } from './photos-told'
import { usePhotoCheck } from './use-photo-check'

/** Stands for a photo that was sent before the app was closed. */
const SENT_BEFORE =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 104 104'%3E%3Crect width='104' height='104' fill='%23F1EEE6'/%3E%3Cpath d='M34 22h26l12 12v44H34ZM42 48h22M42 56h22M42 64h14' fill='%23fff' stroke='%238F887C' stroke-width='2'/%3E%3C/svg%3E"

/** Two taps open one camera, and one that never answers closes none for good. Milliseconds. */
const LONGEST_ASKED = 3000
const NO_WORDS = ''

/** Why one was refused, in the server's words; empty where sending again may help at once. */
function whyNotSent(trouble: Trouble) {
  const { code, title } = trouble
  if (code === 'request.rate-limited') {
    return `${limitWords(trouble)}核过身份就不限，材料也能带到窗口交。拍好的都还在。`
  }
  return code.startsWith('upload.') ? title : NO_WORDS
}

const isLimited = (sending: Sending) =>
  sending.kind === 'waiting' && sending.because?.code === 'request.rate-limited'

function tileOf(key: string, { preview, sending }: Shown): UploadState {
  if (sending.kind === 'held') return { kind: 'held', preview, words: '正在看' }
  if (sending.kind === 'doubtful')
    return { kind: 'held', preview, words: FAULT_WORDS[sending.fault].short, isAsked: true }
  if (sending.kind === 'done') return { kind: 'done', preview: preview || SENT_BEFORE }
  if (sending.kind === 'busy') return sending
  if (sending.kind === 'failed' || isLimited(sending)) return { kind: 'failed' }
  return { kind: 'waiting', isKept: areKept([key]), words: goesOnWords(sending.because) }
}

const troubleIn = (sending: Sending | undefined) => {
  if (sending?.kind === 'failed') return sending.trouble
  return sending?.kind === 'waiting' && isLimited(sending) ? sending.because : undefined
}

interface PhotoTileProps {
  photo: Photo
  name: string
  said: string
  onAsk: () => void
  onRemove: () => void
}

/** One photo on its way; its progress is drawn here alone. */
function PhotoTile({ photo, name, said, onAsk, onRemove }: PhotoTileProps) {
  const shown = useUploads(({ byKey }) => byKey[photo.key])
  if (!shown) return null
  const { sending, preview } = shown
  const press = () => {
    if (sending.kind === 'doubtful') return onAsk()
    if (sending.kind !== 'done') return sendAgain(photo.key)
    if (preview !== '') platform.previewImage(preview, [preview])
  }
  return (
    <UploadTile
      name={name}
      said={said}
      state={tileOf(photo.key, shown)}
      onPress={press}
      onRemove={onRemove}
    />
  )
}

const CLOSED_WORDS: Readonly<Record<Closed, string>> = {
  settings: '相机没打开。打开再拍，或者从相册里选。',
  phone: '手机没让微信用相机。到手机设置里打开，再点一次。',
  privacy: '你没同意用相机和相册。再点一次“拍一张”，点同意就能拍；不同意也行，材料带到窗口。',
  undeclared: '这里现在拍不了照片。材料带到窗口也能办。',
}

/** Settings help where something in them is closed, and nowhere else. */
const wayFor = (closed: Closed) =>
  closed === 'settings' || closed === 'phone'
    ? { words: '去打开', onPress: () => platform.openSettings(closed) }
    : undefined

interface PhotoRowProps {
  box: PhotoBox
  place: string
  /** What is photographed, for readers: “身份证”. */
  name: string
  /** Of a card: this tile takes one side alone. */
  side?: '正面' | '反面' | null
  most: number
  /** What stands on it must be legible: it is looked at before it goes. */
  isRead?: boolean
}

interface PaperPhotosProps {
  paper: Pick<Material, 'name' | 'sides'>
  photos: PhotoBox
  /** How many it still takes. */
  most?: number
}

/** Of a card each side has a tile. */
export const PaperPhotos = ({ paper, photos, most = FILES_A_PAPER }: PaperPhotosProps) => (
  <View className='row row--top row--wrap gap-3'>
    {sidesOf(paper).map(({ place, name }) => (
      <PhotoRow
        key={place}
        box={photos}
        place={place}
        name={name === null ? paper.name : `${paper.name}${name}`}
        side={name}
        most={name === null ? most : 1}
        isRead={isReadFrom(paper.name)}
      />
    ))}
  </View>
)

/** The photos of one paper or field, and the tile that takes another. */
export function PhotoRow({ box, place, name, side = null, most, isRead = false }: PhotoRowProps) {
  const photos = usePhotos(box).byPlace[place] ?? []
  const words = useUploads(({ byKey }) =>
    photos
      .map(({ key }) => troubleIn(byKey[key]?.sending))
      .map((trouble) => (trouble ? whyNotSent(trouble) : NO_WORDS))
      .find((each) => each !== NO_WORDS),
  )
  const [closed, setClosed] = useState<Closed>()
  const askedAt = useRef(0)
  const check = usePhotoCheck(box, place, photos)
  const { asked } = check
  const take = isRead ? check.take : (files: readonly PickedFile[]) => box.add(place, files)
  const choose = async (count: number, then: (files: readonly PickedFile[]) => Promise<unknown>) => {
    if (Date.now() - askedAt.current < LONGEST_ASKED) return
    askedAt.current = Date.now()
    const answer = await platform.chooseImages(count)
    setClosed(answer.kind === 'closed' ? answer.by : undefined)
    if (answer.kind === 'picked') {
      askedAt.current = Date.now()
      await then(answer.files)
    }
    askedAt.current = 0
  }
  return (
    <>
      <UploadRow>
        {photos.map((photo, at) => (
          <PhotoTile
            key={photo.key}
            photo={photo}
            name={side ?? (most === 1 ? name : `第 ${at + 1} 张`)}
            said={most === 1 ? name : `${name}，第 ${at + 1} 张`}
            onAsk={() => check.open(photo.key)}
            onRemove={() => check.remove(photo.key)}
          />
        ))}
        {photos.length < most && (
          <UploadTile
            name={name}
            said={name}
            state={{ kind: 'empty', words: side ? `拍${side}` : photos.length === 0 ? '拍一张' : '再拍一张' }}
            onPress={() => choose(most - photos.length, take)}
          />
        )}
      </UploadRow>
      {asked !== undefined && (
        <PhotoCheck
          key={asked}
          photo={asked}
          name={name}
          side={side}
          more={check.more}
          onRetake={() => choose(1, (files) => check.take(files, asked))}
          onUse={() => check.use(asked)}
          onClose={() => check.close(asked)}
        />
      )}
      {words !== undefined && (
        <View className='field__error'>
          <View>{words}</View>
        </View>
      )}
      {closed !== undefined && (
        <View className='mt-3'>
          <Notice tone='soon' icon='camera' action={wayFor(closed)}>
            {CLOSED_WORDS[closed]}
          </Notice>
        </View>
      )}
    </>
  )
}
