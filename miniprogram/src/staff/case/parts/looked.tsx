import { View } from '@tarojs/components'
import type { CaseView } from '#shared/contract/case'
import { aria } from '../../../platform/aria'
import { useOthers } from './use-compared'
import { useSeen } from './use-seen'

/** Papers with a photo that was not looked at here. */
export function useUnseen({ papers }: CaseView) {
  const isSeen = useSeen()
  return papers.filter((paper) => !isSeen(paper)).map(({ name }) => name)
}

interface LookedProps {
  view: CaseView
  /** Nobody else has looked before: who settles what has just come in must. */
  isDemanded?: boolean
}

/** Said before one signs: what one has not looked at, and what one has found to be otherwise. */
export function Looked({ view, isDemanded = false }: LookedProps) {
  const unseen = useUnseen(view)
  const othersOf = useOthers(view)
  const others = view.papers.flatMap((paper) => othersOf(paper).map((label) => `${paper.name}的${label}`))
  return (
    <>
      {unseen.length > 0 && (
        <View className='today strong' {...aria({ role: 'alert' })}>
          还没看：{unseen.join('、')}。{isDemanded ? '看过才能当场办结。' : '没看也能签，签了由你负责。'}
        </View>
      )}
      {others.length > 0 && <View className='today strong'>你看出不一样的：{others.join('、')}。</View>}
    </>
  )
}
