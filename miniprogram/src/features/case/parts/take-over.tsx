import { View } from '@tarojs/components'
import type { CaseChanged, CaseView } from '#shared/contract/case'
import { platform } from '../../../platform'
import { call } from '../../../platform/api'
import { useAction } from '../../../platform/use-action'
import { showToast } from '../../../ui/feedback/toast'
import { TroubleView } from '../../../ui/feedback/trouble'
import { Button } from '../../../ui/form/button'
import { Card } from '../../../ui/surface/card'
import { Icon } from '../../../ui/surface/icon'

/** Filed by somebody else for the reader, who may have it alone; asked once more, because the other loses it. */
export function TakeOver({ view, onChanged }: { view: CaseView; onChanged: () => unknown }) {
  const { isBusy, trouble, run } = useAction()
  const takeOver = async () => {
    const sure = await platform.ask({
      title: '由你接着办？',
      words: '接过来，这件就只归你。帮你申请的人以后看不到它了，有事只告诉你。',
      confirm: '接过来',
      cancel: '先不接',
    })
    if (!sure) return
    await run(
      () => call<CaseChanged>('POST', `/api/cases/${view.id}/takeover`, { version: view.version }),
      async () => {
        await onChanged()
        showToast('现在归你办了')
      },
    )
  }
  // Somebody acted in between: the page shows what is there now.
  const retry = () => (trouble?.code === 'case.state-changed' ? onChanged() : takeOver())
  return (
    <View className='mt-3'>
      <Card>
        <View className='row row--top gap-3'>
          <Icon name='family' className='accent' />
          <View className='grow'>
            <View className='strong'>有人帮你申请了</View>
            <View className='small muted mt-1'>不用你接，也照样办。想自己管，就接过来。</View>
          </View>
        </View>
        <View className='mt-3'>
          <Button
            kind='secondary'
            block
            loading={isBusy ? '正在接，别关' : undefined}
            onPress={() => void takeOver()}
          >
            我来接着办
          </Button>
        </View>
      </Card>
      {trouble && (
        <View className='mt-3'>
          <TroubleView trouble={trouble} title='没接过来' onRetry={retry} />
        </View>
      )}
    </View>
  )
}
