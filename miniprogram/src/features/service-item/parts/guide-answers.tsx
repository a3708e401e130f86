import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import type { ServiceGuide } from '#shared/contract/service-item'
import { promisedDeed } from '#shared/domain/time-limit/promised-deed'
import { drawn } from '../../../platform/aria'
import { Card } from '../../../ui/surface/card'
import { Day } from '../../../ui/surface/day'
import { Icon } from '../../../ui/surface/icon'
import { becauseWords } from '../../time-limit/parts/due-words'

function Figure({ name, value }: { name: string; value: ReactNode }) {
  return (
    <View className='guide-figure'>
      {name}
      <View className='guide-figure__value'>{value}</View>
    </View>
  )
}

/** Why no day is told, or what the promised day does not hold. */
function dayNote({ dueIfFiledToday, openWindow }: ServiceGuide): ReactNode {
  const { dueOn, dueBecause, lastOn, apart } = dueIfFiledToday
  if (openWindow?.open === false) return undefined
  if (dueOn === null) return becauseWords(dueBecause)
  if (apart === null) return undefined
  if (lastOn === null) return `${apart}的这些天不算在里面。`
  return (
    <>
      {apart}的这些天不算在里面；都用满，最晚 <Day on={lastOn} />。
    </>
  )
}

/** How long, how often, how much: the three questions of everybody. */
function Figures({ guide }: { guide: ServiceGuide }) {
  const { dueOn, apart } = guide.dueIfFiledToday
  const note = dayNote(guide)
  const deed = promisedDeed(guide.books)
  return (
    <Card>
      <View className='guide-figures'>
        {dueOn === null ? (
          <Figure name={`多久${deed}`} value={guide.promisedText} />
        ) : (
          <Figure
            name={`今天申请，${apart === null ? '最晚' : '承诺'}${guide.books ? deed : ''}`}
            value={<Day on={dueOn} />}
          />
        )}
        <Figure name='要跑' value={guide.onsiteVisits === 0 ? '不用跑' : `${guide.onsiteVisits} 趟`} />
        <Figure name='收费' value={guide.fee} />
      </View>
      {note !== undefined && <View className='small muted mt-2'>{note}</View>}
      {guide.childCheck && <View className='small muted mt-2'>{guide.childCheck}。</View>}
    </Card>
  )
}

/** The rows say the sums; what is left of the text is whose standard holds. */
function standardIn({ text, rows }: NonNullable<ServiceGuide['amount']>) {
  const standard = text.split('；').find((part) => part.includes('为准'))
  return rows.length > 0 && standard !== undefined ? standard : text
}

function Amount({ amount }: { amount: NonNullable<ServiceGuide['amount']> }) {
  return (
    <Card title='能领多少'>
      {amount.rows.map(({ when, value }) => (
        <View key={when} className='guide-row'>
          {when}
          <View className='strong figure'>{value}</View>
        </View>
      ))}
      <View className={amount.rows.length > 0 ? 'small muted mt-2' : 'mt-2'}>{standardIn(amount)}</View>
      {amount.demo && <View className='caption faint mt-1'>这里是示例金额。</View>}
    </Card>
  )
}

const MARKS = {
  met: { name: 'check', className: 'accent' },
  unmet: { name: 'no', className: 'muted' },
} as const

/** The word comes before the colour. */
const VERDICTS = { met: '你符合：', unmet: '你自己还不符合：', unknown: '' } as const
/** A season is no condition of anybody's own. */
const CLOSED = { ...VERDICTS, unmet: '现在还不能办：' }

function Conditions({ guide }: { guide: ServiceGuide }) {
  const verdicts = guide.openWindow?.open === false ? CLOSED : VERDICTS
  return (
    <Card title='谁能办'>
      <View className='small muted'>{guide.appliesTo}</View>
      {guide.acceptConditions.map(({ text, state, why }) => (
        <View key={text} className='guide-condition'>
          {state === 'unknown' ? <View className='guide-dot' {...drawn()} /> : <Icon {...MARKS[state]} />}
          {why === null ? (
            text
          ) : (
            <View className='grow'>
              {text}
              <View className='small muted'>{`${verdicts[state]}${why}`}</View>
            </View>
          )}
        </View>
      ))}
    </Card>
  )
}

export function GuideAnswers({ guide }: { guide: ServiceGuide }) {
  return (
    <>
      <Figures guide={guide} />
      {guide.amount && <Amount amount={guide.amount} />}
      <Conditions guide={guide} />
    </>
  )
}
