import { View } from '@tarojs/components'
import { ErrorState } from '../../../ui/feedback/error-state'
import { TroubleView, UNKNOWN, unansweredWords } from '../../../ui/feedback/trouble'
import { sentence } from '../../../ui/words/waits'
import type { useCaseChange } from './use-case-change'

interface ChangeTroubleViewProps {
  change: ReturnType<typeof useCaseChange>
  /** Of what the server refused: 没撤回. */
  title: string
  /** Where nobody knows whether it arrived. */
  unknown?: string
  /** What to do where trying again brings nothing. */
  instead: string
}

/** Why a change of the case did not go through, or that nobody knows it yet. */
export function ChangeTroubleView({ change, title, unknown, instead }: ChangeTroubleViewProps) {
  const { failed, look, start } = change
  if (!failed) return null
  const retry = { words: '再试一次', onPress: () => void start() }
  return (
    <View className='mt-3'>
      {failed.kind === 'lost' && (
        <ErrorState
          title={unknown ?? UNKNOWN}
          note={`${unansweredWords(failed.trouble.code)}。看一下这件现在怎么样，就知道了。`}
          retry={{ words: '看一下', onPress: () => void look() }}
        />
      )}
      {failed.kind === 'missed' && (
        <ErrorState title={unknown ? `${title}，再点一次` : '没交上，再点一次'} retry={retry} />
      )}
      {failed.kind === 'over' && (
        <ErrorState title={title} note='这件刚刚变了，现在不能这样办了。下面是最新的。' />
      )}
      {failed.kind === 'final' && (
        <ErrorState
          title={title}
          note={`${sentence(failed.trouble.detail ?? failed.trouble.title)}${instead}`}
        />
      )}
      {failed.kind === 'refused' && (
        <TroubleView trouble={failed.trouble} title={title} onRetry={retry.onPress} />
      )}
    </View>
  )
}
