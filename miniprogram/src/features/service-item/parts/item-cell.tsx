import { Text, View } from '@tarojs/components'
import { Fragment } from 'react'
import type { ServiceItemSummary } from '#shared/contract/service-item'
import { Cell } from '../../../ui/surface/cell'

/** The characters of the query, marked in what it matched. */
function Marked({ text, words }: { text: string; words: string }) {
  const typed = new Set(words.replace(/\s/g, ''))
  const parts = [...text].reduce<{ text: string; isHit: boolean }[]>((runs, character) => {
    const isHit = typed.has(character)
    const last = runs[runs.length - 1]
    if (last?.isHit === isHit) last.text += character
    else runs.push({ text: character, isHit })
    return runs
  }, [])
  let at = 0
  return (
    <>
      {parts.map((part) => {
        at += part.text.length
        return part.isHit ? (
          <Text key={at} className='hit'>
            {part.text}
          </Text>
        ) : (
          <Fragment key={at}>{part.text}</Fragment>
        )
      })}
    </>
  )
}

interface ItemCellProps {
  item: ServiceItemSummary
  /** The query; empty in a list. */
  words: string
  onPress: () => void
}

/** A hit says why it is one. */
export function ItemCell({ item, words, onPress }: ItemCellProps) {
  const { plainName, oneLine, because, promisedDays } = item
  return (
    <Cell
      top
      label={words === '' ? plainName : <Marked text={plainName} words={words} />}
      note={oneLine}
      onPress={onPress}
    >
      <View className='caption faint mt-1'>
        {because !== '' && because !== plainName ? (
          <>
            又叫：
            <Marked text={because} words={words} />
          </>
        ) : promisedDays === 0 ? (
          '当天办好'
        ) : (
          `最多 ${promisedDays} 个工作日`
        )}
      </View>
    </Cell>
  )
}
