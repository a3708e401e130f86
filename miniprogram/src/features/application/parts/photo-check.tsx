import { Image, View } from '@tarojs/components'
import type { PhotoFault } from '#shared/domain/application/photo-faults'
import { aria } from '../../../platform/aria'
import { Button } from '../../../ui/form/button'
import { Sheet, SheetActions, useHeard } from '../../../ui/layout/sheet'
import type { Doubtful } from './photo-look'

/** What is wrong with it, and how it comes out better. */
const FAULT_WORDS: Readonly<Record<PhotoFault, readonly [string, string]>> = {
  dark: ['太暗，字看不清', '到亮一点的地方，再拍一张。'],
  glare: ['反光，字看不清', '换个角度，躲开灯，再拍一张。'],
  blurred: ['糊了，字看不清', '手拿稳，等画面清楚了再按。'],
  'cut-off': ['没拍全，少了一边', '往后退一点，四个角都拍进去。'],
}

interface PhotoCheckProps {
  doubtful: Doubtful
  /** What is photographed: “居民身份证正面”. */
  name: string
  side: '正面' | '反面' | null
  /** How many more are asked about after it. */
  more: number
  isBusy: boolean
  onRetake: () => void
  onUse: () => void
  onClose: () => void
}

/** Asked about one photo before it goes; closed without an answer it is as if it had not been taken. */
export function PhotoCheck(props: PhotoCheckProps) {
  const { doubtful, name, side, more, isBusy, onRetake, onUse, onClose } = props
  const { file, fault } = doubtful
  const [wrong, how] = FAULT_WORDS[fault]
  const heard = useHeard(file)
  return (
    <Sheet title={wrong} onClose={onClose}>
      <View {...aria({ role: 'status' })}>{how}</View>
      <View className='photo-check mt-3' {...aria({ role: 'img', label: `刚拍的${name}，${wrong}` })}>
        <Image
          className='photo-check__photo'
          src={file.preview}
          mode='aspectFit'
          {...aria({ hidden: true })}
        />
      </View>
      <View className='small muted mt-2'>
        只在你手机上看过，还没交出去。{more > 0 && `还有 ${more} 张也要看看。`}
      </View>
      <SheetActions>
        <Button block icon='camera' loading={isBusy ? '正在看' : undefined} onPress={heard(onRetake)}>
          重拍{side}
        </Button>
        <Button block kind='secondary' disabled={isBusy} onPress={heard(onUse)}>
          就用这张
        </Button>
      </SheetActions>
    </Sheet>
  )
}
