import { View } from '@tarojs/components'
import { classNames } from '../class-names'
import { Icon, type IconName } from '../surface/icon'

export type Lamp = 'calm' | 'soon' | 'today' | 'late' | 'paused' | 'done' | 'ended'

const ICONS: Readonly<Record<Lamp, IconName>> = {
  calm: 'clock',
  soon: 'soon',
  today: 'today',
  late: 'late',
  paused: 'paused',
  done: 'done',
  ended: 'no',
}

/** Words, shape, colour, in this order: “还剩 6 个工作日”. */
export function DueLight({ light, words, plain }: { light: Lamp; words: string; plain?: boolean }) {
  return (
    <View className={classNames('due-light', `due-light--${light}`, plain && 'due-light--plain')}>
      <Icon name={ICONS[light]} />
      {words}
    </View>
  )
}
