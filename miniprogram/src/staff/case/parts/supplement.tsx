import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { Card } from '../../../ui/surface/card'
import { Tag } from '../../../ui/surface/tag'
import { dayWords, momentWords } from '../../../ui/words/dates'

/** What was asked for stands beside what came. */
export function Supplement({ view }: { view: CaseView }) {
  const supplement = view.staff?.supplement
  if (!supplement) return null
  const { askedOn, byUnit, suppliedAt, items } = supplement
  const answerTo = (name: string) => view.answers.find(({ key }) => key === name)?.text
  return (
    <Card title={`补来了，对一对这 ${items.length} 样`} className='mt-3'>
      <View className='small muted'>
        {dayWords(askedOn)} {byUnit}要的，{momentWords(suppliedAt)} 交齐
      </View>
      {items.map(({ kind, name, label, reason, came }) => (
        <View key={`${kind} ${name}`} className='document supplement'>
          <View className='supplement__half'>
            <View className='strong'>{label}</View>
            <View className='small muted'>要的：{reason}</View>
          </View>
          <View className='supplement__half'>
            {came ? <Tag tone='must'>新</Tag> : <Tag>和原来一样</Tag>}
            <View className='mt-1'>
              {kind === 'material' ? (came ? '新的照片在下面的材料里' : '没有换') : (answerTo(name) ?? '')}
            </View>
          </View>
        </View>
      ))}
    </Card>
  )
}
