import { Image, View } from '@tarojs/components'
import { useState } from 'react'
import { aria } from '../../../platform/aria'
import { Button } from '../../../ui/form/button'
import { Sheet, SheetActions } from '../../../ui/layout/sheet'

interface PaperViewerProps {
  name: string
  pictures: readonly string[]
  /** Which one first, from 0. */
  at: number
  onClose: () => void
}

/** One paper, a picture at a time, as large as the desk allows. */
export function PaperViewer({ name, pictures, at, onClose }: PaperViewerProps) {
  const [shown, setShown] = useState(at)
  const [quarter, setQuarter] = useState(0)
  const show = (next: number) => {
    setQuarter(0)
    setShown(next)
  }
  const count = pictures.length
  return (
    <View className='viewer'>
      <Sheet title={count > 1 ? `${name}，第 ${shown + 1} 张，共 ${count} 张` : name} onClose={onClose}>
        <Image
          className={`viewer__picture is-turned-${quarter}`}
          src={pictures[shown] ?? ''}
          mode='aspectFit'
          {...aria({ role: 'img', label: name })}
        />
        <SheetActions>
          {count > 1 && <Button onPress={() => show((shown + 1) % count)}>下一张</Button>}
          <Button kind='secondary' onPress={() => setQuarter((quarter + 1) % 4)}>
            转一下
          </Button>
          <Button kind='quiet' onPress={onClose}>
            看完了
          </Button>
        </SheetActions>
      </Sheet>
    </View>
  )
}
