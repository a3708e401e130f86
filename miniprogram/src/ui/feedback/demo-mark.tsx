import { View } from '@tarojs/components'
import { useIsDemo } from '../../platform/deployment'

/** On home, 我的 and every paper. */
export function DemoMark() {
  return useIsDemo() ? <View className='demo-mark'>演示环境，人物和数据均为虚构</View> : null
}
