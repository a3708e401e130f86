import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { plainStepName } from '#shared/domain/service-item/step-name'
import { classNames } from '../../../ui/class-names'
import { Icon } from '../../../ui/surface/icon'
import { shortDayWords } from '../../../ui/words/dates'
import { isRefused, outcomeWords } from './words'

type Run = NonNullable<CaseView['staff']>['steps'][number]
type Part = Run['parts'][number]

const STATES = { waiting: 'next', open: 'now', done: 'done', skipped: 'done' } as const

const partWords = ({ followUp }: Run, { status, outcome, assigneeName }: Part) => {
  if (status !== 'open') return outcomeWords(outcome, followUp)
  return assigneeName === null ? '正在办' : `${assigneeName} 在办`
}

function Step({ run }: { run: Run }) {
  const { name, status, parts, doneOn, limitText } = run
  const [only, ...others] = parts
  return (
    <View className={classNames('flow__step', isRefused(run) ? 'is-no' : `is-${STATES[status]}`)}>
      <View className='flow__name'>{plainStepName(name)}</View>
      {others.length > 0 ? (
        parts.map((part) => (
          <View key={part.unitName}>
            {part.unitName} {partWords(run, part)}
          </View>
        ))
      ) : (
        <View>{(only && partWords(run, only)) || limitText}</View>
      )}
      {doneOn !== null && <View className='figure'>{shortDayWords(doneOn)}</View>}
    </View>
  )
}

/** Every step of the case from left to right; units that work at the same time stand in one. */
export function Flow({ steps }: { steps: readonly Run[] }) {
  return (
    <View className='flow'>
      {steps
        .filter(({ status }) => status !== 'skipped')
        .map((run) => (
          <Step key={run.key} run={run} />
        ))}
    </View>
  )
}

const AHEAD = 3

/** What comes after the step that is open. */
export function NextSteps({ steps }: { steps: readonly Run[] }) {
  const next = steps.filter(({ status }) => status === 'waiting').slice(0, AHEAD)
  if (next.length === 0) return null
  return (
    <View className='card'>
      <View className='card__head'>
        <View className='card__title'>办完这一步</View>
      </View>
      <View className='next-steps'>
        {next.map(({ key, name, limitText, parts }, at) => (
          <View key={key} className='next-steps__one'>
            {at > 0 && <Icon name='next' size='s' />}
            <View className='next-steps__box'>
              {plainStepName(name)}
              <View className='next-steps__note'>
                {parts.length > 1 ? `${parts.length} 个单位一起，` : ''}
                {limitText}
              </View>
            </View>
          </View>
        ))}
      </View>
    </View>
  )
}
