import { Image, View } from '@tarojs/components'
import { useEffect, useState } from 'react'
import { aria, pressable } from '../../../platform/aria'
import type { PaperView, useFiles } from '../../../platform/use-files'
import { Tag } from '../../../ui/surface/tag'
import { Kbd } from './kbd'

interface ThumbProps {
  file: PaperView['files'][number]
  bring: ReturnType<typeof useFiles>['bring']
  /** What a reader hears. */
  label: string
  caption: string
  /** At a desk: the key that does the same. */
  letter?: string | undefined
  isNew?: boolean | undefined
  /** Nothing of it is cut off: one is compared with another. */
  isWhole?: boolean | undefined
  onOpen: () => void
}

/** A small picture of what was handed in, brought as soon as it stands there. */
export function Thumb({ file, bring, label, caption, letter, isNew, isWhole, onOpen }: ThumbProps) {
  const [source, setSource] = useState<string>()
  const { url } = file
  useEffect(() => {
    let isCurrent = true
    void bring(url).then((brought) => {
      if (isCurrent) setSource(brought)
    })
    return () => {
      isCurrent = false
    }
  }, [url, bring])
  return (
    <View className='thumb' {...pressable(onOpen, { label })}>
      {source ? (
        <Image
          className='thumb__picture'
          src={source}
          mode={isWhole ? 'aspectFit' : 'aspectFill'}
          {...aria({ hidden: true })}
        />
      ) : (
        <View className='thumb__picture skeleton' />
      )}
      <View className='clip'>
        {caption}
        {letter !== undefined && <Kbd letter={letter} />}
      </View>
      {isNew && <Tag tone='must'>新</Tag>}
    </View>
  )
}
