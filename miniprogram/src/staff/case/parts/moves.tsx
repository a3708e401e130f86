import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import type { CalendarMoves } from '#shared/contract/time-limit'
import { Button } from '../../../ui/form/button'
import { Card } from '../../../ui/surface/card'
import { Icon } from '../../../ui/surface/icon'
import { dayWords } from '../../../ui/words/dates'
import { holidaysUntil, type YearDays } from './year-days'

type Told = CalendarMoves['told'][number]

const OF_WORDS = {
  promised: '承诺',
  statutory: '法定',
  correction: '补正',
  acceptance: '受理',
  share: '办的人',
} as const satisfies Record<Told['of'], string>

const NO_DAY = '公布后告诉你'
const FIRST = 5

interface MovesProps {
  moves: CalendarMoves
  days: YearDays
  today: string
}

const Figure = ({ count, words }: { count: number; words: string }) => (
  <View className='moves__figure'>
    <View className='moves__count figure'>{count}</View>
    {words}
  </View>
)

function Move({ told, days, today }: { told: Told; days: YearDays; today: string }) {
  const { number, itemName, organName, of, from, to } = told
  const holidays = to === null ? 0 : holidaysUntil(days, today, to)
  return (
    <View className='moves__one'>
      <View className='row row--between gap-2'>
        <View>
          <Text className='strong'>{itemName}</Text> {organName}
        </View>
        <View className='small muted nowrap'>{OF_WORDS[of]}</View>
      </View>
      <View className='moves__days'>
        <Text className='moves__from'>{from === null ? NO_DAY : dayWords(from)}</Text>
        <Icon name='next' className='icon--xs' />
        <Text className='strong figure nowrap'>{to === null ? NO_DAY : dayWords(to)}</Text>
      </View>
      <View className='small muted figure'>{number}</View>
      {holidays > 0 && <View className='small muted'>到这天放假 {holidays} 天，不算</View>}
    </View>
  )
}

const NOT_COUNTED = '不公开的事项也重算，不在这里计数。'
const NOT_ALL = '在办的太多，只算了前 2000 件；公布以后每一件都重算。'

/** What a draft does to cases under way, before somebody publishes it. */
export function Moves({ moves, days, today }: MovesProps) {
  const [isWhole, setWhole] = useState(false)
  const { cases, messages, dated, later, earlier, told, more } = moves
  const shown = isWhole ? told : told.slice(0, FIRST)
  return (
    <>
      <Card title='什么会变'>
        {cases === 0 ? (
          <View className='muted'>在办的件，日子都不变。</View>
        ) : (
          <>
            <View className='moves__figures'>
              <Figure count={dated} words='件有了日子' />
              <Figure count={later} words='件变晚' />
              <Figure count={earlier} words='件变早' />
            </View>
            {shown.map((each) => (
              <Move key={each.number} told={each} days={days} today={today} />
            ))}
            {told.length > shown.length && (
              <Button kind='text' small onPress={() => setWhole(true)}>
                还有 {told.length - shown.length} 件
              </Button>
            )}
          </>
        )}
        <View className='small muted mt-2'>
          {NOT_COUNTED}
          {more && NOT_ALL}
        </View>
      </Card>
      {cases > 0 && (
        <Card className='mt-3' title='公布以后'>
          <View className='moves__after'>
            <Icon name='bell' />
            <View>
              {messages > 0
                ? `${messages} 件的申请人收到一条消息：日子是哪天，因为什么`
                : '告诉过申请人的日子都不变，不发消息'}
            </View>
          </View>
          <View className='moves__after'>
            <Icon name='list' />
            <View>办的人列表重新排，时限灯重新算</View>
          </View>
        </Card>
      )}
    </>
  )
}
