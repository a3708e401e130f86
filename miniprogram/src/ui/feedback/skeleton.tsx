import { View } from '@tarojs/components'
import { aria } from '../../platform/aria'

/** The shape of a card with a light, a title and a button. */
function SkeletonCard() {
  return (
    <View className='card'>
      <View className='skeleton skeleton--light' />
      <View className='skeleton skeleton--title mt-4' />
      <View className='skeleton skeleton--line skeleton--long mt-3' />
      <View className='skeleton skeleton--button mt-4' />
    </View>
  )
}

function SkeletonRows({ count }: { count: number }) {
  return (
    <View className='cell-group mt-3'>
      {Array.from({ length: count }, (_, at) => at).map((at) => (
        <View className='cell' key={at}>
          <View className='skeleton skeleton--round' />
          <View className='cell__body'>
            <View className='skeleton skeleton--line skeleton--short' />
            <View className='skeleton skeleton--line skeleton--long mt-2' />
          </View>
        </View>
      ))}
    </View>
  )
}

/** `label` is said once: “正在取你的办件”. */
export function Skeleton({ label, cards = 1, rows = 2 }: { label: string; cards?: number; rows?: number }) {
  return (
    <View className='stack' {...aria({ role: 'status', busy: true, label })}>
      {Array.from({ length: cards }, (_, at) => at).map((at) => (
        <SkeletonCard key={at} />
      ))}
      {rows > 0 && <SkeletonRows count={rows} />}
    </View>
  )
}
