import { View } from '@tarojs/components'
import { useState } from 'react'
import type { CaseView } from '#shared/contract/case'
import { type ToldStatus, toldStatus } from '#shared/domain/case/outcome'
import { pressable } from '../../../platform/aria'
import { DueLight } from '../../../ui/progress/due-light'
import { Card } from '../../../ui/surface/card'
import { Day } from '../../../ui/surface/day'
import { Icon } from '../../../ui/surface/icon'
import { DueExplanationView, isExplained } from '../../time-limit/parts/due-explanation'
import { becauseWords } from '../../time-limit/parts/due-words'
import { caseLamp, hasResult, isOver } from './case-lamp'
import { FailedCheck, failedCheckOf } from './failed-check'

function daysLeftOf({ light }: CaseView) {
  if (light.kind === 'calm' || light.kind === 'soon') return light.daysLeft
  return light.kind === 'today' || light.kind === 'late' ? 0 : null
}

const CALM = '现在不用你做什么，办好了会告诉你。'

const NOTES = {
  submitted: CALM,
  correcting: '补好了，就接着办。',
  declined: '为什么没有受理，下面写着。',
  accepted: CALM,
  examining: CALM,
  suspended: '暂停的这些天不算，恢复了会告诉你。',
  granted: '批准了，正在把结果办给你。',
  refused: '为什么、不同意怎么办，结果里都有。',
  concluded: '办好了，结果在这里看。',
  delivered: '办好了，结果在这里看。',
  withdrawn: '这件不办了。以后还要办，再申请一次。',
  terminated: '要补的一直没补，这件结束了。还要办，再申请一次，填过的都留着。',
  'check-failed': '查出什么、怎么说清楚，结果里都有。',
} as const satisfies Record<ToldStatus, string>

/** Nothing is shown for only while nothing holds the case up. */
function noteOf(view: CaseView) {
  const { identityAwaited, disownedWays, timeline } = view
  const status = toldStatus(view)
  // Beside the way to it on this phone it stands there.
  if (disownedWays !== null && identityAwaited === null) return disownedWays
  if (identityAwaited !== null && NOTES[status] === CALM) return '正在办。要你做的写在下面。'
  // Why a case was ended says how it goes on.
  const because = status === 'terminated' ? timeline.find(({ type }) => type === 'terminated')?.note : null
  return because ?? NOTES[status]
}

/** Days were counted to the end, or are being counted. */
const isCounted = (view: CaseView) => !isOver(view) || hasResult(view)

function Until({ dueOn, dueBecause }: Pick<CaseView, 'dueOn' | 'dueBecause'>) {
  if (dueOn === null) return <View className='title mt-3'>{becauseWords(dueBecause)}</View>
  return (
    <View className='case-due'>
      最晚 <Day on={dueOn} />
    </View>
  )
}

/** Until when, and how that day was counted; opens in its place. */
export function DueCard({ view }: { view: CaseView }) {
  const [isOpen, setOpen] = useState(false)
  const { explanation } = view
  const shown = view.correction ?? view
  const { dueOn, dueBecause } = shown
  const over = isOver(view)
  const failed = failedCheckOf(view)
  return (
    <Card>
      <DueLight {...caseLamp({ ...view, light: shown.light })} />
      {!over && <Until dueOn={dueOn} dueBecause={dueBecause} />}
      <View className={over ? 'muted mt-3' : 'small muted mt-1'}>
        {failed ? <FailedCheck found={failed} /> : noteOf(view)}
      </View>
      {isCounted(view) && isExplained(explanation) && (
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
