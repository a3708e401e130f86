import { View } from '@tarojs/components'
import type { AboutCounty } from '#shared/contract/account'

/** Who runs the service: 国办函〔2026〕12号, 个人信息保护法 第17条. */
export function AboutFoot({ about }: { about: AboutCounty }) {
  return (
    <View className='foot-note'>
      <View>主办单位：{about.sponsor}</View>
      {about.filingNumber !== '' && <View>备案号：{about.filingNumber}</View>}
      {about.dataContact !== '' && <View>个人信息的事打：{about.dataContact}</View>}
    </View>
  )
}
