import { View } from '@tarojs/components'
import { useIsDemo } from '../../platform/deployment'

export const DEMO_MARK = '演示环境，人物和数据均为虚构'

/** On home, 我的 and every paper. */
export function DemoMark() {
  return useIsDemo() ? <View className='demo-mark'>{DEMO_MARK}</View> : null
}
