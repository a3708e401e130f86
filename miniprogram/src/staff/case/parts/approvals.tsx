import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { Card } from '../../../ui/surface/card'
import { dayWords } from '../../../ui/words/dates'

type Approval = NonNullable<CaseView['staff']>['approvals'][number]

const keyOf = ({ stepKey, unitId, for: kind, askedOn, stateText, reason }: Approval) =>
  [stepKey, unitId, kind, askedOn, stateText, reason].join(' ')

/** What was asked of those who may allow it, newest first. */
export function Approvals({ approvals }: { approvals: readonly Approval[] }) {
  if (approvals.length === 0) return null
  return (
    <Card title={`请示 ${approvals.length} 次`} className='mt-3'>
      {approvals.map((asked) => (
        <View key={keyOf(asked)} className='document'>
          <View className='row row--between gap-3'>
            <View className='strong'>{asked.label}</View>
            <View className='small nowrap'>{asked.stateText}</View>
          </View>
          <View className='small muted'>
            {[asked.askedBy, dayWords(asked.askedOn)].filter(Boolean).join(' · ')}，请 {asked.askedOf}
          </View>
          <View className='mt-1'>{asked.reason}</View>
          {asked.answer && (
            <View className='mt-1'>
              {asked.answer.by}，{dayWords(asked.answer.on)}
              {asked.answer.reason !== null && <View>{asked.answer.reason}</View>}
            </View>
          )}
        </View>
      ))}
    </Card>
  )
}
