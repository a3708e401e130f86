import { View } from '@tarojs/components'
import type { ReactNode } from 'react'
import {
  addDays,
  dayOf,
  daysBetween,
  monthOf,
  type PlainDate,
  weekdayOf,
} from '#shared/domain/kernel/plain-date'
import { aria } from '../../platform/aria'
import { classNames } from '../class-names'
import '../styles/due-days.css'

export interface DueDay {
  readonly date: PlainDate
  /** `used`: past, counted or the first; `off`: skipped; `left`: still to come. */
  readonly state: 'used' | 'off' | 'today' | 'left' | 'due'
  /** “收到”, “休”, “今天”, “最晚”; it stays in elder mode. */
  readonly mark?: string
  /** The how-manieth counted day; elder mode leaves it out. */
  readonly ordinal?: number
}

interface DueDaysProps {
  /** In order, none left out. */
  days: readonly DueDay[]
  /** All of it in one sentence: the calendar is one picture to a reader. */
  label: string
  words: ReactNode
}

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日']

function weeksOf(days: readonly DueDay[]) {
  const first = days[0]
  const last = days[days.length - 1]
  if (!first || !last) return []
  const byDate = new Map(days.map((day) => [day.date, day]))
  const monday = addDays(first.date, -weekdayOf(first.date))
  const weeks = Math.floor(daysBetween(monday, last.date) / 7) + 1
  return Array.from({ length: weeks }, (_, week) =>
    WEEKDAYS.map((_, weekday) => {
      const date = addDays(monday, week * 7 + weekday)
      return { date, day: byDate.get(date) }
    }),
  )
}

function Day({ date, day }: { date: PlainDate; day: DueDay | undefined }) {
  if (!day) return <View className='due-days__day is-out' />
  const isNewMonth = dayOf(date) === 1
  const hasOrdinal = day.mark === undefined && day.ordinal !== undefined
  return (
    <View className={classNames('due-days__day', `is-${day.state}`)}>
      <View className={classNames('figure', isNewMonth && 'standard-only')}>
        {isNewMonth ? `${monthOf(date)}/1` : dayOf(date)}
      </View>
      {isNewMonth && <View className='figure elder-only'>1</View>}
      {day.mark !== undefined && <View className='due-days__mark'>{day.mark}</View>}
      {hasOrdinal && <View className='due-days__mark standard-only'>第{day.ordinal}天</View>}
      {isNewMonth && day.mark === undefined && (
        <View className='due-days__mark elder-only'>{monthOf(date)}月</View>
      )}
    </View>
  )
}

/** A date that explains itself: each day counted or skipped, with its reason. */
export function DueDays({ days, label, words }: DueDaysProps) {
  return (
    <>
      <View className='due-days' {...aria({ role: 'img', label })}>
        <View className='due-days__week'>
          {WEEKDAYS.map((name) => (
            <View key={name} className='due-days__name'>
              {name}
            </View>
          ))}
        </View>
        {weeksOf(days).map((week) => (
          <View key={week[0]?.date ?? ''} className='due-days__week'>
            {week.map(({ date, day }) => (
              <Day key={date} date={date} day={day} />
            ))}
          </View>
        ))}
      </View>
      <View className='due-days__words'>{words}</View>
    </>
  )
}
