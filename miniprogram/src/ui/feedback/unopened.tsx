import { View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { aria } from '../../platform/aria'
import { useWay } from '../../platform/navigation'
import { Notice } from './notice'

/** A page that did not open, told above what is still in front. Part of `Page`. */
export function Unopened() {
  const unopened = useWay((way) => way.unopened)
  // Of the page that was in front: on another one it would lead away from what is there.
  useDidShow(() => useWay.setState({ unopened: undefined }))
  if (unopened === undefined) return null
  return (
    <View className='unopened' {...aria({ role: 'alert' })}>
      <Notice tone='soon' icon='offline' action={{ words: '再试一次', onPress: unopened }}>
        没打开。看看信号，再点一次。
      </Notice>
    </View>
  )
}
