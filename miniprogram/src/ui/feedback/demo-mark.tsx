import { View } from '@tarojs/components'

export const DEMO_MARK = '演示环境，人物和数据均为虚构'

/** On home, 我的 and every paper, where all people are invented. */
export function DemoMark({ isDemo }: { isDemo: boolean }) {
  return isDemo ? <View className='demo-mark'>{DEMO_MARK}</View> : null
}
