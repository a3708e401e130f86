import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { fullDay } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'

interface OfficialDocumentProps {
  title: string
  numberPrefix: string
  organName: string
  /** Left out where the day is not known yet. */
  issuedOn?: string
  /** Masked, as on every screen; left out where it is for everybody. */
  to?: string
  paragraphs?: readonly string[]
}

/** A paper as it will be issued, but for the number, the seal and the whole name. */
export function OfficialDocument(props: PropsWithChildren<OfficialDocumentProps>) {
  const { title, numberPrefix, organName, issuedOn, to, paragraphs = [], children } = props
  return (
    <View className='paper-doc'>
      <View className='paper-doc__organ'>{organName}</View>
      <View className='paper-doc__title'>{title}</View>
      <View className='paper-doc__number figure'>{numberPrefix}＿＿号</View>
      {to !== undefined && <View>{to}：</View>}
      {paragraphs.map((words) => (
        <View key={words} className='paper-doc__words'>
          {words}
        </View>
      ))}
      {children}
      <View className='paper-doc__foot'>
        <View>{organName}</View>
        <View>{issuedOn === undefined ? '＿＿年＿＿月＿＿日' : fullDay(issuedOn as PlainDate)}</View>
        <View className='paper-doc__seal' aria-hidden='true'>
          盖章处
        </View>
      </View>
    </View>
  )
}
