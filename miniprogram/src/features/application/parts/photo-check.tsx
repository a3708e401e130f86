import { Image, View } from '@tarojs/components'
import type { PhotoFault } from '#shared/domain/application/photo-faults'
import { platform } from '../../../platform'
import { aria, pressable } from '../../../platform/aria'
import { useUploads } from '../../../platform/upload-queue'
import { Button } from '../../../ui/form/button'
import { Sheet, SheetActions, useHeard } from '../../../ui/layout/sheet'

interface FaultWords {
  /** On its tile. */
  readonly short: string
  readonly wrong: string
  /** How it comes out better. */
  readonly how: string
}

export const FAULT_WORDS: Readonly<Record<PhotoFault, FaultWords>> = {
  dark: { short: '太暗', wrong: '太暗，字看不清', how: '到亮一点的地方，再拍一张。' },
  glare: { short: '反光', wrong: '反光，字看不清', how: '换个角度，躲开灯，再拍一张。' },
  blurred: { short: '糊了', wrong: '糊了，字看不清', how: '手拿稳，等画面清楚了再按。' },
  'cut-off': { short: '没拍全', wrong: '没拍全，少了一边', how: '往后退一点，四个角都拍进去。' },
}

interface PhotoCheckProps {
  /** Its key. */
  photo: string
  /** What is photographed: “居民身份证正面”. */
  name: string
  side: '正面' | '反面' | null
  /** How many more are asked about after it. */
  more: number
  onRetake: () => void
  onUse: () => void
  onClose: () => void
}

/** Asked about one photo before it goes; closed without an answer it stays on its tile, which asks again. */
export function PhotoCheck(props: PhotoCheckProps) {
  const { photo, name, side, more, onRetake, onUse, onClose } = props
  const shown = useUploads(({ byKey }) => byKey[photo])
  const heard = useHeard(photo)
  if (shown?.sending.kind !== 'doubtful') return null
  const { wrong, how } = FAULT_WORDS[shown.sending.fault]
  const look = () => platform.previewImage(shown.preview, [shown.preview])
  return (
    <Sheet title={wrong} onClose={onClose} isFilled>
      <View {...aria({ role: 'status' })}>{how}</View>
      <View
        className='photo-check mt-3'
        {...pressable(heard(look), { label: `刚拍的${name}，${wrong}，点一下看大的` })}
      >
        <Image
          className='photo-check__photo'
          src={shown.preview}
          mode='aspectFit'
          {...aria({ hidden: true })}
        />
      </View>
      <View className='small muted mt-2'>
        只在你手机上看过，还没交出去。{more > 0 && `还有 ${more} 张也要看看。`}
      </View>
      <SheetActions>
        <Button block icon='camera' onPress={heard(onRetake)}>
          重拍{side}
        </Button>
        <Button block kind='secondary' onPress={heard(onUse)}>
          就用这张
        </Button>
      </SheetActions>
    </Sheet>
  )
}
