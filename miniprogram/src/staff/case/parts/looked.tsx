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

/** What was asked for and left as it was, and what is another since the case was accepted: by their labels. */
function changesOf({ staff, answers }: CaseView) {
  const same = (staff?.supplement?.items ?? []).filter(({ came }) => !came).map(({ label }) => label)
  const changed = (staff?.changedSince ?? []).flatMap(({ fields, papers }) => [
    ...answers.filter(({ key }) => fields.includes(key)).map(({ label }) => label),
    ...papers,
  ])
  return { same, changed: [...new Set(changed)] }
}

interface LookedProps {
  view: CaseView
  /** Nobody else has looked before: who settles what has just come in must. */
  isDemanded?: boolean
}

/** Said before one signs: what one has not looked at or has found to be otherwise, and what did not come or came late. */
export function Looked({ view, isDemanded = false }: LookedProps) {
  const unseen = useUnseen(view)
  const othersOf = useOthers(view)
  const { same, changed } = changesOf(view)
  const others = view.papers.flatMap((paper) => othersOf(paper).map((label) => `${paper.name}的${label}`))
  return (
    <>
      {unseen.length > 0 && (
        <View className='today strong' {...aria({ role: 'alert' })}>
          还没看：{unseen.join('、')}。{isDemanded ? '看过才能当场办结。' : '没看也能签，签了由你负责。'}
        </View>
      )}
      {same.length > 0 && <View className='today strong'>要补的和原来一样：{same.join('、')}。</View>}
      {changed.length > 0 && <View className='today strong'>受理以后改过：{changed.join('、')}。</View>}
      {others.length > 0 && <View className='today strong'>你看出不一样的：{others.join('、')}。</View>}
    </>
  )
}
