import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import type { CaseView } from '#shared/contract/case'
import type { DueBecause } from '#shared/contract/primitives'
import { newDayWords } from '#shared/domain/case/clock/due-words'
import type { PlainDate } from '#shared/domain/kernel/plain-date'
import { plainStepName } from '#shared/domain/service-item/step-name'
import { DueExplanationView } from '../../../features/time-limit/parts/due-explanation'
import { outcomeLamp } from '../../../features/time-limit/parts/outcome-lamp'
import { pressable } from '../../../platform/aria'
import { today } from '../../../platform/clock'
import { classNames } from '../../../ui/class-names'
import { Sheet } from '../../../ui/layout/sheet'
import { Icon } from '../../../ui/surface/icon'
import { dayWords, shortDayWords, sinceWords } from '../../../ui/words/dates'
import { type Clock, isOver, whyStill } from './words'
import { workLight } from './work-light'

type Explanation = NonNullable<Clock['explanation']>

const NAMES: Readonly<Record<Clock['kind'], (label: string) => string>> = {
  step: (label) => `这一步：${plainStepName(label)}`,
  acceptance: () => '受理期限',
  promised: () => '承诺办结',
  statutory: () => '法定期限',
  publicity: () => '结束公示',
  correction: () => '补正期限',
  delivery: (label) => (label === '送达' ? '送达期限' : label),
}
const nameOf = ({ kind, label }: Clock) => NAMES[kind](label)

const becauseWords = (because: DueBecause) =>
  because.kind === 'calendar-missing'
    ? `${because.year}年放假安排公布后定日期`
    : `${because.stepName}以后才起算`

/** `why`: for what all that stand still do; '' where each says it itself. */
function dueWordsOf({ light, dueOn, dueBecause }: Clock, why = '') {
  if (light.kind === 'today') return workLight(light, '').words
  if (dueOn) return dayWords(dueOn)
  return dueBecause ? becauseWords(dueBecause) : [why, '停着'].filter(Boolean).join('，')
}

const unitWords = ({ unit }: Explanation) => (unit === 'working' ? '个工作日' : '天')
/** By the server's day, which the light knows; the phone's own clock may be another. */
function usedOf({ days }: Explanation, light: Clock['light']) {
  if ('daysLeft' in light) return Math.max(0, days - light.daysLeft)
  return light.kind === 'today' || light.kind === 'late' ? days : 0
}

function noteOf({ explanation, light }: Clock) {
  if (!explanation) return light.kind === 'paused' ? sinceWords(light.since) : workLight(light).words
  const { startedOn, days } = explanation
  if (days === 0) return `${shortDayWords(startedOn)}收到，当天办`
  return `${shortDayWords(startedOn)}起算，用了 ${usedOf(explanation, light)} / ${days} ${unitWords(explanation)}`
}

function Bar({ clock }: { clock: Clock }) {
  const { explanation, light } = clock
  if (!explanation) return null
  const share = explanation.days === 0 ? 1 : usedOf(explanation, light) / explanation.days
  return (
    <View className='clock__bar'>
      <View
        className={classNames('clock__fill', `is-${light.kind}`)}
        style={{ width: `${Math.round(share * 100)}%` }}
      />
    </View>
  )
}

const tone = (light: Clock['light']) => (['today', 'late', 'soon'].includes(light.kind) ? light.kind : '')

const DOING: Readonly<Record<Clock['kind'], string>> = {
  step: '办完这一步',
  acceptance: '受理',
  promised: '办好',
  statutory: '办好',
  publicity: '结束公示',
  correction: '补齐',
  delivery: '送到',
}

function nearestOf({ staff }: CaseView) {
  const dated = (staff?.clocks ?? []).filter(({ dueOn, others }) => dueOn !== null && !others)
  const [nearest] = [...dated].sort((left, right) => ((left.dueOn ?? '') < (right.dueOn ?? '') ? -1 : 1))
  return nearest
}

/** The days of what runs out first, in one line. */
export function nearestWords(view: CaseView) {
  const nearest = nearestOf(view)
  return nearest ? `${dueWordsOf(nearest)}前${DOING[nearest.kind]}，${noteOf(nearest)}` : ''
}

/** What became of it, or what runs out first, as the queue has it. */
export function nearestLight(view: CaseView) {
  if (isOver(view)) return outcomeLamp(view)
  const { light } = view
  const nearest = nearestOf(view)
  return nearest ? workLight(nearest.light, DOING[nearest.kind]) : workLight(light)
}

const silenceOf = (clocks: readonly Clock[]) =>
  clocks.find(({ kind, light }) => kind === 'acceptance' && light.kind === 'today')

interface ClocksProps {
  clocks: readonly Clock[]
  /** Why clocks stand still: `standsStillWords`. */
  why: string
  /** Promised in place of the day that was broken. */
  newDueOn: string | null | undefined
  onOpen?: (clock: Clock) => void
  /** At a desk: every day as a mark, in place of bars. */
  days?: ReactNode
}

/** Every clock of the case with its date; a tap opens how it was counted. */
export function Clocks({ clocks, why, newDueOn, onOpen, days }: ClocksProps) {
  const noted = (clock: Clock) =>
    clock.kind === 'promised' && newDueOn ? newDayWords(newDueOn as PlainDate, today()) : noteOf(clock)
  const silence = silenceOf(clocks)
  if (clocks.length === 0) return null
  return (
    <View className='card card--tight'>
      <View className='clocks'>
        {clocks.map((clock) => (
          <View
            key={`${clock.kind}${clock.label}`}
            className='clock'
            {...pressable(clock.explanation && onOpen ? () => onOpen(clock) : undefined, {
              label: [
                nameOf(clock),
                dueWordsOf(clock, whyStill(clock, why)),
                noted(clock),
                clock.explanation && onOpen && '看怎么算的',
              ]
                .filter(Boolean)
                .join('，'),
            })}
          >
            <View className='clock__k row gap-1'>
              {nameOf(clock)}
              {clock.explanation && onOpen && <Icon name='next' size='xs' className='accent' />}
            </View>
            <View
              className={classNames(
                'clock__v',
                tone(clock.light),
                clock.dueOn === null ? 'clock__v--words' : 'nowrap',
              )}
            >
              {dueWordsOf(clock, whyStill(clock, why))}
            </View>
            {days === undefined && <Bar clock={clock} />}
            {noted(clock) !== '' && <View className='clock__n'>{noted(clock)}</View>}
          </View>
        ))}
      </View>
      {days}
      {silence?.explanation && (
        <View className='caption today mt-2'>
          <Icon name='today' size='s' /> 今天不受理也不告知缺什么，就算{' '}
          {shortDayWords(silence.explanation.startedOn)} 已经受理
        </View>
      )}
    </View>
  )
}

const daysLeftOf = ({ light }: Clock) =>
  'daysLeft' in light ? light.daysLeft : light.kind === 'today' ? 0 : null

export function ClockSheet({ clock, onClose }: { clock: Clock; onClose: () => void }) {
  const { explanation } = clock
  if (!explanation) return null
  return (
    <Sheet title={nameOf(clock)} onClose={onClose}>
      <View className='title'>
        <Text className='nowrap'>{dueWordsOf(clock)}</Text>
      </View>
      <DueExplanationView explanation={explanation} daysLeft={daysLeftOf(clock)} />
    </Sheet>
  )
}
