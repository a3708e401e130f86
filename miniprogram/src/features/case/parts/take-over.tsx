import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { platform } from '../../../platform'
import { Button } from '../../../ui/form/button'
import { Card } from '../../../ui/surface/card'
import { Icon } from '../../../ui/surface/icon'
import { ChangeTroubleView } from './change-trouble'
import { type Reload, useCaseChange } from './use-case-change'

const CHANGE = {
  door: 'takeover',
  done: '现在归你办了',
  isPossible: ({ mayTakeOver }: CaseView) => mayTakeOver,
  // Nobody else may end it for the reader but by taking it over themselves, and then it is gone.
  isDone: ({ mayTakeOver, filedByOther }: CaseView) => !mayTakeOver && !filedByOther,
} as const

/** Filed by somebody else for the reader, who may have it alone; asked once more, because the other loses it. */
export function TakeOver({ view, onChanged }: { view: CaseView; onChanged: Reload }) {
  const change = useCaseChange(view, CHANGE, onChanged)
  const takeOver = async () => {
    const sure = await platform.ask({
      title: '由你接着办？',
      // Another agent of the firm goes on seeing what is the firm's.
      words:
        view.applicantKind === 'firm'
          ? '接过来，这件由你办。有这家企业委托的人还看得到。'
          : '接过来，这件就只归你。帮你申请的人以后看不到它了，有事只告诉你。',
      confirm: '接过来',
      cancel: '先不接',
    })
    if (sure) await change.start()
  }
  return (
    <View className='mt-3'>
      <Card>
        <View className='row row--top gap-3'>
          <Icon name='family' className='accent' />
          <View className='grow'>
            <View className='strong'>有人帮你申请了</View>
            <View className='small muted mt-1'>
              {view.identityAwaited === null
                ? '不用你接，也照样办。想自己管，就接过来。'
                : '身份还没核过，你接过来才能办结。'}
            </View>
          </View>
        </View>
        <View className='mt-3'>
          <Button
            kind='secondary'
            block
            loading={change.isBusy ? '正在接，别关' : undefined}
            onPress={() => void takeOver()}
          >
            我来接着办
          </Button>
        </View>
      </Card>
      <ChangeTroubleView change={change} title='没接过来' />
    </View>
  )
}
