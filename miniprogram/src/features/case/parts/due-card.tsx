import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { pressable } from '../../../platform/aria'
import { DueLight } from '../../../ui/progress/due-light'
import { Card } from '../../../ui/surface/card'
import { Day } from '../../../ui/surface/day'
import { Icon } from '../../../ui/surface/icon'
import { DueExplanationView, isExplained } from '../../time-limit/parts/due-explanation'
import { becauseWords } from '../../time-limit/parts/due-words'
import { caseLight, isOver } from './case-light'

function daysLeftOf({ light }: CaseView) {
  if (light.kind === 'calm' || light.kind === 'soon') return light.daysLeft
  return light.kind === 'today' || light.kind === 'late' ? 0 : null
}

const NOTES: Partial<Record<CaseView['status'], string>> = {
  correcting: '补好了，就接着办。',
  suspended: '暂停的这些天不算，恢复了会告诉你。',
}

/** Until when, and how that day was counted; opens in its place. */
export function DueCard({ view }: { view: CaseView }) {
  const [isOpen, setOpen] = useState(false)
  const { dueOn, dueBecause, explanation } = view
  const over = isOver(view)
  return (
    <Card>
      <DueLight {...caseLight(view)} />
      {!over && (
        <>
          {dueOn === null ? (
            <View className='title mt-3'>{becauseWords(dueBecause)}</View>
          ) : (
            <View className='case-due'>
              最晚 <Day on={dueOn} />
            </View>
          )}
          <View className='small muted mt-1'>
            {NOTES[view.status] ?? '现在不用你做什么，办好了会告诉你。'}
          </View>
        </>
      )}
      {isExplained(explanation) && (
        <>
          <View className='card__line' />
          <View
            className='fold-line'
            {...pressable(() => setOpen(!isOpen), { expanded: isOpen, label: '这些天怎么算的' })}
          >
            <View>这些天怎么算的</View>
            <Icon name={isOpen ? 'up' : 'down'} size='s' className='faint' />
          </View>
          {isOpen && (
            <DueExplanationView explanation={explanation} daysLeft={over ? null : daysLeftOf(view)} />
          )}
        </>
      )}
    </Card>
  )
}
