import { View } from '@tarojs/components'
import { aria } from '../../../platform/aria'
import { today } from '../../../platform/clock'
import { classNames } from '../../../ui/class-names'
import { shortDayWords } from '../../../ui/words/dates'
import type { Clock } from './words'

type Explanation = NonNullable<Clock['explanation']>
type Kind = 'first' | 'used' | 'left' | 'off' | 'stop' | 'law'

const OFF = { 'day-off': 'off', paused: 'stop' } as const

/** The promise, where there is one, day by day; beyond it what the law leaves. */
function marksOf(main: Explanation, longer: Explanation | undefined, now: string) {
  const marks = new Map<string, Kind>()
  for (const { on, because } of longer?.counted ?? [])
    marks.set(on, because === 'counted' ? 'law' : OFF[because])
  marks.set(main.startedOn, 'first')
  for (const { on, because } of main.counted) {
    marks.set(on, because === 'counted' ? (on <= now ? 'used' : 'left') : OFF[because])
  }
  return [...marks].sort(([left], [right]) => (left < right ? -1 : 1)).map(([on, kind]) => ({ on, kind }))
}

const LEGEND = [
  { kind: 'used', words: (count: number) => `已用 ${count}` },
  { kind: 'left', words: (count: number) => `还剩 ${count}` },
  { kind: 'law', words: () => '法律还容许' },
  { kind: 'off', words: () => '周末放假不算' },
  { kind: 'stop', words: () => '停着不算' },
] as const

const DENSE = 45

/** The two clocks of a case that are told day by day: the nearer one and the law's. */
export function stripOf(clocks: readonly Clock[]) {
  const told = (kind: Clock['kind']) => clocks.find((clock) => clock.kind === kind)?.explanation ?? undefined
  const main = told('promised') ?? told('statutory') ?? told('acceptance')
  return main && main.counted.length > 0 ? { main, longer: told('statutory') } : undefined
}

/** One mark a day: used, left, skipped; a ring round today. */
export function DayStrip({ clocks }: { clocks: readonly Clock[] }) {
  const strip = stripOf(clocks)
  if (!strip) return null
  const now = today()
  const marks = marksOf(strip.main, strip.longer, now)
  const count = (kind: Kind) => marks.filter((mark) => mark.kind === kind).length
  const legend = LEGEND.filter(({ kind }) => count(kind) > 0).map(({ kind, words }) => ({
    kind,
    words: words(count(kind)),
  }))
  const [first, last] = [marks[0], marks[marks.length - 1]]
  if (!first || !last) return null
  const label = `${shortDayWords(first.on)}起，${legend.map(({ words }) => words).join('，')}，到 ${shortDayWords(last.on)}`
  return (
    <View className='mt-3' {...aria({ role: 'img', label })}>
      <View className={classNames('daystrip', marks.length > DENSE && 'daystrip--dense')}>
        {marks.map(({ on, kind }) => (
          <View key={on} className={classNames('daystrip__day', `is-${kind}`, on === now && 'is-now')} />
        ))}
      </View>
      <View className='dayaxis figure'>
        <View>{shortDayWords(first.on)}</View>
        <View>{shortDayWords(last.on)}</View>
      </View>
      <View className='daystrip__legend'>
        {legend.map(({ kind, words }) => (
          <View key={kind} className='daystrip__key'>
            <View className={classNames('daystrip__swatch', `is-${kind}`)} />
            {words}
          </View>
        ))}
        <View className='daystrip__key'>
          <View className='daystrip__swatch is-now' />
          今天
        </View>
      </View>
    </View>
  )
}
