import { View } from '@tarojs/components'
import { useState } from 'react'
import { platform } from '../../../platform'
import { Notice } from '../../../ui/feedback/notice'
import { UploadRow, type UploadState, UploadTile } from '../../../ui/form/upload-tile'
import type { Photo, PhotoBox } from './photos'

/** Stands for a photo that was sent before the app was closed. */
const SENT_BEFORE =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 104 104'%3E%3Crect width='104' height='104' fill='%23F1EEE6'/%3E%3Cpath d='M34 22h26l12 12v44H34Z' fill='%23fff' stroke='%238F887C' stroke-width='2'/%3E%3Cpath d='M42 48h22M42 56h22M42 64h14' stroke='%238F887C' stroke-width='2'/%3E%3C/svg%3E"

const tileOf = ({ state, preview }: Photo): UploadState =>
  state.kind === 'done' ? { kind: 'done', preview: preview || SENT_BEFORE } : state

const failedWords = (photos: readonly Photo[]) =>
  photos.flatMap(({ state }) => (state.kind === 'failed' && state.words !== '' ? [state.words] : []))[0]

interface PhotoRowProps {
  box: PhotoBox
  place: string
  /** What is photographed, for readers: “身份证”. */
  name: string
  most: number
}

/** The photos of one paper or field, and the tile that takes another. */
export function PhotoRow({ box, place, name, most }: PhotoRowProps) {
  const photos = box.use((state) => state.byPlace[place]) ?? []
  const [isCameraClosed, setCameraClosed] = useState(false)
  const take = async () => {
    const answer = await platform.chooseImages(most - photos.length)
    setCameraClosed(answer.kind === 'camera-closed')
    if (answer.kind === 'picked') await box.add(place, answer.files)
  }
  const press = (photo: Photo) => {
    if (photo.state.kind !== 'done') return void box.send(place, photo.key)
    if (photo.preview === '') return
    platform.previewImage(photo.preview, [photo.preview])
  }
  const words = failedWords(photos)
  return (
    <>
      <UploadRow>
        {photos.map((photo, at) => (
          <UploadTile
            key={photo.key}
            name={most === 1 ? name : `第 ${at + 1} 张`}
            said={most === 1 ? name : `${name}，第 ${at + 1} 张`}
            state={tileOf(photo)}
            onPress={() => press(photo)}
            onRemove={() => box.remove(place, photo.key)}
          />
        ))}
        {photos.length < most && (
          <UploadTile
            name={name}
            said={name}
            state={{ kind: 'empty', words: photos.length === 0 ? '拍一张' : '再拍一张' }}
            onPress={take}
          />
        )}
      </UploadRow>
      {words !== undefined && (
        <View className='field__error'>
          <View>{words}</View>
        </View>
      )}
      {isCameraClosed && (
        <View className='mt-3'>
          <Notice
            tone='soon'
            icon='camera'
            action={{ words: '去打开', onPress: () => platform.openSettings() }}
          >
            相机没打开。打开再拍，或者从相册里选。
          </Notice>
        </View>
      )}
    </>
  )
}
