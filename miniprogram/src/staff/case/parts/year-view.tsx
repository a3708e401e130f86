import { View } from '@tarojs/components'
import { useState } from 'react'
import { dayOf, type PlainDate } from '#shared/domain/kernel/plain-date'
import { aria, pressable, tabStop } from '../../../platform/aria'
import { classNames } from '../../../ui/class-names'
import { Cell, CellGroup } from '../../../ui/surface/cell'
import { dayWords } from '../../../ui/words/dates'
import { useDayArrows } from './day-arrows'
import {
  type DayKind,
  daysWorked,
  KIND_WORDS,
  kindOf,
  type Month,
  monthsOf,
  type YearDays,
} from './year-days'

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日']
const KINDS: readonly DayKind[] = ['worked', 'weekend', 'off', 'made-up']

interface YearViewProps {
  year: number
  days: YearDays
  /** The year that these days are to change; undefined where it has none. */
  was: YearDays | undefined
  onPress: (day: PlainDate) => void
}

const Legend = () => (
  <View className='year__legend' aria-hidden='true'>
    {KINDS.map((kind) => (
      <View key={kind} className='year__key'>
        <View className={`year__mark is-${kind}`} />
        {KIND_WORDS[kind]}
      </View>
    ))}
  </View>
)

function Days({ month, days, was, onPress }: Omit<YearViewProps, 'year'> & { month: Month }) {
  return (
    <View className='year__days figure'>
      {WEEKDAYS.map((name) => (
        <View key={name} className='year__weekday' aria-hidden='true'>
          {name}
        </View>
      ))}
      {WEEKDAYS.slice(0, month.before).map((name) => (
        <View key={`-${name}`} />
      ))}
      {month.days.map((day, at) => {
        const kind = kindOf(days, day)
        const before = was ? kindOf(was, day) : kind
        const isChanged = before !== kind
        const label = `${dayWords(day)}，${KIND_WORDS[kind]}${isChanged ? `，原来${KIND_WORDS[before]}` : ''}`
        return (
          <View
            key={day}
            className={classNames('year__day', `is-${kind}`, isChanged && 'is-changed')}
            {...pressable(() => onPress(day), { label })}
            {...tabStop(at === 0)}
          >
            {dayOf(day)}
          </View>
        )
      })}
    </View>
  )
}

const workedWords = (days: YearDays, month: Month) => `${daysWorked(days, month.days)} 天`

/** A year at a desk: all of it. */
export function YearView({ year, days, was, onPress }: YearViewProps) {
  useDayArrows()
  return (
    <View className='year'>
      <Legend />
      <View className='year__months'>
        {monthsOf(year).map((month) => (
          <View
            key={month.number}
            className='year__one'
            {...aria({ role: 'group', label: `${month.number}月` })}
          >
            <View className='year__name'>
              <View className='strong'>{month.number}月</View>
              <View className='muted figure'>{workedWords(days, month)}</View>
            </View>
            <Days month={month} days={days} was={was} onPress={onPress} />
          </View>
        ))}
      </View>
    </View>
  )
}

const spanWords = (list: readonly string[], month: Month) => {
  const own = month.days.filter((day) => list.includes(day)).map(dayOf)
  const spans: [number, number][] = []
  for (const day of own) {
    const last = spans[spans.length - 1]
    if (last && last[1] === day - 1) last[1] = day
    else spans.push([day, day])
  }
  return spans.map(([from, to]) => (from === to ? `${from} 日` : `${from} 到 ${to} 日`)).join('、')
}

function monthWords({ offDays, workDays }: YearDays, month: Month) {
  const off = spanWords(offDays, month)
  const worked = spanWords(workDays, month)
  const said = [...(off ? [`放假 ${off}`] : []), ...(worked ? [`周末上班 ${worked}`] : [])]
  return said.length > 0 ? said.join('；') : undefined
}

/** On a phone one month at a time, the others in words. */
export function YearList({ year, days, was, onPress }: YearViewProps) {
  const [open, setOpen] = useState<number>()
  return (
    <View className='year'>
      <CellGroup>
        {monthsOf(year).map((month) => (
          <View key={month.number}>
            <Cell
              label={`${month.number}月`}
              note={monthWords(days, month)}
              value={`上班 ${workedWords(days, month)}`}
              arrow={open === month.number ? 'up' : 'down'}
              onPress={() => setOpen(open === month.number ? undefined : month.number)}
            />
            {open === month.number && (
              <View className='year__opened'>
                <Legend />
                <Days month={month} days={days} was={was} onPress={onPress} />
              </View>
            )}
          </View>
        ))}
      </CellGroup>
    </View>
  )
}
