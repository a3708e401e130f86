import { View } from '@tarojs/components'
import { aria } from '../../platform/aria'
import { Button } from '../form/button'
import { Icon } from '../surface/icon'
import { HOTLINE } from '../words/hotline'

interface ErrorStateProps {
  /** What happened: “没交上去”. */
  title: string
  /** Whether anything is lost: “你填的都还在。” */
  note?: string | undefined
  retry?: { readonly words: string; readonly onPress: () => void } | undefined
  /** What to name when asking 12345; never alone. */
  requestId?: string | undefined
}

export function ErrorState({ title, note, retry, requestId }: ErrorStateProps) {
  return (
    <View className='card' {...aria({ role: 'alert' })}>
      <View className='row row--top gap-3'>
        <Icon name='late' className='status-late' />
        <View className='grow'>
          <View className='title'>{title}</View>
          {note !== undefined && <View className='small muted mt-1'>{note}</View>}
          <View className='row gap-2 mt-3'>
            {retry && (
              <Button small onPress={retry.onPress}>
                {retry.words}
              </Button>
            )}
          </View>
          {requestId !== undefined && (
            <View className='caption faint mt-2 figure'>
              还不行就打 {HOTLINE}，报编号 {requestId.slice(-8)}
            </View>
          )}
        </View>
      </View>
    </View>
  )
}
