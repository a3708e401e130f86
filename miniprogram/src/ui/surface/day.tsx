import { Text } from '@tarojs/components'
import { Fragment } from 'react'
import { dayWords, shortDayWords } from '../words/dates'

/** `12月8日 周二`, never broken across lines. */
export function Day({ on, short, strong }: { on: string; short?: boolean; strong?: boolean }) {
  return (
    <Text className={strong ? 'nowrap strong' : 'nowrap'}>{short ? shortDayWords(on) : dayWords(on)}</Text>
  )
}

const WRITTEN_DAY = /((?:\d+年)?\d+月\d+日)/

/** A sentence whose days, `11月24日`, are never broken across lines. */
export const WithDays = ({ words }: { words: string }) => (
  <>
    {words.split(WRITTEN_DAY).map((part, at) =>
      at % 2 === 1 ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence have their places alone.
        <Text key={at} className='nowrap'>
          {part}
        </Text>
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above.
        <Fragment key={at}>{part}</Fragment>
      ),
    )}
  </>
)
