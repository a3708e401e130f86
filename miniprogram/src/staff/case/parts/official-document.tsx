import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import { fullDay } from '#shared/domain/kernel/day-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'

interface OfficialDocumentProps {
  title: string
  numberPrefix: string
  organName: string
  issuedOn: string
  /** Masked, as on every screen. */
  to: string
}

/** A paper as it will be issued, but for the number, the seal and the whole name. */
export function OfficialDocument(props: PropsWithChildren<OfficialDocumentProps>) {
  const { title, numberPrefix, organName, issuedOn, to, children } = props
  return (
    <View className='paper-doc'>
      <View className='paper-doc__organ'>{organName}</View>
      <View className='paper-doc__title'>{title}</View>
      <View className='paper-doc__number figure'>{numberPrefix}＿＿号</View>
      <View>{to}：</View>
      {children}
      <View className='paper-doc__foot'>
        <View>{organName}</View>
        <View>{fullDay(issuedOn as PlainDate)}</View>
        <View className='paper-doc__seal' aria-hidden='true'>
          盖章处
        </View>
      </View>
    </View>
  )
}
