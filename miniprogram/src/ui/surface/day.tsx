import { Text } from '@tarojs/components'
import { Fragment } from 'react'
import { HARDLY_KEPT } from '#shared/domain/time-limit/promised-deed'
import { dayWords, shortDayWords } from '../words/dates'

/** `12月8日 周二`, never broken across lines. */
export function Day({ on, short, strong }: { on: string; short?: boolean; strong?: boolean }) {
  return (
    <Text className={strong ? 'nowrap strong' : 'nowrap'}>{short ? shortDayWords(on) : dayWords(on)}</Text>
  )
}

/** `2027年1月4日`, `8:30—17:30`, and the two words of a day that is in doubt. */
const WHOLE = new RegExp(`((?:\\d+年)?\\d+月\\d+日|\\d+:\\d\\d—\\d+:\\d\\d|${HARDLY_KEPT})`)

/** A sentence whose days and hours are never broken across lines. */
export const WithDays = ({ words }: { words: string }) => (
  <>
    {words.split(WHOLE).map((part, at) =>
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

/** Behind a day that will hardly be kept. */
export const Doubt = ({ isDoubted = false }: { isDoubted?: boolean | undefined }) =>
  isDoubted ? <WithDays words={`，${HARDLY_KEPT}`} /> : null
