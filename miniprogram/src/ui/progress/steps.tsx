import { View } from '@tarojs/components'
import { aria } from '../../platform/aria'
import { classNames } from '../class-names'
import { Icon } from '../surface/icon'

/** Three to five short words in a row; `now` is the place of the running one, from 0, and their number when all is done. */
export function Steps({ names, now }: { names: readonly string[]; now: number }) {
  const words = names[now]
  return (
    <View
      className='steps mt-4'
      {...aria({
        role: 'img',
        label: words ? `${names.length} 步中的第 ${now + 1} 步，${words}` : `${names.length} 步都办完了`,
      })}
    >
      {names.map((name, at) => (
        <View key={name} className={classNames('steps__item', at < now && 'is-done', at === now && 'is-now')}>
          <View className='steps__dot'>{at < now && <Icon name='check' size='xs' />}</View>
          {name}
        </View>
      ))}
    </View>
  )
}
