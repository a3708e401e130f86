import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import type { CaseView } from '#shared/contract/case'
import { ask } from '../../../ui/feedback/question'
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

/** Who else sees it afterwards: another agent of the firm goes on seeing what is the firm's, staff what their step gives. */
function wordsOf({ applicantKind, enteredByStaff, filedByOther }: CaseView) {
  if (!filedByOther) return '接过来，这件就在你自己的微信里办，有事告诉你。'
  if (applicantKind === 'firm') return '接过来，这件由你办。有这家企业委托的人还看得到。'
  return enteredByStaff
    ? '接过来，这件就归你，有事告诉你。替你填的人要是轮到办这件，还看得到。'
    : '接过来，这件就只归你。帮你申请的人以后看不到它了，有事只告诉你。'
}

function noteOf({ identityAwaited }: CaseView) {
  if (identityAwaited === null) return '不用你接，也照样办。想自己管，就接过来。'
  // What stands above says the rest.
  return identityAwaited.otherName ? '名字和你核过的不一样。接过来，就改成你核过的名字。' : ''
}

/**
 * Filed by somebody else for the reader, who may have it alone; asked once more, because the other loses it. `children`:
 * what taking it over would settle.
 */
export function TakeOver({
  view,
  onChanged,
  children,
}: PropsWithChildren<{ view: CaseView; onChanged: Reload }>) {
  const change = useCaseChange(view, CHANGE, onChanged)
  const isFinal = change.failed?.kind === 'final'
  const note = noteOf(view)
  const takeOver = async () => {
    const sure = await ask({
      title: '由你接着办？',
      words: wordsOf(view),
      confirm: '接过来',
      cancel: '先不接',
    })
    if (sure) await change.start()
  }
  return (
    <>
      {!isFinal && children}
      {/* It outlives the card: what did not go through is told when there is nothing to take over any more. */}
      <ChangeTroubleView
        change={change}
        title='没接过来'
        unknown='不知道接过来没有'
        instead='再点也接不过来。带身份证到窗口、村里，当面核了就能接着办。'
      />
      {view.mayTakeOver && !isFinal && (
        <Card className='mt-3'>
          <View className='row row--top gap-3'>
            <Icon name='family' className='accent' />
            <View className='grow'>
              <View className='strong'>{view.filedByOther ? '有人帮你申请了' : '你在单位给自己填的'}</View>
              {note !== '' && <View className='small muted mt-1'>{note}</View>}
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
      )}
    </>
  )
}
