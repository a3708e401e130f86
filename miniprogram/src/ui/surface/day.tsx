import { Text } from '@tarojs/components'
import { dayWords, shortDayWords } from '../words/dates'

/** `12月8日 周二`, never broken across lines. */
export function Day({ on, short, strong }: { on: string; short?: boolean; strong?: boolean }) {
  return (
    <Text className={strong ? 'nowrap strong' : 'nowrap'}>{short ? shortDayWords(on) : dayWords(on)}</Text>
  )
}
